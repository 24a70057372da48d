"""The gate before the first picture: the price of everything that is planned."""

from langgraph.runtime import Runtime

from nodes.reporting import task_id
from nodes.review.asking import ask, is_unasked, left_unasked
from nodes.review.light_prices import budget_prices
from nodes.sound.voice_orders import told_shared
from state.context import RunContext
from state.cost import ZERO, Money, Quote
from state.novela import NovelaState
from state.review import ReviewItem, ReviewRequest, TrafficLight, notes_of
from tools.engines.catalog import made_in, model_card
from tools.engines.routing import OFFLINE as ENGINES_HERE
from tools.models.catalog import OFFLINE

QUESTION = (
    "GREEN buys what the quote lists and nothing else. RED stops the production. "
    "YELLOW with a model_override asks for another quote."
)


STAND_INS = {
    "never": "nobody stands in, not even", "ask": "you are asked whether it may be made by",
    "same_tier": "it is made by", "any": "it is made by",
}  # fmt: skip
"""On which terms, by the policy of the run."""
DRAFT = "This is a draft: cheap models make it."


async def approve_budget(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Ask for the approval of the quote; the answer names the quote it approves."""
    if state.quote is None:
        raise ValueError("there is no quote to approve")
    request = budget_request(state, state.quote, runtime.context)
    reply = ask(request, runtime, approved=state.approved_before)
    light = reply.light_of("budget")
    approved = state.quote.quote_id if light is TrafficLight.GREEN else ""
    notes = notes_of(request, reply, cause=task_id(runtime)) if light is TrafficLight.YELLOW else []
    return {
        "approved_quote_id": approved,
        "approved_unasked": is_unasked(request, runtime.context, approved=state.approved_before),
        "budget_answer": task_id(runtime),
        "refused": light is TrafficLight.RED,
        "notes": [note.model_dump(mode="json") for note in notes],
    }


def budget_request(state: NovelaState, quote: Quote, context: RunContext) -> ReviewRequest:
    """One item, the quote beside it."""
    calls = "1 call" if len(quote.calls) == 1 else f"{len(quote.calls)} calls"
    text = f"{calls} for {quote.total}, at most {quote.ceiling}."
    if context.tier == "draft":
        text += f" {DRAFT}"
    if quote.would_have_cost != quote.total:
        text += f" On {_models(state, context)} it would cost {quote.would_have_cost}."
    text += _others(quote, context) + _shared(state, quote)
    if quote.expires_at is not None and quote.total != ZERO:
        text += f" The quote holds until {quote.expires_at:%Y-%m-%d %H:%M} UTC."
    if context.text_model != OFFLINE or context.text_models:
        allowance = Money.usd(context.text_allowance_usd)
        text += f" Language models may cost {allowance} in all, what they have cost by now included."
    if context.review == "auto" and quote.ceiling != ZERO:
        text += f" {_limit(context, state.approved_before)}"
    item = ReviewItem(
        item="budget", title=f"Budget of {state.film.title}", text=text, **budget_prices(quote)._asdict()
    )
    return ReviewRequest(
        gate="approve_budget", title=item.title, question=QUESTION, items=[item], quote=quote,
        choices=["GREEN", "YELLOW", "RED"], why=state.requoted,
    )  # fmt: skip


def _limit(context: RunContext, approved: Money) -> str:
    """Why this is asked although nobody was to be: exact, because the limit is."""
    limit, left = Money.usd(context.auto_approve_usd), left_unasked(context, approved=approved)
    return (
        f"Of ${limit.dollars()} that may be approved unasked in this production ${left.dollars()} is left:"
        f" ${approved.dollars()} is approved by now."
    )


def _others(quote: Quote, context: RunContext) -> str:
    """Who may make what its own engine cannot."""
    wanted = {call.model for call in quote.calls}
    others = sorted({one.model for call in quote.calls for one in call.fallbacks} - wanted)
    if not others:
        return ""
    return f" Where an engine cannot be had, {STAND_INS[context.substitution]} {' or '.join(others)}."


def _shared(state: NovelaState, quote: Quote) -> str:
    """Who is to speak with the voice of somebody else."""
    models = dict.fromkeys(call.model for call in quote.calls if call.stage == "voice")
    told = (told_shared(state, model) for model in models)
    return "".join(f" {words}" for words in told if words)


def _models(state: NovelaState, context: RunContext) -> str:
    """The models that were chosen; whose work costs nothing anyhow is not named."""
    look = state.look
    sound = [one for one in (look.voice_model, look.music_model) if model_card(one).provider != ENGINES_HERE]
    made = [made_in(context.tier, one) for one in (look.video_model, look.image_model, *sound)]
    return f"{', '.join(made[:-1])} and {made[-1]}"
