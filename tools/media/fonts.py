"""Fonts from people: read to their end, held to bounds, and written anew with what letters are drawn by.

A font is a program for others to run and a picture of any size. So every letter is measured before one is
drawn, hints are left out, and what is packed (WOFF) is refused unopened.
"""

import io
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import ImageFont

from state.errors import UploadRejected
from tools.sfnt import NoFont, bare, height_of, letters_of

MAX_FONT_BYTES = 20_000_000
KINDS = {b"\x00\x01\x00\x00": "font/ttf", b"true": "font/ttf", b"OTTO": "font/otf"}
FONT_MIMES = frozenset((
    "font/ttf", "font/otf", "font/sfnt", "application/font-sfnt", "application/x-font-ttf",
    "application/x-font-otf", "application/vnd.ms-opentype",
))  # fmt: skip
"""What a font may be declared as."""
PACKED = {b"wOFF": "a web font (WOFF)", b"wOF2": "a web font (WOFF2)", b"ttcf": "a collection of fonts"}
SEND_FONT = "Send one TrueType or OpenType font (.ttf or .otf)."
NAME = "Typeface"
"""Of every font that is kept: no name of one is ever obeyed, or shown."""
HIGHEST_EM, WIDEST_EM = 6.0, 8.0
"""No letter is drawn so far from its line, or is so wide on average of some: it would cover the film."""
LOWEST_LINE_EM, HIGHEST_LINE_EM = 0.2, 6.0
MEASURED_AT, AT_ONCE = 20, 32
LOOK_S = 15.0
HALVES = range(0xD800, 0xE000)
"""No characters, whatever a list says."""


def font_type(head: bytes) -> str | None:
    """The type of a font by its first four bytes; None of what is none that is kept."""
    return KINDS.get(head[:4])


def check_no_web_font(head: bytes) -> None:
    """Whether it is a font that would have to be unpacked, which nothing here does.

    Raises:
        UploadRejected: it is.
    """
    if (what := PACKED.get(head[:4])) is not None:
        raise UploadRejected(f"the file is {what}, which is not taken", user_action=SEND_FONT)


def check_font(data: bytes) -> None:
    """Measure every letter of a font.

    Raises:
        UploadRejected: damaged, without letters, or with some that no film has room for.
    """
    try:
        line = height_of(data).line
        letters = sorted(code for code in letters_of(data) if code not in HALVES)
        if not letters:
            raise UploadRejected("the font has no letters", user_action=SEND_FONT)
        if not LOWEST_LINE_EM <= line <= HIGHEST_LINE_EM:
            raise UploadRejected(f"the font's lines are {line:.2g} em high", user_action=SEND_FONT)
        font = ImageFont.truetype(
            io.BytesIO(bare(data, NAME)), MEASURED_AT, layout_engine=ImageFont.Layout.BASIC
        )
        _check_letters(font, letters)
        font.getmask(chr(letters[len(letters) // 2]))
    except (NoFont, OSError, ValueError) as exc:
        raise UploadRejected(f"the font is damaged: {exc}", user_action=SEND_FONT) from exc


def font_anew(file: Path) -> bytes:
    """The same letters in a file that holds nothing else; blocking.

    Raises:
        UploadRejected: as `check_font`, or it is too large.
    """
    if file.stat().st_size > MAX_FONT_BYTES:
        raise UploadRejected(
            f"the font is larger than {MAX_FONT_BYTES // 1_000_000} MB", user_action=SEND_FONT
        )
    data = file.read_bytes()
    check_no_web_font(data[:4])
    check_font(data)
    return bare(data, NAME)


def _check_letters(font: ImageFont.FreeTypeFont, letters: Sequence[int]) -> None:
    """Their boxes, which takes no room, before any is drawn, which may take all there is."""
    until = time.monotonic() + LOOK_S
    for first in range(0, len(letters), AT_ONCE):
        some = letters[first : first + AT_ONCE]
        left, top, right, bottom = font.getbbox("".join(map(chr, some)), anchor="ls")
        high, wide = max(-top, bottom) / MEASURED_AT, (right - left) / MEASURED_AT / len(some)
        if high > HIGHEST_EM or wide > WIDEST_EM:
            raise UploadRejected(
                f"a letter between U+{some[0]:04X} and U+{some[-1]:04X} is drawn far beyond its line",
                user_action=SEND_FONT,
            )
        if time.monotonic() > until:
            raise UploadRejected("the font's letters take too long to be drawn", user_action=SEND_FONT)
