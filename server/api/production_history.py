"""The checkpoints of a production: every state it has been in, newest first."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from server.api.wire import ERRORS, Answer, Wire
from server.deps import HouseDep, ProductionId, UserDep
from server.limits.guard import COUNTED
from server.records import productions

router = APIRouter(prefix="/api/productions", tags=["productions"], responses=ERRORS, dependencies=COUNTED)


class CheckpointView(Wire):
    """One state that was stored."""

    checkpoint_id: str = Field(
        description="Names the state.", examples=["1f1e56a1-cc91-61f6-8000-80f845760bb7"]
    )
    parent_id: str | None = Field(default=None, description="The state before it.")
    run_id: str | None = Field(default=None, description="The run that made it.")
    step: int | None = Field(default=None, description="Counts from -1, the input.", examples=[3])
    source: str = Field(default="", description="input, loop, update or fork.", examples=["loop"])
    next: list[str] = Field(
        default_factory=list, description="The nodes that follow.", examples=[["approve_budget"]]
    )
    event_id: int = Field(description="Its place in the production's event log.", examples=[12])
    at: datetime = Field(description="When it was stored.")


@router.get("/{production_id}/history", summary="List the checkpoints")
async def read_history(
    production_id: ProductionId,
    house: HouseDep,
    user_id: UserDep,
    limit: Annotated[int, Query(ge=1, le=200, description="How many at most.", examples=[20])] = 20,
    before: Annotated[
        int | None, Query(ge=1, description="Only those before this eventId.", examples=[40])
    ] = None,
) -> Answer[list[CheckpointView]]:
    """Every state the production has been in, newest first; page on with the last `eventId` as `before`."""
    await productions.get_production(house.database, production_id, user_id=user_id)
    rows = await productions.list_checkpoints(
        house.database, production_id, user_id=user_id, limit=limit, before=before
    )
    return Answer(data=[CheckpointView(**row) for row in rows])
