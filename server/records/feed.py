"""Wakes whoever waits for rows: one LISTEN connection per process, no polling on the hot path."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager

from psycopg.rows import DictRow

from server.records import novelas
from tools.db.ear import Ear
from tools.db.pool import Database

CHANNEL = "greenlight_novela"
SAFETY_NET_S = 5.0


class NovelaBells:
    """Rings for those who follow a novela, in this process or another."""

    def __init__(self, database: Database) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._ear = Ear(
            database.url, [CHANNEL], name="greenlight bells", hear=self._ring, begins=self._ring_all
        )

    @property
    def listening(self) -> asyncio.Event:
        """Set once notices are heard."""
        return self._ear.confirmed

    async def run(self) -> None:
        """Listen until cancelled; a lost connection is opened again and everybody rung once.

        While there is none, followers live by the safety net.
        """
        await self._ear.run()

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

    def _ring(self, channel: str, novela_id: str) -> None:
        for bell in self._waiting.get(novela_id, ()):
            bell.set()

    def _ring_all(self) -> None:
        """What came while nobody listened."""
        for novela_id in list(self._waiting):
            self._ring(CHANNEL, novela_id)


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
