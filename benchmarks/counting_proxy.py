"""A proxy in front of Postgres that counts the statements of the wire protocol.

A statement is a simple query or one execution of a portal, whoever sends it and whatever it
does: BEGIN, LISTEN and empty pings count too.
"""

import asyncio
import struct
from contextlib import suppress
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104


class CountingProxy:
    """`url` leads through the proxy; `statements` holds the text of every one that passed."""

    def __init__(self, url: str) -> None:
        self._target = conninfo_to_dict(url)
        self._tasks: set[asyncio.Task[None]] = set()
        self.statements: list[str] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()[:2]
        self.url = make_conninfo("", **self._target | {"host": host, "port": port, "sslmode": "disable"})
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_server = await asyncio.open_connection(self._target["host"], int(str(self._target["port"])))
        back = asyncio.create_task(_pipe(to_server[0], writer))
        self._tasks.add(back)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            await self._forward(reader, to_server[1])
        to_server[1].close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        prepared: dict[bytes, str] = {}
        portals: dict[bytes, bytes] = {}
        started = False
        while True:
            kind = await reader.readexactly(1) if started else b""
            size = await reader.readexactly(4)
            body = await reader.readexactly(struct.unpack("!i", size)[0] - 4)
            if not started:
                code = struct.unpack("!i", body[:4])[0]
                started = code not in (SSL_REQUEST, GSS_REQUEST)
            self._note(kind, body, prepared, portals)
            writer.write(kind + size + body)
            await writer.drain()

    def _note(
        self, kind: bytes, body: bytes, prepared: dict[bytes, str], portals: dict[bytes, bytes]
    ) -> None:
        if kind == b"Q":
            self.statements.append(body[:-1].decode())
        elif kind == b"P":
            name, text, _ = body.split(b"\0", 2)
            prepared[name] = text.decode()
        elif kind == b"B":
            portal, name, _ = body.split(b"\0", 2)
            portals[portal] = name
        elif kind == b"E":
            self.statements.append(prepared.get(portals.get(body.split(b"\0", 1)[0], b""), "?"))


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.CancelledError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
