"""How long a model is waited for: by its family (`services.toml`) or by its card, whichever is longer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from state.errors import ProviderMisconfigured
from tools.clock import Clock
from tools.engines.catalog import model_card
from tools.ledger.rows import OrderRow
from tools.orders.services import family_of
from tools.resilience.at_most import at_most


@dataclass(frozen=True)
class Patience:
    """Seconds; 0 is no limit beyond the usual one."""

    answers_in_s: float = 0
    ends_in_s: float = 0


def patience_of(model: str) -> Patience:
    """The patience that a model needs; what nobody knows gets the usual one."""
    stated_s = family_of(model).timeout_s or 0
    try:
        card = model_card(model)
    except ProviderMisconfigured:
        return Patience(0, stated_s)
    if not card.ends_in_s:
        return Patience(card.answers_in_s, stated_s)
    return Patience(card.answers_in_s, max(stated_s, card.ends_in_s))


class JobTooLong(Exception):
    """A job has not ended in its time."""

    def __init__(self, model: str, limit_s: float) -> None:
        super().__init__(f"{model} made nothing within {limit_s:g} s; the job was stopped")
        self.limit_s = limit_s


@asynccontextmanager
async def in_time(row: OrderRow, clock: Clock) -> AsyncIterator[None]:
    """Wait inside until the job's time is over, counted from its submit, whoever waited before.

    Raises:
        JobTooLong: it is.
    """
    limit_s = patience_of(row.model).ends_in_s
    if not limit_s or row.submitted_at is None:
        yield
        return
    waited_s = max(0.0, (clock.now() - row.submitted_at).total_seconds())
    try:
        async with at_most(max(0.0, limit_s - waited_s), clock=clock) as scope:
            yield
    except TimeoutError as exc:
        if not scope.expired():
            raise
        raise JobTooLong(row.model, limit_s) from exc
