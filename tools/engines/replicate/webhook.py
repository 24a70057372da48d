"""Deliveries of Replicate: Standard Webhooks, by a secret that each account has of its own."""

import base64
import binascii
import hashlib
import hmac
from collections import OrderedDict
from functools import partial

import httpx
from pydantic import SecretStr

from state.errors import ProviderBusy, ProviderTimeout
from tools.clock import Clock, SystemClock
from tools.engines.calling import Calling, calling
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
from tools.engines.live.wire import Wire

HOST = "https://api.replicate.com"
SECRET_PATH = "/v1/webhooks/default/secret"  # noqa: S105 - an address
PREFIX, VERSION = "whsec_", "v1,"
READ_S = 10.0
MOST_BYTES = 64 * 1024
MOST_ACCOUNTS = 1024
MOST_SIGNATURES = 16


class ReplicateSigned:
    """Asks for an account's secret with the account's own key, and keeps it."""

    provider = "replicate"

    def __init__(
        self, base_url: str | None = None, *, clock: Clock | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:  # fmt: skip
        self._base_url, self._transport = base_url or HOST, transport
        self._clock = clock or SystemClock()
        self._accounts: OrderedDict[bytes, KeptKeys[bytes]] = OrderedDict()
        """By the digest of the account's key: the key itself is kept nowhere."""

    async def read(self, headers: Headers, body: bytes, *, key: SecretStr | None) -> Ring:
        """What the delivery says, see `Signed.read`."""
        webhook_id, timestamp = header(headers, "webhook-id"), header(headers, "webhook-timestamp")
        signatures = _signatures(headers.get("webhook-signature", ""))
        sent_now(timestamp, self._clock)
        if key is None:
            raise ProviderBusy(
                "The signature cannot be checked now: there is no key to ask for its secret with.",
                provider=self.provider, kind="auth",
            )  # fmt: skip
        signed = f"{webhook_id}.{timestamp}.".encode("latin-1", "replace") + body
        fits = partial(is_signed, signed, signatures)
        await self._account(key).check(fits, partial(self._secret, key))
        say = told(body)
        return ring_of(webhook_id, say.get("id"), say.get("status"))

    def _account(self, key: SecretStr) -> KeptKeys[bytes]:
        digest = hashlib.sha256(key.get_secret_value().encode()).digest()
        found = self._accounts.setdefault(digest, KeptKeys(self.provider, self._clock))
        self._accounts.move_to_end(digest)
        if len(self._accounts) > MOST_ACCOUNTS:
            self._accounts.popitem(last=False)
        return found

    async def _secret(self, key: SecretStr) -> bytes:
        wire = Wire(
            self.provider, self._base_url, auth=("authorization", "Bearer {}"), transport=self._transport,
            read_s=READ_S, most_bytes=MOST_BYTES,
        )  # fmt: skip
        try:
            with calling(Calling(key=key)):
                answer = await wire.get(SECRET_PATH)
        finally:
            await wire.aclose()
        found = answer.json().get("key") if answer.is_good else None
        secret = _decoded(found) if isinstance(found, str) else b""
        if not secret:
            words = f"Replicate told no secret of its webhooks (status {answer.status})."
            raise ProviderTimeout(words, provider=self.provider, kind="ambiguous")
        return secret


def is_signed(signed: bytes, signatures: list[bytes], secret: bytes) -> bool:
    """Whether one of the signatures is that of these bytes: compared in constant time, all of them."""
    wanted = base64.b64encode(hmac.digest(secret, signed, hashlib.sha256))
    return any([hmac.compare_digest(wanted, one) for one in signatures])


def _signatures(listed: str) -> list[bytes]:
    """The signatures of the version that we know; others may stand beside them."""
    parts = listed.split(" ")[:MOST_SIGNATURES]
    found = [one.removeprefix(VERSION).encode() for one in parts if one.startswith(VERSION)]
    if not found:
        raise not_signed()
    return found


def _decoded(secret: str) -> bytes:
    text = secret.removeprefix(PREFIX)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
