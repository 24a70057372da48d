"""Reads a stream of server-sent events over a real socket."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass(frozen=True)
class Heard:
    id: str
    event: str
    data: dict[str, Any]
    at: float


@dataclass
class Ear:
    """What came over one stream."""

    response: httpx.Response
    lines: AsyncIterator[str]
    comments: list[str] = field(default_factory=list)

    async def next(self) -> Heard:
        """The next event; comments are kept aside."""
        parts: dict[str, str] = {}
        async for line in self.lines:
            name, _, value = line.partition(": ")
            if line.startswith(":"):
                self.comments.append(line)
            elif line:
                parts[name] = value
            elif "data" in parts:
                data = json.loads(parts["data"])
                return Heard(parts.get("id", ""), parts.get("event", ""), data, time.time())
        raise EOFError("the stream was closed")

    async def take(self, count: int) -> list[Heard]:
        return [await self.next() for _ in range(count)]

    async def rest(self) -> list[Heard]:
        """Everything up to and with the end event; then the server has closed."""
        heard = [await self.next()]
        while heard[-1].event != "end":
            heard.append(await self.next())
        async for line in self.lines:
            assert not line
        return heard


@asynccontextmanager
async def listen(client: httpx.AsyncClient, url: str, **options: Any) -> AsyncIterator[Ear]:
    """Open a stream; returns when the server has begun to answer."""
    async with client.stream("GET", url, **options) as response:
        assert response.status_code == 200, await response.aread()
        ear = Ear(response, response.aiter_lines())
        async for line in ear.lines:
            if line.startswith(": open"):
                break
        yield ear
