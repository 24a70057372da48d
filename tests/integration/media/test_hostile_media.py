"""The media corpus: each file through every way in, with the verdict that is written beside it.

Nobody may open the secret or the neighbour that lie about it, ask the inner address, leave a file anywhere or
use more than a few seconds and some memory.
"""

import random
import resource
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from server.archives.arrived import check_media
from state.errors import ArchiveRefused, FfmpegFailed, ProviderFailed, UploadRejected
from tests.builders import a_video_request, a_voice_request, an_image_request
from tests.integration.media.corpus.all_files import CORPUS
from tests.integration.media.corpus.bad_clips import MISLABELLED
from tests.integration.media.corpus.entry import Entry
from tests.integration.media.corpus.sounds import wav
from tests.integration.media.hostile import Place, a_place, declared
from tools.ffmpeg.command import run_ffmpeg
from tools.media.inspect import inspect_now
from tools.media.local import LocalMediaStore
from tools.media.upload import redrawn, upload_file
from tools.orders.verifying import verify
from tools.post.sources import open_picture, open_sound

MOST_CPU_S, MOST_MEMORY = 12.0, 400_000_000
"""Of one file on its way in; of all of them in this process. What ffmpeg may use is bounded by the system."""
FILES = [pytest.param(entry, id=entry.name) for entry in CORPUS]
REFUSED = [one for one in FILES if not one.values[0].taken]
LONG = "forty minutes in twelve frames"
"""Longer than an upload may be; of an engine, what is too long is cut."""


@pytest.fixture(scope="module")
def guarded() -> Iterator[Place]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with a_place() as place:
        yield place
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < MOST_MEMORY


@pytest.fixture
def place(guarded: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The place, which must be as it was when the test is over."""
    work = guarded.folder / "work"
    work.mkdir(exist_ok=True)
    monkeypatch.setattr(tempfile, "tempdir", str(work))
    guarded.file.unlink(missing_ok=True)
    before, used = _everything(guarded.folder), _cpu_s()
    yield guarded
    guarded.file.unlink(missing_ok=True)
    assert _everything(guarded.folder) == before
    assert guarded.eyes.opened() == 0, "a file that was pointed to was opened"
    assert guarded.visits() == 0, "an address that was pointed to was asked"
    assert _cpu_s() - used < MOST_CPU_S


def _everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "store" not in path.parts}


def _cpu_s() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def test_the_corpus_is_large_and_says_why() -> None:
    assert len(CORPUS) >= 110
    assert len({entry.name for entry in CORPUS}) == len(CORPUS)
    assert all(entry.why for entry in CORPUS)
    assert sum(entry.taken for entry in CORPUS) >= 50


@pytest.mark.parametrize("entry", FILES)
async def test_an_upload_gets_its_verdict(entry: Entry, place: Place) -> None:
    file = place.write(entry.build())
    store = LocalMediaStore(place.folder / "store", b"s", keep_free_bytes=0)
    sending = upload_file(store, file, declared=declared(entry, file.read_bytes()), user_id="ana")
    if entry.taken:
        assert (await sending).media_type == entry.family
        return
    with pytest.raises(UploadRejected, match=entry.says) as refusal:
        await sending
    assert refusal.value.user_action.endswith(".")
    assert str(place.folder) not in f"{refusal.value.message} {refusal.value.user_action}"


@pytest.mark.parametrize("entry", FILES)
def test_the_store_and_an_archive_get_theirs(entry: Entry, place: Place) -> None:
    file = place.write(entry.build())
    if not entry.inspected:
        assert inspect_now(file).mime.partition("/")[0] in (entry.family, "application")
        return
    with pytest.raises(UploadRejected, match=entry.inspected):
        inspect_now(file)
    with pytest.raises(ArchiveRefused, match=entry.inspected):
        check_media("media/video/" + "0" * 64 + ".mp4", file)


@pytest.mark.parametrize("entry", FILES)
def test_a_picture_of_a_brief_gets_its_own(entry: Entry, place: Place) -> None:
    content = place.write(entry.build()).read_bytes()
    if entry.taken and entry.family == "image":
        assert redrawn(content)[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")
        return
    with pytest.raises(UploadRejected):
        redrawn(content)


@pytest.mark.parametrize("entry", [one for one in REFUSED if one.id != LONG])
async def test_an_engine_delivers_none_of_them(entry: Entry, place: Place) -> None:
    asked = {"image": an_image_request, "audio": a_voice_request}.get(entry.family, a_video_request)()
    with pytest.raises(ProviderFailed) as refusal:
        await verify(place.write(entry.build()), asked)
    assert refusal.value.kind == "bad_output"


async def test_an_engine_may_stream_a_sound_whose_length_it_does_not_know(place: Place) -> None:
    for size in (0, 0x7FFFFFFF, 0xFFFFFFFF):
        await verify(place.write(wav(riff=size, data=size)), a_voice_request())


@pytest.mark.parametrize("entry", REFUSED)
async def test_the_composer_opens_nothing_but_the_file(entry: Entry, place: Place) -> None:
    """Nothing of the kind gets so far; who opens it all the same reads this file alone."""
    file = place.write(entry.build())
    for opening in (open_picture, open_sound):
        with suppress(FfmpegFailed):
            source = await opening(file)
            await run_ffmpeg([*source.arguments(), "-t", "0.1", "-f", "null", "-"], timeout_s=20)


@pytest.mark.parametrize("name", MISLABELLED)
async def test_what_is_declared_as_something_else_is_refused(name: str, place: Place) -> None:
    """S3-41."""
    build, said = MISLABELLED[name]
    store = LocalMediaStore(place.folder / "store", b"s", keep_free_bytes=0)
    with pytest.raises(UploadRejected, match=f"no {said}, which it is declared as") as refusal:
        await upload_file(store, place.write(build()), declared=said, user_id="ana")
    assert refusal.value.user_action.startswith("Declare it as ")


SEEDS = [pytest.param(seed, marks=[] if seed < 16 else [pytest.mark.nightly]) for seed in range(400)]


def worn(seed: int) -> tuple[Entry, bytes]:
    """A good file with bytes turned, parts cut out, or parts doubled; always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - the same for everybody is what is wanted
    entry = chance.choice(
        [one for one in CORPUS if one.taken and "large" not in one.name and "6000" not in one.name]
    )
    content = bytearray(entry.build())
    for _ in range(chance.randint(1, 12)):
        # Most of what a reader believes stands at the beginning or at the end.
        place = chance.choice([chance.randrange(len(content)), chance.randrange(min(len(content), 600))])
        at = len(content) - 1 - place if chance.random() < 0.3 else place
        kind = chance.random()
        if kind < 0.7:
            content[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        elif kind < 0.85:
            del content[at : at + chance.randint(1, 40)]
        else:
            content[at:at] = content[at : at + chance.randint(1, 40)]
    return entry, bytes(content)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_worn_file_is_taken_or_refused_and_nothing_else(seed: int, place: Place) -> None:
    entry, content = worn(seed)
    place.file.write_bytes(content)
    said = declared(entry, entry.build())
    with suppress(UploadRejected):
        inspect_now(place.file)
    store = LocalMediaStore(place.folder / "store", b"s", keep_free_bytes=0)
    with suppress(UploadRejected):
        kept = await upload_file(store, place.file, declared=said, user_id="ana")
        assert inspect_now(await store.get(kept.key)).mime == kept.mime
    for opening in (open_picture, open_sound):
        with suppress(FfmpegFailed):
            await opening(place.file)
