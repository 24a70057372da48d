"""Google's webhooks: for the project, signed with a secret, or told with one order, signed as a JWT.

From Google's page on webhooks (ai.google.dev/gemini-api/docs/webhooks, 2026-05-08) and google-genai 2.34.
What goes out is kept in `sent`; `again` delivers one once more, as they are delivered at least once.
"""

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.standins.media_vendors.google_files import stamp
from tests.standins.media_vendors.google_veo import file_ids, name_of
from tests.standins.media_vendors.google_words import invalid
from tests.standins.media_vendors.results import Job
from tests.standins.model_vendors.errors import google_error

EVENTS = (
    "batch.succeeded",
    "batch.cancelled",
    "batch.expired",
    "batch.failed",
    "interaction.requires_action",
    "interaction.completed",
    "interaction.failed",
    "interaction.cancelled",
    "video.generated",
)
KID = "standin-key-1"
NUMBERS = itertools.count(1)


@cache
def signing_key() -> rsa.RSAPrivateKey:
    """One for the process: making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwks() -> dict[str, Any]:
    """What /.well-known/jwks.json shows."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(signing_key().public_key()))
    return {"keys": [{**public, "kid": KID, "alg": "RS256", "use": "sig"}]}


@dataclass(frozen=True)
class Delivery:
    """One message, and how it was answered; 0 when nobody was there."""

    uri: str
    headers: Mapping[str, str]
    body: bytes
    status: int = 0


@dataclass
class Webhooks:
    """The project's resources and what was sent."""

    now: Callable[[], datetime]
    hooks: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: list[Delivery] = field(default_factory=list)
    audience: str = "standin-project"
    _secrets: dict[str, list[str]] = field(default_factory=dict)

    def create(self, body: Any) -> dict[str, Any]:
        """Raises `Rejected`. The secret is told this once."""
        uri, events = (body or {}).get("uri"), (body or {}).get("subscribed_events")
        if not uri or not events or set(events) - set(EVENTS):
            raise invalid("A webhook needs a uri and events that there are.")
        id, secret, now = f"webhook{next(NUMBERS):04d}", _secret(), stamp(self.now())
        self._secrets[id] = [secret]
        self.hooks[id] = {"id": id, "name": body.get("name", ""), "uri": uri, "subscribed_events": events,
                          "state": "enabled", "create_time": now, "update_time": now}  # fmt: skip
        return {**self.hooks[id], "new_signing_secret": secret}

    def find(self, id: str) -> dict[str, Any]:
        if id not in self.hooks:
            raise google_error(404, "NOT_FOUND", "Requested entity was not found.")
        return self.hooks[id]

    def rotate(self, id: str, body: Any) -> dict[str, Any]:
        """A new secret; the old one goes on beside it when it may live for 24 hours."""
        self.find(id)
        keeps = (body or {}).get("revocation_behavior", "").upper() == "REVOKE_PREVIOUS_SECRETS_AFTER_H24"
        self._secrets[id] = [_secret(), *(self._secrets[id] if keeps else [])]
        return {"secret": self._secrets[id][0]}

    def delete(self, id: str) -> None:
        self.find(id)
        del self.hooks[id]

    async def tell(self, job: Job, base: str) -> None:
        """Deliver `video.generated` to the addresses of the order, else to those of the project."""
        data = {
            "id": name_of(job),
            "file_name": f"files/{file_ids(job)[0]}",
            "output_file_uri": f"{base}/v1beta/files/{file_ids(job)[0]}:download?alt=media",
        }
        own = job["order"].get("webhook") or {}
        if own.get("uris"):
            meta = own.get("userMetadata", own.get("user_metadata"))
            for uri in own["uris"]:
                await self._send(uri, self._event(data, meta), None)
            return
        for id, hook in list(self.hooks.items()):  # who is told may change them
            if "video.generated" in hook["subscribed_events"]:
                await self._send(hook["uri"], self._event(data, None), self._secrets[id])

    async def again(self, delivery: Delivery) -> Delivery:
        """The same once more, with the same id."""
        return await self._post(delivery)

    def _event(self, data: Mapping[str, Any], meta: Any) -> dict[str, Any]:
        told = {"type": "video.generated", "version": "v1", "timestamp": stamp(self.now()), "data": data}
        return told if meta is None else {**told, "user_metadata": meta}

    async def _send(self, uri: str, event: dict[str, Any], secret: list[str] | None) -> None:
        body, now = json.dumps(event).encode(), self.now()
        heads = {"content-type": "application/json", "webhook-id": f"msg_standin{next(NUMBERS):06d}",
                 "webhook-timestamp": str(int(now.timestamp()))}  # fmt: skip
        if secret is None:
            heads["webhook-signature"] = self._token(event, now)
        else:
            signed = b".".join([heads["webhook-id"].encode(), heads["webhook-timestamp"].encode(), body])
            heads["webhook-signature"] = " ".join(_signature(one, signed) for one in secret)
        await self._post(Delivery(uri, heads, body))

    def _token(self, event: dict[str, Any], now: datetime) -> str:
        claims = {
            **event,
            "aud": self.audience,
            "iat": int(now.timestamp()),
            "exp": int(now.timestamp()) + 300,
        }
        return jwt.encode(claims, signing_key(), algorithm="RS256", headers={"kid": KID})

    async def _post(self, delivery: Delivery) -> Delivery:
        status, place = 0, len(self.sent)
        self.sent.append(delivery)  # before anybody has it: who waits for it looks here next
        try:
            async with httpx.AsyncClient(verify=False, trust_env=False, timeout=20) as web:  # noqa: S501 - loopback
                answer = await web.post(delivery.uri, content=delivery.body, headers=dict(delivery.headers))
                status = answer.status_code
        except httpx.TransportError:
            await asyncio.sleep(0)  # nobody is there: the delivery says so
        self.sent[place] = Delivery(delivery.uri, delivery.headers, delivery.body, status)
        return self.sent[place]


def _secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
