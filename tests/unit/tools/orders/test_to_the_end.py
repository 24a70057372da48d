"""What must not be lost is finished, whoever stops waiting for it."""

import asyncio
import gc
from typing import Any

import pytest

from state.errors import LeaseLost
from tools.orders.desk import to_the_end


async def test_who_is_cancelled_twice_leaves_no_error_that_nobody_hears():
    unheard, answer = list[dict[str, Any]](), asyncio.Event()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))

    async def send() -> None:
        await answer.wait()
        raise LeaseLost

    caller = asyncio.create_task(to_the_end(send()))
    for _ in range(2):
        await asyncio.sleep(0)
        caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    answer.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()
    assert unheard == []
