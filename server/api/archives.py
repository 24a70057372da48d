"""A production as one file: out of one server, into another."""

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated, BinaryIO, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from server.api.wire import ERRORS, Answer, Wire
from server.archives.format import MAX_FILE_BYTES
from server.archives.send import archive_of, work_folder
from server.archives.take_in import take_in
from server.deps import HouseDep, ProductionId, UserDep
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from state.errors import ArchiveRefused
from tools.media.incoming import check_room
from tools.media.local import KEEP_FREE_BYTES

router = APIRouter(tags=["archives"], responses=ERRORS, dependencies=COUNTED)
ZIP = "application/zip"
TYPES = frozenset({ZIP, "application/octet-stream", "application/x-zip-compressed"})


class ImportedView(Wire):
    """A production that was imported."""

    production_id: str = Field(
        description="The production, under this id.", examples=["7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"]
    )
    title: str = Field(description="What it is called.", examples=["The Key"])
    status: str = Field(
        description="paused, completed, failed or cancelled; never running.", examples=["paused"]
    )
    counts: dict[str, int] = Field(
        description="Rows that came with it, by table.", examples=[{"events": 412, "orders": 18}]
    )
    media: int = Field(description="Media files that came with it.", examples=[27])
    url: str = Field(
        description="The production.", examples=["/api/productions/7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"]
    )


@router.get(
    "/api/productions/{production_id}/archive",
    summary="Download a production as an archive",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The archive, sent while it is made.",
            "content": {ZIP: {"schema": {"type": "string", "format": "binary"}, "example": "(bytes)"}},
        }
    },
)
async def export_archive(production_id: ProductionId, house: HouseDep, user_id: UserDep) -> StreamingResponse:
    """Everything of a production that stands still in one file, for `POST /api/archives` of any server.

    409 while it is running: wait until it asks something or has ended.
    """
    archive = await archive_of(house, production_id, user_id=user_id)
    headers = {"Content-Disposition": f'attachment; filename="{archive.file_name}"'}
    return StreamingResponse(archive.chunks(), media_type=ZIP, headers=headers)


@router.post(
    "/api/archives",
    status_code=201,
    summary="Import an archive",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "The archive, as it was downloaded.",
            "content": {ZIP: {"schema": {"type": "string", "format": "binary"}, "example": "(bytes)"}},
        }
    },
)
@counts_as("upload")
async def import_archive(
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    as_new: Annotated[
        bool, Query(description="Give it new ids, beside one that is here already.", examples=[True])
    ] = False,
) -> Answer[ImportedView]:
    """Make the production of an archive yours. All of it is checked first; a refused one leaves nothing.

    It keeps its id, and is 409 where that is taken. Nothing goes on by itself: it has ended or it waits.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in TYPES:
        raise ArchiveRefused("The content type is not application/zip.", user_action="Send the file itself.")
    folder = await asyncio.to_thread(work_folder, house.settings.data_dir)
    with tempfile.TemporaryFile(dir=folder) as file:
        await _receive(request, cast(BinaryIO, file), folder)
        imported = await take_in(house, cast(BinaryIO, file), user_id=user_id, as_new=as_new)
    return Answer(
        data=ImportedView(**vars(imported), url=f"/api/productions/{imported.production_id}"),
        message="The production is here.",
    )


async def _receive(request: Request, file: BinaryIO, folder: Path) -> None:
    """The body into a file without a name; what is too large was cut off on the way."""
    claimed = request.headers.get("content-length", "0")
    wanted = min(int(claimed), MAX_FILE_BYTES) if claimed.isdigit() else 0
    await asyncio.to_thread(check_room, folder, wanted, KEEP_FREE_BYTES)
    async for chunk in request.stream():
        await asyncio.to_thread(file.write, chunk)
