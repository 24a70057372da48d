"""What the ledger tells the production's log, in the transaction in which it became true."""

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state.cost import Money
from state.events import BudgetWarning, StoryEvent, TakeDegraded
from tools.ledger.rows import OrderRow

WARN_AT = 50
ALL = 100


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
    spent = ALL if blocked or committed >= ceiling else committed * 100 // ceiling
    percent = ALL if spent >= ALL else WARN_AT
    if spent < WARN_AT:
        return
    event = BudgetWarning(
        percent=percent,
        committed_usd=Money(micros=committed).as_usd(),
        ceiling_usd=Money(micros=ceiling).as_usd(),
        blocked=blocked,
    )
    await _tell(connection, queries, production["production_id"], f"budget:{percent}:{ceiling}", event)


async def tell_degraded(
    connection: AsyncConnection[DictRow], queries: Mapping[str, str], row: OrderRow
) -> None:
    """Tell that a stand-in delivered less than was asked for."""
    event = TakeDegraded(
        stage=row.stage, item=row.item, take=row.take_number, provider=row.provider, model=row.model
    )
    await _tell(connection, queries, row.production_id, f"degraded:{row.call_key}", event)


async def _tell(
    connection: AsyncConnection[DictRow],
    queries: Mapping[str, str],
    production_id: Any,
    event_id: str,
    event: StoryEvent,
) -> None:
    named = {"production_id": production_id, "event_id": event_id, "payload": Jsonb(event.as_custom())}
    await connection.execute(queries["tell"], named)
