"""Whether what an edit writes over a film can be shown at all, before it is carried out."""

from state import edits
from state.errors import EditRefused, PostError
from state.timeline import Cue, Overlay, Timeline
from tools.post.overlays import overlay_span
from tools.post.written import written


def check_words(operation: edits.Operation, timeline: Timeline) -> None:
    """Lay it out with what is seen at the same time. A font of one's own is measured as the house's.

    Raises:
        EditRefused: it is too long or too large, or there is no room beside the others.
    """
    if isinstance(operation, edits.AddOverlay | edits.ChangeOverlay):
        _check(_with_overlay(timeline, operation), "overlay")
    elif isinstance(operation, edits.AddCaption | edits.ChangeCaption):
        changed = _with_caption(timeline, operation)
        if changed is not None:
            _check(changed, "text")


def _check(timeline: Timeline, field: str) -> None:
    try:
        written(timeline)
    except PostError as exc:
        raise EditRefused(
            exc.message, user_action=exc.user_action, details={**exc.details, "field": field}
        ) from exc


def _with_overlay(timeline: Timeline, edit: edits.AddOverlay | edits.ChangeOverlay) -> Timeline:
    new = edit.overlay
    old = edit.id if isinstance(edit, edits.ChangeOverlay) else ""
    start, end = overlay_span(new, timeline)
    kept = [one for one in timeline.overlays if not old or one.id != old]
    return _around(timeline, start, end, overlays=[*kept, new])


def _with_caption(timeline: Timeline, edit: edits.AddCaption | edits.ChangeCaption) -> Timeline | None:
    """None where there is no such caption: whoever carries it out says so."""
    if isinstance(edit, edits.AddCaption):
        new = Cue(start_s=edit.start_s, end_s=edit.end_s, text=edit.text, style=edit.style)
        kept = timeline.captions
    else:
        old = next((one for one in timeline.captions if one.id == edit.caption), None)
        if old is None:
            return None
        said = {name: getattr(edit, name) for name in ("text", "start_s", "end_s", "style")}
        new = old.model_copy(update={name: value for name, value in said.items() if value is not None})
        kept = [one for one in timeline.captions if one is not old]
    start, end = timeline.frames(new.start_s), timeline.frames(new.end_s)
    # Whoever is said at the same time is made shorter, so no other caption is in its way.
    apart = [
        one for one in kept if timeline.frames(one.end_s) <= start or timeline.frames(one.start_s) >= end
    ]
    return _around(timeline.model_copy(update={"captions": [*apart, new]}), start, end)


def _around(timeline: Timeline, start: int, end: int, overlays: list[Overlay] | None = None) -> Timeline:
    """Only what is seen in these frames."""
    laid = timeline.overlays if overlays is None else overlays
    return timeline.model_copy(
        update={
            "overlays": [one for one in laid if one.start < end and start < overlay_span(one, timeline)[1]],
            "captions": [
                one for one in timeline.captions
                if timeline.frames(one.start_s) < end and start < timeline.frames(one.end_s)
            ],
            "titles": [
                one for one in timeline.titles
                if timeline.frames(one.start_s) < end and start < timeline.frames(one.end_s)
            ],
        }
    )  # fmt: skip
