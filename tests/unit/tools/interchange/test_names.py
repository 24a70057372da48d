"""Whatever people write, files stay in their folder, lines stay lines, and two files never share a name."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.timeline import Clip, Timeline, TimeRange, Track
from tests.unit.tools.cuts.cutting import media
from tests.unit.tools.interchange.cuts import full_cut
from tests.unit.tools.interchange.hostile import NAMES
from tools.interchange.media import media_files, missing_files
from tools.interchange.names import file_stem, one_line, reel_name, told_apart, xml_text

ANY = st.text(max_size=40) | st.sampled_from(NAMES)
FAST = settings(max_examples=100, deadline=None)


@FAST
@given(ANY)
def test_a_file_name_is_a_file_name_everywhere(name: str) -> None:
    stem = file_stem(name)
    path = f"media/{stem}.mp4"
    assert PurePosixPath(path).parts == ("media", f"{stem}.mp4")
    assert PureWindowsPath(path).parts == ("media", f"{stem}.mp4")
    assert not PureWindowsPath(f"{stem}.mp4").is_reserved()
    assert 1 <= len(stem.encode()) <= 100
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*%&;\'`$() ]', stem)
    assert not stem.startswith((".", "-"))
    assert not stem.endswith((".", "-"))
    assert all(unicodedata.category(sign)[0] in "LNMP" for sign in stem)


@FAST
@given(ANY)
def test_a_line_is_one_line(name: str) -> None:
    line = one_line(name)
    assert len(line) <= 120
    assert line.splitlines() in ([line], [])
    assert line == line.strip()


@FAST
@given(st.lists(ANY, max_size=20))
def test_reels_are_told_apart(names: list[str]) -> None:
    reels: set[str] = set()
    for name in names:
        reel = reel_name(name, reels)
        assert re.fullmatch("[A-Z0-9]{1,8}", reel)
        assert reel not in reels
        reels.add(reel)


@FAST
@given(ANY)
def test_text_can_stand_in_xml(name: str) -> None:
    assert not re.search("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", xml_text(name))


def a_cut(names: list[str], keys: list[str]) -> Timeline:
    clips = [
        Clip(name=name, media=media("x").model_copy(update={"key": key}), source=TimeRange(start=0, length=1))
        for name, key in zip(names, keys, strict=True)
    ]
    return Timeline(name="x", tracks=[Track(name="p", role="picture", items=list(clips))])


@FAST
@given(st.lists(ANY, max_size=20))
def test_every_file_has_a_place_of_its_own(names: list[str]) -> None:
    files = media_files(a_cut(names, [f"k{number}" for number in range(len(names))]))
    paths = [file.path.casefold() for file in files.values()]
    assert len(set(paths)) == len(names)
    assert len({file.reel for file in files.values()}) == len(names)
    assert all(unquote(file.url) == file.path and file.url.isascii() for file in files.values())


def test_a_file_that_is_used_twice_is_there_once_under_its_first_name() -> None:
    files = media_files(a_cut(["1A-1", "1A-1 again", "2A"], ["a", "a", "b"]))
    assert {key: file.path for key, file in files.items()} == {"a": "media/1A-1.mp4", "b": "media/2A.mp4"}


def test_names_that_differ_in_case_alone_are_told_apart() -> None:
    files = media_files(a_cut(["Door", "door", "DOOR"], ["a", "b", "c"]))
    assert [file.path for file in files.values()] == [
        "media/Door.mp4",
        "media/door-2.mp4",
        "media/DOOR-3.mp4",
    ]


def test_luts_and_logos_are_among_the_files() -> None:
    paths = [file.path for file in media_files(full_cut()).values()]
    assert "media/lut.x-cube" not in paths
    assert {"media/logo.png"} <= set(paths)
    assert any(path.startswith("media/lut.") for path in paths)


@pytest.mark.parametrize(
    ("key", "mime", "ending"),
    [("video/u/a.mp4", "video/quicktime", "mov"), ("video/u/a.mkv", "application/octet-stream", "mkv"),
     ("video/u/a", "application/octet-stream", "bin"), ("x/a.../..", "application/octet-stream", "bin"),
     ("x/a.MP4/b.c d", "application/octet-stream", "bin")],
)  # fmt: skip
def test_an_ending_is_of_the_type_or_of_the_key_or_none(key: str, mime: str, ending: str) -> None:
    cut = a_cut(["A"], [key])
    clip = cut.tracks[0].items[0]
    assert isinstance(clip, Clip)
    seen = clip.model_copy(update={"media": clip.media.model_copy(update={"mime": mime})})
    track = cut.tracks[0].model_copy(update={"items": [seen]})
    assert media_files(cut.model_copy(update={"tracks": [track]}))[key].path == f"media/A.{ending}"


def test_missing_files_are_those_whose_keys_are_not_there() -> None:
    cut = a_cut(["A", "B", "C"], ["a", "b", "c"])
    assert [file.path for file in missing_files(cut, {"b"})] == ["media/A.mp4", "media/C.mp4"]
    assert missing_files(cut, {"a", "b", "c"}) == []


def test_a_mark_without_its_letter_leaves_no_dash_at_the_beginning() -> None:
    assert file_stem("\u17b4:0") == "0"
    assert file_stem("\u0301\u0301") == "clip"


def test_devices_of_windows_are_no_file_names() -> None:
    assert file_stem("CON") == "clip-CON"
    assert file_stem("nul.mp4", "video") == "video-nul.mp4"
    assert told_apart("a", ["A", "a-2"]) == "a-3"
