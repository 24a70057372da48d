"""A limit on how long a whole answer may take, on a clock that is handed in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tools.clock import Clock
from tools.ending import end_tasks

WATCH = "time limit"
"""The name of the task that waits until the time is over."""


@asynccontextmanager
async def at_most(seconds: float, *, clock: Clock) -> AsyncIterator[asyncio.Timeout]:
    """Stop what is done inside after so many seconds.

    Raises:
        TimeoutError: they are over.
    """
    async with asyncio.timeout(None) as scope:
        watch = asyncio.create_task(expire(scope, seconds, clock), name=WATCH)
        try:
            yield scope
        finally:
            await end_tasks([watch])


async def expire(scope: asyncio.Timeout, seconds: float, clock: Clock) -> None:
    """End a scope after so many seconds."""
    await clock.sleep(seconds)
    scope.reschedule(asyncio.get_running_loop().time())
