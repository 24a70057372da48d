"""`greenlight media list`, `upload`, `sync` and the rest: the library from the terminal."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from server.cli import library, library_files
from server.cli.verbs import app
from state.errors import MediaDamaged, MediaError, RecordNotFound, UploadRejected
from tests import media_files
from tools.media.keys import digest_in
from tools.media.open import open_store
from tools.media.store import MediaStore
from tools.settings import Settings

Greenlight = Callable[..., Result]


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path / "data", "database_url": database_url})


@pytest.fixture
def media(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Greenlight:
    """The command in this process: one of its own takes seconds to start."""
    for module in (library, library_files):
        monkeypatch.setattr(module, "settings", lambda: settings)
        # Without taking over the log of all tests.
        monkeypatch.setattr(module, "run", lambda work, stopped="": asyncio.run(work))

    def command(*words: str, said: str = "") -> Result:
        return CliRunner().invoke(app, ["media", *words], input=said)

    return command


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "Küche.png").write_bytes(media_files.picture())
    (tmp_path / "turn.mov").write_bytes(media_files.clip())
    (tmp_path / "letter.txt").write_bytes(b"Dear Ana, this is no picture at all.")
    return tmp_path


def with_store(settings: Settings, work: Callable[[MediaStore], Coroutine[Any, Any, Any]]) -> Any:
    async def done() -> Any:
        store = await open_store(settings)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(done())


def uploaded(media: Greenlight, *words: str) -> list[str]:
    answer = media("upload", *words)
    assert answer.exit_code == 0, answer.output
    return [line.split()[0] for line in answer.stdout.splitlines()]


def shown(media: Greenlight, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(media(*words, "--json").stdout)
    return found


def test_files_are_uploaded_listed_found_and_shown(media: Greenlight, files: Path) -> None:
    picture, clip = uploaded(media, str(files / "Küche.png"), str(files / "turn.mov"), "--tag", "Night")
    listed = {one["id"]: one for one in shown(media, "list")}
    assert set(listed) == {picture, clip}
    assert (listed[picture]["file_name"], listed[picture]["tags"]) == ("Kuche.png", ["night"])
    assert (listed[clip]["media_type"], listed[clip]["width"]) == ("video", 64)
    assert [one["id"] for one in shown(media, "list", "--type", "video")] == [clip]
    assert [one["id"] for one in shown(media, "search", "KÜC")] == [picture]
    table = media("list", "--sort", "size").stdout
    assert picture in table
    assert table.splitlines()[-1] == "2 of 2"
    told = media("show", clip).stdout
    assert clip in told
    assert "turn.mp4" in told
    assert uploaded(media, str(files / "turn.mov")) == [clip], "the same file is the same item"


def test_tags_come_and_go(media: Greenlight, files: Path) -> None:
    ids = uploaded(media, str(files / "Küche.png"), str(files / "turn.mov"))
    assert media("tag", *ids, "-t", "Café", "-t", "night").stdout == "2 of 2 items changed\n"
    assert media("untag", ids[0], "-t", "CAFÉ").stdout == "1 of 1 items changed\n"
    assert [one["id"] for one in shown(media, "list", "--tag", "café")] == [ids[1]]
    for wrong in ((" ",), ("x" * 51,)):
        refused = media("tag", ids[0], "-t", *wrong)
        assert (refused.exit_code, "tag" in refused.output.lower()) == (2, True)
    assert isinstance(media("tag", "no-id", "-t", "x").exception, RecordNotFound)


def test_a_sync_adds_what_lies_there_and_removes_what_is_gone(
    media: Greenlight, files: Path, settings: Settings
) -> None:
    [kept] = uploaded(media, str(files / "Küche.png"))
    [gone] = uploaded(media, str(files / "turn.mov"))
    key = shown(media, "list", "--type", "video")[0]["s3_key"]

    async def change(store: MediaStore) -> None:
        await store.delete(key)
        await store.put_bytes(media_files.sound("wav"), user_id="local")

    with_store(settings, change)
    assert media("sync").stdout == "3 files in the store: 1 items added, 1 removed\n", (
        "with the clip's picture"
    )
    listed = {one["id"]: one for one in shown(media, "list")}
    assert kept in listed
    assert gone not in listed
    [sound] = [one for one in listed.values() if one["media_type"] == "audio"]
    assert sound["duration_seconds"] == pytest.approx(0.5, abs=0.2)
    assert media("sync").stdout == "2 files in the store: 0 items added, 0 removed\n", "it went with the clip"


def test_deleting_asks_first(media: Greenlight, files: Path) -> None:
    [item] = uploaded(media, str(files / "Küche.png"))
    assert media("delete", item, said="n\n").exit_code == 1
    assert len(shown(media, "list")) == 1
    assert media("delete", item, "--yes").stdout == f"deleted {item}\n"
    assert shown(media, "list") == []
    assert isinstance(media("delete", item, "--yes").exception, RecordNotFound)


def test_a_download_goes_on_where_it_was(media: Greenlight, files: Path, settings: Settings) -> None:
    [item] = uploaded(media, str(files / "turn.mov"))
    key = shown(media, "list")[0]["s3_key"]
    whole = with_store(settings, lambda store: store.get(key)).read_bytes()
    partial = files / f".{digest_in(key)}.partial"
    partial.write_bytes(whole[:100])
    assert media("download", item, "--to", str(files)).exit_code == 0
    assert (files / "turn.mp4").read_bytes() == whole
    assert not partial.exists()
    partial.write_bytes(b"x" * 100)
    assert isinstance(media("download", item, "--to", str(files / "b.mp4")).exception, MediaDamaged)
    assert media("download", item, "--to", str(files / "b.mp4")).exit_code == 0, "it was begun anew"


def test_what_is_no_media_is_told_with_its_name(media: Greenlight, files: Path) -> None:
    refused = media("upload", str(files / "letter.txt"))
    assert isinstance(refused.exception, UploadRejected)
    assert "letter.txt" in refused.exception.message
    assert media("upload", str(files / "none.png")).exit_code == 2
    assert isinstance(refused.exception, MediaError)


def test_every_command_says_what_it_does() -> None:
    told = CliRunner().invoke(app, ["media", "--help"]).stdout
    for name in ("list", "search", "show", "tag", "untag", "sync", "delete", "upload", "download", "move"):
        assert name in told
        assert CliRunner().invoke(app, ["media", name, "--help"]).exit_code == 0
