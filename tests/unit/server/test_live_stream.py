"""How a live stream ends: with its frames, with its reader, or with a fault."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest

from server.protocol.live_stream import HEARTBEAT, LiveStream


async def frames(*several: bytes, fault: Exception | None = None) -> AsyncGenerator[bytes, None]:
    for one in several:
        yield one
    if fault is not None:
        raise fault


async def endless() -> AsyncGenerator[bytes, None]:
    yield b"first"
    await asyncio.Event().wait()


class Reader:
    """Reads what is sent; goes when told to."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.goes = asyncio.Event()
        self.left = 0

    async def send(self, message: Any) -> None:
        self.sent.append(message)
        if message.get("body") == b"first":
            self.goes.set()

    async def receive(self) -> dict[str, str]:
        await self.goes.wait()
        return {"type": "http.disconnect"}

    async def leave(self) -> None:
        self.left += 1

    @property
    def bodies(self) -> Sequence[bytes]:
        return [one["body"] for one in self.sent[1:]]


@pytest.fixture
async def reader() -> Reader:
    return Reader()


async def test_a_stream_that_is_over_is_a_whole_answer(reader: Reader):
    stream = LiveStream(frames(b"a", b"b"), heartbeat_s=60, greets=False, on_leave=reader.leave)
    await stream.run(reader.receive, reader.send)
    assert reader.bodies == [b"a", b"b", b""]
    assert [one["more_body"] for one in reader.sent[1:]] == [True, True, False]
    assert reader.left == 0


async def test_a_reader_who_goes_ends_it_without_an_end(reader: Reader):
    await LiveStream(endless(), heartbeat_s=60, on_leave=reader.leave).run(reader.receive, reader.send)
    assert reader.bodies == [HEARTBEAT, b"first"]
    assert reader.left == 1


async def test_a_stream_that_breaks_parts_from_its_reader_too(reader: Reader):
    broken = frames(b"a", fault=ValueError("no more"))
    with pytest.raises(ValueError, match="no more"):
        await LiveStream(broken, heartbeat_s=60, greets=False, on_leave=reader.leave).run(
            reader.receive, reader.send
        )
    assert reader.bodies == [b"a"]
    assert reader.left == 1
