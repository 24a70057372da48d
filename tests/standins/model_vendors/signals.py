"""Things that happen once, for threads and event loops alike: the stand-ins may live in either."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

PATIENCE_S = 20.0


class Signal:
    """Set once, by anybody; waited for by anybody."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    @property
    def is_set(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        with self._lock:
            self._event.set()
            listeners, self._listeners = self._listeners, []
        for loop, heard in listeners:
            if not loop.is_closed():
                loop.call_soon_threadsafe(heard.set)

    def wait(self) -> None:
        """Block this thread until it is set; never in the loop that serves the stand-ins."""
        if not self._event.wait(PATIENCE_S):
            raise TimeoutError("nobody set the signal")

    async def heard(self) -> None:
        """Wait in this event loop, for as long as it takes."""
        mine = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            if self._event.is_set():
                return
            self._listeners.append(mine)
        try:
            await mine[1].wait()
        finally:
            with self._lock:
                if mine in self._listeners:
                    self._listeners.remove(mine)


class Gate:
    """Holds an answer before one of its pieces: `Said(..., before_piece=Gate(2))`."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self.reached, self.opened = Signal(), Signal()

    async def __call__(self, number: int) -> None:
        if number == self.at:
            self.reached.set()
            await self.opened.heard()

    def open(self) -> None:
        self.opened.set()


BeforePiece = Callable[[int], Awaitable[None] | None]
"""Called before each piece of a stream with its number; what it waits for, the stream waits for."""
