"""What a model sends, as scripts, captions and the database can hold it."""

import math
from collections.abc import Mapping
from typing import Any

MOST_DEEP = 40
"""Answers are some ten levels deep; what lies deeper than this is nothing that was asked for."""


def holdable(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer without control characters, halves of letters, and numbers that are none."""
    return {_written(str(key)): _held(one, 1) for key, one in answer.items()}


def _held(value: object, deep: int) -> object:
    if isinstance(value, str):
        return _written(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if deep > MOST_DEEP:
        return None
    if isinstance(value, Mapping):
        return {_written(str(key)): _held(one, deep + 1) for key, one in value.items()}
    return [_held(one, deep + 1) for one in value] if isinstance(value, list | tuple) else value


def _written(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(char for char in text if char in "\n\t\r" or not _is_odd(ord(char)))


def _is_odd(code: int) -> bool:
    return code < 32 or 127 <= code < 160 or 0xD800 <= code < 0xE000
