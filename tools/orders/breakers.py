"""Circuit breakers of services, shared by all workers.

A service that keeps failing costs money and minutes. After enough failures in a window nobody asks it
for a while, then one order of all workers is let through to see. The database keeps and decides it
(schema 0027); `gate.py` asks it before a request, this tells it what failed.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import structlog
from pydantic import BaseModel

from state.errors import BreakerOpen, ProviderError
from state.order import FailureKind
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.engines.catalog import job_seconds
from tools.ledger.rows import OrderRow
from tools.orders.failures import kind_of
from tools.orders.services import OUR_OWN, family_of, figures, service_of

log = structlog.get_logger(__name__)
QUERIES = named_queries(Path(__file__).with_name("breakers.sql"))
THE_SERVICES_FAULT: frozenset[str] = frozenset[FailureKind]({"not_sent", "ambiguous", "transient_job"})
"""Not reached, no whole answer (5xx too), a job that died. `throttled` is our pace, which a limit mends; what
was refused, invalid or not paid for was answered as it should be."""
State = Literal["CLOSED", "OPEN", "HALF_OPEN"]


class BreakerState(BaseModel, frozen=True):
    """How a service stands that has failed lately."""

    service: str
    state: State
    failures: int
    opened_at: datetime | None


class Breakers:
    """Told what failed, and how a trial went; of a service that is well nothing is told."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._trials: set[str] = set()
        """Orders of this process that were let through to see."""

    def heard(self, row: OrderRow, told: dict[str, Any] | None) -> dict[str, Any] | None:
        """What the database says of a request that is about to leave, without what is about its breaker.

        Raises:
            BreakerOpen: nobody asks its service for now; `details["retry_at"]` says when one may.
        """
        if told is not None and "open" in told:
            raise _open(row, told["back_in_s"], self._clock.now())
        if told is not None and told.pop("trial", False) and row.call_key not in self._trials:
            self._trials.add(row.call_key)
            log.info("breaker_trial", service=service_of(row.provider, row.model), call_key=row.call_key)
        return told or None

    @asynccontextmanager
    async def dispatch(self, now: Callable[[], OrderRow]) -> AsyncIterator[None]:
        """Tell how a dispatch went: once for it, however often its request was tried. `now` is its row."""
        before = now()
        try:
            yield
        except BreakerOpen:
            raise
        except ProviderError as error:
            if before.state == "intent":
                await self.failed(before, kind_of(error))
            raise
        if before.state != "intent":
            return
        # What came out of a backup is parked without having been sent.
        lost = now().state == "unknown" and before.ask_since is None
        await (self.failed(now(), "ambiguous") if lost else self._over(now(), "accepted"))

    async def failed(self, row: OrderRow, kind: FailureKind, *, of_job: bool = False) -> None:
        """A dispatch or a job ended so; what is not the service's fault only ends its trial."""
        if row.provider in OUR_OWN:
            return
        if kind not in THE_SERVICES_FAULT:
            await self._over(row, "undecided")
            return
        self._trials.discard(row.call_key)
        told = await self._database.fetch_one(QUERIES["failed"], {**asked_of(row), "of_job": of_job})
        if told and told["open"]:
            log.warning("breaker_open", service=service_of(row.provider, row.model), kind=kind)

    async def finished(self, row: OrderRow) -> None:
        """A job of the service came to its end."""
        await self._over(row, "worked")

    async def states(self) -> list[BreakerState]:
        """Every service that has failed lately; one that is not named is closed."""
        return [BreakerState.model_validate(row) for row in await self._database.fetch_all(QUERIES["states"])]

    async def _over(self, row: OrderRow, verdict: Literal["accepted", "worked", "undecided"]) -> None:
        if row.call_key not in self._trials:
            return
        if verdict != "accepted":
            self._trials.discard(row.call_key)
        job_s = family_of(row.model).timeout_s or job_seconds(row.model)
        await self._database.execute(QUERIES["over"], {**asked_of(row), "verdict": verdict, "job_s": job_s})


def asked_of(row: OrderRow) -> dict[str, Any]:
    """The service of an order and the figures of its breaker, as the database is asked."""
    numbers = figures().breaker.model_dump(exclude={"source"})
    return {"service": service_of(row.provider, row.model), "key": row.call_key, **numbers}


def _open(row: OrderRow, back_in_s: float, now: datetime) -> BreakerOpen:
    back = now + timedelta(seconds=back_in_s)
    name = family_of(row.model).name
    return BreakerOpen(
        f"{name} at {row.provider} failed too often, so nobody asks it for now",
        provider=row.provider, model=row.model, kind="throttled",
        user_action=f"Come back on {back:%Y-%m-%d} at {back:%H:%M:%S} UTC, or choose another engine.",
        details={"retry_after_s": back_in_s, "retry_at": back.isoformat(timespec="seconds")},
    )  # fmt: skip
