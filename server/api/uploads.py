"""Files from people (S3-38, S3-41 to 43, S4-045, S5-132): pictures, clips and sounds of at most 10 MB."""

import asyncio
import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from fastapi import APIRouter, Request
from pydantic import Field

from server.api.media import LibraryType, Titled
from server.api.media_files import TYPES
from server.api.wire import ERRORS, Answer, Wire
from server.deps import House, HouseDep, UserDep
from server.library.keeping import NOWHERE
from server.library.looking import picture_of
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.records import media_rows
from server.sent_files import REQUEST_BODY, Sent, read_sent
from state.errors import MediaMissing
from state.media import MediaRef
from tools.clock import SystemClock
from tools.media.inspect import HEAD_BYTES
from tools.media.upload import check_declared, upload_file

router = APIRouter(tags=["media"], responses=ERRORS, dependencies=COUNTED)


class UploadedView(Wire):
    """A file that was stored."""

    key: str = Field(description="Its name in a brief and in the library.")
    url: str = Field(description="A link that works for an hour.")
    media_type: LibraryType = Field(description="video, image or audio.")
    mime: str = Field(description="What it is kept as.", examples=["video/mp4"])
    file_name: str = Field(description="The name it was sent with, cleaned.", examples=["bottle.png"])
    file_size_bytes: int = Field(description="The stored file's size.")
    file_hash: str = Field(description="SHA-256 of the file as it was sent.")
    duplicate: bool = Field(
        description="Whether you sent the same bytes before: what was made of them is used."
    )
    width: int | None = Field(description="Pixels across.")
    height: int | None = Field(description="Pixels down.")
    duration_seconds: float | None = Field(description="Its length, where it has one.")


@router.post(
    "/api/upload", status_code=201, summary="Upload a file", openapi_extra={"requestBody": REQUEST_BODY}
)
@counts_as("upload")
async def upload(
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    title: Titled = "",
) -> Answer[UploadedView]:
    """Store a picture, a clip or a sound, made anew without its metadata.

    The content must be of the declared type. Pictures become PNG or JPEG, clips MP4, sounds WAV, MP3 or M4A.
    """
    sent = await read_sent(request)
    check_declared(sent.content[:HEAD_BYTES], sent.declared)
    digest = hashlib.sha256(sent.content).hexdigest()
    before = await _sent_before(house, digest, user_id)
    if before is not None:
        return Answer(data=_view(house, before, duplicate=True), message="This file was sent before.")
    media = await _made(house, sent, user_id)
    facts = _facts(media, sent.name) | {"file_hash": digest}
    row = NOWHERE | {"user": user_id, "at": SystemClock().now()}
    name = facts["file_name"]
    picture = await picture_of(house.store, media, user_id=user_id) if media.media_type == "video" else None
    async with house.database.transaction() as connection:
        await media_rows.keep_media(
            connection, row, media, title=title or name, file_name=name, file_hash=digest, thumbnail=picture
        )
    return Answer(data=_view(house, facts, duplicate=False), message="The file is stored.")


async def _sent_before(house: House, digest: str, user_id: str) -> dict[str, Any] | None:
    """The row of the same bytes whose file is still there; young again, as a brief is about to name it."""
    row = await media_rows.sent_before(house.database, digest, user_id=user_id)
    if row is None:
        return None
    try:
        await house.store.renew(row["s3_key"])
    except MediaMissing:
        return None
    return row


async def _made(house: House, sent: Sent, user_id: str) -> MediaRef:
    with tempfile.TemporaryDirectory(prefix="greenlight-sent-") as folder:
        file = Path(folder) / "sent"
        await asyncio.to_thread(file.write_bytes, sent.content)
        return await upload_file(house.store, file, declared=sent.declared, user_id=user_id)


def _facts(media: MediaRef, name: str) -> dict[str, Any]:
    """As a row of the library tells them; the name has the ending of what it is now."""
    suffix = PurePosixPath(media.key).suffix
    return {
        "s3_key": media.key,
        "media_type": media.media_type,
        "file_name": media_rows.name_as_kept(name, media),
        "file_size_bytes": media.size_bytes,
        "duration_seconds": media.duration_s,
        "width": media.width,
        "height": media.height,
        "format": suffix.lstrip("."),
    }


def _view(house: House, facts: Mapping[str, Any], *, duplicate: bool) -> UploadedView:
    key = facts["s3_key"]
    mime = TYPES[f".{facts['format']}"]
    return UploadedView.model_validate(
        {**facts, "key": key, "url": house.store.link(key), "mime": mime, "duplicate": duplicate}
    )
