"""Deliveries of providers as tests send them, signed with the stand-ins' keys or with others."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import AsyncConnection

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tests.standins.job_vendors import JobVendors
from tests.standins.job_vendors.signatures import fal_headers, replicate_headers
from tools.ledger.rings import CHANNEL
from tools.ledger.rows import OrderRow

ROOM = "/api/webhooks/providers"
AT_HOME = {"replicate": "job-a", "fal": "fal-ai/flux/requests/job-a"}
"""The external ids of one job, as each engine keeps them."""
ENDED = {"replicate": "succeeded", "fal": "OK"}


@dataclass
class Placed:
    """An order that somebody waits for."""

    row: OrderRow

    @property
    def path(self) -> str:
        return f"{ROOM}/{self.row.provider}/{self.row.webhook_token}"


async def placed(
    lot: Lot, provider: str, *, external_id: str | None = "", user: str = "local", state: str = "submitted",
    item: str = "1A",
) -> Placed:  # fmt: skip
    """An order in the ledger; the one job of `AT_HOME` unless another is named, or none is."""
    external_id = AT_HOME[provider] if external_id == "" else external_id
    production = await a_production(lot, user_id=user)
    row = await lot.database.fetch_one(
        "insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium,"
        " provider, model, request, request_hash, state, owner_epoch, webhook_token, external_id)"
        " values (%(key)s, %(production)s, %(user)s, 'takes', %(item)s, 'first', 1, 'video',"
        " %(provider)s, 'm', '{}', 'x', %(state)s, 1, %(token)s, %(external)s) returning *",
        {"key": f"{production}:takes:{item}:first", "production": production, "user": user, "item": item,
         "provider": provider, "state": state, "token": uuid.uuid4().hex, "external": external_id},
    )  # fmt: skip
    assert row is not None
    return Placed(OrderRow.of(row))


def said(provider: str, job: str = "job-a", **changes: Any) -> bytes:
    """What a provider says of a job that has ended."""
    named = {"replicate": "id", "fal": "request_id"}[provider]
    return json.dumps(
        {named: job, "status": ENDED[provider], "output": "https://x.example/é", **changes}
    ).encode()


@dataclass
class Sender:
    """Rings as a provider does."""

    provider: str
    vendors: JobVendors
    client: httpx.AsyncClient
    now: float

    def headers(
        self, body: bytes, *, late_s: float = 0, id: str = "msg-1", key: Any = None
    ) -> dict[str, str]:
        """Signed with the stand-in's key, or another one."""
        at = int(self.now + late_s)
        if self.provider == "replicate":
            return replicate_headers(key or self.vendors.replicate.secret, id, at, body)
        signing: Ed25519PrivateKey = key or self.vendors.fal.ring.signing
        return fal_headers(signing, id, at, body)

    async def ring(
        self,
        order: Placed,
        body: bytes | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        **how: Any,
    ) -> httpx.Response:
        """One delivery; `headers` take the place of those that fit the body."""
        body = said(self.provider) if body is None else body
        sent = self.headers(body, **how) if headers is None else headers
        json_too = {"content-type": "application/json"}
        return await self.client.post(order.path, content=body, headers={**json_too, **sent})


@dataclass
class Heard:
    """What the database told whoever listens, up to now."""

    connection: AsyncConnection[Any]
    _keys: list[str] = field(default_factory=list)

    async def keys(self) -> list[str]:
        """The orders that were rung for, in order."""
        end = uuid.uuid4().hex
        await self.connection.execute("select pg_notify(%s, %s)", [CHANNEL, end])
        async for notice in self.connection.notifies(timeout=10):
            if notice.payload == end:
                return self._keys
            self._keys.append(notice.payload)
        raise AssertionError("the database tells nothing")


async def rings_of(lot: Lot) -> list[dict[str, Any]]:
    """The deliveries that had an effect."""
    return await lot.database.fetch_all(
        "select call_key, webhook_id, status, job_id, hinted from provider_rings order by ring_id"
    )


async def listening(url: str) -> Heard:
    """From now on."""
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
    await connection.execute(f"listen {CHANNEL}")
    return Heard(connection)
