"""A picture or a clip with those behind it: ordered, brought home, and told who has made it."""

from collections.abc import Callable
from typing import Any

from langgraph.runtime import Runtime

from nodes.reporting import tell
from state.context import RunContext
from state.cost import PlannedCall
from state.errors import GreenlightError, ProviderError, StandInProposed
from state.events import EngineStoodIn
from state.order import STANDS_IN, Order, OrderFailure, Ticket
from tools.engines.catalog import ModelCard, model_card, models_for
from tools.engines.routing import OFFLINE, Route, lost
from tools.orders.chain import Chain, Fitted, Made, collected_alone
from tools.orders.failures import failure_of
from tools.orders.standing_in import chain_of, linked
from tools.registry import Toolbox

OrderOf = Callable[[PlannedCall], Order]
"""The whole order for one call: as much as its model takes of what it should keep to."""


async def calls_of(
    planned: PlannedCall, order: Order, *, tools: Toolbox, context: RunContext, seconds: float | None = None
) -> list[PlannedCall]:
    """The planned call, then one for each that may stand in; `seconds` is how long a clip has to be.

    Who has the order already is among them, whatever the policy has become and whoever has a key by now: else
    another engine would be asked for what is being made.
    """
    if planned.provider == OFFLINE:
        return [planned]
    chain = chain_of(
        planned, policy=context.substitution, tier=context.tier, providers=tools.engines, seconds=seconds
    )
    begun = await _begun_elsewhere(order, {planned.model, *(card.id for card in chain)}, tools)
    return [planned, *(linked(planned, card, seconds=seconds) for card in [*chain, *begun])]


async def _begun_elsewhere(order: Order, known: set[str], tools: Toolbox) -> list[ModelCard]:
    """Models outside of the chain that this order is at."""
    others = [card for card in models_for(order.request.medium) if card.id not in known]
    keys = {f"{order.call_key}{STANDS_IN}{card.id}": card for card in others}
    placed = await tools.orders.placed(list(keys))
    return [keys[key] for key, row in placed.items() if row.state != "failed"]


def called(calls: list[PlannedCall], ticket: Ticket) -> PlannedCall:
    """The call whose model has the order."""
    return next((call for call in calls if call.model == ticket.model), calls[0])


def chained(
    calls: list[PlannedCall],
    order_of: OrderOf,
    *,
    tools: Toolbox,
    context: RunContext,
    route: Route | None = None,
    fewer_references: bool = False,
) -> Chain:
    """The order of the first call with the others behind it, each as its own model is sent it.

    It is the same whenever it is made from the same state: a collector goes on as the submitter would.
    """
    wanted = order_of(calls[0])
    return Chain(
        tools.orders, wanted, calls, policy=context.substitution, agreed=context.stand_ins, route=route,
        fitted={call.model: _fitted(calls[0], call, wanted, order_of) for call in calls[1:]},
        use_cache=context.use_cache, fewer_references=fewer_references,
    )  # fmt: skip


def _fitted(planned: PlannedCall, call: PlannedCall, wanted: Order, order_of: OrderOf) -> Fitted:
    request = order_of(call).request
    less = lost(model_card(planned.model), model_card(call.model), asked=wanted.request, sent=request)
    return Fitted(request=request, lacks=tuple(less))


async def brought_home(ticket: Ticket, chain: Chain | None, tools: Toolbox) -> Made:
    """The result; without a chain whoever has the order makes it, and nobody else."""
    return await (chain.collect(ticket) if chain is not None else collected_alone(tools.orders, ticket))


def made_by(made: Made) -> dict[str, Any]:
    """What a take or a panel keeps of who made it."""
    return {
        "provider": made.delivery.provider, "model": made.delivery.model, "engine_used": made.engine_used,
        "fallback_triggered": made.fallback_triggered, "instead_of": made.instead_of,
        "lacks": list(made.lacks), "degraded": made.delivery.degraded,
    }  # fmt: skip


def tell_stood_in(made: Made, runtime: Runtime[RunContext], *, stage: str, item: str) -> None:
    """Tell that another engine has made it, and what it lacks; nothing where the wanted one has."""
    if not made.fallback_triggered:
        return
    why = next((one.message for one in made.tried if one.model == made.instead_of), "")
    event = EngineStoodIn(
        stage=stage, item=item, take=made.delivery.take_number, provider=made.delivery.provider,
        model=made.engine_used, instead_of=made.instead_of, lacks=list(made.lacks), why=why,
    )  # fmt: skip
    tell(runtime, event)


def failed(
    error: GreenlightError, source: Order | Ticket, runtime: Runtime[RunContext], *, item: str
) -> OrderFailure:
    """The value of a failure.

    Raises:
        StandInProposed: another engine could make it, and a person is to say whether it may.
        GreenlightError: as `failure_of`.
    """
    if isinstance(error, ProviderError) and "proposal" in error.details:
        raise _proposed(error, source, runtime.context, item) from error
    return failure_of(error, source)


def _proposed(
    error: ProviderError, source: Order | Ticket, context: RunContext, item: str
) -> StandInProposed:
    offered = error.details["proposal"]
    # A key that is not taken is no model's: the error may name none.
    model = error.model or (source.request if isinstance(source, Order) else source).model
    proposed = StandInProposed(
        f"{model} could not make {item}: {error.message.rstrip('.')}."
        f" {offered['model']} at {offered['provider']} could, for ${offered['price_usd']}.",
        provider=error.provider, model=model, kind=error.kind,
        details={"item": item, "proposal": offered, "agreed": list(context.stand_ins)},
    )  # fmt: skip
    proposed.engine = True
    return proposed
