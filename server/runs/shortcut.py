"""From the door to a free slot of the same process, past the queue.

Two ways lead there. On the shorter one the door accepts on the slot's own connection, in the very statement
that claims the production: nobody else ever sees the run without a lease, so it needs no job, and a process
that dies leaves a lease that runs out. On the other one the queue's job stays the truth for everybody else:
a slot that takes it takes the job in the statement that claims the production, so it is rung for once,
whoever comes first, and a process that dies in between leaves either the job or a lease that runs out.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow

Accept = Callable[[AsyncConnection[DictRow], dict[str, Any]], Awaitable[DictRow | None]]
"""Accepts and claims under this owner and time to live: the run's row with the claim's facts, or None."""


class Shortcut:
    """Of one process: the door says what it is about to accept, the worker whether it has a slot for it."""

    def __init__(self) -> None:
        self.seat: Callable[[str, Accept], Awaitable[DictRow | None]] | None = None
        """Has this accepted on a free slot and drives it; None when no slot is free. None: no worker here."""
        self.drive: Callable[[str, int], bool] | None = None
        """Drives a production whose job this is; False when no slot is free. None: no worker here."""
        self.ring: Callable[[], None] | None = None
        """Makes the worker look into the queue."""
        self._expected: set[int] = set()

    async def begin(self, production_id: str, accept: Accept) -> DictRow | None:
        """The row of a run that a slot drives already; None when it has to go by the queue."""
        return None if self.seat is None else await self.seat(production_id, accept)

    def expect(self, job: int) -> None:
        """This job is about to be committed and will be offered; its notification wakes nobody here."""
        if self.drive is not None:
            self._expected.add(job)

    def forget(self, job: int | None) -> None:
        """Nobody offers it: its transaction failed, or so it seemed to whoever was cut off."""
        if job in self._expected:
            self._expected.discard(job)
        elif job is not None and self.ring is not None:  # it was heard of: somebody has to look
            self.ring()

    def heard(self, job: int) -> bool:
        """Whether a notification is about a job that goes, or went, the short way."""
        known = job in self._expected
        self._expected.discard(job)
        return known

    def offer(self, production_id: str, job: int) -> None:
        """Let the process's own worker drive what was just accepted; the queue, if it has no slot for it."""
        if self.drive is not None and not self.drive(production_id, job) and self.ring is not None:
            self._expected.discard(job)
            self.ring()

    def begin_anew(self) -> None:
        """Notifications were lost meanwhile: none of those that are expected need come any more."""
        self._expected.clear()
