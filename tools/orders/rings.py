"""Wakes who waits for an order when its provider rings: one LISTEN connection a process, no polling."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from weakref import WeakSet

import psycopg
import structlog
from psycopg import AsyncConnection, sql

from tools.db.pool import Database, connection_settings
from tools.ending import end_tasks
from tools.ledger.rings import CHANNEL

log = structlog.stdlib.get_logger(__name__)
RECONNECT_S = 1.0
Pause = Callable[[float], Awaitable[None]]


class Bell:
    """One waiter's. A ring stays until the next pause has ended by it: none falls between two looks."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something has changed."""
        self._rung.set()

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until it rings; not at all where it rang since the last pause."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        # Before the next look: what rings while that is on its way must end the next pause.
        self._rung.clear()


class Rings:
    """The process's ear for providers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bells: dict[str, WeakSet[Bell]] = {}
        self._listening = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.hears = False
        """Whether there is a connection to hear on now; without one pauses last as long as they may."""

    async def open(self) -> None:
        """Listen from now on; returns when the database has confirmed it."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name="provider rings")
        await self._listening.wait()

    async def close(self) -> None:
        """Stop listening."""
        if self._task is not None:
            await end_tasks([self._task])
            self._task = None
            self._listening.clear()

    def pause_for(self, call_key: str) -> Pause:
        """A pause for one waiter, which ends early when the order's provider rings.

        Take it before the first look, and one for each who waits. It is forgotten with whoever holds it.
        """
        bell = Bell()
        self._sweep()
        self._bells.setdefault(call_key, WeakSet()).add(bell)
        return bell.pause

    @property
    def waited_for(self) -> list[str]:
        """The orders that somebody holds a pause for."""
        self._sweep()
        return list(self._bells)

    def _sweep(self) -> None:
        for call_key in [key for key, bells in self._bells.items() if not bells]:
            del self._bells[call_key]

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except (psycopg.OperationalError, psycopg.InterfaceError) as exc:
                log.warning("listener_lost", listener="rings", problem=str(exc).strip())
            await asyncio.sleep(RECONNECT_S)

    async def _listen_once(self) -> None:
        settings = connection_settings("greenlight rings")
        async with await AsyncConnection[Any].connect(self._database.url, **settings) as connection:
            await connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
            # What came while nobody listened.
            for call_key in list(self._bells):
                self._hear(call_key)
            self.hears = True
            self._listening.set()
            try:
                async for notice in connection.notifies():
                    self._hear(notice.payload)
            finally:
                self.hears = False

    def _hear(self, call_key: str) -> None:
        for bell in self._bells.get(call_key, ()):
            bell.ring()
