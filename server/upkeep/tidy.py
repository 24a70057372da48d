"""Clearing what the operator asked to clear, in the order in which it is safe; or saying what would go."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Literal

import structlog
from psycopg.types.json import Jsonb

from server.upkeep import productions
from server.upkeep.entrances import clear_rows
from server.upkeep.media import sweep_media
from server.upkeep.novelas import clear_novelas
from server.upkeep.report import Report
from server.upkeep.rules import Rules
from server.upkeep.thinning import thin_checkpoints, thin_events
from state.errors import RecordConflict
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.db.turns import Turn, alone
from tools.media.store import MediaStore

SQL = named_queries(Path(__file__).with_suffix(".sql"))
AskedBy = Literal["command", "administrator", "worker"]
REST_EVERY, REST_S = 20, 0.05
"""After so many productions or batches others get the database for a moment."""
AT_LEAST = "Files that only cleared checkpoints or events name are not counted: they go as well."
log = structlog.stdlib.get_logger(__name__)


async def look(database: Database, store: MediaStore, rules: Rules, *, clock: Clock) -> Report:
    """What would go now; nothing is changed. Media are counted as if all the rest had gone.

    Raises:
        StoreUnreachable, StoreRefused: media were asked for, and the store cannot be read.
    """
    report = Report(dry=True)
    ids = await productions.due(database, rules)
    if rules.productions is not None or rules.deleted is not None:
        await productions.weigh(database, ids, report)
    async with aclosing(_all(database, store, rules, report, ids, clock)) as steps:
        async for _ in steps:
            pass
    await productions.tell_of_stuck(database, rules, report)
    if rules.media and (rules.checkpoints is not None or rules.events is not None):
        report.notes.append(AT_LEAST)
    return report


async def tidy(
    database: Database, store: MediaStore, rules: Rules, *, clock: Clock, asked_by: AskedBy
) -> Report:
    """Clear it, a little at a time. Breaking it off at any moment leaves nothing by half.

    Raises:
        RecordConflict: somebody is tidying already.
        StoreUnreachable, StoreRefused: the store failed; the rows are cleared, the files come next time.
    """
    async with alone(database.url, Turn.TIDY) as free:
        if not free:
            raise RecordConflict("Somebody is tidying already.", user_action="Wait until that is done.")
        return await tidy_alone(database, store, rules, clock=clock, asked_by=asked_by)


async def tidy_alone(
    database: Database, store: MediaStore, rules: Rules, *, clock: Clock, asked_by: AskedBy
) -> Report:
    """As `tidy`, for who has the turn; what was cleared is on record, also when it is broken off."""
    report = Report(dry=False)
    begun = await database.fetch_one(SQL["begin"], {"asked_by": asked_by})
    try:
        await productions.tell_of_stuck(database, rules, report)
        ids = await productions.due(database, rules)
        done = 0
        async with aclosing(_all(database, store, rules, report, ids, clock)) as steps:
            async for _ in steps:
                done += 1
                if done % REST_EVERY == 0:
                    await clock.sleep(REST_S)
    finally:
        told = {"id": begun and begun["tidying_id"], "told": Jsonb(report.as_json())}
        await asyncio.shield(database.execute(SQL["end"], told))
        log.info(
            "tidied", asked_by=asked_by, **{line[0].replace(" ", "_"): line[1] for line in report.rows()}
        )
    return report


async def _all(
    database: Database, store: MediaStore, rules: Rules, report: Report, ids: list[str], clock: Clock
) -> AsyncGenerator[str]:
    """Whole productions first: what they name goes when they are gone. A dry report looks past them."""
    if not report.dry:
        async for done in productions.clear(database, ids, rules, report):
            yield done
    without = ids if report.dry else []
    for step in _steps(database, store, rules, report, without=without, clock=clock):
        async for done in step:
            yield done


def _steps(
    database: Database, store: MediaStore, rules: Rules, report: Report, *, without: list[str], clock: Clock
) -> Iterator[AsyncGenerator[str]]:
    """Everything else that was asked for, in its order; media last."""
    if rules.deleted is not None:
        yield clear_novelas(database, rules.deleted, report, without=without)
    if rules.events is not None:  # before the checkpoints: which answers made a state is read there
        yield thin_events(database, rules.events, report, without=without)
    if rules.checkpoints is not None:
        yield thin_checkpoints(database, rules.checkpoints, report, without=without)
    if rules.logins is not None:
        yield clear_rows(database, "logins", rules.logins, report)
    if rules.audit is not None:
        yield clear_rows(database, "audit", rules.audit, report)
    if rules.media:
        yield sweep_media(database, store, rules, report, without=without, clock=clock)
