"""The one place that tries again. Only the kind of a failure decides, never its class."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from state.errors import BreakerOpen, ProviderError
from state.order import FailureKind
from tools.clock import Clock

T = TypeVar("T")
NO_JOB_YET: frozenset[str] = frozenset[FailureKind]({"not_sent", "throttled"})
"""Kinds after which a paid request may be sent again: the provider has no job."""
READ_AGAIN: frozenset[str] = frozenset[FailureKind]({"not_sent", "throttled", "ambiguous"})
"""Kinds after which a request that only reads may be sent again."""


@dataclass(frozen=True, kw_only=True)
class Backoff:
    """How often and how long to wait: full jitter under a doubling bound, or what the provider asks for."""

    tries: int = 5
    first_s: float = 0.5
    longest_s: float = 30.0
    longest_asked_s: float = 60.0
    """A provider that asks for longer is not waited for: whoever called is told when to come back."""
    most_s: float = 120.0
    """So long all pauses of one call may take together."""
    jitter: Callable[[], float] = random.random

    def pause_s(self, failures: int, error: ProviderError) -> float:
        """Seconds to wait after so many failures; what the provider asked for counts first."""
        asked = error.details.get("retry_after_s")
        if isinstance(asked, int | float):
            return float(asked)
        bound: float = min(self.longest_s, self.first_s * 2 ** (failures - 1))
        return self.jitter() * bound

    def allows(self, pause_s: float, error: ProviderError, *, failures: int, waited_s: float) -> bool:
        """Whether another try is worth this pause."""
        patient = "retry_after_s" not in error.details or pause_s <= self.longest_asked_s
        return patient and failures < self.tries and waited_s + pause_s <= self.most_s


async def with_retries(
    call: Callable[[], Awaitable[T]], *, kinds: frozenset[str], backoff: Backoff, clock: Clock
) -> T:
    """Call until it works, fails with another kind, or the tries or the time for pauses are used up.

    Raises:
        ProviderError: the last failure. Where the provider said how long it will not answer, its `retry_at`
            and what to do say when that is over.
    """
    waited_s = 0.0
    for failures in count(1):
        try:
            return await call()
        except ProviderError as error:
            pause_s = backoff.pause_s(failures, error)
            again = backoff.allows(pause_s, error, failures=failures, waited_s=waited_s)
            # Nobody waits for a breaker: another engine can be had at once.
            if error.kind not in kinds or isinstance(error, BreakerOpen) or not again:
                _say_when(error, clock.now(), patience_s=backoff.longest_asked_s)
                raise
        waited_s += pause_s
        await clock.sleep(pause_s)
    raise AssertionError("the last try answers or raises")


def _say_when(error: ProviderError, now: datetime, *, patience_s: float) -> None:
    asked = error.details.get("retry_after_s")
    if not isinstance(asked, int | float):
        return
    when = now + timedelta(seconds=asked)
    error.details["retry_at"] = when.isoformat(timespec="seconds")
    if asked <= patience_s:
        return
    error.user_action = (
        f"Come back on {when:%Y-%m-%d} at {when:%H:%M:%S} UTC: until then {error.provider or 'the provider'}"
        " asks to be left alone. Another model can answer before that."
    )
