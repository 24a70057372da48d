"""The one place that tries again. Only the kind of a failure decides, never its class."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from state.errors import ProviderError
from state.order import FailureKind
from tools.clock import Clock

T = TypeVar("T")
NO_JOB_YET: frozenset[str] = frozenset[FailureKind]({"not_sent", "throttled"})
"""Kinds after which a paid request may be sent again: the provider has no job."""
READ_AGAIN: frozenset[str] = frozenset[FailureKind]({"not_sent", "throttled", "ambiguous"})
"""Kinds after which a request that only reads may be sent again."""


@dataclass(frozen=True, kw_only=True)
class Backoff:
    """How often and how long to wait: full jitter under a doubling bound."""

    tries: int = 5
    first_s: float = 0.5
    longest_s: float = 30.0
    jitter: Callable[[], float] = random.random

    def pause_s(self, failures: int, error: ProviderError) -> float:
        """Seconds to wait after so many failures; what the provider asked for counts first."""
        asked = error.details.get("retry_after_s")
        if isinstance(asked, int | float):
            return float(asked)
        bound: float = min(self.longest_s, self.first_s * 2 ** (failures - 1))
        return self.jitter() * bound


async def with_retries(
    call: Callable[[], Awaitable[T]], *, kinds: frozenset[str], backoff: Backoff, clock: Clock
) -> T:
    """Call until it works, fails with another kind, or the tries are used up.

    Raises:
        ProviderError: the last failure.
    """
    for failures in range(1, backoff.tries):
        try:
            return await call()
        except ProviderError as error:
            if error.kind not in kinds:
                raise
            await clock.sleep(backoff.pause_s(failures, error))
    return await call()
