"""A cut in another size: what is cut off follows its subject, and nothing that is read is cut off.

A copy is made; what a person said of a clip stays. What stands still and shows words (a title card) is shown
whole between its own blurred edges, unless all of them fit into the window.
"""

import asyncio
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from state.timeline import Clip, Crop, Fit, Focus, Item, Timeline, TimeRange, Track
from tools.ending import end_tasks
from tools.post.attention import wherever
from tools.post.camera_path import places
from tools.post.in_focus import in_focus
from tools.post.small_frames import look_at
from tools.post.subject import SAME_SHAPE, Watched, follow, watch
from tools.post.words_seen import PIXELS, Grey, Line, words_in

Resolve = Callable[[str], Path]
AT_ONCE = 2
"""Files that are looked at side by side; each takes one core."""
_ROOM = 0.92
"""Words may take so much of the window."""
_SURE, _LOST = 0.5, 0.2
"""Where a still shows something for sure, so much of it may be cut off. One figure loses 6 percent at most,
five in a row lose 35 at least; of a texture, and of a drawn scene, nothing is sure."""
_LIVELY, _MOVING = 0.15, 0.5
"""What moves more than this is a scene, and its shelves and fences are no words; and from here on the eye
follows what moves, wherever the lens was set."""


@dataclass(frozen=True)
class Look:
    """What was looked at: for whoever keeps what was found."""

    sha256: str
    source: TimeRange
    fps: int
    ratio: float
    """Of the window: width by height."""
    crop: Crop | None


@dataclass(frozen=True)
class Framing:
    """How a clip is shown in a window of another shape."""

    fit: Fit = "fill"
    focus: list[Focus] = field(default_factory=list)


Known = MutableMapping[Look, Framing]


async def focus_film(
    timeline: Timeline, resolve: Resolve, size: tuple[int, int], *,
    known: Known | None = None, at_once: int = AT_ONCE,
) -> Timeline:  # fmt: skip
    """The cut in another size (width, height), with the windows that it needs.

    `resolve` gives the local file of a media key. `known` is asked before a file is looked at, and gets what
    was found. Clips with a focus, or with another fit than `fill`, stay as they are.

    Raises:
        MediaMissing, FfmpegFailed: a file is not there or shows nothing.
    """
    found = {} if known is None else known
    asked = {_look(clip, timeline, size): clip for clip in _pictures(timeline) if _is_open(clip)}
    missing = [(look, clip) for look, clip in asked.items() if look not in found]
    room = asyncio.Semaphore(at_once)

    async def look_up(look: Look, clip: Clip) -> None:
        async with room:
            found[look] = await framing(resolve(clip.media.key), clip, look)

    tasks = [asyncio.create_task(look_up(look, clip)) for look, clip in missing]
    try:
        await asyncio.gather(*tasks)
    finally:
        await end_tasks(tasks)
    tracks = [_framed(track, timeline, size, found) for track in timeline.tracks]
    return timeline.model_copy(update={"width": size[0], "height": size[1], "tracks": tracks})


def _pictures(timeline: Timeline) -> list[Clip]:
    tracks = [track for track in timeline.tracks if track.role == "picture"]
    return [item for track in tracks for item in track.items if isinstance(item, Clip)]


def _is_open(clip: Clip) -> bool:
    return clip.fit == "fill" and not clip.focus


def _look(clip: Clip, timeline: Timeline, size: tuple[int, int]) -> Look:
    return Look(clip.media.sha256, clip.source, timeline.fps, size[0] / size[1], clip.crop)


def _framed(track: Track, timeline: Timeline, size: tuple[int, int], found: Known) -> Track:
    if track.role != "picture":
        return track
    items: list[Item] = []
    for item in track.items:
        if isinstance(item, Clip) and _is_open(item):
            framing = found[_look(item, timeline, size)]
            item = item.model_copy(update={"fit": framing.fit, "focus": framing.focus})
        items.append(item)
    return track.model_copy(update={"items": items})


async def framing(path: Path, clip: Clip, look: Look) -> Framing:
    """How a clip is to be shown; errors as `focus_film`."""
    start_s, still = look.source.start / look.fps, clip.media.media_type == "image"
    # One picture costs next to nothing, and most films have the shape of all their takes.
    first = await look_at(path, start_s=0 if still else start_s, length_s=1, rate=1, crop=look.crop)
    window = min(first.ratio / look.ratio, look.ratio / first.ratio)
    if window > 1 - SAME_SHAPE:
        return Framing()
    across, still_frame = first.ratio > look.ratio, TimeRange(start=0, length=1)
    source = still_frame if still else look.source
    watched = await watch(path, source, look.fps, crop=look.crop)
    if still or watched.lively < _MOVING:
        luma = await _middle(path, look, still=still)
        lines = await asyncio.to_thread(words_in, luma) if still or watched.lively < _LIVELY else []
        if lines:
            return _around(lines, window, across=across, at=look.source.start)
        if still and await asyncio.to_thread(_is_lost, first.pictures[0], window, across=across):
            return Framing(fit="blur")
        watched = await asyncio.to_thread(_with_focus, watched, luma)
    keys = await asyncio.to_thread(follow, watched, look.ratio)
    moved = look.source.start if still else 0
    return Framing(focus=[key.model_copy(update={"at": key.at + moved}) for key in keys])


async def _middle(path: Path, look: Look, *, still: bool) -> Grey:
    """The picture in the middle of a clip, large enough to read in."""
    middle_s = 0 if still else (look.source.start + look.source.length / 2) / look.fps
    large = await look_at(path, start_s=middle_s, length_s=1, rate=1, pixels=PIXELS, crop=look.crop)
    return np.ascontiguousarray(large.pictures[0][..., 0])


def _with_focus(watched: Watched, luma: Grey) -> Watched:
    """The less moves, the more counts what the lens was set on; one picture tells of one scene only."""
    if len(watched.scenes) != 1:
        return watched
    (maps,) = watched.scenes
    focused = in_focus(luma, maps.shape[1:]) * max(0.0, 1 - watched.lively / _MOVING)
    return replace(watched, scenes=[maps * (1 - focused.sum()) + focused])


def _around(lines: list[Line], window: float, *, across: bool, at: int) -> Framing:
    """A window with all the words in it where they have room there; else the picture is shown whole."""
    starts = [line.left if across else line.top for line in lines]
    ends = [line.right if across else line.bottom for line in lines]
    low, high = min(starts), max(ends)
    if high - low > window * _ROOM:
        return Framing(fit="blur")
    middle = round(float(np.clip((low + high) / 2, window / 2, 1 - window / 2)), 4)
    return Framing(focus=[Focus(at=at, x=middle) if across else Focus(at=at, y=middle)])


def _is_lost(picture: NDArray[np.uint8], window: float, *, across: bool) -> bool:
    """Whether a still shows so much, and over so much of its width, that no window does it justice."""
    profile = wherever(picture).sum(axis=0 if across else 1).astype(np.float64)
    total = float(profile.sum())
    if total < _SURE:
        return False
    at = (np.arange(len(profile)) + 0.5) / len(profile)
    shown = max(float(profile[np.abs(at - middle) <= window / 2].sum()) for middle in places(window))
    return 1 - shown / total > _LOST
