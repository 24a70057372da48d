"""What videos will cost, before anything is made or even written down (S1-36, S1-41, S1-43)."""

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import Field

from server import briefs, estimates
from server.api.wire import ERRORS, Answer, Wire
from server.deps import UserDep
from server.estimates import Estimate
from server.limits.guard import COUNTED
from state.brief import Resolution

router = APIRouter(prefix="/api/novelas/estimate", tags=["novelas"], responses=ERRORS, dependencies=COUNTED)
NAMES = {"duration": "duration", "resolution": "resolution"}


class EstimateBreakdown(Wire):
    """What it was worked out from."""

    model: str = Field(description="The video model.", examples=["veo-3.1"])
    duration: int = Field(description="Seconds of one video.", examples=[8])
    resolution: str = Field(description="Height of its picture.", examples=["1080p"])
    video_count: int = Field(description="How many videos.", examples=[10])


class EstimateView(Wire):
    """What videos will cost, in dollars with two decimals."""

    cost_per_video: str = Field(description="One video.", examples=["0.96"])
    video_count: int = Field(description="How many there will be: a video for each scene.", examples=[10])
    total_cost: str = Field(description="All of them: costPerVideo times videoCount.", examples=["9.60"])
    breakdown: EstimateBreakdown = Field(description="What it was worked out from.")

    @classmethod
    def of(cls, found: Estimate) -> Self:
        """An estimate as it is answered."""
        breakdown = EstimateBreakdown(
            model=found.model_id,
            duration=found.duration_s,
            resolution=found.resolution,
            video_count=found.count,
        )
        return cls(
            cost_per_video=f"{found.per_video.as_usd():.2f}",
            video_count=found.count,
            total_cost=f"{found.total.as_usd():.2f}",
            breakdown=breakdown,
        )


@router.get("", summary="Estimate a novela")
async def estimate_novela(
    user_id: UserDep,
    model_id: Annotated[str, Query(alias="modelId", max_length=100, description="The video model.")],
    episodes: Annotated[int, Query(alias="targetEpisodes", ge=1, le=50, description="How many episodes.")],
    duration: Annotated[int, Query(ge=1, le=60, description="Seconds of one video.")] = 8,
    resolution: Annotated[Resolution, Query(description="Height of the picture.")] = "1080p",
    scenes: Annotated[
        int, Query(alias="scenesPerEpisode", ge=1, le=12, description="Videos of an episode.")
    ] = estimates.SCENES,
) -> Answer[EstimateView]:
    """Price the videos of a series that is not there yet; nothing is written down and nobody is asked."""
    briefs.check_video_model(model_id, field="modelId")
    briefs.check_parameters(model_id, {"duration": duration, "resolution": resolution}, names=NAMES)
    found = estimates.videos(
        model_id=model_id, duration_s=duration, resolution=resolution, count=episodes * scenes
    )
    return Answer(data=EstimateView.of(found))
