"""A media folder that does not answer for a moment is no folder that a person has to mend."""

import errno
import io
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from state.errors import FolderUnwritable, MediaMissing, StoreUnreachable, UploadRejected
from tests import media_files
from tests.dead_mounts import dead_mount
from tools.media import inspect, reference
from tools.media.away import AWAY
from tools.media.local import LocalMediaStore
from tools.media.probe import try_store
from tools.settings import Settings

PICTURE = media_files.picture()
FOR_A_PERSON = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENODEV)


@pytest.fixture
def store(tmp_path: Path) -> LocalMediaStore:
    return LocalMediaStore(tmp_path / "media", b"s", keep_free_bytes=0)


def fails_with(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is to be on the disk cannot be brought there."""

    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tools.media.incoming.os.fsync", fsync)


@pytest.mark.parametrize("number", sorted(AWAY), ids=errno.errorcode.get)
async def test_what_passes_is_a_store_that_does_not_answer(
    store: LocalMediaStore, number: int, monkeypatch: pytest.MonkeyPatch
):
    fails_with(number, monkeypatch)
    with pytest.raises(StoreUnreachable, match=f"media does not answer: {os.strerror(number)}"):
        await store.put_bytes(PICTURE, user_id="ana")
    monkeypatch.undo()
    kept = await store.put_bytes(PICTURE, user_id="ana")
    assert (await store.get(kept.key)).read_bytes() == PICTURE


@pytest.mark.parametrize("number", FOR_A_PERSON, ids=errno.errorcode.get)
async def test_what_a_person_must_mend_says_so(
    store: LocalMediaStore, number: int, monkeypatch: pytest.MonkeyPatch
):
    """The control: were everything away, who has no right to write would be waited for without an end."""
    fails_with(number, monkeypatch)
    with pytest.raises(FolderUnwritable):
        await store.put_bytes(PICTURE, user_id="ana")


async def test_a_folder_whose_server_has_gone_is_away_for_every_call(store: LocalMediaStore, tmp_path: Path):
    kept = await store.put_bytes(PICTURE, user_id="ana")
    source = tmp_path / "take.png"
    source.write_bytes(PICTURE)
    settings = Settings(data_dir=tmp_path, media=str(tmp_path / "media"))
    calls: list[Callable[[], Awaitable[object]]] = [
        lambda: store.put_bytes(PICTURE, user_id="ana"), lambda: store.put(source, user_id="ana"),
        lambda: store.take(kept.key, source), lambda: store.get(kept.key), lambda: store.size(kept.key),
        lambda: anext(store.stream(kept.key)), lambda: store.renew(kept.key), lambda: store.delete(kept.key),
        lambda: store.erase(user_id="ana"), store.identity, lambda: LocalMediaStore.open(settings),
        lambda: try_store(settings),
    ]  # fmt: skip
    with dead_mount(tmp_path / "media"):
        for call in calls:
            with pytest.raises(StoreUnreachable, match="does not answer"):
                await call()
    assert (await store.get(kept.key)).read_bytes() == PICTURE


async def test_a_folder_that_is_away_while_a_file_is_judged_damages_nothing(
    store: LocalMediaStore, monkeypatch: pytest.MonkeyPatch
):
    """What we call damaged is bought again."""
    inspected, answers = inspect.inspect_now, [UploadRejected("the picture is damaged")]

    def inspect_now(path: Path) -> inspect.Contents:
        if answers:
            raise answers.pop()
        return inspected(path)

    monkeypatch.setattr(reference, "inspect_now", inspect_now)
    assert (await store.put_bytes(PICTURE, user_id="ana")).mime == "image/png"


async def test_a_source_that_cannot_be_read_says_nothing_of_the_folder(store: LocalMediaStore) -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.raises(MediaMissing):
        await store.put_back(Broken(b"1"), f"image/local/{'0' * 64}.png")
