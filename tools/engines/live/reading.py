"""The body of an answer, unpacked as it comes: what is small on the line may be anything in memory."""

import zlib

import httpx

from state.errors import ProviderTimeout

PLAIN, PACKED = ("", "identity"), "gzip"
ASKED = {"accept-encoding": PACKED}
"""What every request says that it takes; an HTTP client would name whatever is installed."""
GZIP = 16 + zlib.MAX_WBITS
OF_THE_LINE = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that say how an answer came, and nothing of what it is."""


async def whole_body(provider: str, answer: httpx.Response, most_bytes: int) -> bytes:
    """All of a streamed answer, of which never more than `most_bytes` are held.

    Raises:
        ProviderError: `ambiguous`, it is larger, packed in a way that nobody asked for, or damaged.
    """
    packed = answer.headers.get("content-encoding", "").strip().lower()
    if packed not in (*PLAIN, PACKED):
        raise _unread(provider, "packed its answer in a way that was not asked for")
    unpacker = zlib.decompressobj(GZIP) if packed == PACKED else None
    read, came = bytearray(), False
    async for piece in answer.aiter_raw():
        came = True
        read += (
            piece if unpacker is None else _unpacked(provider, unpacker, piece, most_bytes + 1 - len(read))
        )
        if len(read) > most_bytes:
            raise _unread(provider, f"sent more than {most_bytes} bytes")
    if unpacker is not None and came and not unpacker.eof:
        raise _unread(provider, "sent an answer that ends in the middle")
    return bytes(read)


class WholeAnswers(httpx.AsyncBaseTransport):
    """For packages of vendors, which read an answer to its end, however far that is: they get it read."""

    def __init__(self, provider: str, inner: httpx.AsyncBaseTransport, *, most_bytes: int) -> None:
        self._provider, self._inner, self._most_bytes = provider, inner, most_bytes

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, and read the whole answer.

        Raises:
            ProviderError: as `whole_body`.
        """
        request.headers.update(ASKED)
        answer = await self._inner.handle_async_request(request)
        try:
            content = await whole_body(self._provider, answer, self._most_bytes)
        finally:
            await answer.aclose()
        kept = [(name, value) for name, value in answer.headers.multi_items() if name not in OF_THE_LINE]
        return httpx.Response(answer.status_code, headers=kept, content=content, request=request)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()


def _unpacked(provider: str, unpacker: "zlib._Decompress", piece: bytes, most_bytes: int) -> bytes:
    try:
        return unpacker.decompress(piece, most_bytes)
    except zlib.error as exc:
        raise _unread(provider, "sent an answer that cannot be unpacked") from exc


def _unread(provider: str, words: str) -> ProviderTimeout:
    return ProviderTimeout(f"{provider} {words}.", provider=provider, kind="ambiguous")
