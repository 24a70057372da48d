"""The ways of asking a model, each as cheap as can be. Whoever calls them gives the line."""

import struct
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from state.cost import Money
from state.order import Usage
from tools.ledger.pricing import text_price
from tools.models.base import Picture, TextCall, TextEnd, Tool
from tools.models.live.asked import Asked, Listener, Reply
from tools.models.live.line import Line
from tools.models.live.model import LiveModel

SIDE = 64


@dataclass(frozen=True)
class Paid:
    """What one path took and cost."""

    model: str
    path: str
    requests: int
    usage: Usage
    cost: Money

    def __str__(self) -> str:
        took = f"{self.usage.prompt_tokens} tokens read, {self.usage.completion_tokens} written"
        return f"{self.model:<18} {self.path:<9} {self.requests} requests, {took}, ${self.cost.as_usd():f}"


@dataclass
class Booked:
    """What each request took, by the vendor's own figures."""

    took: list[Usage] = field(default_factory=list)

    async def begin(self, call: TextCall) -> None:
        """Nobody limits it: each is a few hundred tokens."""

    def end(self, ended: TextEnd) -> None:
        assert ended.usage is not None
        assert not ended.usage.estimated
        self.took.append(ended.usage)


@dataclass(frozen=True)
class Words:
    text: str
    system: str = "Answer in JSON, as briefly as you can."
    digest: str = ""


class Nothing(BaseModel):
    pass


class Capital(BaseModel):
    capital: str


class Colour(BaseModel):
    colour: str


def red() -> Picture:
    """A red square."""
    rows = (b"\0" + b"\xff\0\0" * SIDE) * SIDE
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return Picture(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks), "image/png")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


async def plain(line: Line, booking: Booked) -> None:
    """Words."""
    reply = await line.ask(Asked(system="", text="Say yes.", max_tokens=16), booking, Listener())
    assert reply.text


async def structured(line: Line, booking: Booked) -> None:
    """An answer in a shape."""
    words = Words('What is the capital of Peru? {"capital": "..."}')
    answer = await LiveModel(line).answer(
        words, output=Capital, input=Nothing(), temperature=0.0, max_tokens=100, booking=booking
    )
    assert "Lima" in Capital.model_validate(answer.content).capital


async def tools(line: Line, booking: Booked) -> None:
    """A tool first, then the shape."""
    ran = list[Mapping[str, Any]]()

    async def country(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        ran.append(arguments)
        return {"country": "Peru"}

    shape = {"type": "object", "properties": {}, "required": []}
    tool = Tool(name="country", description="The country of this person.", parameters=shape, run=country)
    words = Words('Use the tool: what is the capital of this person\'s country? {"capital": "..."}')
    answer = await LiveModel(line).answer(
        words, output=Capital, input=Nothing(), temperature=0.0, max_tokens=100, tools=[tool],
        booking=booking,
    )  # fmt: skip
    assert ran
    assert "Lima" in Capital.model_validate(answer.content).capital


async def stream(line: Line, booking: Booked) -> None:
    """Words as they come."""
    asked = Asked(system="", text="Count from one to twenty in words.", max_tokens=200)
    *pieces, whole = [piece async for piece in LiveModel(line).stream(asked, booking=booking)]
    assert isinstance(whole, Reply)
    assert len(pieces) > 1
    assert "".join(str(piece) for piece in pieces) == whole.text


async def vision(line: Line, booking: Booked) -> None:
    """What is in a picture."""
    words = Words('Which colour is this? One English word. {"colour": "..."}')
    answer = await LiveModel(line).answer(
        words, output=Colour, input=Nothing(), temperature=0.0, max_tokens=100, pictures=[red()],
        booking=booking,
    )  # fmt: skip
    assert Colour.model_validate(answer.content).colour.lower() == "red"


PATHS: dict[str, Callable[[Line, Booked], Awaitable[None]]] = {
    "plain": plain, "structured": structured, "tools": tools, "stream": stream, "vision": vision,
}  # fmt: skip


async def walk(path: str, line: Line) -> Paid:
    """Go one of them; what it cost."""
    booking = Booked()
    await PATHS[path](line, booking)
    took = sum(booking.took, Usage())
    cost = text_price(
        line.card.provider, line.card.id, prompt_tokens=took.prompt_tokens, cached_tokens=took.cached_tokens,
        completion_tokens=took.completion_tokens,
    )  # fmt: skip
    return Paid(line.card.id, path, len(booking.took), took, cost)
