"""Titles, calls to action, texts, labels and logos that an editor lays over the film: how they are set."""

from collections.abc import Mapping
from functools import partial

from state.errors import PostError
from state.timeline import Overlay, Timeline
from tools.post.blocks import Block, Look, column_of, words_block
from tools.post.fonts import MAIN, TITLE, Font
from tools.post.placing import Smaller
from tools.post.rows import in_rows
from tools.post.typefaces import face_of
from tools.safe_areas import SafeBox

_EM: Mapping[str, float] = {"title": 0.085, "cta": 0.052, "text": 0.045, "label": 0.03}
"""The usual size of each kind, as a share of the picture's shorter side."""
_SMALLEST_EM = 9.0
_FONTS: Mapping[str, Font] = {"title": TITLE, "cta": MAIN, "text": MAIN, "label": TITLE}
_ROWS = ((1.0, 1), (1.0, 2), (0.85, 2), (0.85, 3), (0.7, 4), (0.55, 5), (0.42, 8), (0.3, 14))
"""What is tried for the words of an overlay: shares of its size, and in how many rows."""
_COLUMN, _WHOLE = 0.62, 0.92
"""How much of the safe box's width words in a corner take in a wide picture; in the centre, or a tall one."""
_LOGO_HIGH, _MOST_HIGH = 0.5, 0.45
"""A logo, and the words of an overlay, are no higher than these shares of the box: captions need room."""


def overlay_span(overlay: Overlay, timeline: Timeline) -> tuple[int, int]:
    """Its first frame, and the first one after it."""
    end = timeline.length if overlay.length is None else overlay.start + overlay.length
    return overlay.start, min(end, timeline.length)


def overlay_makers(
    timeline: Timeline, safe: SafeBox, faces: Mapping[str, Font], shapes: Mapping[str, tuple[int, int]]
) -> list[Smaller]:
    """How each overlay that is seen at all is set, logos first.

    `shapes` has the pixels of pictures whose file does not say them; one of neither is square.
    """
    seen = [
        (number, one) for number, one in enumerate(timeline.overlays)
        if overlay_span(one, timeline)[0] < overlay_span(one, timeline)[1] and one.opacity > 0
    ]  # fmt: skip
    logos = [partial(_logo, one, timeline, safe, shapes, n) for n, one in seen if one.kind == "logo"]
    return [
        *logos,
        *(partial(_words, one, timeline, safe, faces, n) for n, one in seen if one.kind != "logo"),
    ]


def shape_of(overlay: Overlay, shapes: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """The pixels of its picture, wide and high."""
    media = overlay.media
    if media is None:
        return 1, 1
    return shapes.get(media.key) or ((media.width, media.height) if media.width and media.height else (1, 1))


def _fade(overlay: Overlay, timeline: Timeline) -> tuple[int, int]:
    """At most half of its time to come, and half of it to go. To the film's end it stays."""
    start, end = overlay_span(overlay, timeline)
    frames = min(overlay.fade, (end - start) // 2)
    return frames, frames


def _logo(
    overlay: Overlay, timeline: Timeline, safe: SafeBox, shapes: Mapping[str, tuple[int, int]], number: int,
    share: float,
) -> Block:  # fmt: skip
    wide, high = shape_of(overlay, shapes)
    width = timeline.width * overlay.width / 100 * share
    limits = ((safe.right - safe.left) / wide, (safe.bottom - safe.top) * _LOGO_HIGH / high)
    scale = min(width / wide, *limits)
    start, end = overlay_span(overlay, timeline)
    # Whole pairs of pixels: colour has half the resolution.
    size = (max(2, int(wide * scale / 2) * 2), max(2, int(high * scale / 2) * 2))
    return Block(
        kind="logo", start=start, end=end, place=overlay.position, size=size, source=number,
        fade=_fade(overlay, timeline),
    )  # fmt: skip


def _words(
    overlay: Overlay, timeline: Timeline, safe: SafeBox, faces: Mapping[str, Font], number: int, share: float
) -> Block:
    size = (timeline.width, timeline.height)
    em = max(_SMALLEST_EM, min(size) * _EM[overlay.kind]) * overlay.size * share
    usual = _look(overlay, em, face_of(overlay, faces, _FONTS[overlay.kind]))
    narrow = column_of(overlay.position) != "centre" and size[0] > size[1]
    room = (safe.right - safe.left) * (_COLUMN if narrow else _WHOLE)
    start, end = overlay_span(overlay, timeline)
    for step, most in _ROWS:
        look = usual.scaled(step)
        free = (room - 2 * look.margin) / look.em
        rows = (
            in_rows(overlay.text, look.font, free, most, tracking=look.tracking / look.em)
            if free > 0
            else None
        )
        if rows is None:
            continue
        block = words_block(
            "overlay", rows, look, overlay.position, start=start, end=end, source=number,
            fade=_fade(overlay, timeline),
        )  # fmt: skip
        if block.size[1] <= (safe.bottom - safe.top) * _MOST_HIGH:
            return block
    raise PostError(
        f"The {overlay.kind} “{overlay.text[:60]}” is too large for the picture.",
        user_action="Make it smaller or shorter.",
        details={"frame": start, "kind": overlay.kind},
    )


def _look(overlay: Overlay, em: float, font: Font) -> Look:
    boxed = overlay.background is not None
    return Look(
        font=font, em=em, colour=overlay.colour, outline=overlay.outline,
        edge=_edge(overlay, em), shadow=0 if boxed else em * 0.05,
        background=overlay.background, padding=em * 0.42 if boxed else 0, opacity=overlay.opacity,
        tracking=em * 0.03 if font == TITLE else 0,
    )  # fmt: skip


def _edge(overlay: Overlay, em: float) -> float:
    """In a box letters need no line round them, unless somebody asked for one of another colour."""
    if overlay.outline is None:
        return 0
    house = overlay.outline == Overlay.model_fields["outline"].default
    return 0 if overlay.background is not None and house else max(0.9, em * 0.07)
