"""Captions as files: SRT and VTT for players, ASS to burn in.

Text is never interpreted. SRT and VTT are written here and not with pysubs2, because it
would take a line with braces for styling and drop it.
"""

import html
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pysubs2

from state.timeline import Cue
from tools.post.cue_rules import LINE_CHARS, SpokenLine, cues, wrap
from tools.post.fonts import FONT_NAME, MAIN, Font, font_file, line_height, place_fonts, runs
from tools.post.fonts import width as width_of

__all__ = [
    "SAFE",
    "TALL_BOTTOM",
    "SpokenLine",
    "ass_text",
    "captions_ass",
    "cues",
    "font_file",
    "line_chars",
    "place_fonts",
    "write_ass",
    "write_srt",
    "write_vtt",
]

SAFE = 0.06
"""Share of the picture that stays free at each edge; title-safe areas begin at 5 %."""
TALL_BOTTOM = 0.22
"""In tall pictures the players' own buttons and titles cover the lower fifth."""
_WIDE_SIZE, _TALL_SIZE = 0.058, 0.072
"""Line height as a share of the height of wide pictures, of the width of tall and square ones."""
_SMALLEST = 13.5
_WORD_JOINER = "\u2060"


def line_chars(size: tuple[int, int]) -> int:
    """How many characters of a line stay readable in a picture of this shape."""
    ratio = size[0] / size[1]
    return LINE_CHARS if ratio > 1.2 else 32 if ratio > 0.8 else 26


def write_srt(cue_list: Sequence[Cue], path: Path) -> None:
    """SubRip, UTF-8."""
    parts = [
        f"{number}\n{_clock(cue.start_s, ',')} --> {_clock(cue.end_s, ',')}\n"
        f"{_slanted(cue, _lines(cue.text))}\n"
        for number, cue in enumerate(cue_list, start=1)
    ]
    path.write_text("\n".join(parts), encoding="utf-8")


def write_vtt(cue_list: Sequence[Cue], path: Path) -> None:
    """WebVTT with voice tags, UTF-8."""
    parts = ["WEBVTT\n"]
    for cue in cue_list:
        voice = f"<v {html.escape(_lines(cue.speaker), quote=False)}>" if cue.speaker.strip() else ""
        text = _slanted(cue, html.escape(_lines(cue.text), quote=False))
        parts.append(f"{_clock(cue.start_s, '.')} --> {_clock(cue.end_s, '.')}\n{voice}{text}\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def write_ass(cue_list: Sequence[Cue], path: Path, size: tuple[int, int]) -> None:
    """Styled captions to burn in; goes with the font folder of `place_fonts`."""
    path.write_text(captions_ass(cue_list, size).to_string("ass"), encoding="utf-8")


def captions_ass(cue_list: Sequence[Cue], size: tuple[int, int]) -> pysubs2.SSAFile:
    """The captions as a subtitle file that more can be added to."""
    file = pysubs2.SSAFile()
    width, height = size
    file.info.update(
        {"PlayResX": str(width), "PlayResY": str(height), "WrapStyle": "2", "ScaledBorderAndShadow": "yes",
         "YCbCr Matrix": "TV.709"}
    )  # fmt: skip
    texts = [_two_lines(cue.text, size) for cue in cue_list]
    file.styles = {"Default": _style(texts, size)}
    for cue, text in zip(cue_list, texts, strict=True):
        shown = r"\N".join(ass_text(line) for line in text.splitlines())
        shown = rf"{{\i1}}{shown}" if cue.voice_over else shown
        start, end = round(cue.start_s * 1000), round(cue.end_s * 1000)
        file.events.append(pysubs2.SSAEvent(start=start, end=end, text=shown))
    return file


def ass_text(line: str, first: Font = MAIN) -> str:
    r"""One line of text that ASS shows and never obeys.

    Braces open styling, so they are escaped. `\N` and its like cannot be, so a word joiner,
    which has no width, is put between the backslash and the letter. Parts in other scripts
    name their font, because no font is looked for by itself.
    """
    parts = list(runs(line, first))
    if all(font == first for font, _ in parts):
        return "".join(_literal(part) for _, part in parts)
    return "".join(f"{{\\fn{font.name}}}{_literal(part)}" for font, part in parts)


def _literal(text: str) -> str:
    shown = text.replace("\\", f"\\{_WORD_JOINER}")
    return shown.replace("{", r"\{").replace("}", r"\}")


def _two_lines(text: str, size: tuple[int, int]) -> str:
    """The text as it is when it has at most two lines, else broken anew."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) <= 2:
        return "\n".join(lines)
    joined = " ".join(lines)
    return wrap(joined, max(line_chars(size), -(-len(joined) * 6 // 10)))


def _style(texts: Sequence[str], size: tuple[int, int]) -> pysubs2.SSAStyle:
    width, height = size
    points = _font_size(texts, size)
    bottom = TALL_BOTTOM if height > width * 1.2 else SAFE
    return pysubs2.SSAStyle(
        fontname=FONT_NAME, fontsize=points, bold=True, primarycolor=pysubs2.Color(255, 255, 255),
        outlinecolor=pysubs2.Color(12, 12, 16), backcolor=pysubs2.Color(0, 0, 0, 110),
        outline=round(max(1.2, points * 0.07), 2), shadow=round(points * 0.04, 2), borderstyle=1,
        alignment=pysubs2.Alignment.BOTTOM_CENTER, marginl=round(width * SAFE),
        marginr=round(width * SAFE), marginv=round(height * bottom),
    )  # fmt: skip


def _font_size(texts: Sequence[str], size: tuple[int, int]) -> float:
    """One size for all cues: the usual share of the picture, or what lets the longest line fit."""
    width, height = size
    wanted = max(_SMALLEST, width * _TALL_SIZE if height >= width else height * _WIDE_SIZE)
    widest = max((width_of(line) for text in texts for line in text.splitlines()), default=0.0)
    # Bold is a little wider than the regular shapes that are measured here.
    room = width * (1 - 2 * SAFE) * 0.95
    return round(min(wanted, room / widest * line_height() if widest else wanted), 1)


def _lines(text: str) -> str:
    """Text without empty lines or control characters, which would end a cue early."""
    kept = (" ".join(line.split()) for line in text.splitlines())
    lines = [
        "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cs")) for line in kept
    ]
    return "\n".join(line.replace("-->", "→") for line in lines if line)


def _slanted(cue: Cue, text: str) -> str:
    """What nobody in the picture says stands in italics, as viewers know it."""
    return f"<i>{text}</i>" if cue.voice_over and text else text


def _clock(seconds: float, mark: str) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{mark}{whole % 1000:03}"
