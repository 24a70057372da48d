"""The media library (S1-33, S1-60): every stored picture, clip and sound with its facts."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AfterValidator, Field

from server.api.wire import ERRORS, Answer, Page, Turn, Wire, turn
from server.deps import House, HouseDep, UserDep, read_id
from server.library.keeping import NOWHERE
from server.library.tags import Tag
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.records import media_rows
from server.records.media_rows import LibraryType
from server.sent_text import one_line
from state.errors import UploadRejected
from tools.clock import SystemClock
from tools.media.inspect import PICTURES
from tools.media.upload import upload_image

router = APIRouter(prefix="/api/media", tags=["media"], responses=ERRORS, dependencies=COUNTED)
Titled = Annotated[
    str,
    AfterValidator(one_line),
    Query(max_length=200, description="What it is, or shows.", examples=["The bottle"]),
]


class MediaView(Wire):
    """One item of the library."""

    id: str = Field(description="The item's id.")
    s3_key: str = Field(description="Where it lies in the store.")
    url: str = Field(description="A link that works for an hour.")
    media_type: LibraryType = Field(description="video, image, audio or font.")
    file_name: str = Field(description="The file's name.")
    file_size_bytes: int = Field(description="The file's size.")
    duration_seconds: float | None = Field(description="Its length, where it has one.")
    width: int | None = Field(description="Pixels across.")
    height: int | None = Field(description="Pixels down.")
    format: str = Field(description="The file's kind.", examples=["mp4"])
    title: str = Field(description="What it is.")
    description: str = Field(description="What is to be seen or heard.")
    tags: list[str] = Field(description="Words to find it by.")
    novela_id: str | None = Field(description="The novela it belongs to.")
    video_id: str | None = Field(description="The scene's video.")
    job_id: str | None = Field(description="The job that made it.")
    thumbnail_url: str | None = Field(description="A link to its picture.")
    created_at: datetime = Field(description="When it was stored.")
    updated_at: datetime = Field(description="When its row last changed.")


class UploadView(Wire):
    """A picture that was stored."""

    key: str = Field(description="Its name in a brief: `panel` of a shot, `picture` of a product.")
    url: str = Field(description="A link that works for an hour.")
    mime: str = Field(description="What it is kept as.", examples=["image/png"])
    width: int = Field(description="Pixels across.")
    height: int = Field(description="Pixels down.")
    file_size_bytes: int = Field(description="The stored file's size.")


@router.get("", summary="List the library")
async def list_media(
    house: HouseDep,
    user_id: UserDep,
    wanted: Annotated[Turn, Depends(turn)],
    kind: Annotated[LibraryType | None, Query(alias="type", description="Only this type.")] = None,
    novela: Annotated[str | None, Query(alias="novelaId", description="Only this novela's.")] = None,
    sort_by: Annotated[
        media_rows.SortBy, Query(alias="sortBy", description="Newest, by name, or largest first.")
    ] = "date",
    production: Annotated[
        str | None, Query(alias="productionId", description="Only what this production made.")
    ] = None,
    tags: Annotated[
        list[Tag] | None,
        Query(alias="tag", max_length=10, description="Only with this tag; several: with all."),
    ] = None,
    text: Annotated[
        str,
        AfterValidator(one_line),
        Query(
            alias="q",
            max_length=200,
            examples=["night kitchen"],
            description="Words of the title, the description or a tag, or parts of words; capitals and"
            " accents do not matter.",
        ),
    ] = "",
) -> Page[MediaView]:
    """A page of this user's media."""
    filters = media_rows.Wanted(
        media_type=kind, novela_id=read_id(novela) if novela else None,
        production_id=read_id(production) if production else None,
        tags=tags or (), text=text,
    )  # fmt: skip
    rows, total = await media_rows.list_media(
        house.database, filters, user_id=user_id, limit=wanted.limit, offset=wanted.offset, sort_by=sort_by
    )
    return Page(data=[view_of(house, row) for row in rows], pagination=wanted.of(total))


@router.post(
    "",
    status_code=201,
    summary="Upload a picture",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}} for kind in sorted(PICTURES)
            },
        }
    },
)
@counts_as("upload")
async def upload_media(
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    title: Titled = "",
) -> Answer[UploadView]:
    """Store a PNG, JPEG or WebP picture; a brief names it by its key. The body is the file itself."""
    if request.headers.get("content-type", "").partition(";")[0].strip() not in PICTURES:
        raise UploadRejected("the content type is not image/png, image/jpeg or image/webp")
    media = await upload_image(house.store, await request.body(), user_id=user_id)
    async with house.database.transaction() as connection:
        await media_rows.keep_media(connection, NOWHERE | {"user": user_id, "at": _now()}, media, title=title)
    return Answer(
        data=UploadView(
            key=media.key,
            url=house.store.link(media.key),
            mime=media.mime,
            width=media.width or 0,
            height=media.height or 0,
            file_size_bytes=media.size_bytes,
        ),
        message="The picture is stored.",
    )


def _now() -> datetime:
    return SystemClock().now()


def view_of(house: House, row: dict[str, Any]) -> MediaView:
    """An item as it is answered; the query joined its novela."""
    shown = row["shown_novela_id"]
    facts = {
        **row,
        "id": str(row["id"]),
        "url": house.store.link(row["s3_key"]),
        "novela_id": str(shown) if shown else None,
        "video_id": str(row["video_id"]) if shown and row["video_id"] else None,
        "thumbnail_url": house.store.link(row["thumbnail_s3_key"]) if row["thumbnail_s3_key"] else None,
    }
    return MediaView.model_validate(facts)
