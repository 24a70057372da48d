"""Captions as files for players: SRT and VTT. What is burned in is written in `words_ass.py`.

Text is never interpreted. Both are written here and not with pysubs2, because it would take a
line with braces for styling and drop it.
"""

import html
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from state.timeline import Cue
from tools.post.cue_rules import LINE_CHARS, SpokenLine, cues

__all__ = ["SpokenLine", "cues", "line_chars", "write_srt", "write_vtt"]


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
