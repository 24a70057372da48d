"""The slow safety net: rings for runs that nobody drives, and clears away dead jobs and workers."""

import asyncio
import logging
import random
from pathlib import Path

from server.runs.roster import SQL as ROSTER
from state.errors import DatabaseDown
from tools.db.pool import Database
from tools.db.sql import named_queries

log = logging.getLogger(__name__)
SQL = named_queries(Path(__file__).with_name("queries.sql"))
TIDY_EVERY = 20
GRACE_S = 1.0
BEHIND_S = (0.02, 0.3)
"""How long after a lease's end it is looked whether somebody renewed it."""


async def sweep(database: Database, *, grace_s: float = GRACE_S) -> int:
    """Ring as often as there are fewer jobs than productions that wait for a slot; how often that was."""
    row = await database.fetch_one(SQL["sweep"], {"grace": grace_s})
    return len(row["jobs"]) if row else 0


async def sweep_forever(database: Database, *, every_s: float) -> None:
    """Sweep now and then, and when a lease runs out; jittered so that many workers do not sweep together."""
    rounds = 0
    while True:
        pause_s = every_s * random.uniform(0.7, 1.3)  # noqa: S311 - jitter needs no secrecy
        try:
            rung = await sweep(database, grace_s=min(GRACE_S, every_s))
            if rung:
                log.info("rang for %d productions that nobody drove", rung)
            if rounds % TIDY_EVERY == 0:
                await database.execute(SQL["tidy_jobs"])
                await database.execute(ROSTER["forget"])
            pause_s = min(pause_s, await until_expiry(database))
        except DatabaseDown as exc:
            log.warning("cannot sweep: %s", exc)
        rounds += 1
        await asyncio.sleep(pause_s)


async def until_expiry(database: Database) -> float:
    """Seconds until the first lease runs out unless it is renewed: its holder may be dead."""
    row = await database.fetch_one(SQL["next_expiry"])
    if row is None or row["seconds"] is None:
        return float("inf")
    return float(row["seconds"]) + random.uniform(*BEHIND_S)  # noqa: S311 - as above
