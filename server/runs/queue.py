"""The procrastinate app: one job, `advance(production_id)`. It is a doorbell, not the truth."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import procrastinate
from procrastinate.worker import Worker as ProcrastinateWorker
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from tools.db.pool import connection_settings

QUEUE = "productions"
ADVANCE = "advance"
SECOND_LOOK_S = 0.05


def doorbell(advance: Callable[[str], Awaitable[None]]) -> procrastinate.App:
    """An app whose single job calls `advance`; ringing twice, late or never does no harm."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector())

    @app.task(name=ADVANCE, queue=QUEUE)
    async def ring(production_id: str) -> None:
        await advance(production_id)

    return app


class BellWorker(ProcrastinateWorker):
    """Procrastinate's worker, which forgets a job that is inserted while a fetch comes back empty.

    It clears its `new job` event after the fetch, so such a job would wait for the next poll.
    Looking once more a moment later finds it.
    """

    _second_look: asyncio.TimerHandle | None = None

    def ring(self) -> None:
        """A job may have come."""
        self._new_job_event.set()
        if self._second_look is None:
            self._second_look = asyncio.get_running_loop().call_later(SECOND_LOOK_S, self._look_again)

    def _look_again(self) -> None:
        self._second_look = None
        self._new_job_event.set()


def doorbell_pool(url: str) -> AsyncConnectionPool[AsyncConnection[Any]]:
    """Autocommit connections without a check on every use: two statements saved per query."""
    settings = connection_settings("greenlight-queue")
    settings.pop("autocommit")  # procrastinate passes it itself to the connection it listens on

    async def configure(connection: AsyncConnection[Any]) -> None:
        await connection.set_autocommit(True)

    return AsyncConnectionPool(url, kwargs=settings, configure=configure, min_size=1, max_size=3, open=False)
