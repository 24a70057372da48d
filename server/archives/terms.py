"""What the context of an archive may say here: nothing about what this place spends without asking."""

from collections.abc import Mapping
from typing import Any

from server.briefs import KNOBS, read_context
from state.context import RunContext
from state.cost import Money
from state.errors import BriefError

USUAL = RunContext()
UNASKED = ("preproduction_usd", "review", "auto_approve_usd")
"""What lets something be bought that nobody is asked about."""
CAPPED = ("ceiling_usd", "text_allowance_usd")
MOST = Money.usd(USUAL.ceiling_usd)
"""The ceiling of an import, unless its own is lower; its owner raises it here."""


def readable(context: Mapping[str, Any]) -> dict[str, Any]:
    """The knobs that a context says, as they are spelled here.

    Raises:
        ValueError: a knob that there is not, or a value that it cannot have; the knob is named.
    """
    said = {name: value for name, value in context.items() if name != "user_id"}
    try:
        read = read_context(said, user_id=USUAL.user_id)
    except BriefError as exc:
        raise ValueError(exc.message) from exc
    return {name: read[name] for name in KNOBS if name in said}


def terms_here(context: Mapping[str, Any]) -> dict[str, Any]:
    """What holds here instead of what the context says: it asks, and spends no more than is usual here.

    Nobody here approved what it allows. What it says of less stays.
    """
    said = readable(context)
    held = said | {name: getattr(USUAL, name) for name in UNASKED}
    for name in CAPPED:
        if name in said and Money.usd(said[name]) > Money.usd(getattr(USUAL, name)):
            held[name] = getattr(USUAL, name)
    return {name: held[name] for name in said if held[name] != context[name]}


def as_it_ran(context: Mapping[str, Any]) -> dict[str, Any]:
    """What a replay of its runs needs of that again: it buys nothing, and is to go the way that they went."""
    if context.get("review", USUAL.review) == USUAL.review:
        return {}
    return {name: context[name] for name in ("review", "auto_approve_usd") if name in context}
