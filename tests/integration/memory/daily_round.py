"""What people do in a house all day: films that end well, fail, are cancelled, replayed; streams hang up."""

import asyncio
import math
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.acceptance.served_house import Visitor
from tests.integration.api.listening import listen
from tests.integration.load.film_house import REFUSED

GATE = "review_storyboard"
BRIEF = {"description": "A day like any other.", "scenes_per_episode": 2}


@dataclass
class DailyRound:
    """Visitors who do the same again and again, so that after a while nothing is new."""

    client: httpx.AsyncClient
    done: Counter[str] = field(default_factory=Counter)
    finished: str = ""
    """A film that is ready, for replays."""

    @property
    def errands(self) -> list[Callable[[], Awaitable[None]]]:
        """Everything that is done, in turn."""
        return [self.film, self.failure, self.change_of_mind, self.second_thoughts, self.replay, self.look]

    async def go(self, number: int) -> None:
        """Do one thing."""
        errand = self.errands[number % len(self.errands)]
        await errand()
        self.done[errand.__name__] += 1

    async def at_the_gate(self, title: str) -> tuple[Visitor, dict[str, Any]]:
        visitor = Visitor()
        await visitor.start(self.client, {"title": title, **BRIEF})
        await visitor.hear(self.client, 3)
        return visitor, await visitor.to_gate(self.client, GATE)

    async def film(self) -> None:
        """A film to its end, with a stream that was cut off."""
        visitor, gate = await self.at_the_gate("A day")
        assert (await visitor.answer(self.client, gate, approve_all=True)).status_code == 202
        await visitor.to_end(self.client)
        await self._read(f"{visitor.url}/files", f"{visitor.url}/costs", f"{visitor.url}/checkpoints")
        self.finished = visitor.url

    async def failure(self) -> None:
        visitor, gate = await self.at_the_gate(REFUSED)
        await visitor.answer(self.client, gate, approve_all=True)
        await self._ends(visitor.url, "failed")

    async def change_of_mind(self) -> None:
        """Cancelled at its gate."""
        visitor, _ = await self.at_the_gate("A day")
        await self._cancel(visitor.url)

    async def second_thoughts(self) -> None:
        """Cancelled as soon as it was asked for."""
        visitor = Visitor()
        await visitor.start(self.client, {"title": "A day", **BRIEF})
        await self._cancel(visitor.url)

    async def replay(self) -> None:
        if not self.finished:
            return await self.film()
        made = await self.client.post(f"{self.finished}/replay", json={})
        assert made.status_code == 202, made.text
        url = f"/api/productions/{made.json()['data']['productionId']}"
        await self._ends(url, "completed")
        await self._read(f"{url}/replay")

    async def look(self) -> None:
        """What a page and a program read."""
        thread = self.finished.rpartition("/")[2]
        threads = [f"/threads/{thread}/state", f"/threads/{thread}/history?limit=5"] if thread else []
        await self._read("/api/productions?limit=5", "/health", "/api/admin/workers", *threads)

    async def _cancel(self, url: str) -> None:
        assert (await self.client.post(f"{url}/cancel")).status_code == 200
        await self._ends(url, "cancelled")

    async def _ends(self, url: str, how: str) -> None:
        async with listen(self.client, f"{url}/events") as ear:
            told = [heard.data["payload"].get("status") for heard in await ear.rest()]
        assert told[-2] == how, told  # the last one ends the stream

    async def _read(self, *urls: str) -> None:
        for url in urls:
            answer = await self.client.get(url)
            assert answer.status_code == 200, (url, answer.text)


async def work_off(
    day: DailyRound, *, hands: int, errands: int = sys.maxsize, until: float = math.inf
) -> None:
    """Do errands, so many at a time; when the loop's clock says `until`, begin no more."""
    loop, left = asyncio.get_running_loop(), iter(range(errands))

    async def hand() -> None:
        for number in left:
            await day.go(number)
            if loop.time() >= until:
                return

    async with asyncio.TaskGroup() as group:
        for _ in range(hands):
            group.create_task(hand())
