"""One side that is silent, sides against each other, and sound that does not swing around zero."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tools.quality.limits import SoundLimits
from tools.quality.plan import Span
from tools.quality.report import Finding
from tools.quality.silence import silent_spans
from tools.quality.sound import BLOCK, RATE_HZ, SoundTrace, db

_SMOOTH = 50
"""Half a second of blocks: what one side does for less is movement."""
_Flags = NDArray[np.bool_]


def find_stereo(trace: SoundTrace, limits: SoundLimits) -> list[Finding]:
    """YELLOW for a part of the film, RED where it is most of what is heard. Mono has no sides."""
    if trace.samples.shape[1] != 2 or not len(trace.squares):
        return []
    left, right = _smooth(trace.squares[:, 0]), _smooth(trace.squares[:, 1])
    both = _smooth(trace.products)
    loud = np.maximum(left, right) > math.pow(10, limits.stereo_loud_dbfs / 10)
    ratio = math.pow(10, limits.one_sided_db / 10)
    uneven = loud & (np.maximum(left, right) > np.minimum(left, right) * ratio)
    against = loud & ~uneven & (both < limits.out_of_phase * np.sqrt(left * right))
    return [
        *_told(uneven, loud, trace, limits, lambda at: _side(trace, at)),
        *_told(against, loud, trace, limits, lambda _: "left and right are against each other"),
    ]


def _side(trace: SoundTrace, span: Span) -> str:
    part = trace.squares[_blocks(span)].mean(axis=0)
    return f"only the {'left' if part[0] > part[1] else 'right'} side is heard"


def _told(
    flags: _Flags, loud: _Flags, trace: SoundTrace, limits: SoundLimits, words: Callable[[Span], str]
) -> list[Finding]:
    heard = int(np.count_nonzero(loud))
    most = int(np.count_nonzero(flags)) >= limits.stereo_red_share * max(1, heard)
    spans = [one for one in silent_spans(flags.tolist(), trace.duration_s) if one.length_s >= limits.stereo_s]
    return [
        Finding(check="stereo", light="RED" if most else "YELLOW", start_s=span.start_s, end_s=span.end_s,
                message=f"{words(span)} for {span.length_s:.1f} s")
        for span in spans
    ]  # fmt: skip


def find_offset(trace: SoundTrace, limits: SoundLimits) -> list[Finding]:
    """A mean beside zero takes headroom away, and clicks at every cut."""
    size = round(limits.dc_window_s * RATE_HZ / BLOCK)
    found: list[Finding] = []
    for start in range(0, max(1, len(trace.means)), size):
        part = trace.means[start : start + size]
        # A rest shorter than half a window is no mean of anything.
        if len(part) < size / 2:
            continue
        off = float(np.abs(part.mean(axis=0)).max())
        if off > limits.dc_offset:
            found.append(_offset(Span(start_s=start / 100, end_s=(start + len(part)) / 100), off, limits))
    return _as_one(found)


def _offset(span: Span, off: float, limits: SoundLimits) -> Finding:
    return Finding(
        check="offset", light="RED" if off > limits.dc_red else "YELLOW", start_s=span.start_s,
        end_s=span.end_s, message=f"the sound lies {off:.3f} ({db(off):.0f} dB) beside zero",
    )  # fmt: skip


def _as_one(found: list[Finding]) -> list[Finding]:
    """The first of those that follow each other tells for all."""
    told: list[Finding] = []
    for one in found:
        if told and told[-1].end_s == one.start_s and told[-1].light == one.light:
            told[-1] = told[-1].model_copy(update={"end_s": one.end_s})
        else:
            told.append(one)
    return told


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    width = min(_SMOOTH, len(values))
    smoothed: NDArray[np.float64] = np.convolve(values, np.full(width, 1 / width), mode="same")
    return smoothed


def _blocks(span: Span) -> slice:
    return slice(round(span.start_s * 100), max(round(span.start_s * 100) + 1, round(span.end_s * 100)))
