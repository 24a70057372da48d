"""Budgets of a day and ceilings of productions: set, and read with what is committed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from state.cost import Money
from state.errors import RecordConflict, RecordNotFound, RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, kw_only=True)
class DayBudget:
    """What a user may spend today (UTC), and what is committed: reserved, billed and of unknown fate."""

    budget: Money | None
    """None is no limit."""
    own: bool
    """Whether it was set for this user; otherwise it is the place's."""
    committed: Money
    credits: int | None
    """Productions that may still spend; None is no limit."""
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """What a production may cost, before and after, and what is committed."""

    before: Money
    ceiling: Money
    committed: Money


async def day_budget(database: Database, user_id: str, *, default: Money | None) -> DayBudget:
    """What is set for a user and what is used.

    Raises:
        RecordNotFound: there is no such user.
    """
    asked = {"user": user_id, "day_budget": None if default is None else default.micros}
    row = await database.fetch_one(SQL["day"], asked)
    if row is None:
        raise RecordNotFound("There is no such user.")
    budget = None if row["budget_micros"] is None else Money(micros=row["budget_micros"])
    committed = Money(micros=row["committed_micros"])
    return DayBudget(
        budget=budget, own=row["own"], committed=committed, credits=row["credits"],
        since=row["since"], until=row["until"],
    )  # fmt: skip


async def set_day_budget(database: Database, user_id: str, budget: Money | None, *, by: str) -> None:
    """Give a user a budget of their own, or (None) the place's again. What is committed stays.

    Raises:
        RecordNotFound: there is no such user.
    """
    micros = None if budget is None else budget.micros
    row = await database.fetch_one(SQL["set_day"], {"user": user_id, "micros": micros, "by": by})
    if row is None:
        raise RecordNotFound("There is no such user.")


async def set_credits(database: Database, user_id: str, credits: int | None) -> None:
    """How many more productions of this user may spend; None is no limit.

    Raises:
        RecordNotFound: there is no such user.
    """
    if await database.fetch_one(SQL["set_credits"], {"user": user_id, "credits": credits}) is None:
        raise RecordNotFound("There is no such user.")


async def set_text_allowance(
    database: Database, production_id: str, allowance: Money, *, user_id: str
) -> None:
    """Change what the language models of a production may cost, from its next run on.

    Raises:
        RunNotFound: there is no such production of this user, or it is a replay.
    """
    asked = {"production": production_id, "user": user_id, "usd": str(allowance.as_usd())}
    if await database.fetch_one(SQL["set_text_allowance"], asked) is None:
        raise RunNotFound()


async def set_ceiling(
    database: Database,
    production_id: str,
    wanted: Money | None,
    *,
    user_id: str,
    text_allowance: Money | None = None,
) -> Ceiling:
    """Change what a production may cost, never below what is committed already; None leaves it.

    `text_allowance` is changed along with it, or neither is.

    Raises:
        RunNotFound: there is no such production of this user, or it is a replay.
        RecordConflict: more than that is committed; nothing was changed.
    """
    asked: dict[str, Any] = {"production": production_id, "user": user_id}
    async with database.transaction() as connection:
        row = await (await connection.execute(SQL["lock_ceiling"], asked)).fetchone()
        if row is None:
            raise RunNotFound()
        ceiling = wanted or Money(micros=row["ceiling_micros"])
        asked["micros"] = ceiling.micros
        spent = await (await connection.execute(SQL["committed"], asked)).fetchone()
        committed = Money(micros=spent["micros"] if spent else 0)
        if wanted is not None and ceiling < committed:
            raise RecordConflict(
                f"{committed} of this production are spent or reserved already.",
                user_action=f"Choose a ceiling of {committed} or more.",
                details={"committed_micros": committed.micros, "asked_micros": ceiling.micros},
            )
        await connection.execute(SQL["set_ceiling"], asked)
        if text_allowance is not None:
            await connection.execute(SQL["set_text_allowance"], asked | {"usd": str(text_allowance.as_usd())})
    return Ceiling(before=Money(micros=row["ceiling_micros"]), ceiling=ceiling, committed=committed)
