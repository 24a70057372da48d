"""The picture, decoded once: what every detector needs of each frame is noted while it passes.

Samples are every n-th pixel of every n-th row: scaling would cost as much as decoding.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av
import cv2
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from state.errors import PostError
from tools.ffmpeg.probe import opened
from tools.quality.flashes import Transition, Watch
from tools.quality.grid import Grey, grid
from tools.quality.limits import Limits
from tools.quality.plan import TextBox

ROWS = 120
"""About so many rows are looked at."""
BLOCKS = (16, 9)
CELLS = (32, 18)
_ENOUGH = 0.4
_ABOUT_WORDS = 0.012
"""Their blur and shadow reach so much further, as a share of the picture."""
_RECENT = 6
"""So many frames say whether a picture stands."""
_WHITE_U = 0.1978
"""u' of white."""
_REDDISH, _REDDISH_SHARE = 155, 0.1
"""Below this level of V red is too dark or not saturated; where fewer are red it is no quarter."""
_FULL_RANGE = 2
_READERS = {"h264": {"skip_loop_filter": "all"}, "hevc": {"skip_loop_filter": "all"}}


@dataclass(kw_only=True)
class PictureTrace:
    """One value for each frame, in the order they are shown."""

    times_s: list[float] = field(default_factory=list)
    dark_share: list[float] = field(default_factory=list)
    """How much of the picture is black, beside the words that are burned in: a caption is no picture."""
    changed: list[float] = field(default_factory=list)
    """The block that differs most from the frame before, mean of 8-bit levels."""
    anchors: list[int] = field(default_factory=list)
    """The frame from which on nothing has moved."""
    cells: list[Grey] = field(default_factory=list)
    """18 by 32 mean levels."""
    flashes: list[Transition] = field(default_factory=list)
    red_flashes: list[Transition] = field(default_factory=list)

    @property
    def frames(self) -> int:
        """How many were decoded."""
        return len(self.times_s)


class Stopped(Exception):
    """Nobody waits for this any more."""


def look(
    path: Path, demuxer: str, limits: Limits, words: Sequence[TextBox], stop: threading.Event
) -> PictureTrace:
    """Decode all of it; blocking. `stop` ends it early; where `words` come and go nothing moves or shines.

    Raises:
        PostError: it cannot be decoded to its end.
        Stopped: it was asked to.
    """
    trace, noter = PictureTrace(), _Noter(limits, words)
    try:
        with opened(path, demuxer) as container:
            for frame in _decoded(container):
                if stop.is_set():
                    raise Stopped
                noter.note(frame, trace)
    except FFmpegError as exc:
        raise PostError(f"the picture cannot be decoded behind {_last(trace):.2f} s") from exc
    return trace


def _last(trace: PictureTrace) -> float:
    return trace.times_s[-1] if trace.times_s else 0.0


def _decoded(container: "av.container.InputContainer") -> Iterator[av.VideoFrame]:
    if not container.streams.video:
        return
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    stream.codec_context.options = _READERS.get(stream.codec_context.name, {})
    for frame in container.decode(stream):
        yield frame if frame.format.name in ("yuv420p", "yuvj420p") else frame.reformat(format="yuv420p")


class _Noter:
    """What has to be remembered from frame to frame."""

    def __init__(self, limits: Limits, words: Sequence[TextBox]) -> None:
        self.limits = limits
        self.watched = seen_blocks(words)
        self.beside = Beside(words)
        self.before: Grey | None = None
        self.anchor: Grey | None = None
        self.anchor_at = 0
        self.was_red = True
        self.general, self.red = Watch.general(limits.flashes), Watch.red(limits.flashes)
        self.colourless = np.full((CELLS[1], CELLS[0]), _WHITE_U, np.float32)
        self.to_light = {full: _to_light(full) for full in (False, True)}

    def note(self, frame: av.VideoFrame, trace: PictureTrace) -> None:
        full = int(frame.color_range) == _FULL_RANGE or frame.format.name == "yuvj420p"
        at, step = trace.frames, max(1, min(frame.height, frame.width) // ROWS)
        luma = _sampled(frame, 0, step)
        trace.times_s.append(float(frame.time if frame.time is not None else at))
        black = (0 if full else 16) + self.limits.picture.black_level * (255 if full else 219)
        trace.dark_share.append(self.beside.share(luma <= black, trace.times_s[-1]))
        trace.changed.append(0.0 if self.before is None else most_moved(luma, self.before, self.watched))
        anew = frame.key_frame and self._stands(trace)
        trace.anchors.append(self._anchor(luma, at, trace.changed[-1], anew=anew))
        trace.cells.append(np.rint(_cells(luma)).astype(np.uint8))
        self._flashes(frame, luma, step, full, trace)
        self.before = luma

    def _anchor(self, luma: Grey, at: int, changed: float, *, anew: bool) -> int:
        """Where a coder draws a picture anew that had not moved until then, nothing has moved."""
        still, limits = self.anchor is not None, self.limits.picture
        if self.anchor is not None:
            same = self.anchor is self.before
            away = changed if same else most_moved(luma, self.anchor, self.watched)
            still = away <= limits.still_level
            if anew and not still and away <= limits.redrawn_level:
                self.anchor, still = luma, True
        if not still:
            self.anchor, self.anchor_at = luma, at
        return self.anchor_at

    def _stands(self, trace: PictureTrace) -> bool:
        """Whether the frames before this one would have stood for as long as it takes to be told."""
        recent, limits = trace.changed[-1 - _RECENT : -1], self.limits.picture
        seconds = trace.times_s[-2] - trace.times_s[-2 - _RECENT] if len(recent) == _RECENT else 0.0
        return seconds > 0 and sum(recent) / seconds <= limits.still_level / limits.still_s

    def _flashes(self, frame: av.VideoFrame, luma: Grey, step: int, full: bool, trace: PictureTrace) -> None:
        at_s = trace.times_s[-1]
        bright = _cells(np.asarray(cv2.LUT(luma, self.to_light[full]), np.uint8)) / np.float32(255)
        trace.flashes += self.general.seen(at_s, bright, None)
        redness, saturated = self.redness(frame, luma, step, full)
        if redness is not self.colourless or self.was_red:
            trace.red_flashes += self.red.seen(at_s, redness, saturated)
        self.was_red = redness is not self.colourless

    def redness(
        self, frame: av.VideoFrame, luma: Grey, step: int, full: bool
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_] | None]:
        """Most pictures have no saturated red anywhere, and need not be looked at twice."""
        red = _sampled(frame, 2, step)
        if np.count_nonzero(red >= _REDDISH) < _REDDISH_SHARE * red.size:
            return self.colourless, np.zeros(self.colourless.shape, bool)
        planes = [_cells(plane) for plane in (luma, _sampled(frame, 1, step), red)]
        return _redness(planes, full, self.limits.flashes.red_ratio)


class Beside:
    """The part of the picture that no words cover at a moment."""

    def __init__(self, words: Sequence[TextBox]) -> None:
        self.words = words
        self.shown: list[TextBox] = []
        self.free: NDArray[np.bool_] | None = None

    def share(self, holds: NDArray[np.bool_], at_s: float) -> float:
        """How much of it this holds for; of the whole picture where words cover most of it."""
        shown = [box for box in self.words if box.start_s <= at_s <= box.end_s]
        if shown != self.shown or (self.free is not None and self.free.shape != holds.shape):
            self.shown, self.free = shown, _free(shown, holds.shape) if shown else None
        if self.free is None:
            return float(np.count_nonzero(holds)) / holds.size
        return float(np.count_nonzero(holds & self.free) / np.count_nonzero(self.free))


def _free(shown: Sequence[TextBox], shape: tuple[int, ...]) -> NDArray[np.bool_] | None:
    free = np.ones(shape, bool)
    for box in shown:
        left, right = (
            np.clip(x, 0, 1) * shape[1] for x in (box.left - _ABOUT_WORDS, box.right + _ABOUT_WORDS)
        )
        top, bottom = (
            np.clip(y, 0, 1) * shape[0] for y in (box.top - _ABOUT_WORDS, box.bottom + _ABOUT_WORDS)
        )
        free[int(top) : int(bottom) + 1, int(left) : int(right) + 1] = False
    return free if free.mean() >= _ENOUGH else None


def seen_blocks(words: Sequence[TextBox]) -> NDArray[np.bool_]:
    """The blocks over which no words are ever burned in; all of them where those would be too few."""
    blocks = np.ones((BLOCKS[1], BLOCKS[0]), bool)
    for box in words:
        left, right = (int(np.clip(x, 0, 1) * BLOCKS[0]) for x in (box.left, box.right))
        top, bottom = (int(np.clip(y, 0, 1) * BLOCKS[1]) for y in (box.top, box.bottom))
        blocks[top : bottom + 1, left : right + 1] = False
    return blocks if blocks.mean() >= _ENOUGH else np.ones_like(blocks)


def most_moved(one: Grey, other: Grey, watched: NDArray[np.bool_]) -> float:
    """The watched block of two pictures that differs most, mean of levels."""
    if one.shape != other.shape:
        return 255.0
    apart = grid(one.shape, BLOCKS).means(np.asarray(cv2.absdiff(one, other), np.uint8))
    return float(apart[watched].max())


def _sampled(frame: av.VideoFrame, number: int, step: int) -> Grey:
    plane = frame.planes[number]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return np.ascontiguousarray(rows[::step, : plane.width : step])


def _to_light(full: bool) -> Grey:
    """Relative luminance of each 8-bit level, after BT.1886; 255 is white."""
    levels = np.arange(256, dtype=np.float32)
    shares = levels / 255 if full else (levels - 16) / 219
    return np.rint(255 * np.clip(shares, 0, 1) ** 2.4).astype(np.uint8)


def _redness(
    planes: Sequence[NDArray[np.float32]], full: bool, ratio: float
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The u' of CIE 1976 for each cell, and where red is saturated. Black has the colour of white."""
    y, u, v = planes
    gray = y / 255 if full else (y - 16) / 219
    cb, cr = ((one - 128) / (255 if full else 224) for one in (u, v))
    signals = (gray + 1.5748 * cr, gray - 0.1873 * cb - 0.4681 * cr, gray + 1.8556 * cb)
    red, green, blue = (np.square(np.clip(signal, 0, 1)) for signal in signals)
    total = red + green + blue
    x = 0.4124 * red + 0.3576 * green + 0.1805 * blue
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = 0.0193 * red + 0.1192 * green + 0.9505 * blue
    below = x + 15 * light + 3 * z
    seen = total > 0.02
    u_prime = np.where(seen, 4 * x / np.maximum(below, 1e-6), _WHITE_U)
    return u_prime.astype(np.float32), seen & (red >= ratio * total)


def _cells(samples: Grey) -> NDArray[np.float32]:
    return grid((samples.shape[0], samples.shape[1]), CELLS).means(samples)
