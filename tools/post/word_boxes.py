"""Where what is burned in stands, for the quality report: from the very blocks that are burned in."""

from dataclasses import dataclass

from state.timeline import Timeline
from tools.post.blocks import Block
from tools.post.written import NOTHING, FilesOver, Label, written


@dataclass(frozen=True, kw_only=True)
class WordBox:
    """Words or a logo on the picture: shares of its width and height from the upper left, and seconds."""

    start_s: float
    end_s: float
    text: str
    left: float
    top: float
    right: float
    bottom: float


def word_boxes(
    timeline: Timeline, label: Label | None = None, *, files: FilesOver = NOTHING
) -> list[WordBox]:
    """Captions, titles, overlays and the label with their outlines and backgrounds, in the order of time.

    Without its `files` a font that somebody brought is measured as the house's own, and a logo whose
    measures nobody kept as a square.

    Raises:
        PostError: as `written`.
    """
    boxes = [_box(block, timeline) for block in written(timeline, label, files)]
    return sorted(boxes, key=lambda box: (box.start_s, box.end_s))


def _box(block: Block, timeline: Timeline) -> WordBox:
    assert block.box is not None  # noqa: S101 - whatever was placed has its box
    box, (width, height) = block.box, (timeline.width, timeline.height)
    overlay = timeline.overlays[block.source] if block.kind == "logo" else None
    named = overlay.media.key.rpartition("/")[2] if overlay is not None and overlay.media is not None else ""
    return WordBox(
        start_s=block.start / timeline.fps, end_s=block.end / timeline.fps,
        text=block.text or f"the logo {named}", left=box.left / width, right=box.right / width,
        top=box.top / height, bottom=box.bottom / height,
    )  # fmt: skip
