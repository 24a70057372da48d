"""How long a model is waited for: by its family (`services.toml`) or by its card, whichever is longer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from state.errors import ProviderMisconfigured
from tools.clock import Clock
from tools.ending import end_tasks
from tools.engines.catalog import model_card
from tools.ledger.rows import OrderRow
from tools.orders.services import family_of
from tools.resilience.at_most import WATCH, at_most, expire

Begins = Callable[[], None]
"""Told when the job is seen to run."""


@dataclass(frozen=True)
class Patience:
    """Seconds; 0 is no limit beyond the usual one."""

    answers_in_s: float = 0
    ends_in_s: float = 0
    starts_in_s: float = 0
    """In the queue, before the time that the job may take begins."""


def patience_of(model: str) -> Patience:
    """The patience that a model needs; what nobody knows gets the usual one."""
    stated_s = family_of(model).timeout_s or 0
    try:
        card = model_card(model)
    except ProviderMisconfigured:
        return Patience(0, stated_s)
    if not card.ends_in_s:
        return Patience(card.answers_in_s, stated_s)
    return Patience(card.answers_in_s, max(stated_s, card.ends_in_s), card.starts_in_s)


class JobTooLong(Exception):
    """A job has not ended in its time."""

    def __init__(self, model: str, limit_s: float) -> None:
        super().__init__(f"{model} made nothing within {limit_s:g} s; the job was stopped")
        self.limit_s = limit_s


@asynccontextmanager
async def in_time(row: OrderRow, clock: Clock) -> AsyncIterator[Begins]:
    """Wait inside until the job's time is over, counted from its submit, whoever waited before.

    Where the job may wait in a queue its time begins when the yielded function is first called.

    Raises:
        JobTooLong: it is.
    """
    patience = patience_of(row.model)
    if not patience.ends_in_s or row.submitted_at is None:
        yield _nobody_counts
        return
    waited_s = max(0.0, (clock.now() - row.submitted_at).total_seconds())
    most_s = patience.starts_in_s + patience.ends_in_s
    watches = list[asyncio.Task[None]]()
    try:
        async with at_most(max(0.0, most_s - waited_s), clock=clock) as scope:

            def begins() -> None:
                if patience.starts_in_s and not watches:
                    watches.append(asyncio.create_task(expire(scope, patience.ends_in_s, clock), name=WATCH))

            yield begins
    except TimeoutError as exc:
        if not scope.expired():
            raise
        raise JobTooLong(row.model, patience.ends_in_s if watches else most_s) from exc
    finally:
        await end_tasks(watches)


def _nobody_counts() -> None:
    """It may take as long as it likes."""
