"""The media library as it is worked with (S1-61, S1-62, S1-71, S1-72, S4-077): sync, tags, items."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AfterValidator, ConfigDict, Field

from server.api.media import MediaView, view_of
from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import EXAMPLE_ID, HouseDep, MediaId, UserDep
from server.library.looking import look_at, look_at_new
from server.library.removal import delete_item
from server.library.sync import sync_library
from server.library.tags import Tag
from server.limits.guard import COUNTED
from server.records import media_rows
from server.sent_text import one_line
from state.errors import MediaMissing
from tools.clock import SystemClock
from tools.media.links import DAY_S

router = APIRouter(prefix="/api/media", tags=["media"], responses=ERRORS, dependencies=COUNTED)
MOST_AT_ONCE = 500
LOOKED_AT = 8
"""New items whose facts a sync finds out at once; the others wait until they are read."""
Tags = Annotated[list[Tag], Field(max_length=media_rows.MOST_TAGS)]


class SyncedView(Wire):
    """What a comparison came to."""

    synced: int = Field(description="Files of yours in the store; the library knows them all.", examples=[45])
    added: int = Field(description="Items that are new.", examples=[2])
    removed: int = Field(description="Items whose files are gone.", examples=[1])


class TagBody(Body):
    """Tags for several items: all get and lose them, or none."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"ids": [EXAMPLE_ID], "add": ["night"], "remove": ["draft"]}]}
    )

    ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE)] = Field(
        description="Which items.", examples=[[EXAMPLE_ID]]
    )
    add: Tags = Field(default_factory=list, description="Tags to add.", examples=[["night"]])
    remove: Tags = Field(default_factory=list, description="Tags to take away.", examples=[["draft"]])


class TaggedView(Wire):
    """What came of it."""

    changed: int = Field(description="Items whose tags are others now.", examples=[1])


class TagView(Wire):
    """A tag."""

    tag: str = Field(description="The tag.", examples=["night"])
    items: int = Field(description="How many items have it.", examples=[3])


class ItemBody(Body):
    """What an item is called."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "The bottle, from the left"}]})

    title: Annotated[str, Field(max_length=200), AfterValidator(one_line)] | None = Field(
        default=None, description="What it is; left as it was when left out.", examples=["The bottle"]
    )
    description: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None, description="What is to be seen or heard.", examples=["On the table, at night."]
    )


class DownloadView(Wire):
    """Where a file can be fetched."""

    url: str = Field(description="A link that works for a day, for whoever has it.")
    expires_at: datetime = Field(description="When it ends at the latest.")
    file_name: str = Field(description="What to call it.")
    file_size_bytes: int = Field(description="How large it is.", examples=[1234567])


class DeletedView(Wire):
    """What is gone."""

    id: str = Field(description="The item that was deleted.", examples=[EXAMPLE_ID])


@router.post("/sync", summary="Compare the library with the store")
async def sync(
    house: HouseDep,
    user_id: UserDep,
    emptied: Annotated[
        bool, Query(description="Say so when all of your files are gone from the store on purpose.")
    ] = False,
) -> Answer[SyncedView]:
    """Add files of yours that lie in the store to the library, and remove items whose files are gone.

    Twice does no more than once. A listing that breaks off changes nothing.
    """
    done = await sync_library(house.database, house.store, user_id=user_id, emptied=emptied)
    if done.added:
        await look_at_new(house.database, house.store, user_id=user_id, most=LOOKED_AT)
    return Answer(data=SyncedView(synced=done.synced, added=done.added, removed=done.removed))


@router.get("/tags", summary="List tags")
async def list_tags(house: HouseDep, user_id: UserDep) -> Answer[list[TagView]]:
    """Your tags, the most used first."""
    rows = await media_rows.list_tags(house.database, user_id=user_id)
    return Answer(data=[TagView(tag=row["tag"], items=row["items"]) for row in rows])


@router.post("/tags", summary="Tag several items")
async def tag_items(body: TagBody, house: HouseDep, user_id: UserDep) -> Answer[TaggedView]:
    """Add tags and take tags away, of all of these items or of none. A tag is kept without capitals."""
    ids = [str(one) for one in body.ids]
    changed = await media_rows.tag_media(
        house.database, ids, user_id=user_id, add=body.add, remove=body.remove
    )
    return Answer(data=TaggedView(changed=changed))


@router.get("/{media_id}", summary="Read an item")
async def read_item(media_id: MediaId, house: HouseDep, user_id: UserDep) -> Answer[MediaView]:
    """One item. What a sync brought in is looked at now: its length, its size, a picture of a clip."""
    row = await media_rows.whole(house.database, media_id, user_id=user_id)
    if row["looked_at"] is None and media_rows.lacks_facts(row):
        with suppress(MediaMissing):
            await look_at(house.database, house.store, row)
        row = await media_rows.whole(house.database, media_id, user_id=user_id)
    return Answer(data=view_of(house, row))


@router.patch("/{media_id}", summary="Describe an item")
async def describe_item(
    body: ItemBody, media_id: MediaId, house: HouseDep, user_id: UserDep
) -> Answer[MediaView]:
    """Give an item another title or description; it is found by them."""
    await media_rows.describe(
        house.database, media_id, user_id=user_id, title=body.title, description=body.description
    )
    return Answer(data=view_of(house, await media_rows.whole(house.database, media_id, user_id=user_id)))


@router.get("/{media_id}/download", summary="Get a link of a day")
async def download_item(media_id: MediaId, house: HouseDep, user_id: UserDep) -> Answer[DownloadView]:
    """A signed link to the file, for a day. 404 when the file is gone."""
    row = await media_rows.whole(house.database, media_id, user_id=user_id)
    size = await house.store.size(row["s3_key"])
    view = DownloadView(
        url=house.store.link(row["s3_key"], ttl_s=DAY_S), file_name=row["file_name"], file_size_bytes=size,
        expires_at=SystemClock().now() + timedelta(seconds=DAY_S),
    )  # fmt: skip
    return Answer(data=view)


@router.delete("/{media_id}", summary="Delete an item")
async def delete(media_id: MediaId, house: HouseDep, user_id: UserDep) -> Answer[DeletedView]:
    """Delete an item with its file. What a production uses is refused with 409, and stays whole."""
    await delete_item(house.database, house.store, media_id, user_id=user_id)
    return Answer(data=DeletedView(id=media_id), message="The item and its file are deleted.")
