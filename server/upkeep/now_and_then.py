"""Tidying once a day by whichever worker comes first, if the settings ask for any."""

import random

import structlog

from server.upkeep.report import Report
from server.upkeep.rules import Rules
from server.upkeep.tidy import SQL, tidy_alone
from state.errors import GreenlightError
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.turns import Turn, alone
from tools.media.store import MediaStore

EVERY_S = 86_400
FIRST_S, LOOK_EVERY_S = 600, 3600
"""When a process first looks whether it is time, and how often after that: one short statement."""
log = structlog.stdlib.get_logger(__name__)


async def tidy_now_and_then(database: Database, store: MediaStore, rules: Rules, *, clock: Clock) -> None:
    """Tidy when a day has passed since anybody did; nothing at all unless something was asked for."""
    if not rules.ask_for_anything:
        return
    pause = FIRST_S
    while True:
        await clock.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311 - jitter needs no secrecy
        try:
            await tidy_if_due(database, store, rules, clock=clock)
        except GreenlightError as exc:
            log.warning("not_tidied", problem=exc.message)
        pause = LOOK_EVERY_S


async def tidy_if_due(database: Database, store: MediaStore, rules: Rules, *, clock: Clock) -> Report | None:
    """Tidy, unless somebody is at it or has been within a day.

    Raises:
        DatabaseDown, StoreUnreachable, StoreRefused: it is tried again in an hour.
    """
    async with alone(database.url, Turn.TIDY) as free:
        row = await database.fetch_one(SQL["rested"], {"every": EVERY_S}) if free else None
        if row is None or not row["yes"]:
            return None
        return await tidy_alone(database, store, rules, clock=clock, asked_by="worker")
