"""What a light at a gate costs, and what it approves: the price that the gate has shown."""

from collections.abc import Sequence

from langgraph.runtime import Runtime

from nodes.reporting import production_id
from state.context import RunContext
from state.cost import ZERO, Money, PlannedCall
from state.film import FilmState
from tools.orders.planned import EXTENSION
from tools.orders.quote import quote
from tools.registry import Toolbox


def price_of_change(state: FilmState, stage: str, item: str) -> Money | None:
    """What YELLOW or RED on this costs: what it was quoted at. None where it costs nothing."""
    call = _quoted(state, stage, item)
    if call is None or call.price == ZERO:
        return None
    calls = state.quote.calls if stage == "take" and state.quote is not None else []
    longer = (one.price for one in calls if one.stage == EXTENSION and one.item.partition("/")[0] == item)
    return sum(longer, call.price)


def change_at_most(call: PlannedCall) -> Money:
    """What a change may become: its own price, or that of the dearest that may stand in for its model."""
    instead = [one.price for one in call.fallbacks if one.model != call.model]
    return max([call.price, *instead], key=lambda price: price.micros)


async def approve_changes(
    state: FilmState,
    calls: Sequence[PlannedCall],
    *,
    tools: Toolbox,
    runtime: Runtime[RunContext],
    cause: str,
) -> None:
    """Write down that the answer to a gate approved these calls, each up to the price that was shown.

    One that has become dearer by the change is not among them: the budget is asked about again. What may
    stand in for it is approved up to what was shown as the most.
    """
    shown = [(call, _quoted(state, call.stage, call.item)) for call in calls]
    as_shown = [_up_to(call, quoted) for call, quoted in shown if quoted is not None and quoted.price != ZERO]
    fine = [call for call in as_shown if call is not None]
    if fine:
        edition = state.quote.edition if state.quote is not None else ""
        await tools.orders.approve(production_id(runtime), quote(fine, edition=edition), cause=cause)


def _quoted(state: FilmState, stage: str, item: str) -> PlannedCall | None:
    calls = state.quote.calls if state.quote is not None else []
    return next((call for call in calls if (call.stage, call.item) == (stage, item)), None)


def _up_to(call: PlannedCall, quoted: PlannedCall) -> PlannedCall | None:
    """The call with those stand-ins that cost no more than was shown; None where it is itself dearer."""
    most = change_at_most(quoted)
    own = [one for one in call.fallbacks if one.model == call.model]
    if any(quoted.price < price for price in (call.price, *(one.price for one in own))):
        return None
    instead = [one for one in call.fallbacks if one.model != call.model and one.price <= most]
    return call.model_copy(update={"fallbacks": [*own, *instead]})
