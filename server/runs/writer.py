"""Writes a drive's events in batches: the first almost at once, then a few every tenth of a second.

The first words of a message wait for no batch: people look at them.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

from server.runs.events import CancelWanted, Draft, Ending, EventLog
from server.runs.waiting import FirstWords, Waiting
from server.runs.words import WORDS
from tools.ending import end_tasks
from tools.faults import fault_point
from tools.orders.lease import Lease

FIRST_S = 0.01
LINGER_S = 0.04
LONGEST_S = 0.5
RESTS = 4
"""How many times as long as a write took the next one waits: small batches keep no busy database busy."""
MOST_WAITING = 2000


class EventWriter:
    """One per drive. Whoever puts events never waits, unless the database has fallen far behind."""

    def __init__(self, log: EventLog, lease: Lease, run_id: str, *, written: set[str]) -> None:
        self._log = log
        self._lease = lease
        self._run_id = run_id
        self._written = written
        """Ids that are in the log already: a run that is driven again repeats itself."""
        self._waiting = Waiting()
        self._first_words = FirstWords()
        self._news = asyncio.Event()
        self._stopping = asyncio.Event()
        self._taken = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._said = self._kept = 0
        """How many words there were, and how many of them are in the log."""
        self._hurry = asyncio.Event()
        self._advanced = asyncio.Event()
        self.stage: str | None = None

    def start(self) -> asyncio.Task[None]:
        """Write in the background; the task ends only with an error, LeaseLost above all."""
        self._pump = asyncio.create_task(self._run(), name="event writer")
        self._pump.add_done_callback(lambda _: self._advanced.set())
        return self._pump

    def put(self, drafts: Sequence[Draft]) -> None:
        """Queue events in order. Those that are in the log already are dropped."""
        for draft in drafts:
            if draft.event_id in self._written:
                continue
            self._written.add(draft.event_id)
            self._waiting.put(draft)
            self._said += draft.method in WORDS
            if self._first_words.are_in(draft):
                self._hurry.set()
        if self._waiting:
            self._news.set()

    @property
    def is_behind(self) -> bool:
        """Whether far too many events are waiting."""
        return len(self._waiting) > MOST_WAITING

    async def caught_up(self) -> None:
        """Wait until they have been taken."""
        self._taken.clear()
        await self._taken.wait()

    async def keep_words(self) -> None:
        """Wait until everything that was said by now is in the log, and have it written at once.

        Raises:
            DatabaseDown, LeaseLost: it could not be written.
        """
        said = self._said
        while self._kept < said and self._pump is not None:
            if self._pump.done():
                return self._pump.result()
            self._advanced.clear()
            self._hurry.set()
            await self._advanced.wait()

    async def finish(self, drafts: Sequence[Draft], ending: Ending) -> int:
        """Stop the background writing, then write everything that is left with the run's end."""
        await self.stop()
        self.put(drafts)
        batch = await self._take()
        try:
            return await self._log.finish(self._lease, self._run_id, batch, ending, stage=self.stage)
        except CancelWanted:
            self._written.difference_update(draft.event_id for draft in batch)
            self.put([draft for draft in batch if not _pauses(draft)])
            raise

    async def flush(self) -> None:
        """Stop the background writing and write what is left."""
        await self.stop()
        if self._waiting:
            await self._append()

    async def abandon(self) -> None:
        """Write nothing more: the drive ended by an error, and the next one writes what is missing."""
        pump, self._pump = self._pump, None
        await end_tasks([pump])

    async def stop(self) -> None:
        """Stop the background writing between two batches, never inside one."""
        if self._pump is None:
            return
        pump, self._pump = self._pump, None
        self._stopping.set()
        self._hurry.set()
        self._news.set()
        await pump

    async def _run(self) -> None:
        await self._news.wait()
        await self._pause(FIRST_S)  # a run that is over so soon is told in one statement
        while True:
            await self._news.wait()
            if self._stopping.is_set():
                return
            began = time.monotonic()
            await self._append()
            await self._pause(pause_after(time.monotonic() - began))

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurry.wait()
        if not self._stopping.is_set():
            self._hurry.clear()

    async def _append(self) -> None:
        said = self._said
        batch = await self._take()
        await self._log.append(self._lease, self._run_id, batch, stage=self.stage)
        self._kept = said
        self._advanced.set()

    async def _take(self) -> list[Draft]:
        batch = self._waiting.take()
        self._news.clear()  # before anything is waited for: what comes meanwhile, and a stop, are news
        self._taken.set()
        for draft in batch:
            if draft.method == "checkpoints":
                await fault_point("between_checkpoint_and_event")
        return batch


def _pauses(draft: Draft) -> bool:
    """Whether this is told only when a run pauses: its questions, and that it waits for their answers."""
    return draft.method == "input.requested" or (
        draft.method == "lifecycle" and not draft.namespace and draft.payload["event"] == "interrupted"
    )


def pause_after(took_s: float) -> float:
    """How long to collect events after a write that took so long."""
    return min(max(LINGER_S, RESTS * took_s), LONGEST_S)
