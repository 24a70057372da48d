"""A crowd at the house's door: all films are accepted before the first gate is answered, then made."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from psycopg import AsyncConnection

from tests.integration.api.listening import listen
from tests.integration.load.house import VISITORS
from tools.db.pool import Database
from tools.ending import end_tasks

HANDS = 8
"""Requests of the crowd that are under way at a time."""
SHOTS = 3
BREATH_S = 0.1
"""News come in their thousands; whoever answers gates looks up no more often than this."""
APPROVED = {"reply": {"approve_all": True}}
COUNTED = """
select status, count(*) as many from productions group by status
"""
AT_THE_GATE = """
select production_id::text as id from productions where status = 'paused'
"""


@dataclass
class Crowd:
    """Visitors of one house, over HTTP. From the database they only learn whose turn it is."""

    client: httpx.AsyncClient
    database: Database
    films: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def order(self, title: str, *, shots: int = SHOTS) -> str:
        """Ask for a film; it is accepted."""
        brief = {"title": title, "description": "A crowd waits.", "scenes_per_episode": shots}
        made = await self.client.post("/api/productions", json={"graph": "novela", "brief": brief})
        assert made.status_code == 202, made.text
        self.films.append(str(made.json()["data"]["productionId"]))
        return self.films[-1]

    async def order_all(self, many: int) -> None:
        """So many films, a few requests at a time."""
        await at_a_time(HANDS, self.order, [f"film {number}" for number in range(many)])

    async def answer(self, film: str) -> None:
        """Approve what waits at its gate."""
        self.answered.add(film)
        told = await self.client.post(f"/api/productions/{film}/answer", json=APPROVED)
        assert told.status_code == 202, told.text

    async def answer_all(self) -> None:
        """Answer every gate as it opens, until all films have ended."""
        while True:
            self._news.clear()
            open_now = {row["id"] for row in await self.database.fetch_all(AT_THE_GATE)} - self.answered
            await at_a_time(HANDS, self.answer, open_now)
            if not open_now:
                if await self.live() == 0:
                    return
                await self._news.wait()
                await asyncio.sleep(BREATH_S)

    async def follow(self, film: str) -> list[dict[str, Any]]:
        """Everything that its stream tells, from wherever it is to its end."""
        async with listen(self.client, f"/api/productions/{film}/events") as ear:
            return [heard.data for heard in await ear.rest()]

    async def statuses(self) -> dict[str, int]:
        rows = await self.database.fetch_all(COUNTED)
        return {row["status"]: row["many"] for row in rows}

    async def live(self) -> int:
        """Films that have not ended."""
        statuses = await self.statuses()
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
