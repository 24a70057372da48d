"""Novelas: the series above the episodes (S1-50 to S1-54)."""

import secrets
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import ConfigDict, Field, field_validator, model_validator

from server import briefs, estimates
from server.api.estimate import EstimateView
from server.api.videos import VideoView
from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.deps import HouseDep, NovelaId, UserDep
from server.estimates import Estimate
from server.limits.guard import COUNTED
from server.records import novelas, productions, videos
from server.sent_text import one_line
from state.brief import AspectRatio, Resolution
from state.errors import RecordConflict
from state.script import Genre, Language

router = APIRouter(prefix="/api/novelas", tags=["novelas"], responses=ERRORS, dependencies=COUNTED)
NovelaStatus = Literal["planning", "in_progress", "completed", "paused"]
SEED_LIMIT = 2**31
EXAMPLE: dict[str, Any] = {
    "title": "The Last Letter",
    "description": "A widow finds an unopened letter on the day her daughter is to marry.",
    "genre": "drama",
    "targetEpisodes": 3,
    "defaultModelId": "wan-2.5-t2v-fast",
    "defaultDuration": 8,
    "defaultResolution": "1080p",
    "defaultAspectRatio": "16:9",
}
Title = Annotated[str, Field(min_length=1, max_length=500, description="What the series is called.")]
Description = Annotated[str, Field(min_length=1, max_length=20_000, description="What it is about.")]
GenreField = Annotated[Genre, Field(description="drama, romance, thriller or comedy.")]
Episodes = Annotated[int, Field(ge=1, le=50, description="How many episodes it shall have.")]
ModelId = Annotated[str, Field(description="The video model; GET /api/models lists them.")]
Duration = Annotated[int, Field(ge=1, le=60, description="Seconds of one generated clip.")]
ResolutionField = Annotated[Resolution, Field(description="Height of the picture.")]
Ratio = Annotated[AspectRatio, Field(description="Shape of the picture.")]
References = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=2048)]],
    Field(max_length=14, description="Pictures of the characters; only for models that take them."),
]
Seed = Annotated[int, Field(ge=0, lt=SEED_LIMIT, description="The seed of every scene.")]


class _Words(Body):
    @field_validator("title", check_fields=False)
    @classmethod
    def _one_line(cls, text: str | None) -> str | None:
        return one_line(text) if text else text

    @field_validator("title", "description", check_fields=False)
    @classmethod
    def _not_blank(cls, text: str | None) -> str | None:
        if text is not None and not text.strip():
            raise ValueError("must contain some words")
        return text


class NovelaBody(_Words):
    """Create a novela."""

    title: Title
    description: Description
    genre: GenreField
    target_episodes: Episodes
    language: Annotated[Language, Field(description="en, es or pt-BR.")] = "en"
    default_model_id: ModelId = "wan-2.5-t2v-fast"
    default_duration: Duration = 8
    default_resolution: ResolutionField = "1080p"
    default_aspect_ratio: Ratio = "16:9"
    reference_character_images: References = Field(default_factory=list)
    master_seed: Annotated[Seed | None, Field(description="Made up when left out.")] = None
    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})


class NovelaChange(_Words):
    """Change some fields; what is left out stays."""

    title: Annotated[Title | None, Field(description="What the series is called.")] = None
    description: Annotated[Description | None, Field(description="What it is about.")] = None
    genre: Annotated[Genre | None, Field(description="drama, romance, thriller or comedy.")] = None
    language: Annotated[Language | None, Field(description="en, es or pt-BR.")] = None
    target_episodes: Annotated[Episodes | None, Field(description="How many episodes.")] = None
    default_model_id: Annotated[ModelId | None, Field(description="The video model.")] = None
    default_duration: Annotated[Duration | None, Field(description="Seconds of one clip.")] = None
    default_resolution: Annotated[Resolution | None, Field(description="Height of the picture.")] = None
    default_aspect_ratio: Annotated[AspectRatio | None, Field(description="Shape of the picture.")] = None
    reference_character_images: Annotated[
        References | None, Field(description="Pictures of the characters.")
    ] = None
    master_seed: Annotated[Seed | None, Field(description="The seed of every scene.")] = None
    status: Annotated[
        NovelaStatus | None, Field(description="planning, in_progress, completed or paused.")
    ] = None
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "The First Letter", "status": "paused"}]}
    )

    @model_validator(mode="before")
    @classmethod
    def _no_nulls(cls, sent: Any) -> Any:
        """Leaving a field out keeps it; null would mean nothing."""
        empty = [name for name, value in sent.items() if value is None] if isinstance(sent, dict) else []
        if empty:
            raise ValueError(f"{empty[0]} must not be null; leave it out to keep it")
        return sent


class NovelaView(Wire):
    """A novela."""

    id: str = Field(description="The novela's id.")
    title: str = Field(description="What it is called.")
    description: str = Field(description="What it is about.")
    genre: str = Field(description="drama, romance, thriller or comedy.")
    language: str = Field(description="The language it is written in.")
    target_episodes: int = Field(description="How many episodes it shall have.")
    created_videos: int = Field(description="Scenes that were finished; a regeneration does not count.")
    total_cost: float = Field(description="Dollars paid for all takes.")
    estimated_cost: float | None = Field(description="Dollars it will cost about.")
    default_model_id: str = Field(description="The video model.")
    default_duration: int = Field(description="Seconds of one clip.")
    default_resolution: str = Field(description="Height of the picture.")
    default_aspect_ratio: str = Field(description="Shape of the picture.")
    reference_character_images: list[str] = Field(description="Pictures of the characters.")
    master_seed: int | None = Field(description="The seed of every scene.")
    status: NovelaStatus = Field(description="planning, in_progress, completed or paused.")
    created_at: datetime = Field(description="When it was made.")
    updated_at: datetime = Field(description="When it last changed.")


class NovelaCreated(NovelaView):
    """A novela as it begins, with what its videos will cost."""

    estimate: EstimateView = Field(description="Price and number of its videos, before there is a plan.")


class EpisodeView(Wire):
    """One episode that was started."""

    episode_number: int = Field(description="Which one.")
    production_id: str = Field(description="Its production.")
    status: str = Field(description="The production's status.")
    stage: str = Field(description="What is being done now.")


class NovelaDetail(NovelaView):
    """A novela with its plan, its episodes and its timeline."""

    plan: dict[str, Any] = Field(
        description="Cast, places and every episode's scenes; empty before it is made."
    )
    episodes: list[EpisodeView] = Field(description="The episodes that were started.")
    videos: list[VideoView] = Field(description="The scenes, by episode and scene.")


@router.get("", summary="List novelas")
async def list_novelas(
    house: HouseDep,
    user_id: UserDep,
    wanted: Annotated[Turn, Depends(turn)],
    status: Annotated[NovelaStatus | None, Query(description="Only those in this status.")] = None,
) -> Page[NovelaView]:
    """All novelas of this user, newest first."""
    rows, total = await novelas.list_novelas(
        house.database, user_id=user_id, limit=wanted.limit, offset=wanted.offset, status=status
    )
    return Page(data=[novela_view(row) for row in rows], pagination=wanted.of(total))


@router.post("", status_code=201, summary="Create a novela")
async def create_novela(body: NovelaBody, house: HouseDep, user_id: UserDep) -> Answer[NovelaCreated]:
    """Make the record of a series; nothing is generated."""
    fields = body.model_dump(by_alias=False)
    if fields["master_seed"] is None:
        fields["master_seed"] = secrets.randbelow(SEED_LIMIT)
    estimate = _checked_estimate(fields)
    fields["estimated_cost"] = estimate.total.as_usd()
    row = await novelas.create_novela(house.database, fields, user_id=user_id)
    created = NovelaCreated(**novela_view(row).model_dump(by_alias=False), estimate=EstimateView.of(estimate))
    return Answer(data=created, message="The novela was created.")


@router.get("/{novela_id}", summary="Read a novela")
async def read_novela(novela_id: NovelaId, house: HouseDep, user_id: UserDep) -> Answer[NovelaDetail]:
    """The novela, its plan, and its scenes in order."""
    row = await novelas.get_novela(house.database, novela_id, user_id=user_id)
    scenes = await videos.list_videos(house.database, novela_id, user_id=user_id)
    made, _ = await productions.list_productions(
        house.database, user_id=user_id, limit=100, novela_id=novela_id
    )
    return Answer(
        data=NovelaDetail(
            **novela_view(row).model_dump(by_alias=False),
            plan=row["plan"],
            episodes=[
                EpisodeView(**{**episode, "production_id": str(episode["production_id"])})
                for episode in sorted(made, key=lambda each: each["episode_number"] or 0)
            ],
            videos=[VideoView.of(scene, house.store.link) for scene in scenes],
        )
    )


@router.put("/{novela_id}", summary="Change a novela")
async def change_novela(
    novela_id: NovelaId, body: NovelaChange, house: HouseDep, user_id: UserDep
) -> Answer[NovelaView]:
    """Change the fields that are sent. Pausing keeps new scenes from being started."""
    sent = body.model_dump(by_alias=False, exclude_unset=True)
    before = await novelas.get_novela(house.database, novela_id, user_id=user_id)
    if PRICED & sent.keys():
        sent["estimated_cost"] = _checked_estimate({**before, **sent}).total.as_usd()
    row = await novelas.change_novela(house.database, novela_id, sent, user_id=user_id)
    return Answer(data=novela_view(row), message="The novela was changed.")


@router.delete("/{novela_id}", summary="Delete a novela")
async def delete_novela(novela_id: NovelaId, house: HouseDep, user_id: UserDep) -> Answer[dict[str, str]]:
    """Remove it and its scenes from sight and stop its productions; messages and media stay."""
    await novelas.get_novela(house.database, novela_id, user_id=user_id)
    made, _ = await productions.list_productions(
        house.database, user_id=user_id, limit=100, novela_id=novela_id
    )
    for production in made:
        if production["status"] in ("queued", "running", "paused"):
            # It may have ended since it was listed, and that is as good.
            with suppress(RecordConflict):
                await house.runs.cancel(user_id=user_id, production_id=str(production["production_id"]))
    await novelas.hide_novela(house.database, novela_id, user_id=user_id)
    return Answer(data={"id": novela_id}, message="The novela was deleted.")


NAMES = {
    "duration": "defaultDuration",
    "resolution": "defaultResolution",
    "aspect_ratio": "defaultAspectRatio",
    "reference_images": "referenceCharacterImages",
}
PRICED = frozenset(
    {
        "default_model_id", "default_duration", "default_resolution", "default_aspect_ratio",
        "target_episodes", "reference_character_images",
    }
)  # fmt: skip


def novela_view(row: dict[str, Any]) -> NovelaView:
    """A row as it is answered."""
    return NovelaView.model_validate({**row, "id": str(row["id"])})


def _checked_estimate(fields: dict[str, Any]) -> Estimate:
    """What the series costs about; the model must exist and take what is asked of it."""
    model_id = fields["default_model_id"]
    briefs.check_video_model(model_id, field="defaultModelId")
    asked = {
        "duration": fields["default_duration"],
        "resolution": fields["default_resolution"],
        "aspect_ratio": fields["default_aspect_ratio"],
        "reference_images": fields["reference_character_images"],
    }
    briefs.check_parameters(model_id, asked, names=NAMES)
    return estimates.series(
        model_id=model_id,
        duration_s=fields["default_duration"],
        resolution=fields["default_resolution"],
        episodes=fields["target_episodes"],
    )
