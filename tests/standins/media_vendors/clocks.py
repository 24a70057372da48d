"""Time at the stand-ins: the machine's, or one that a test moves by hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol

from tests.standins.model_vendors.signals import Signal


class Time(Protocol):
    """What the stand-ins ask of a clock."""

    def now(self) -> datetime: ...
    async def until(self, moment: datetime) -> None: ...


class RealTime:
    """As it passes."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def until(self, moment: datetime) -> None:
        left = (moment - self.now()).total_seconds()
        if left > 0:
            await asyncio.sleep(left)


class HandTime:
    """Passes when a test says so, from whatever thread."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 11, 23, 4, tzinfo=UTC)
        self._lock = Lock()
        self._asleep: list[tuple[datetime, Signal]] = []
        self._awaited: list[tuple[int, Signal]] = []

    def now(self) -> datetime:
        return self._now

    async def until(self, moment: datetime) -> None:
        with self._lock:
            if moment <= self._now:
                return
            mine = (moment, Signal())
            self._asleep.append(mine)
        self._tell()
        try:
            await mine[1].heard()
        finally:
            with self._lock:
                self._asleep = [one for one in self._asleep if one is not mine]

    def advance(self, seconds: float) -> None:
        """Wake all whose moment has come."""
        with self._lock:
            self._now += timedelta(seconds=seconds)
            ready = [signal for moment, signal in self._asleep if moment <= self._now]
            self._asleep = [one for one in self._asleep if one[1] not in ready]
        for signal in ready:
            signal.set()

    def when_asleep(self, count: int = 1) -> Signal:
        """Set as soon as so many wait for the time to pass."""
        signal = Signal()
        with self._lock:
            self._awaited.append((count, signal))
        self._tell()
        return signal

    def _tell(self) -> None:
        with self._lock:
            asleep = len(self._asleep)
            ready = [signal for count, signal in self._awaited if count <= asleep]
            self._awaited = [one for one in self._awaited if one[0] > asleep]
        for signal in ready:
            signal.set()
