"""Captions that cannot be read, and words that something covers."""

import itertools
from collections.abc import Sequence

from state.timeline import Cue
from tools.quality.limits import CaptionLimits
from tools.quality.plan import Plan, TextBox
from tools.quality.report import Finding, Light
from tools.safe_areas import SafeArea

_ROUNDING_S = 0.002
_EDGE = 0.002


def find_captions(plan: Plan, limits: CaptionLimits) -> list[Finding]:
    """Each cue for itself, then each against the next."""
    cues = sorted(plan.cues, key=lambda cue: cue.start_s)
    found = [finding for cue in cues for finding in _of_one(cue, plan.duration_s, limits)]
    for one, after in itertools.pairwise(cues):
        if after.start_s < one.end_s - _ROUNDING_S:
            found.append(_cue(after, "RED", f"captions overlap by {one.end_s - after.start_s:.2f} s"))
    return found


def _of_one(cue: Cue, film_s: float, limits: CaptionLimits) -> list[Finding]:
    text, length_s = " ".join(cue.text.split()), cue.end_s - cue.start_s
    if not text:
        return [_cue(cue, "RED", "an empty caption")]
    found = []
    if cue.start_s < -_ROUNDING_S or cue.end_s > film_s + _ROUNDING_S:
        found.append(_cue(cue, "RED", "a caption lies outside the film"))
    if length_s < limits.least_s - _ROUNDING_S:
        found.append(_cue(cue, "YELLOW", f"a caption stays {max(0.0, length_s):.2f} s"))
    elif len(text) / length_s > limits.chars_per_s + limits.chars_per_s_slack:
        found.append(_cue(cue, "YELLOW", f"{len(text) / length_s:.0f} characters a second"))
    if length_s > limits.most_s + _ROUNDING_S:
        found.append(_cue(cue, "YELLOW", f"a caption stays {length_s:.1f} s"))
    if len([line for line in cue.text.splitlines() if line.strip()]) > limits.most_lines:
        found.append(_cue(cue, "YELLOW", f"a caption has more than {limits.most_lines} lines"))
    return found


def _cue(cue: Cue, light: Light, words: str) -> Finding:
    said = " ".join(cue.text.split())
    shown = f": “{said[:60]}{'…' if len(said) > 60 else ''}”" if said else ""
    return Finding(check="captions", light=light, message=words + shown, start_s=cue.start_s, end_s=cue.end_s)


def find_unsafe(boxes: Sequence[TextBox], areas: Sequence[SafeArea]) -> list[Finding]:
    """Words that leave the picture, and those under what a platform shows: one finding for each platform."""
    outside = [box for box in boxes if not _inside(box, 0.0, 0.0, 0.0, 0.0)]
    found = [_box(box, "RED", "words leave the picture") for box in outside]
    for area in areas:
        covered = [box for box in boxes if not _inside(box, area.left, area.top, area.right, area.bottom)]
        if covered:
            hearsay = "" if area.verified else ", as others report"
            many = f"{len(covered)} texts stand" if len(covered) > 1 else "a text stands"
            found.append(_box(covered[0], "YELLOW", f"{many} outside the safe area of {area.title}{hearsay}"))
    return found


def _inside(box: TextBox, left: float, top: float, right: float, bottom: float) -> bool:
    return (
        box.left >= left - _EDGE
        and box.top >= top - _EDGE
        and box.right <= 1 - right + _EDGE
        and box.bottom <= 1 - bottom + _EDGE
    )


def _box(box: TextBox, light: Light, words: str) -> Finding:
    said = " ".join(box.text.split())[:60]
    return Finding(
        check="safe_area", light=light, message=f"{words}: “{said}”", start_s=box.start_s, end_s=box.end_s
    )
