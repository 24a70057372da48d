"""A studio in this process: the front door, the log and a worker on a database of its own."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from server.runs.accept import Runs
from server.runs.events import Event, EventLog
from server.runs.production_state import ProductionState, RunAccepted
from server.runs.worker import Worker
from tests.conftest import TEMPLATE
from tests.forked import ForkedProcess
from tests.integration.runs.tiny_graphs import graphs
from tests.postgres import empty_at, in_database
from tools.db.pool import Database

USER = "local"


@dataclass(frozen=True, kw_only=True)
class StudioLot:
    """Everything a test of the engine needs."""

    database: Database
    runs: Runs
    events: EventLog

    @asynccontextmanager
    async def worker(self, **settings: Any) -> AsyncIterator[Worker]:
        worker = self.make_worker(**settings)
        await worker.start()
        try:
            yield worker
        finally:
            await worker.stop(timeout_s=5)

    def make_worker(self, **settings: Any) -> Worker:
        settings = {"slots": 3, "lease_ttl_s": 1.0, "sweep_every_s": 0.3} | settings
        return Worker(self.database, graphs(), self.events, **settings)

    async def start(self, graph: str, **brief: Any) -> RunAccepted:
        return await self.runs.start(user_id=USER, graph=graph, title=graph, brief=brief, context={})

    async def answer(self, production_id: str, interrupt_id: str | None = None, **reply: Any) -> RunAccepted:
        reply = reply or {"decision": "GREEN"}
        return await self.runs.answer(
            user_id=USER, production_id=production_id, interrupt_id=interrupt_id, reply=reply
        )

    async def state(self, production_id: str) -> ProductionState:
        return await self.runs.state(user_id=USER, production_id=production_id)

    async def until(self, production_id: str, *statuses: str, runs: int = 1) -> ProductionState:
        """Follow the log until the production's run number `runs` has ended in one of these states."""
        ended: set[str | None] = set()
        async with asyncio.timeout(15):
            async for event in self.events.follow(production_id):
                if (
                    event.method == "lifecycle"
                    and not event.namespace
                    and event.payload["event"] != "running"
                ):
                    ended.add(event.run_id)
                    if len(ended) >= runs:
                        assert event.payload["status"] in statuses, event.payload
                        return await self.state(production_id)
        raise AssertionError("the log ended")

    async def log(self, production_id: str, *, after: int = 0) -> list[Event]:
        return (await self.events.read(production_id, after=after))[0]


EMPTIED = (
    "productions", "workers", "procrastinate_jobs", "procrastinate_workers", "procrastinate_events",
    "procrastinate_periodic_defers", "checkpoints", "checkpoint_blobs", "checkpoint_writes",
)  # fmt: skip


@pytest.fixture(scope="session")
def shared_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """One database for all tests of the engine: emptying it is faster than making a new one."""
    postgres_admin.execute(f"create database runs_tests template {TEMPLATE}")
    yield in_database(postgres_url, "runs_tests")
    postgres_admin.execute("drop database runs_tests with (force)")


@pytest.fixture
def database_url(shared_url: str) -> str:
    """The shared database, empty."""
    empty_at(shared_url, *EMPTIED)
    return shared_url


class WorkerProcess:
    """A worker that can be killed, frozen and told to stop."""

    def __init__(self, process: ForkedProcess) -> None:
        self._process = process

    async def died(self) -> int:
        """Wait for its end; the exit status, negative for a signal."""
        return await asyncio.wait_for(self._process.wait(), 20)

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


@pytest.fixture
async def spawn(database_url: str, tmp_path: Path) -> AsyncIterator[Callable[..., Awaitable[WorkerProcess]]]:
    """Start worker processes on the test's database; whatever is left of them is killed."""
    started: list[WorkerProcess] = []
    (tmp_path / "faults.log").touch()

    async def start(*, fault: str = "", guard_off: str = "") -> WorkerProcess:
        environment = {
            "PATH": os.environ["PATH"],
            "GUARD_OFF": guard_off,
            "GREENLIGHT_FAULT": fault,
            "GREENLIGHT_DATA_DIR": str(tmp_path),
        }
        module, log = "tests.integration.runs.worker_process", tmp_path / "worker.log"
        started.append(WorkerProcess(ForkedProcess(module, database_url, env=environment, log=log)))
        return started[-1]

    yield start
    for one in started:
        await one.kill()


@pytest.fixture
async def lot(database: Database) -> AsyncIterator[StudioLot]:
    events = EventLog(database)
    yield StudioLot(database=database, runs=Runs(database, graphs()), events=events)
    await events.close()
