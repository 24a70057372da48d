"""Edits of sounds and of their tracks. A sound lies where it lies: nothing else moves."""

from dataclasses import replace

from state import edits
from state.refusals import no_such, refuse
from state.timeline import Clip, Timeline, Track
from tools.cuts.lanes import Laid, laid_of, overlapped, track_laid
from tools.cuts.picture import halves, timed, trimmed
from tools.cuts.pieces import pieces_of, track_of, with_track


def track_with(timeline: Timeline, clip_id: str) -> Track | None:
    """The track on which a clip lies."""
    for track in timeline.tracks:
        if any(isinstance(item, Clip) and item.id == clip_id for item in track.items):
            return track
    return None


def add(timeline: Timeline, edit: edits.AddClip) -> Timeline:
    """One more sound at a frame."""
    if edit.clip.media.media_type != "audio":
        refuse("Only sounds are heard.", field="clip.media", fix="Lay clips and stills on the picture.")
    if edit.at is None:
        refuse("A sound needs the frame at which it begins.", field="at", fix="Say `at`, a frame of the cut.")
    track = _named(timeline, edit.track)
    if edit.clip.speed != 1:
        refuse("A sound has no speed.", field="clip.speed", fix="Lay it at its own.")
    clip = trimmed(timed(edit.clip), 0, 0, timeline.fps)
    return _relaid(timeline, track, [*laid_of(track)], (edit.at, clip), field="at")


def delete(timeline: Timeline, edit: edits.DeleteClip) -> Timeline:
    """Silence in its place."""
    track = _holding(timeline, edit.clip)
    return with_track(timeline, _track(track, [one for one in laid_of(track) if one[1].id != edit.clip]))


def shift(timeline: Timeline, edit: edits.ShiftClip) -> Timeline:
    """To another frame, or onto another track of its kind."""
    here = _holding(timeline, edit.clip)
    there = _named(timeline, edit.track) if edit.track else here
    if there.role != here.role:
        refuse(
            f"{there.name} is a track of {there.role}, and {edit.clip} is {here.role}.", field="track",
            fix=f"Name a track of {here.role}, or add one.",
        )  # fmt: skip
    clip = next(clip for _, clip in laid_of(here) if clip.id == edit.clip)
    without = with_track(timeline, _track(here, [one for one in laid_of(here) if one[1].id != edit.clip]))
    there = _named(without, there.name)
    # It was laid there by hand: it belongs to what is under it now.
    return _relaid(
        without, there, laid_of(there), (edit.at, clip.model_copy(update={"link": ""})), field="at"
    )


def split(timeline: Timeline, edit: edits.SplitClip) -> Timeline:
    """In two at a frame of the cut."""
    track = _holding(timeline, edit.clip)
    start, clip = next(one for one in laid_of(track) if one[1].id == edit.clip)
    if not start < edit.at < start + clip.length:
        refuse(
            f"Sound {edit.clip} cannot be split at frame {edit.at}.", field="at",
            fix=f"Split it at a frame from {start + 1} to {start + clip.length - 1}.",
            first=start + 1, last=start + clip.length - 1,
        )  # fmt: skip
    first, second = halves(clip, edit.at - start, edit.new_id)
    others = [one for one in laid_of(track) if one[1].id != edit.clip]
    return with_track(timeline, _track(track, [*others, (start, first), (edit.at, second)]))


def trim(timeline: Timeline, edit: edits.TrimClip) -> Timeline:
    """Shorter or longer at either end; the rest of it is heard where it was."""
    track = _holding(timeline, edit.clip)
    start, clip = next(one for one in laid_of(track) if one[1].id == edit.clip)
    if start + edit.head < 0:
        refuse(
            f"Sound {edit.clip} begins at frame {start}: the film begins {-edit.head - start} frames later.",
            field="head", fix=f"Bring back {start} frames at most.", frames=start,
        )  # fmt: skip
    others = [one for one in laid_of(track) if one[1].id != edit.clip]
    made = (start + edit.head, trimmed(clip, edit.head, edit.tail, timeline.fps))
    return _relaid(timeline, track, others, made, field="head" if edit.head < 0 else "tail")


def slip(timeline: Timeline, edit: edits.SlipClip) -> Timeline:
    """Another part of the same sound in the same place."""
    track = _holding(timeline, edit.clip)
    start, clip = next(one for one in laid_of(track) if one[1].id == edit.clip)
    # Off one end and onto the other, which checks both ends of the file.
    slipped = trimmed(trimmed(clip, 0, 0, timeline.fps), edit.frames, -edit.frames, timeline.fps)
    others = [one for one in laid_of(track) if one[1].id != edit.clip]
    return with_track(timeline, _track(track, [*others, (start, slipped)]))


def level(timeline: Timeline, edit: edits.SetSound) -> Timeline:
    """How loud a clip is, and how it comes and goes; a clip of the picture, too, for its own sound."""
    track = track_with(timeline, edit.clip)
    if track is None:
        no_such("clip", edit.clip, field="clip")
    said = _said(edit)
    pieces = [
        replace(piece, item=_faded(piece.item, said))
        if isinstance(piece.item, Clip) and piece.id == edit.clip else piece
        for piece in pieces_of(track)
    ]  # fmt: skip
    return with_track(timeline, track_of(track, pieces))


def _faded(clip: Clip, said: dict[str, object]) -> Clip:
    made = clip.model_copy(update=said)
    if made.fade_in + made.fade_out > made.length:
        refuse(
            f"Clip {clip.id} has {clip.length} frames, and its fades are longer.",
            field="fade_in" if "fade_in" in said else "fade_out",
            fix=f"Both together may have {clip.length} frames.", frames=clip.length,
        )  # fmt: skip
    return made


def track_level(timeline: Timeline, edit: edits.SetTrack) -> Timeline:
    """The same for a track."""
    track = next((one for one in timeline.tracks if one.name == edit.track), None)
    if track is None:
        no_such("track", edit.track, field="track")
    return with_track(timeline, track.model_copy(update=_said(edit)))


def add_track(timeline: Timeline, edit: edits.AddTrack) -> Timeline:
    """An empty one."""
    if edit.role == "picture":
        refuse("A cut has one track of pictures.", field="role", fix="Lay a logo or words as an overlay.")
    if any(track.name == edit.track for track in timeline.tracks):
        refuse(f"There is a track {edit.track} already.", field="track", fix="Choose another name.")
    return with_track(timeline, Track(name=edit.track, role=edit.role))


def delete_track(timeline: Timeline, edit: edits.DeleteTrack) -> Timeline:
    """With all that is on it."""
    track = _named(timeline, edit.track)
    tracks = [one for one in timeline.tracks if one.name != track.name]
    return timeline.model_copy(update={"tracks": tracks})


def _said(edit: edits.SetSound | edits.SetTrack) -> dict[str, object]:
    names = ("gain_db", "fade_in", "fade_out", "muted")
    said = {name: getattr(edit, name) for name in names if getattr(edit, name) is not None}
    if not said:
        refuse("Nothing is said about its sound.", field="gain_db", fix=f"Say one of {', '.join(names)}.")
    return said


def _relaid(timeline: Timeline, track: Track, others: list[Laid], made: Laid, *, field: str) -> Timeline:
    start, clip = made
    over = overlapped(others, start, clip.length)
    if over is not None:
        ends = over[0] + over[1].length
        refuse(
            f"{over[1].name or over[1].id} is heard on {track.name} from frame {over[0]} to {ends}.",
            field=field, fix="Choose another frame, or another track.", first=over[0], last=ends,
        )  # fmt: skip
    return with_track(timeline, _track(track, [*others, made]))


def _track(track: Track, laid: list[Laid]) -> Track:
    """The track with these sounds; one whose sounds flow into each other keeps its transitions."""
    if not any(piece.entry for piece in pieces_of(track)):
        return track_laid(track, laid)
    refuse(
        f"The sounds of {track.name} flow into each other.", field="clip",
        fix="Change its level, or take the track out and lay others.",
    )  # fmt: skip


def _named(timeline: Timeline, name: str) -> Track:
    found = next((one for one in timeline.tracks if one.name == name and one.role != "picture"), None)
    if found is None:
        no_such("track of sound", name, field="track")
    return found


def _holding(timeline: Timeline, clip_id: str) -> Track:
    track = track_with(timeline, clip_id)
    if track is None or track.role == "picture":
        no_such("sound", clip_id, field="clip")
    return track
