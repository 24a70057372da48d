"""An order with others behind it: the next engine makes it when the one before cannot be had.

Here and nowhere else an engine is replaced, and the result names the one that made it. Each engine has
an order of its own under the same decision (`cause~model`), so that whatever happens in between each is
bought once. What was accepted is never raced: while nobody knows what became of a request, or a job
runs, no other engine is asked.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from state.cost import PlannedCall
from state.errors import (
    BudgetExceeded,
    EnginesFailed,
    GreenlightError,
    NotApproved,
    OrderParked,
    PremiumInDraft,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    QuoteChanged,
)
from state.order import STANDS_IN, Delivery, EngineRequest, FailureKind, Order, Ticket
from tools.engines.catalog import model_card
from tools.engines.routing import Route, lacking
from tools.ledger.rows import OrderRow
from tools.orders.failures import kind_of
from tools.orders.place import Orders
from tools.orders.pricing import digest_of
from tools.orders.quote import paid_digest
from tools.orders.services import family_of
from tools.orders.standing_in import Policy
from tools.resilience.retry import NO_JOB_YET

log = structlog.get_logger(__name__)
MOVES_ON: frozenset[str] = frozenset[FailureKind]({
    "not_sent", "throttled", "transient_job", "auth", "no_credit",
})  # fmt: skip
"""Kinds that say nothing of what was asked: another engine may well make it. What was refused or invalid is
for a person; what was delivered and is no good was tried again once already, and paid."""
NOT_THIS_ONE = (NotApproved, QuoteChanged, PremiumInDraft, BudgetExceeded)
"""A stand-in that nobody approved at this price, or for which there is no money: it is not bought."""
ALL_FAILED = "all production engines failed"
ASKED_AGAIN = NO_JOB_YET | {"auth", "no_credit"}
"""Kinds of which nothing was bought: once it is mended, the same order may be sent again."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One engine that did not make it."""

    provider: str
    model: str
    kind: str
    message: str
    retry_at: str = ""

    def as_json(self) -> dict[str, str]:
        """For the details of an error."""
        return {"provider": self.provider, "model": self.model, "kind": self.kind, "message": self.message}


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """The order as a stand-in is sent it."""

    request: EngineRequest
    lacks: tuple[str, ...] = ()
    """What of the wanted one's request it does not give, in words."""


@dataclass(frozen=True, kw_only=True)
class Handed:
    """An order that one engine of the chain has taken."""

    ticket: Ticket
    engine_used: str
    """The model that makes it."""
    family_used: str
    """Its family: `kling`, `luma`, `veo`, ..."""
    fallback_triggered: bool
    """Whether it is not the one that was wanted."""
    instead_of: str = ""
    """The model that was wanted, where another one makes it."""
    lacks: tuple[str, ...] = ()
    """What the stand-in does not give of what was asked for, in words."""
    tried: list[Tried] = field(default_factory=list)


NOBODY: Mapping[str, Fitted] = {}


@dataclass(frozen=True, kw_only=True)
class Made(Handed):
    """What one engine of the chain has made."""

    delivery: Delivery


class Chain:
    """One order and the planned calls that may make it, the wanted one first."""

    def __init__(
        self, orders: Orders, order: Order, calls: Sequence[PlannedCall], *, policy: Policy = "same_tier",
        agreed: Collection[str] = (), route: Route | None = None, fitted: Mapping[str, Fitted] | None = None,
        use_cache: bool = False, fewer_references: bool = False,
    ) -> None:  # fmt: skip
        """`agreed` are the models that a person has agreed to, where the policy is to ask.

        `route` is where the wanted call goes: with it a stand-in of the house that lacks something is told;
        `fewer_references` says that some did not fit the wanted model. `fitted` are, by model, the requests
        of those that are sent something else than the wanted one. `use_cache` as in `Orders.submit`.
        """
        self._route = route
        self._fitted = dict(fitted or {})
        self._use_cache, self._fewer_references = use_cache, fewer_references
        self._orders = orders
        self._order = order
        self._calls = tuple(calls)
        self._policy = policy
        self._agreed = frozenset(agreed)
        self._keys = [_linked(order, call, first=calls[0]).call_key for call in calls]

    async def submit(self) -> Handed:
        """Hand the order to the first engine that takes it, each tried within its own limits before the next.

        Raises:
            ProviderBusy: none can be had now; `details["retry_at"]` says when the first of them can.
            ProviderFailed: all failed; `details["tried"]` says how.
            ProviderError: the only one that may make it failed. With the policy `ask`, `details["proposal"]`
                is the one that could stand in.
            GreenlightError: as `Orders.submit`, of the engine that the order is at.
        """
        rows = await self._orders.placed(self._keys)
        begun = self._begun(rows) if rows else await self._made_before()
        return await self._submit_from(begun, self._failed_before(begun, rows))

    async def place(self) -> Handed:
        """As `submit`; what is parked has a ticket, too: its siblings come home before anybody is asked."""
        try:
            return await self.submit()
        except OrderParked as error:
            waiting = await self._orders.waiting(str(error.details.get("call_key", "")))
            if waiting is None:  # as in a replay
                raise
            return self._handed(self._place_of(waiting), waiting, [])

    async def collect(self, ticket: Ticket) -> Made:
        """Wait for the order's result; when its job is over for good without one, the next engine is asked.

        A ticket of another decision (somebody changed the state by hand while the job ran) is brought home as
        it is: who stands in for it nobody has said.

        Raises:
            GreenlightError: as `submit` and `Orders.collect`.
        """
        if not self._has(ticket):
            return await collected_alone(self._orders, ticket)
        rows = await self._orders.placed(self._keys)
        number, begun = self._place_of(ticket), self._begun(rows)
        # What a later one has taken since is its own: the earlier one is not asked again.
        tried = self._failed_before(max(number, begun), rows)
        later = begun > number
        handed = await self._submit_from(begun, tried) if later else self._handed(number, ticket, tried)
        while True:
            try:
                delivery = await self._orders.collect(handed.ticket)
            except ProviderError as error:
                number = self._place_of(handed.ticket)
                tried = [*handed.tried, await self._may_move_on(number, error, handed.ticket.call_key)]
                handed = await self._submit_from(number + 1, tried, last=error)
            else:
                return Made(delivery=delivery, **vars(handed))

    def _begun(self, rows: Mapping[str, OrderRow]) -> int:
        """The place of the last engine that has taken the order, has made it, or may have."""
        return max((place for place, key in enumerate(self._keys) if _is_begun(rows.get(key))), default=0)

    async def _made_before(self) -> int:
        """The place of the engine that made this where a branch has left: it is adopted, and nobody is asked.

        A stand-in's only where it may stand in here, too.
        """
        first, *others = self._calls
        may = [first, *(call for call in others if self._may_stand_in(call))]
        if len(may) == 1:
            return 0
        linked = [_linked(self._order, call, first=first, fitted=self._fitted) for call in may]
        made = await self._orders.made_before(linked)
        return self._calls.index(may[made]) if made else 0

    def _failed_before(self, place: int, rows: Mapping[str, OrderRow]) -> list[Tried]:
        """What the engines before this one said, as the ledger keeps it."""
        before = (rows.get(key) for key in self._keys[:place])
        return [
            Tried(
                provider=row.provider,
                model=row.model,
                kind=row.error_kind or "",
                message=row.error_detail or "",
            )
            for row in before
            if row is not None and row.state == "failed"
        ]

    def _has(self, ticket: Ticket) -> bool:
        return _without_production(ticket.call_key) in map(_without_production, self._keys)

    def _place_of(self, ticket: Ticket) -> int:
        """A branch collects what its parent ordered under the parent's name; the rest of the key is one."""
        rest = [_without_production(key) for key in self._keys]
        return rest.index(_without_production(ticket.call_key))

    async def _submit_from(
        self, number: int, tried: list[Tried], *, last: ProviderError | None = None
    ) -> Handed:
        for place in range(number, len(self._calls)):
            if place and last is not None:
                self._ask_first(place, last)
            try:
                return self._handed(place, await self._submit(place), tried)
            except NOT_THIS_ONE as refused:
                if not place:
                    raise
                tried.append(_tried(self._calls[place], refused))
            except ProviderError as error:
                tried.append(await self._may_move_on(place, error))
                last = error
        raise self._all_failed(tried, last)

    async def _submit(self, place: int) -> Ticket:
        call, first = self._calls[place], self._calls[0]
        order = _linked(self._order, call, first=first, fitted=self._fitted)
        return await self._orders.submit(
            order, price=call.price, price_edition=call.edition, prompt_digest=digest_of(order),
            degraded=self._degraded(order, call), paid=paid_digest(call), use_cache=self._use_cache,
        )  # fmt: skip

    async def _may_move_on(self, place: int, error: ProviderError, *also: str) -> Tried:
        """Only behind an order that is over, and where another engine may help; else the error stands."""
        key = self._keys[place]
        rows = await self._orders.placed([key, *also])
        # A branch has one of its own for what its parent still waits for.
        row = rows.get(key) or next(iter(rows.values()), None)
        over = row is not None and row.state == "failed"
        # What a stand-in refuses as invalid is how it was fitted, and says nothing of the order.
        moves_on = error.kind in MOVES_ON or (place > 0 and error.kind == "invalid")
        if not over or not moves_on or len(self._calls) == 1:
            raise error
        call = self._calls[place]
        log.warning("engine_failed", call_key=key, model=call.model, kind=error.kind, problem=error.message)
        return _tried(call, error)

    def _degraded(self, order: Order, call: PlannedCall) -> bool:
        wanted = self._calls[0].model
        if call.model == wanted:
            if self._route is None:
                return False
            fewer = bool(self._route.stands_in_for) and self._fewer_references
            return fewer or bool(lacking(self._route, order.request))
        if (fitted := self._fitted.get(call.model)) is not None:
            return bool(fitted.lacks)
        try:
            model_card(call.model)
        except ProviderMisconfigured:  # nobody knows what it can do
            return False
        route = Route(provider=call.provider, model=call.model, stands_in_for=wanted)
        return bool(lacking(route, order.request))

    def _ask_first(self, place: int, error: ProviderError) -> None:
        """Whether the policy lets this one stand in; else the error says which could."""
        call = self._calls[place]
        if self._policy == "never":
            raise error
        if not self._may_stand_in(call):
            error.details["proposal"] = {
                "provider": call.provider, "model": call.model, "price_usd": call.price.dollars(),
            }  # fmt: skip
            raise error

    def _may_stand_in(self, call: PlannedCall) -> bool:
        return self._policy != "never" and (self._policy != "ask" or call.model in self._agreed)

    def _handed(self, place: int, ticket: Ticket, tried: list[Tried]) -> Handed:
        fitted = self._fitted.get(ticket.model) if place else None
        return Handed(
            ticket=ticket, engine_used=ticket.model, family_used=family_of(ticket.model).name,
            fallback_triggered=place > 0, instead_of=self._calls[0].model if place else "",
            lacks=fitted.lacks if fitted else (), tried=tried,
        )  # fmt: skip

    def _all_failed(self, tried: list[Tried], last: ProviderError | None) -> ProviderError:
        said = "; ".join(f"{one.model} at {one.provider}: {one.message}" for one in tried)
        details: dict[str, Any] = {"tried": [one.as_json() for one in tried]}
        wanted, message = self._calls[0], f"{ALL_FAILED}: {said}"
        back = min((one.retry_at for one in tried if one.retry_at), default="")
        if back:
            action = (
                f"Come back on {back[:10]} at {back[11:19]} UTC: then the first of them may be asked again."
            )
            return ProviderBusy(
                message, provider=wanted.provider, model=wanted.model, kind="throttled", user_action=action,
                details={**details, "retry_at": back},
            )  # fmt: skip
        kind = kind_of(last) if last is not None else "internal"
        again = any(one.kind in ASKED_AGAIN for one in tried)
        return (EnginesFailed if again else ProviderFailed)(
            message, provider=wanted.provider, model=wanted.model, kind=kind, details=details
        )


async def collected_alone(orders: Orders, ticket: Ticket) -> Made:
    """The result of an order with nobody behind it: whoever has it makes it, and nobody else."""
    delivery = await orders.collect(ticket)
    return Made(
        ticket=ticket, delivery=delivery, engine_used=delivery.model, family_used="", fallback_triggered=False
    )


def _linked(
    order: Order, call: PlannedCall, *, first: PlannedCall, fitted: Mapping[str, Fitted] = NOBODY
) -> Order:
    """The order as this engine gets it: the wanted one as it is, every other under a cause of its own."""
    if call.model == first.model:
        return order
    sent = fitted[call.model].request if call.model in fitted else order.request
    request = sent.model_copy(update={"provider": call.provider, "model": call.model})
    return order.model_copy(update={"cause": f"{order.cause}{STANDS_IN}{call.model}", "request": request})


def _is_begun(row: OrderRow | None) -> bool:
    """Whether an order is this engine's: it has it, has made it, or may have."""
    return row is not None and row.state != "failed"


def _without_production(call_key: str) -> str:
    return call_key.partition(":")[2]


def _tried(call: PlannedCall, error: GreenlightError) -> Tried:
    kind = error.kind if isinstance(error, ProviderError) else error.code
    return Tried(
        provider=call.provider, model=call.model, kind=kind, message=error.message,
        retry_at=str(error.details.get("retry_at", "")),
    )  # fmt: skip
