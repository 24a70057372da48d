"""A company's proxy: takes requests for other hosts, in the open or as tunnels, and keeps what it saw.

Names of hosts lead to ports of this machine, so no name is ever looked up.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

END = b"\r\n\r\n"


@dataclass
class ForwardProxy:
    """`asked` holds the method and the target of every request; `headers` what came with it."""

    ports: Mapping[str, int]
    refuses: int = 0
    """A status that it answers everything with."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._lines = set[asyncio.Task[None]]()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for line in self._lines:
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)
        await self._server.wait_closed()

    def url(self, user: str = "") -> str:
        """Its address, with whoever is to be named in it."""
        return f"http://{user}{'@' if user else ''}127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        with _closed(writer), suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._take(reader, writer)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = (await reader.readuntil(END)).removesuffix(END).decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        self.asked.append((method, target))
        self.headers.append({name.lower(): value for name, value in (line.split(": ", 1) for line in lines)})
        if self.refuses:
            writer.write(f"HTTP/1.1 {self.refuses} No\r\ncontent-length: 0\r\n\r\n".encode())
            await writer.drain()
            return
        there = urlsplit(f"//{target}" if method == "CONNECT" else target)
        onward, back = await asyncio.open_connection("127.0.0.1", self.ports[there.hostname or ""])
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            kept = [line for line in lines if not line.lower().startswith(("proxy-", "connection:"))]
            path = f"{there.path}{'?' if there.query else ''}{there.query}"
            back.write(
                "\r\n".join([f"{method} {path} HTTP/1.1", *kept, "connection: close", "", ""]).encode()
            )
        with _closed(back):
            await asyncio.gather(_pass_on(reader, back), _pass_on(onward, writer))


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextmanager
def _closed(writer: asyncio.StreamWriter) -> Iterator[None]:
    try:
        yield
    finally:
        writer.close()
