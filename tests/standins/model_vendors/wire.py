"""A small HTTP server whose connections can be broken at any point, which frameworks do not allow.

`h11` reads and writes the protocol (uvicorn's own parser); what is sent leaves at once.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import h11

JSON = {"content-type": "application/json"}
EVENTS = {"content-type": "text/event-stream; charset=utf-8"}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


class Out:
    """The way back to who asked."""

    def __init__(self, conn: h11.Connection, writer: asyncio.StreamWriter) -> None:
        self._conn, self._writer = conn, writer
        self.dropped = False

    async def reply(self, status: int, body: bytes, headers: Mapping[str, str] = JSON) -> None:
        await self.start(status, {**headers, "content-length": str(len(body))})
        await self.piece(body)
        await self.end()

    async def json(self, status: int, body: Any, headers: Mapping[str, str] = JSON) -> None:
        await self.reply(status, json.dumps(body).encode(), {**JSON, **headers})

    async def start(self, status: int, headers: Mapping[str, str]) -> None:
        """The status and the headers; without a content-length the body leaves in chunks."""
        known = status in HTTPStatus._value2member_map_  # 499, as nginx has it, is in no list
        reason = HTTPStatus(status).phrase if known else "Unlisted"
        await self._send(h11.Response(status_code=status, reason=reason, headers=list(headers.items())))

    async def piece(self, data: bytes) -> None:
        if data:
            await self._send(h11.Data(data=data))

    async def end(self) -> None:
        await self._send(h11.EndOfMessage())

    def drop(self) -> None:
        """Close the connection; what has been sent still arrives."""
        self.dropped = True
        self._writer.close()

    async def _send(self, event: h11.Event) -> None:
        data = self._conn.send(event)
        if data:
            self._writer.write(data)
            await self._writer.drain()


class Server:
    """Serves one vendor on a free port of this machine."""

    def __init__(
        self,
        answer: Callable[[Request, Out], Awaitable[None]],
        unread: Callable[[Request], bool] | None = None,
    ) -> None:
        self._answer, self._unread = answer, unread or (lambda head: False)
        self._connections: set[asyncio.Task[None]] = set()
        self.port = 0
        """Set before the start to have that one; afterwards it is the one that was found."""
        self.on_stop: list[Callable[[], Awaitable[None]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close every connection, whatever is being said on it."""
        self._server.close()
        for stop in self.on_stop:
            await stop()
        await asyncio.sleep(0)  # a connection that was just taken has its task now
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        conn = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)
        # A client that goes away, a word that is no HTTP, and the end of the test are ends like others.
        with contextlib.suppress(ConnectionError, h11.RemoteProtocolError, asyncio.CancelledError):
            while await self._one(conn, reader, writer):
                conn.start_next_cycle()
        self._connections.discard(task)
        writer.close()
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()

    async def _one(
        self, conn: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Whether another request may follow on this connection."""
        head = await _next(conn, reader)
        if not isinstance(head, h11.Request):
            return False
        request = _read(head)
        if self._unread(request):
            writer.transport.abort()
            return False
        body = bytearray()
        while isinstance(part := await _next(conn, reader), h11.Data):
            body += part.data
        out = Out(conn, writer)
        asked = Request(request.method, request.path, request.query, request.headers, bytes(body))
        await _while_connected(self._answer(asked, out), conn, reader)
        return not out.dropped and conn.our_state is h11.DONE and conn.their_state is h11.DONE


async def _while_connected(
    answer: Awaitable[None], conn: h11.Connection, reader: asyncio.StreamReader
) -> None:
    """Answer until it is done or the client hangs up."""
    answering = asyncio.ensure_future(answer)
    hearing = asyncio.ensure_future(reader.read(65536))
    try:
        await asyncio.wait({answering, hearing}, return_when=asyncio.FIRST_COMPLETED)
        if hearing.done() and not hearing.exception() and hearing.result():
            await asyncio.wait(
                {answering}
            )  # the next question came before the end of this answer was noticed
    finally:
        for task in (answering, hearing):
            task.cancel()
        told, heard = await asyncio.gather(answering, hearing, return_exceptions=True)
    if isinstance(told, BaseException):
        raise ConnectionError("nobody is there any more") from told
    if isinstance(heard, bytes):
        conn.receive_data(heard)


async def _next(conn: h11.Connection, reader: asyncio.StreamReader) -> Any:
    while (event := conn.next_event()) is h11.NEED_DATA:
        conn.receive_data(await reader.read(65536))
    return event


def _read(head: h11.Request) -> Request:
    target = urlsplit(head.target.decode())
    headers = {name.decode().lower(): value.decode() for name, value in head.headers}
    query = dict(parse_qsl(target.query, keep_blank_values=True))
    return Request(head.method.decode(), unquote(target.path), query, headers)
