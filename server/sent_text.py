"""Text as it was sent, made fit to be kept (S3-37): trimmed, and without control characters.

Newlines and tabs stay, because a script, a note or a description has lines; whatever else breaks a line
becomes a newline. A title is one line.
"""

import math
import re
from typing import Any

DEPTH_LIMIT = 24
BREAKS = re.compile("\r\n|[\r\v\f\x85]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
HALVES = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text without what nobody can see and no database can hold.

    Raises:
        ValueError: half a character, of which nobody knows what it was to be.
    """
    if HALVES.search(text):
        raise ValueError("holds half a surrogate pair, which is no character")
    return CONTROLS.sub("", BREAKS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """A clean text whose lines and tabs have become spaces: a title, a name."""
    return " ".join(clean_text(text).split())


def clean(value: Any, place: tuple[str, ...] = ()) -> Any:
    """A JSON value with every text in it clean.

    Raises:
        ValueError: names where it holds what can neither be kept nor mended: a name with control
            characters, half a character, a number that is none, nesting without end.
    """
    if len(place) > DEPTH_LIMIT:
        raise ValueError(f"{place[0]}: is nested deeper than {DEPTH_LIMIT} levels")
    if isinstance(value, dict):
        return {_name(key, place): clean(item, (*place, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [clean(item, (*place, str(n))) for n, item in enumerate(value)]
    try:
        return _clean_one(value)
    except ValueError as exc:
        raise ValueError(f"{'.'.join(place)}: {exc}") from exc


def _clean_one(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("is NaN or Infinity, which are no numbers in JSON")
    return clean_text(value) if isinstance(value, str) else value


def _name(key: str, place: tuple[str, ...]) -> str:
    """Names are not mended: two of them could become one."""
    if UNSEEN.search(key):
        raise ValueError(f"{'.'.join(place) or 'body'}: holds a name with characters that nobody can see")
    return key


def check_storable(value: Any, depth: int = 0) -> None:
    """Refuse, instead of mending, what no database column or JSON answer can hold.

    Raises:
        ValueError: a NUL, half a character, or nesting without end.
    """
    if depth > DEPTH_LIMIT:
        raise ValueError(f"is nested deeper than {DEPTH_LIMIT} levels")
    if isinstance(value, str) and ("\x00" in value or HALVES.search(value)):
        raise ValueError("holds a character that cannot be stored (NUL or half a surrogate pair)")
    if isinstance(value, dict):
        for key, item in value.items():
            check_storable(key, depth + 1)
            check_storable(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            check_storable(item, depth + 1)
