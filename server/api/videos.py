"""Scenes as videos: generate, regenerate, ask how they are (S1-55 to S1-57)."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from server import episodes
from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import HouseDep, NovelaId, UserDep, VideoId
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.records import videos

router = APIRouter(tags=["videos"], responses=ERRORS, dependencies=COUNTED)
VideoStatus = Literal["pending", "generating", "completed", "failed"]
Parameters = Annotated[
    dict[str, str | int | float | bool],
    Field(
        max_length=20, description="What shall differ from the novela: duration, resolution, aspect_ratio."
    ),
]
Override = Annotated[str | None, Field(max_length=100, description="Another video model for this scene.")]


class GenerateBody(Body):
    """Make the next scene of an episode."""

    episode_number: int = Field(ge=1, le=50, description="Which episode.")
    scene_number: int = Field(ge=1, le=12, description="Which scene; they are made in order.")
    scene_description: str = Field(min_length=1, max_length=5000, description="What happens in it.")
    characters: list[Annotated[str, Field(min_length=1, max_length=60)]] = Field(
        default_factory=list, max_length=12, description="Who is in it."
    )
    previous_scenes: list[Annotated[str, Field(max_length=5000)]] = Field(
        default_factory=list, max_length=50, description="What happened before, for continuity."
    )
    model_override: Override = None
    parameters_override: Parameters = Field(default_factory=dict)
    quote_id: str | None = Field(
        default=None, max_length=64, description="Approves this quote when the episode waits for its budget."
    )
    context: dict[str, Any] = Field(
        default_factory=dict,
        description="The knobs of the episode, as at POST /api/productions: text_model, ceiling_usd, ...;"
        " for its first scene only, which starts it.",
        examples=[{"text_model": "live"}],
    )
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "episodeNumber": 1,
                    "sceneNumber": 1,
                    "sceneDescription": "Marta finds the letter in the kitchen at night.",
                    "characters": ["Marta"],
                    "parametersOverride": {"duration": 6},
                }
            ]
        }
    )


class RegenerateBody(Body):
    """Make a scene again. With `modifications` it is changed, without them made anew."""

    modifications: str = Field(default="", max_length=2000, description="What should be different.")
    model_override: Override = None
    parameters_override: Parameters = Field(default_factory=dict)
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"modifications": "Closer on her hands.", "modelOverride": "veo-3.1-fast"}]
        }
    )


class SceneAccepted(Wire):
    """A scene that will be made."""

    video_id: str = Field(description="The scene's video; ask for its status with this.")
    job_id: str = Field(description="The job that makes it.")
    estimated_cost: float = Field(description="Dollars it will cost.")
    estimated_time: int = Field(description="Seconds its clip usually takes.")
    agent_conversation_id: str = Field(description="Where the agents talk about it.")
    production_id: str = Field(description="The episode's production; its gates are answered there.")


class VideoView(Wire):
    """The whole record of a scene's video."""

    id: str = Field(description="The video's id.")
    novela_id: str = Field(description="Its novela.")
    production_id: str | None = Field(description="The episode's production.")
    episode_number: int = Field(description="Which episode.")
    scene_number: int = Field(description="Which scene.")
    title: str = Field(description="The scene's title.")
    script_prompt: str = Field(description="What the video model was told.")
    model_id: str = Field(description="The video model.")
    model_parameters: dict[str, Any] = Field(description="What was asked of it.")
    job_id: str | None = Field(description="The job of the newest take.")
    status: VideoStatus = Field(description="pending, generating, completed or failed.")
    replicate_status: str | None = Field(description="The same in the provider's words.")
    progress: int = Field(description="0 to 100.")
    output_url: str | None = Field(description="A link to the clip that works for an hour.")
    s3_key: str | None = Field(description="Where the clip lies in the store.")
    thumbnail_url: str | None = Field(description="A link to its picture.")
    duration_seconds: float | None = Field(description="The clip's length.")
    file_size_bytes: int | None = Field(description="The clip's size.")
    estimated_cost: float | None = Field(description="Dollars this take was to cost.")
    actual_cost: float | None = Field(description="Dollars this take cost.")
    total_cost: float = Field(default=0, description="Dollars all takes of this scene cost.")
    takes: int = Field(description="How often it was made.")
    created_by_agent: str | None = Field(description="Who wrote it.")
    validated_by_agent: str | None = Field(description="Who checked it.")
    agent_conversation_id: str | None = Field(description="Where the agents talked about it.")
    error: dict[str, Any] | None = Field(description="What went wrong, for people.")
    created_at: datetime = Field(description="When it was first asked for.")
    started_at: datetime | None = Field(description="When shooting began.")
    completed_at: datetime | None = Field(description="When it ended.")

    @classmethod
    def of(cls, row: dict[str, Any], link: Callable[[str], str]) -> Self:
        """A row with signed links instead of paths."""
        ids = {name: str(row[name]) if row[name] else None for name in ("id", "novela_id", "production_id")}
        signed = {
            name: link(row[name].removeprefix("/media/")) if row[name] else None
            for name in ("output_url", "thumbnail_url")
        }
        return cls.model_validate({**row, **ids, **signed})


class StatusView(Wire):
    """How a video is doing."""

    video_id: str = Field(description="The video's id.")
    status: VideoStatus = Field(description="pending, generating, completed or failed.")
    progress: int = Field(description="0 to 100.")
    output_url: str | None = Field(description="A link to the clip once there is one.")
    error: dict[str, Any] | None = Field(description="What went wrong and what to do about it.")


class TakeView(Wire):
    """One take of a scene."""

    take: int = Field(description="Which take.")
    job_id: str = Field(description="Its job.")
    status: str = Field(description="completed or failed.")
    model_id: str = Field(description="The video model.")
    model_parameters: dict[str, Any] = Field(description="What was asked of it.")
    estimated_cost: float | None = Field(description="Dollars it was to cost.")
    actual_cost: float = Field(description="Dollars it cost.")
    created_at: datetime = Field(description="When it ended.")


class VideoDetail(VideoView):
    """A video with every take it had."""

    history: list[TakeView] = Field(
        default_factory=list, description="Every take and its cost, oldest first."
    )


@router.post("/api/novelas/{novela_id}/generate-video", status_code=202, summary="Make the next scene")
@counts_as("generate")
async def generate_video(
    novela_id: NovelaId, body: GenerateBody, house: HouseDep, user_id: UserDep
) -> Answer[SceneAccepted]:
    """Start the episode with its first scene, or answer the gate that waits before this one."""
    wish = episodes.Wish(**body.model_dump(by_alias=False))
    made = await episodes.make_scene(house, novela_id, wish, user_id=user_id)
    return Answer(data=_accepted(made))


@router.post(
    "/api/novelas/{novela_id}/videos/{video_id}/regenerate", status_code=202, summary="Make a scene again"
)
@counts_as("refine")
async def regenerate_video(
    novela_id: NovelaId, video_id: VideoId, body: RegenerateBody, house: HouseDep, user_id: UserDep
) -> Answer[SceneAccepted]:
    """Answer the scene's gate with changes. Its place and what it cost so far stay."""
    again = episodes.Again(**body.model_dump(by_alias=False))
    made = await episodes.make_again(house, novela_id, video_id, again, user_id=user_id)
    return Answer(data=_accepted(made))


@router.get("/api/videos/{video_id}/status", summary="Ask how a video is")
async def read_status(video_id: VideoId, house: HouseDep, user_id: UserDep) -> Answer[StatusView]:
    """Status, progress, the clip's link or what went wrong."""
    row = await videos.get_video(house.database, video_id, user_id=user_id)
    view = VideoView.of(row, house.store.link)
    return Answer(
        data=StatusView(
            video_id=view.id,
            status=view.status,
            progress=view.progress,
            output_url=view.output_url,
            error=view.error,
        )
    )


@router.get("/api/videos/{video_id}", summary="Read a video")
async def read_video(video_id: VideoId, house: HouseDep, user_id: UserDep) -> Answer[VideoDetail]:
    """The whole record and the history of its takes."""
    row = await videos.get_video(house.database, video_id, user_id=user_id)
    takes = await videos.list_takes(house.database, video_id, user_id=user_id)
    view = VideoDetail.of(row, house.store.link)
    return Answer(data=view.model_copy(update={"history": [TakeView.model_validate(take) for take in takes]}))


def _accepted(made: episodes.Made) -> SceneAccepted:
    return SceneAccepted(
        video_id=made.video_id,
        job_id=made.job_id,
        estimated_cost=float(made.estimated.as_usd()),
        estimated_time=made.estimated_s,
        agent_conversation_id=made.conversation_id,
        production_id=made.production_id,
    )
