"""A proxy that cuts answers after a random number of bytes: wherever that is, or at the worst places.

Every connection goes to a replica by chance, is sometimes refused, and is cut in order or by a reset. The
dice are the proxy's own, so a seed repeats what becomes of its first, second, third connection.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

PIECE = 16_384
FEWEST, MOST = 1, 12_000
"""Bytes of an answer after which it is cut; small numbers are as likely as great ones."""
REFUSED, WHOLE = 0.1, 0.05
"""How many connections are not taken at all, and how many are left alone."""
PLACES = {
    "inside a character": re.compile(rb"[\x80-\xbf]"),
    "inside a chunk's header": re.compile(rb"(?<=\r\n[0-9a-f])[0-9a-f]+\r\n"),
    "inside a frame": re.compile(rb"(?<=data: \{)[^\r\n]{10}"),
    "between frames": re.compile(rb"(?<=\n\n)|(?<=\n\r\n)"),
}
"""Where a cut comes that was not left to chance: right before what is found."""


@dataclass
class Tally:
    """What the proxies of a test have done together."""

    most_cuts: int
    cuts: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    news: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    """The number of each cut, for whoever acts at some of them; 0 when it is over."""

    @property
    def total(self) -> int:
        return self.cuts.total()

    def note(self, place: str) -> None:
        self.cuts[place] += 1
        self.news.put_nowait(self.total)

    def end(self) -> None:
        """Tell whoever acts that there is nothing more to do."""
        while not self.news.empty():
            self.news.get_nowait()
        self.news.put_nowait(0)


class CuttingProxy:
    """Stands in front of replicas at these ports."""

    def __init__(self, ports: Sequence[int], dice: Random, tally: Tally) -> None:
        self._ports = ports
        self._dice = dice
        self._tally = tally
        self._at_work: set[asyncio.Task[None]] = set()
        self.url = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator["CuttingProxy"]:
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()
            for task in self._at_work:
                task.cancel()
            await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._at_work.add(task)
        try:
            port, what, after = self._dice.choice(self._ports), self._dice.random(), self._some_bytes()
            place = self._dice.choice(["anywhere", *PLACES])
            if self._tally.total >= self._tally.most_cuts or what > 1 - WHOLE:
                await self._pass_on(near, back, port, Knife("", 0))
            elif what < REFUSED:
                self._tally.refused += 1
            else:
                await self._pass_on(near, back, port, Knife(place, after))
        except (OSError, asyncio.CancelledError):  # a replica is down, a reader has gone, the test is over
            pass
        finally:
            self._at_work.discard(task)
            back.transport.abort()

    def _some_bytes(self) -> int:
        return round(FEWEST * (MOST / FEWEST) ** self._dice.random())

    async def _pass_on(
        self, near: asyncio.StreamReader, back: asyncio.StreamWriter, port: int, knife: "Knife"
    ) -> None:
        far, on = await asyncio.open_connection("127.0.0.1", port)
        asking = asyncio.create_task(_pump(near, on))
        try:
            while piece := await far.read(PIECE):
                keep = knife.cuts(piece)
                back.write(piece if keep is None else piece[:keep])
                await back.drain()
                if keep is not None:
                    self._tally.note(knife.place)
                    if self._dice.random() < 0.5:
                        back.close()  # in order: the reader gets all that came before
                    return
            back.close()
        finally:
            asking.cancel()
            on.transport.abort()


@dataclass
class Knife:
    """Counts an answer's bytes and says where it is cut; `place` empty: nowhere."""

    place: str
    after: int

    def cuts(self, piece: bytes) -> int | None:
        """How much of this piece still passes; None for all of it."""
        if not self.place:
            return None
        first, self.after = self.after, max(0, self.after - len(piece))
        if first > len(piece):
            return None
        if self.place == "anywhere":
            return first
        found = PLACES[self.place].search(piece, first)
        return None if found is None else found.start()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(PIECE):
        writer.write(data)
        await writer.drain()
