"""S2-118: clips and pictures in buckets of their own, parts above 5 MB, tries with pauses, links of a day."""

import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from state.errors import SettingInvalid, StoreUnreachable
from tests import media_files
from tests.fakes import FakeClock
from tests.integration.media.test_s3_store import LONG
from tools.media import s3_bucket
from tools.media.cache import MediaCache
from tools.media.links import DAY_S, LinkSigner
from tools.media.making import make_bucket
from tools.media.probe import try_store
from tools.media.s3 import S3MediaStore
from tools.media.s3_bucket import PART_BYTES, S3Bucket, s3_client
from tools.media.two_buckets import TwoBuckets
from tools.media_place import Bucket
from tools.settings import Settings, read_settings

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server

MIB = 1024 * 1024


@pytest.fixture
def clip_place(s3_here: "S3Server", s3_caller: Any, s3_place: Bucket) -> Bucket:
    place = Bucket(f"clips-{uuid.uuid4().hex[:12]}", "greenlight")
    s3_caller.create_bucket(Bucket=place.name, CreateBucketConfiguration=s3_here.constraint)
    s3_here.asked.clear()
    return place


@pytest.fixture
async def store(
    s3_caller: Any, s3_place: Bucket, clip_place: Bucket, tmp_path: Path
) -> AsyncIterator[S3MediaStore]:
    clock = FakeClock()
    both = TwoBuckets(S3Bucket(s3_caller, clip_place), S3Bucket(s3_caller, s3_place))
    cache = MediaCache(tmp_path / "copies", limit_bytes=10**8, clock=clock)
    opened = S3MediaStore(both, cache, b"s", clock=clock, keep_free_bytes=0)
    yield opened
    await opened.close()


def lying(s3_caller: Any, place: Bucket) -> set[str]:
    found = s3_caller.list_objects_v2(Bucket=place.name).get("Contents", ())
    return {one["Key"].removeprefix("greenlight/") for one in found}


async def test_clips_lie_in_one_bucket_and_pictures_in_the_other(
    store: S3MediaStore, s3_caller: Any, s3_place: Bucket, clip_place: Bucket
) -> None:
    clip = await store.put_bytes(media_files.clip(), user_id="ana")
    picture = await store.put_bytes(media_files.picture(), user_id="ana")
    assert (lying(s3_caller, clip_place), lying(s3_caller, s3_place)) == ({clip.key}, {picture.key})
    assert {key async for key, _ in store.files()} == {clip.key, picture.key}
    for kept in (clip, picture):
        folder = kept.key.rpartition("/")[0]
        assert [[one.key for one in page] async for page in store.listed(folder)] == [[kept.key]]
    for kept in (clip, picture):
        assert await store.size(kept.key) == kept.size_bytes
        assert (await store.get(kept.key)).stat().st_size == kept.size_bytes
        await store.renew(kept.key)
    assert await store.identity() == await store.identity()
    await store.erase(user_id="ana")
    assert (lying(s3_caller, clip_place), lying(s3_caller, s3_place) - {".greenlight-store"}) == (
        set(),
        set(),
    )


async def test_both_buckets_are_made_and_tried(s3_here: "S3Server", tmp_path: Path) -> None:
    names = [f"{kind}-{uuid.uuid4().hex[:12]}" for kind in ("clips", "others")]
    chosen = Settings.model_validate(
        {
            **s3_here.settings,
            "data_dir": tmp_path,
            "media": f"s3://{names[1]}",
            "media_clips": f"s3://{names[0]}",
        }
    )
    assert await make_bucket(chosen, wait_s=0, clock=FakeClock())
    assert not await make_bucket(chosen, wait_s=0, clock=FakeClock()), "both are there"
    s3_here.asked.clear()
    assert await try_store(chosen) == ""
    assert all(s3_here.count("PUT", name) for name in names)


@pytest.mark.parametrize(("size", "parts"), [(5 * MIB, 0), (5 * MIB + 1, 2), (6_000_000, 2), (6 * MIB, 2)])
async def test_a_file_above_five_megabytes_goes_up_in_parts(
    s3_here: "S3Server", s3_caller: Any, s3_place: Bucket, tmp_path: Path, size: int, parts: int
) -> None:
    """As it is set: nobody chooses a part's size for this test."""
    assert PART_BYTES == 5 * MIB
    file = tmp_path / "long"
    file.write_bytes((LONG * 2)[:size])
    S3Bucket(s3_caller, s3_place).upload("audio/ana/long.wav", file, sha256=_digest(file), mime="audio/wav")
    assert s3_here.count("PUT", "partNumber=") == parts
    assert (
        s3_caller.head_object(Bucket=s3_place.name, Key="greenlight/audio/ana/long.wav")["ContentLength"]
        == size
    )


def _digest(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize(("failures", "is_there"), [(2, True), (3, True), (4, False)])
async def test_an_upload_is_tried_three_times_more_with_pauses_that_double(
    s3_here: "S3Server", s3_place: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failures: int,
    is_there: bool,
) -> None:  # fmt: skip
    """Two failures, then success; after the fourth nobody asks again, and nothing half-sent stays."""
    paused = list[float]()
    monkeypatch.setattr("botocore.endpoint.time.sleep", paused.append)
    client = s3_client(Settings.model_validate(s3_here.settings), connections=1)
    answers = iter([(503, b"")] * failures)
    s3_here.trouble = lambda asked: (
        next(answers, None)
        if "partNumber=2" in asked["QUERY_STRING"] and asked["REQUEST_METHOD"] == "PUT"
        else None
    )
    file = tmp_path / "six"
    file.write_bytes(LONG[:6_000_000])
    bucket = S3Bucket(client, s3_place)
    try:
        bucket.upload("audio/ana/six.wav", file, sha256=_digest(file), mime="audio/wav")
    except StoreUnreachable:
        assert not is_there
    else:
        assert is_there
    s3_here.trouble = None
    assert bool(list(bucket.objects("audio/"))) is is_there
    assert s3_here.count("PUT", "partNumber=2") == min(failures + 1, s3_bucket.TRIES)
    assert len(paused) == min(failures, 3)
    assert all(0 < pause <= 2**number for number, pause in enumerate(paused)), "a share of 1, 2, 4 s"
    bucket.close()


def test_a_link_of_a_day_works_for_a_day() -> None:
    clock = FakeClock()
    signer = LinkSigner([b"s"], clock)
    link = signer.link(f"video/ana/{'a' * 64}.mp4", ttl_s=DAY_S)
    expires = int(link.partition("expires=")[2].partition("&")[0])
    left = expires - clock.now().timestamp()
    assert DAY_S == 86_400
    assert DAY_S - 300 < left <= DAY_S


@pytest.mark.parametrize(
    ("media", "clips"),
    [("s3://films", "s3://films"), ("", "s3://clips"), ("/films", "s3://clips"), ("s3://films", "/clips")],
)
def test_a_bucket_for_clips_is_another_one_beside_a_bucket(
    monkeypatch: pytest.MonkeyPatch, media: str, clips: str
) -> None:
    monkeypatch.setenv("GREENLIGHT_MEDIA", media)
    monkeypatch.setenv("GREENLIGHT_MEDIA_CLIPS", clips)
    with pytest.raises(SettingInvalid, match="GREENLIGHT_MEDIA_CLIPS: ") as wrong:
        read_settings()
    assert wrong.value.details["setting"] == "GREENLIGHT_MEDIA_CLIPS"


def test_without_a_second_bucket_everything_lies_in_the_first() -> None:
    chosen = Settings.model_validate({"media": "s3://films"})
    assert (chosen.clip_bucket, chosen.buckets) == (None, [Bucket("films")])
