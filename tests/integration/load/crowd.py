"""A crowd at the house's door: all films are accepted before the first gate is answered, then made."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from psycopg import AsyncConnection

from tests.integration.api.listening import listen
from tests.integration.load.house import PATIENCE_S, VISITORS
from tests.integration.load.samples import Samples
from tools.db.pool import Database
from tools.ending import end_tasks

HANDS = 8
"""Requests of the crowd that are under way at a time."""
SHOTS = 3
BREATH_S = 0.1
"""News come in their thousands; whoever answers gates looks up no more often than this."""
APPROVED = {"reply": {"approve_all": True}}
COUNTED = """
select status, count(*) as many from productions where production_id = any(%(films)s::uuid[]) group by status
"""
AT_THE_GATE = """
select production_id::text as id from productions
where status = 'paused' and production_id = any(%(films)s::uuid[])
"""


@dataclass
class Crowd:
    """Visitors of one house, over HTTP. From the database they only learn whose turn it is."""

    client: httpx.AsyncClient
    database: Database
    films: list[str] = field(default_factory=list)
    samples: Samples = field(default_factory=Samples)
    """How long its own requests took, each from when it was sent: as many as go with so many hands."""
    spared: int = 0
    """So many open gates are left to whoever answers at a pace of their own."""
    aside: deque[str] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    """Gates that somebody answers, or will."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def order(self, title: str, *, shots: int = SHOTS) -> str:
        """Ask for a film; it is accepted."""
        brief = {"title": title, "description": "A crowd waits.", "scenes_per_episode": shots}
        with self.samples.timed("start", time.perf_counter()):
            made = await self.client.post("/api/productions", json={"graph": "novela", "brief": brief})
        assert made.status_code == 202, made.text
        self.films.append(str(made.json()["data"]["productionId"]))
        return self.films[-1]

    async def order_all(self, many: int) -> None:
        """So many films, a few requests at a time."""
        await at_a_time(HANDS, self.order, [f"film {number}" for number in range(many)])

    async def answer(self, film: str) -> None:
        """Approve what waits at its gate."""
        with self.samples.timed("answer", time.perf_counter()):
            told = await self.client.post(f"/api/productions/{film}/answer", json=APPROVED)
        assert told.status_code == 202, told.text

    async def answer_all(self) -> None:
        """Answer every gate as it opens, until all films have ended."""
        while True:
            self._news.clear()
            open_now = await self._open_gates()
            await at_a_time(HANDS, self.answer, open_now)
            if not open_now:
                if await self.live() == 0:
                    return
                await self._news.wait()
                await asyncio.sleep(BREATH_S)

    async def _open_gates(self) -> set[str]:
        """Those that nobody has seen yet, less what is put aside for others."""
        rows = await self.database.fetch_all(AT_THE_GATE, {"films": self.films})
        found = {row["id"] for row in rows} - self.seen
        self.seen |= found
        while found and len(self.aside) < self.spared:
            self.aside.append(found.pop())
        return found

    async def until_ended(self, films: list[str]) -> None:
        """Wait until none of these is at work."""
        async with asyncio.timeout(PATIENCE_S):
            while await self.live(films):
                await self._news.wait()
                self._news.clear()

    async def follow(self, film: str) -> list[dict[str, Any]]:
        """Everything that its stream tells, from wherever it is to its end."""
        async with listen(self.client, f"/api/productions/{film}/events") as ear:
            return [heard.data for heard in await ear.rest()]

    async def statuses(self, films: list[str] | None = None) -> dict[str, int]:
        """Of these films, or of its own."""
        rows = await self.database.fetch_all(COUNTED, {"films": self.films if films is None else films})
        return {row["status"]: row["many"] for row in rows}

    async def live(self, films: list[str] | None = None) -> int:
        """Films that have not ended."""
        statuses = await self.statuses(films)
        return sum(statuses.get(one, 0) for one in ("queued", "running", "paused"))

    async def hear(self, connection: AsyncConnection[Any]) -> None:
        """Wake up whenever something is written about a film."""
        async for _ in connection.notifies():
            self._news.set()


@asynccontextmanager
async def crowd_of(client: httpx.AsyncClient, url: str) -> AsyncIterator[Crowd]:
    """Visitors who hear when something happens."""
    database = await Database.open(url, max_size=2, name=VISITORS)
    crowd = Crowd(client, database)
    async with await AsyncConnection.connect(url, autocommit=True, application_name=VISITORS) as ear:
        await ear.execute("listen greenlight_events")
        hearing = asyncio.create_task(crowd.hear(ear))
        try:
            yield crowd
        finally:
            await end_tasks([hearing])
            await database.close()


async def at_a_time(most: int, do: Callable[[str], Awaitable[Any]], items: Iterable[str]) -> None:
    """Do this with all of them, with so many at the same time."""
    left = iter(items)

    async def hand() -> None:
        for item in left:
            await do(item)

    async with asyncio.TaskGroup() as group:
        for _ in range(most):
            group.create_task(hand())
