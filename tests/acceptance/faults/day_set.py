"""A set for many shooting days at once: a database that keeps a book of claims, a crew, visitors."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from server.runs.events import EventLog
from tests.acceptance.faults.audit import SQL as AUDIT
from tests.acceptance.faults.audit import audit
from tests.acceptance.faults.crew import LOOK_S, PATIENCE_S, Crew, ended
from tests.acceptance.faults.incidents import SQL as CLAIMS
from tests.acceptance.faults.incidents import Incident, keep_book_of_claims, pauses, read_incidents
from tests.acceptance.faults.visitor import Visitor
from tests.integration.machines.buying_worker import POSTS
from tools.db.pool import Database

LONGEST_S = 2400


class DaySet:
    """One database, one provider, one media folder; processes and visitors come and go."""

    def __init__(self, folder: Path, database: Database, events: EventLog) -> None:
        self.folder = folder
        self.database = database
        self.events = events
        self.crew = Crew(folder, database)
        self.made: list[str] = []
        self.failed: Counter[str] = Counter()
        """Why runs failed that a visitor had to resume, and how often. Of a fault that passes none should."""

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Every seat is taken within the block, and all is at rest behind it."""
        crew = [asyncio.create_task(self.crew.attend(seat)) for seat in self.crew.seats]
        try:
            yield
            await self.until_projected()
            self.crew.closing.set()
            await asyncio.gather(*crew)
        finally:
            self.crew.kill_all()
            await ended(*crew)

    async def days(
        self,
        *,
        until: Callable[[], bool],
        at_once: int = 4,
        beside: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Visitors have one production after the other made until there are enough."""
        async with asyncio.timeout(LONGEST_S), self.at_work(), asyncio.TaskGroup() as group:
            for number in range(at_once):
                group.create_task(self._visit(f"day-{number}", until))
            if beside is not None:
                group.create_task(_of(beside))

    def visitor(self) -> Visitor:
        """Somebody who knows all doors."""
        return Visitor([seat.port for seat in self.crew.seats if seat.port], self.events, self.failed)

    async def _visit(self, named: str, until: Callable[[], bool]) -> None:
        visitor, number = self.visitor(), 0
        while not until():
            number += 1
            async with asyncio.timeout(PATIENCE_S):
                self.made.append(await visitor.make(f"{named}-{number}"))

    async def until_projected(self) -> None:
        """Until the rows say what the log says; nobody is told of that."""
        async with asyncio.timeout(PATIENCE_S):
            while await self.database.fetch_all(AUDIT["rows_of_the_log"]):
                await asyncio.sleep(LOOK_S)

    def incidents(self) -> list[Incident]:
        """What went off, oldest first."""
        return read_incidents(self.crew.folders)

    async def pauses(self) -> list[float]:
        """How long what was hit stood still, in seconds."""
        return await pauses(self.database, self.incidents())

    async def taken_over(self) -> list[Incident]:
        """The faults of processes whose leases ran out soon after, and others went on."""
        rows = await self.database.fetch_all(CLAIMS["taken_over"])
        return [
            one for one in self.incidents() for row in rows if row["pid"] == one.pid and row["at"] > one.at
        ]

    def findings(self) -> list[str]:
        """What is wrong now."""
        found = audit(self.database.url, self.posts(), self.folder / "media", asked_for=set(self.made))
        failed = [f"failed and resumed: {many} runs of {code}" for code, many in self.failed.items()]
        return [*found, *failed, *self.crew.outcomes]

    def posts(self) -> Counter[str]:
        """How often each order was sent, by the provider's own book."""
        book = self.folder / POSTS
        return Counter(book.read_text().splitlines() if book.exists() else [])


async def _of(work: Callable[[], Awaitable[None]]) -> None:
    await work()


@asynccontextmanager
async def day_set(folder: Path, url: str) -> AsyncIterator[DaySet]:
    """A set on a database of its own."""
    database = await Database.open(url, max_size=12, name="day-set")
    events = EventLog(database)
    try:
        keep_book_of_claims(url)
        yield DaySet(folder, database, events)
    finally:
        await events.close()
        await database.close()
