"""Ending background tasks for certain.

A cancellation can get lost: when what a task waits for arrives in the same moment,
`asyncio.wait_for` of Python 3.11 returns it and forgets that it was cancelled, and so
does every library that waits with it. Whoever then waits for the task waits for ever.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

AGAIN_S = 0.2


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
