"""Server-sent events that last as long as what they tell of: cheap to keep open, gone with their reader.

An idle stream is two tasks and its place in the log: nothing that was sent is kept, nobody polls.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Any, cast
from weakref import WeakKeyDictionary

from sse_starlette import EventSourceResponse
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tools.ending import end_tasks

WAITING = "live_stream"
CUT = "ASGI callable returned without completing response."
"""What uvicorn says of each."""
HEARTBEAT = b": heartbeat\r\n\r\n"
HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
)


class LiveStream(Response):
    """Sends frames as they come and a heartbeat when none do."""

    media_type = None
    """Said in the headers: a class that says it would be taken for the type of its refusals, too."""

    def __init__(
        self,
        frames: AsyncGenerator[bytes, None],
        *,
        heartbeat_s: float,
        greets: bool = True,
        headers: Mapping[str, str] | None = None,
        on_leave: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`greets`: beats at once. `on_leave`: called when it ends before its frames do, not when we stop."""
        super().__init__()
        more = {} if headers is None else headers
        self.raw_headers = [*HEADERS, *((name.encode(), value.encode()) for name, value in more.items())]
        self._frames = frames
        self._heartbeat_s = heartbeat_s
        self._greets = greets
        self._on_leave = on_leave
        self._is_over = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave everything to `LiveStreams`, which begins when the route has returned."""
        scope["state"][WAITING] = self

    async def run(self, receive: Receive, send: Send) -> None:
        """Send until the frames end, or the reader or the server goes."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        if self._greets:  # the client, and every proxy in between, knows at once that it is open
            await _write(send, HEARTBEAT)
        stream = cast("asyncio.Task[None]", asyncio.current_task())
        attendant = asyncio.create_task(self._attend(receive, send, stream))
        doorman = _doorman()
        doorman.see_in(stream)
        try:
            await self._send(send)
        except asyncio.CancelledError:
            if not (attendant.done() or doorman.has_closed):
                raise
            stream.uncancel()  # the reader or the server goes: that is how a stream is cut
        finally:
            doorman.see_out(stream)
            await end_tasks([attendant])
            if self._on_leave is not None and not self._is_over and not doorman.has_closed:
                await asyncio.shield(asyncio.ensure_future(self._on_leave()))
        if self._is_over:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send(self, send: Send) -> None:
        async with aclosing(self._frames) as frames:
            async for frame in frames:
                await _write(send, frame)
                del frame  # no name may keep a state alive while nothing happens
        self._is_over = True

    async def _attend(self, receive: Receive, send: Send, stream: "asyncio.Task[None]") -> None:
        """Beat until the reader goes; then cut the stream."""
        kind = ""
        while kind != "http.disconnect":
            try:
                async with asyncio.timeout(self._heartbeat_s):
                    kind = (await receive())["type"]
            except TimeoutError:
                await _write(send, HEARTBEAT)
        if not self._is_over:
            stream.cancel()


class LiveStreams:
    """Runs streams outside of routing, so that nothing a request needed is kept for as long as its stream."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)
        stream = scope.get("state", {}).pop(WAITING, None)
        if stream is not None:
            await stream.run(receive, send)


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


class _Doorman:
    """Ends the streams of one event loop when its server stops.

    The library knows when that is; one stream of its own, which nobody reads, hears it for all.
    """

    def __init__(self) -> None:
        self._streams: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None
        self.has_closed = False
        """Whether the server has stopped; a new one in the same process may come after it."""

    def see_in(self, stream: "asyncio.Task[None]") -> None:
        self._streams.add(stream)
        if self._watch is None:
            self.has_closed = False
            self._watch = asyncio.create_task(self._stand(), name="doorman of streams")

    def see_out(self, stream: "asyncio.Task[None]") -> None:
        self._streams.discard(stream)
        if not self._streams and self._watch is not None:
            self._watch.cancel()
            self._watch = None

    async def _stand(self) -> None:
        await EventSourceResponse(_silence(), ping=0)({"type": "http", "method": "GET"}, _nothing, _nowhere)
        self.has_closed = True
        logging.getLogger("uvicorn.error").addFilter(_is_no_cut)
        for stream in self._streams:
            stream.cancel()


def _is_no_cut(record: logging.LogRecord) -> bool:
    """A stream is cut on purpose when the server stops: to clients an end in order is the end of the run."""
    return record.msg != CUT


_DOORMEN: WeakKeyDictionary[asyncio.AbstractEventLoop, _Doorman] = WeakKeyDictionary()


def _doorman() -> _Doorman:
    return _DOORMEN.setdefault(asyncio.get_running_loop(), _Doorman())


async def _silence() -> AsyncIterator[bytes]:
    await asyncio.Event().wait()
    yield b""


async def _nothing() -> Any:
    await asyncio.Event().wait()


async def _nowhere(message: Any) -> None:
    return None
