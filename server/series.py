"""A later episode of a series: what the production before it leaves, laid beside the new brief."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from psycopg.rows import DictRow
from pydantic import BaseModel, ValidationError

from server.deps import read_id
from server.records import novelas, productions
from state.brief import NovelaBrief
from state.errors import BriefIncomplete, RecordNotFound, RunNotFound
from state.seeds import master_seed_of
from state.writing import SeriesPlan
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
FIELD = "brief.previous"
SHOWN = "Name a production of yours whose episode is finished; only such a one can be followed by another."


@dataclass(frozen=True, kw_only=True)
class Episode:
    """A brief as it is started: with what the series knows, when it is not the first of its series."""

    brief: dict[str, Any]
    """JSON; the plan of the series travels in it as `known_plan`."""
    number: int | None
    novela_id: str | None = None


async def episode_of(
    database: Database, brief: BaseModel, *, user_id: str, novela_id: str | None = None
) -> Episode:
    """The brief with cast, sets, voices, seed and memory of the production that it names as `previous`.

    Raises:
        BriefIncomplete: no such production of this user, or its episode is not finished.
    """
    asked = brief.model_dump(mode="json")
    if not isinstance(brief, NovelaBrief):
        return Episode(brief=asked, number=None, novela_id=novela_id)
    if not brief.previous:
        known = await _plan_of_novela(database, brief, user_id=user_id, novela_id=novela_id)
        return Episode(brief={**asked, **known}, number=brief.episode_number, novela_id=novela_id)
    before = await _previous(database, brief.previous, user_id=user_id)
    plan = await _plan_of(database, before)
    number = _number(brief, before, plan)
    told = brief.model_copy(
        update={
            "episode_number": number,
            "target_episodes": max(brief.target_episodes, number, len(plan.episodes)),
            "master_seed": _seed(brief, before),
        }
    )
    return Episode(
        brief={**told.model_dump(mode="json"), "known_plan": plan.model_dump(mode="json")},
        number=number,
        novela_id=novela_id or (str(before["novela_id"]) if before["novela_id"] else None),
    )


async def _plan_of_novela(
    database: Database, brief: NovelaBrief, *, user_id: str, novela_id: str | None
) -> dict[str, Any]:
    """A later episode of a novela that has a record keeps the cast and places of its plan."""
    if novela_id is None or brief.episode_number == 1:
        return {}
    novela = await novelas.get_novela(database, novela_id, user_id=user_id)
    return {"known_plan": novela["plan"]} if novela["plan"] else {}


async def _previous(database: Database, production_id: str, *, user_id: str) -> DictRow:
    try:
        row = await productions.get_production(database, read_id(production_id), user_id=user_id)
    except (RecordNotFound, RunNotFound):
        _refuse(f"there is no production {production_id!r}", SHOWN)
    if row["graph"] != "novela":
        _refuse(f"production {production_id} is no episode but of the graph {row['graph']}", SHOWN)
    if row["status"] != "completed":
        _refuse(
            f"the episode of production {production_id} is not finished, it is {row['status']}",
            "Finish it first: answer what it asks, or resume it.",
        )
    return row


async def _plan_of(database: Database, before: DictRow) -> SeriesPlan:
    """The plan that the finished episode left, with what was told."""
    identity = before["production_id"]
    row = await database.fetch_one(SQL["latest_plan"], {"id": identity})
    try:
        plan = SeriesPlan.model_validate(row["plan"] if row else None)
    except ValidationError:
        _refuse(f"production {identity} left no plan of its series", "Start the series anew.")
    if _brief_of(before).episode_number not in [memory.number for memory in plan.told]:
        _refuse(
            f"production {identity} ended without an episode, so there is nothing to follow it",
            "Name a production that was made to its end.",
        )
    return plan


def _number(brief: NovelaBrief, before: DictRow, plan: SeriesPlan) -> int:
    """The next one, unless the brief says which; one that was told cannot be told again."""
    following = _brief_of(before).episode_number + 1
    number = brief.episode_number if brief.episode_number > 1 else following
    told = [memory.number for memory in plan.told]
    if number in told:
        _refuse(
            f"episode {number} was told already; told are {', '.join(map(str, told))}",
            f"Leave out `episode_number`, or set it to {following}.",
        )
    return number


def _seed(brief: NovelaBrief, before: DictRow) -> int:
    if brief.master_seed is not None:
        return brief.master_seed
    first = _brief_of(before)
    return (
        first.master_seed if first.master_seed is not None else master_seed_of(first.title, first.description)
    )


def _brief_of(before: DictRow) -> NovelaBrief:
    return NovelaBrief.model_validate(
        {key: value for key, value in before["brief"].items() if key != "known_plan"}
    )


def _refuse(problem: str, fix: str) -> NoReturn:
    raise BriefIncomplete(
        f"{FIELD}: {problem}",
        user_action=fix,
        details={"fields": [{"field": FIELD, "problem": problem, "fix": fix}]},
    )
