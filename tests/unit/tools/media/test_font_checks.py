"""Fonts from people: good ones keep all letters, damaged ones are refused in words, and nothing breaks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.errors import UploadRejected
from tools.media import fonts
from tools.media.fonts import check_font, font_anew
from tools.media.upload import check_declared, type_of
from tools.post.fonts import FALLBACKS, TITLE
from tools.sfnt import height_of, letters_of

OSWALD = TITLE.path.read_bytes()
SMALL = [font for font in (TITLE, *FALLBACKS) if font.is_there and font.path.stat().st_size < 2_000_000]


@pytest.mark.parametrize("font", SMALL, ids=lambda font: font.name)
def test_a_good_font_keeps_its_letters_and_its_heights(font) -> None:
    before, after = font.path.read_bytes(), font_anew(font.path)
    assert (letters_of(after), height_of(after)) == (letters_of(before), height_of(before))
    check_font(after)
    assert font_anew(font.path) == after, "the same font is the same file"


@pytest.mark.parametrize("head", [b"\x00\x01\x00\x00", b"OTTO", b"true"])
def test_a_font_that_nobody_declared_is_told_by_its_first_bytes(head: bytes) -> None:
    assert type_of(head + bytes(60)).startswith("font/")
    check_declared(head + bytes(60), "application/x-font-ttf")
    with pytest.raises(UploadRejected, match="declared"):
        check_declared(head + bytes(60), "image/png")


@pytest.mark.parametrize("head", [b"wOFF", b"wOF2", b"ttcf"])
def test_what_is_packed_is_refused_unopened(head: bytes) -> None:
    for declared in ("font/ttf", "font/woff2", "image/png"):
        with pytest.raises(UploadRejected, match="not taken"):
            check_declared(head + bytes(60), declared)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_font_that_is_damaged_anywhere_is_refused_or_kept_and_nothing_breaks(data, tmp_path_factory):
    damaged = bytearray(OSWALD)
    places = st.integers(0, 4000) | st.integers(0, len(damaged) - 1)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(places)] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.mktemp("font") / "damaged.ttf"
    file.write_bytes(damaged)
    try:
        kept = font_anew(file)
    except UploadRejected:
        return
    check_font(kept)


def test_a_font_is_no_larger_than_is_kept_and_drawn_no_longer_than_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "large.ttf"
    file.write_bytes(OSWALD)
    monkeypatch.setattr(fonts, "LOOK_S", -1.0)
    with pytest.raises(UploadRejected, match="too long"):
        font_anew(file)
    monkeypatch.setattr(fonts, "MAX_FONT_BYTES", len(OSWALD) - 1)
    with pytest.raises(UploadRejected, match="larger than"):
        font_anew(file)
