"""Running the server: what could be cleared, and clearing it."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import AdminDep, HouseDep
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from server.upkeep.report import Report
from server.upkeep.rules import Rules
from server.upkeep.tidy import SQL, look, tidy
from tools.clock import SystemClock

router = APIRouter(
    prefix="/api/admin/tidy", tags=["admin"], dependencies=COUNTED,
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)  # fmt: skip
Days = Annotated[int | None, Field(ge=1, le=36_500)]
SHOWN = 20


class TidyBody(Body):
    """What to clear; what is left out is as the server's settings say."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"dryRun": True, "productionsDays": 90, "media": True}]}
    )

    dry_run: bool = Field(default=True, description="Only count. Nothing is cleared unless this is false.")
    productions_days: Days = Field(default=None, description="Productions that ended longer ago.")
    deleted_days: Days = Field(default=None, description="Productions that their owners deleted.")
    checkpoints_days: Days = Field(default=None, description="Of ended ones all but the newest states.")
    events_days: Days = Field(default=None, description="Of their logs what nobody needs any more.")
    logins_days: Days = Field(default=None, description="Logins and links for passwords that ended.")
    audit_days: Days = Field(default=None, description="Rows of the audit trail.")
    media: bool | None = Field(default=None, description="Files that nothing names.")
    series: bool | None = Field(default=None, description="Also what a series may go on from.")


class KindView(Wire):
    """One kind of thing."""

    kind: str = Field(description="What.", examples=["productions"])
    count: int = Field(description="How many.", examples=[12])
    bytes: int = Field(description="Their size, where it is known.", examples=[1048576])


class TidyView(Wire):
    """What was cleared, or would be."""

    dry_run: bool = Field(description="Whether it was only counted.")
    cleared: list[KindView] = Field(description="By kind.")
    notes: list[str] = Field(description="What a person should know beside the numbers.")


class TidyingView(Wire):
    """One time that something was cleared."""

    begun_at: datetime = Field(description="When it began.")
    ended_at: datetime | None = Field(
        description="When it ended; null while it goes on, or when it was killed."
    )
    asked_by: str = Field(description="`command`, `administrator` or `worker`.", examples=["worker"])
    told: TidyView | None = Field(description="What was cleared.")


class UpkeepView(Wire):
    """What is kept, and what was cleared."""

    rules: dict[str, Any] = Field(description="Days for which things are kept; null keeps them.")
    latest: list[TidyingView] = Field(description="The last times, newest first.")


@router.get("", summary="Read what is kept, and what was cleared")
async def read_upkeep(house: HouseDep, admin: AdminDep) -> Answer[UpkeepView]:
    """The server's own rules, and the last twenty times that something was cleared."""
    rows = await house.database.fetch_all(SQL["latest"], {"limit": SHOWN})
    latest = [TidyingView.model_validate(row | {"told": row["told"] or None}) for row in rows]
    return Answer(data=UpkeepView(rules=asdict(Rules.of(house.settings)), latest=latest))


@router.post("", summary="Count what could be cleared, or clear it")
async def tidy_up(body: TidyBody, house: HouseDep, admin: AdminDep) -> Answer[TidyView]:
    """Counts unless `dryRun` is false. Answers when it is done: for a large place use `greenlight tidy`."""
    rules, clock = _rules(body, Rules.of(house.settings)), SystemClock()
    if body.dry_run:
        report = await look(house.database, house.store, rules, clock=clock)
    else:
        report = await tidy(house.database, house.store, rules, clock=clock, asked_by="administrator")
    return Answer(data=_view(report))


def _rules(body: TidyBody, ours: Rules) -> Rules:
    given: dict[str, Any] = {
        "productions": body.productions_days, "deleted": body.deleted_days,
        "checkpoints": body.checkpoints_days, "events": body.events_days, "logins": body.logins_days,
        "audit": body.audit_days, "media": body.media, "series": body.series,
    }  # fmt: skip
    return replace(ours, **{name: wish for name, wish in given.items() if wish is not None})


def _view(report: Report) -> TidyView:
    return TidyView.model_validate(report.as_json())
