"""`greenlight doctor` tries the store out, and says what is missing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from state.errors import FolderUnwritable, SettingInvalid, StoreRefused, StoreUnreachable
from tools.media import s3_bucket
from tools.media.probe import check_media, try_store
from tools.media_place import Bucket
from tools.settings import Settings

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server

Chosen = Callable[..., Settings]


@pytest.fixture
def chosen(s3_here: "S3Server", s3_place: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chosen:
    """The settings of a server with the bucket; each call is tried once, so that no test waits."""
    monkeypatch.setattr(s3_bucket, "TRIES", 1)
    return lambda **changes: Settings.model_validate(
        {"media": str(s3_place), "data_dir": tmp_path, **s3_here.settings, **changes}
    )


async def test_a_bucket_that_works_is_left_as_it_was(chosen: Chosen, s3_caller: Any, s3_place: Bucket):
    check = await check_media(chosen())

    assert (check.status, check.remedy) == ("ok", "")
    assert str(s3_place) in check.message
    assert "Contents" not in s3_caller.list_objects_v2(Bucket=s3_place.name)


async def test_a_missing_bucket_is_named(chosen: Chosen):
    with pytest.raises(StoreRefused, match="there is no bucket nobody-made-this"):
        await try_store(chosen(media="s3://nobody-made-this"))


@pytest.mark.parametrize(
    ("method", "query", "right"),
    [
        ("PUT", "", "s3:PutObject"), ("GET", "", "s3:GetObject"), ("GET", "list-type=2", "s3:ListBucket"),
        ("DELETE", "", "s3:DeleteObject"),
    ],
)  # fmt: skip
async def test_a_missing_right_is_named(
    chosen: Chosen, s3_here: "S3Server", method: str, query: str, right: str
):
    def denied(asked: dict[str, Any]) -> tuple[int, bytes] | None:
        meant = asked["REQUEST_METHOD"] == method and bool(query) == ("list-type=2" in asked["QUERY_STRING"])
        return (403, b"<Error><Code>AccessDenied</Code></Error>") if meant else None

    s3_here.trouble = denied
    check = await check_media(chosen())
    assert check.status == "failed"
    assert right in check.remedy


async def test_unfinished_uploads_that_cannot_be_listed_are_a_warning(chosen: Chosen, s3_here: "S3Server"):
    no = (403, b"<Error><Code>AccessDenied</Code></Error>")
    s3_here.trouble = lambda asked: no if "uploads" in asked["QUERY_STRING"] else None
    check = await check_media(chosen())
    assert check.status == "warning"
    assert "rule" in check.remedy


@pytest.mark.parametrize(
    ("code", "more", "said"),
    [
        ("AuthorizationHeaderMalformed", "<Region>eu-west-3</Region>", "eu-west-3"),
        ("InvalidAccessKeyId", "", "AWS_ACCESS_KEY_ID"),
        ("SignatureDoesNotMatch", "", "AWS_SECRET_ACCESS_KEY"),
    ],
)
async def test_region_and_keys_are_named(
    chosen: Chosen, s3_here: "S3Server", code: str, more: str, said: str
):
    s3_here.trouble = lambda _: (400, f"<Error><Code>{code}</Code>{more}</Error>".encode())
    assert said in (await check_media(chosen())).remedy


async def test_nobody_there_is_told(chosen: Chosen):
    with pytest.raises(StoreUnreachable, match="cannot be reached"):
        await try_store(chosen(aws_endpoint_url_s3="http://127.0.0.1:9"))


async def test_half_a_pair_of_keys_is_a_wrong_setting(chosen: Chosen):
    with pytest.raises(SettingInvalid, match="AWS_SECRET_ACCESS_KEY"):
        await try_store(chosen(aws_secret_access_key=None))


async def test_a_folder_is_tried_out_too(tmp_path: Path):
    works = Settings(data_dir=tmp_path, media=str(tmp_path / "shared"))
    assert (await check_media(works)).status == "ok"
    assert list((tmp_path / "shared").iterdir()) == []

    (tmp_path / "file").touch()
    with pytest.raises(FolderUnwritable, match="media cannot be kept in") as caught:
        await try_store(Settings(data_dir=tmp_path, media=str(tmp_path / "file" / "media")))
    assert "GREENLIGHT_MEDIA" in caught.value.user_action
