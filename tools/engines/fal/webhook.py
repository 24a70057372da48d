"""Deliveries of fal: Ed25519, by keys that anybody may read at its host."""

import asyncio
import base64
import binascii
import hashlib
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import SecretStr

from state.errors import ProviderTimeout
from tools.clock import Clock, SystemClock
from tools.engines.live.answer import Answer
from tools.engines.live.reading import ASKED, whole_body
from tools.engines.live.signatures import (
    Headers,
    KeptKeys,
    Ring,
    header,
    not_signed,
    ring_of,
    sent_now,
    told,
)
from tools.engines.live.wire import line_error

HOST = "https://rest.fal.ai"
KEYS_PATH = "/.well-known/jwks.json"
NAMES = tuple(f"x-fal-webhook-{name}" for name in ("request-id", "user-id", "timestamp", "signature"))
READ_S = 10.0
MOST_BYTES = 64 * 1024
MOST_KEYS = 32
KEY_BYTES, SIGNATURE_BYTES = 32, 64
Keys = list[Ed25519PublicKey]


class FalSigned:
    """Reads fal's public keys and keeps them; one that is withdrawn holds here for a day at most."""

    provider = "fal"

    def __init__(
        self, base_url: str | None = None, *, clock: Clock | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:  # fmt: skip
        parts = urlsplit(base_url or HOST)
        self._address = f"{parts.scheme}://{parts.netloc}{KEYS_PATH}"
        self._transport, self._clock = transport, clock or SystemClock()
        self._keys: KeptKeys[Keys] = KeptKeys(self.provider, self._clock)

    async def read(self, headers: Headers, body: bytes, *, key: SecretStr | None = None) -> Ring:
        """What the delivery says, see `Signed.read`; whose job it may be about changes nothing."""
        request_id, user_id, timestamp, signature = (header(headers, name) for name in NAMES)
        sent_now(timestamp, self._clock)
        lines = (request_id, user_id, timestamp, hashlib.sha256(body).hexdigest())
        signed = "\n".join(lines).encode("latin-1", "replace")
        await self._keys.check(partial(is_signed, signed, _bytes_of(signature)), self._fetch)
        say = told(body)
        return ring_of(request_id, say.get("request_id"), say.get("status"))

    async def _fetch(self) -> Keys:
        transport = self._transport or httpx.AsyncHTTPTransport(retries=0, trust_env=False)
        client = httpx.AsyncClient(
            transport=transport, timeout=READ_S, follow_redirects=False, trust_env=False, headers=ASKED
        )
        async with client:
            answer = await self._asked(client)
        keys = _keys_in(answer.maybe_json()) if answer.is_good else []
        if not keys:
            words = f"fal told no keys of its webhooks (status {answer.status})."
            raise ProviderTimeout(words, provider=self.provider, kind="ambiguous")
        return keys

    async def _asked(self, client: httpx.AsyncClient) -> Answer:
        try:
            async with asyncio.timeout(READ_S), client.stream("GET", self._address) as found:
                read = await whole_body(self.provider, found, MOST_BYTES)
        except (httpx.HTTPError, TimeoutError) as exc:
            raise line_error(self.provider, exc) from exc
        return Answer(self.provider, found.status_code, found.headers, read)


def is_signed(signed: bytes, signature: bytes, keys: Keys) -> bool:
    """Whether one of the keys has signed these bytes. Nothing here is secret, so no time tells anything."""
    return any(_fits(key, signature, signed) for key in keys)


def _fits(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def _bytes_of(signature: str) -> bytes:
    try:
        found = bytes.fromhex(signature)
    except ValueError:
        raise not_signed() from None
    if len(found) != SIGNATURE_BYTES:
        raise not_signed()
    return found


def _keys_in(said: Any) -> Keys:
    """The keys of a JWKS that can sign so; others may stand beside them."""
    listed = said.get("keys") if isinstance(said, dict) else None
    found = [_key_in(one) for one in listed[:MOST_KEYS]] if isinstance(listed, list) else []
    return [key for key in found if key is not None]


def _key_in(one: Any) -> Ed25519PublicKey | None:
    if not isinstance(one, dict) or one.get("crv") not in (None, "Ed25519"):
        return None
    text = one.get("x")
    if not isinstance(text, str):
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return Ed25519PublicKey.from_public_bytes(raw) if len(raw) == KEY_BYTES else None
