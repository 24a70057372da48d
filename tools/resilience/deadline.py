"""The instant after which a request must no longer be sent.

A process that was frozen between its intent and its request has lost the right to send:
somebody else may already be finding out what became of it. Only the process's own
monotonic clock knows that it was frozen, so it is asked right before sending.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from state.errors import DeadlinePassed
from tools.clock import Clock


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """Until when one request may leave, on one clock."""

    clock: Clock
    at: float

    @classmethod
    def after(cls, seconds: float, *, clock: Clock) -> "Deadline":
        """So many seconds from now."""
        return cls(clock=clock, at=clock.monotonic() + seconds)

    def remaining_s(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.at - self.clock.monotonic())

    def check(self) -> None:
        """Go on only in time.

        Raises:
            DeadlinePassed: it is too late to send.
        """
        if self.remaining_s() <= 0:
            raise DeadlinePassed()


current_deadline: ContextVar[Deadline | None] = ContextVar("current_deadline", default=None)
"""The deadline of the submit that is going on; an engine's `submit` runs inside it."""


def check_deadline() -> None:
    """For engines: call it after connecting and right before the bytes leave.

    Raises:
        DeadlinePassed: it is too late to send.
    """
    deadline = current_deadline.get()
    if deadline is not None:
        deadline.check()
