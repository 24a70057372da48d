"""The start page's figures (S1-73, S4-100): what there is, what works, what waits for a person."""

from fastapi import APIRouter
from pydantic import Field

from server.api.productions import dollars
from server.api.wire import ERRORS, Answer, Wire
from server.deps import HouseDep, UserDep
from server.limits.guard import COUNTED
from server.records.statistics import count_everything

router = APIRouter(prefix="/api/stats", tags=["statistics"], responses=ERRORS, dependencies=COUNTED)


class StatisticsView(Wire):
    """Counts over everything of this user."""

    productions: int = Field(description="Productions in all.", examples=[12])
    working: int = Field(description="Being made now or queued.", examples=[1])
    waiting: int = Field(description="With a gate that waits for a person.", examples=[2])
    completed: int = Field(description="Delivered.", examples=[8])
    failed: int = Field(description="Stopped by a failure; they can be resumed.", examples=[1])
    average_work_s: float | None = Field(
        default=None, examples=[95.2],
        description="Seconds of work that a delivered production took, without its waits at gates.",
    )  # fmt: skip
    success_rate: float | None = Field(
        default=None, description="Delivered ones among those that were delivered or failed.", examples=[0.97]
    )
    novelas: int = Field(description="Series in all.", examples=[3])
    novelas_in_progress: int = Field(description="Series with an episode begun.", examples=[1])
    videos: int = Field(description="Finished scenes of series.", examples=[24])
    media: int = Field(description="Items of the library.", examples=[240])
    delivered_seconds: float = Field(description="Length of all masters together.", examples=[512.4])
    billed: str = Field(description="Dollars paid for everything, exact.", examples=["0.80"])


@router.get("", summary="Read the statistics")
async def read_statistics(house: HouseDep, user_id: UserDep) -> Answer[StatisticsView]:
    """Counts that match the lists."""
    row = await count_everything(house.database, user_id=user_id)
    return Answer(data=StatisticsView.model_validate({**row, "billed": dollars(row["billed"])}))
