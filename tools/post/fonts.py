"""The fonts of captions and titles, and a font of its own for every script that they cannot write.

Nothing is looked up on the machine: what is not in these packages is not drawn. Colour
pictures such as emoji are no letters and are left out of the picture; SRT and VTT keep them.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from PIL import ImageFont

from tools.sfnt import Height, height_of, letters_of

FONT_PACKAGE, FONT_FILE, FONT_NAME = "fontpkg_inter", "Inter[opsz,wght].ttf", "Inter"
DRAWN_AT = 100
_UNDRAWABLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_FEW_MARKS = re.compile(r"(?<=[\u0300-\u036f]{2})[\u0300-\u036f]+")
"""More marks than two on one letter are drawn over the rows beside it, and mean nothing."""
_JOINERS = "\u200c\u200d"
"""They have no width, and say how the letters of some scripts join."""
_MARKS = {"Mn", "Me", "Mc"}


@dataclass(frozen=True)
class Font:
    """One font file, and the name by which a subtitle calls it. Without a package the file is a path."""

    package: str
    file: str
    name: str

    @property
    def path(self) -> Path:
        """The file, which must be there."""
        return font_file(self.package, self.file) if self.package else Path(self.file)

    @property
    def is_there(self) -> bool:
        """Whether its package is installed; only the first font has to be."""
        return not self.package or find_spec(self.package) is not None


MAIN = Font(FONT_PACKAGE, f"files/{FONT_FILE}", FONT_NAME)
TITLE = Font("fontpkg_oswald", "files/Oswald[wght].ttf", "Oswald")
"""The face of the title card, for words over the picture."""
FALLBACKS = (
    MAIN,
    Font("fontpkg_heebo", "files/Heebo[wght].ttf", "Heebo"),
    Font("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf", "Noto Sans Arabic"),
    Font("fontpkg_noto_sans_devanagari", "files/NotoSansDevanagari[wdth,wght].ttf", "Noto Sans Devanagari"),
    Font("fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf", "Noto Sans Thai"),
    Font("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf", "Noto Sans CJK JP"),
)


def font_file(package: str = FONT_PACKAGE, name: str = f"files/{FONT_FILE}") -> Path:
    """A font inside its package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The font package {package} is not installed")
    return Path(spec.origin).parent / name


@lru_cache(maxsize=8192)
def runs(line: str, first: Font = MAIN) -> Sequence[tuple[Font, str]]:
    """The parts of a line with the font each is drawn in; what no font can draw is left out."""
    line = _FEW_MARKS.sub("", unicodedata.normalize("NFC", line))
    shown = [(char, font) for char, font in _fonts_of(line, first) if font]
    # Where a picture was left out, one of the two spaces beside it goes too.
    shown = [one for at, one in enumerate(shown) if one[0] != " " or at == 0 or shown[at - 1][0] != " "]
    parts = groupby(shown, key=lambda pair: pair[1])
    return tuple((font, "".join(char for char, _ in part)) for font, part in parts)


def _fonts_of(line: str, first: Font) -> Iterator[tuple[str, Font | None]]:
    """Spaces and combining marks go with the letter before them."""
    before = first
    for char in line:
        if char != " " and unicodedata.category(char) not in _MARKS:
            font = font_of(char, first)
            before = font or before
            yield char, font or (before if char in _JOINERS and before in FALLBACKS[1:] else None)
        else:
            yield char, before if char == " " or _has_glyph(before, char) else None


@lru_cache(maxsize=4096)
def font_of(char: str, first: Font = MAIN) -> Font | None:
    """The first font that can draw a character."""
    if unicodedata.category(char) in _UNDRAWABLE:
        return None
    return next((font for font in (first, *FALLBACKS) if font.is_there and _has_glyph(font, char)), None)


def width(line: str, first: Font = MAIN) -> float:
    """How wide a line is drawn, in em. Letters of another font have the same em."""
    return sum(_loaded(font).getlength(part) for font, part in runs(line, first)) / DRAWN_AT


@lru_cache(maxsize=32)
def height(font: Font = MAIN) -> Height:
    """How far the letters of a font reach above and below their line, in em."""
    return height_of(font.path.read_bytes())


def inked(text: str, font: Font) -> tuple[float, float]:
    """How far letters that are all of one font are drawn above and below their line, in em.

    Marks may stand on one another.
    """
    _, top, _, bottom = _loaded(font).getbbox(text, anchor="ls")
    return -top / DRAWN_AT, bottom / DRAWN_AT


def line_height(font: Font = MAIN) -> float:
    """Subtitles size a font by its line height, not by its em."""
    return height(font).line


def place_fonts(folder: Path, used: Iterable[Font] = ()) -> None:
    """Make a folder that holds these fonts, the first one of captions, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, font in enumerate(sorted({MAIN, *used}, key=lambda font: (font != MAIN, font.name))):
        shutil.copyfile(font.path, folder / f"captions-{number}{font.path.suffix}")


def _has_glyph(font: Font, char: str) -> bool:
    return char.isspace() or ord(char) in _letters(font)


@lru_cache(maxsize=32)
def _letters(font: Font) -> frozenset[int]:
    return letters_of(font.path.read_bytes())


@lru_cache(maxsize=32)
def _loaded(font: Font) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font.path), DRAWN_AT)
