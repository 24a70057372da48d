"""A small internet inside this process: names that lie, one public host, and a canary behind all else.

Whatever is neither a server of the test nor the public host lands at the canary, which counts connections as
they are accepted: before a request, before TLS. Names are looked up and lines opened in Python's
`socket`, below every library that fetches, so no fetcher has to be told of it.
"""

import _socket
import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

PUBLIC = "93.184.215.14"
PUBLIC_NAME = "files.public.example"
HOMES = ("127.0.0.1", "127.0.0.2", "::1")
"""Where the canary sits, each time on the same port."""
Place = tuple[str, int]


@dataclass
class Canary:
    """Counts who connects, on three addresses of this machine."""

    port: int = 0
    came: list[Place] = field(default_factory=list)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.came.append(writer.get_extra_info("peername")[:2])
        self._heard.set()
        writer.close()

    async def counted(self) -> int:
        """How many came since the last time. Lines are accepted in their order: a last one ends the count."""
        with ExitStack() as lines:
            ours = [lines.enter_context(self._line(home)) for home in HOMES]
            last = {line.getsockname()[:2] for line in ours}
            async with asyncio.timeout(20):
                while not last <= set(self.came):
                    self._heard.clear()
                    await self._heard.wait()
        found = len(self.came) - len(last)
        self.came.clear()
        return found

    def _line(self, home: str) -> socket.socket:
        line = socket.socket(socket.AF_INET6 if ":" in home else socket.AF_INET)
        _socket.socket.connect(line, (home, self.port))
        return line


@dataclass
class World:
    """`names` says what each look-up of a name answers, one after the other, the last one again and again."""

    canary: Canary
    own: set[Place] = field(default_factory=set)
    """Servers of the test, reached as they are."""
    public: Place | None = None
    """Who answers where the public host lies."""
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    strayed: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    told: int = 0

    def say(self, names: Mapping[str, Sequence[Sequence[str]]]) -> None:
        """Answer so from now on; the public host has its name unless another answer is given for it."""
        self.looked_up.clear()
        self.names = {PUBLIC_NAME: [[PUBLIC]]}
        self.names |= {name: [list(each) for each in answers] for name, answers in names.items()}

    def strays(self) -> list[str]:
        """Where somebody went who should not have, since the last time.

        The list is only ever added to: threads of libraries add to it while this reads.
        """
        found = self.strayed[self.told :]
        self.told += len(found)
        return found

    async def settle(self) -> None:
        """The canary's own count must be what was told of here."""
        assert await self.canary.counted() == len(self.strayed)
        self.strayed, self.told = [], 0

    def look_up(
        self, host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
    ) -> list[Any]:
        """As `socket.getaddrinfo`; only names of this world and addresses are known."""
        name = host.decode() if isinstance(host, bytes) else str(host)
        self.looked_up.append(name)
        told = self.names.get(name.lower().removesuffix("."))
        found = [name] if told is None else told.pop(0) if len(told) > 1 else told[0]
        of_any = (port, family, type or socket.SOCK_STREAM, proto, socket.AI_NUMERICHOST)
        return [each for one in found for each in _ask(one, *of_any)]

    def connect(self, line: socket.socket, to: Any) -> None:
        """As `socket.connect`; where nothing of the test lies, the canary is."""
        if line.family not in (socket.AF_INET, socket.AF_INET6):
            return _socket.socket.connect(line, to)
        place = (str(to[0]), int(to[1]))
        if place in self.own:
            return _socket.socket.connect(line, to)
        if place == (PUBLIC, 443) and self.public is not None:
            return _socket.socket.connect(line, self.public)
        if not 0 <= place[1] <= 65535:
            raise OSError(errno.EINVAL, "there is no such port")
        self.strayed.append(f"{place[0]}:{place[1]}")
        of_six = line.family == socket.AF_INET6
        home = "::1" if of_six else place[0] if place[0] in HOMES else HOMES[0]
        return _socket.socket.connect(line, (home, self.canary.port))


@asynccontextmanager
async def a_world(patch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """The world, until it is left."""
    canary = Canary()
    servers = [await asyncio.start_server(canary.accept, HOMES[0], 0, backlog=1000)]
    canary.port = servers[0].sockets[0].getsockname()[1]
    servers += [
        await asyncio.start_server(canary.accept, one, canary.port, backlog=1000) for one in HOMES[1:]
    ]
    world = World(canary)
    world.say({})
    with patch.context() as patched:
        patched.setattr(socket, "getaddrinfo", world.look_up)
        patched.setattr(socket.socket, "connect", lambda line, to: world.connect(line, to))
        try:
            yield world
        finally:
            for server in servers:
                server.close()
                await server.wait_closed()


_ask = _socket.getaddrinfo
"""The machine's own reading of addresses in all their spellings; no name server is asked."""
