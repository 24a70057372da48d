"""What a task says while it works is in the log before what it wrote is stored.

A successor works out from checkpoints and writes what a killed worker left untold, but not what a node said
by the way: with its writes stored the node is over, and says it no more. So the writes wait for the words.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

log = logging.getLogger(__name__)
WORDS = frozenset({"messages", "custom"})
"""What nodes say while they work; it is in no checkpoint."""
NO_TASK = "00000000-0000-0000-0000-000000000000"
"""The id under which langgraph stores what no task wrote: answers and changes by hand."""
START = ", __start__"
"""How the path of the task ends that takes the input in; langgraph's stream does not tell of it."""
LOOK_S = 1.0
MOST_LOOKS = 2
"""So often in a row nothing may be heard while a write waits: the stream tells of a task right after it has
sent the write, unless its reader is held up."""


class Words:
    """Of one drive: the stream says which tasks are over, the saver asks whether their words are kept."""

    def __init__(self, keep: Callable[[], Awaitable[None]]) -> None:
        self._keep = keep
        """Waits until everything that was said up to now is in the log."""
        self._over: set[str] = set()
        self._news = asyncio.Event()
        self._heard = 0
        self._busy = False
        self._closed = False

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """Around what is done with one chunk of the stream: the next ones wait for it."""
        self._busy = True
        try:
            yield
        finally:
            self._busy, self._heard = False, self._heard + 1

    def over(self, task_id: str) -> None:
        """The stream told of a task's end, and so of everything that the task has said."""
        self._over.add(task_id)
        self._news.set()

    async def kept(self, task_id: str, task_path: str) -> None:
        """Wait until what this task said is in the log; called before its writes are stored.

        Raises:
            CancelledError: nobody will hear what it said, so it has to be done again.
            DatabaseDown, LeaseLost: its words could not be written.
        """
        if task_id == NO_TASK or task_path.endswith(START):
            return
        await self._until_over(task_id)
        self._over.discard(task_id)
        await self._keep()

    async def _until_over(self, task_id: str) -> None:
        looks = 0
        while task_id not in self._over:
            if self._closed:
                raise asyncio.CancelledError
            heard = self._heard
            if await self._news_in_time():
                continue
            # Nor is it silence when this process was held up, and its reader with it.
            looks = 0 if self._busy or self._heard != heard else looks + 1
            if looks == MOST_LOOKS:
                log.warning("the end of task %s was not told; its writes are stored all the same", task_id)
                return

    async def _news_in_time(self) -> bool:
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                return await self._news.wait()
        return False

    def close(self) -> None:
        """Nobody reads the stream any more."""
        self._closed = True
        self._news.set()
