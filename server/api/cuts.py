"""The editor: a production's cut, its operations, undo and redo, versions."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, Path, Query
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic.config import JsonDict

from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.cuts.desk import CutDesk, OnDesk
from server.deps import House, HouseDep, ProductionId, UserDep
from server.limits.guard import COUNTED
from state.edits import AnyOperation
from tools.cuts.book import MOST_AT_ONCE, Version
from tools.cuts.history import Difference, Kind, What
from tools.cuts.media import keys_shown

router = APIRouter(prefix="/api/productions", tags=["editor"], responses=ERRORS, dependencies=COUNTED)
EXAMPLE_EDIT: JsonDict = {"op": "trim_clip", "clip": "c2", "head": 12, "tail": 0}
Seen = Annotated[
    int | None,
    Field(
        default=None, ge=1, description="The version that you looked at; where another one is there, 409.",
        examples=[3],
    ),
]  # fmt: skip


class CutView(Wire):
    """A cut at one of its versions."""

    version: int = Field(description="Which one this is.", examples=[3])
    newest: int = Field(description="The one that was made last.", examples=[3])
    digest: str = Field(description="Two cuts with one digest are the same.")
    duration_s: float = Field(description="Seconds of the film.", examples=[61.5])
    frames: int = Field(description="Frames of the film.", examples=[1476])
    can_undo: bool = Field(description="Whether there is an edit before it.")
    can_redo: bool = Field(description="Whether an edit was undone that can be done again.")
    outdated: bool = Field(description="Whether the production was cut anew since: take that over, or go on.")
    timeline: dict[str, Any] = Field(
        description="Tracks with their clips, captions, overlays and markers; times are frames,"
        " of captions seconds."
    )
    links: dict[str, str] = Field(description="A link that works for an hour for each media key of the cut.")

    @classmethod
    def of(cls, found: OnDesk, house: House) -> Self:
        """A cut as clients see it."""
        edited = found.edited
        return cls(
            version=edited.version, newest=edited.newest, digest=edited.digest, outdated=found.outdated,
            duration_s=edited.timeline.duration_s, frames=edited.timeline.length,
            can_undo=edited.can_undo, can_redo=edited.can_redo,
            timeline=_camel_media(edited.timeline.model_dump(mode="json", by_alias=True)),
            links={key: house.store.link(key) for key in sorted(keys_shown(edited.timeline))},
        )  # fmt: skip


class EditBody(Body):
    """Operations in their order: all are carried out, or none."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 3, "operations": [EXAMPLE_EDIT]}]})

    version: Seen
    operations: Annotated[list[AnyOperation], Field(min_length=1, max_length=MOST_AT_ONCE)] = Field(
        description="What to do."
    )


class StepBody(Body):
    """How far to go."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"count": 1, "version": 3}]})

    count: int = Field(default=1, ge=1, le=1000, description="How many edits.", examples=[1])
    version: Seen


class RestoreBody(Body):
    """Which version to go back to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"restore": 1, "version": 3}]})

    restore: int = Field(ge=1, description="The version to bring back, as a new one.", examples=[1])
    version: Seen


class VersionView(Wire):
    """One line of a cut's history."""

    version: int = Field(description="Its number.", examples=[3])
    parent: int | None = Field(description="What it was made of.", examples=[2])
    kind: str = Field(description="assembled, edit, restored or imported.", examples=["edit"])
    operation: dict[str, Any] | None = Field(description="What was done.", examples=[EXAMPLE_EDIT])
    digest: str = Field(description="Of the whole cut.")
    by: str = Field(description="Who did it.", examples=["local"])
    at: datetime = Field(description="When.")

    @classmethod
    def of(cls, one: Version) -> Self:
        """A version as clients see it."""
        said = None if one.operation is None else one.operation.model_dump(mode="json", by_alias=True)
        return cls(
            version=one.version, parent=one.parent, kind=one.kind, digest=one.digest, by=one.by, at=one.at,
            operation=None if said is None else _camel_media(said),
        )  # fmt: skip


class DifferenceView(Wire):
    """One thing that is otherwise."""

    what: What = Field(description="What it is.")
    kind: Kind = Field(description="What became of it.")
    id: str = Field(description="Its id.", examples=["c2"])
    name: str = Field(description="What it is called.", examples=["2A-1"])
    fields: list[str] = Field(description="Which of its fields have other values.", examples=[["source"]])
    before: int | None = Field(description="Its first frame before; of the film, its length.", examples=[48])
    after: int | None = Field(description="Its first frame after.", examples=[36])

    @classmethod
    def of(cls, one: Difference) -> Self:
        """A difference as clients see it."""
        return cls(
            what=one.what, kind=one.kind, id=one.id, name=one.name, before=one.before, after=one.after,
            fields=[to_camel(name) for name in one.fields],
        )  # fmt: skip


async def desk(house: HouseDep, user_id: UserDep) -> CutDesk:
    """The desk of who is asking."""
    return CutDesk(house, user_id)


DeskDep = Annotated[CutDesk, Depends(desk)]
VersionNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="A version of the cut.", examples=[1])]


@router.get("/{production_id}/cut", summary="Open the cut")
async def read_cut(production_id: ProductionId, house: HouseDep, cuts: DeskDep) -> Answer[CutView]:
    """The cut as it is now. It is there once the shots are taken."""
    return Answer(data=CutView.of(await cuts.open(production_id), house))


@router.post("/{production_id}/cut/operations", summary="Edit the cut")
async def edit_cut(
    body: EditBody, production_id: ProductionId, house: HouseDep, cuts: DeskDep
) -> Answer[CutView]:
    """Carry operations out, all or none. Nothing is rendered or paid by it, and everything can be undone.

    What belongs to a shot (its lines, sounds, captions and notes) goes where that goes.
    """
    done = await cuts.edit(production_id, body.operations, seen=body.version)
    return Answer(data=CutView.of(done, house))


@router.post("/{production_id}/cut/undo", summary="Undo edits")
async def undo_edit(
    body: StepBody, production_id: ProductionId, house: HouseDep, cuts: DeskDep
) -> Answer[CutView]:
    """Go back so many edits, or as many as there are."""
    done = await cuts.undo(production_id, count=body.count, seen=body.version)
    return Answer(data=CutView.of(done, house))


@router.post("/{production_id}/cut/redo", summary="Redo edits")
async def redo_edit(
    body: StepBody, production_id: ProductionId, house: HouseDep, cuts: DeskDep
) -> Answer[CutView]:
    """Do again what was undone."""
    done = await cuts.redo(production_id, count=body.count, seen=body.version)
    return Answer(data=CutView.of(done, house))


@router.post("/{production_id}/cut/restore", summary="Bring a version back")
async def restore_cut(
    body: RestoreBody, production_id: ProductionId, house: HouseDep, cuts: DeskDep
) -> Answer[CutView]:
    """The cut as it was at a version, as a new version: nothing in between is lost."""
    done = await cuts.restore(production_id, body.restore, seen=body.version)
    return Answer(data=CutView.of(done, house))


@router.post("/{production_id}/cut/take-over", summary="Take the new cut over")
async def take_cut_over(production_id: ProductionId, house: HouseDep, cuts: DeskDep) -> Answer[CutView]:
    """What the production has assembled since, after a RED for instance. Your edits stay in the history."""
    return Answer(data=CutView.of(await cuts.take_over(production_id), house))


@router.get("/{production_id}/cut/versions", summary="List versions")
async def list_versions(
    production_id: ProductionId, user_id: UserDep, cuts: DeskDep, wanted: Annotated[Turn, Depends(turn)]
) -> Page[VersionView]:
    """Everything that was ever done to the cut, the newest first."""
    await cuts.open(production_id)
    found, total = await cuts.book.versions(
        production_id, user_id=user_id, limit=wanted.limit, offset=wanted.offset
    )
    return Page(data=[VersionView.of(one) for one in found], pagination=wanted.of(total))


@router.get("/{production_id}/cut/versions/{version}", summary="Read a version")
async def read_version(
    production_id: ProductionId, version: VersionNumber, house: HouseDep, cuts: DeskDep
) -> Answer[CutView]:
    """The cut as it was at a version."""
    return Answer(data=CutView.of(await cuts.open(production_id, version=version), house))


@router.get("/{production_id}/cut/compare", summary="Compare two versions")
async def compare_versions(
    production_id: ProductionId,
    user_id: UserDep,
    cuts: DeskDep,
    before: Annotated[int, Query(ge=1, le=2**31 - 1, description="The earlier one.", examples=[1])] = 1,
    after: Annotated[
        int | None,
        Query(
            ge=1, le=2**31 - 1, description="The later one; what is there now when left out.", examples=[2]
        ),
    ] = None,
) -> Answer[list[DifferenceView]]:
    """What is otherwise in the second of two versions."""
    now = (await cuts.open(production_id)).edited.version
    found = await cuts.book.compare(production_id, before, after or now, user_id=user_id)
    return Answer(data=[DifferenceView.of(one) for one in found])


def _camel_media(plain: Any) -> Any:
    """References to files are kept in snake case; outside everything is in camel case."""
    if isinstance(plain, list):
        return [_camel_media(one) for one in plain]
    if not isinstance(plain, dict):
        return plain
    return {
        name: {to_camel(key): value for key, value in one.items()}
        if name == "media" and isinstance(one, dict) else _camel_media(one)
        for name, one in plain.items()
    }  # fmt: skip
