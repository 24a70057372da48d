"""What the cutting room brings along for sound (S5-112, S5-130): music of one's own, and a list of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AfterValidator

from server.api.media import MediaView, Titled, view_of
from server.api.sounds import BODY, SoundView, kept_sound
from server.api.wire import ERRORS, Answer, Page, Turn, turn
from server.deps import HouseDep, UserDep
from server.library.tags import Tag
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.records import media_rows
from server.sent_text import one_line

router = APIRouter(prefix="/api/editor", tags=["editor"], responses=ERRORS, dependencies=COUNTED)
MUSIC = "music"
"""The tag of what is listed here: any sound of the library can be given it, or lose it."""


@router.post("/upload-music", status_code=201, summary="Upload music", openapi_extra={"requestBody": BODY})
@counts_as("upload")
async def upload_music(
    request: Request, house: HouseDep, user_id: UserDep, title: Titled = ""
) -> Answer[SoundView]:
    """Store a sound as `POST /api/media/sounds` does, and put it into the music library."""
    view = await kept_sound(request, house, user_id, title)
    await media_rows.tag_media(house.database, [view.id], user_id=user_id, add=[MUSIC], remove=[])
    return Answer(data=view, message="The music is stored.")


@router.get("/music-library", summary="List music")
async def list_music(
    house: HouseDep,
    user_id: UserDep,
    wanted: Annotated[Turn, Depends(turn)],
    tags: Annotated[
        list[Tag] | None, Query(alias="tag", max_length=10, description="Only with these tags as well.")
    ] = None,
    text: Annotated[
        str,
        AfterValidator(one_line),
        Query(alias="q", max_length=200, description="Words of the title, the description or a tag."),
    ] = "",
    sort_by: Annotated[
        media_rows.SortBy, Query(alias="sortBy", description="Newest, by name, or largest first.")
    ] = "date",
) -> Page[MediaView]:
    """Sounds of your library with the tag `music`, whichever production they come from."""
    filters = media_rows.Wanted(media_type="audio", tags=(MUSIC, *(tags or ())), text=text)
    rows, total = await media_rows.list_media(
        house.database, filters, user_id=user_id, limit=wanted.limit, offset=wanted.offset, sort_by=sort_by
    )
    return Page(data=[view_of(house, row) for row in rows], pagination=wanted.of(total))
