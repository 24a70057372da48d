"""The sound as pictures for the page: points of SVG paths, in a box of a thousand by a hundred."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.quality.report import Curves, Finding, Light

WIDE, HIGH = 1000, 100
_LOUDEST, _QUIETEST = 0.0, -50.0
"""LUFS at the upper and at the lower edge."""
_LEAST_MARK = 4.0
_TICKS = 4


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A finding on the time line, in units of the box."""

    left: float
    width: float
    light: Light
    words: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One strip of the page."""

    title: str
    words: str
    """What a person who cannot see it is told."""
    path: str
    filled: bool
    marks: list[Mark] = field(default_factory=list)
    line: float | None = None
    """Where the target lies."""
    line_name: str = ""
    ticks: list[float] = field(default_factory=list)
    """Seconds, evenly from the start to the end."""


def wave_strip(curves: Curves, findings: Sequence[Finding], duration_s: float) -> Drawing:
    """The wave, mirrored at its middle."""
    step = WIDE / len(curves.wave)
    upper = [f"{at * step:.1f},{HIGH / 2 * (1 - peak):.1f}" for at, peak in enumerate(curves.wave)]
    lower = [f"{at * step:.1f},{HIGH / 2 * (1 + peak):.1f}" for at, peak in enumerate(curves.wave)]
    return Drawing(
        title="The sound", words=f"The wave of {duration_s:.0f} seconds, its findings marked.",
        path=f"M{' '.join([*upper, *reversed(lower)])}Z", filled=True,
        marks=_marks(findings, duration_s), ticks=_ticks(duration_s),
    )  # fmt: skip


def loudness_curve(
    curves: Curves, findings: Sequence[Finding], duration_s: float, *, target: float
) -> Drawing:
    """Momentary loudness, with the target of the whole as a line."""
    step = WIDE * curves.step_s / max(duration_s, curves.step_s)
    points = [
        f"{min(WIDE, at * step):.1f},{_height(lufs):.1f}" for at, lufs in enumerate(curves.momentary_lufs)
    ]
    loud = [finding for finding in findings if finding.check in ("silence", "loudness", "clipping")]
    return Drawing(
        title="Loudness", words=f"Momentary loudness; the whole is to be {target:.0f} LUFS.",
        path=f"M{' '.join(points)}", filled=False, line=_height(target), line_name=f"{target:.0f} LUFS",
        marks=_marks(loud, duration_s), ticks=_ticks(duration_s),
    )  # fmt: skip


def _height(lufs: float) -> float:
    share = (_LOUDEST - lufs) / (_LOUDEST - _QUIETEST)
    return HIGH * min(1.0, max(0.0, share))


def _marks(findings: Sequence[Finding], duration_s: float) -> list[Mark]:
    scale = WIDE / max(duration_s, 0.1)
    marks = []
    for one in findings:
        start = one.start_s or 0.0
        end = one.end_s if one.end_s is not None else start
        width = max(_LEAST_MARK, (end - start) * scale)
        left = min(start * scale, WIDE - width)
        marks.append(Mark(left=round(left, 1), width=round(width, 1), light=one.light, words=one.message))
    return marks


def _ticks(duration_s: float) -> list[float]:
    return [duration_s * number / _TICKS for number in range(_TICKS + 1)]
