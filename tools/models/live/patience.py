"""How long an answer of a model may take, and how often it is asked for."""

from dataclasses import dataclass

from tools.resilience.retry import Backoff

LONGEST_PAUSE_S = 60.0
"""A vendor that asks for longer is not waited for: the next model answers, or the run pauses."""


@dataclass(frozen=True, kw_only=True)
class Patience:
    """The figures of one role. Pauses double exactly, as the mission gives them."""

    timeout_s: float = 120.0
    """For one whole answer."""
    tries: int = 3
    first_s: float = 1.0

    @property
    def backoff(self) -> Backoff:
        """The pauses between tries."""
        return Backoff(
            tries=self.tries, first_s=self.first_s, longest_s=LONGEST_PAUSE_S,
            longest_asked_s=LONGEST_PAUSE_S, jitter=lambda: 1.0,
        )  # fmt: skip
