"""What every media store promises, run over each of them."""

import asyncio
import hashlib
import io
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from state.errors import LinkExpired, MediaDamaged, MediaMissing, UploadRejected
from tests import media_files
from tools.media.cache import MediaCache
from tools.media.local import LocalMediaStore
from tools.media.s3 import S3MediaStore
from tools.media.s3_bucket import S3Bucket
from tools.media.store import MediaStore

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server

ESCAPES = [
    "../../etc/passwd", "/etc/passwd", "image/../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/x",
    "image/local/%2e%2e/secret.png", "image\\local\\x.png", "\\\\host\\share\\x.png", "C:\\x.png", "", ".",
    "image/local/x\0.png", f"image/local/{'a' * 64}.png\0", f"image/local/{'a' * 64}.png\n",
    f"image/../{'a' * 64}.png", f"image/{'u' * 300}/{'a' * 64}.png", f"image/local/{'a' * 64}.svg",
    f"image//{'a' * 64}.png", f"/image/local/{'a' * 64}.png", f"image/local/{'A' * 64}.png",
    "image/local/" + "a" * 5000, "file:///etc/passwd", "~/x", f"image/lo\u2215cal/{'a' * 64}.png",
]  # fmt: skip


class StillClock:
    """Time that moves when a test says so."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
async def local(tmp_path: Path, clock: StillClock) -> MediaStore:
    return LocalMediaStore(tmp_path / "media", b"a secret", clock=clock, keep_free_bytes=0)


@pytest.fixture
async def s3(tmp_path: Path, clock: StillClock, bucket: S3Bucket) -> AsyncIterator[MediaStore]:
    cache = MediaCache(tmp_path / "copies", limit_bytes=10**9, clock=clock)
    store = S3MediaStore(bucket, cache, b"a secret", clock=clock, keep_free_bytes=0)
    yield store
    await store.close()


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest) -> MediaStore:
    kept: MediaStore = request.getfixturevalue(request.param)
    return kept


async def everything(store: MediaStore, key: str, **bounds: int) -> bytes:
    return b"".join([chunk async for chunk in store.stream(key, **bounds)])


@pytest.mark.parametrize("kind", media_files.ACCEPTED)
async def test_the_content_decides_the_type(store: MediaStore, kind: str):
    make, mime, extension = media_files.ACCEPTED[kind]
    content = make()

    kept = await store.put_bytes(content, user_id="local")

    digest = hashlib.sha256(content).hexdigest()
    assert (kept.mime, kept.sha256, kept.size_bytes) == (mime, digest, len(content))
    assert kept.key == f"{kept.media_type}/local/{digest}.{extension}"
    assert await everything(store, kept.key) == content


@pytest.mark.parametrize("kind", media_files.REFUSED)
async def test_what_is_of_no_kept_type_is_refused(store: MediaStore, kind: str):
    with pytest.raises(UploadRejected):
        await store.put_bytes(media_files.REFUSED[kind](), user_id="local")


async def test_a_clip_comes_with_its_facts(store: MediaStore):
    kept = await store.put_bytes(media_files.clip(), user_id="local")

    assert (kept.width, kept.height) == (64, 48)
    assert kept.duration_s == pytest.approx(0.5, abs=0.05)


async def test_a_misleading_name_changes_nothing(store: MediaStore, tmp_path: Path):
    (tmp_path / "photo.svg").write_bytes(media_files.picture())

    kept = await store.put(tmp_path / "photo.svg", user_id="local")

    assert kept.mime == "image/png"
    assert (tmp_path / "photo.svg").exists()


async def test_the_same_bytes_are_kept_once_per_user(store: MediaStore):
    first = await store.put_bytes(media_files.picture(), user_id="ana")
    again = await store.put_bytes(media_files.picture(), user_id="ana")
    other = await store.put_bytes(media_files.picture(), user_id="luis")

    assert first == again
    assert first.key != other.key


async def test_many_at_once_give_one_file(store: MediaStore):
    kept = await asyncio.gather(*[store.put_bytes(media_files.clip(), user_id="ana") for _ in range(8)])

    assert len({reference.key for reference in kept}) == 1
    assert await everything(store, kept[0].key) == media_files.clip()


async def test_get_gives_a_path_to_read(store: MediaStore):
    kept = await store.put_bytes(media_files.picture(), user_id="local")

    assert (await store.get(kept.key)).read_bytes() == media_files.picture()


async def test_the_size_is_told_without_the_bytes(store: MediaStore):
    kept = await store.put_bytes(media_files.picture(), user_id="local")

    assert await store.size(kept.key) == kept.size_bytes == len(media_files.picture())
    await store.delete(kept.key)
    with pytest.raises(MediaMissing):
        await store.size(kept.key)


async def test_a_store_keeps_its_identity(store: MediaStore):
    assert await store.identity() == await store.identity()
    assert len(await store.identity()) == 64


@pytest.mark.parametrize(
    ("start", "end"), [(0, None), (10, 20), (5, None), (0, 1), (10, 10), (20, 10), (10**9, None)]
)
async def test_a_range_is_exactly_that_range(store: MediaStore, start: int, end: int | None):
    content = media_files.clip()
    kept = await store.put_bytes(content, user_id="local")

    assert await everything(store, kept.key, start=start, end=end) == content[start:end]


async def test_what_is_put_back_has_the_key_it_had(store: MediaStore):
    kept = await store.put_bytes(media_files.picture(), user_id="local")
    await store.delete(kept.key)
    await store.put_back(io.BytesIO(media_files.picture()), kept.key)
    assert await everything(store, kept.key) == media_files.picture()


async def test_other_bytes_are_not_put_back(store: MediaStore):
    kept = await store.put_bytes(media_files.picture(), user_id="local")
    await store.delete(kept.key)
    with pytest.raises(MediaDamaged):
        await store.put_back(io.BytesIO(media_files.picture("JPEG")), kept.key)
    with pytest.raises(MediaMissing):
        await store.get(kept.key)
    for climbing in ESCAPES:
        with pytest.raises(MediaMissing):
            await store.put_back(io.BytesIO(b""), climbing)


async def test_a_reader_may_stop_early(store: MediaStore):
    kept = await store.put_bytes(b"x" * 2_000_000, user_id="local")

    stream = store.stream(kept.key)
    assert await anext(stream)
    await stream.aclose()


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: MediaStore):
    kept = await store.put_bytes(media_files.picture(), user_id="local")

    await store.delete(kept.key)
    await store.delete(kept.key)

    with pytest.raises(MediaMissing):
        await store.get(kept.key)


@pytest.mark.parametrize("key", ESCAPES)
async def test_a_key_that_no_store_made_leads_nowhere(store: MediaStore, key: str):
    with pytest.raises(MediaMissing):
        await store.get(key)
    with pytest.raises(MediaMissing):
        await everything(store, key)
    with pytest.raises(MediaMissing):
        store.link(key)
    await store.delete(key)


@pytest.mark.parametrize("user_id", ["../x", "a/b", "", ".", "x" * 65, "a\0b", "a b"])
async def test_a_user_id_cannot_be_a_path(store: MediaStore, user_id: str):
    with pytest.raises(UploadRejected, match="user id"):
        await store.put_bytes(media_files.picture(), user_id=user_id)


def opened(link: str) -> tuple[str, int, str]:
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    return parts.path.removeprefix("/media/"), int(query["expires"][0]), query["signature"][0]


async def test_a_link_works_until_it_expires(store: MediaStore, clock: StillClock):
    kept = await store.put_bytes(media_files.picture(), user_id="local")
    key, expires, signature = opened(store.link(kept.key, ttl_s=60))

    assert key == kept.key
    store.verify(key, expires, signature)
    await clock.sleep(60)
    with pytest.raises(LinkExpired):
        store.verify(key, expires, signature)


async def test_a_link_opens_nothing_else(store: MediaStore):
    first = await store.put_bytes(media_files.picture(), user_id="local")
    second = await store.put_bytes(media_files.picture("JPEG"), user_id="local")
    key, expires, signature = opened(store.link(first.key))

    for forged in [
        (second.key, expires, signature), (key, expires + 1, signature), (key, expires, signature[:-1]),
        (key, expires, ""), (key, expires, "é"),
    ]:  # fmt: skip
        with pytest.raises(LinkExpired):
            store.verify(*forged)


async def test_erasing_a_user_removes_every_file_of_theirs_and_no_other(store: MediaStore):
    ana = [await store.put_bytes(make(), user_id="ana") for make in (media_files.picture, media_files.clip)]
    eva = await store.put_bytes(media_files.picture(), user_id="ana_b")
    await store.erase(user_id="ana")
    await store.erase(user_id="ana")
    for gone in ana:
        with pytest.raises(MediaMissing):
            await store.get(gone.key)
    assert (await store.get(eva.key)).is_file()


@pytest.mark.parametrize("user", ["", ".", "..", "../ana", "a/b", "ana\0", "*"])
async def test_erasing_what_is_no_user_touches_nothing(store: MediaStore, user: str):
    kept = await store.put_bytes(media_files.picture(), user_id="ana")
    with pytest.raises(UploadRejected):
        await store.erase(user_id=user)
    assert (await store.get(kept.key)).is_file()


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BETWEEN = datetime(2021, 1, 1, tzinfo=UTC)


def let_age(store: MediaStore, key: str) -> None:
    """As if it had been put long ago; nobody can tell a store so."""
    if isinstance(store, LocalMediaStore):
        os.utime(store._folder / key, (LONG_AGO.timestamp(),) * 2)
        return
    assert isinstance(store, S3MediaStore)
    models = pytest.importorskip("moto.s3.models")
    place = store._bucket.place
    [backend] = [one["aws"] for one in models.s3_backends.values() if place.name in one["aws"].buckets]
    backend.buckets[place.name].keys[f"{place.prefix}/{key}"].last_modified = LONG_AGO.replace(tzinfo=None)


async def lies_there(store: MediaStore, key: str) -> bool:
    return key in [name async for name, _ in store.files()]


async def test_old_files_are_told_from_young_ones(store: MediaStore):
    old, young = [await store.put_bytes(media_files.picture(kind), user_id="ana") for kind in ("PNG", "JPEG")]
    let_age(store, old.key)
    assert [one async for one in store.files(put_before=BETWEEN)] == [(old.key, old.size_bytes)]
    assert not await store.remove_old(young.key, put_before=BETWEEN)
    assert await store.remove_old(old.key, put_before=BETWEEN)
    assert not await store.remove_old(old.key, put_before=BETWEEN), "it is gone"
    assert [await lies_there(store, one.key) for one in (old, young)] == [False, True]
    with pytest.raises(MediaMissing):
        await store.get(old.key)


@pytest.mark.parametrize("how", ["put_bytes", "put_back", "take", "renew"])
async def test_what_is_stored_again_or_renewed_is_young(store: MediaStore, how: str, tmp_path: Path):
    content = media_files.picture()
    kept = await store.put_bytes(content, user_id="ana")
    let_age(store, kept.key)
    if how == "put_bytes":
        await store.put_bytes(content, user_id="ana")
    elif how == "put_back":
        await store.put_back(io.BytesIO(content), kept.key)
    elif how == "take":
        source = tmp_path / "again.png"
        source.write_bytes(content)
        await store.take(kept.key, source)
    else:
        await store.renew(kept.key)
    assert not await store.remove_old(kept.key, put_before=BETWEEN)
    assert await everything(store, kept.key) == content


def left_alone(asked: dict[str, Any]) -> tuple[int, bytes] | None:
    """What a server says that keeps objects as files, and does not touch one that is copied onto itself."""
    if "HTTP_X_AMZ_COPY_SOURCE" not in asked or "partNumber" in asked["QUERY_STRING"]:
        return None
    then = LONG_AGO.strftime("%Y-%m-%dT%H:%M:%SZ")
    told = f"<CopyObjectResult><LastModified>{then}</LastModified><ETag>x</ETag></CopyObjectResult>"
    return 200, told.encode()


@pytest.mark.parametrize("how", ["put_bytes", "renew"])
@pytest.mark.parametrize("touches", [True, False])
async def test_a_bucket_that_keeps_the_time_of_a_file_copied_onto_itself_gets_a_new_one(
    s3: MediaStore, s3_here: "S3Server", how: str, touches: bool
):
    content = media_files.picture()
    kept = await s3.put_bytes(content, user_id="ana")
    let_age(s3, kept.key)
    s3_here.trouble = None if touches else left_alone
    await (s3.renew(kept.key) if how == "renew" else s3.put_bytes(content, user_id="ana"))
    s3_here.trouble = None
    assert s3_here.count("POST", "uploads") == (0 if touches else 1)
    assert not await s3.remove_old(kept.key, put_before=BETWEEN)
    assert await everything(s3, kept.key) == content


async def test_nothing_can_be_renewed_that_is_not_there(store: MediaStore):
    with pytest.raises(MediaMissing):
        await store.renew(f"image/ana/{'a' * 64}.png")
    with pytest.raises(MediaMissing):
        await store.renew("../etc/passwd")


async def test_what_is_stored_in_the_moment_it_loses_its_name_stays(local: LocalMediaStore, monkeypatch):
    """It is renewed between the look and the removal; the look after it says so."""
    kept = await local.put_bytes(media_files.picture(), user_id="ana")
    let_age(local, kept.key)
    rename = Path.rename

    def renewed(path: Path, target: Path) -> Path:
        os.utime(path)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", renewed)
    assert not await local.remove_old(kept.key, put_before=BETWEEN)
    assert await lies_there(local, kept.key)


PIECE = f"ana/{'a' * 32}/{'1' * 32}"


async def test_pieces_lie_apart_until_they_are_dropped(store: MediaStore, tmp_path: Path):
    (tmp_path / "piece").write_bytes(b"half a film")
    for name in (PIECE, f"ana/{'b' * 32}/{'1' * 32}", f"eva/{'a' * 32}/{'1' * 32}"):
        await store.keep_piece(name, tmp_path / "piece")
    assert b"".join([chunk async for chunk in store.piece(PIECE)]) == b"half a film"
    assert [one async for one in store.files()] == []
    with pytest.raises(MediaMissing):
        await store.get(f".pieces/{PIECE}")

    await store.drop_pieces("ana", "a" * 32)
    await store.drop_pieces("ana", "a" * 32)
    with pytest.raises(MediaMissing):
        [chunk async for chunk in store.piece(PIECE)]
    await store.erase(user_id="ana")
    with pytest.raises(MediaMissing):
        [chunk async for chunk in store.piece(f"ana/{'b' * 32}/{'1' * 32}")]
    assert [chunk async for chunk in store.piece(f"eva/{'a' * 32}/{'1' * 32}")]


@pytest.mark.parametrize(
    "name", ["", "ana", "ana/../x", "../../x", f"ana/{'a' * 32}/../x", f"{PIECE}/x", "a\0/b/c"]
)
async def test_a_piece_that_no_upload_has_leads_nowhere(store: MediaStore, name: str, tmp_path: Path):
    (tmp_path / "piece").write_bytes(b"x")
    with pytest.raises(MediaMissing):
        await store.keep_piece(name, tmp_path / "piece")
    with pytest.raises(MediaMissing):
        [chunk async for chunk in store.piece(name)]
    with pytest.raises((MediaMissing, UploadRejected)):
        await store.drop_pieces(name, "x")
