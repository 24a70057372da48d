"""What a light at a gate costs, and what it approves: the price that the gate has shown."""

from collections.abc import Sequence

from langgraph.runtime import Runtime

from nodes.reporting import production_id
from state.context import RunContext
from state.cost import ZERO, Money, PlannedCall
from state.film import FilmState
from tools.orders.quote import quote
from tools.registry import Toolbox


def price_of_change(state: FilmState, stage: str, item: str) -> Money | None:
    """What YELLOW or RED on this costs: what it was quoted at. None where it costs nothing."""
    calls = state.quote.calls if state.quote is not None else []
    price = next((call.price for call in calls if (call.stage, call.item) == (stage, item)), ZERO)
    return None if price == ZERO else price


async def approve_changes(
    state: FilmState,
    calls: Sequence[PlannedCall],
    *,
    tools: Toolbox,
    runtime: Runtime[RunContext],
    cause: str,
) -> None:
    """Write down that the answer to a gate approved these calls, each up to the price that was shown.

    One that has become dearer by the change is not among them: the budget is asked about again.
    """
    shown = [(call, price_of_change(state, call.stage, call.item)) for call in calls]
    fine = [call for call, price in shown if price is not None and call.ceiling <= price]
    if fine:
        edition = state.quote.edition if state.quote is not None else ""
        await tools.orders.approve(production_id(runtime), quote(fine, edition=edition), cause=cause)
