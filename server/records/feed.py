"""Wakes whoever waits for rows: one LISTEN connection per process, no polling on the hot path."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager

import psycopg
import structlog
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from server.records import novelas
from tools.db.pool import Database, connection_settings

log = structlog.stdlib.get_logger(__name__)
SAFETY_NET_S = 5.0
RECONNECT_S = 1.0


class NovelaBells:
    """Rings for those who follow a novela, in this process or another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.listening = asyncio.Event()
        """Set while notices are heard; without them followers live by the safety net."""

    async def run(self) -> None:
        """Listen until cancelled; a lost connection is opened again and everybody rung once."""
        while True:
            try:
                await self._listen()
            except (psycopg.OperationalError, psycopg.InterfaceError) as exc:
                log.warning("listener_lost", problem=str(exc).strip())
            self.listening.clear()
            await asyncio.sleep(RECONNECT_S)

    @contextmanager
    def waiting(self, novela_id: str) -> Iterator[asyncio.Event]:
        """An event that is set when the novela has news."""
        bell = asyncio.Event()
        self._waiting[novela_id].add(bell)
        try:
            yield bell
        finally:
            self._waiting[novela_id].discard(bell)
            if not self._waiting[novela_id]:
                del self._waiting[novela_id]

    async def _listen(self) -> None:
        connection = await AsyncConnection[DictRow].connect(
            self._database.url, **connection_settings("greenlight bells")
        )
        async with connection:
            await connection.execute("listen greenlight_novela")
            self.listening.set()
            # What came while nobody listened.
            for novela_id in list(self._waiting):
                self._ring(novela_id)
            async for notice in connection.notifies():
                self._ring(notice.payload)

    def _ring(self, novela_id: str) -> None:
        for bell in self._waiting.get(novela_id, ()):
            bell.set()


async def follow_novela(
    database: Database, bells: NovelaBells, novela_id: str, *, user_id: str, after: int
) -> AsyncGenerator[DictRow, None]:
    """Live updates of one novela after a number: those that are written, then those to come."""
    with bells.waiting(novela_id) as bell:
        while True:
            bell.clear()
            rows = await novelas.events_after(database, novela_id, user_id=user_id, after=after)
            for row in rows:
                after = row["seq"]
                yield row
            if not rows:
                await _rung(bell)


async def _rung(bell: asyncio.Event) -> None:
    """Wait for the bell, or for the safety net where a notice was lost."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SAFETY_NET_S):
            await bell.wait()
