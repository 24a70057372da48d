"""Silence that nobody planned."""

import numpy as np

from tools.quality.limits import SoundLimits
from tools.quality.plan import Plan, Span, joined, unplanned
from tools.quality.report import Finding
from tools.quality.sound import BLOCK, RATE_HZ, SoundTrace

_MARGIN_S = 0.05


def find_silence(trace: SoundTrace, plan: Plan, limits: SoundLimits) -> list[Finding]:
    """YELLOW for a hole; RED where nothing at all is heard though something should be."""
    if not plan.has_sound:
        return []
    quiet = (
        trace.peaks.max(axis=1) < 10 ** (limits.silence_dbfs / 20) if len(trace.peaks) else np.ones(1, bool)
    )
    found = unplanned(silent_spans(quiet.tolist(), trace.duration_s), plan.quiet, margin_s=_MARGIN_S)
    wanted_s = trace.duration_s - sum(span.length_s for span in joined(plan.quiet))
    if quiet.all() or sum(span.length_s for span in found) >= limits.silence_red_share * wanted_s:
        return [Finding(check="silence", light="RED", message="nothing is heard in the whole film")]
    return [
        Finding(check="silence", light="YELLOW", start_s=span.start_s, end_s=span.end_s,
                message=f"nothing is heard for {span.length_s:.1f} s")
        for span in found
        if span.length_s > limits.silence_s
    ]  # fmt: skip


def silent_spans(quiet: list[bool], duration_s: float) -> list[Span]:
    """Blocks in a row; what is silent at the last whole block is so to the end."""
    step, spans, start = BLOCK / RATE_HZ, [], -1
    for at, silent in enumerate([*quiet, False]):
        if silent and start < 0:
            start = at
        elif not silent and start >= 0:
            end_s = duration_s if at == len(quiet) else at * step
            spans.append(Span(start_s=start * step, end_s=end_s))
            start = -1
    return spans
