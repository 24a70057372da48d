"""A cut for editing programs: its formats, a package with its media, and the way back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from server.api.cuts import CutView
from server.api.wire import ERRORS, Answer, Wire
from server.cuts.package import CutPackages
from server.deps import HouseDep, ProductionId, UserDep
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from tools.interchange.carries import left_out

router = APIRouter(prefix="/api/productions", tags=["editor"], responses=ERRORS, dependencies=COUNTED)
ZIP, OTIO = "application/zip", "application/vnd.opentimelineio+json"
TYPES = {"otio": OTIO, "fcpxml": "application/xml", "edl": "text/plain; charset=utf-8"}
Form = Literal["otio", "fcpxml", "edl"]
Version = Annotated[int | None, Query(ge=1, description="The cut as it was at this version.", examples=[3])]
BYTES = {"schema": {"type": "string", "format": "binary"}, "example": "(bytes)"}
GUARDS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache"}


class CarriedView(Wire):
    """What a format does not carry of this cut."""

    format: Form = Field(description="Which format.", examples=["edl"])
    left_out: list[str] = Field(
        description="In plain sentences.", examples=[["1 clip: EDL does not carry a crop."]]
    )


class ImportedView(Wire):
    """A cut that came back."""

    cut: CutView = Field(description="The cut as it is now.")
    notes: list[str] = Field(description="What of the file could not be taken over, in plain sentences.")


@router.get(
    "/{production_id}/cut/formats/{form}",
    summary="Write a cut for an editing program",
    response_class=Response,
    responses={200: {"description": "The file.", "content": {kind: BYTES for kind in TYPES.values()}}},
)
async def write_format(
    production_id: ProductionId,
    form: Annotated[Form, Path(description="Which format.", examples=["otio"])],
    house: HouseDep,
    user_id: UserDep,
    version: Version = None,
) -> Response:
    """OTIO, FCPXML or a CMX3600 EDL. Media are named as they lie in the package: `media/...`.

    Of a cut with several tracks of pictures an EDL is several lists: the package has all of them.
    """
    name, files = await CutPackages(house, user_id).texts(production_id, form, version=version)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', **GUARDS}
    first = files[min(files, key=len)]
    return Response(first, media_type=TYPES[form], headers=headers)


@router.get("/{production_id}/cut/carried", summary="Ask what formats leave out")
async def carried(
    production_id: ProductionId, house: HouseDep, user_id: UserDep, version: Version = None
) -> Answer[list[CarriedView]]:
    """What of this very cut each format does not carry whole."""
    cut = await CutPackages(house, user_id).cut(production_id, version)
    forms: tuple[Form, ...] = ("otio", "fcpxml", "edl")
    return Answer(data=[CarriedView(format=form, left_out=left_out(cut, form)) for form in forms])


@router.get(
    "/{production_id}/cut/package",
    summary="Download a cut with its media",
    response_class=StreamingResponse,
    responses={200: {"description": "A zip, sent while it is made.", "content": {ZIP: BYTES}}},
)
async def download_package(
    production_id: ProductionId,
    house: HouseDep,
    user_id: UserDep,
    version: Version = None,
    formats: Annotated[
        list[Form] | None, Query(alias="format", description="Which formats; all where nothing is said.")
    ] = None,
) -> StreamingResponse:
    """OTIO, FCPXML and EDL in one folder with the media that they name, unchanged. Unpack it and open one."""
    name, pieces = await CutPackages(house, user_id).zipped(production_id, formats or (), version=version)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **GUARDS}
    return StreamingResponse(pieces, media_type=ZIP, headers=headers)


@router.post(
    "/{production_id}/cut/import",
    summary="Take a cut back from an editing program",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "An OpenTimelineIO file of at most a megabyte whose media are yours.",
            "content": {OTIO: {"schema": {"type": "object"}, "example": {"OTIO_SCHEMA": "Timeline.1"}}},
        }
    },
)
@counts_as("upload")
async def take_in(
    production_id: ProductionId,
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    seen: Annotated[
        int | None, Query(alias="version", ge=1, description="The version that you looked at; else 409.")
    ] = None,
) -> Answer[ImportedView]:
    """What was changed in an editing program becomes the next version; it can be undone as any edit."""
    done = await CutPackages(house, user_id).take_in(production_id, await request.body(), seen=seen)
    return Answer(data=ImportedView(cut=CutView.of(done.on_desk, house), notes=done.notes))
