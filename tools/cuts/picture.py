"""Edits of the picture. What belongs to a clip follows it (`sync.py`)."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from state import edits
from state.refusals import no_such, refuse
from state.timeline import Clip, Gap, Timeline, Transition
from tools.cuts.lanes import talked_over
from tools.cuts.links import relinked
from tools.cuts.pieces import (
    SHORTEST,
    Piece,
    picture_of,
    pieces_of,
    resized,
    source_frames,
    starts_of,
    track_of,
    with_track,
)
from tools.cuts.sync import follow

Change = Callable[[list[Piece]], Sequence[Piece]]


def add(timeline: Timeline, edit: edits.AddClip) -> Timeline:
    """One more clip, before another one or at the end."""
    if edit.clip.media.media_type not in ("video", "image"):
        refuse("Only clips and stills are seen.", field="clip.media", fix="Lay sounds on a track of sound.")
    _check_source(edit.clip, timeline.fps)
    clip = timed(edit.clip)

    def change(pieces: list[Piece]) -> Sequence[Piece]:
        at = _place(pieces, edit.before)
        return [*pieces[:at], Piece(clip), *pieces[at:]]

    return _changed(timeline, change)


def timed(clip: Clip) -> Clip:
    """A new clip with as many frames as its source gives at its speed, whatever it was sent with."""
    frames = None if clip.speed == 1 else max(1, round(clip.source.length / clip.speed))
    made = clip.model_copy(update={"frames": frames, "link": ""})
    if made.fade_in + made.fade_out > made.length:
        refuse(
            f"The clip has {made.length} frames, and its fades are longer.", field="clip.fade_in",
            fix=f"Both together may have {made.length} frames.", frames=made.length,
        )  # fmt: skip
    return made


def delete(timeline: Timeline, edit: edits.DeleteClip) -> Timeline:
    """Without it; what follows comes forward, or black stays in its place."""

    def change(pieces: list[Piece]) -> Sequence[Piece]:
        at = _index(pieces, edit.clip)
        hole = [] if edit.ripple else [replace(pieces[at], item=Gap(length=pieces[at].length))]
        return [*pieces[:at], *hole, *pieces[at + 1 :]]

    if edit.ripple:
        return _changed(timeline, change)
    picture = picture_of(timeline)
    return with_track(timeline, track_of(picture, change(pieces_of(picture))))


def move(timeline: Timeline, edit: edits.MoveClip) -> Timeline:
    """In another place; each clip keeps the transition that leads into it."""

    def change(pieces: list[Piece]) -> Sequence[Piece]:
        moved = pieces.pop(_index(pieces, edit.clip))
        at = _place(pieces, edit.before)
        return [*pieces[:at], moved, *pieces[at:]]

    if edit.before == edit.clip:
        refuse("A clip cannot stand before itself.", field="before", fix="Name another clip, or none.")
    return _changed(timeline, change)


def split(timeline: Timeline, edit: edits.SplitClip) -> Timeline:
    """In two at a frame of the cut; nothing that is seen or heard changes."""
    picture = picture_of(timeline)
    pieces = pieces_of(picture)
    at = _index(pieces, edit.clip)
    start, leave = starts_of(pieces)[at], pieces[at + 1].shared if at + 1 < len(pieces) else 0
    first, last = start + max(1, pieces[at].shared), start + pieces[at].length - max(1, leave)
    if not first <= edit.at <= last:
        refuse(
            f"Clip {edit.clip} cannot be split at frame {edit.at}.", field="at",
            fix=f"Split it between its transitions: at a frame from {first} to {last}."
            if first <= last else "It is wholly within its transitions: take one of them out first.",
            first=first, last=last,
        )  # fmt: skip
    parts = halves(_clip(pieces[at]), edit.at - start, edit.new_id)
    pieces[at : at + 1] = [replace(pieces[at], item=parts[0]), Piece(parts[1])]
    made = with_track(timeline, track_of(picture, pieces))
    return relinked(made, edit.clip, edit.new_id, edit.at)


def halves(clip: Clip, offset: int, new_id: str) -> tuple[Clip, Clip]:
    """A clip up to a frame of its own, and from there on."""
    shown = clip.source.start + round(offset * clip.speed)
    first = resized(clip, start=clip.source.start, length=offset)
    second = resized(clip, start=shown, length=clip.length - offset)
    return (
        first.model_copy(update={"fade_out": 0}),
        second.model_copy(update={"id": new_id, "fade_in": 0}),
    )


def trim(timeline: Timeline, edit: edits.TrimClip) -> Timeline:
    """Shorter or longer at either end; what follows moves."""

    def change(pieces: list[Piece]) -> Sequence[Piece]:
        at = _index(pieces, edit.clip)
        pieces[at] = replace(pieces[at], item=trimmed(_clip(pieces[at]), edit.head, edit.tail, timeline.fps))
        return pieces

    return _changed(timeline, change)


def trimmed(clip: Clip, head: int, tail: int, fps: int) -> Clip:
    """The clip without so many frames at its ends, or with more of its take.

    Raises:
        EditRefused: nothing would be left, or the take has no more.
    """
    still = clip.media.media_type == "image"
    start = clip.source.start if still else clip.source.start + round(head * clip.speed)
    length = clip.length - head - tail
    if length < 1:
        refuse(
            f"Nothing would be left of clip {clip.id}, which has {clip.length} frames.",
            field="head" if head > tail else "tail", fix="Trim less, or delete the clip.", frames=clip.length,
        )  # fmt: skip
    if start < 0:
        has = int(clip.source.start / clip.speed)
        refuse(
            f"The take of clip {clip.id} has {has} more frames before its first one.", field="head",
            fix=f"Bring back {has} frames at most.", frames=has,
        )  # fmt: skip
    made = _within_its_take(resized(clip, start=start, length=length), fps)
    _check_source(made, fps, field="tail")
    return made


def _within_its_take(clip: Clip, fps: int) -> Clip:
    """At another speed a clip ends within a frame of its take: the last one may be less than a whole one."""
    has = source_frames(clip, fps)
    over = 0 if has is None else clip.source.end - has
    if clip.speed == 1 or not 0 < over <= -int(-clip.speed // 1) or over >= clip.source.length:
        return clip
    source = clip.source.model_copy(update={"length": clip.source.length - over})
    return clip.model_copy(update={"source": source})


def _check_source(clip: Clip, fps: int, *, field: str = "clip.source") -> None:
    has = source_frames(clip, fps)
    if has is not None and clip.source.end > has:
        over = clip.source.end - has
        refuse(
            f"The take of clip {clip.id or clip.name} ends {over} frames earlier.", field=field,
            fix=f"It has {has} frames: use {over} fewer.", frames=has,
        )  # fmt: skip


def roll(timeline: Timeline, edit: edits.RollCut) -> Timeline:
    """The cut between two clips, without moving anything else."""
    picture = picture_of(timeline)
    pieces = pieces_of(picture)
    at = _index(pieces, edit.clip)
    if at == 0 or isinstance(pieces[at - 1].item, Gap):
        refuse(f"No clip stands before {edit.clip}.", field="clip", fix="Roll a cut between two clips.")
    for number, (head, tail) in ((at - 1, (0, -edit.frames)), (at, (edit.frames, 0))):
        pieces[number] = replace(
            pieces[number], item=trimmed(_clip(pieces[number]), head, tail, timeline.fps)
        )
    rolled = track_of(picture, pieces)
    if [piece.shared for piece in pieces_of(rolled)] != [piece.shared for piece in pieces]:
        refuse("The transitions beside it leave no room for that.", field="frames", fix="Roll it less far.")
    return with_track(timeline, rolled)


def slip(timeline: Timeline, edit: edits.SlipClip) -> Timeline:
    """Other frames of the take in the same place."""
    start = _clip(_piece(timeline, edit.clip)).source.start + edit.frames
    if start < 0:
        refuse(
            f"The take of clip {edit.clip} has {start - edit.frames} frames before its first one.",
            field="frames", fix=f"Slip it by {edit.frames - start} at least.",
        )  # fmt: skip

    def change(clip: Clip) -> Clip:
        slipped = clip.model_copy(update={"source": clip.source.model_copy(update={"start": start})})
        _check_source(slipped, timeline.fps, field="frames")
        return slipped

    return _with_clip(timeline, edit.clip, change)


def swap(timeline: Timeline, edit: edits.SwapTake) -> Timeline:
    """Another take in the same place: sounds stay where they are."""
    if edit.media.media_type not in ("video", "image"):
        refuse("Only a clip or a still can be a take.", field="media", fix="Name a clip or a still.")

    def change(clip: Clip) -> Clip:
        # Where the window was says nothing of another picture.
        taken = clip.model_copy(update={"media": edit.media, "name": edit.name or clip.name, "focus": []})
        swapped = resized(taken, start=edit.start, length=clip.length)
        _check_source(swapped, timeline.fps, field="media")
        return swapped

    return _with_clip(timeline, edit.clip, change, by_content=False)


def crop(timeline: Timeline, edit: edits.CropClip) -> Timeline:
    """What is seen of it."""
    update = {"crop": edit.crop} | ({"fit": edit.fit} if edit.fit else {})
    return _with_clip(timeline, edit.clip, lambda clip: clip.model_copy(update=update))


def focus(timeline: Timeline, edit: edits.SetFocus) -> Timeline:
    """Where the window is that a picture of another shape is seen through."""
    return _with_clip(timeline, edit.clip, lambda clip: clip.model_copy(update={"focus": edit.focus}))


def speed(timeline: Timeline, edit: edits.SetSpeed) -> Timeline:
    """The frames that are used now, in more or less time."""

    def change(clip: Clip) -> Clip:
        length = max(1, round(clip.source.length / edit.speed))
        update = {"speed": edit.speed, "frames": None if edit.speed == 1 else length}
        return clip.model_copy(update=update)

    if _clip(_piece(timeline, edit.clip)).media.media_type == "image":
        refuse("A still has no speed.", field="clip", fix="Trim it to the time that it shall stay.")
    made = _with_clip(timeline, edit.clip, change)
    _check_lines(timeline, made, edit.speed)
    return made


def _check_lines(before: Timeline, after: Timeline, speed: float) -> None:
    """Lines keep their own speed: what is said in a clip may go on behind it, but over no other line."""
    known = {(one.id, other.id) for one, other in talked_over(before)}
    for one, other in talked_over(after):
        if (one.id, other.id) not in known:
            refuse(
                f"At {speed:g} times the speed {one.name} is still being said when {other.name} begins.",
                field="speed", fix="Speed it up less, or trim, mute or take out one of the two lines first.",
                lines=[one.id, other.id],
            )  # fmt: skip


def transition(timeline: Timeline, edit: edits.SetTransition) -> Timeline:
    """How the clip before flows into it. Nothing moves where the take before has frames to spare."""
    picture = picture_of(timeline)
    pieces = _straight(pieces_of(picture), _index(pieces_of(picture), edit.clip))
    at = _index(pieces, edit.clip)
    if edit.style is None:
        return follow(timeline, with_track(timeline, track_of(picture, pieces)))
    if at == 0:
        refuse(f"Nothing stands before {edit.clip}.", field="clip", fix="Name a clip behind another one.")
    _check_room(pieces, at, edit)
    pieces[at - 1] = _lengthened(pieces[at - 1], edit.length, timeline.fps)
    pieces[at] = replace(pieces[at], entry=Transition(style=edit.style, length=edit.length))
    return follow(timeline, with_track(timeline, track_of(picture, pieces)))


def _straight(pieces: list[Piece], at: int) -> list[Piece]:
    """The same with a straight cut into one of them, which begins where it began."""
    before, shared = pieces[at - 1] if at else None, pieces[at].shared
    if before is not None and shared:
        item = before.item
        length = before.length - shared
        if length < 1:
            return [*pieces[:at], replace(pieces[at], entry=None), *pieces[at + 1 :]]
        shorter = (
            Gap(length=length) if isinstance(item, Gap)
            else resized(item, start=item.source.start, length=length)
        )  # fmt: skip
        pieces[at - 1] = replace(before, item=shorter)
    pieces[at] = replace(pieces[at], entry=None)
    return pieces


def _check_room(pieces: Sequence[Piece], at: int, edit: edits.SetTransition) -> None:
    leave = pieces[at + 1].shared if at + 1 < len(pieces) else 0
    room = min(pieces[at - 1].length - pieces[at - 1].shared, pieces[at].length - leave)
    if edit.length > room:
        refuse(
            f"The clips have room for a transition of {max(0, room)} frames.", field="length",
            fix=f"Ask for {room} frames at most." if room >= SHORTEST else "Make the clips longer first.",
            frames=max(0, room),
        )  # fmt: skip


def _lengthened(piece: Piece, frames: int, fps: int) -> Piece:
    """With as many of these frames as its take has to spare."""
    if isinstance(piece.item, Gap):
        return replace(piece, item=Gap(length=piece.length + frames))
    has = source_frames(piece.item, fps)
    spare = frames if has is None else int((has - piece.item.source.end) / piece.item.speed)
    given = max(0, min(frames, spare))
    start = piece.item.source.start
    return replace(piece, item=resized(piece.item, start=start, length=piece.length + given))


def looks(timeline: Timeline, edit: edits.SetEffects) -> Timeline:
    """Of one clip, or of the film."""
    if edit.clip is None:
        return timeline.model_copy(update={"effects": edit.effects})
    return _with_clip(timeline, edit.clip, lambda clip: clip.model_copy(update={"effects": edit.effects}))


def _changed(timeline: Timeline, change: Change, *, by_content: bool = True) -> Timeline:
    picture = picture_of(timeline)
    after = with_track(timeline, track_of(picture, change(pieces_of(picture))))
    return follow(timeline, after, by_content=by_content)


def _with_clip(
    timeline: Timeline, clip_id: str, change: Callable[[Clip], Clip], *, by_content: bool = True
) -> Timeline:
    def changed(pieces: list[Piece]) -> Sequence[Piece]:
        at = _index(pieces, clip_id)
        pieces[at] = replace(pieces[at], item=change(_clip(pieces[at])))
        return pieces

    return _changed(timeline, changed, by_content=by_content)


def _place(pieces: Sequence[Piece], before: str | None) -> int:
    return len(pieces) if before is None else _index(pieces, before, field="before")


def _index(pieces: Sequence[Piece], clip_id: str, *, field: str = "clip") -> int:
    found = [number for number, piece in enumerate(pieces) if piece.id == clip_id]
    if not found:
        no_such("clip in the picture", clip_id, field=field)
    return found[0]


def _piece(timeline: Timeline, clip_id: str) -> Piece:
    pieces = pieces_of(picture_of(timeline))
    return pieces[_index(pieces, clip_id)]


def _clip(piece: Piece) -> Clip:
    assert isinstance(piece.item, Clip)  # noqa: S101 - it was found by its id, which a gap has none of
    return piece.item
