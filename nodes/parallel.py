"""Several orders at once, but not too many."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from state.errors import (
    BreakerOpen,
    EnginesFailed,
    GreenlightError,
    NotApproved,
    OrderParked,
    ProviderBusy,
    QuoteChanged,
    SpendingBlocked,
    StandInProposed,
)

T = TypeVar("T")
R = TypeVar("R")
NOT_NOW = (SpendingBlocked, ProviderBusy, BreakerOpen, OrderParked, EnginesFailed, StandInProposed)
"""No money, nobody who takes the order for now, or a person has to say what became of it: that says nothing
of the others. The same of engines that all failed, and of one that only a person may let stand in."""
NOT_AS_APPROVED = (NotApproved, QuoteChanged)
"""The budget is asked about again: what was bought by then is kept."""


def is_for_later(error: GreenlightError) -> bool:
    """Whether it says nothing of the others: they are done first, then the run pauses by it."""
    return isinstance(error, NOT_NOW) or error.job_waits


async def in_parallel(items: Iterable[T], work: Callable[[T], Awaitable[R]], *, at_once: int) -> list[R]:
    """Do the work for every item, at most `at_once` together; results in the order of the items.

    Raises:
        SpendingBlocked, ProviderBusy, BreakerOpen, OrderParked, EnginesFailed, StandInProposed: some cannot
            be bought now, or a person has to say what becomes of them; the others were done, and are found
            done next time.
        Exception: what one of them raised otherwise; the others were cancelled.
    """
    done, blocked = await as_far_as_now(items, work, at_once=at_once)
    if blocked is not None:
        raise blocked
    return done


async def as_far_as_now(
    items: Iterable[T], work: Callable[[T], Awaitable[R]], *, at_once: int
) -> tuple[list[R], GreenlightError | None]:
    """As `in_parallel`: the results of those that could be done now, and the first error of the others."""
    gate = asyncio.Semaphore(max(1, at_once))
    blocked: list[GreenlightError] = []
    done: dict[int, R] = {}

    async def one(number: int, item: T) -> None:
        async with gate:
            try:
                done[number] = await work(item)
            except GreenlightError as error:
                if not is_for_later(error):
                    raise
                blocked.append(error)

    try:
        async with asyncio.TaskGroup() as group:
            for number, item in enumerate(items):
                group.create_task(one(number, item))
    except ExceptionGroup as failed:  # whoever drives the run knows errors, not groups of them
        raise failed.exceptions[0] from None
    return [done[number] for number in sorted(done)], blocked[0] if blocked else None
