"""Several orders at once: want of money or a word lets the others finish; other errors come as themselves."""

import asyncio

import pytest

from nodes.parallel import in_parallel
from state.errors import (
    BreakerOpen,
    BudgetExceeded,
    GreenlightError,
    LeaseLost,
    OrderParked,
    ProviderBusy,
    ProviderError,
)


async def test_results_come_in_the_order_of_the_items() -> None:
    async def slow(number: int) -> int:
        for _ in range(5 - number):
            await asyncio.sleep(0)
        return number

    assert await in_parallel(range(5), slow, at_once=2) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("reason", [BudgetExceeded, OrderParked])
async def test_without_money_or_a_person_for_one_the_others_are_done(reason: type[GreenlightError]) -> None:
    done: list[int] = []

    async def buy(number: int) -> None:
        if number == 0:
            raise reason
        await asyncio.sleep(0)
        done.append(number)

    with pytest.raises(reason):
        await in_parallel(range(4), buy, at_once=2)
    assert done == [1, 2, 3]


@pytest.mark.parametrize("error", [ProviderBusy, BreakerOpen])
async def test_a_provider_that_takes_none_for_now_does_not_stop_the_others(
    error: type[ProviderError],
) -> None:
    done: list[int] = []

    async def buy(number: int) -> None:
        if number == 0:
            raise error
        await asyncio.sleep(0)
        done.append(number)

    with pytest.raises(error):
        await in_parallel(range(4), buy, at_once=2)
    assert done == [1, 2, 3]


async def test_another_error_arrives_as_itself_and_stops_the_others() -> None:
    """Whoever drives a run stops at a lost lease; a group with one in it would be an unknown failure."""
    done: list[int] = []

    async def work(number: int) -> None:
        if number == 0:
            raise LeaseLost
        await asyncio.Event().wait()
        done.append(number)

    with pytest.raises(LeaseLost):
        await in_parallel(range(3), work, at_once=3)
    assert done == []
