"""`greenlight media move`: every file arrives as it was, and a copy that broke off goes on."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from server.cli.media import move_media, told
from state.errors import SettingInvalid, StoreUnreachable
from state.media import MediaRef
from tests import media_files
from tools.media import moving, s3_bucket
from tools.media.local import LocalMediaStore
from tools.media.open import open_store
from tools.media_place import Bucket
from tools.settings import Settings

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server


@pytest.fixture
def chosen(s3_here: "S3Server", tmp_path: Path) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path, **s3_here.settings})


@pytest.fixture
async def stored(chosen: Settings) -> list[MediaRef]:
    store = await LocalMediaStore.open(chosen)
    contents = [media_files.picture(), media_files.clip(), *(f"note {n}".encode() for n in range(4))]
    return [await store.put_bytes(content, user_id="ana") for content in contents]


async def test_a_folder_moves_into_a_bucket_and_back(
    chosen: Settings, stored: list[MediaRef], s3_place: Bucket, tmp_path: Path
):
    planned = await move_media(chosen, origin="", to=str(s3_place), dry_run=True)
    assert (len(planned.wanted), planned.copied) == (6, 0)

    assert (await move_media(chosen, origin="", to=str(s3_place))).copied == 6

    again = await move_media(chosen, origin="", to=str(s3_place))
    assert (again.there, again.copied) == (6, 0)
    back = await move_media(chosen, origin=str(s3_place), to=str(tmp_path / "back"))
    assert back.copied == 6
    for one in stored:
        assert (tmp_path / "back" / one.key).read_bytes() == (tmp_path / "media" / one.key).read_bytes()


async def test_what_broke_off_goes_on(
    chosen: Settings, stored: list[MediaRef], s3_place: Bucket, s3_here: "S3Server",
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    monkeypatch.setattr(s3_bucket, "TRIES", 1)
    monkeypatch.setattr(moving, "AT_ONCE", 1)
    left = iter([None] * 3)
    s3_here.trouble = lambda asked: (
        next(left, (500, b"")) if asked["REQUEST_METHOD"] == "PUT" else None  # type: ignore[return-value]
    )
    with pytest.raises(StoreUnreachable):
        await move_media(chosen, origin="", to=str(s3_place))

    s3_here.trouble = None
    rest = await move_media(chosen, origin="", to=str(s3_place))
    assert (rest.there, rest.copied) == (3, 3)


async def test_a_file_that_is_not_what_its_key_says_stays_and_is_named(
    chosen: Settings, stored: list[MediaRef], s3_place: Bucket, tmp_path: Path
):
    path = tmp_path / "media" / stored[0].key
    path.chmod(0o600)
    path.write_bytes(b"rotten")

    move = await move_media(chosen, origin="", to=str(s3_place))

    assert (move.copied, move.damaged) == (5, [stored[0].key])
    assert stored[0].key in told(move, dry_run=False)[-1]
    store = await open_store(chosen.model_copy(update={"media": str(s3_place)}))
    try:
        assert stored[0].key not in [key async for key, _ in store.files()]
    finally:
        await store.close()


@pytest.mark.parametrize(("origin", "to"), [("", "gs://x"), ("s3://", "s3://abc"), ("s3://abc", "s3://abc/")])
async def test_no_place_or_the_same_place_is_refused(chosen: Settings, origin: str, to: str):
    with pytest.raises(SettingInvalid, match=r"^--"):
        await move_media(chosen, origin=origin, to=to)
