"""Wakes who waits for an order when its provider rings: one LISTEN connection a process, no polling."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from weakref import WeakSet

from tools.db.ear import Ear
from tools.db.pool import Database
from tools.ledger.rings import CHANNEL

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
        self._bells: dict[str, WeakSet[Bell]] = {}
        self._ear = Ear(
            database.url, [CHANNEL], name="greenlight rings", hear=self._hear, begins=self._ring_all
        )

    @property
    def hears(self) -> bool:
        """Whether there is a connection to hear on now; without one pauses last as long as they may."""
        return self._ear.hears

    async def open(self) -> None:
        """Listen from now on; returns when the database has confirmed it."""
        await self._ear.open()

    async def close(self) -> None:
        """Stop listening."""
        await self._ear.close()

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

    def _hear(self, channel: str, call_key: str) -> None:
        for bell in self._bells.get(call_key, ()):
            bell.ring()

    def _ring_all(self) -> None:
        """What came while nobody listened."""
        for call_key in list(self._bells):
            self._hear(CHANNEL, call_key)
