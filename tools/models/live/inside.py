"""Failures that a vendor tells inside an answer of 200: LangChain raises them as bare `ValueError`s."""

import re
from collections.abc import Mapping
from typing import Any

RESPONSE_ERROR = re.compile(r"ResponseError\(code='(\w+)', message=(['\"])(.*?)\2, ", re.S)
CODE_AND_WORDS = re.compile(r"([a-z]+_[a-z_]+): (.+)", re.S)


class ToldInside(Exception):
    """What the vendor said instead of an answer, or in the middle of one."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def told_inside(error: ValueError, *, begun: bool) -> ToldInside | None:
    """What the vendor told; None where it did not and the mistake is ours. `begun`: an answer was coming."""
    if type(error) is not ValueError:
        return None
    said: Any = error.args[0] if error.args else ""
    if isinstance(said, str):
        return _in_words(said, begun=begun)
    told = said if isinstance(said, Mapping) else getattr(said, "__dict__", {})
    return ToldInside(str(told.get("code") or told.get("type") or ""), str(told.get("message") or ""))


def _in_words(said: str, *, begun: bool) -> ToldInside | None:
    if found := RESPONSE_ERROR.match(said):
        return ToldInside(found[1], found[3])
    if found := CODE_AND_WORDS.match(said):
        return ToldInside(found[1], found[2])
    return ToldInside("", said) if begun else None
