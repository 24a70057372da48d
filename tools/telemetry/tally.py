"""What one drive of a run has been billed so far: raised where it is booked, read where the drive ends."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Tally:
    """Micro-dollars, and the orders that ended."""

    billed_micros: int = 0
    orders: int = 0


current_tally: ContextVar[Tally | None] = ContextVar("current_tally", default=None)
"""Set by whoever drives a run; tasks that begin inside it share it."""
