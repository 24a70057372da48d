"""A cut in the size of an export: what becomes of pictures of another shape."""

from collections.abc import Callable
from pathlib import Path

from state.export import ExportPlan, Framing
from state.timeline import Clip, Fit, Timeline
from tools.post.reframe import focus_film

Resolve = Callable[[str], Path]
FITS: dict[Framing, Fit] = {"fit": "fit", "blur": "blur"}
ALIKE = 0.01
"""Shapes that differ by no more than this are the same: rounding to even sides."""


async def reshaped(timeline: Timeline, plan: ExportPlan, *, resolve: Resolve) -> Timeline:
    """The cut with the plan's size; clips that fill the picture do so as the plan wishes.

    Words stand where the platform leaves room for them.
    """
    size = {"width": plan.width, "height": plan.height, "platform": plan.platform or timeline.platform}
    sized = timeline.model_copy(update=size)
    if _alike(timeline, plan):
        return sized
    if plan.framing == "subject":
        return await focus_film(sized, resolve, (plan.width, plan.height))
    fit = FITS.get(plan.framing)
    return sized if fit is None else _fitted(sized, fit)


def _alike(timeline: Timeline, plan: ExportPlan) -> bool:
    before, after = timeline.width / timeline.height, plan.width / plan.height
    return abs(before / after - 1) < ALIKE


def _fitted(timeline: Timeline, fit: Fit) -> Timeline:
    """A clip that a person has fitted otherwise stays as it is."""
    tracks = []
    for track in timeline.tracks:
        items = [
            item.model_copy(update={"fit": fit}) if isinstance(item, Clip) and item.fit == "fill" else item
            for item in track.items
        ]
        tracks.append(track.model_copy(update={"items": items}) if track.role == "picture" else track)
    return timeline.model_copy(update={"tracks": tracks})
