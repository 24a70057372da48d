"""Sound whose tops were cut off, even where it was turned down afterwards.

A half wave that was cut off spends most of its upper part at its top, and its top lies as high as
those beside it. A limiter, which turns down and up again, leaves round tops.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.quality.limits import SoundLimits
from tools.quality.plan import Span, joined
from tools.quality.report import Finding
from tools.quality.sound import RATE_HZ, SoundTrace

_UPPER = 0.7
"""The upper part of a half wave, of its top."""
_NEAR_TOP = 0.9
"""Half waves that reach so much of the loudest one of their second are looked at."""
_WINDOW = RATE_HZ
_APART_S = 5.0
"""Seconds that lie closer are one finding: sound is clipped where it is loud."""
_Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Clipped:
    """One second of sound."""

    start_s: float
    flats: int
    full_scale: bool


def find_clipping(trace: SoundTrace, limits: SoundLimits) -> list[Finding]:
    """Seconds with too many flat tops, those side by side as one finding."""
    seconds = [one for one in clipped_seconds(trace.samples, limits) if _is_fault(one, limits)]
    spans = joined((Span(start_s=one.start_s, end_s=one.start_s + 1.0) for one in seconds), apart_s=_APART_S)
    return [_finding(span, seconds, trace.duration_s, limits) for span in spans]


def _is_fault(one: Clipped, limits: SoundLimits) -> bool:
    return one.full_scale or one.flats >= limits.flats_per_s


def _finding(span: Span, seconds: list[Clipped], duration_s: float, limits: SoundLimits) -> Finding:
    inside = [one for one in seconds if span.start_s <= one.start_s < span.end_s]
    worst = max(one.flats for one in inside)
    full = any(one.full_scale for one in inside)
    words = "samples stand at full scale" if full else f"{worst} wave tops in one second are cut off"
    return Finding(
        check="clipping", light="RED" if full or worst >= limits.flats_red_per_s else "YELLOW",
        message=f"the sound is clipped: {words}", start_s=span.start_s, end_s=min(span.end_s, duration_s),
    )  # fmt: skip


def clipped_seconds(samples: _Floats, limits: SoundLimits) -> list[Clipped]:
    """How many flat tops each second has, in the channel that has most."""
    found = []
    for start in range(0, len(samples), _WINDOW):
        part = np.asarray(samples[start : start + _WINDOW])
        channels = [np.ascontiguousarray(part[:, number]) for number in range(part.shape[1])]
        found.append(
            Clipped(
                start_s=start / RATE_HZ,
                flats=max(flat_tops(one, limits) for one in channels),
                full_scale=any(_at_full_scale(one, limits) for one in channels),
            )
        )
    return found


def flat_tops(wave: _Floats, limits: SoundLimits) -> int:
    """Half waves of one channel whose tops are flat and as high as each other."""
    loudest = float(np.abs(wave).max(initial=0.0))
    if loudest < 10 ** (limits.flat_loud_dbfs / 20):
        return 0
    starts = np.flatnonzero(np.concatenate([[True], np.diff(np.signbit(wave))]))
    size = np.abs(wave)
    tops = np.maximum.reduceat(size, starts)
    lengths = np.diff(np.append(starts, len(wave)))
    each = np.repeat(tops, lengths)
    upper = np.add.reduceat((size >= _UPPER * each).astype(np.int32), starts)
    near = np.add.reduceat((size >= (1 - limits.flat_band) * each).astype(np.int32), starts)
    flat = (near >= limits.flat_least_samples) & (near >= limits.flat_share * upper)
    flat &= tops >= _NEAR_TOP * loudest
    return _alike(tops[flat], limits)


def _alike(tops: _Floats, limits: SoundLimits) -> int:
    """Of these tops those near the middle one: what was cut off was cut off at one height."""
    if not len(tops):
        return 0
    middle = float(np.median(tops))
    return int(np.count_nonzero(np.abs(tops - middle) <= limits.flat_alike * middle))


def _at_full_scale(wave: _Floats, limits: SoundLimits) -> bool:
    full = (np.abs(wave) >= limits.full_scale).astype(np.int32)
    run = limits.full_scale_run
    return bool(len(full) >= run and np.convolve(full, np.ones(run, np.int32), "valid").max() >= run)
