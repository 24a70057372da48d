"""What is locked: shots whose panel, take and lines stay as they are, whatever is made again around them."""

from collections.abc import Collection, Mapping
from typing import Any

from state.order import cause_in

STAGES = {"panels": "storyboard", "takes": "take", "voices": "voice"}
"""The channels of what is locked, and the stages of their orders."""


def pinned(values: Mapping[str, Any], locked: Collection[str]) -> dict[str, str]:
    """The causes that keep what a state holds of locked shots current, whatever else is caused anew.

    `values` are a film's channels as they are stored. A panel that a person brought needs none.
    """
    pins: dict[str, str] = {}
    for channel, stage in STAGES.items():
        for item, made in (values.get(channel) or {}).items():
            kept = isinstance(made, Mapping) and made.get("media") and not made.get("given")
            if kept and item.partition("/")[0] in locked:
                pins[f"{stage}/{item}"] = cause_in(str(made["call_key"]))
    return pins


def locked_in(*contexts: Mapping[str, Any]) -> list[str]:
    """The shots that any of these contexts locks: no run takes a lock away for itself."""
    named = (one for context in contexts for one in context.get("locked") or [] if isinstance(one, str))
    return sorted(set(named))
