"""A production's failure in the words of the terminal: code, message, who was asked, charge, what to do."""

from collections.abc import Mapping
from typing import Any

from server import ways
from server.cli.seen import seen

NOTHING = "0.00"
AMOUNTS = "billed_usd", "unknown_usd"


def trouble_lines(
    error: dict[str, Any], production_id: str, context: Mapping[str, Any] | None = None
) -> list[str]:
    """One line each, fit for a terminal; a line that there is nothing for is left out."""
    models = (context or {}).get("text_models") or {}
    said = f"{error.get('code') or 'internal'}: {error.get('message') or 'it stopped by a failure'}"
    does = str(error.get("user_action") or "")
    lines = said, asked_line(error), does, ways.commands(error, production_id, models)
    return [seen(line) for line in lines if line]


def asked_line(error: dict[str, Any]) -> str:
    """`asked: gpt-5 at openai; charged: $0.00, and perhaps $0.13 of unknown price`, as far as it is known.

    `nobody was asked: gpt-5 at openai` where no request was on its way. What others were charged for the same
    question before is told as that.
    """
    who = " at ".join(str(error[name]) for name in ("model", "provider") if error.get(name))
    told = error.get("charged")
    charged = told if isinstance(told, dict) else {}
    others = error.get("asked") is False and any(charged.get(name, NOTHING) != NOTHING for name in AMOUNTS)
    word = "not asked" if others else "nobody was asked" if error.get("asked") is False else "asked"
    so_far = " for this question so far" if others else ""
    cost = f"charged{so_far}: ${charged.get('billed_usd', NOTHING)}" if charged else ""
    if charged.get("unknown_usd", NOTHING) != NOTHING:
        cost += f", and perhaps ${charged['unknown_usd']} of unknown price"
    return "; ".join(part for part in (f"{word}: {who}" if who else "", cost) if part)
