"""Running the server: runs that got no further, why, and trying them again."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from psycopg.rows import DictRow
from pydantic import Field

from server.api.productions import AcceptedView, accepted_view
from server.api.wire import ERRORS, Answer, Page, Turn, Wire, turn
from server.deps import AdminDep, HouseDep, ProductionId
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from server.runs.stuck import listed, resume_stuck

runs = APIRouter(
    tags=["admin"], dependencies=COUNTED,
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)  # fmt: skip


class StuckView(Wire):
    """A production whose newest run does not go on; everything of it is kept."""

    production_id: str = Field(
        description="The production.", examples=["7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"]
    )
    title: str | None = Field(
        description="What it is called; null for a production of somebody else.", examples=["The Last Letter"]
    )
    graph: str = Field(description="What is made.", examples=["novela"])
    stage: str = Field(description="The step it stands at.", examples=["collect_takes"])
    run_id: str = Field(description="The run.", examples=["0b9d2d0e-5f6a-4c7b-8d9e-1f2a3b4c5d6e"])
    state: Literal["stuck", "postponed"] = Field(
        description="`stuck`: given up after five attempts without progress. `postponed`: the database or"
        " the store failed under it, and it is tried again by itself."
    )
    attempts: int = Field(description="Attempts since it last got further.", examples=[6])
    error: dict[str, Any] | None = Field(description="Why it was given up, with what was said last.")
    trouble: dict[str, Any] | None = Field(description="How the database or the store failed last.")
    since: datetime | None = Field(description="When it was given up, or began.")
    checkpoints: int = Field(description="States that are kept.", examples=[12])
    orders: int = Field(description="Orders in the ledger that are kept.", examples=[8])


@runs.get("", summary="List runs that got no further")
async def list_stuck(
    house: HouseDep, admin: AdminDep, wanted: Annotated[Turn, Depends(turn)]
) -> Page[StuckView]:
    """Whatever was given up after five attempts without progress, and what waits for a store that is away."""
    rows, total = await listed(house.database, limit=wanted.limit, offset=wanted.offset)
    return Page(data=[_shown(row, admin) for row in rows], pagination=wanted.of(total))


@runs.post("/{production_id}/resume", status_code=202, summary="Try a stuck run again")
async def resume_one(admin: AdminDep, production_id: ProductionId, house: HouseDep) -> Answer[AcceptedView]:
    """It goes on from its last checkpoint, on behalf of whose it is. Nothing is bought again."""
    accepted = await resume_stuck(house.database, house.runs, production_id)
    return Answer(data=accepted_view(accepted.production_id, accepted.run_id, accepted.repeated))


def _shown(row: DictRow, admin: str) -> StuckView:
    """Who runs the server sees that a run does not go on, not what others make."""
    return StuckView.model_validate({**row, "title": row["title"] if row["user_id"] == admin else None})


router = APIRouter()
router.include_router(runs, prefix="/api/admin/stuck")
# The name of before: parked is said of orders alone now.
router.include_router(runs, prefix="/api/admin/parked", include_in_schema=False)
