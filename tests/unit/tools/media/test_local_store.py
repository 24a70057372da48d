"""What the local folder promises beyond the contract: nothing half-written, nothing outside it."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from state.errors import FolderUnwritable, MediaMissing, StoreFull, UploadRejected
from tests import media_files
from tools.kept_secret import kept_secret
from tools.media.incoming import LEFTOVER_AGE_S
from tools.media.local import LocalMediaStore
from tools.settings import Settings


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # as mount above


async def test_a_full_disk_leaves_nothing_half_written(small_disk: Path):
    store = LocalMediaStore(small_disk / "media", b"s", keep_free_bytes=0)
    kept = await store.put_bytes(b"a" * 300_000, user_id="local")

    with pytest.raises(StoreFull):
        await store.put_bytes(b"b" * 900_000, user_id="local")
    with pytest.raises(StoreFull):
        await fill(store, small_disk)

    assert files_in(small_disk) == [await store.get(kept.key)]


async def fill(store: LocalMediaStore, disk: Path) -> None:
    """A disk that fills up while we write: the early look at the free room saw enough."""
    store._keep_free_bytes = -(10**9)
    await store.put_bytes(b"c" * 900_000, user_id="local")


async def test_the_last_room_is_left_to_the_database(tmp_path: Path):
    store = LocalMediaStore(tmp_path, b"s", keep_free_bytes=10**18)

    with pytest.raises(StoreFull):
        await store.put_bytes(b"a", user_id="local")
    assert files_in(tmp_path) == []


async def test_a_refused_file_leaves_nothing(tmp_path: Path):
    store = LocalMediaStore(tmp_path, b"s", keep_free_bytes=0)

    with pytest.raises(UploadRejected):
        await store.put_bytes(b"<svg/>", user_id="local")
    assert files_in(tmp_path) == []


async def test_a_planted_link_is_not_followed(tmp_path: Path):
    store = LocalMediaStore(tmp_path / "media", b"s", keep_free_bytes=0)
    kept = await store.put_bytes(media_files.picture(), user_id="local")
    (tmp_path / "secret").write_text("secret")
    path = await store.get(kept.key)
    path.unlink()
    path.symlink_to(tmp_path / "secret")

    with pytest.raises(MediaMissing):
        await store.get(kept.key)


async def test_a_planted_folder_is_not_followed(tmp_path: Path):
    store = LocalMediaStore(tmp_path / "media", b"s", keep_free_bytes=0)
    kept = await store.put_bytes(media_files.picture(), user_id="ana")
    (tmp_path / "media/image/luis").symlink_to(tmp_path / "media/image/ana")

    with pytest.raises(MediaMissing):
        await store.get(kept.key.replace("/ana/", "/luis/"))


async def test_pieces_of_uploads_that_nobody_completed_go_after_a_day(tmp_path: Path):
    store = await LocalMediaStore.open(Settings(data_dir=tmp_path))
    (tmp_path / "piece").write_bytes(b"half a film")
    old, fresh = (f"ana/{'a' * 32}/{number * 32}" for number in "12")
    for name in (old, fresh):
        await store.keep_piece(name, tmp_path / "piece")
    os.utime(tmp_path / "media" / ".pieces" / old, (0, 0))

    again = await LocalMediaStore.open(Settings(data_dir=tmp_path))

    assert b"".join([chunk async for chunk in again.piece(fresh)]) == b"half a film"
    with pytest.raises(MediaMissing):
        [chunk async for chunk in again.piece(old)]


async def test_old_leftovers_of_killed_processes_go_and_fresh_ones_stay(tmp_path: Path):
    incoming = tmp_path / "media/.incoming"
    incoming.mkdir(parents=True)
    for name, age in (("old", LEFTOVER_AGE_S + 60), ("fresh", 0)):
        part = incoming / f"{name}.part"
        part.write_bytes(b"x")
        os.utime(part, (part.stat().st_mtime - age,) * 2)

    await LocalMediaStore.open(Settings(data_dir=tmp_path))

    assert [path.name for path in incoming.iterdir()] == ["fresh.part"]


async def test_the_link_secret_is_made_once_and_is_private(tmp_path: Path):
    first = await LocalMediaStore.open(Settings(data_dir=tmp_path))
    second = await LocalMediaStore.open(Settings(data_dir=tmp_path))
    kept = await first.put_bytes(media_files.picture(), user_id="local")

    _, _, query = first.link(kept.key).partition("?")
    expires, signature = (part.partition("=")[2] for part in query.split("&"))
    second.verify(kept.key, int(expires), signature)
    assert stat.S_IMODE((tmp_path / "link_secret").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(FolderUnwritable, match="cannot keep the link secret"):
        kept_secret(tmp_path / "file" / "data", "link_secret")
