"""The procrastinate app: one job, `advance(production_id)`. It is a doorbell, not the truth.

A job is a turn for one slot. The production it names is why it was rung; the slot drives what is most due.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import procrastinate
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.worker import Worker as ProcrastinateWorker
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from tools.db.pool import Database, connection_settings, lasting_pool
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("queries.sql"))
QUEUE = "productions"
ADVANCE = "advance"


def doorbell(advance: Callable[[str], Awaitable[None]]) -> procrastinate.App:
    """An app whose single job calls `advance`; ringing twice, late or never does no harm."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector())

    @app.task(name=ADVANCE, queue=QUEUE)
    async def ring(production_id: str) -> None:
        await advance(production_id)

    return app


async def ring_for(database: Database, production_id: str) -> None:
    """A turn for a slot: somebody has given this production back. Rung for nothing, it is harmless."""
    await database.execute(SQL["ring"], {"production": production_id})


class JobEvent(asyncio.Event):
    """Procrastinate clears its `new job` event after each fetch; a ring during a fetch must outlast that."""

    _rung = False
    quiet = True
    """The last fetch found nothing, and nobody has rung since: as far as is known here nothing waits."""

    def ring(self) -> None:
        """A job may have come."""
        self._rung, self.quiet = True, False
        self.set()

    def begin_fetch(self) -> None:
        """What came before this is found by the fetch that begins now."""
        self._rung = False

    def end_fetch(self, *, found: bool) -> None:
        """A fetch is over."""
        self.quiet = not found and not self._rung

    def clear(self) -> None:
        if not self._rung:
            super().clear()


class BellManager(JobManager):
    """Says when a fetch begins, and what came of it."""

    rung: JobEvent | None = None

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        if self.rung is not None:
            self.rung.begin_fetch()
        found: Job | None = await super().fetch_job(queues=queues, worker_id=worker_id)
        if self.rung is not None:
            self.rung.end_fetch(found=found is not None)
        return found


class BellWorker(ProcrastinateWorker):
    """Procrastinate's worker, woken by `ring` instead of by a connection of its own."""

    def __init__(self, app: procrastinate.App, **settings: Any) -> None:
        super().__init__(app, listen_notify=False, install_signal_handlers=False, **settings)
        self._new_job_event = self._rung = JobEvent()
        manager = app.job_manager = BellManager(app.connector)
        manager.rung = self._rung

    def ring(self) -> None:
        """A job may have come."""
        self._rung.ring()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits in the queue, as far as is known here."""
        return self._rung.quiet


def doorbell_pool(url: str) -> AsyncConnectionPool[AsyncConnection[Any]]:
    """Autocommit connections without a check on every use: two statements saved per query."""
    settings = connection_settings("greenlight-queue")
    settings.pop("autocommit")  # procrastinate passes it itself to the connection it listens on

    async def configure(connection: AsyncConnection[Any]) -> None:
        await connection.set_autocommit(True)

    return lasting_pool(url, kwargs=settings, configure=configure, min_size=1, max_size=3)
