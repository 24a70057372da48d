"""The procrastinate app: one job, `advance(production_id)`. It is a doorbell, not the truth."""

from collections.abc import Awaitable, Callable
from typing import Any

import procrastinate
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from tools.db.pool import connection_settings

QUEUE = "productions"
ADVANCE = "advance"


def doorbell(advance: Callable[[str], Awaitable[None]]) -> procrastinate.App:
    """An app whose single job calls `advance`; ringing twice, late or never does no harm."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector())

    @app.task(name=ADVANCE, queue=QUEUE)
    async def ring(production_id: str) -> None:
        await advance(production_id)

    return app


def doorbell_pool(url: str) -> AsyncConnectionPool[AsyncConnection[Any]]:
    """Autocommit connections without a check on every use: two statements saved per query."""
    settings = connection_settings("greenlight-queue")
    settings.pop("autocommit")  # procrastinate passes it itself to the connection it listens on

    async def configure(connection: AsyncConnection[Any]) -> None:
        await connection.set_autocommit(True)

    return AsyncConnectionPool(url, kwargs=settings, configure=configure, min_size=1, max_size=3, open=False)
