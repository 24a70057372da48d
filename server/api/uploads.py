"""Files from people (S3-38, S3-41 to 43, S4-045, S5-132): pictures, clips and sounds of at most 10 MB."""

import asyncio
import hashlib
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from pydantic import Field

from server.api.media import Titled
from server.api.media_files import TYPES
from server.api.wire import ERRORS, Answer, Wire
from server.deps import House, HouseDep, UserDep
from server.library.keeping import keep_file
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.records import media_rows
from server.records.media_rows import LibraryType
from server.sent_files import REQUEST_BODY, Sent, read_sent
from state.errors import MediaMissing, UploadRejected
from tools.media.inspect import HEAD_BYTES
from tools.media.upload import check_declared
from tools.work_folder import work_folder

SHOWS, PRODUCT = ("image", "video"), "product"
"""What a product can be seen in, and the tag by which it is found again."""
router = APIRouter(tags=["media"], responses=ERRORS, dependencies=COUNTED)


class UploadedView(Wire):
    """A file that was stored."""

    key: str = Field(description="Its name in a brief and in the library.")
    url: str = Field(description="A link that works for an hour.")
    media_type: LibraryType = Field(description="video, image, audio or font.")
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
    return await _taken(house, await read_sent(request), user_id, title)


@router.post(
    "/api/products/upload", status_code=201, summary="Upload a product",
    openapi_extra={"requestBody": REQUEST_BODY},
)  # fmt: skip
@counts_as("upload")
async def upload_product(
    request: Request, house: HouseDep, user_id: UserDep, title: Titled = ""
) -> Answer[UploadedView]:
    """Store a picture or a clip of a product as `POST /api/upload` does, with the tag `product`."""
    sent = await read_sent(request)
    if sent.declared.partition("/")[0] not in SHOWS:
        raise UploadRejected(
            f"a product is shown, and {sent.declared or 'this'} is neither image/* nor video/*",
            user_action="Send a picture or a clip.",
        )
    answer = await _taken(house, sent, user_id, title)
    async with house.database.connection() as connection:
        kept = await media_rows.id_of_media(connection, answer.data.key, user_id=user_id)
    await media_rows.tag_media(house.database, [kept], user_id=user_id, add=[PRODUCT], remove=[])
    return answer


async def _taken(house: House, sent: Sent, user_id: str, title: str) -> Answer[UploadedView]:
    check_declared(sent.content[:HEAD_BYTES], sent.declared)
    digest = hashlib.sha256(sent.content).hexdigest()
    before = await _sent_before(house, digest, user_id)
    if before is not None:
        return Answer(data=_view(house, before, duplicate=True), message="This file was sent before.")
    kept = await _kept(house, sent, user_id, title)
    return Answer(data=_view(house, kept, duplicate=False), message="The file is stored.")


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


async def _kept(house: House, sent: Sent, user_id: str, title: str) -> dict[str, Any]:
    async with work_folder("sent") as folder:
        file = folder / "sent"
        await asyncio.to_thread(file.write_bytes, sent.content)
        item = await keep_file(
            house.database, house.store, file, user_id=user_id, name=sent.name, mime=sent.declared,
            title=title,
        )  # fmt: skip
    return await media_rows.whole(house.database, item, user_id=user_id)


def _view(house: House, facts: Mapping[str, Any], *, duplicate: bool) -> UploadedView:
    key = facts["s3_key"]
    mime = TYPES[f".{facts['format']}"]
    return UploadedView.model_validate(
        {**facts, "key": key, "url": house.store.link(key), "mime": mime, "duplicate": duplicate}
    )
