"""A picture that stands where the cut wants it to move."""

from tools.quality.limits import PictureLimits
from tools.quality.picture import PictureTrace
from tools.quality.plan import Plan, Span, unplanned
from tools.quality.report import Finding


def find_frozen(trace: PictureTrace, plan: Plan, limits: PictureLimits) -> list[Finding]:
    """Frames from which nothing moved away. Black is told by `black` alone."""
    frame_s = 1 / plan.fps
    planned = [*plan.still, *plan.black]
    found = [_beside(span, planned, 2 * frame_s) for span in _still_spans(trace, frame_s, limits)]
    return [
        Finding(
            check="frozen", light="RED" if seconds > limits.still_red_s + 1e-6 else "YELLOW",
            start_s=span.start_s, end_s=span.end_s, message=f"the picture stands still for {seconds:.1f} s",
        )
        for span, seconds in found
        if seconds >= limits.still_s - 1e-6
    ]  # fmt: skip


def _beside(span: Span, planned: list[Span], margin_s: float) -> tuple[Span, float]:
    """From the first to the last unplanned moment, and how long those are together: a dip may lie between."""
    left = unplanned([span], planned, margin_s=margin_s)
    if not left:
        return span, 0.0
    return Span(start_s=left[0].start_s, end_s=left[-1].end_s), sum(part.length_s for part in left)


def _still_spans(trace: PictureTrace, frame_s: float, limits: PictureLimits) -> list[Span]:
    spans: list[Span] = []
    first = 0
    for at in range(1, trace.frames + 1):
        if at < trace.frames and trace.anchors[at] == trace.anchors[first]:
            continue
        if trace.dark_share[first] < limits.black_share:
            spans.append(Span(start_s=trace.times_s[first], end_s=trace.times_s[at - 1] + frame_s))
        first = at
    return spans
