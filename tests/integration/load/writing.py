"""Somebody who writes while others make films: what a page sends most, at fixed times.

Films of this writer are never finished: each is cancelled a while after it was asked for. Every other one is
urgent, so that it has a slot or waits at its gate by then; the rest is cancelled out of the queue.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from tests.integration.load.crowd import APPROVED, Crowd
from tests.integration.load.samples import Samples, at_fixed_times

WRITES = ("start", "answer", "cancel", "thread")
KEPT = 8
"""Films that the writer has before it changes its mind about the oldest."""
BRIEF = {"title": "Second thoughts", "description": "It is never made.", "scenes_per_episode": 1}


@dataclass
class Writer:
    """Starts, answers, cancels and makes threads in turn.

    Where no gate is open it cancels instead, and where it has few films it starts one.
    """

    client: httpx.AsyncClient
    crowd: Crowd
    every_s: float
    samples: Samples = field(default_factory=Samples)
    asked_for: list[str] = field(default_factory=list)
    kept: deque[str] = field(default_factory=deque)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: Iterator[int] = field(default_factory=count)

    async def run(self) -> None:
        """Write until it has `ended`, then cancel what is left."""
        await at_fixed_times(self.every_s, self.ended, self._write)
        for film in self.kept:
            (await self.client.post(f"/api/productions/{film}/cancel")).raise_for_status()

    async def _write(self, number: int, due: float) -> None:
        name = WRITES[number % len(WRITES)]
        if name == "answer" and not self.crowd.aside:
            name = "cancel"
        if name == "cancel" and len(self.kept) <= KEPT:
            name = "start"
        errands = {
            "start": self._start,
            "answer": self._answer,
            "cancel": self._cancel,
            "thread": self._thread,
        }
        await errands[name](due)

    async def _start(self, due: float) -> None:
        number = next(self._numbers)
        wanted = {"graph": "novela", "brief": BRIEF, "priority": "high" if number % 2 else "normal"}
        key = {"Idempotency-Key": f"second-thoughts-{number}"}
        if made := await self._post("start", due, "/api/productions", wanted, key):
            self.asked_for.append(str(made["data"]["productionId"]))
            self.kept.append(self.asked_for[-1])

    async def _answer(self, due: float) -> None:
        """Approve what waits at a gate that the crowd has left to us."""
        film = self.crowd.aside.popleft()
        if not await self._post("answer", due, f"/api/productions/{film}/answer", APPROVED):
            self.crowd.aside.append(film)  # it must end, and what went wrong is told at the end

    async def _cancel(self, due: float) -> None:
        await self._post("cancel", due, f"/api/productions/{self.kept.popleft()}/cancel")

    async def _thread(self, due: float) -> None:
        await self._post("thread", due, "/threads", {})

    async def _post(
        self, name: str, due: float, url: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any] | None:
        """What it was told; nothing when that was no success."""
        with self.samples.timed(name, due):
            try:
                told = await self.client.post(url, json=body, headers=headers)
            except httpx.TransportError as exc:  # the figures are wanted all the same
                self.samples.failed.append(f"{name}: {exc!r}")
                return None
        if not told.is_success:
            self.samples.failed.append(f"{name}: {told.status_code} {told.text}")
        return told.json() if told.is_success else None


@asynccontextmanager
async def written_to(client: httpx.AsyncClient, crowd: Crowd, *, every_s: float) -> AsyncIterator[Writer]:
    """Somebody writes as long as this lasts, and at its end cancels what is left."""
    writer = Writer(client, crowd, every_s)
    async with asyncio.TaskGroup() as group:
        group.create_task(writer.run())
        yield writer
        writer.ended.set()
