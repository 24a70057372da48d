"""What the ledger tells the production's log, in the transaction in which it became true."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state.cost import Money
from state.events import BudgetWarning, DayBudgetWarning, FromCache, SpendingHeld, StoryEvent, TakeDegraded
from tools.ledger.refusals import STOPPED
from tools.ledger.rows import OrderRow

WARN_AT = 50
ALL = 100


@dataclass(frozen=True)
class DaySpent:
    """How much of a user's budget of a day is committed, in micro-dollars; without a budget both are None."""

    day: date
    budget: int | None
    committed: int | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """As `committed` in queries.sql finds it."""
        return cls(row["day"], row["day_budget"], row["day_micros"])


async def warn_of_budget(
    connection: AsyncConnection[DictRow],
    queries: Mapping[str, str],
    production: DictRow,
    *,
    committed: int,
    blocked: bool = False,
) -> None:
    """Tell that half of a ceiling is committed, or all of it, or that something did not fit any more.

    Each once, whoever reserves and however often; a raised ceiling begins anew.
    """
    ceiling = production["ceiling_micros"]
    percent = _step(committed, ceiling, blocked=blocked)
    if percent is None:
        return
    event = BudgetWarning(
        percent=percent,
        committed_usd=Money(micros=committed).as_usd(),
        ceiling_usd=Money(micros=ceiling).as_usd(),
        blocked=blocked,
    )
    await _tell(connection, queries, production["production_id"], f"budget:{percent}:{ceiling}", event)


async def warn_of_day(
    connection: AsyncConnection[DictRow],
    queries: Mapping[str, str],
    production: DictRow,
    spent: DaySpent,
    *,
    blocked: bool = False,
) -> None:
    """The same for the user's budget of the day: once for all productions, told in the one that gets there.

    Each production that is refused is told so in its own log.
    """
    if spent.budget is None or spent.committed is None:
        return
    percent = _step(spent.committed, spent.budget, blocked=blocked)
    if percent is None:
        return
    step = {"user_id": production["user_id"], "day": spent.day, "percent": percent, "budget": spent.budget}
    first = await (await connection.execute(queries["first_warning"], step)).fetchone()
    if first is None and not blocked:
        return
    event = DayBudgetWarning(
        percent=percent,
        committed_usd=Money(micros=spent.committed).as_usd(),
        budget_usd=Money(micros=spent.budget).as_usd(),
        day=spent.day,
        blocked=blocked,
    )
    told = f"day_budget:{spent.day}:{percent}:{spent.budget}:{blocked}"
    await _tell(connection, queries, production["production_id"], told, event)


async def tell_refused(
    connection: AsyncConnection[DictRow],
    queries: Mapping[str, str],
    production: DictRow,
    refusal: Mapping[str, Any],
) -> None:
    """Tell why the production could not reserve what it needs."""
    if refusal["reason"] in STOPPED:
        await tell_stopped(connection, queries, production["production_id"], refusal)
    elif refusal["reason"] == "ceiling":
        committed = refusal["committed_micros"]
        await warn_of_budget(connection, queries, production, committed=committed, blocked=True)
    elif refusal["reason"] == "day_budget":
        day = date.fromisoformat(refusal["day"])
        spent = DaySpent(day, refusal["budget_micros"], refusal["committed_micros"])
        await warn_of_day(connection, queries, production, spent, blocked=True)


async def tell_stopped(
    connection: AsyncConnection[DictRow],
    queries: Mapping[str, str],
    production_id: Any,
    refusal: Mapping[str, Any],
) -> None:
    """Tell that a stop of spending holds this production up; once for each stop."""
    event = SpendingHeld(everybody=refusal["reason"] == "stopped_all", why=refusal["why"])
    await _tell(connection, queries, production_id, f"spending_stopped:{refusal['stop_id']}", event)


def _step(committed: int, limit: int, *, blocked: bool) -> int | None:
    """Which warning is due: all of it, half of it, or none."""
    spent = ALL if blocked or committed >= limit else committed * 100 // limit
    return ALL if spent >= ALL else WARN_AT if spent >= WARN_AT else None


async def tell_degraded(
    connection: AsyncConnection[DictRow], queries: Mapping[str, str], row: OrderRow
) -> None:
    """Tell that a stand-in delivered less than was asked for."""
    event = TakeDegraded(
        stage=row.stage, item=row.item, take=row.take_number, provider=row.provider, model=row.model
    )
    await _tell(connection, queries, row.production_id, f"degraded:{row.call_key}", event)


async def tell_from_cache(
    connection: AsyncConnection[DictRow], queries: Mapping[str, str], row: OrderRow, made_at: datetime
) -> None:
    """Tell that a stored result answered an order, when that was made, and what it spared."""
    event = FromCache(
        stage=row.stage, item=row.item, take=row.take_number, provider=row.provider, model=row.model,
        made_at=made_at, spared_usd=Money(micros=row.spared_micros).as_usd(),
    )  # fmt: skip
    await _tell(connection, queries, row.production_id, f"from_cache:{row.call_key}", event)


async def _tell(
    connection: AsyncConnection[DictRow],
    queries: Mapping[str, str],
    production_id: Any,
    event_id: str,
    event: StoryEvent,
) -> None:
    named = {"production_id": production_id, "event_id": event_id, "payload": Jsonb(event.as_custom())}
    await connection.execute(queries["tell"], named)
