"""Pictures that go to fal with an order: uploaded before it, under names that tell what they hold.

Until the order itself has left nothing was bought, so whatever fails here was not sent.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx

from state.errors import AddressRefused, ProviderError
from state.media import MediaRef
from state.order import FailureKind
from tools.clock import Clock
from tools.cookies import no_cookies
from tools.engines.fal.failures import made, request_error
from tools.engines.fal.places import CDN, PROVIDER
from tools.engines.files import Files
from tools.engines.live.answer import Answer
from tools.engines.live.reading import ASKED, whole_body
from tools.engines.live.wire import CONNECT_S, READ_S, Wire, line_error
from tools.redaction import REDACT
from tools.resilience.deadline import check_deadline, current_deadline

TOKEN = "/storage/auth/token?storage_type=fal-cdn-v3"  # noqa: S105 - an address
SHARE = 0.8
"""Of the time that an order has, what uploads may take of it."""
LIVES_S = 86_400
"""A job that has not read its pictures after a day never will."""
MOST_BYTES = 64 * 1024
"""More no answer of a storage holds."""
OURS_TO_TELL: tuple[FailureKind, ...] = ("auth", "no_credit", "throttled", "invalid")
SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "video/mp4": ".mp4",
}


class Storage:
    """Fal's storage: a token for the key, then the bytes with the token, to the CDN that it is for.

    `elsewhere` is the transport that checks addresses: the token may name another host than the one we know.
    """

    def __init__(
        self, rest: Wire, files_url: str, clock: Clock, *, elsewhere: httpx.AsyncBaseTransport
    ) -> None:
        self._rest, self._files_url, self._clock = rest, files_url, clock
        # Lines of their own: the key goes to the storage, the token alone to the CDN.
        self._near = _client(httpx.AsyncHTTPTransport(retries=0, trust_env=False))
        self._far = _client(elsewhere)

    async def addresses(self, wanted: dict[str, MediaRef], files: Files) -> dict[str, str]:
        """Upload each file once; the addresses by the vendor's fields.

        Raises:
            ProviderError: `not_sent`, or why fal takes nothing from us.
            DeadlinePassed: it is too late for this order.
        """
        check_deadline()
        deadline = current_deadline.get()
        try:
            # Cut off by whoever waits for the order, it would look as if the order had been on its way.
            async with asyncio.timeout(None if deadline is None else SHARE * deadline.remaining_s()):
                return await self._addresses(wanted, files)
        except TimeoutError as exc:
            raise made("not_sent", "fal's storage did not take the pictures in time.") from exc

    async def aclose(self) -> None:
        """Close the connections."""
        await self._near.aclose()
        await self._far.aclose()

    async def _addresses(self, wanted: dict[str, MediaRef], files: Files) -> dict[str, str]:
        known: dict[str, str] = {}
        for media in wanted.values():
            if media.key not in known:
                check_deadline()
                known[media.key] = await self._upload(media, _path(media, files))
        return {name: known[media.key] for name, media in wanted.items()}

    async def _upload(self, media: MediaRef, path: Path) -> str:
        content = await asyncio.to_thread(path.read_bytes)
        try:
            granted = await self._rest.tell("POST", TOKEN, json={})
            told = self._good(granted, to_tell=OURS_TO_TELL)
            with REDACT.knowing(str(told["token"])):
                # Whatever is wrong with a token that fal has just made, it is not the user's key.
                sent = await self._send(told, media, content)
                return str(self._good(sent, to_tell=("throttled", "invalid"))["access_url"])
        except KeyError as exc:
            raise made("not_sent", "fal's storage sent an answer that cannot be used.") from exc
        except ProviderError as error:
            if error.kind != "ambiguous":
                raise
            raise made("not_sent", error.message, details=error.details) from error

    async def _send(self, told: dict[str, Any], media: MediaRef, content: bytes) -> Answer:
        headers = {
            "authorization": f"{told.get('token_type') or 'Bearer'} {told['token']}",
            "content-type": media.mime, "x-fal-file-name": upload_name(media), **lives(LIVES_S),
        }  # fmt: skip
        base = self._base(told)
        http = self._near if base == self._files_url else self._far
        url = f"{base}/files/upload"
        try:
            async with http.stream("POST", url, content=content, headers=headers) as answer:
                read = await whole_body(PROVIDER, answer, MOST_BYTES)
        except AddressRefused as exc:
            raise made(
                "not_sent", f"fal's storage named a place that may not be asked: {exc.message}"
            ) from exc
        except httpx.HTTPError as exc:
            raise line_error(PROVIDER, exc) from exc
        return Answer(PROVIDER, answer.status_code, answer.headers, read)

    def _base(self, told: dict[str, Any]) -> str:
        """The CDN that the token names, where it is fal's; else the one we know."""
        named = str(told.get("base_url") or "").rstrip("/")
        try:
            url = httpx.URL(named)
        except httpx.InvalidURL:
            return self._files_url
        fals = url.scheme == "https" and url.host.endswith(CDN) and url.port is None
        return named if fals else self._files_url

    def _good(self, answer: Answer, *, to_tell: tuple[FailureKind, ...]) -> dict[str, Any]:
        if answer.is_good:
            return answer.json()
        error = request_error(answer, self._clock.now())
        if error.kind in to_tell and answer.status != 404:
            raise error
        raise made("not_sent", error.message)


def _client(transport: httpx.AsyncBaseTransport) -> httpx.AsyncClient:
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S, pool=CONNECT_S)
    return httpx.AsyncClient(
        transport=transport, timeout=timeout, follow_redirects=False, trust_env=False, headers=ASKED,
        cookies=no_cookies(),
    )  # fmt: skip


def upload_name(media: MediaRef) -> str:
    """By its content, so that a lost job is known again by the addresses in its input."""
    return f"{media.sha256}{SUFFIXES.get(media.mime, '')}"


def lives(seconds: int) -> dict[str, str]:
    """The header that says how long files are kept: their addresses are open to everybody."""
    return {"x-fal-object-lifecycle-preference": json.dumps({"expiration_duration_seconds": seconds})}


def _path(media: MediaRef, files: Files) -> Path:
    if media.key not in files:
        raise made("invalid", f"The file {media.key} was not brought along, so nothing was sent.")
    return files[media.key]
