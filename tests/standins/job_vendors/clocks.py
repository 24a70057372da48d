"""The vendors' own time: the machine's, or one that a test moves."""

import asyncio
import threading
from datetime import UTC, datetime
from time import time
from typing import Protocol

from tests.standins.model_vendors.signals import Signal

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


class Time(Protocol):
    """Seconds since 1970, and waiting for one of them."""

    def now(self) -> float:
        """The time of day."""

    async def until(self, moment: float) -> None:
        """Wait for it; at once when it has passed."""


class WallTime:
    """The machine's own."""

    def now(self) -> float:
        return time()

    async def until(self, moment: float) -> None:
        await asyncio.sleep(max(moment - time(), 0))


class SteppedTime:
    """Stands still until a test calls `advance`, from whatever thread."""

    def __init__(self, start: float = NEW_YEAR) -> None:
        self._now = start
        self._lock = threading.Lock()
        self._waiting: list[tuple[float, Signal]] = []
        self._watching: list[Signal] = []

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        """Let so much time pass; whoever waited for a moment in between is woken."""
        with self._lock:
            self._now += seconds
            due = [signal for moment, signal in self._waiting if moment <= self._now]
            self._waiting = [one for one in self._waiting if one[0] > self._now]
        for signal in due:
            signal.set()

    def awaited(self) -> Signal:
        """Set as soon as somebody waits for a moment to come."""
        watching = Signal()
        with self._lock:
            self._watching.append(watching)
            waits = bool(self._waiting)
        if waits:
            self._told()
        return watching

    def _told(self) -> None:
        with self._lock:
            watching, self._watching = self._watching, []
        for one in watching:
            one.set()

    async def until(self, moment: float) -> None:
        signal = Signal()
        with self._lock:
            if moment <= self._now:
                return
            self._waiting.append((moment, signal))
        self._told()
        try:
            await signal.heard()
        finally:
            with self._lock:
                self._waiting = [one for one in self._waiting if one[1] is not signal]


def stamp(moment: float) -> str:
    """As both vendors write it."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(text: str) -> float:
    """Reads a date with or without its time. Raises ValueError."""
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
