"""How every gate asks: one interrupt, the reply's schema sent along, `auto` approving what was planned."""

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from state.context import RunContext
from state.cost import Money
from state.review import ReviewReply, ReviewRequest


def ask(request: ReviewRequest, runtime: Runtime[RunContext], *, whole: bool = True) -> ReviewReply:
    """Stop until a person has answered. With `review: auto` nobody is asked and the plan is approved.

    A quote above what the context approves unasked is a person's to approve. What is not `whole` was not
    planned so: only a person says what becomes of it, else a shot that keeps failing would be tried for ever.
    """
    if runtime.context.review == "auto" and whole and _may_pass(request, runtime.context):
        quote_id = request.quote.quote_id if request.quote else None
        return ReviewReply(approve_all=True, quote_id=quote_id)
    reply = interrupt(request.model_dump(mode="json"), response_schema=ReviewReply)
    return ReviewReply.model_validate(reply)


def _may_pass(request: ReviewRequest, context: RunContext) -> bool:
    """Whether somebody said beforehand that so much may be approved."""
    return request.quote is None or request.quote.ceiling <= Money.usd(context.auto_approve_usd)
