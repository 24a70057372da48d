"""A provider's file, streamed to this machine chunk by chunk: whole or not at all.

Who names an address may mean anybody's: it goes over the transport that checks addresses, except to the
provider's own configured host and port. A key goes to that host alone, on no redirect to another one.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from state.errors import AddressRefused, ProviderError, ProviderFailed, ProviderTimeout
from tools.cookies import no_cookies
from tools.engines.live.wire import CONNECT_S, MANY, line_error

MOST_REDIRECTS = 3
MOST_BYTES = 2 * 1024**3
CHUNK = 256 * 1024
STALLED_S = 60.0
"""No byte for so long: the line is as good as cut."""
MOST_S = 900.0
"""A file that trickles for longer is not coming."""
AS_IT_IS = {"accept-encoding": "identity"}
GONE = frozenset({403, 404, 410})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Saved:
    """A file that came whole."""

    path: Path
    content_type: str
    size: int


class Downloads:
    """Fetches the files of one provider. `elsewhere` is the transport that checks addresses."""

    def __init__(
        self, provider: str, own_url: str, *, elsewhere: httpx.AsyncBaseTransport,
        most_bytes: int = MOST_BYTES,
    ) -> None:  # fmt: skip
        self._provider, self._own, self._most = provider, _origin(httpx.URL(own_url)), most_bytes
        timeout = httpx.Timeout(STALLED_S, connect=CONNECT_S, pool=CONNECT_S)
        own = httpx.AsyncHTTPTransport(retries=0, trust_env=False, limits=MANY)
        self._near = httpx.AsyncClient(transport=own, timeout=timeout, trust_env=False, cookies=no_cookies())
        self._far = httpx.AsyncClient(
            transport=elsewhere, timeout=timeout, trust_env=False, cookies=no_cookies()
        )

    async def save(
        self, url: str, into: Path, name: str, *, headers: Mapping[str, str] | None = None
    ) -> Saved:
        """Stream the file behind an address into `into/name`.

        `headers` (the key) go to the provider's own host only.

        Raises:
            ProviderError: `expired` when it is gone, `ambiguous` when it did not come whole, `bad_output`
                when it is too large or lies where nothing of ours may go.
        """
        try:
            async with asyncio.timeout(MOST_S):
                return await self._followed(httpx.URL(url), into, name, headers or {})
        except TimeoutError as exc:
            raise self._error("ambiguous", f"did not send the whole file within {MOST_S:g} s") from exc
        except httpx.InvalidURL as exc:
            raise self._error("bad_output", "named an address that is none") from exc
        except AddressRefused as exc:
            raise self._error("bad_output", f"named an address that may not be asked: {exc.message}") from exc
        except (httpx.HTTPError, httpx.StreamError) as exc:
            raise line_error(self._provider, exc) from exc

    async def aclose(self) -> None:
        """Close the connections."""
        await self._near.aclose()
        await self._far.aclose()

    async def _followed(self, url: httpx.URL, into: Path, name: str, headers: Mapping[str, str]) -> Saved:
        for _ in range(MOST_REDIRECTS + 1):
            own = _origin(url) == self._own
            http = self._near if own else self._far
            sent = {**AS_IT_IS, **(headers if own else {})}
            async with http.stream("GET", url, headers=sent) as answer:
                if answer.status_code not in REDIRECTS:
                    return await self._saved(answer, into, name)
                url = url.join(answer.headers.get("location", ""))
        raise self._error("bad_output", f"sent us on more than {MOST_REDIRECTS} times")

    async def _saved(self, answer: httpx.Response, into: Path, name: str) -> Saved:
        if answer.status_code in GONE:
            raise self._error("expired", f"no longer has the file (status {answer.status_code})")
        if answer.status_code == 429:
            raise self._error("throttled", "asks us to come back later for the file")
        if answer.status_code != 200:
            raise self._error("ambiguous", f"did not send the file (status {answer.status_code})")
        path, size = await self._written(answer.aiter_raw(CHUNK), into, name)
        told = answer.headers.get("content-length", "")
        if told.isdigit() and int(told) != size:
            await asyncio.to_thread(path.unlink)
            raise self._error("ambiguous", f"sent {size} of {told} bytes")
        return Saved(path, answer.headers.get("content-type", "").split(";")[0].strip().lower(), size)

    async def _written(self, pieces: AsyncIterator[bytes], into: Path, name: str) -> tuple[Path, int]:
        """Beside its target, then renamed."""
        await asyncio.to_thread(into.mkdir, parents=True, exist_ok=True)
        part, size = into / f".{name}.{uuid.uuid4().hex[:8]}", 0
        try:
            with await _opened(part) as file:
                async for piece in pieces:
                    size += len(piece)
                    if size > self._most:
                        raise self._error("bad_output", f"sent a file of more than {self._most} bytes")
                    await asyncio.to_thread(file.write, piece)
            return await asyncio.to_thread(part.replace, into / name), size
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)

    def _error(self, kind: str, words: str) -> ProviderError:
        fits = ProviderTimeout if kind in ("ambiguous", "throttled") else ProviderFailed
        return fits(f"{self._provider} {words}.", provider=self._provider, kind=kind)


async def _opened(part: Path) -> BinaryIO:
    """The file, to be written; closed again where nobody waits for it any more by the time it is open."""
    opening = asyncio.create_task(asyncio.to_thread(part.open, "wb"))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        with suppress(OSError):
            (await opening).close()
        raise


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
