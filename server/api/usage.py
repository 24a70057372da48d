"""Running the server: what everybody used, in sum (S2-089)."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, Field

from server.api.productions import dollars
from server.api.wire import ERRORS, Answer, Wire
from server.deps import AdminDep, HouseDep
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from server.vitals.usage import read_usage

router = APIRouter(
    prefix="/api/admin/usage", tags=["admin"], dependencies=COUNTED,
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)  # fmt: skip
BEGINNING, END = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
MONEY = ("quoted", "reserved", "billed", "refunded", "unknown")


class EngineUsageView(Wire):
    """What was ordered from one engine in one medium."""

    engine: str = Field(description="The engine, or the vendor of a language model.", examples=["replicate"])
    medium: str = Field(description="image, video, voice, music or text.", examples=["video"])
    orders: int = Field(description="Orders placed; a question counts for each vendor asked.", examples=[120])
    done: int = Field(
        description="Those that are done; a question with the vendor asked last.", examples=[118]
    )
    failed: int = Field(description="Those that failed.", examples=[2])
    parked: int = Field(description="Those that wait for a person.", examples=[0])
    quoted: str = Field(description="Dollars planned, exact.", examples=["12.00"])
    reserved: str = Field(description="Dollars held for what is under way.", examples=["0.00"])
    billed: str = Field(description="Dollars paid.", examples=["11.80"])
    refunded: str = Field(description="Dollars given back.", examples=["0.20"])
    unknown: str = Field(description="Dollars of unknown fate.", examples=["0.00"])


class UsageView(Wire):
    """Counts over everybody; nobody's titles, texts or files."""

    new_users: int = Field(description="Accounts opened.", examples=[3])
    active_users: int = Field(description="Users who started a production.", examples=[7])
    productions: int = Field(description="Productions started.", examples=[40])
    working: int = Field(description="Of these, being made now or queued.", examples=[1])
    waiting: int = Field(description="Of these, at a gate.", examples=[4])
    completed: int = Field(description="Of these, delivered.", examples=[33])
    failed: int = Field(description="Of these, failed.", examples=[1])
    cancelled: int = Field(description="Of these, cancelled.", examples=[1])
    billed: str = Field(description="Dollars paid to all engines, exact.", examples=["11.80"])
    engines: list[EngineUsageView] = Field(description="By engine and medium.")


@router.get("", summary="Read what everybody used")
async def read_usage_of_all(
    house: HouseDep,
    admin: AdminDep,
    since: Annotated[AwareDatetime, Query(description="From this moment on, with its offset.")] = BEGINNING,
    until: Annotated[AwareDatetime, Query(description="Up to this moment, which is not in it.")] = END,
) -> Answer[UsageView]:
    """Sums over all users: productions by when they were started, orders by when they were placed."""
    usage = await read_usage(house.database, since=since, until=until)
    engines = [{**row, **{name: dollars(row[name]) for name in MONEY}} for row in usage.engines]
    billed = dollars(sum(row["billed"] for row in usage.engines))
    facts: dict[str, Any] = {**usage.totals, "billed": billed, "engines": engines}
    return Answer(data=UsageView.model_validate(facts))
