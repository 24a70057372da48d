"""Where the clips of a cut meet: frames, how far they differ, and which of them both shall have."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import ConfigDict, Field, model_validator

from server.api.cuts import CutView, Seen
from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.cuts.joins import Join, JoinDesk
from server.cuts.previews import Part, make_preview
from server.deps import House, HouseDep, ProductionId, UserDep
from server.limits.classes import counts_as
from server.limits.guard import COUNTED

router = APIRouter(prefix="/api/productions", tags=["editor"], responses=ERRORS, dependencies=COUNTED)
ClipId = Annotated[
    str, Path(max_length=40, pattern=r"^[A-Za-z0-9_.-]+$", description="A clip of the picture.",
              examples=["c2"])
]  # fmt: skip


class JoinView(Wire):
    """Where a clip comes after another one."""

    before: str = Field(description="The clip before it.", examples=["c1"])
    after: str = Field(description="The clip after it; the join is named by it.", examples=["c2"])
    at: int = Field(description="The first frame of the cut that shows it.", examples=[48])
    style: str = Field(description="`cut`, or the transition between them.", examples=["cut"])
    last_frame_url: str = Field(description="A link to the last frame of the clip before.")
    first_frame_url: str = Field(description="A link to the first frame of the clip after.")
    unlike: float = Field(description="0 for the same picture, 1 for black beside white.", examples=[0.21])
    matches: bool = Field(description="Whether the one goes on where the other ends.")
    conflicts: bool = Field(description="Whether they differ and nothing blends them: the picture jumps.")


class FramesView(Wire):
    """The ends of a clip."""

    first_frame_url: str = Field(description="A link to its first frame in the cut.")
    last_frame_url: str = Field(description="A link to its last frame in the cut.")
    first_frame_key: str = Field(description="Its key, for operations that name files.")
    last_frame_key: str = Field(description="Its key, for operations that name files.")


class SettleBody(Body):
    """Which frame both clips shall have."""

    keep: Literal["before", "after"] = Field(
        description="The last frame of the clip before, or the first of the clip after.", examples=["before"]
    )
    frames: int = Field(default=12, ge=2, le=120, description="Over how many frames the other one blends.")
    version: Seen
    model_config = ConfigDict(json_schema_extra={"examples": [{"keep": "before"}]})


class PreviewBody(Body):
    """Which part: the cut into a clip, or frames."""

    clip: str | None = Field(
        default=None,
        max_length=40,
        description="Around the cut, or transition, into this clip.",
        examples=["c2"],
    )
    start: int | None = Field(default=None, ge=0, description="Or from this frame on.", examples=[48])
    frames: int | None = Field(default=None, ge=1, description="So many frames, 20 seconds at most.")
    model_config = ConfigDict(json_schema_extra={"examples": [{"clip": "c2"}, {"start": 0, "frames": 72}]})

    @model_validator(mode="after")
    def _one_of_both(self) -> "PreviewBody":
        if (self.clip is None) == (self.start is None):
            raise ValueError("name a clip, or the first frame")
        return self


class PreviewView(Wire):
    """A part of a cut as a clip."""

    version: int = Field(description="Of the cut.", examples=[3])
    start: int = Field(description="Its first frame in the cut.", examples=[12])
    frames: int = Field(description="How many it has.", examples=[72])
    url: str = Field(description="A link to the clip that works for an hour.")


@router.get("/{production_id}/cut/joins", summary="List joins")
async def list_joins(
    production_id: ProductionId, house: HouseDep, user_id: UserDep, wanted: Annotated[Turn, Depends(turn)]
) -> Page[JoinView]:
    """Every place where a clip follows another one, with both frames and how far they differ."""
    found, total = await JoinDesk(house, user_id).list(
        production_id, limit=wanted.limit, offset=wanted.offset
    )
    return Page(data=[_view(house, one) for one in found], pagination=wanted.of(total))


@router.get("/{production_id}/cut/clips/{clip_id}/frames", summary="Read the ends of a clip")
async def read_frames(
    production_id: ProductionId, clip_id: ClipId, house: HouseDep, user_id: UserDep
) -> Answer[FramesView]:
    """Its first and its last frame as pictures, as they are in its file."""
    found = await JoinDesk(house, user_id).frames(production_id, clip_id)
    first, last = found.first.key, found.last.key
    view = FramesView(
        first_frame_url=house.store.link(first), last_frame_url=house.store.link(last),
        first_frame_key=first, last_frame_key=last,
    )  # fmt: skip
    return Answer(data=view)


@router.post("/{production_id}/cut/preview", summary="Preview a part of a cut")
@counts_as("refine")
async def preview(
    production_id: ProductionId, body: PreviewBody, house: HouseDep, user_id: UserDep
) -> Answer[PreviewView]:
    """A few seconds of the cut as it is now, small and quick; the answer waits until they are rendered.

    Frames that were previewed before and have not changed are not rendered again.
    """
    part = None if body.start is None else Part(start=body.start, frames=body.frames or 1)
    made = await make_preview(
        house, production_id, user_id=user_id, clip=body.clip if part is None else None, part=part
    )
    view = PreviewView(
        version=made.version, start=made.part.start, frames=made.part.frames,
        url=house.store.link(made.media.key),
    )  # fmt: skip
    return Answer(data=view)


@router.post("/{production_id}/cut/joins/{clip_id}", summary="Settle a join")
async def settle_join(
    production_id: ProductionId, clip_id: ClipId, body: SettleBody, house: HouseDep, user_id: UserDep
) -> Answer[CutView]:
    """Have both clips meet in one frame. An edit as any other: nothing else moves, and it can be undone."""
    done = await JoinDesk(house, user_id).settle(
        production_id, clip_id, body.keep, frames=body.frames, seen=body.version
    )
    return Answer(data=CutView.of(done, house))


def _view(house: House, join: Join) -> JoinView:
    return JoinView(
        before=join.before, after=join.after, at=join.at, style=join.style, unlike=join.unlike,
        matches=join.matches, conflicts=join.conflicts, last_frame_url=house.store.link(join.last_frame.key),
        first_frame_url=house.store.link(join.first_frame.key),
    )  # fmt: skip
