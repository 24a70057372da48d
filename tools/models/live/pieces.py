"""An answer that is told to a listener, as a stream that is read."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from tools.ending import end_tasks
from tools.models.live.asked import Listener, Reply


class Anew:
    """What was heard so far does not count."""


class _Queueing(Listener):
    def __init__(self) -> None:
        self.heard: asyncio.Queue[str | Anew | None] = asyncio.Queue()

    def hear(self, piece: str) -> None:
        self.heard.put_nowait(piece)

    def anew(self) -> None:
        self.heard.put_nowait(Anew())


async def as_pieces(
    ask: Callable[[Listener], Awaitable[Reply]],
) -> AsyncIterator[str | Anew | Reply]:
    """The pieces in order, `Anew` where the answer begins again, and the whole at the end.

    Whoever stops reading ends the call. Raises what it raises.
    """
    listener = _Queueing()

    async def told() -> Reply:
        try:
            return await ask(listener)
        finally:
            listener.heard.put_nowait(None)

    asking = asyncio.create_task(told())
    try:
        while (piece := await listener.heard.get()) is not None:
            yield piece
        yield await asking
    finally:
        await end_tasks([asking])
