"""What of a client's own entries may be kept: no keys, whoever's they are.

Rows, checkpoints, archives and traces hold what a run was asked with, and everybody who may see a thread
may read it. `configurable` and `context` are passed over where they are no knob of ours, so an entry that
looks like a key is dropped there, as clients send them to servers of all kinds. `metadata` comes back as it
was sent, so there it is refused, and nothing is lost unseen.
"""

import re
from typing import Annotated, Any

from pydantic import AfterValidator

from tools.redaction import holds_key

NAMES = re.compile(
    r"(api[-_]?keys?|passw(or)?d|authorization|private[-_]?key|(client|api|app|signing|webhook)[-_]?secret"
    r"|(access|refresh|bearer|auth|api|id|session)[-_]?token|(^|[-_])(token|cookies?|credentials?))$",
    re.IGNORECASE,
)
"""Narrower than what the log hides: a story has secrets, and a project may have a `sort_key`."""


def without_keys(sent: dict[str, Any]) -> dict[str, Any]:
    """The entries without those that hold a key, at any depth."""
    kept = {name: item for name, item in sent.items() if not _is_key(name, item)}
    return {name: _inner(item) for name, item in kept.items()}


def refuse_keys(sent: dict[str, Any]) -> dict[str, Any]:
    """The entries as they are.

    Raises:
        ValueError: names the entry that holds a key.
    """
    if (place := _find(sent, "")) is not None:
        raise ValueError(
            f"`{place}` looks like a key or a password; metadata is kept and shown, so leave it out"
        )
    return sent


Knobs = Annotated[dict[str, Any], AfterValidator(without_keys)]
Told = Annotated[dict[str, Any], AfterValidator(refuse_keys)]


def _is_key(name: str, item: Any) -> bool:
    if isinstance(item, str) and holds_key(item):
        return True
    return bool(item) and isinstance(item, str | dict | list) and NAMES.search(name) is not None


def _inner(item: Any) -> Any:
    if isinstance(item, dict):
        return without_keys(item)
    if isinstance(item, list):
        return [_inner(one) for one in item if not (isinstance(one, str) and holds_key(one))]
    return item


def _find(item: Any, place: str) -> str | None:
    """Where the first key is."""
    if not isinstance(item, dict | list):
        return None
    entries = item.items() if isinstance(item, dict) else ((str(n), one) for n, one in enumerate(item))
    for name, one in entries:
        inner = f"{place}.{name}" if place else name
        if _is_key(name, one):
            return inner
        if (found := _find(one, inner)) is not None:
            return found
    return None
