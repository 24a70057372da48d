"""Design-facts 6.6: whatever a brief or a link calls a file, nothing else is shown, and nobody waits."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from server.own_pictures import check_pictures, read_pictures
from state.brief import NovelaBrief
from state.errors import BriefIncomplete, MediaMissing
from tests.media_files import picture
from tools.media.local import LocalMediaStore

SECRET = "the secret"
NO_FILES = [
    "../secret", "link", "loop", "pipe", "/dev/zero", ".", "..", "folder", "missing.png", "%2e%2e/secret",
    "..%2fsecret", "..\\secret", "//etc/passwd", "file:///etc/passwd", "https://127.0.0.1/a.png", "~/a.png",
    "\\\\server\\share\\a.png", "x" * 400, "concat:a.png|a.png", "a.png\r\n", "-i", "|id",
]  # fmt: skip


def naming(name: str) -> NovelaBrief:
    return NovelaBrief.model_validate(
        {"title": "T", "description": "D", "product": {"name": "Lamp", "picture": name}}
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a brief lies, with a picture, and all kinds of things that are none."""
    inside = tmp_path / "briefs"
    (inside / "folder").mkdir(parents=True)
    (inside / "a.png").write_bytes(picture())
    (tmp_path / "secret").write_text(SECRET)
    (inside / "link").symlink_to(tmp_path / "secret")
    (inside / "loop").symlink_to(inside / "loop")
    os.mkfifo(inside / "pipe")
    return inside


def test_a_picture_beside_the_brief_is_read(folder: Path) -> None:
    assert read_pictures(naming("a.png"), folder) == {"a.png": picture()}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_picture_is_refused_in_words_and_at_once(folder: Path, name: str) -> None:
    with pytest.raises(BriefIncomplete) as refusal:
        read_pictures(naming(name), folder)
    assert SECRET not in refusal.value.message
    assert refusal.value.user_action


@pytest.mark.parametrize("name", ["a\0.png", "\0", "\ud800.png", "x" * 5000])
def test_some_names_are_none(name: str) -> None:
    with pytest.raises(ValidationError):
        naming(name)


@pytest.mark.parametrize("name", NO_FILES)
async def test_over_http_only_keys_are_names(tmp_path: Path, name: str) -> None:
    store = LocalMediaStore(tmp_path, b"s", keep_free_bytes=0)
    with pytest.raises(BriefIncomplete, match="no such upload"):
        await check_pictures(store, naming(name), user_id="ana")


KEY = "image/ana/" + "0" * 64 + ".png"


@pytest.mark.parametrize(
    "key",
    [
        *NO_FILES, KEY.upper(), f"../{KEY}", f"{KEY}\0", f"{KEY}/..", f"/{KEY}", KEY.replace("ana", ".."),
        KEY.replace("/", "\\"), KEY.replace("ana", "a%2e"), KEY.replace("png", "svg"), f"{KEY}\n", "\0", "",
    ],
)  # fmt: skip
async def test_no_store_opens_what_is_no_key(tmp_path: Path, key: str) -> None:
    store = LocalMediaStore(tmp_path, b"s", keep_free_bytes=0)
    with pytest.raises(MediaMissing):
        await store.get(key)
