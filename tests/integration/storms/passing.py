"""One time for all stand-ins and for everybody who waits for them: it passes because somebody waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import time

from tests.fakes import FakeClock
from tools.db.pool import Database
from tools.ending import end_tasks
from tools.resilience.at_most import WATCH

GRACE_S = 0.01
"""Real seconds: who waits inside of a vendor waits so long before the time is moved for it."""
NEAR_S = 90.0
"""Vendors' waits that end sooner are over by themselves: pieces of a file, a job that is late."""
FASTER = 5.0
"""Whoever looks at a job now and then lets more time pass than that, so that fewer looks are enough."""
DEADLINES_PASS = """
update orders set submit_deadline = now() - interval '1 s'
where submit_deadline is not null and (%(production)s::uuid is null or production_id = %(production)s)
"""
SHORT_S = 0.25
"""Nobody waits for less but for a deadline of the ledger."""


class PassingTime:
    """Seconds since 1970, which nobody waits for in earnest."""

    def __init__(self) -> None:
        self.now = time()
        self._asleep: list[tuple[float, asyncio.Event, bool]] = []

    def advance(self, seconds: float) -> None:
        """Wake all whose moment has come."""
        self.now += seconds
        for moment, woken, _ in self._asleep:
            if moment <= self.now:
                woken.set()

    async def until(self, moment: float, *, moves: bool = True) -> None:
        """Wait for a moment. With `moves` the time goes on for it where nobody else lets it pass."""
        if moment <= self.now:
            return
        mine = (moment, asyncio.Event(), moves)
        self._asleep.append(mine)
        try:
            await mine[1].wait()
        finally:
            self._asleep.remove(mine)

    def move(self) -> None:
        """To the next near moment that somebody waits for."""
        near = [moment for moment, _, moves in self._asleep if moves and moment - self.now <= NEAR_S]
        if near:
            self.advance(max(0.0, min(near) - self.now))


@asynccontextmanager
async def time_goes_on(passing: PassingTime) -> AsyncIterator[None]:
    """Inside, it does, also for those of whom nobody else knows that they wait."""

    async def for_ever() -> None:
        while True:
            await asyncio.sleep(GRACE_S)
            passing.move()

    moving = asyncio.create_task(for_ever(), name="time goes on")
    try:
        yield
    finally:
        await end_tasks([moving])


class JobVendorsTime:
    """As Replicate and fal tell it."""

    def __init__(self, passing: PassingTime) -> None:
        self._passing = passing

    def now(self) -> float:
        return self._passing.now

    async def until(self, moment: float) -> None:
        await self._passing.until(moment)


class MediaVendorsTime:
    """As Google and OpenAI tell it."""

    def __init__(self, passing: PassingTime) -> None:
        self._passing = passing

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._passing.now, UTC)

    async def until(self, moment: datetime) -> None:
        await self._passing.until(moment.timestamp())


class EnginesClock:
    """As the engines read it: theirs is the vendors' time."""

    def __init__(self, passing: PassingTime) -> None:
        self._passing = passing

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._passing.now, UTC)

    def monotonic(self) -> float:
        return self._passing.now

    async def sleep(self, seconds: float) -> None:
        self._passing.advance(seconds)
        await asyncio.sleep(0)


class ProcessClock(FakeClock):
    """Of a process that orders for one production, or for all there are.

    The hour is the database's, and no deadline passes by itself.
    """

    def __init__(self, passing: PassingTime, database: Database, production_id: str | None) -> None:
        super().__init__()
        self._passing, self._database, self._production_id = passing, database, production_id

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        task = asyncio.current_task()
        if task is not None and task.get_name() == WATCH:
            await self._passing.until(self._passing.now + seconds, moves=False)
            return
        self._passing.advance(seconds * FASTER)
        await asyncio.sleep(0)
        if seconds <= SHORT_S:
            await self._database.execute(DEADLINES_PASS, {"production": self._production_id})
