"""Captions as they are burned in: their size, their rows, their place."""

from collections.abc import Mapping, Sequence
from functools import partial

from state.errors import PostError
from state.timeline import CaptionStyle, Cue, Place, Timeline
from tools.post.blocks import Block, Look, words_block
from tools.post.fonts import MAIN, Font, line_height
from tools.post.placing import Smaller
from tools.post.rows import Row, in_rows
from tools.post.typefaces import face_of
from tools.safe_areas import SafeBox

HOUSE_STYLE = CaptionStyle()
FADE_S = 0.12
POP_ROOM = 1.05
"""So much larger a caption is for a moment as it pops up."""
_WIDE_SIZE, _TALL_SIZE = 0.064, 0.072
"""Line height as a share of the height of wide pictures, of the width of tall and square ones."""
_SMALLEST = 13.5
_SIZES = ((1.0, 2), (0.9, 2), (0.8, 2), (0.9, 3), (0.8, 3), (0.7, 3), (0.6, 4), (0.5, 6), (0.4, 9), (0.3, 16))
_TALL_SIZES = ((1.0, 3), *_SIZES[3:])
"""What is tried: shares of a caption's size, and in how many rows. Tall pictures have room for three."""
_MOST_CHARS = 2000
"""Longer texts are not even tried: nobody could read them."""
_LINE_EM = 30
"""A longer line is hard to read, whatever room there is: about 55 letters, or 42 capitals."""
_COMMON = 0.8
"""All captions take the size of the smallest one, as long as it is no smaller than this."""
_MOST_HIGH = 0.6
"""How much of the safe box's height a caption may take."""
_PLACES: Mapping[str, Place] = {"bottom": "bottom", "middle": "centre", "top": "top"}


def caption_makers(timeline: Timeline, safe: SafeBox, faces: Mapping[str, Font]) -> list[tuple[int, Smaller]]:
    """For every caption that says something, its first frame and how it is set at a share of its size.

    Raises:
        PostError: one is too long to be set at all.
    """
    style_of = [cue.style or timeline.caption_style or HOUSE_STYLE for cue in timeline.captions]
    set_up = [
        _Setter(timeline, cue, style, safe, faces, number)
        for number, (cue, style) in enumerate(zip(timeline.captions, style_of, strict=True))
        if cue.text.split() and _frames(timeline, cue)[1] > _frames(timeline, cue)[0]
    ]
    shares = [one.share for one in set_up]
    common = min((share for share in shares if share >= _COMMON), default=1.0)
    return [(one.start, partial(one.block, common)) for one in set_up]


class _Setter:
    """One caption, ready to be set."""

    def __init__(
        self, timeline: Timeline, cue: Cue, style: CaptionStyle, safe: SafeBox, faces: Mapping[str, Font],
        number: int,
    ) -> None:  # fmt: skip
        self.style, self.cue, self.number = style, cue, number
        self.start, self.end = _frames(timeline, cue)
        self._fade = round(FADE_S * timeline.fps) if style.animation == "fade" else 0
        self._look = _look(style, cue, (timeline.width, timeline.height), faces)
        middle = timeline.width / 2
        # In the centre of the picture, so as far from the middle as the nearer edge of the box.
        self._room = 2 * min(middle - safe.left, safe.right - middle)
        self._high = (safe.bottom - safe.top) * _MOST_HIGH
        self._tall = timeline.height > timeline.width * 1.2
        self._text = _cased(cue.text, capitals=style.capitals)
        self.share, self._rows = self._fitting(1.0)

    def block(self, common: float, share: float) -> Block:
        """At this share of the size that all have, or of its own smaller one."""
        most = common * share
        fits, rows = (self.share, self._rows) if self.share <= most else self._fitting(most)
        return self._made(self._look.scaled(fits), rows)

    def _made(self, look: Look, rows: Sequence[Row]) -> Block:
        popping = self.style.animation == "pop"
        return words_block(
            "caption", rows, look, _PLACES[self.style.position], start=self.start, end=self.end,
            source=self.number, fade=(self._fade, self._fade), room=POP_ROOM if popping else 1,
        )  # fmt: skip

    def _fitting(self, most: float) -> tuple[float, list[Row]]:
        """The largest size up to this at which it fits, and its rows."""
        sizes: Sequence[tuple[float, int]] = _TALL_SIZES if self._tall else _SIZES
        if len(self.cue.text) > _MOST_CHARS:
            sizes = ()
        for share, most_rows in dict.fromkeys((min(share, most), rows) for share, rows in sizes):
            look = self._look.scaled(share)
            room = (self._room / POP_ROOM - 2 * look.margin) / look.em
            room = min(room, _LINE_EM) if share >= _COMMON else room
            rows = in_rows(self._text, look.font, room, most_rows, anew=True)
            if rows is not None and self._made(look, rows).size[1] <= self._high:
                return share, rows
        raise PostError(
            f"A caption of {len(self.cue.text)} characters is too long to be shown: “{self.cue.text[:60]}”",
            user_action="Make it shorter, or make several of it.",
            details={"start_s": self.cue.start_s, "characters": len(self.cue.text)},
        )


def _frames(timeline: Timeline, cue: Cue) -> tuple[int, int]:
    """Its first frame, and the first one after it; never behind the film."""
    return max(0, timeline.frames(cue.start_s)), min(timeline.length, timeline.frames(cue.end_s))


def _look(style: CaptionStyle, cue: Cue, size: tuple[int, int], faces: Mapping[str, Font]) -> Look:
    font = face_of(style, faces, MAIN)
    width, height = size
    points = max(_SMALLEST, width * _TALL_SIZE if height >= width else height * _WIDE_SIZE)
    em = points / line_height(MAIN) * (style.size or 1)
    return Look(
        font=font, em=em, colour=style.colour, outline=style.outline,
        edge=max(1.0, em * 0.09) if style.outline else 0, shadow=0 if style.background else em * 0.05,
        background=style.background, padding=em * 0.32 if style.background else 0, slanted=cue.voice_over,
    )  # fmt: skip


def _cased(text: str, *, capitals: bool) -> str:
    return text.upper() if capitals else text
