"""Everything that lies over a film, set and placed: one list that the burner and the quality report read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from state.timeline import Timeline, Title
from tools.post.blocks import Block
from tools.post.caption_blocks import caption_makers
from tools.post.fonts import Font
from tools.post.overlays import overlay_makers
from tools.post.placing import Placing
from tools.post.titles import Label, label_maker, title_makers
from tools.safe_areas import SafeBox, safe_box

__all__ = ["NOTHING", "FilesOver", "Label", "high_titles", "written"]


@dataclass(frozen=True, kw_only=True)
class FilesOver:
    """What the overlays of a cut have in files, by media key."""

    fonts: Mapping[str, Font] = field(default_factory=dict)
    shapes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """The pixels of pictures, wide and high."""


NOTHING = FilesOver()


def written(timeline: Timeline, label: Label | None = None, files: FilesOver = NOTHING) -> list[Block]:
    """All blocks of a film in the order in which they were placed: those before have not moved for others.

    Raises:
        PostError: something is too long, there is no room for it, or the platform is unknown.
    """
    safe = safe_box(timeline.platform, timeline.width, timeline.height)
    placing = Placing((timeline.width, timeline.height), safe)
    for make in overlay_makers(timeline, safe, files.fonts, files.shapes):
        placing.put(make)
    if label is not None:
        placing.put(label_maker(label, timeline))
    titles = title_makers(timeline.titles, timeline, timeline.captions)
    for _, make in [*titles, *caption_makers(timeline, safe, files.fonts)]:
        placing.put(make)
    return placing.blocks


def high_titles(titles: Sequence[Title], timeline: Timeline, *, below: int) -> list[Block]:
    """Only titles, in the upper left corner under so many pixels that are taken."""
    safe = safe_box(None, timeline.width, timeline.height)
    top = below + timeline.height * 0.03
    placing = Placing(
        (timeline.width, timeline.height),
        SafeBox(left=safe.left, top=top, right=safe.right, bottom=safe.bottom),
    )
    for _, make in title_makers(titles, timeline, None):
        placing.put(make)
    return placing.blocks
