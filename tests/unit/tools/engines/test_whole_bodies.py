"""An answer is unpacked as far as it may be long, and in the one way that was asked for."""

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest

from state.errors import ProviderTimeout
from tools.engines.live.reading import WholeAnswers, whole_body

MOST = 100_000


class Pieces(httpx.AsyncByteStream):
    def __init__(self, body: bytes, length: int) -> None:
        self.pieces = [body[at : at + length] for at in range(0, len(body), length)]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece


async def read(body: bytes, how: str = "", *, length: int = 1000, most: int = MOST) -> bytes:
    headers = {"content-encoding": how} if how else {}
    return await whole_body("fal", httpx.Response(200, headers=headers, stream=Pieces(body, length)), most)


@pytest.mark.parametrize("length", [1, 7, 1000, 10**6])
async def test_what_is_plain_or_packed_as_asked_is_read_whole(length: int) -> None:
    body = bytes(range(256)) * 8
    assert await read(body, length=length) == body
    assert await read(body, "identity", length=length) == body
    assert await read(gzip.compress(body), " GZIP ", length=length) == body
    assert await read(b"") == await read(b"", "gzip") == b""


def packed(body: bytes) -> bytes:
    """Packed at no time at all: names of tests are made of it, and are the same for all workers."""
    return gzip.compress(body, mtime=0)


@pytest.mark.parametrize("how", ["", "gzip"])
async def test_the_last_byte_that_may_come_is_read_and_the_next_is_not(how: str) -> None:
    def packed(size: int) -> bytes:
        return gzip.compress(bytes(size)) if how else bytes(size)

    assert len(await read(packed(MOST), how)) == MOST
    with pytest.raises(ProviderTimeout, match="more than 100000 bytes") as caught:
        await read(packed(MOST + 1), how)
    assert caught.value.kind == "ambiguous"


@pytest.mark.parametrize(
    ("body", "how", "said"),
    [
        (zlib.compress(b"{}"), "deflate", "not asked for"), (b"{}", "br", "not asked for"),
        (packed(packed(b"{}")), "gzip, gzip", "not asked for"),
        (b"{}", "zstd", "not asked for"),
        (b"{}", "gzip", "cannot be unpacked"), (zlib.compress(b"{}"), "gzip", "cannot be unpacked"),
        (packed(b"{}" * 99)[:-9], "gzip", "in the middle"),
    ],
)  # fmt: skip
async def test_any_other_way_is_refused_in_words(body: bytes, how: str, said: str) -> None:
    with pytest.raises(ProviderTimeout, match=said):
        await read(body, how)


async def test_a_bomb_is_never_there_whole() -> None:
    """Ten megabytes in one piece of ten kilobytes."""
    bomb = gzip.compress(bytes(10 * 2**20))
    tracemalloc.start()
    with pytest.raises(ProviderTimeout, match="more than"):
        await read(bomb, "gzip", length=len(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


async def test_a_package_of_a_vendor_gets_answers_read_and_unpacked() -> None:
    """Headers of the line are gone: what they say is no longer so."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        packed = gzip.compress(b'{"id": "job-a"}')
        told = {"content-encoding": "gzip", "content-length": str(len(packed)), "x-request-id": "r1"}
        return httpx.Response(201, headers=told, stream=Pieces(packed, 5))

    transport = WholeAnswers("replicate", httpx.MockTransport(answer), most_bytes=100)
    async with httpx.AsyncClient(transport=transport) as client:
        found = await client.get("https://api.example/")
    assert (found.status_code, found.json(), found.headers["x-request-id"]) == (201, {"id": "job-a"}, "r1")
    assert "content-encoding" not in found.headers
    assert asked[0].headers["accept-encoding"] == "gzip"


async def test_a_package_of_a_vendor_gets_no_more_than_may_come() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Pieces(bytes(101), 10))

    transport = WholeAnswers("replicate", httpx.MockTransport(answer), most_bytes=100)
    async with httpx.AsyncClient(transport=transport) as client:
        with pytest.raises(ProviderTimeout, match="replicate sent more than 100 bytes"):
            await client.get("https://api.example/")
