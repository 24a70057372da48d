"""How every gate asks: one interrupt, the reply's schema sent along, `auto` approving what was planned."""

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from state.context import RunContext
from state.cost import ZERO, Money, Quote
from state.review import ReviewReply, ReviewRequest


def ask(
    request: ReviewRequest, runtime: Runtime[RunContext], *, whole: bool = True, approved: Money = ZERO
) -> ReviewReply:
    """Stop until a person has answered. With `review: auto` nobody is asked and the plan is approved.

    A quote that makes all that was `approved` more than the context approves unasked is a person's to
    approve. What is not `whole` was not planned so: only a person says what becomes of it, else a shot that
    keeps failing would be tried for ever.
    """
    if whole and is_unasked(request, runtime.context, approved=approved):
        quote_id = request.quote.quote_id if request.quote else None
        return ReviewReply(approve_all=True, quote_id=quote_id)
    reply = interrupt(request.model_dump(mode="json"), response_schema=ReviewReply)
    return ReviewReply.model_validate(reply)


def is_unasked(request: ReviewRequest, context: RunContext, *, approved: Money = ZERO) -> bool:
    """Whether somebody said beforehand that so much may be approved, `approved` by now included."""
    if context.review != "auto":
        return False
    return request.quote is None or fits_unasked(request.quote, context, approved=approved)


def fits_unasked(quote: Quote, context: RunContext, *, approved: Money) -> bool:
    """Whether this quote may be approved unasked where so much is `approved`; what is free may always."""
    return quote.ceiling == ZERO or quote.ceiling <= left_unasked(context, approved=approved)


def left_unasked(context: RunContext, *, approved: Money) -> Money:
    """How much more may be approved unasked: of the whole production, whoever approved what there is."""
    return max(Money.usd(context.auto_approve_usd) - approved, ZERO)
