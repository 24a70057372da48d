"""A package is a folder that is whole: formats, media byte for byte, and in words what is missing."""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from state.errors import EditRefused, PostError, WorkFolderFull
from state.media import MediaRef
from state.timeline import Timeline, Track, Transition
from tests.unit.tools.interchange import seen
from tests.unit.tools.interchange.cuts import full_cut, shot, sound
from tools.cuts.history import digest_of
from tools.interchange.carries import FORMATS
from tools.interchange.media import media_files
from tools.interchange.otio_read import read_otio
from tools.interchange.package import Packaged, Resolve, package_cut

CUT = Timeline(
    name="Kitchen",
    tracks=[
        Track(name="picture", role="picture", items=[shot("1A-1", 0, 24), shot("../../1B", 0, 24)]),
        Track(name="voice", role="voice", items=[sound("line", 24)]),
    ],
)


def a_store(folder: Path, cut: Timeline, *, without: Iterable[str] = ()) -> Resolve:
    """A folder with a file of its own bytes for each key."""
    folder.mkdir()
    paths: dict[str, Path] = {}
    for number, (key, file) in enumerate(media_files(cut).items()):
        if file.path not in without:
            paths[key] = folder / str(number)
            paths[key].write_bytes(key.encode() * 50)

    async def resolve(media: MediaRef) -> Path | None:
        return paths.get(media.key)

    return resolve


async def packed(
    tmp_path: Path, cut: Timeline = CUT, *, link: bool = False, without: Iterable[str] = ()
) -> Packaged:
    resolve = a_store(tmp_path / "store", cut, without=without)
    return await package_cut(cut, FORMATS, resolve, tmp_path / "out", link=link)


async def test_a_package_holds_every_format_and_every_file_byte_for_byte(tmp_path: Path) -> None:
    made = await packed(tmp_path)
    assert made.files == [
        "README.txt", "cut.edl", "cut.fcpxml", "cut.otio", "media/1A-1.mp4", "media/1B.mp4", "media/line.wav",
    ]  # fmt: skip
    there = sorted(str(one.relative_to(made.folder)) for one in made.folder.rglob("*") if one.is_file())
    assert there == made.files
    for key, file in media_files(CUT).items():
        assert (made.folder / file.path).read_bytes() == key.encode() * 50
    assert made.missing == []
    assert not (made.folder / "missing.txt").exists()


async def test_every_reference_of_every_format_is_a_file_of_the_package(tmp_path: Path) -> None:
    made = await packed(tmp_path)
    text = (made.folder / "cut.otio").read_text()
    addresses = [clip.media_reference.target_url for clip in seen.by_otio(text).find_clips()]
    root = seen.by_xml((made.folder / "cut.fcpxml").read_text())
    addresses += [str(one.get("src")) for one in root.iter("media-rep")]
    addresses += [one.source_file for one in seen.by_pycmx((made.folder / "cut.edl").read_text())]
    assert len(addresses) == 9
    assert all((made.folder / one).is_file() for one in addresses)
    assert digest_of(read_otio(text)) == digest_of(CUT)


async def test_what_is_missing_is_named_and_the_formats_are_written_all_the_same(tmp_path: Path) -> None:
    made = await packed(tmp_path, without={"media/1A-1.mp4"})
    assert [file.path for file in made.missing] == ["media/1A-1.mp4"]
    assert (made.folder / "missing.txt").read_text() == "media/1A-1.mp4\n"
    assert "Missing: 1;" in (made.folder / "README.txt").read_text()
    assert "* MISSING FILE: media/1A-1.mp4" in (made.folder / "cut.edl").read_text()
    assert digest_of(read_otio((made.folder / "cut.otio").read_text())) == digest_of(CUT)


async def test_a_path_that_is_no_file_is_missing(tmp_path: Path) -> None:
    async def resolve(media: MediaRef) -> Path | None:
        return tmp_path

    made = await package_cut(CUT, ["edl"], resolve, tmp_path / "out")
    assert len(made.missing) == 3
    assert made.files == ["README.txt", "cut.edl", "missing.txt"]


async def test_copies_are_their_own_and_links_share_their_bytes(tmp_path: Path) -> None:
    made = await packed(tmp_path)
    assert os.stat(made.folder / "media/1A-1.mp4").st_nlink == 1
    linked = await packed(tmp_path / "again" if (tmp_path / "again").mkdir() is None else tmp_path, link=True)
    assert os.stat(linked.folder / "media/1A-1.mp4").st_nlink == 2


async def test_each_track_of_pictures_is_a_list_and_what_is_lost_is_said(tmp_path: Path) -> None:
    made = await packed(tmp_path, full_cut())
    assert {"cut.edl", "cut-2.edl"} <= set(made.files)
    assert "1 clip: EDL does not carry a crop." in made.left_out["edl"]
    said = (made.folder / "README.txt").read_text()
    assert all(f"- {sentence}\n" in said for lost in made.left_out.values() for sentence in lost)


async def test_a_folder_that_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    with pytest.raises(EditRefused) as refused:
        await packed(tmp_path)
    assert refused.value.details["field"] == "into"
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["mine"]


async def test_an_empty_folder_that_is_there_is_not_taken_either(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(EditRefused):
        await packed(tmp_path)
    assert left_in(tmp_path / "out") == []


async def test_a_link_in_the_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "nowhere")
    with pytest.raises(EditRefused):
        await packed(tmp_path)
    assert not (tmp_path / "nowhere").exists()


def left_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


async def test_nothing_is_left_of_a_package_that_could_not_be_made(tmp_path: Path) -> None:
    """The disk is full at the second file: a limit on the size of files of this process stands in for it."""
    resource = pytest.importorskip("resource")
    big = 3_000_000
    resolve = a_store(tmp_path / "store", CUT)
    for file in (tmp_path / "store").iterdir():
        file.write_bytes(b"x" * big)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (big // 2, before[1]))
    try:
        with pytest.raises(WorkFolderFull):
            await package_cut(CUT, FORMATS, resolve, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, old)
    assert left_in(tmp_path) == ["store"]


async def test_a_cut_that_cannot_be_written_leaves_no_folder(tmp_path: Path) -> None:
    track = Track(name="picture", role="picture", items=[Transition(length=4), shot("A", 0, 24)])
    with pytest.raises(PostError):
        await packed(tmp_path, CUT.model_copy(update={"tracks": [track]}))
    assert left_in(tmp_path) == ["store"]


async def test_of_two_who_write_one_folder_one_succeeds_whole(tmp_path: Path) -> None:
    stored, both = a_store(tmp_path / "store", CUT), asyncio.Barrier(2)

    async def resolve(media: MediaRef) -> Path | None:
        await both.wait()  # neither has a folder yet
        return await stored(media)

    done = await asyncio.gather(
        *(package_cut(CUT, FORMATS, resolve, tmp_path / "out") for _ in range(2)), return_exceptions=True
    )
    made = [one for one in done if isinstance(one, Packaged)]
    assert len(made) == 1
    assert all(isinstance(one, EditRefused) for one in done if one not in made)
    assert left_in(tmp_path) == ["out", "store"]
