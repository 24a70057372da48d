"""Exports: a production's cut for a platform, in another shape, size or file. Nothing is bought for one."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query
from fastapi import Body as Sent
from pydantic import ConfigDict, Field

from server.api.productions import AcceptedView, ProductionView, Status, accepted_view, production_view
from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.deps import House, HouseDep, ProductionId, UserDep
from server.exports.desk import Wanted, start_export
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.records import productions
from state.brief import AspectRatio
from state.export import (
    Burned,
    Container,
    ExportQuality,
    ExportResolution,
    ExportWish,
    Framing,
    Loudness,
)
from tools.post.platforms import platforms

router = APIRouter(tags=["exports"], responses=ERRORS, dependencies=COUNTED)
WISH = ExportWish.model_fields
Key = Annotated[str, Header(max_length=200, description="The same key starts the same export once.")]


def _said(field: str) -> str:
    return str(WISH[field].description)


class ExportBody(Body):
    """What is to leave. All of it may be left out: then it is the film as it is, in standard quality."""

    version: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Which version of the cut; the newest where nothing is said.", examples=[3]
    )
    title: str = Field(default="", max_length=120, description="What it is called in lists.")
    platform: str = Field(default="", max_length=40, description=_said("platform"), examples=["tiktok"])
    aspect_ratio: AspectRatio | None = Field(default=None, description=_said("aspect_ratio"))
    resolution: ExportResolution | None = Field(default=None, description=_said("resolution"))
    container: Container | None = Field(default=None, description=_said("container"))
    quality: ExportQuality = Field(default="standard", description=_said("quality"))
    bitrate_kbps: Annotated[int, Field(ge=100, le=100_000)] | None = Field(
        default=None, description=_said("bitrate_kbps")
    )
    loudness: Loudness | None = Field(default=None, description=_said("loudness"))
    captions: Burned = Field(default="burned", description=_said("captions"))
    framing: Framing = Field(default="subject", description=_said("framing"))
    context: dict[str, Any] = Field(
        default_factory=dict, description="Knobs of the run: `review`, `ai_label`; else those of the film."
    )
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"platform": "tiktok"}, {"aspectRatio": "1:1", "resolution": "720p", "version": 3}]
        }
    )


Wish = Annotated[ExportBody, Sent(default_factory=ExportBody)]
"""A body that may be left out."""


class PlatformView(Wire):
    """Where films are shown, and what an export for there is."""

    name: str = Field(description="As in `platform` of an export.", examples=["tiktok"])
    title: str = Field(description="What people call it.")
    aspect_ratio: AspectRatio = Field(description="The shape it shows.")
    resolution: ExportResolution = Field(description="The shorter side.")
    container: Container = Field(description="The file.")
    loudness: Loudness = Field(description="How loud it is played.")
    kbps: dict[str, int] = Field(description="Thousands of bits a second of a standard export, by size.")
    longest_s: int | None = Field(description="It takes nothing longer.")
    most_mb: int | None = Field(description="It takes nothing larger.")
    source: str = Field(description="Where this is from.")
    date: str = Field(description="When it was looked up.")
    verified: bool = Field(description="Whether the platform says so itself; else others report it.")


@router.get("/api/exports/platforms", summary="List platforms")
async def list_platforms(user_id: UserDep) -> Answer[list[PlatformView]]:
    """For whom films can be made fit, with the figures and where they are from."""
    rows = [place.model_dump() for place in platforms().values()]
    return Answer(data=[PlatformView.model_validate(row) for row in rows])


@router.post("/api/productions/{production_id}/exports", status_code=202, summary="Export a cut")
@counts_as("generate")
async def export_cut(
    production_id: ProductionId, body: Wish, house: HouseDep, user_id: UserDep, idempotency_key: Key = ""
) -> Answer[AcceptedView]:
    """Render the cut as it is now, or as it was at a version.

    The answer is a production of its own: its events tell how far it is, its files are the film and what lies
    beside it, and it can be cancelled.
    """
    return await _started(house, production_id, body, user_id, idempotency_key)


@router.post("/api/editor/compile/{production_id}", status_code=202, summary="Compile a cut")
@counts_as("generate")
async def compile_cut(
    production_id: ProductionId, body: Wish, house: HouseDep, user_id: UserDep, idempotency_key: Key = ""
) -> Answer[AcceptedView]:
    """The same as exporting it, under the name that editors ask for."""
    return await _started(house, production_id, body, user_id, idempotency_key)


@router.get("/api/productions/{production_id}/exports", summary="List exports")
async def list_exports(
    production_id: ProductionId,
    house: HouseDep,
    user_id: UserDep,
    wanted: Annotated[Turn, Depends(turn)],
    status: Annotated[Status | None, Query(description="Only those in this status.")] = None,
) -> Page[ProductionView]:
    """The exports of a production, newest first."""
    await productions.get_production(house.database, production_id, user_id=user_id)
    rows, total = await productions.list_productions(
        house.database, user_id=user_id, limit=wanted.limit, offset=wanted.offset, status=status,
        graph="export", film=production_id,
    )  # fmt: skip
    return Page(data=[production_view(house, row) for row in rows], pagination=wanted.of(total))


async def _started(
    house: House, production_id: str, body: ExportBody, user_id: str, key: str
) -> Answer[AcceptedView]:
    sent = body.model_dump(by_alias=False, exclude={"context"}, exclude_unset=True)
    asked = Wanted(production_id=production_id, wish=sent, context=body.context, idempotency_key=key)
    accepted = await start_export(house, asked, user_id=user_id)
    return Answer(data=accepted_view(accepted.production_id, accepted.run_id, accepted.repeated))
