"""Ending background tasks for certain.

A cancellation can get lost: when what a task waits for arrives in the same moment,
`asyncio.wait_for` of Python 3.11 returns it and forgets that it was cancelled, and so
does every library that waits with it. Whoever then waits for the task waits for ever.
"""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

AGAIN_S = 0.2
TIDY_S = 5.0
"""How long work in a task of its own may take to close what it holds."""


async def end_tasks(tasks: Iterable["asyncio.Future[Any] | None"], *, again_s: float = AGAIN_S) -> None:
    """Cancel and wait until all have ended, cancelling again those that go on; what they raise is dropped.

    `again_s` is how long a task may take to end in order before it is cancelled once more.
    """
    left = {task for task in tasks if task is not None and not task.done()}
    while left:
        for task in left:
            task.cancel()
        done, left = await asyncio.wait(left, timeout=again_s)
        await asyncio.gather(*done, return_exceptions=True)


async def to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Await it whole, whoever cancels meanwhile; a cancellation is told afterwards."""
    task, cancelled = asyncio.create_task(work), None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as exc:
            cancelled = exc
    if cancelled is not None:
        raise cancelled
    task.result()


async def cancelled_once(work: Coroutine[Any, Any, None]) -> None:
    """Await it in a task of its own, which hears of the first cancellation alone.

    A second one would stop it in the middle of closing what it holds, as a deadline does that passes while
    somebody goes away: httpcore then leaves its connection open, and whoever writes into it goes on.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        await to_its_end(end_tasks([task], again_s=TIDY_S))
        raise
    task.result()
