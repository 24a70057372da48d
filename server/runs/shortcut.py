"""From the door to a free slot of the same process, past the queue.

The queue's job stays the truth for everybody else: a slot that takes the short way takes the job in the
very statement that claims the production, so it is rung for once, whoever comes first, and a process that
dies in between leaves either the job or a lease that runs out.
"""

from collections.abc import Callable


class Shortcut:
    """Of one process: the door says what it is about to accept, the worker whether it has a slot for it."""

    def __init__(self) -> None:
        self.drive: Callable[[str, int], bool] | None = None
        """Drives a production whose job this is; False when no slot is free. None: no worker here."""
        self.ring: Callable[[], None] | None = None
        """Makes the worker look into the queue."""
        self._expected: set[int] = set()

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
