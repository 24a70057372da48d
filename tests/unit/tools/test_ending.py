"""Tasks that overhear a cancellation end all the same."""

import asyncio

from tools.ending import end_tasks


async def deaf(times: int) -> None:
    """Overhears its cancellation so many times, as `wait_for` in Python 3.11 can make it."""
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if times == 0:
                raise
            times -= 1


async def test_a_task_that_overhears_its_cancellation_is_cancelled_again():
    task = asyncio.create_task(deaf(2))
    await asyncio.wait([task], timeout=0)
    async with asyncio.timeout(10):
        await end_tasks([task])
    assert task.cancelled()


async def test_one_cancellation_would_not_have_been_enough():
    """The control: cancelling once leaves it running."""
    task = asyncio.create_task(deaf(1))
    await asyncio.wait([task], timeout=0)
    task.cancel()
    await asyncio.wait([task], timeout=0.05)
    assert not task.done()
    await end_tasks([task])


async def test_what_a_task_raises_is_not_ours():
    async def fails() -> None:
        raise ValueError("already failing")

    task = asyncio.create_task(fails())
    await end_tasks([task, None])
    assert task.done()
