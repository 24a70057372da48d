r"""Everything that is written over a picture as one ASS file, in which no text can be obeyed.

Styles, names and times are ours. Braces open styling, so they are escaped. `\N` and its like cannot be, so
a word joiner, which has no width, is put between the backslash and the letter. Every event says where it
stands, so nothing is moved by the renderer; parts in other scripts name their font, because no font is looked
for by itself.

The first frame at which something is seen is exact: times lie half-way between two frames.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pysubs2

from state.timeline import CaptionStyle, Cue, Timeline, Title
from tools.post.blocks import Block, Look, column_of, key_of, level_of
from tools.post.fonts import MAIN, Font, line_height, runs
from tools.post.rows import Piece, Row
from tools.post.word_times import lit_spans, timed_words
from tools.post.written import NOTHING, FilesOver, Label, high_titles, written

_WORD_JOINER = "\u2060"
_LAYERS = {"overlay": 10, "title": 20, "label": 30, "caption": 50}
_FORMS = {"Plain": 1, "Boxed": 4, "Word": 3}
"""How letters are lined, which only a style can say: an outline; a rectangle behind all rows, which is the
renderer's own; one behind each word. All else is said where it is written: every file has the same head."""
_POP_MS = (110, 190)
_POP_FROM, _POP_OVER = 82, 104
_WORD_EDGE = 0.12
"""How far the rectangle of one word reaches beyond its letters, in em."""


def write_words(
    timeline: Timeline, path: Path, label: Label | None = None, *, files: FilesOver = NOTHING
) -> list[Font]:
    """Everything that is written over a film as one ASS file to burn in; the fonts that it needs.

    Raises:
        PostError: something is too long, or there is no room for it.
    """
    blocks = written(timeline, label, files)
    path.write_text(words_ass(blocks, timeline).to_string("ass"), encoding="utf-8")
    return fonts_of(blocks)


def write_titles(
    titles: Sequence[Title], path: Path, size: tuple[int, int], *, below: int, fps: int
) -> list[Font]:
    """Only titles, all in the upper left corner under so many pixels that are taken; the fonts they need."""
    timeline = Timeline(name="titles", fps=fps, width=size[0], height=size[1])
    blocks = high_titles(titles, timeline, below=below)
    path.write_text(words_ass(blocks, timeline).to_string("ass"), encoding="utf-8")
    return fonts_of(blocks)


def fonts_of(blocks: Iterable[Block]) -> list[Font]:
    """The fonts that they are set in."""
    used = {
        font
        for block in blocks if block.look is not None
        for row in block.rows
        for piece in row
        for font, _ in runs(piece.text, block.look.font)
    }  # fmt: skip
    return sorted(used, key=lambda font: font.name)


def words_ass(blocks: Sequence[Block], timeline: Timeline) -> pysubs2.SSAFile:
    """The blocks of words as a subtitle file."""
    file = pysubs2.SSAFile()
    file.info.update(
        {"PlayResX": str(timeline.width), "PlayResY": str(timeline.height), "WrapStyle": "2",
         "ScaledBorderAndShadow": "yes", "Kerning": "yes", "YCbCr Matrix": "TV.709"}
    )  # fmt: skip
    file.styles = {name: _style(form) for name, form in _FORMS.items()}
    for block in blocks:
        if block.look is not None:
            file.events += _events(block, block.look, timeline)
    return file


def _events(block: Block, look: Look, timeline: Timeline) -> list[pysubs2.SSAEvent]:
    """One, or two where a rectangle goes from word to word behind the letters."""
    clock, layer = _Clock(block, timeline.fps), _LAYERS[block.kind]
    style = _style_of(block, timeline)
    plain = _Lit(base=look.colour)
    lit = plain if style is None else _lit(block, style, timeline.captions[block.source], clock)
    form = "Boxed" if look.background is not None else "Plain"
    sung = rf"\2c{_bgr(lit.base)}\1c{_bgr(lit.colour)}" if lit.mode == "karaoke" else ""
    behind = rf"\bord{look.em * _WORD_EDGE:.2f}\shad0\3c{_bgr(lit.colour)}\1a&HFF&\3a&HFF&"
    events = []
    for where, rows in _parts(block, look):
        opening = where + _coming(block, clock, style)
        if lit.mode == "box":
            tags = f"{{{opening}{_set_in(look)}{behind}}}"
            events.append(clock.event("Word", layer - 1, tags + _rows(rows, look, lit)))
        text = _rows(rows, look, plain if lit.mode == "box" else lit)
        events.append(clock.event(form, layer, f"{{{opening}{_drawn_as(look)}{sung}}}{text}"))
    return events


class _Clock:
    """When a block is seen. Subtitles count in hundredths of a second."""

    def __init__(self, block: Block, fps: int) -> None:
        self._fps, self._block = fps, block
        self._start_ms, self._end_ms = (round(self._at(at) / 10) * 10 for at in (block.start, block.end))

    def _at(self, frame: int) -> float:
        """Half-way between a frame and the one before it."""
        return max(0.0, (frame - 0.5) / self._fps * 1000)

    def inside(self, seconds: float) -> int:
        """Milliseconds from the block's beginning to before the frame that is nearest."""
        frame = min(max(round(seconds * self._fps), self._block.start), self._block.end)
        return round(self._at(frame)) - self._start_ms

    def fade_ms(self, frames: int) -> int:
        """Frames in milliseconds."""
        return round(frames / self._fps * 1000)

    def event(self, style: str, layer: int, text: str) -> pysubs2.SSAEvent:
        """What is written, for as long as the block is seen."""
        return pysubs2.SSAEvent(start=self._start_ms, end=self._end_ms, layer=layer, style=style, text=text)


@dataclass(frozen=True, kw_only=True)
class _Lit:
    """How words are told from the others as they are said: milliseconds for each word."""

    mode: str = "none"
    base: str
    colour: str = "#ffffff"
    spans: Sequence[tuple[int, int]] = ()

    def before(self, piece: Piece, said: int | None) -> str:
        """The tags before a piece; `said` is the word of the piece before it."""
        if self.mode == "none" or piece.word == said:
            return ""
        start, end = self.spans[piece.word]
        if self.mode == "colour":
            return _switched(rf"\1c{_bgr(self.base)}", rf"\1c{_bgr(self.colour)}", start, end)
        if self.mode == "box":
            return _switched(r"\3a&HFF&", r"\3a&H00&", start, end)
        return _sung(self.spans, piece.word, said)

    def after(self) -> str:
        """The tags behind a word: a rectangle does not reach over the space behind it."""
        return r"{\3a&HFF&}" if self.mode == "box" else ""


def _switched(off: str, on: str, start: int, end: int) -> str:
    # A span that ends at nought would be read as one to the end of the event.
    first = on if start <= 0 else rf"{off}\t({start},{start},{on})"
    return rf"{{{first}\t({max(1, end)},{max(1, end)},{off})}}"


def _sung(spans: Sequence[tuple[int, int]], word: int, said: int | None) -> str:
    """Karaoke counts hundredths from word to word, anew in each event; a rest is a syllable of nothing."""
    before = 0 if said is None else spans[said][1]
    start, end = spans[word]
    rest = round(start / 10) - round(before / 10)
    wait = rf"{{\k{rest}}}" if rest > 0 else ""
    return rf"{wait}{{\kf{max(1, round(end / 10) - round(start / 10))}}}"


def _lit(block: Block, style: CaptionStyle, cue: Cue, clock: _Clock) -> _Lit:
    words = timed_words(cue)
    if style.highlight == "none" or len(words) <= max(
        (p.word for row in block.rows for p in row), default=-1
    ):
        return _Lit(base=style.colour)
    spans = [(clock.inside(start), clock.inside(end)) for start, end in lit_spans(words, cue)]
    return _Lit(mode=style.highlight, base=style.colour, colour=style.highlight_colour, spans=spans)


def _style_of(block: Block, timeline: Timeline) -> CaptionStyle | None:
    if block.kind != "caption":
        return None
    return timeline.captions[block.source].style or timeline.caption_style or CaptionStyle()


def _coming(block: Block, clock: _Clock, style: CaptionStyle | None) -> str:
    """How a block comes and goes."""
    tags = rf"\fad({clock.fade_ms(block.fade[0])},{clock.fade_ms(block.fade[1])})" if any(block.fade) else ""
    if style is not None and style.animation == "pop":
        first, then = _POP_MS
        tags += rf"\fscx{_POP_FROM}\fscy{_POP_FROM}\t(0,{first},\fscx{_POP_OVER}\fscy{_POP_OVER})"
        tags += rf"\t({first},{then},\fscx100\fscy100)"
    return tags


def _parts(block: Block, look: Look) -> Iterator[tuple[str, Sequence[Row]]]:
    """Where rows stand: all of them together, or each for itself."""
    assert block.box is not None  # noqa: S101 - whatever was placed has its box
    box, margin = block.box, look.margin
    xs = {"left": box.left + margin, "centre": (box.left + box.right) / 2, "right": box.right - margin}
    ys = {"top": box.top + margin, "middle": (box.top + box.bottom) / 2, "bottom": box.bottom - margin}
    x, key = xs[column_of(block.place)], key_of(block.place)
    if not block.tops:
        yield rf"\an{key}\pos({x:.2f},{ys[level_of(block.place)]:.2f})", block.rows
    for row, top in zip(block.rows, block.tops, strict=False):
        # From the top down, in the same column: 7 to 9 on a key pad.
        yield rf"\an{(key - 1) % 3 + 7}\pos({x:.2f},{box.top + margin + top:.2f})", [row]


def _set_in(look: Look) -> str:
    """What decides how much room letters take."""
    spaced = rf"\fsp{look.tracking:.2f}" if look.tracking else ""
    return _face(look.font, look.em)[1:-1] + spaced + (r"\i1" if look.slanted else "")


def _drawn_as(look: Look) -> str:
    """How letters are drawn. A rectangle behind all rows reaches as far as a shadow would."""
    boxed = look.background is not None
    seen, behind = _alpha(look.opacity), _alpha(look.opacity * (1.0 if boxed else 0.6))
    colours = (look.colour, look.outline or "#000000", look.background or "#000000")
    inked = "".join(rf"\{at}c{_bgr(colour)}" for at, colour in zip((1, 3, 4), colours, strict=True))
    soft = rf"\blur{look.soft:.2f}" if look.soft else ""
    far = look.padding if boxed else look.shadow
    lines = rf"\bord{look.edge:.2f}\shad{far:.2f}{soft}"
    return rf"{_set_in(look)}{inked}\1a{seen}\2a{seen}\3a{seen}\4a{behind}{lines}"


def _rows(rows: Sequence[Row], look: Look, lit: "_Lit") -> str:
    lines, said = [], None
    for row in rows:
        line, font = "", look.font
        for at, piece in enumerate(row):
            line += (lit.after() + " ") if piece.spaced and at else ""
            line += lit.before(piece, said)
            shown, font = drawn(piece.text, look, font)
            line, said = line + shown, piece.word
        lines.append(line if font == look.font else line + _face(look.font, look.em))
    return r"\N".join(lines)


def drawn(text: str, look: Look, before: Font) -> tuple[str, Font]:
    """A text that is shown and never obeyed, and the font that is set after it."""
    shown = ""
    for font, part in runs(text, look.font):
        shown += (_face(font, look.em) if font != before else "") + literal(part)
        before = font
    return shown, before


def _face(font: Font, em: float) -> str:
    """Letters of every font have the same em; subtitles size a font by its line height."""
    return rf"{{\fn{font.name}\fs{em * line_height(font):.2f}}}"


def literal(text: str) -> str:
    r"""Text of one line that ASS shows and never obeys."""
    shown = text.replace("\\", f"\\{_WORD_JOINER}")
    return shown.replace("{", r"\{").replace("}", r"\}")


def _style(form: int) -> pysubs2.SSAStyle:
    # An encoding of -1 has each row read from the side that its letters ask for.
    return pysubs2.SSAStyle(
        fontname=MAIN.name, fontsize=20, bold=False, borderstyle=form, outline=0, shadow=0,
        alignment=pysubs2.Alignment.BOTTOM_CENTER, marginl=0, marginr=0, marginv=0, encoding=-1,
    )  # fmt: skip


def _alpha(opacity: float) -> str:
    return f"&H{round(255 * (1 - opacity)):02X}&"


def _bgr(colour: str) -> str:
    return f"&H{colour[5:7]}{colour[3:5]}{colour[1:3]}&".upper()
