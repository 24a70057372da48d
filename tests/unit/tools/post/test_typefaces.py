"""A font that somebody brings is checked, measured, and called by a name of ours."""

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from state.errors import MediaMissing, PostError
from state.media import MediaRef
from state.timeline import CaptionStyle, Cue, Overlay, Timeline
from tests.cut_media import a_clip, a_timeline
from tools.post.fonts import FALLBACKS, MAIN, TITLE, height
from tools.post.typefaces import open_typefaces, typeface_keys
from tools.post.words_ass import write_words
from tools.post.written import FilesOver
from tools.sfnt import NoFont, height_of, letters_of, renamed, tables_of

OSWALD = TITLE.path.read_bytes()
EVIL = "Evil{\\an8}, Sans\nDialogue: 9,0:00:00.00"


def using(text: str = "Buy now", key: str = "brand.ttf") -> Timeline:
    font = MediaRef(key=key, mime="font/ttf", sha256="0" * 64, size_bytes=1)
    timeline = a_timeline([a_clip("take.mp4", 48)], captions=[Cue(start_s=0, end_s=1, text=text)])
    overlay = Overlay(kind="cta", text=text, start=0, typeface=font)
    return timeline.model_copy(update={"overlays": [overlay], "caption_style": CaptionStyle(typeface=font)})


def opened(folder: Path, data: bytes, text: str = "Buy now") -> FilesOver:
    (folder / "brand.ttf").write_bytes(data)
    return FilesOver(fonts=open_typefaces(using(text), lambda key: folder / key, folder / "made"))


def test_its_own_name_is_nowhere_in_what_is_burned_in(tmp_path):
    files = opened(tmp_path, renamed(OSWALD, EVIL))
    [font] = files.fonts.values()
    used = write_words(using(), tmp_path / "words.ass", files=files)
    written = (tmp_path / "words.ass").read_text("utf-8")
    assert used == [font]
    assert f"\\fn{font.name}\\" in written
    assert "Evil" not in written
    assert ImageFont.truetype(str(font.path)).getname() == (font.name, "Regular")


def test_two_fonts_of_one_name_are_two(tmp_path):
    first, second = (opened(tmp_path, renamed(data, "Brand")) for data in (OSWALD, MAIN.path.read_bytes()))
    assert {font.name for font in first.fonts.values()} != {font.name for font in second.fonts.values()}


@pytest.mark.parametrize("font", [MAIN, TITLE, *FALLBACKS[1:-1]], ids=lambda font: font.name)
def test_a_renamed_font_has_the_same_letters_and_heights(font):
    data = font.path.read_bytes()
    again = renamed(data, "Brand")
    assert letters_of(again) == letters_of(data)
    assert height_of(again) == height_of(data) == height(font)
    assert {tag for tag in tables_of(data) if tag != "DSIG"} == set(tables_of(again))


def test_what_a_font_has_shapes_for_is_what_freetype_draws():
    """Inter has these and not those; the list is read by us, the drawing by FreeType."""
    letters, face = letters_of(MAIN.path.read_bytes()), ImageFont.truetype(str(MAIN.path), 50)
    missing = bytes(face.getmask("\U0010fffe"))
    for char in "AzñßЖΩ漢ک\U0001f3ac€→":
        assert (ord(char) in letters) == (bytes(face.getmask(char)) != missing), char


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "no TrueType"), (b"#EXTM3U\n", "no TrueType"), (b"wOF2" + bytes(60), "no TrueType"),
     (b"ttcf" + bytes(60), "no TrueType"), (OSWALD[:5000], "cut short"),
     (OSWALD[:4] + b"\xff\xff" + OSWALD[6:], "broken"), (OSWALD[:4] + bytes(60), "broken")],
    ids=["nothing", "playlist", "woff2", "collection", "cut short", "too many tables", "no tables"],
)  # fmt: skip
def test_what_is_no_font_is_refused_with_a_reason(tmp_path, data, why):
    with pytest.raises(PostError, match=why) as refused:
        opened(tmp_path, data)
    assert ".ttf" in refused.value.user_action


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_font_that_is_damaged_anywhere_is_refused_or_used_and_nothing_breaks(data, tmp_path_factory):
    damaged = bytearray(OSWALD[:60_000] if data.draw(st.booleans()) else OSWALD)
    places = st.integers(0, 4000) | st.integers(0, len(damaged) - 1)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(places)] = data.draw(st.integers(0, 255))
    try:
        files = opened(folder := tmp_path_factory.mktemp("font"), bytes(damaged))
    except PostError:
        return
    write_words(using(), folder / "words.ass", files=files)


def test_a_font_without_a_letter_of_the_words_is_refused(tmp_path):
    with pytest.raises(PostError, match="has no letter of “漢字”"):
        opened(tmp_path, OSWALD, "漢字")


def test_letters_that_it_lacks_are_set_in_another_font(tmp_path):
    files = opened(tmp_path, OSWALD, "Olá 漢字")
    names = {font.name for font in write_words(using("Olá 漢字"), tmp_path / "words.ass", files=files)}
    assert names == {next(iter(files.fonts.values())).name, "Noto Sans CJK JP"}


def test_one_that_is_not_there_is_told(tmp_path):
    with pytest.raises(MediaMissing):
        open_typefaces(using(), lambda key: tmp_path / key, tmp_path / "made")


def test_every_place_that_names_a_font_is_found():
    fonts = [MediaRef(key=f"{n}.ttf", mime="font/ttf", sha256="0" * 64, size_bytes=1) for n in range(3)]
    cue = Cue(start_s=0, end_s=1, text="a", style=CaptionStyle(typeface=fonts[1]))
    timeline = a_timeline([], captions=[cue]).model_copy(
        update={
            "caption_style": CaptionStyle(typeface=fonts[0]),
            "overlays": [Overlay(kind="cta", text="b", start=0, typeface=fonts[2])],
        }
    )
    assert typeface_keys(timeline) == ["0.ttf", "1.ttf", "2.ttf"]


def test_heights_are_those_of_windows_else_those_of_the_lines():
    tables = tables_of(OSWALD)
    em = struct.unpack_from(">H", tables["head"], 18)[0]
    above, below = struct.unpack_from(">hh", tables["hhea"], 4)
    at = OSWALD.index(tables["OS/2"])
    without = bytearray(OSWALD)
    without[at + 74 : at + 78] = bytes(4)
    assert height_of(bytes(without)).line == pytest.approx((above - below) / em)
    assert height_of(OSWALD).line != height_of(bytes(without)).line


def test_a_head_that_is_cut_short_is_no_font():
    with pytest.raises(NoFont):
        tables_of(OSWALD[:20])


def test_tables_that_lie_over_one_another_are_no_font():
    """A hundred tables of the whole file would be read as a hundred times its size."""
    bomb = bytearray(OSWALD)
    for number in range(struct.unpack_from(">H", OSWALD, 4)[0]):
        struct.pack_into(">LL", bomb, 12 + 16 * number + 8, 0, len(OSWALD))
    with pytest.raises(NoFont, match="over one another"):
        tables_of(bytes(bomb))


def test_a_list_that_names_all_characters_again_and_again_is_no_font():
    groups = struct.pack(">LLL", 0, 0x10FFFF, 1) * 20_000
    table = struct.pack(">HHHHL", 0, 1, 3, 10, 12) + struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, 20_000)
    with pytest.raises(NoFont, match="out of order"):
        letters_of(_with(OSWALD, "cmap", table + groups))


def _with(data: bytes, tag: str, table: bytes) -> bytes:
    """The same font with another table."""
    count = struct.unpack_from(">H", data, 4)[0]
    made = bytearray(data + table)
    for number in range(count):
        if data[12 + 16 * number : 16 + 16 * number] == tag.encode():
            struct.pack_into(">LL", made, 12 + 16 * number + 8, len(data), len(table))
    return bytes(made)
