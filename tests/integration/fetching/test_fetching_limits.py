"""How much and how long: only what may be needed is held, and it is waited for only so long."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import zstandard

from tests.integration.fetching.conftest import Liar, answers, outcome, says, told
from tests.integration.fetching.fetchers import FETCHERS
from tests.integration.fetching.guards import RESULTS
from tests.standins.receiver import Receiver
from tools.engines.live import downloads, wire

API = [
    "replicate looks", "replicate orders", "replicate lists", "replicate cancels", "fal looks", "fal orders",
    "fal cancels", "replicate versions", "google looks", "google orders", "google cancels", "openai orders",
]  # fmt: skip
KEYS = ["replicate signing secret", "fal signing keys"]
MB = 2**20


def packed(body: bytes, how: str, *, length: int | None = None) -> bytes:
    lines = [
        "HTTP/1.1 200 OK", "content-type: application/json", f"content-length: {length or len(body)}",
        f"content-encoding: {how}", "connection: close",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def squeezed(megabytes: int) -> bytes:
    """So many of zeros, as gzip packs them: a thousandth."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(MB)) for _ in range(megabytes)), packer.flush()])


BOMBS: dict[str, Callable[[], bytes]] = {
    "zstd": lambda: packed(zstandard.ZstdCompressor().compress(b"{}"), "zstd"),
    "gzip twice": lambda: packed(gzip.compress(squeezed(1)), "gzip, gzip"),
    "deflate": lambda: packed(zlib.compress(b"{}"), "deflate"),
    "br": lambda: packed(b"\x0b\x00\x80{}\x03", "br"),
    "gzip that is none": lambda: packed(b"{}", "gzip"),
    "gzip cut off": lambda: packed(squeezed(1)[:200], "gzip"),
}


@pytest.mark.breadth(2)
@pytest.mark.parametrize("name", [*API, *KEYS])
async def test_an_answer_that_is_packed_in_an_unasked_way_is_not_unpacked(liar: Liar, name: str) -> None:
    fetcher, stage, ended = FETCHERS[name], liar.stage, {}
    async with fetcher.open(stage) as fetch:
        for bomb, made in BOMBS.items():
            says(liar.host, made())
            error = await outcome(fetch)
            ended[bomb] = f"{error!r} {error and error.__cause__!r}"
    wanted = "signature cannot be checked" if name in KEYS else "answer"
    assert all(wanted in said for said in ended.values()), ended
    assert all(one.headers["accept-encoding"] == "gzip" for one in liar.host.messages)


async def test_an_answer_that_is_packed_as_asked_is_read(liar: Liar) -> None:
    """The control: it is not refused for being packed."""
    fetcher, stage = FETCHERS["replicate looks"], liar.stage
    says(liar.host, packed(gzip.compress(b'{"id": "job1", "status": "starting"}'), "gzip"))
    async with fetcher.open(stage) as fetch:
        assert await outcome(fetch) is None


async def test_a_bomb_takes_no_more_memory_than_an_answer_may(
    liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """64 MB in 64 kB: unpacked as it comes, piece by piece, all of it would be there before it is counted."""
    fetcher, stage, bomb = FETCHERS["replicate signing secret"], liar.stage, packed(squeezed(64), "gzip")
    says(liar.host, bomb)
    async with fetcher.open(stage) as fetch:
        await outcome(fetch)  # what is imported only once
        tracemalloc.start()
        assert "cannot be checked" in str(await outcome(fetch))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert len(bomb) < 70_000
    assert peak < 8 * MB


async def hung_up(writer: asyncio.StreamWriter) -> None:
    """The other side may have gone first."""
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


def sent(who: Receiver, named: bytes, file: bytes) -> None:
    answers(who, lambda one: file if one.path == "/file" else named)


CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
TWICE = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\nconnection: close\r\n\r\n"


def claiming(length: int, body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n".encode() + body


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (claiming(10_000, b"x" * 100), "gave no whole answer"),
        (claiming(2**62, b"x" * 100), "gave no whole answer"),
        (claiming(5000, b"x" * 5000), "more than 4096 bytes"),
        (CHUNKED + b"1388\r\n" + b"x" * 5000 + b"\r\n0\r\n\r\n", "more than 4096"),
        (TWICE + b"xxxxxx", "gave no whole answer"),
    ],
    ids=["too short", "far too short", "too long", "too long in chunks", "two lengths"],
)  # fmt: skip
async def test_a_file_of_another_length_is_none(
    liar: Liar, monkeypatch: pytest.MonkeyPatch, name: str, file: bytes, said: str
) -> None:
    kept = downloads.Downloads.__init__

    def small(self: Any, *args: Any, **named: Any) -> None:
        kept(self, *args, **{**named, "most_bytes": 4096})

    monkeypatch.setattr(downloads.Downloads, "__init__", small)
    fetcher, stage = FETCHERS[name], liar.stage
    sent(liar.host, told(fetcher.names(f"{stage.base_url}/file")), file)  # type: ignore[misc]
    async with fetcher.open(stage) as fetch:
        assert said in str(await outcome(fetch))
    assert not [*liar.folder.glob("fetched/*")], "nothing of it is left"


@pytest.mark.parametrize("name", ["replicate looks", "fal orders", "fal signing keys"])
async def test_an_answer_that_never_ends_is_given_up(
    liar: Liar, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A byte, and soon the next one: no pause is long enough to be noticed."""
    monkeypatch.setattr(wire, "TRICKLES", 0.2 / wire.READ_S)
    monkeypatch.setattr("tools.engines.fal.webhook.READ_S", 0.2)
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(claiming(10**9, b""))
        with suppress(ConnectionError):
            while not reader.at_eof():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.01)
        await hung_up(writer)
        over.set()

    fetcher, stage = FETCHERS[name], liar.stage
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        liar.world.own.add(("127.0.0.1", port))
        stage.base_url = f"http://127.0.0.1:{port}"
        async with fetcher.open(stage) as fetch:
            ended = str(await outcome(fetch))
        await over.wait()
    assert "did not end its answer" in ended or "cannot be checked" in ended


@pytest.mark.parametrize("name", RESULTS)
async def test_a_file_that_never_ends_is_given_up(
    liar: Liar, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Pauses may all be short, so the whole has a limit of its own."""
    monkeypatch.setattr(downloads, "MOST_S", 0.3)
    fetcher, stage = FETCHERS[name], liar.stage
    trickling, over = list[asyncio.StreamWriter](), asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if b" /file" in await reader.readuntil(b"\r\n\r\n"):
            trickling.append(writer)
            writer.write(claiming(10**6, b"x" * 1000))
            await reader.read()  # until it has gone
            over.set()
        else:
            writer.write(named)
        await hung_up(writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    liar.world.own.add(("127.0.0.1", port))
    stage.base_url = f"http://127.0.0.1:{port}"
    named = told(fetcher.names(f"{stage.base_url}/file"))  # type: ignore[misc]
    async with server, fetcher.open(stage) as fetch:
        assert "did not send the whole file within 0.3 s" in str(await outcome(fetch))
        await over.wait()
    assert len(trickling) == 1


@pytest.mark.parametrize(
    "suffix", ["/../../outside.mp4", "/x.mp4", "\\x.mp4", ".mp4\0", "..", ".", "x" * 200]
)
async def test_a_farm_names_no_file_in_another_folder(liar: Liar, suffix: str) -> None:
    """As Windows and POSIX tell folders apart; the control is the name that it should be."""
    fetcher, stage = FETCHERS["previz farm"], liar.stage
    async with fetcher.open(stage) as fetch:
        for named, taken in ((suffix, False), (".mp4", True)):
            sent(liar.host, told({"suffix": named, "extra": {}, "seed": 1}), told({}))
            assert (await outcome(fetch) is None) == taken
    assert [path.name for path in liar.folder.rglob("*.mp4")] == ["job1.mp4"]


async def test_a_webhook_that_is_never_answered_is_given_up(
    liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.hooks.post.TIMEOUT_S", 0.2)
    liar.public.hold = asyncio.Event()
    fetcher, stage = FETCHERS["webhooks"], liar.stage
    async with fetcher.open(stage) as fetch:
        result: Any = await fetch()
    assert "no answer within" in result.problem


def test_every_line_of_a_provider_has_its_limits() -> None:
    """The figures themselves: a limit that somebody lifts by a thousand is seen here."""
    assert (wire.CONNECT_S, wire.READ_S, wire.TRICKLES, wire.MOST_BYTES) == (10.0, 60.0, 10, 64 * MB)
    assert (downloads.STALLED_S, downloads.MOST_S, downloads.MOST_BYTES) == (60.0, 900.0, 2 * 1024 * MB)
    assert downloads.MOST_REDIRECTS == 3
