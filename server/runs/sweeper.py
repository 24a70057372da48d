"""The slow safety net: rings for runs that nobody drives, and clears away dead jobs, workers and talks."""

import asyncio
import logging
import random
from dataclasses import dataclass
from pathlib import Path

from server.runs.roster import SQL as ROSTER
from server.upkeep.alerts import raise_alerts
from server.upkeep.text_alerts import raise_text_alerts
from state.cost import Money
from state.errors import DatabaseDown
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.text import close_left
from tools.models.roles import longest_timeout_s

log = logging.getLogger(__name__)
SQL = named_queries(Path(__file__).with_name("queries.sql"))
TIDY_EVERY = 20
GRACE_S = 1.0
SLOWNESS_S = 60.0
"""How much longer than its patience a request may be on its way, where a machine is very busy."""
AFTER_A_LEASE_S = (0.05, 0.5)
"""So long after the end of a lease somebody looks who takes its production over: not all at once."""


@dataclass(frozen=True)
class Swept:
    """What one look found."""

    rung: int
    """How often it rang."""
    lease_ends_s: float | None
    """Seconds until the first lease runs out, should it not be renewed; None where nobody drives anything."""


async def sweep(database: Database, *, grace_s: float = GRACE_S) -> Swept:
    """Ring as often as there are fewer jobs than productions that wait for a slot."""
    row = await database.fetch_one(SQL["sweep"], {"grace": grace_s})
    return Swept(**row) if row else Swept(0, None)


async def sweep_forever(database: Database, *, every_s: float, text_alert: Money | None = None) -> None:
    """Sweep now and then, and whenever a lease would run out: who died is followed as soon as may be.

    A lease that is renewed is always some seconds from its end, so this is not more often than now and then.
    Jittered, so that many workers do not sweep together. Past `text_alert` within a day, users are told what
    their language models cost.
    """
    rounds = 0
    while True:
        swept = await _look(database, grace_s=min(GRACE_S, every_s))
        if rounds % TIDY_EVERY == 0:
            await _tidy(database, text_alert)
        rounds += 1
        await asyncio.sleep(_pause_s(swept, every_s))


async def _look(database: Database, *, grace_s: float) -> Swept:
    try:
        swept = await sweep(database, grace_s=grace_s)
        if swept.rung:
            log.info("rang for %d productions that nobody drove", swept.rung)
        return swept
    except DatabaseDown as exc:
        log.warning("cannot sweep: %s", exc)
        return Swept(0, None)


async def _tidy(database: Database, text_alert: Money | None) -> None:
    try:
        await database.execute(SQL["tidy_jobs"])
        await database.execute(ROSTER["forget"])
        await raise_alerts(database)
        if text_alert is not None:
            await raise_text_alerts(database, text_alert)
        await _close_left(database)
    except DatabaseDown as exc:
        log.warning("cannot tidy: %s", exc)


async def _close_left(database: Database) -> None:
    """Whoever asked outside a run and died booked nothing, and nobody takes that over."""
    if closed := await close_left(database, older_s=longest_timeout_s() + SLOWNESS_S):
        log.warning("%d requests outside runs that nobody ended are of unknown price", closed)


def _pause_s(swept: Swept, every_s: float) -> float:
    usual = every_s * random.uniform(0.7, 1.3)  # noqa: S311 - jitter needs no secrecy
    if swept.lease_ends_s is None:
        return usual
    return min(usual, swept.lease_ends_s + random.uniform(*AFTER_A_LEASE_S))  # noqa: S311 - as above
