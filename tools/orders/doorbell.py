"""Where providers ring: finds the order, has the signature checked, and wakes who waits for it.

The body is a hint. Whoever is woken asks the provider for the job with our own key, so a delivery can do
no more than have somebody look earlier.
"""

import re
from collections.abc import Mapping
from typing import Protocol

import structlog
from pydantic import SecretStr

from state.errors import RecordNotFound
from tools.clock import Clock
from tools.db.pool import Database
from tools.engines.fal.webhook import FalSigned
from tools.engines.live.signatures import Headers, Signed
from tools.engines.replicate.webhook import ReplicateSigned
from tools.ledger import rings
from tools.ledger.rows import OrderRow
from tools.orders.webhook_urls import base_url_of
from tools.settings import Settings

log = structlog.stdlib.get_logger(__name__)
TOKEN = re.compile(r"[0-9a-f]{32}")


class CallKeys(Protocol):
    """Knows with whose key an order was sent."""

    async def secret_for(self, provider: str, row: OrderRow) -> SecretStr | None:
        """The key of the account that the order's job belongs to; None where there is none any more."""


class OwnKeys:
    """The keys of the process's settings, for every order."""

    def __init__(self, settings: Settings) -> None:
        self._keys = {"replicate": settings.replicate_api_token, "fal": settings.fal_key}

    async def secret_for(self, provider: str, row: OrderRow) -> SecretStr | None:
        """The key of this provider, whosever the order is."""
        return self._keys.get(provider)


class Doorbell:
    """Takes deliveries. `signed` says how each provider signs its own."""

    def __init__(self, database: Database, keys: CallKeys, signed: Mapping[str, Signed]) -> None:
        self._database, self._keys, self._signed = database, keys, signed

    async def find(self, provider: str, token: str) -> OrderRow:
        """The order that the address of a delivery names; nothing of the delivery has been read yet.

        Raises:
            RecordNotFound: there is none.
        """
        row = None
        if provider in self._signed and TOKEN.fullmatch(token):
            row = await rings.order_of_token(self._database, provider, token)
        if row is None:
            raise RecordNotFound("Nobody is rung for at this address.")
        return row

    async def ring(self, row: OrderRow, headers: Headers, body: bytes) -> bool:
        """Check the raw bytes of a delivery and wake whoever waits; whether it had that effect.

        It has none where it came before, is about another job, or comes after the order's end.

        Raises:
            NotAllowed: it is not signed by the provider, or not now.
            BriefIncomplete: it is, and cannot be read.
            ProviderBusy: the signature cannot be checked now.
        """
        key = await self._keys.secret_for(row.provider, row)
        said = await self._signed[row.provider].read(headers, body, key=key)
        woken = await rings.ring(
            self._database, row, webhook_id=said.webhook_id, status=said.status, job_id=said.job_id
        )
        log.info("provider_rang", provider=row.provider, call_key=row.call_key, status=said.status, new=woken)
        return woken


def open_doorbell(
    settings: Settings, database: Database, clock: Clock, *, keys: CallKeys | None = None
) -> Doorbell:
    """The doorbell of a process."""
    signed: list[Signed] = [
        ReplicateSigned(base_url_of("replicate", settings), clock=clock),
        FalSigned(base_url_of("fal", settings), clock=clock),
    ]
    return Doorbell(database, keys or OwnKeys(settings), {one.provider: one for one in signed})
