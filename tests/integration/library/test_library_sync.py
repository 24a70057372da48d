"""S1-61, S1-62, S1-70: the library and the store agree afterwards, or nothing has changed."""

import asyncio
import weakref
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from server.library.sync import Synced, sync_library
from state.errors import FolderUnwritable, MediaMissing, RecordConflict, StoreUnreachable
from tests import media_files
from tests.contracts.test_media_store import let_age
from tests.fakes import FakeClock
from tools.db.pool import Database
from tools.db.turns import Turn, shared
from tools.media.cache import MediaCache
from tools.media.local import PAGE_FILES, LocalMediaStore
from tools.media.s3 import S3MediaStore
from tools.media.s3_bucket import S3Bucket, s3_client
from tools.media.store import MediaStore, Stored
from tools.media_place import Bucket
from tools.settings import Settings

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server

MANY = 2_501
OF_MOTO = "123456789012"


def a_key(number: int, user: str = "local", kind: str = "video", ending: str = "mp4") -> str:
    return f"{kind}/{user}/{number:064x}.{ending}"


@pytest.fixture
async def local(tmp_path: Path) -> LocalMediaStore:
    return await LocalMediaStore.open(Settings(data_dir=tmp_path, link_secret="a-secret-for-the-tests"))


@pytest.fixture
async def s3(s3_caller: Any, s3_place: Bucket, tmp_path: Path) -> AsyncIterator[S3MediaStore]:
    clock = FakeClock()
    cache = MediaCache(tmp_path / "copies", limit_bytes=10**8, clock=clock)
    store = S3MediaStore(S3Bucket(s3_caller, s3_place), cache, b"s", clock=clock, keep_free_bytes=0)
    yield store
    await store.close()


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest) -> MediaStore:
    chosen: MediaStore = request.getfixturevalue(request.param)
    return chosen


def fill(place: Bucket, keys: list[str]) -> None:
    """Objects as if somebody had put them: one request each would take longer than the rest of the file."""
    from moto.s3.models import s3_backends

    backend = s3_backends[OF_MOTO]["aws"]
    for key in keys:
        backend.put_object(place.name, f"{place.prefix}/{key}", b"x")


async def rows(database: Database) -> list[tuple[str, str]]:
    found = await database.fetch_all("select user_id, s3_key from media_library order by 1, 2")
    return [(row["user_id"], row["s3_key"]) for row in found]


async def an_item(database: Database, key: str, user: str = "local", **facts: Any) -> None:
    await database.execute("insert into users (user_id) values (%s) on conflict do nothing", [user])
    await database.execute(
        "insert into media_library (user_id, s3_key, media_type, file_name, thumbnail_s3_key)"
        " values (%s, %s, %s, 'a', %s)",
        [user, key, key.partition("/")[0], facts.get("thumbnail")],
    )


async def test_two_come_one_goes_and_the_second_time_nothing_happens(
    database: Database, store: MediaStore
) -> None:
    kept = await store.put_bytes(media_files.picture(), user_id="local")
    gone = await store.put_bytes(media_files.picture("JPEG"), user_id="local")
    for one in (kept, gone):
        await an_item(database, one.key)
    clip = await store.put_bytes(media_files.clip(), user_id="local")
    sound = await store.put_bytes(media_files.sound("wav"), user_id="local")
    await store.put_bytes(b"1\n00:00:00,000 --> 00:00:01,000\nHola\n", user_id="local")
    await store.delete(gone.key)

    assert await sync_library(database, store, user_id="local") == Synced(synced=3, added=2, removed=1)
    keys = sorted(one.key for one in (kept, clip, sound))
    assert await rows(database) == [("local", key) for key in keys]
    again = await sync_library(database, store, user_id="local")
    assert again == Synced(synced=3, added=0, removed=0)
    [row] = await database.fetch_all("select * from media_library where s3_key = %s", [clip.key])
    assert (row["media_type"], row["format"], row["file_size_bytes"]) == ("video", "mp4", clip.size_bytes)
    assert row["file_name"] == clip.key.rpartition("/")[2]
    assert abs((row["created_at"] - datetime.now(UTC)).total_seconds()) < 60


async def test_a_listing_tells_key_size_and_time_of_one_folder(store: MediaStore) -> None:
    """S1-70; the link is the store's."""
    mine = await store.put_bytes(media_files.picture(), user_id="ana")
    await store.put_bytes(media_files.clip(), user_id="ana")
    await store.put_bytes(media_files.picture(), user_id="ana_b")
    [[found]] = [page async for page in store.listed("image/ana")]
    assert (found.key, found.size_bytes) == (mine.key, mine.size_bytes)
    assert abs((found.stored_at - datetime.now(UTC)).total_seconds()) < 60
    assert "signature=" in store.link(found.key)
    assert [page async for page in store.listed("audio/ana")] in ([], [[]])
    for wrong in ("", "image", "image/", "image/../x", "image/ana/x", "../image", "text\0/a"):
        with pytest.raises(MediaMissing):
            [page async for page in store.listed(wrong)]


async def test_a_bucket_of_2501_objects_is_read_to_its_end(
    database: Database, s3: S3MediaStore, s3_place: Bucket, s3_here: "S3Server"
) -> None:
    """S1-62: three pages; with two users and with what is no media of ours beside them."""
    fill(s3_place, [a_key(number) for number in range(MANY)])
    fill(s3_place, [a_key(7, "ana"), "video/local/holiday.mp4"])
    await an_item(database, a_key(8, "ana"), "ana")
    await an_item(database, a_key(9_999))

    told = list[int]()
    done = await sync_library(database, s3, user_id="local", told=told.append)

    assert done == Synced(synced=MANY, added=MANY, removed=1)
    assert [count for count in told if count] == [1000, 1000, 501]
    assert s3_here.count("GET", "list-type=2") == 6, "three pages of clips, one each of the others"
    found = await rows(database)
    assert len(found) == MANY + 1
    assert [key for user, key in found if user == "ana"] == [a_key(8, "ana")], "nobody else's row is touched"
    assert await sync_library(database, s3, user_id="local") == Synced(synced=MANY, added=0, removed=0)


async def test_a_listing_that_breaks_off_changes_nothing(
    database: Database, s3_here: "S3Server", s3_place: Bucket, tmp_path: Path
) -> None:
    fill(s3_place, [a_key(number) for number in range(15)])
    await an_item(database, a_key(9_999))
    client = s3_client(Settings.model_validate(s3_here.settings), connections=2, tries=1)
    cache = MediaCache(tmp_path / "copies", limit_bytes=10**8, clock=FakeClock())
    small = S3Bucket(client, s3_place, page_keys=10)
    store = S3MediaStore(small, cache, b"s", clock=FakeClock(), keep_free_bytes=0)
    s3_here.trouble = lambda asked: (503, b"") if "continuation-token" in asked["QUERY_STRING"] else None
    with pytest.raises(StoreUnreachable):
        await sync_library(database, store, user_id="local")
    assert await rows(database) == [("local", a_key(9_999))]
    s3_here.trouble = None
    done = await sync_library(database, store, user_id="local")
    assert (done.added, done.removed) == (15, 1)
    await store.close()


class Page(list[Stored]):
    """A page that can be watched: plain lists cannot."""


class Endless:
    """As many pages as are asked for, and how many of them were still held when the next one was made."""

    def __init__(self, pages: int) -> None:
        self.pages, self.most_held = pages, 0
        self._made: list[weakref.ref[Page]] = []

    async def listed(self, folder: str) -> AsyncIterator[list[Stored]]:
        for number in range(self.pages if folder.startswith("video/") else 0):
            self.most_held = max(self.most_held, sum(made() is not None for made in self._made))
            first = number * PAGE_FILES
            page = Page(Stored(a_key(first + at), 1, datetime.now(UTC)) for at in range(PAGE_FILES))
            self._made.append(weakref.ref(page))
            yield page
            del page


async def test_no_more_than_a_page_is_held(database: Database) -> None:
    endless = Endless(5)
    done = await sync_library(database, endless, user_id="local")  # type: ignore[arg-type]
    assert done.added == 5 * PAGE_FILES
    assert endless.most_held <= 1
    control = Endless(5)
    assert len([page async for page in control.listed("video/local")]) == 5
    assert control.most_held == 4, "who keeps them all is noticed"


class Busy:
    """While it is listed, somebody stores a clip behind the page that it belongs on, and writes its row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, folder: str) -> AsyncIterator[list[Stored]]:
        if folder.startswith("video/"):
            yield [Stored(a_key(1), 1, datetime.now(UTC))]
            await an_item(self._database, a_key(2))


async def test_what_is_stored_while_it_is_listed_stays(database: Database) -> None:
    await an_item(database, a_key(3))
    done = await sync_library(database, Busy(database), user_id="local")  # type: ignore[arg-type]
    assert done == Synced(synced=1, added=1, removed=1)
    assert [key for _, key in await rows(database)] == [a_key(1), a_key(2)]


async def test_a_store_that_shows_nothing_removes_nothing_unasked(
    database: Database, store: MediaStore
) -> None:
    await an_item(database, a_key(1))
    with pytest.raises(RecordConflict, match="none of your files"):
        await sync_library(database, store, user_id="local")
    assert len(await rows(database)) == 1
    done = await sync_library(database, store, user_id="local", emptied=True)
    assert done == Synced(synced=0, added=0, removed=1)
    assert await sync_library(database, store, user_id="local") == Synced(synced=0, added=0, removed=0)


async def test_a_folder_that_is_not_mounted_is_no_empty_one(
    database: Database, local: LocalMediaStore, tmp_path: Path
) -> None:
    await an_item(database, a_key(1))
    (tmp_path / "media").rename(tmp_path / "elsewhere")
    with pytest.raises(FolderUnwritable):
        await sync_library(database, local, user_id="local", emptied=True)
    assert len(await rows(database)) == 1


async def test_the_picture_of_a_clip_is_no_item_of_its_own(database: Database, store: MediaStore) -> None:
    clip = await store.put_bytes(media_files.clip(), user_id="local")
    shown = await store.put_bytes(media_files.picture(), user_id="local")
    await an_item(database, clip.key, thumbnail=shown.key)
    assert await sync_library(database, store, user_id="local") == Synced(synced=2, added=0, removed=0)


async def test_the_picture_of_a_clip_that_is_gone_goes_too(database: Database, store: MediaStore) -> None:
    """Unless something names it: here the brief of a production."""
    pictures = [
        await store.put_bytes(media_files.picture(size=(40 + n, 30)), user_id="local") for n in range(2)
    ]
    for number, shown in enumerate(pictures):
        let_age(store, shown.key)  # a bucket tells whole seconds: what was put in this one could be new
        await an_item(database, a_key(number), thumbnail=shown.key)
    await database.execute(
        "insert into productions (user_id, graph, title, brief) values ('local', 'novela', 'A', %s)",
        [Jsonb({"picture": pictures[1].key})],
    )
    assert await sync_library(database, store, user_id="local") == Synced(synced=2, added=0, removed=2)
    assert [key async for key, _ in store.files()] == [pictures[1].key]


async def test_two_at_once_add_everything_once(database: Database, local: LocalMediaStore) -> None:
    for make in (media_files.picture, media_files.clip):
        await local.put_bytes(make(), user_id="local")
    both = await asyncio.gather(*[sync_library(database, local, user_id="local") for _ in range(2)])
    assert sum(one.added for one in both) == 2
    assert len(await rows(database)) == 2


async def test_no_file_is_swept_away_while_it_is_listed(database: Database, local: LocalMediaStore) -> None:
    """The sweep asks for the turn that a listing shares."""
    held = list[bool]()

    class Looking:
        async def listed(self, folder: str) -> AsyncIterator[list[Stored]]:
            async with await psycopg.AsyncConnection.connect(database.url, autocommit=True) as other:
                got = await (await other.execute("select pg_try_advisory_lock(%s)", [Turn.MEDIA])).fetchone()
                held.append(bool(got and got[0]))
            yield []

    await sync_library(database, Looking(), user_id="local")  # type: ignore[arg-type]
    assert held == [False] * 4
    async with shared(database.url, Turn.MEDIA):
        await sync_library(database, local, user_id="local")  # beside a backup it goes on
