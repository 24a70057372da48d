"""SIGTERM and SIGINT of a process that works: the first asks, the second hurries, the third kills."""

import asyncio
import signal
from collections.abc import Callable
from types import TracebackType
from typing import Self

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopSignals:
    """Listens to both signals inside its block."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        """Set by the first signal."""
        self._on_first: Callable[[], None] | None = None
        self.on_second: Callable[[], None] | None = None
        """Called for the second; from then on a signal does what it does to every process."""

    def __enter__(self) -> Self:
        loop = asyncio.get_running_loop()
        for one in SIGNALS:
            loop.add_signal_handler(one, self.hear)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def on_first(self) -> Callable[[], None] | None:
        """Called for the first signal, or at once if that has come."""
        return self._on_first

    @on_first.setter
    def on_first(self, called: Callable[[], None]) -> None:
        self._on_first = called
        if self.asked.is_set():
            called()

    def hear(self) -> None:
        """A signal came."""
        if not self.asked.is_set():
            self.asked.set()
            if self._on_first is not None:
                self._on_first()
        elif self.on_second is not None:
            self._end()
            self.on_second()

    def _end(self) -> None:
        loop = asyncio.get_running_loop()
        for one in SIGNALS:
            loop.remove_signal_handler(one)
