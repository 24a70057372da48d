"""A replay: a branch whose nodes run again while every call is answered from what was recorded."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.rows import DictRow

from server.branches.copy import Sheet, copy_line, discard
from server.branches.places import find_place, find_production
from server.deps import House
from server.limits.quotas import insert_within, open_quotas
from server.runs.payloads import dump
from state.errors import RecordConflict
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("replays.sql"))


@dataclass(frozen=True, kw_only=True)
class Started:
    """A replay that was accepted."""

    production_id: str
    parent_production_id: str
    parent_checkpoint_id: str | None
    run_id: str


async def replay(
    house: House, production_id: str, *, user_id: str, checkpoint_id: str | None = None
) -> Started:
    """Repeat a production from its beginning, or from one of its states, in a branch of its own.

    Its gates get the recorded answers, one run after the other. It costs nothing: what was not
    recorded fails it.

    Raises:
        RunNotFound, RecordNotFound: no such production or checkpoint of this user.
        RecordConflict: it is being worked on, or its past holds what a replay cannot repeat.
        QuotaUsedUp: this user has too much at work.
    """
    source = await find_production(house.database, production_id, user_id=user_id)
    place = await find_place(
        house.database, production_id, user_id=user_id, checkpoint_id=checkpoint_id, graphs=house.specs
    )
    await _check_rests(house, production_id)
    runs = await _plan(house, source, checkpoint_id, user_id=user_id)
    sheet = Sheet(branch_id=str(uuid.uuid4()), title=f"{source['title']} (replay)", replay=True)
    if checkpoint_id is None:
        names = {"branch": sheet.branch_id, "title": sheet.title, "source": production_id, "user": user_id}
        await house.database.execute(SQL["begin"], names)
    else:
        await copy_line(house.database, place, sheet, user_id=user_id)
    try:
        run_id = await _schedule(house, sheet.branch_id, runs, user_id=user_id)
    except BaseException:
        await discard(house.database, sheet.branch_id)
        raise
    return Started(
        production_id=sheet.branch_id, parent_production_id=production_id,
        parent_checkpoint_id=checkpoint_id, run_id=run_id,
    )  # fmt: skip


async def _check_rests(house: House, production_id: str) -> None:
    row = await house.database.fetch_one(SQL["restless"], {"production": production_id})
    if row is not None and row["yes"]:
        raise RecordConflict(
            "This production is being worked on, so there is no end yet that a replay could reach.",
            user_action="Replay it when it has paused or ended.",
        )


async def _plan(house: House, source: DictRow, after: str | None, *, user_id: str) -> list[dict[str, Any]]:
    """What the replay is driven with: the start or the rest of a run, then every answer in order."""
    params = {
        "source": source["production_id"], "head": source["head"], "after": after, "user": user_id
    }  # fmt: skip
    rows = await house.database.fetch_all(SQL["plan"], params)
    asked = [row for row in rows if row["kind"] != "continue" or _commands(row["options"])]
    first: list[dict[str, Any]] = (
        [] if after is None else [{"kind": "continue", "input": None, "options": {}}]
    )
    runs = [*first, *({name: row[name] for name in ("kind", "input", "options")} for row in asked)]
    if after is None and source["checkpoints_cleared_at"] is not None:
        raise RecordConflict(
            "The earlier states of this production were cleared, so its beginning is not recorded any more.",
            user_action="Replay it from a checkpoint that is left: `greenlight checkpoints` lists them.",
        )
    _check_repeatable(rows, runs, after)
    return runs


def _commands(options: dict[str, Any]) -> bool:
    """A run that only went on is part of the one before it; one that was told where to go is not."""
    return options.get("update") is not None or bool(options.get("goto"))


def _check_repeatable(rows: list[DictRow], runs: list[dict[str, Any]], after: str | None) -> None:
    travelled = any((row["options"] or {}).get("checkpoint_id") for row in rows)
    if travelled or any(row["by_hand"] for row in rows[:1]):
        raise RecordConflict(
            "The state of this production was changed by hand, which no node can do again.",
            user_action="Replay it from a checkpoint after that change: `greenlight checkpoints` lists them.",
        )
    if not runs or (after is None and runs[0]["kind"] != "start"):
        raise RecordConflict(
            "This production was not started here, so its beginning is not recorded.",
            user_action="Replay it from one of its checkpoints.",
        )


async def _schedule(house: House, branch_id: str, runs: list[dict[str, Any]], *, user_id: str) -> str:
    """All runs at once, within the user's quotas: a replay buys nothing, but it works."""
    planned = [{"ordinal": number, **run} for number, run in enumerate(runs)]
    params = {"branch": branch_id, "runs": dump(planned), "user": user_id}
    quotas = open_quotas(house.settings)
    row = await insert_within(quotas, house.database, SQL["schedule"], params, generates=True)
    if row is None:
        raise RecordConflict("The replay could not begin.", user_action="Ask for it again.")
    return str(row["run_id"])
