"""What goes into the event log as JSON: plain data, no NaN, no NUL, no object that a browser cannot read."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

import orjson
from pydantic import BaseModel

OPTIONS = orjson.OPT_NON_STR_KEYS
NUL = "\\u0000"
REPLACEMENT = "\\ufffd"


def dump(payload: Any) -> str:
    """The payload as JSON text that Postgres and JavaScript both accept."""
    try:
        text = orjson.dumps(payload, default=plain, option=OPTIONS).decode()
    except TypeError:
        text = json.dumps(_walk(payload), ensure_ascii=True)
    return text.replace(NUL, REPLACEMENT) if NUL in text else text


def load(text: str | bytes) -> Any:
    return orjson.loads(text)


def plain(value: Any) -> Any:
    """One object as JSON data; what is unknown is shown by its text."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return str(value)


def _walk(value: Any) -> Any:
    """The slow way, for whole numbers beyond 64 bits and text that is not UTF-8."""
    if isinstance(value, Mapping):
        return {str(key): _walk(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_walk(item) for item in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return _walk(plain(value))
