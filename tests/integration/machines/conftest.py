"""Machines: a process each with a data folder of its own, one database, one media folder, one provider."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from server.runs.accept import Runs
from server.runs.events import Event, EventLog
from tests.forked import ForkedProcess
from tests.integration.machines.buying_worker import POSTS, shopping_graphs
from tools.db.pool import Database

USER = "local"
WORK = ("work", "--slots", "2")
PATIENCE_S = 120
SHARED_KEY = "7Lh7lTkxGKGM9STlZVItipPf3aEo/bRv+3wCdLZLztA="
"""All machines seal with one key; that of a data folder would be another one on each."""


@dataclass
class Machines:
    """A place in which machines are started and stopped."""

    folder: Path
    database: Database
    events: EventLog
    runs: Runs
    running: list[ForkedProcess] = field(default_factory=list)
    program: str = "tests.integration.machines.buying_worker"
    """What every machine runs; a control of the fault tests has one of its own."""

    async def shop(self, shots: int, *, provider: str = "fake") -> str:
        """A production that orders so many shots, one after the other."""
        brief = {"shots": shots, "provider": provider}
        run = await self.runs.start(user_id=USER, graph="shopping", title="shopping", brief=brief, context={})
        return run.production_id

    def start(
        self, name: str, *, url: str | None = None, through: str = "", holds: bool = False,
        words: Sequence[str] = WORK, **env: str,
    ) -> ForkedProcess:  # fmt: skip
        """A worker on a machine of this name; `through` is the network namespace that it lives in."""
        data = self.folder / name
        data.mkdir(exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"], "BOOKS": str(self.folder), "LANGGRAPH_STRICT_MSGPACK": "true",
            "GREENLIGHT_DATABASE_URL": url or self.database.url, "GREENLIGHT_DATA_DIR": str(data),
            "GREENLIGHT_MEDIA": str(self.folder / "media"), "GREENLIGHT_LINK_SECRET": "l" * 32,
            "GREENLIGHT_MASTER_KEY": SHARED_KEY,
            "GREENLIGHT_LEASE_TTL_S": "60", "GREENLIGHT_SWEEP_EVERY_S": "60",
            "GREENLIGHT_RENDER_PROCESSES": "1", **env,
        }  # fmt: skip
        if holds:
            environment["HOLDS"] = "yes"
        module = "tests.integration.machines.in_namespace"
        program = (through, self.program, *words)
        process = ForkedProcess(module, *program, env=environment, log=self.log(name))
        self.running.append(process)
        return process

    async def close(self) -> None:
        """End every machine, then what this place itself has open."""
        for process in self.running:
            process.kill()
            await process.wait()
        await self.events.close()
        await self.database.close()

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    async def stop(self, process: ForkedProcess) -> None:
        """As an operator does, and wait for its end: in order, unless it had not even begun to listen."""
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_S):
            assert await process.wait() in (0, -signal.SIGTERM)
        self.running.remove(process)

    async def until(self, production_id: str, node: str, event: str) -> Event:
        """The moment at which a node of this production begins (`start`) or has ended (`end`)."""
        async with asyncio.timeout(PATIENCE_S):
            async for one in self.events.follow(production_id):
                if one.method == "tasks" and one.payload["name"] == node and one.event_id.endswith(event):
                    return one
        raise AssertionError("the log ended")

    async def ended(self, production_id: str) -> str:
        async with asyncio.timeout(PATIENCE_S):
            async for event in self.events.follow(production_id, until_end=True):
                if event.ends:
                    return event.ends
        raise AssertionError("the log ended")

    async def paused(self, production_id: str) -> None:
        """Wait until it stands still and has said so."""
        async with asyncio.timeout(PATIENCE_S):
            async for event in self.events.follow(production_id):
                if event.method == "lifecycle" and event.payload.get("status") == "paused":
                    return
        raise AssertionError("the log ended")

    def posts(self) -> Counter[str]:
        """How often each order was sent, by the provider's own book."""
        book = self.folder / POSTS
        return Counter(book.read_text().splitlines() if book.exists() else [])


@pytest.fixture
async def machines(tmp_path: Path, database: Database) -> AsyncIterator[Machines]:
    events = EventLog(database)
    opened = Machines(tmp_path, database, events, Runs(database, shopping_graphs()))
    yield opened
    for process in opened.running:
        process.kill()
        await process.wait()
    await events.close()
