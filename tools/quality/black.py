"""Black picture that the cut does not ask for."""

from tools.quality.limits import PictureLimits
from tools.quality.picture import PictureTrace
from tools.quality.plan import Plan, Span, unplanned
from tools.quality.report import Finding


def find_black(trace: PictureTrace, plan: Plan, limits: PictureLimits) -> list[Finding]:
    """YELLOW from the second frame on, RED when everybody sees it."""
    frame_s = 1 / plan.fps
    spans = runs([share >= limits.black_share for share in trace.dark_share], trace.times_s, frame_s)
    found = unplanned(spans, plan.black, margin_s=2 * frame_s)
    return [
        Finding(
            check="black", light="RED" if span.length_s > limits.black_red_s + 1e-6 else "YELLOW",
            start_s=span.start_s, end_s=span.end_s,
            message=f"black for {span.length_s:.2f} s where the cut has a picture",
        )
        for span in found
        if span.length_s >= limits.black_s - 1e-6
    ]  # fmt: skip


def runs(flags: list[bool], times_s: list[float], frame_s: float) -> list[Span]:
    """Frames in a row for which it holds, as spans that last to the end of the last one."""
    spans, start = [], -1
    for at, holds in enumerate([*flags, False]):
        if holds and start < 0:
            start = at
        elif not holds and start >= 0:
            spans.append(Span(start_s=times_s[start], end_s=times_s[at - 1] + frame_s))
            start = -1
    return spans
