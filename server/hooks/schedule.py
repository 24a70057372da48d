"""When a message that was not taken is sent again, and when an endpoint is left alone."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MINUTE, HOUR = 60.0, 3600.0
RETRIES_S = (5.0, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR)
"""As Standard Webhooks recommends: the longest wait before each retry."""
LONGEST_WAIT_S = 24 * HOUR
"""However long an endpoint asks for."""
REST_AFTER = 3
"""Failures in a row after which an endpoint rests, and one message at a time tries it."""
SHORTEST_REST_S, LONGEST_REST_S = 30.0, 15 * MINUTE
GIVES_UP_AFTER = timedelta(days=5)
Spread = Callable[[float, float], float]
"""A number between two, as `random.uniform`."""


def retry_in(step: int, asked_s: float | None = None, *, spread: Spread = random.uniform) -> float | None:
    """Seconds until the next try after this many; None after the last one. Full jitter.

    What the receiver asks for in `Retry-After` is the least, up to a day.
    """
    if step >= len(RETRIES_S):
        return None
    return max(spread(0.0, RETRIES_S[step]), min(asked_s or 0.0, LONGEST_WAIT_S))


def rest_for(failures: int, asked_s: float | None = None, *, spread: Spread = random.uniform) -> float:
    """Seconds for which nothing is sent to an endpoint that has failed so often in a row; 0 at first."""
    asked = min(asked_s or 0.0, LONGEST_WAIT_S)
    if failures < REST_AFTER:
        return asked
    most = min(SHORTEST_REST_S * 2.0 ** min(failures - REST_AFTER, 10), LONGEST_REST_S)
    return max(spread(most / 2, most), asked)


def read_retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds or a date, as HTTP allows both; None for what is neither or past."""
    if not text:
        return None
    if text.strip().isdecimal():
        return min(float(text.strip()[:9]), LONGEST_WAIT_S) or None
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    seconds = (until - now).total_seconds()
    return min(seconds, LONGEST_WAIT_S) if seconds > 0 else None
