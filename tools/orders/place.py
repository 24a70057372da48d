"""The one way to have something generated, or to have a text model asked.

Nodes know nothing else of engines, ledger or providers. Whatever happens in between (a
kill, a second worker, a lost answer, a doubled click), one order is bought once.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import structlog

from state.cost import ZERO, CostReport, Money, PlannedCall, Quote
from state.errors import (
    GreenlightError,
    OrderChanged,
    OrderError,
    PriceUnknown,
    ReplayDiverged,
)
from state.order import Delivery, FailureKind, Order, TextAnswer, TextOrder, Ticket
from tools.clock import Clock, SystemClock
from tools.db.pool import Database
from tools.engines.base import Engine
from tools.engines.catalog import engine_tier
from tools.faults import fault_point
from tools.ledger import books
from tools.ledger.ledger import Ledger
from tools.ledger.pricing import may_cost, newest_edition
from tools.ledger.requests import changed_fields, request_hash
from tools.ledger.rows import Claim, OrderRow
from tools.ledger.text import TextLedger
from tools.media.store import MediaStore
from tools.models.catalog import text_tier
from tools.orders.approving import approved_lines, holds
from tools.orders.asking import Call, TextBooking
from tools.orders.buying import LEFT_THERE, Purchase, settled
from tools.orders.cached import stored_result
from tools.orders.cancelling import Cancelling
from tools.orders.collecting import Collector
from tools.orders.desk import Desk, FaultHook, nowhere
from tools.orders.failures import error_of, of_an_engine
from tools.orders.keeper import LeaseKeeper
from tools.orders.keys import EngineKeys, NoKeys
from tools.orders.lease import Lease, current_lease
from tools.orders.options import OrderOptions
from tools.orders.parked import ParkedOrders
from tools.orders.replaying import Recordings, Replay, current_replay
from tools.orders.rings import Rings
from tools.orders.watched import log_failure, log_order, order_span, tell_booked

log = structlog.get_logger(__name__)
LEFT = "it could not be sent, and the production went on without it"


class Orders:
    """Places orders for one process. Every paid call, and every free one, goes through here.

    It writes with `current_lease`; where that is unset (Studio, a script) it claims the
    production's lease itself and keeps it until `close`.
    """

    def __init__(
        self,
        database: Database,
        store: MediaStore,
        engines: Mapping[str, Engine],
        *,
        ledger: Ledger | None = None,
        options: OrderOptions | None = None,
        clock: Clock | None = None,
        fault: FaultHook = fault_point,
        keys: EngineKeys | None = None,
        webhook_of: Callable[[OrderRow], str] | None = None,
        rings: Rings | None = None,
    ) -> None:
        self._database = database
        self._options = options or OrderOptions()
        self._desk = Desk(
            ledger=ledger or Ledger(database, day_budget=self._options.day_budget),
            store=store,
            engines=engines,
            options=self._options,
            clock=clock or SystemClock(),
            fault=fault,
            keys=keys or NoKeys(),
            webhook_of=webhook_of or nowhere,
            rings=rings,
        )
        self.parked = ParkedOrders(self._desk)
        self.cancelling = Cancelling(self._desk)
        self._recordings = Recordings(database)
        self._keeper = LeaseKeeper(database, options=self._options, clock=self._desk.clock)

    async def close(self) -> None:
        """Give back the leases that were claimed here."""
        await self._keeper.close()

    async def submit(
        self,
        order: Order,
        *,
        price: Money = ZERO,
        price_edition: str = "",
        prompt_digest: str = "",
        degraded: bool = False,
        paid: str = "",
        use_cache: bool = False,
    ) -> Ticket:
        """Buy the order once and return at once with a ticket any process can collect.

        `price_edition` is the price book's edition that the price is of; none is the newest.
        `degraded` says that a stand-in makes it and lacks something: that is told when it delivers.
        `paid` is the digest of what is paid: it must be what a person approved, see `approve`.
        With `use_cache` a result that the same user bought for an equal order answers it: see `cached.py`.

        Raises:
            SpendingBlocked: the price does not fit under the production's ceiling or the user's budget of the
                day, or spending is stopped. Nothing left; place it again once it may.
            PremiumInDraft: the production is a draft, and the model is of the final tier.
            PriceUnknown: the price book knows a price for this model, but none was given.
            OrderChanged: the same key was ordered before with another request (strict only).
            OrderParked: what became of an earlier request cannot be found out; a person decides.
            ProviderError: the provider refused or could not be reached; stored, and raised again
                by every later call with this key unless nothing was bought and trying again may help.
            DeadlinePassed, LeaseLost: this process was held up again and again or replaced, and sent nothing.
            ReplayDiverged: this is a replay, and nothing was recorded for this order.
        """
        _check_price(order, price)
        claim = Claim.of_order(
            order, price=price, price_edition=price_edition or newest_edition(),
            prompt_digest=prompt_digest, degraded=degraded, paid=paid, tier=engine_tier(order.request.model),
        )  # fmt: skip
        with of_an_engine(), order_span("submit", order, price=price) as told:
            bought = await self._submitted(order, claim, use_cache=use_cache)
            tell_booked(told, bought)
        return _ticket_again(claim, bought) if current_replay.get() is not None else _ticket(bought)

    async def _submitted(self, order: Order, claim: Claim, *, use_cache: bool) -> OrderRow:
        async with self._desk.lock(f"submit {order.call_key}"):
            if (replay := current_replay.get()) is not None:
                return await self._recordings.answer(replay, claim)
            if self._options.read_only:
                return await self._recorded(order.call_key)
            row, epoch = await self._claimed(claim, use_cache=use_cache)
            if row.state == "intent":
                log_order(order, price=claim.price)
            try:
                return await Purchase(self._desk, row, epoch=epoch).buy(reopen=True)
            except GreenlightError as error:
                log_failure(order, error)
                raise

    async def collect(self, ticket: Ticket) -> Delivery:
        """Wait for the order's result, store our copy of it, and return it.

        Raises:
            ProviderError: it ended without a usable result, or cannot be asked about now.
            OrderParked, SpendingBlocked, LeaseLost: as `submit`.
        """
        if (replay := current_replay.get()) is not None:
            return _finished(await self._recorded_as(replay, ticket.call_key)).delivery(ticket.call_key)
        with of_an_engine(), order_span("collect", ticket) as told:
            row = await self._collected(ticket)
            tell_booked(told, row)
        return _finished(row).delivery()

    async def _collected(self, ticket: Ticket) -> OrderRow:
        async with self._desk.lock(f"collect {ticket.call_key}"):
            row = await self._own(await self._desk.current(ticket.call_key))
            if row.state == "done" or self._options.read_only:
                return row
            lease, _ = await self._keeper.lease_of(row.production_id)
            return await Collector(self._desk, epoch=lease.epoch).collect(row)

    async def place(self, order: Order, *, price: Money = ZERO, prompt_digest: str = "") -> Delivery:
        """Submit and collect."""
        return await self.collect(await self.submit(order, price=price, prompt_digest=prompt_digest))

    async def is_recorded(self, order: Order) -> bool:
        """Whether a replay has an answer for this; False where what it repeats did without. Else always."""
        replay = current_replay.get()
        return replay is None or await self._recordings.has(replay, order)

    async def leave(self, call_key: str) -> bool:
        """Do without an order that cannot be sent now: what is held for it is given back.

        False where it is on its way, or may be: that is paid, and waited for. Placed again it is sent.
        """
        row = await self._desk.ledger.read(call_key)
        if row is None or not row.may_be_left:
            return row is None or row.state == "failed"
        lease, _ = await self._keeper.lease_of(row.production_id)
        before = cast("FailureKind | None", row.last_outcome)
        left = await self._desk.ledger.fail(
            row, epoch=lease.epoch, kind="not_sent", detail=LEFT, billed=False, outcome=before
        )
        return left is not None

    async def delivered(self, call_key: str) -> Delivery | None:
        """The result of an order if there is one; asks and orders nothing."""
        replay, row = current_replay.get(), None
        if replay is not None:
            row = await self._recordings.answered(replay, call_key)
        row = row or await self._desk.ledger.read(call_key)
        return row.delivery(call_key) if row and row.state == "done" and row.kind == "engine" else None

    async def ask(
        self, order: TextOrder, call: Call, *, allowance: Money | None = None, driven: bool = True
    ) -> TextAnswer:
        """The recorded answer to a question; `call` is made only when there is none.

        Each request that it makes is reserved and booked under the production's ceiling and under
        `allowance`, what all its text may cost; None is what `OrderOptions` says. After a crash the
        call may be made again. Not `driven` is a talk beside the production: it takes no lease, and its
        key must be its own.

        Raises:
            SpendingBlocked: the next request may not be sent; what was asked before stays booked.
            GreenlightError: what `call` raised, with what was charged; the next `ask` calls again.
        """
        with order_span("ask", order) as told:
            limit = allowance or self._options.text_allowance
            row = await self._answered(order, call, allowance=limit, driven=driven)
            tell_booked(told, row)
        return _answer(row)

    async def _answered(self, order: TextOrder, call: Call, *, allowance: Money, driven: bool) -> OrderRow:
        async with self._desk.lock(f"ask {order.call_key}"):
            claim = Claim.of_text(order, tier=text_tier(order.model))
            if (replay := current_replay.get()) is not None:
                return _finished(await self._recordings.answer(replay, claim))
            if self._options.read_only:
                return await self._recorded(order.call_key)
            row, epoch = await self._found(claim, driven=driven)
            if row is not None and row.state == "done":
                return row
            texts = TextLedger(self._desk.ledger)
            return await TextBooking(texts, claim, row, epoch=epoch, allowance=allowance).booked(call)

    async def _found(self, claim: Claim, *, driven: bool) -> tuple[OrderRow | None, int | None]:
        texts = TextLedger(self._desk.ledger)
        if not driven:
            return await texts.find(claim, epoch=None), None
        await self._desk.fault("before_intent")
        lease, claimed_here = await self._keeper.lease_of(claim.production_id)
        row = await texts.find(claim, epoch=lease.epoch)
        if row is not None and row.request_hash != claim.request_hash:
            _changed(row, claim, strict=self._options.strict or claimed_here)
        return row, lease.epoch

    async def placed(self, call_keys: Sequence[str]) -> dict[str, OrderRow]:
        """Those of these orders that were placed, as they are now; in a replay, as they were recorded."""
        if (replay := current_replay.get()) is not None:
            found = {key: await self._recordings.answered(replay, key) for key in call_keys}
            return {key: row for key, row in found.items() if row is not None}
        return await self._desk.ledger.read_many(call_keys)

    async def made_before(self, orders: Sequence[Order]) -> int | None:
        """The first of these orders, all for one item, that a production this one branched from has made.

        Placed here, it is adopted at no cost; None where there is none.
        """
        if current_replay.get() is not None or self._options.read_only:
            return None
        hashes = [request_hash(order.request.model_dump(mode="json")) for order in orders]
        first = orders[0]
        made = await self._desk.ledger.made_before(
            first.production_id, stage=first.stage, item=first.item, hashes=hashes
        )
        return next((place for place, one in enumerate(hashes) if one in made), None)

    async def approve(self, production_id: str, approved: Quote, *, cause: str) -> None:
        """Write down that a person approved what this quote lists; twice is once.

        A replay buys nothing, so nothing is approved in it.
        """
        if current_replay.get() is None and not self._options.read_only:
            await self._desk.ledger.approve(production_id, approved_lines(approved), cause=cause)

    async def approved(self, production_id: str, *, but: Sequence[PlannedCall] = ()) -> Money:
        """What the production's approvals come to by now; of what is in `but`, only what was bought.

        A replay approves nothing, and needs no approval.
        """
        if current_replay.get() is not None:
            return ZERO
        return await self._desk.ledger.approved(production_id, but=[(one.stage, one.item) for one in but])

    async def unapproved(
        self, production_id: str, calls: Sequence[PlannedCall], *, again: bool = False
    ) -> list[PlannedCall]:
        """Of these calls, those that nobody has approved as they are, or not any more.

        What costs nothing needs no approval, unless something else was approved for the same stage and item:
        then it is a downgrade that nobody agreed to. `again` as in `covers`.
        """
        if not calls or current_replay.get() is not None:
            return []
        known = await self._desk.ledger.approvals(production_id)
        return [call for call in calls if not holds(known.get((call.stage, call.item)), call, again=again)]

    async def costs(
        self, production_id: str, *, stage: str | None = None, item: str | None = None
    ) -> CostReport:
        """What a production has cost so far, or one stage or item of it."""
        return await books.costs(self._database, production_id, stage=stage, item=item)

    async def history(self, production_id: str) -> list[dict[str, Any]]:
        """Every order with its attempts, oldest first, as JSON values for the exported ledger.

        A replay has none of its own: it exports those that it repeats.
        """
        replay = current_replay.get()
        return await books.history(self._database, replay.source_id if replay else production_id)

    async def history_of_film(self, production_id: str, *, user_id: str) -> list[dict[str, Any]]:
        """As `history`, of the production that a film comes from, whatever is being replayed.

        Which one that is stands in a state that its owner may change by hand: orders of others are not told.
        """
        return await books.history(self._database, production_id, owner=user_id)

    async def waiting(self, call_key: str) -> Ticket | None:
        """The ticket of an order that is parked: whoever collects it waits until a person has settled it."""
        row = await self._desk.ledger.read(call_key)
        return _ticket(row) if row is not None and row.state == "unknown" else None

    async def _claimed(self, claim: Claim, *, use_cache: bool) -> tuple[OrderRow, int]:
        await self._desk.fault("before_intent")
        lease, claimed_here = await self._keeper.lease_of(claim.production_id)
        stored = await stored_result(self._desk, claim) if use_cache else None
        row, new = await self._desk.ledger.claim(claim, epoch=lease.epoch, stored=stored)
        if new:
            await self._desk.fault("after_intent")
        if row.request_hash != claim.request_hash:
            _changed(row, claim, strict=self._options.strict or claimed_here)
        return row, lease.epoch

    async def _own(self, row: OrderRow) -> OrderRow:
        """The row to collect; in a branch, one of its own for what its parent still waits for.

        The parent may never get it, so the branch orders the same once for itself, which nobody has
        to approve again. What is there by then is adopted instead.
        """
        lease = current_lease.get()
        if lease is None or lease.production_id == row.production_id:
            return row
        if lease.user_id != row.user_id:
            raise OrderError(f"there is no order {row.call_key}")
        if row.state == "unknown":
            row = await self.parked.given_up_with_its_production(row)
        if row.state not in ("intent", "submitted"):
            return settled(row)
        if row.elsewhere:
            raise error_of("expired", LEFT_THERE, provider=row.provider, model=row.model)
        claim = _for_branch(row, lease)
        own, _ = await self._desk.ledger.claim(claim, epoch=lease.epoch)
        return own

    async def _recorded_as(self, replay: Replay, call_key: str) -> OrderRow:
        """What a ticket stands for: a call of the replay, or one made before it left its parent."""
        return await self._recordings.answered(replay, call_key) or await self._desk.current(call_key)

    async def _recorded(self, call_key: str) -> OrderRow:
        row = await self._desk.ledger.read(call_key)
        if row is None:
            raise ReplayDiverged(details={"call_key": call_key})
        return _finished(row)


def _check_price(order: Order, price: Money) -> None:
    """A forgotten price would buy past the ceiling."""
    provider, model = order.request.provider, order.request.model
    if price == ZERO and may_cost(provider, model):
        error = PriceUnknown(f"{provider}/{model} is paid, but the order names no price")
        error.engine = True
        raise error


def _changed(row: OrderRow, claim: Claim, *, strict: bool) -> None:
    """Another request under the same key: an error where nobody watches, else the frozen one counts."""
    fields = changed_fields(row.request, claim.request)
    if strict:
        raise OrderChanged(
            f"order {row.call_key} was placed before with another {', '.join(fields)}",
            details={"call_key": row.call_key, "changed": fields},
        )
    log.warning("order_changed", call_key=row.call_key, changed=fields)


def _finished(row: OrderRow) -> OrderRow:
    if settled(row).state != "done":
        raise ReplayDiverged(details={"call_key": row.call_key})
    return row


def _ticket(row: OrderRow) -> Ticket:
    return Ticket(
        call_key=row.call_key,
        take_number=row.take_number,
        provider=row.provider,
        model=row.model,
        external_id=row.external_id or "",
    )


def _ticket_again(claim: Claim, row: OrderRow) -> Ticket:
    """The ticket that was given then. What failed after it was taken fails when it is collected."""
    again = row if row.state == "failed" and row.external_id else settled(row)
    return _ticket(again).model_copy(update={"call_key": claim.call_key})


def _for_branch(row: OrderRow, lease: Lease) -> Claim:
    """The same order in the name of the branch that holds this lease."""
    cause = row.call_key.removeprefix(f"{row.production_id}:{row.stage}:{row.item}:")
    return Claim(
        call_key=f"{lease.production_id}:{row.stage}:{row.item}:{cause}", production_id=lease.production_id,
        stage=row.stage, item=row.item, cause=cause, medium=row.engine_request.medium,
        provider=row.provider, model=row.model, request=row.request, price=Money(micros=row.cost_quoted),
        price_edition=row.price_edition or newest_edition(), degraded=row.degraded,
        tier=engine_tier(row.model), paid=row.paid, sent_as=row.call_key,
    )  # fmt: skip


def _answer(row: OrderRow) -> TextAnswer:
    """Read from the ledger even the first time: the database orders an object's keys anew."""
    return TextAnswer.model_validate(row.result)
