"""A request as the ledger keeps it: canonical JSON, its digest, and what differs between two."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

WEBHOOK_FIELDS = frozenset({"webhook", "webhook_url", "webhook_token", "webhook_events_filter"})
"""Where an answer is sent does not change what is bought, and a fork's differs."""


def request_hash(request: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, webhook address and token left out."""
    text = json.dumps(
        _without_webhook(request), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def changed_fields(frozen: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    """Paths of the fields that differ, such as `staging.people.0.gesture`."""
    return sorted(_differences(_without_webhook(frozen), _without_webhook(asked), ""))


def storable(value: Any) -> Any:
    """The same JSON without what Postgres cannot hold: NUL, and halves of characters.

    Models do answer with such text, and an answer that cannot be stored would be bought again.
    """
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {storable(key): storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    return value


def _without_webhook(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_webhook(each) for key, each in value.items() if key not in WEBHOOK_FIELDS}
    if isinstance(value, list | tuple):
        return [_without_webhook(each) for each in value]
    return value


def _differences(left: Any, right: Any, path: str) -> Iterator[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        for key in left.keys() | right.keys():
            yield from _differences(left.get(key), right.get(key), f"{path}.{key}" if path else key)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from _differences(one, other, f"{path}.{index}")
    elif left != right:
        yield path
