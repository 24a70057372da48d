"""How long a provider asks to be left alone: by a header, or in its own words."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

WAIT = re.compile(r"(?:try again|retry|resets?) (?:in|after) ~?(\d+(?:\.\d+)?)\s*(ms|s|m)?", re.I)
UNIT_S = {"ms": 0.001, "s": 1.0, "m": 60.0, "": 1.0}
A_YEAR_S = 366 * 86400.0
"""Nobody waits longer, and no date lies beyond."""


def header_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds by `retry-after-ms`, then by `retry-after`, a number or an HTTP date; None without either."""
    if (in_ms := number(headers.get("retry-after-ms"))) is not None:
        return in_ms / 1000
    told = headers.get("retry-after")
    if told is None or (seconds := number(told)) is not None:
        return None if told is None else seconds
    try:
        return max(0.0, (parsedate_to_datetime(told) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def spoken_wait(words: str) -> float | None:
    """Seconds by a sentence such as "Your rate limit resets in ~30s"."""
    found = WAIT.search(words)
    return float(found.group(1)) * UNIT_S[(found.group(2) or "").lower()] if found else None


def number(text: str | None) -> float | None:
    """A number of nothing but figures, or None."""
    return float(text) if text is not None and re.fullmatch(r"\d+(\.\d+)?", text.strip()) else None
