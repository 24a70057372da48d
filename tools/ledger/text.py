"""Text in the ledger: every request to a model reserved before it leaves and booked for itself.

An order of text is found, begun and ended in one statement each, because an agent asks often and
waits for each of them. The rules are those of all orders: one key, one epoch, one budget. A talk beside a
production has no epoch, and what belongs to no production neither; whoever dies there has no successor,
so `close_left` looks for it now and then.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from state.cost import Money
from state.errors import LeaseLost, RunNotFound, SpendingBlocked
from state.order import BY_HAND, FailureKind, TextAnswer, Usage
from state.tier import ModelTier
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.counting import counted
from tools.ledger.ledger import Ledger, told
from tools.ledger.pricing import newest_edition, text_price
from tools.ledger.refusals import refusal_error
from tools.ledger.requests import storable
from tools.ledger.rows import Claim, OrderRow

SQL = named_queries(Path(__file__).with_suffix(".sql"))
NAMED = ("call_key", "stage", "item", "cause", "provider", "model", "prompt_digest")


@dataclass(frozen=True, kw_only=True)
class TextRequest:
    """One request that is about to leave."""

    provider: str
    model: str
    reserve: Money
    tier: ModelTier = "final"
    """Of the model."""
    own_key: bool = False
    """Whether it leaves with a key of the user's own."""


@dataclass(frozen=True, kw_only=True)
class TextEnded:
    """What became of the last request."""

    provider: str
    outcome: str
    cost: Money | None
    """None when nobody knows: what was reserved then counts as unknown."""
    usage: Usage | None = None
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the statement that books it."""
        return {
            "outcome": self.outcome, "detail": told(self.detail),
            "cost": None if self.cost is None else self.cost.micros,
            "usage": None if self.usage is None else self.usage.model_dump(),
        }  # fmt: skip


class TextLedger:
    """The rows of text orders, beside the ledger of all others."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def find(self, claim: Claim, *, epoch: int | None) -> OrderRow | None:
        """The order of this key, where there is one; a branch adopts what its ancestors have.

        Raises:
            LeaseLost: the production has another epoch.
            RunNotFound: there is no such production.
        """
        named = {"call_key": claim.call_key, "production_id": claim.production_id}
        row = await self._ledger.database.fetch_one(SQL["find"], named)
        if row is None:
            raise RunNotFound(details={"production_id": claim.production_id})
        if epoch is not None and row["epoch"] != epoch:
            raise _lost(claim, epoch)
        if row["placed"] is not None:
            return OrderRow.of(row["placed"])
        if epoch is not None and (row["branched"] or claim.cause.startswith(BY_HAND)):
            return (await self._ledger.claim(claim, epoch=epoch))[0]
        return None

    async def begin(
        self,
        claim: Claim,
        request: TextRequest,
        *,
        epoch: int | None,
        allowance: Money,
        before: OrderRow | None,
        last: TextEnded | None,
    ) -> OrderRow:
        """Book the last request and reserve this one. A row that is done comes back as it is.

        Raises:
            SpendingBlocked: it must not leave; the last one is booked all the same.
            LeaseLost: the production has another epoch.
        """
        call = _call(claim, epoch=epoch, last=last) | {
            "reserve": request.reserve.micros, "allowance": allowance.micros,
            "day_budget": self._ledger.day_budget,
            "call_provider": request.provider, "call_model": request.model, "call_tier": request.tier,
            "own_key": request.own_key,
        }  # fmt: skip
        found = await self._told("begin", claim, call, epoch=epoch)
        if (refusal := found.get("refused")) is not None:
            raise await self._refused(claim, refusal)
        if found.get("warn"):
            await self._ledger.warn(claim.production_id)
        return self._counted(before, found, last=last, asked=request)

    async def finish(
        self,
        claim: Claim,
        answer: TextAnswer,
        *,
        epoch: int | None,
        before: OrderRow | None,
        last: TextEnded | None,
    ) -> OrderRow:
        """Keep the answer under its key: a replay asks nobody.

        Raises:
            LeaseLost: the production has another epoch.
        """
        ended = {
            "state": "done", "result": storable(answer.model_dump(mode="json")),
            "degraded": bool(answer.instead_of),
        }  # fmt: skip
        call = _call(claim, epoch=epoch, last=last) | ended
        return self._counted(before, await self._told("finish", claim, call, epoch=epoch), last=last)

    async def fail(
        self,
        claim: Claim,
        kind: FailureKind,
        detail: str,
        *,
        epoch: int | None,
        before: OrderRow | None,
        last: TextEnded | None,
    ) -> OrderRow:
        """Nobody answered; whoever asks again begins anew under the same key.

        Raises:
            LeaseLost: the production has another epoch.
        """
        ended = {"state": "failed", "error_kind": kind, "error_detail": told(detail)}
        call = _call(claim, epoch=epoch, last=last) | ended
        return self._counted(before, await self._told("finish", claim, call, epoch=epoch), last=last)

    async def leave(
        self, claim: Claim, *, epoch: int | None, before: OrderRow | None, last: TextEnded | None
    ) -> None:
        """Whoever asked has gone: book the last request; without `last` nobody knows what it cost.

        Raises:
            LeaseLost: the production has another epoch; whoever raised it has booked this.
        """
        found = await self._told("leave", claim, _call(claim, epoch=epoch, last=last), epoch=epoch)
        if found:  # nothing is there where nothing was asked
            self._counted(before, found, last=last)

    async def was_asked(self, row: OrderRow, *, provider: str, model: str) -> bool:
        """Whether a request of this question was on its way to this model, whoever sent it."""
        named = {"call_key": row.call_key, "provider": provider, "model": model}
        return await self._ledger.database.fetch_one(SQL["was_asked"], named) is not None

    async def _refused(self, claim: Claim, refusal: dict[str, Any]) -> SpendingBlocked:
        if claim.production_id:
            return await self._ledger.refuse(claim.production_id, refusal)
        return refusal_error(refusal)

    async def _told(
        self, query: str, claim: Claim, call: Mapping[str, Any], *, epoch: int | None
    ) -> dict[str, Any]:
        row = await self._ledger.database.fetch_one(SQL[query], {"call": Jsonb(dict(call))})
        found: dict[str, Any] = (row["told"] or {}) if row else {"lost": True}
        if found.get("lost"):
            raise _lost(claim, epoch)
        return found

    def _counted(
        self,
        before: OrderRow | None,
        found: Mapping[str, Any],
        *,
        last: TextEnded | None,
        asked: TextRequest | None = None,
    ) -> OrderRow:
        row = OrderRow.of(found["order"])
        reserved = (asked.provider, asked.reserve.micros) if asked and row.state != "done" else None
        counted(before, row, asked=reserved, ended=last.provider if last else "")
        return row


async def close_left(database: Database, *, older_s: float) -> int:
    """Book as unknown what nobody ended and nobody takes over: what talks, and users alone, asked longer ago.

    Returns how many requests. Twice is once.
    """
    row = await database.fetch_one(SQL["close_left"], {"older_s": older_s})
    return row["closed"] if row else 0


def cost_of(provider: str, model: str, usage: Usage) -> Money:
    """What so many tokens cost at the price book's newest edition.

    Raises:
        PriceUnknown: the model has no price.
    """
    return text_price(
        provider, model, prompt_tokens=usage.prompt_tokens, cached_tokens=usage.cached_tokens,
        completion_tokens=usage.completion_tokens,
    )  # fmt: skip


def _call(claim: Claim, *, epoch: int | None, last: TextEnded | None) -> dict[str, Any]:
    return {
        **claim.model_dump(include=set(NAMED)),
        "production_id": claim.production_id or None, "user_id": claim.user_id, "epoch": epoch,
        "request": storable(claim.request), "request_hash": claim.request_hash,
        "webhook_token": secrets.token_hex(16), "price_edition": newest_edition(),
        "last": None if last is None else last.as_json(),
    }  # fmt: skip


def _lost(claim: Claim, epoch: int | None) -> LeaseLost:
    return LeaseLost(details={"call_key": claim.call_key, "epoch": epoch})
