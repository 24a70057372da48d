"""Whether a talk about a production is paid for: by the tokens of its language model, or not at all."""

from collections.abc import Mapping
from typing import Any

from state.errors import ModelUnknown, PriceUnknown
from tools.ledger.pricing import text_entry
from tools.models.catalog import OFFLINE, text_card
from tools.models.choose import LIVE

ROLE = "fallback_handler"


def talk_costs(context: Mapping[str, Any]) -> bool:
    """Whether what answers in a talk, or what stands in for it, has a price in this run context."""
    chosen = (context.get("text_models") or {}).get(ROLE) or context.get("text_model") or OFFLINE
    stand_in = (context.get("text_fallbacks") or {}).get(ROLE) or OFFLINE
    return chosen != OFFLINE and (_is_priced(chosen) or _is_priced(stand_in))


def _is_priced(model: str) -> bool:
    if model in (OFFLINE, LIVE):
        return model == LIVE
    try:
        entry = text_entry(text_card(model).provider, model)
    except (ModelUnknown, PriceUnknown):  # nothing can be asked of it
        return False
    return entry.input + entry.output > 0
