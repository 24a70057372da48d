"""One operation on a cut: the cut after it, or why it cannot be made. Pure: the same gives the same."""

from collections.abc import Callable, Mapping
from typing import Any

from state import edits
from state.refusals import refuse
from state.timeline import MOST_FRAMES, Clip, Timeline
from tools.cuts import anchors, picture, sound, words

Edit = Callable[[Timeline, Any], Timeline]
MOST_CLIPS = 5_000

IN_THE_PICTURE: Mapping[type[edits.Operation], Edit] = {
    edits.DeleteClip: picture.delete,
    edits.SplitClip: picture.split,
    edits.TrimClip: picture.trim,
    edits.SlipClip: picture.slip,
}
OF_SOUND: Mapping[type[edits.Operation], Edit] = {
    edits.DeleteClip: sound.delete,
    edits.SplitClip: sound.split,
    edits.TrimClip: sound.trim,
    edits.SlipClip: sound.slip,
}
"""What can be done to both, and is not the same."""
ALONE: Mapping[type[edits.Operation], Edit] = {
    edits.MoveClip: picture.move,
    edits.RollCut: picture.roll,
    edits.SwapTake: picture.swap,
    edits.AnchorFrame: anchors.anchor,
    edits.CropClip: picture.crop,
    edits.SetFocus: picture.focus,
    edits.SetSpeed: picture.speed,
    edits.SetTransition: picture.transition,
    edits.SetEffects: picture.looks,
    edits.ShiftClip: sound.shift,
    edits.SetSound: sound.level,
    edits.SetTrack: sound.track_level,
    edits.AddTrack: sound.add_track,
    edits.DeleteTrack: sound.delete_track,
    edits.AddCaption: words.add_caption,
    edits.ChangeCaption: words.change_caption,
    edits.DeleteCaption: words.delete_caption,
    edits.SetCaptionStyle: words.style,
    edits.AddOverlay: words.add_overlay,
    edits.ChangeOverlay: words.change_overlay,
    edits.DeleteOverlay: words.delete_overlay,
    edits.AddMarker: words.add_marker,
    edits.DeleteMarker: words.delete_marker,
}


def applied(timeline: Timeline, edit: edits.Operation) -> Timeline:
    """The cut after this operation, whose ids are all given (`ids.named`).

    Raises:
        EditRefused: it cannot be made; nothing is changed.
    """
    made = _edit_of(timeline, edit)(timeline, edit)
    clips = sum(isinstance(item, Clip) for track in made.tracks for item in track.items)
    if clips > MOST_CLIPS:
        refuse(
            f"A cut has {MOST_CLIPS} clips at most.", field="clip", fix="Take some out, or begin another cut."
        )
    if made.length > MOST_FRAMES:
        refuse("The film would be too long.", field="clip", fix="Keep it under ten million frames.")
    return made


def _edit_of(timeline: Timeline, edit: edits.Operation) -> Edit:
    kind = type(edit)
    if kind in ALONE:
        return ALONE[kind]
    if isinstance(edit, edits.SetMaster):
        return _master
    if isinstance(edit, edits.AddClip):
        return picture.add if _is_picture(timeline, edit.track) else sound.add
    track = sound.track_with(timeline, getattr(edit, "clip", ""))
    by_kind = OF_SOUND if track is not None and track.role != "picture" else IN_THE_PICTURE
    return by_kind[kind]


def _master(timeline: Timeline, edit: edits.SetMaster) -> Timeline:
    return timeline.model_copy(update={"gain_db": edit.gain_db})


def _is_picture(timeline: Timeline, track: str) -> bool:
    named = [one for one in timeline.tracks if one.name == track]
    return named[0].role == "picture" if named else track == "picture"
