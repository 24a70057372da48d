"""A wire that can be cut: a TCP proxy in front of a house."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65_536
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Wire:
    """Carries connections to the house, and cuts them when a test says so."""

    def __init__(self, house: str) -> None:
        self._house = urlsplit(house)
        self._to_spoil = 0
        self._instead = b""
        self._hushed: set[asyncio.StreamWriter] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._streams: set[asyncio.StreamWriter] = set()
        self.url = ""
        self.asked: list[str] = []
        """Method and path of every request, in order."""

    def spoil_answers(self, count: int, instead: bytes = b"") -> None:
        """Let the house answer the next POSTs; cut the wire, or say something else, instead of passing on."""
        self._to_spoil, self._instead = count, instead

    def cut(self) -> int:
        """Cut every connection as a power cut of a router would; how many there were."""
        open_now = [writer for writer in self._writers if not writer.is_closing()]
        for writer in open_now:
            writer.transport.abort()
        return len(open_now) // 2

    def hush(self) -> None:
        """Pass on nothing more of the streams that are open now: half-open sockets, of which nobody tells."""
        self._hushed |= self._streams

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Wire"]:
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()
            self.cut()
            await server.wait_closed()

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, on = await asyncio.open_connection(self._house.hostname, self._house.port)
        self._writers |= {back, on}
        spoilt = asyncio.Event()
        await asyncio.gather(
            self._pass(near, on, lambda piece: self._note(piece, back, spoilt)),
            self._pass(far, back, lambda _: self._spoil(back, on) if spoilt.is_set() else None),
        )
        self._writers -= {back, on}

    def _note(self, piece: bytes, back: asyncio.StreamWriter, spoilt: asyncio.Event) -> None:
        method, path, version = [*piece.split(b"\r\n", 1)[0].decode("latin-1").split(" "), "", ""][:3]
        if version != "HTTP/1.1":  # the rest of a body
            return
        self.asked.append(f"{method} {path}")
        if "/stream" in path:
            self._streams.add(back)
        else:
            self._streams.discard(back)
        if method == "POST" and self._to_spoil:
            self._to_spoil -= 1
            spoilt.set()

    def _spoil(self, back: asyncio.StreamWriter, on: asyncio.StreamWriter) -> None:
        on.transport.abort()
        if self._instead:
            back.write(self._instead)
            back.close()
        else:
            back.transport.abort()

    async def _pass(
        self, source: asyncio.StreamReader, to: asyncio.StreamWriter, look: Callable[[bytes], None]
    ) -> None:
        with suppress(ConnectionError):
            while piece := await source.read(PIECE):
                look(piece)
                if to.is_closing():
                    break
                if to not in self._hushed:
                    to.write(piece)
                    await to.drain()
        to.close()
