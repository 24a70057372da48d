"""Edits of what is written over the film: captions, overlays, notes."""

from collections.abc import Sequence
from typing import TypeVar

from state import edits
from state.refusals import no_such, refuse
from state.timeline import CaptionStyle, Cue, Marker, Overlay, Timeline
from tools.cuts.sync import apart

T = TypeVar("T", Cue, Overlay, Marker)
FONTS = ("font/ttf", "font/otf")


def add_caption(timeline: Timeline, edit: edits.AddCaption) -> Timeline:
    """One more; whoever is said before ends when it begins."""
    _check_font(edit.style, "style.typeface")
    cue = Cue(
        start_s=edit.start_s, end_s=edit.end_s, text=edit.text, speaker=edit.speaker, words=edit.words,
        word_times=edit.word_times, voice_over=edit.voice_over, style=edit.style, id=edit.id,
    )  # fmt: skip
    return _captioned(timeline, [*timeline.captions, _timed(cue)])


def change_caption(timeline: Timeline, edit: edits.ChangeCaption) -> Timeline:
    """Other words or another time."""
    cue = _found(timeline.captions, edit.caption, "caption", "caption")
    _check_font(edit.style, "style.typeface")
    update = _said(edit)
    if not update:
        refuse("Nothing is said about the caption.", field="text", fix="Say text, startS, endS or style.")
    changed = _timed(cue.model_copy(update=update))
    return _captioned(timeline, _swapped(timeline.captions, cue, changed))


def _said(edit: edits.ChangeCaption) -> dict[str, object]:
    """What becomes otherwise. A caption at another time has its words said when they were before."""
    said = {name: getattr(edit, name) for name in ("text", "start_s", "end_s", "style")}
    update: dict[str, object] = {name: value for name, value in said.items() if value is not None}
    if edit.house_style:
        update["style"] = None
    return update | ({"words": [], "word_times": None} if "text" in update else {})


def delete_caption(timeline: Timeline, edit: edits.DeleteCaption) -> Timeline:
    """One less."""
    cue = _found(timeline.captions, edit.caption, "caption", "caption")
    return timeline.model_copy(update={"captions": [one for one in timeline.captions if one is not cue]})


def style(timeline: Timeline, edit: edits.SetCaptionStyle) -> Timeline:
    """How all of them look."""
    _check_font(edit.style, "style.typeface")
    return timeline.model_copy(update={"caption_style": edit.style})


def add_overlay(timeline: Timeline, edit: edits.AddOverlay) -> Timeline:
    """One more."""
    _check_picture(edit.overlay)
    _check_frame(timeline, edit.overlay.start, "overlay.start")
    return timeline.model_copy(update={"overlays": [*timeline.overlays, edit.overlay]})


def change_overlay(timeline: Timeline, edit: edits.ChangeOverlay) -> Timeline:
    """Another one in its place, under its id."""
    old = _found(timeline.overlays, edit.id, "overlay", "id")
    _check_picture(edit.overlay)
    _check_frame(timeline, edit.overlay.start, "overlay.start")
    new = edit.overlay.model_copy(update={"id": old.id, "link": old.link})
    return timeline.model_copy(update={"overlays": _swapped(timeline.overlays, old, new)})


def delete_overlay(timeline: Timeline, edit: edits.DeleteOverlay) -> Timeline:
    """One less."""
    old = _found(timeline.overlays, edit.id, "overlay", "id")
    return timeline.model_copy(update={"overlays": [one for one in timeline.overlays if one is not old]})


def add_marker(timeline: Timeline, edit: edits.AddMarker) -> Timeline:
    """One more note, in its place."""
    _check_frame(timeline, edit.at, "at")
    marker = Marker(at=edit.at, name=edit.name, comment=edit.comment, colour=edit.colour, id=edit.id)
    markers = sorted([*timeline.markers, marker], key=lambda one: one.at)
    return timeline.model_copy(update={"markers": markers})


def delete_marker(timeline: Timeline, edit: edits.DeleteMarker) -> Timeline:
    """One less."""
    old = _found(timeline.markers, edit.marker, "marker", "marker")
    return timeline.model_copy(update={"markers": [one for one in timeline.markers if one is not old]})


def _timed(cue: Cue) -> Cue:
    if cue.end_s <= cue.start_s:
        refuse("A caption ends after it begins.", field="end_s", fix=f"Say an end after {cue.start_s:g} s.")
    return cue


def _captioned(timeline: Timeline, cues: Sequence[Cue]) -> Timeline:
    ends_s = timeline.duration_s
    late = next((cue for cue in cues if cue.start_s >= ends_s), None)
    if late is not None:
        refuse(
            f"The film ends at {ends_s:.2f} s, before this caption begins.", field="start_s",
            fix=f"Say a time before {ends_s:.2f} s.",
        )  # fmt: skip
    return timeline.model_copy(update={"captions": apart(cues, timeline.fps)})


def _check_picture(overlay: Overlay) -> None:
    _check_font(overlay, "overlay.typeface")
    if overlay.media is not None and overlay.media.media_type != "image":
        refuse("A logo is a picture.", field="overlay.media", fix="Upload a PNG, JPEG or WebP picture.")


def _check_font(look: CaptionStyle | Overlay | None, field: str) -> None:
    if look is not None and look.typeface is not None and look.typeface.mime not in FONTS:
        refuse("A typeface is a font file.", field=field, fix="Upload a TrueType or OpenType font.")


def _check_frame(timeline: Timeline, frame: int, field: str) -> None:
    if frame >= timeline.length:
        refuse(
            f"The film has {timeline.length} frames: there is none {frame}.", field=field,
            fix=f"Say a frame from 0 to {max(0, timeline.length - 1)}.", frames=timeline.length,
        )  # fmt: skip


def _found(items: Sequence[T], name: str, kind: str, field: str) -> T:
    found = next((one for one in items if one.id == name), None)
    if found is None:
        no_such(kind, name, field=field)
    return found


def _swapped(items: Sequence[T], old: T, new: T) -> list[T]:
    return [new if one is old else one for one in items]
