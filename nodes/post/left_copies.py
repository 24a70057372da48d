"""A larger copy that is not made: the film has the take as it is, and people are told why and what to do."""

from typing import NamedTuple

from langgraph.runtime import Runtime

from nodes.parallel import NOT_AS_APPROVED
from nodes.reporting import production_id, report
from state.context import RunContext
from state.errors import (
    BreakerOpen,
    GreenlightError,
    ProviderBusy,
    SpendingBlocked,
)
from state.order import Order, Ticket
from state.take import Take
from tools.orders.failures import failure_of
from tools.registry import Toolbox

NOT_NOW = (SpendingBlocked, ProviderBusy, BreakerOpen)
"""Passes without another order, but a film that is ready does not wait for it."""
HOW_LATER = (
    "For it later, fork the production at its last review: what is made is taken over, the rest quoted."
)


class Left(NamedTuple):
    """Why there is no larger copy."""

    why: str
    later: bool = False
    """Whether it can be had once somebody does something about it."""


NOT_MADE_THEN = Left("it was not made then")
"""In a replay of a film that was delivered without."""


async def left_copy(
    error: GreenlightError, source: Order | Ticket, tools: Toolbox, runtime: Runtime[RunContext]
) -> Left:
    """What stands against a copy; nothing of its order is on its way, and nothing is held for it.

    Raises:
        GreenlightError: the error itself, where a job is or may be there, or it is no outcome of an order.
    """
    if isinstance(error, NOT_AS_APPROVED):
        return Left("nobody approved its price", later=True)
    # A branch has an order of its own for what its parent still waits for.
    own_key = f"{production_id(runtime)}:{source.call_key.partition(':')[2]}"
    if isinstance(error, NOT_NOW) and not error.job_waits and await tools.orders.leave(own_key):
        return Left(error.message, later=True)
    return Left(failure_of(error, source).message)


def as_it_is(item: str, take: Take, left: Left, runtime: Runtime[RunContext]) -> Take:
    """The take with the reason, which is told: the cut has it in the size in which it was filmed."""
    why = left.why.rstrip(".")
    text = f"{item} is not made larger ({why}); the film has it as it is."
    report(runtime, "warning", text=f"{text} {HOW_LATER}" if left.later else text)
    return take.model_copy(update={"upscaling": None, "not_upscaled": why})
