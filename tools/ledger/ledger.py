"""The paid-call ledger: what was asked, sent, received and paid, once per decision.

LangGraph runs a node again whenever its writes were not stored, so no node can promise
to pay once. These rows can: each is claimed by its business key, armed before the one
POST, and every write is fenced by the production's epoch and by the attempt counter.
A method returns the changed row, or None when the row had moved on meanwhile.
"""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state.cost import ZERO, Money
from state.errors import LeaseLost, RunNotFound, SpendingBlocked
from state.media import MediaRef
from state.order import BY_HAND, FailureKind
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.approvals import ApprovedCall
from tools.ledger.counting import counted
from tools.ledger.news import (
    DaySpent,
    tell_degraded,
    tell_from_cache,
    tell_refused,
    tell_stopped,
    warn_of_budget,
    warn_of_day,
)
from tools.ledger.refusals import about, refusal_error
from tools.ledger.requests import storable
from tools.ledger.results import StoredResult
from tools.ledger.rows import NO_KEY, Claim, OrderRow, SentWith
from tools.redaction import REDACT

QUERIES = named_queries(Path(__file__).with_name("queries.sql"))


class Ledger:
    """The rows of `orders` and `order_attempts`. Short statements, each its own commit."""

    queries: Mapping[str, str] = QUERIES

    def __init__(self, database: Database, *, day_budget: Money | None = None) -> None:
        self.database = database
        self.day_budget = None if day_budget is None else day_budget.micros
        """What a user may spend in a day who has no limit of their own, in micro-dollars."""

    async def claim(
        self, claim: Claim, *, epoch: int, stored: StoredResult | None = None
    ) -> tuple[OrderRow, bool]:
        """Write the order once, with its take number and its reservation; whether it is new.

        An ancestor production's finished row with the same stage, item and request is
        adopted at no cost instead of being bought; after a change of the state by hand one of
        its own, too. What an answer asks for anew (RED, a re-shoot) never is its own. What came in an
        archive, and would be sent now, is claimed as if it were new. A `stored` result answers it where no
        ancestor does: nothing is reserved, nobody has to approve it, and the production's log is told.

        Raises:
            LeaseLost: the production has another epoch.
            SpendingBlocked: the price does not fit under the ceiling or the day's budget, or spending is
                stopped; nothing was written.
            RunNotFound: there is no such production.
        """
        row, new = await self._claimed(claim, epoch=epoch, stored=stored)
        if new:
            counted(None, row)
        return row, new

    async def _claimed(
        self, claim: Claim, *, epoch: int, stored: StoredResult | None
    ) -> tuple[OrderRow, bool]:
        async with self.database.transaction() as connection:
            production = await self._lock(connection, claim.production_id, epoch=epoch)
            values = _claim_values(claim, epoch=epoch) | {"day_budget": self.day_budget}
            row, refusal = None, None
            own = claim.cause.startswith(BY_HAND)
            if own or production["parent_production_id"] is not None:
                row = await self._adopt_ancestor(connection, values, production, own=own)
            if row is None and stored is not None:
                row = await self._adopt_stored(connection, values, stored)
            if row is None:
                row, refusal = _told_apart(await self._one(connection, "claim", values))
            existing = None if row or refusal else await self._one(connection, "read", values)
            if existing is not None:
                found = OrderRow.of(existing)
                if not (found.elsewhere and found.may_be_sent):
                    return found, False
                row, refusal = await self._anew(connection, values | {"attempt": found.attempt})
            if row is not None:
                await self._warn(connection, production, reserved=row["cost_reserved"])
                return OrderRow.of(row), True
            refused = await self._refused(connection, production, refusal)
        # Behind the transaction: that it was refused is told, and must stay so.
        raise about(refused, claim)

    async def _anew(
        self, connection: AsyncConnection[DictRow], values: dict[str, Any]
    ) -> tuple[DictRow | None, dict[str, Any] | None]:
        """Claim what came in an archive as if it were new; what was held for it there is not held here."""
        await connection.execute(self.queries["let_go"], values)
        return _told_apart(await self._one(connection, "claim_anew", values))

    async def read(self, call_key: str) -> OrderRow | None:
        """The row as it is now."""
        row = await self.database.fetch_one(self.queries["read"], {"call_key": call_key})
        return None if row is None else OrderRow.of(row)

    async def read_many(self, call_keys: Sequence[str]) -> dict[str, OrderRow]:
        """Those of these rows that there are, by their keys."""
        rows = await self.database.fetch_all(self.queries["read_many"], {"call_keys": list(call_keys)})
        return {row["call_key"]: OrderRow.of(row) for row in rows}

    async def arm(
        self,
        row: OrderRow,
        *,
        epoch: int,
        timeout_s: float,
        sent_with: SentWith = NO_KEY,
    ) -> OrderRow | None:
        """Win the right to send one POST before the deadline, with this key; writes its audit line.

        Raises:
            SpendingStopped: spending was stopped before this; nothing may leave.
        """
        fence = {
            "call_key": row.call_key, "attempt": row.attempt, "epoch": epoch, "timeout_s": timeout_s,
            **sent_with._asdict(),
        }  # fmt: skip
        async with self.database.connection() as connection:
            armed, refusal = _told_apart(await self._one(connection, "arm", fence))
            if refusal is not None:
                await tell_stopped(connection, self.queries, row.production_id, refusal)
                raise about(refusal_error(refusal), row)
            return counted(row, await self._changed(connection, armed, fence))

    async def accept(self, row: OrderRow, external_id: str, *, epoch: int) -> OrderRow | None:
        """Store the job's id, at once and on its own.

        When another order owns that id, the row is parked: the provider has mixed something up.
        """
        try:
            return await self._fenced("accept", row, epoch=epoch, external_id=external_id)
        except psycopg.errors.UniqueViolation:
            detail = f"the provider answered with job {external_id}, which belongs to another order"
            return await self.park(row, epoch=epoch, detail=detail)

    async def note_attempt(self, row: OrderRow, outcome: str, *, detail: str = "") -> None:
        """Say in the audit what became of the row's last POST."""
        values = {"call_key": row.call_key, "attempt": row.attempt, "outcome": outcome}
        await self.database.execute(self.queries["note_attempt"], {**values, "detail": told(detail)})

    async def not_sent(self, row: OrderRow, *, epoch: int, kind: FailureKind, detail: str) -> OrderRow | None:
        """The POST started no job, so the order may be sent again."""
        await self.note_attempt(row, kind, detail=detail)
        return await self._fenced("not_sent", row, epoch=epoch, kind=kind, detail=detail)

    async def adopt(self, row: OrderRow, external_id: str, *, epoch: int) -> OrderRow | None:
        """Take a job that was found at the provider; None when another order owns it."""
        try:
            return await self._fenced("adopt", row, epoch=epoch, external_id=external_id)
        except psycopg.errors.UniqueViolation:
            return None

    async def unowned(self, row: OrderRow, external_ids: Sequence[str]) -> list[str]:
        """Of these jobs at the order's provider those that no order has or had."""
        asked = {"call_key": row.call_key, "ids": list(external_ids)}
        return [str(found["id"]) for found in await self.database.fetch_all(QUERIES["unowned"], asked)]

    async def adopt_elsewhere(
        self, row: OrderRow, external_id: str, *, epoch: int, sent_with: SentWith = NO_KEY
    ) -> OrderRow | None:
        """Take a job that another place sent for this order; None when an order of ours owns it.

        From here on it is asked about with the key that saw it.
        """
        key = sent_with._asdict()
        try:
            return await self._fenced("adopt_elsewhere", row, epoch=epoch, external_id=external_id, **key)
        except psycopg.errors.UniqueViolation:
            return None

    async def nobody_else(self, row: OrderRow, *, epoch: int) -> OrderRow | None:
        """The provider has proven that no other place sent this order."""
        return await self._fenced("nobody_else", row, epoch=epoch)

    async def absent(self, row: OrderRow, *, epoch: int) -> OrderRow | None:
        """The provider has proven that the last POST started no job."""
        return await self._fenced("absent", row, epoch=epoch)

    async def park(self, row: OrderRow, *, epoch: int, detail: str) -> OrderRow | None:
        """Nobody can tell what became of the POST: it waits for a person, its price counts as spent."""
        return await self._fenced("park", row, epoch=epoch, detail=detail)

    async def park_job(self, row: OrderRow, *, epoch: int, detail: str) -> OrderRow | None:
        """It has a job that no key of ours sees: it waits for a person, its price counts as spent."""
        return await self._fenced("park_job", row, epoch=epoch, detail=detail, external_id=row.external_id)

    async def deliver(
        self, row: OrderRow, *, epoch: int, media: MediaRef, extra: Mapping[str, Any], seed: int | None
    ) -> OrderRow | None:
        """Our copy of the bytes is stored: the order is done and its price is booked."""
        async with self.database.transaction() as connection:
            done = await self._write(
                connection, "deliver", row, epoch=epoch, media=Jsonb(media.model_dump(mode="json")),
                sha256=media.sha256, result=Jsonb(storable(extra)), seed=seed, external_id=row.external_id,
            )  # fmt: skip
            if done is not None and done.degraded:
                await tell_degraded(connection, self.queries, done)
        return counted(row, done)

    async def fail(
        self, row: OrderRow, *, epoch: int, kind: FailureKind, detail: str, billed: bool | None,
        outcome: FailureKind | None = None,
    ) -> OrderRow | None:  # fmt: skip
        """The order ended without a result. `billed` books its price, None as unknown; else it is given back.

        `outcome` is what became of its last attempt, where the order as such failed of something else.
        """
        return await self._fenced(
            "fail", row, epoch=epoch, kind=kind, detail=detail, billed=billed, outcome=outcome or kind
        )

    async def outcomes(self, row: OrderRow, kind: FailureKind) -> int:
        """How many attempts of this order ended so."""
        values = {"call_key": row.call_key, "kind": kind}
        found = await self.database.fetch_one(self.queries["count_outcomes"], values)
        return int(found["count"]) if found else 0

    async def redo(
        self, row: OrderRow, *, epoch: int, kind: FailureKind, detail: str, billed: bool | None
    ) -> OrderRow | None:
        """The job died: allow one new attempt under the same key, reserved and booked beside the old.

        Raises:
            NotApproved: what the job before was billed has used the approval up.
            SpendingBlocked: another attempt cannot be paid for, or spending is stopped.
        """
        return await self._reserving(
            "redo", row, epoch=epoch, needs=0 if billed is False else row.cost_quoted,
            kind=kind, detail=detail, billed=billed,
        )  # fmt: skip

    async def reopen(self, row: OrderRow, *, epoch: int) -> OrderRow | None:
        """Go back to intent from `failed`.

        Raises:
            SpendingBlocked: the price no longer fits, or spending is stopped.
        """
        return await self._reserving("reopen", row, epoch=epoch, needs=row.cost_quoted)

    async def approve(self, production_id: str, calls: Sequence[ApprovedCall], *, cause: str) -> None:
        """Write down what a person approved; the same again changes nothing."""
        for quote_id in {call.quote_id for call in calls}:
            lines = [call.model_dump(exclude={"quote_id"}) for call in calls if call.quote_id == quote_id]
            named = {"production_id": production_id, "quote_id": quote_id, "cause": cause}
            await self.database.execute(self.queries["approve"], {**named, "calls": Jsonb(lines)})

    async def approvals(self, production_id: str) -> dict[tuple[str, str], DictRow]:
        """The newest approval of each stage and item, with what was spent since."""
        rows = await self.database.fetch_all(self.queries["approvals"], {"production_id": production_id})
        return {(row["stage"], row["item"]): row for row in rows}

    async def approved(self, production_id: str, *, but: Sequence[tuple[str, str]]) -> Money:
        """What its approvals come to: what was bought under them, and what may be still.

        Of these stages and items only what was bought counts: they are about to be approved anew.
        """
        anew = [{"stage": stage, "item": item} for stage, item in but]
        asked = {"production_id": production_id, "but": Jsonb(anew)}
        found = await self.database.fetch_one(self.queries["approved"], asked)
        return Money(micros=found["micros"]) if found else ZERO

    async def refuse(self, production_id: str, refusal: dict[str, Any]) -> SpendingBlocked:
        """Tell the production's log why nothing may be spent; the error to raise."""
        async with self.database.transaction() as connection:
            production = await self._one(connection, "lock_production", {"production_id": production_id})
            if production is None:
                raise RunNotFound(details={"production_id": production_id})
            return await self._refused(connection, production, refusal)

    async def warn(self, production_id: str) -> None:
        """Tell the production's log how much of the ceiling and of the day's budget is committed."""
        async with self.database.transaction() as connection:
            production = await self._one(connection, "lock_production", {"production_id": production_id})
            if production is not None:
                await self._warn(connection, production, reserved=1)

    async def _fenced(self, query: str, row: OrderRow, *, epoch: int, **values: Any) -> OrderRow | None:
        async with self.database.connection() as connection:
            return counted(row, await self._write(connection, query, row, epoch=epoch, **values))

    async def _reserving(
        self, query: str, row: OrderRow, *, epoch: int, needs: int, **values: Any
    ) -> OrderRow | None:
        return counted(row, await self._reserved(query, row, epoch=epoch, needs=needs, **values))

    async def _reserved(
        self, query: str, row: OrderRow, *, epoch: int, needs: int, **values: Any
    ) -> OrderRow | None:
        async with self.database.transaction() as connection:
            production = await self._lock(connection, row.production_id, epoch=epoch)
            refusal = await self._may_spend(connection, row, needs)
            if refusal is None:
                done = await self._write(connection, query, row, epoch=epoch, **values)
                await self._warn(connection, production, reserved=row.cost_quoted if done else 0)
                return done
            refused = await self._refused(connection, production, refusal)
        raise about(refused, row)

    async def _may_spend(
        self, connection: AsyncConnection[DictRow], row: OrderRow, needs: int
    ) -> dict[str, Any] | None:
        """Why so much may not be reserved now; None when it may. The production's row is locked."""
        asked = {"production_id": row.production_id, "call_key": row.call_key, "needs": needs}
        named = {**asked, "day_budget": self.day_budget}
        found = await self._one(connection, "may_spend_again", named) if needs else None
        return found["refusal"] if found else None

    async def _write(
        self, connection: AsyncConnection[DictRow], query: str, row: OrderRow, *, epoch: int, **values: Any
    ) -> OrderRow | None:
        if "detail" in values:
            values["detail"] = told(values["detail"])
        fence = {"call_key": row.call_key, "attempt": row.attempt, "epoch": epoch}
        return await self._changed(connection, await self._one(connection, query, {**fence, **values}), fence)

    async def _changed(
        self, connection: AsyncConnection[DictRow], changed: DictRow | None, fence: dict[str, Any]
    ) -> OrderRow | None:
        if changed is not None:
            return OrderRow.of(changed)
        current = await self._one(connection, "read", fence)
        if current is None or current["production_epoch"] != fence["epoch"]:
            raise LeaseLost(details={"call_key": fence["call_key"], "epoch": fence["epoch"]})
        return None

    async def made_before(
        self, production_id: str, *, stage: str, item: str, hashes: Sequence[str]
    ) -> set[str]:
        """Those of these requests that a production this one branched from has made: claims adopt them."""
        named = {"production_id": production_id, "stage": stage, "item": item, "hashes": list(hashes)}
        rows = await self.database.fetch_all(self.queries["made_before"], named)
        return {row["request_hash"] for row in rows}

    async def _lock(self, connection: AsyncConnection[DictRow], production_id: str, *, epoch: int) -> DictRow:
        production = await self._one(connection, "lock_production", {"production_id": production_id})
        if production is None:
            raise RunNotFound(details={"production_id": production_id})
        if production["epoch"] != epoch:
            raise LeaseLost(details={"production_id": production_id, "epoch": epoch})
        return production

    async def _adopt_ancestor(
        self, connection: AsyncConnection[DictRow], values: dict[str, Any], production: DictRow, *, own: bool
    ) -> DictRow | None:
        more = {"user_id": production["user_id"], "own": own}
        found = await self._one(connection, "ancestor", {**values, **more})
        if found is None:
            return None
        return await self._one(
            connection, "claim_adopted", {**values, "adopts": found["call_key"], "spared": 0}
        )

    async def _adopt_stored(
        self, connection: AsyncConnection[DictRow], values: dict[str, Any], stored: StoredResult
    ) -> DictRow | None:
        """The order, answered by an equal one's result; None when it is there, or the result is gone."""
        named = {**values, "adopts": stored.call_key, "spared": values["price"]}
        row = await self._one(connection, "claim_adopted", named)
        if row is not None:
            await tell_from_cache(connection, self.queries, OrderRow.of(row), stored.done_at)
        return row

    async def _refused(
        self, connection: AsyncConnection[DictRow], production: DictRow, refusal: dict[str, Any] | None
    ) -> SpendingBlocked:
        """Tell the production's log why nothing was reserved; the error to raise behind the transaction."""
        if refusal is None:  # the production has another epoch, or is gone, since its row was locked
            raise LeaseLost(details={"production_id": str(production["production_id"])})
        await tell_refused(connection, self.queries, production, refusal)
        return refusal_error(refusal)

    async def _warn(
        self, connection: AsyncConnection[DictRow], production: DictRow, *, reserved: int
    ) -> None:
        """Where something was reserved, look how much of the ceiling and of the day's budget that makes."""
        if reserved:
            asked = {"production_id": production["production_id"], "day_budget": self.day_budget}
            spent = await self._one(connection, "committed", asked)
            if spent is not None:
                await warn_of_budget(connection, self.queries, production, committed=spent["micros"])
                await warn_of_day(connection, self.queries, production, DaySpent.of(spent))

    async def _one(
        self, connection: AsyncConnection[DictRow], query: str, values: dict[str, Any]
    ) -> DictRow | None:
        cursor = await connection.execute(self.queries[query], values)
        return await cursor.fetchone()


def _told_apart(found: DictRow | None) -> tuple[DictRow | None, dict[str, Any] | None]:
    """The row that a statement wrote, if it did, and why it may not have."""
    if found is None:
        return None, None
    return (found if found["call_key"] is not None else None), found["refusal"]


def _claim_values(claim: Claim, *, epoch: int) -> dict[str, Any]:
    return {
        **claim.model_dump(exclude={"request", "price"}),
        "request": Jsonb(storable(claim.request)),
        "request_hash": claim.request_hash,
        "price": claim.price.micros,
        "webhook_token": secrets.token_hex(16),
        "epoch": epoch,
    }


def told(words: str) -> str:
    """What a provider said, as it may be kept: a refusal can quote the key it was sent."""
    return REDACT.text(str(storable(words)))
