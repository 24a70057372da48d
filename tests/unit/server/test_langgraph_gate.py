"""What LangGraph does with a checkpoint whose run is cancelled in the very moment in which it would be put.

With `max_concurrency`, which we always set, it makes the coroutine first and then a task that waits at a gate
for it. A cancellation that comes before the task's first step ends the task alone, and Python says of the
coroutine that it was never awaited, whenever it is collected. Nothing is lost that a cancelled run would have
kept: the step is run again. pyproject.toml ignores that one warning; when this test fails, LangGraph closes
its coroutine, and the line can go.
"""

import asyncio
import gc

import pytest
from langgraph.pregel._executor import gated


async def put() -> None:
    """Stands for the checkpoint."""


def forget(tasks: "list[asyncio.Task[None]]") -> None:
    tasks.clear()
    gc.collect()


async def test_a_put_that_is_cancelled_before_its_first_step_is_never_awaited() -> None:
    tasks = [asyncio.create_task(gated(asyncio.Semaphore(1), put()))]
    tasks[0].cancel()
    await asyncio.wait(tasks)
    assert tasks[0].cancelled()
    with pytest.warns(RuntimeWarning, match="coroutine 'put' was never awaited"):
        forget(tasks)


async def test_one_that_has_begun_is_closed_with_its_task() -> None:
    held = asyncio.Event()
    task = asyncio.create_task(gated(asyncio.Semaphore(1), held.wait()))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
