"""Trials as they are written down: the plan, how far each call is, and what this place has tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from psycopg.types.json import Jsonb

from server.trials.asked import Kind
from server.trials.plan import Line, Plan
from state.cost import Money, Quote
from state.errors import GreenlightError, RecordNotFound
from state.media import MediaRef
from state.order import Usage
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.orders.quote import quote
from tools.redaction import REDACT

SQL = named_queries(Path(__file__).with_suffix(".sql"))
HOUR_S = 3600.0
"""For so long an unfinished trial is gone on with."""
State = Literal["planned", "sent", "running", "downloaded", "checked", "failed", "not_sent"]


@dataclass(frozen=True, kw_only=True)
class CallSeen:
    """One call of a trial as it is now."""

    line: Line
    state: State
    error: Mapping[str, Any] | None
    """`code`, `message` and `user_action`."""
    media: MediaRef | None
    usage: Usage | None
    reserved: Money
    billed: Money
    unknown: Money
    took_s: float | None


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One trial: what was approved, and how far it is."""

    production_id: str
    user_id: str
    provider: str
    spend: Money
    quote_id: str
    lines: tuple[Line, ...]
    calls: tuple[CallSeen, ...]
    begun_at: datetime
    ended_at: datetime | None
    held: bool
    """Whether a process is at work on it."""

    @property
    def state(self) -> Literal["running", "unfinished", "good", "failed"]:
        """`unfinished` goes on when it is begun again; nothing of it is sent twice."""
        if self.ended_at is None:
            return "running" if self.held else "unfinished"
        return "good" if all(call.state == "checked" for call in self.calls) else "failed"

    @property
    def billed(self) -> Money:
        """What all its calls were billed."""
        return sum((call.billed for call in self.calls), Money())

    @property
    def approved(self) -> Quote:
        """What its user approved, by naming the ceiling."""
        return quote([line.call for line in self.lines]).model_copy(update={"quote_id": self.quote_id})


async def begin(database: Database, plan: Plan, *, user_id: str) -> tuple[str, bool]:
    """Write a trial down, or find the one that is not over; its production, and whether it is new."""
    wanted = {"user": user_id, "provider": plan.provider, "hour": HOUR_S}
    async with database.transaction() as connection:
        await connection.execute(SQL["one_at_a_time"], wanted)
        found = await (await connection.execute(SQL["open"], wanted)).fetchone()
        if found is not None:
            return str(found["production_id"]), False
        row = {
            **wanted, "title": f"Trial of {plan.provider}", "spend": plan.spend.micros,
            "metadata": Jsonb({"throw_away": True}), "quote": plan.quote.quote_id,
            "plan": Jsonb([line.model_dump(mode="json") for line in plan.lines]),
            "kinds": [line.kind for line in plan.lines],
        }  # fmt: skip
        made = await (await connection.execute(SQL["begin"], row)).fetchone()
    assert made is not None  # noqa: S101  # it inserts or fails
    return str(made["production_id"]), True


async def unfinished(database: Database, provider: str, *, user_id: str) -> str | None:
    """The production of the trial that would be gone on with."""
    wanted = {"user": user_id, "provider": provider, "hour": HOUR_S}
    found = await database.fetch_one(SQL["open"], wanted)
    return None if found is None else str(found["production_id"])


async def read(database: Database, production_id: str, *, user_id: str) -> Trial:
    """A trial of this user.

    Raises:
        RecordNotFound: there is none.
    """
    row = await database.fetch_one(SQL["read"], {"production": production_id, "user": user_id})
    if row is None:
        raise RecordNotFound("There is no such trial.")
    lines = tuple(Line.model_validate(one) for one in row["plan"])
    found = await database.fetch_all(SQL["calls"], {"production": production_id})
    calls = {call["kind"]: call for call in found}
    return Trial(
        production_id=row["production_id"], user_id=row["user_id"], provider=row["provider"],
        spend=Money(micros=row["spend_micros"]), quote_id=row["quote_id"], lines=lines,
        calls=tuple(_seen(line, calls[line.kind]) for line in lines), begun_at=row["begun_at"],
        ended_at=row["ended_at"], held=row["held"],
    )  # fmt: skip


async def mark(
    database: Database, production_id: str, kind: Kind, state: State, error: GreenlightError | None = None
) -> None:
    """Write down how far a call is."""
    told = None if error is None else Jsonb(told_error(error))
    params = {"production": production_id, "kind": kind, "state": state, "error": told}
    await database.execute(SQL["mark"], params)


async def keep(database: Database, production_id: str, line: Line, media: MediaRef | None) -> None:
    """A call was answered as its card says: the file is the production's, and the model was tried here."""
    if media is not None:
        name = f"{line.kind}.{media.key.rpartition('.')[2]}"
        file = {"name": name, "title": line.title, "media": Jsonb(media.model_dump(mode="json"))}
        await database.execute(SQL["keep_file"], {"production": production_id, **file})
    await database.execute(SQL["tried"], {"provider": line.call.provider, "model": line.call.model})


async def end(database: Database, production_id: str, *, over: bool) -> None:
    """It is over when each call has come to something, and when nothing of it was bought."""
    await database.execute(SQL["end"], {"production": production_id, "over": over})


def told_error(error: GreenlightError) -> dict[str, Any]:
    """An error as it is kept and shown."""
    return {
        "code": error.code, "message": REDACT.text(error.message),
        "user_action": REDACT.text(error.user_action),
    }  # fmt: skip


def _seen(line: Line, row: Mapping[str, Any]) -> CallSeen:
    amounts = {name: Money(micros=row[name]) for name in ("reserved", "billed", "unknown")}
    return CallSeen(
        line=line, state=row["state"], error=row["error"], took_s=row["took_s"], **amounts,
        media=None if row["media"] is None else MediaRef.model_validate(row["media"]),
        usage=None if row["usage"] is None else Usage.model_validate(row["usage"]),
    )  # fmt: skip
