"""How two writes to one channel become one value. Plain JSON in, plain JSON out."""

from typing import Any


def merge_by_key(kept: dict[str, Any] | None, written: dict[str, Any] | None) -> dict[str, Any]:
    """Results are keyed by shot: a later write replaces that key and leaves the others alone."""
    return {**(kept or {}), **(written or {})}
