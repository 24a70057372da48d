"""Write down what was approved, unless it does not hold any more."""

from langgraph.runtime import Runtime

from nodes.reporting import production_id, report
from nodes.review.asking import fits_unasked
from nodes.screenplay.quote_production import left_to_buy, placed
from state.context import RunContext
from state.cost import ZERO, Quote
from state.novela import NovelaState
from tools.orders.quote import quote_id
from tools.registry import Toolbox, toolbox_for


async def grant_budget(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Approved too late, or for another plan than there is by now: then nothing is, and it is asked again."""
    tools, approved = await toolbox_for(runtime.context.user_id), state.quote
    if approved is None or approved.quote_id != state.approved_quote_id:
        return {"approved_quote_id": ""}
    why = _void(state, approved, tools, runtime.context) or await _too_much(state, approved, tools, runtime)
    if why is not None:
        report(runtime, "quote_voided", quote_id=approved.quote_id, why=why)
        return {"approved_quote_id": "", "requoted": why}
    await tools.orders.approve(production_id(runtime), approved, cause=state.budget_answer)
    return {"requoted": ""}


async def _too_much(
    state: NovelaState, approved: Quote, tools: Toolbox, runtime: Runtime[RunContext]
) -> str | None:
    """Why what nobody was asked about is a person's to approve: the ledger has the last word on the sum."""
    if not state.approved_unasked or approved.ceiling == ZERO:
        return None
    before = await tools.orders.approved(production_id(runtime), but=approved.calls)
    if fits_unasked(approved, runtime.context, approved=before):
        return None
    return "More was approved meanwhile, so this is too much to be approved unasked; nothing was bought."


def _void(state: NovelaState, approved: Quote, tools: Toolbox, context: RunContext) -> str | None:
    """Why this approval does not hold; a quote for nothing never runs out."""
    if approved.total != ZERO and approved.is_expired(tools.clock.now()):
        return f"The quote that you approved expired on {approved.expires_at:%Y-%m-%d}; nothing was bought."
    now = placed(state, left_to_buy(state, context.tier), tools, context)
    if quote_id(now, edition=approved.edition) != approved.quote_id:
        return "What is planned has changed since it was quoted; nothing was bought."
    return None
