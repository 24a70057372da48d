"""What a bucket promises beyond the contract: nothing half-written, nothing trusted, nothing twice."""

import asyncio
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from state.errors import MediaDamaged, MediaMissing, StoreFull, StoreRefused, StoreUnreachable, UploadRejected
from tests import media_files
from tests.fakes import FakeClock
from tests.integration.media.conftest import Machines
from tools.media import s3_bucket
from tools.media.incoming import LEFTOVER_AGE_S
from tools.media.s3_bucket import S3Bucket, s3_client
from tools.media_place import Bucket
from tools.settings import Settings

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server

PART = 5 * 1024 * 1024
BEGUN = datetime(2010, 11, 10, 20, 49, tzinfo=UTC)
"""moto says of every upload that it began in this minute."""
LONG = b"RIFF" + struct.pack(
    "<I4s4sIHHIIHH4sI", 7_000_036, b"WAVE", b"fmt ", 16, 1, 2, 48_000, 192_000, 4, 16, b"data", 7_000_000
) + bytes(range(250)) * 28_000  # fmt: skip
"""A sound of 7 MB: two parts of the smallest size that S3 allows."""


@pytest.fixture
def hasty(s3_here: "S3Server") -> Iterator[Any]:
    """A client that tries once, so that no test waits."""
    client = s3_client(Settings.model_validate(s3_here.settings), connections=2, tries=1)
    yield client
    client.close()


def objects(s3_caller: Any, place: Bucket) -> dict[str, int]:
    found = s3_caller.list_objects_v2(Bucket=place.name).get("Contents", ())
    return {one["Key"]: one["Size"] for one in found}


def unfinished(s3_caller: Any, place: Bucket) -> int:
    return len(s3_caller.list_multipart_uploads(Bucket=place.name).get("Uploads", ()))


async def test_keys_lie_under_the_prefix_with_type_and_checksum(
    machine: Machines, s3_caller: Any, s3_place: Bucket
):
    kept = await machine("a").put_bytes(media_files.picture(), user_id="ana")

    head = s3_caller.head_object(Bucket=s3_place.name, Key=f"greenlight/{kept.key}", ChecksumMode="ENABLED")
    assert head["ContentType"] == "image/png"
    assert head["ChecksumSHA256"], "the server has compared what arrived"


async def test_what_one_machine_puts_another_gets(machine: Machines, s3_here: "S3Server"):
    kept = await machine("a").put_bytes(media_files.picture(), user_id="ana")
    other = machine("b")

    paths = await asyncio.gather(*[other.get(kept.key) for _ in range(8)])

    assert {path.read_bytes() for path in paths} == {media_files.picture()}
    assert s3_here.count("GET", kept.sha256) == 1, "eight who ask at once download once"
    await other.get(kept.key)
    assert s3_here.count("GET", kept.sha256) == 1, "the copy is there now"


async def test_a_refused_file_never_reaches_the_bucket(machine: Machines, s3_here: "S3Server"):
    with pytest.raises(UploadRejected):
        await machine("a").put_bytes(b"<svg/>", user_id="ana")
    assert s3_here.asked == []


async def test_a_large_file_goes_up_in_parts(machine: Machines, s3_here: "S3Server"):
    kept = await machine("a", part_bytes=PART).put_bytes(LONG, user_id="ana")

    assert s3_here.count("PUT", "partNumber=") == 2
    assert (await machine("b").get(kept.key)).read_bytes() == LONG
    await machine("c", part_bytes=PART).put_bytes(LONG, user_id="ana")
    assert s3_here.count("PUT", "partNumber=") == 2, "what is there is not sent again"


async def test_a_part_that_fails_leaves_nothing(
    machine: Machines, s3_here: "S3Server", s3_caller: Any, s3_place: Bucket, hasty: Any
):
    s3_here.trouble = lambda asked: (500, b"") if "partNumber=2" in asked["QUERY_STRING"] else None

    with pytest.raises(StoreUnreachable):
        await machine("a", part_bytes=PART, client=hasty).put_bytes(LONG, user_id="ana")

    assert objects(s3_caller, s3_place) == {}
    assert unfinished(s3_caller, s3_place) == 0


async def test_what_killed_processes_left_half_sent_goes_after_a_day(
    machine: Machines, s3_caller: Any, s3_place: Bucket
):
    s3_caller.create_multipart_upload(Bucket=s3_place.name, Key="greenlight/video/ana/x.mp4")
    s3_caller.create_multipart_upload(Bucket=s3_place.name, Key="somebody/else")
    clock = FakeClock()
    clock.started = BEGUN
    store = machine("a", clock=clock)

    await store.tidy()
    assert unfinished(s3_caller, s3_place) == 2, "it may be on its way"
    clock.passed_s += LEFTOVER_AGE_S + 60
    await store.tidy()
    assert unfinished(s3_caller, s3_place) == 1, "and what is not ours stays"


async def test_what_was_renewed_within_the_second_is_not_old(machine: Machines, bucket: S3Bucket):
    """The bucket says 10:00:00 of what was put at 10:00:00.9; who looked at 10:00:00.5 has not seen that."""
    store = machine("a")
    kept = await store.put_bytes(media_files.picture(), user_id="ana")
    told = await asyncio.to_thread(bucket.stored_at, kept.key)
    assert told.microsecond == 0
    assert not await store.remove_old(kept.key, put_before=told + timedelta(milliseconds=999))
    assert await store.size(kept.key) == kept.size_bytes
    assert await store.remove_old(kept.key, put_before=told + timedelta(seconds=1))


async def test_pieces_of_uploads_that_nobody_completed_go_after_a_day(
    machine: Machines, s3_caller: Any, s3_place: Bucket, tmp_path: Path
):
    clock = FakeClock()
    clock.started = datetime.now(UTC)
    store = machine("a", clock=clock)
    (tmp_path / "piece").write_bytes(b"half a film")
    await store.keep_piece(f"ana/{'a' * 32}/{'1' * 32}", tmp_path / "piece")
    kept = await store.put_bytes(media_files.picture(), user_id="ana")

    await store.tidy()
    assert len(objects(s3_caller, s3_place)) == 2, "it may go on"
    clock.passed_s += LEFTOVER_AGE_S + 60
    await store.tidy()
    assert list(objects(s3_caller, s3_place)) == [f"greenlight/{kept.key}"]


async def test_a_download_that_breaks_goes_on_where_it_broke(
    machine: Machines, s3_here: "S3Server", monkeypatch: pytest.MonkeyPatch
):
    kept = await machine("a").put_bytes(LONG, user_id="ana")
    s3_here.trouble = cut_short(LONG, kept.sha256)

    assert (await machine("b").get(kept.key)).read_bytes() == LONG
    asked = [one for one in s3_here.ranges if one != "bytes=0-"]
    assert asked, "it did not begin anew"

    monkeypatch.setattr(s3_bucket, "TRIES", 1)
    s3_here.trouble = cut_short(LONG, kept.sha256)
    with pytest.raises(StoreUnreachable):
        await machine("c").get(kept.key)


def cut_short(content: bytes, name: str) -> Any:
    """The first answer with these bytes ends after half of them."""
    left = [1]

    def trouble(asked: dict[str, Any]) -> tuple[int, bytes, int] | None:
        if asked["REQUEST_METHOD"] != "GET" or name not in asked["PATH_INFO"] or not left:
            return None
        left.pop()
        return 206, content[: len(content) // 2], len(content)

    return trouble


async def test_what_is_not_what_its_key_says_is_not_given_out(
    machine: Machines, s3_caller: Any, s3_place: Bucket, tmp_path: Path
):
    kept = await machine("a").put_bytes(media_files.picture(), user_id="ana")
    s3_caller.put_object(Bucket=s3_place.name, Key=f"greenlight/{kept.key}", Body=b"another picture")

    with pytest.raises(MediaDamaged):
        await machine("b").get(kept.key)
    assert [path for path in (tmp_path / "b").rglob("*") if path.is_file()] == []


async def test_what_was_erased_elsewhere_is_gone_here_too(machine: Machines):
    here, there = machine("a"), machine("b")
    kept = await here.put_bytes(media_files.picture(), user_id="ana")
    copy = await there.get(kept.key)

    await here.erase(user_id="ana")

    with pytest.raises(MediaMissing):
        await there.get(kept.key)
    assert not copy.exists()


async def test_erasing_goes_page_by_page(machine: Machines, s3_caller: Any, s3_place: Bucket):
    store = machine("a", page_keys=2)
    for number in range(5):
        await store.put_bytes(f"note {number}".encode(), user_id="ana")
    other = await store.put_bytes(b"a note", user_id="ana_b")

    await store.erase(user_id="ana")

    assert list(objects(s3_caller, s3_place)) == [f"greenlight/{other.key}"]


async def test_a_server_that_knows_no_conditions_is_asked_without(machine: Machines, s3_here: "S3Server"):
    s3_here.trouble = lambda asked: (501, b"") if "HTTP_IF_NONE_MATCH" in asked else None
    store = machine("a")

    first = await store.put_bytes(b"one", user_id="ana")
    await store.put_bytes(b"two", user_id="ana")

    assert await store.size(first.key) == 3
    assert s3_here.count("PUT", "/text/") == 3, "it is told once"


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (507, "XMinioStorageFull", StoreFull), (403, "AccessDenied", StoreRefused),
        (503, "SlowDown", StoreUnreachable),
    ],
)  # fmt: skip
async def test_what_the_bucket_says_becomes_an_error_of_ours(
    machine: Machines, s3_here: "S3Server", hasty: Any, status: int, code: str, error: type[Exception]
):
    body = f"<Error><Code>{code}</Code></Error>".encode()
    s3_here.trouble = lambda asked: (status, body) if asked["REQUEST_METHOD"] == "PUT" else None

    with pytest.raises(error, match=re.escape("s3://")) as caught:
        await machine("a", client=hasty).put_bytes(b"one", user_id="ana")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_a_server_that_sends_us_on_is_asked_no_further(
    s3_here: "S3Server", bucket: S3Bucket, status: int
):
    """By itself boto3 asks for the bucket's region, is sent on again, and ends in a `RecursionError`."""
    s3_here.trouble = lambda _: (status, b"")
    with pytest.raises(StoreRefused):
        await asyncio.to_thread(lambda: list(bucket.read("image/ana/a.png")))
    assert len(s3_here.asked) == 1


async def test_a_server_that_is_away_is_asked_again(s3_here: "S3Server", bucket: S3Bucket):
    answers = iter([(503, b""), (500, b"")])
    s3_here.trouble = lambda _: next(answers, None)

    with pytest.raises(MediaMissing):
        await asyncio.to_thread(bucket.size, "image/ana/x.png")
    assert len(s3_here.asked) == 3


async def test_only_one_loop_asks_again(machine: Machines, s3_here: "S3Server", hasty: Any):
    """The client of this test tries once; a download adds nothing to that unless it had begun."""
    kept = await machine("a").put_bytes(b"one", user_id="ana")
    s3_here.trouble = lambda asked: (503, b"") if asked["REQUEST_METHOD"] == "GET" else None

    with pytest.raises(StoreUnreachable):
        await machine("b", client=hasty).get(kept.key)
    assert s3_here.count("GET", kept.sha256) == 1


async def test_nobody_there_is_one_sentence(machine: Machines, s3_here: "S3Server"):
    gone = {**s3_here.settings, "aws_endpoint_url_s3": "http://127.0.0.1:9"}
    client = s3_client(Settings.model_validate(gone), connections=1, tries=1)
    with pytest.raises(StoreUnreachable, match="cannot be reached"):
        await machine("a", client=client).put_bytes(b"one", user_id="ana")
