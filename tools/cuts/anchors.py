"""A frame that a shot begins or ends with: a still and its take blend into each other."""

from dataclasses import replace

from state import edits
from state.refusals import no_such, refuse
from state.timeline import Clip, Focus, Timeline, TimeRange, Transition
from tools.cuts.pieces import SHORTEST, Piece, picture_of, pieces_of, resized, track_of, with_track


def anchor(timeline: Timeline, edit: edits.AnchorFrame) -> Timeline:
    """A still at one edge of a clip. Nothing that is seen elsewhere or heard moves.

    The still takes over the transition at that edge, so that what stands beside the clip meets the frame
    that it was to meet.
    """
    if edit.media.media_type != "image":
        refuse("A frame is a picture.", field="media", fix="Name a PNG, JPEG or WebP picture.")
    picture = picture_of(timeline)
    pieces = pieces_of(picture)
    at = next((number for number, piece in enumerate(pieces) if piece.id == edit.clip), None)
    if at is None:
        no_such("clip in the picture", edit.clip, field="clip")
    leave = pieces[at + 1].shared if at + 1 < len(pieces) else 0
    _check_room(pieces[at], leave, edit)
    pieces[at : at + 1] = _first(pieces[at], edit) if edit.edge == "first" else _last(pieces[at], leave, edit)
    return with_track(timeline, track_of(picture, pieces))


def _check_room(piece: Piece, leave: int, edit: edits.AnchorFrame) -> None:
    room = piece.length - piece.shared - leave - (edit.edge == "last")
    if edit.frames > room:
        refuse(
            f"Clip {edit.clip} has {max(0, room)} frames between its transitions.", field="frames",
            fix=f"Blend over {room} frames at most." if room >= SHORTEST else "Make the clip longer first.",
            frames=max(0, room),
        )  # fmt: skip


def _first(piece: Piece, edit: edits.AnchorFrame) -> list[Piece]:
    clip = _clip(piece)
    start = clip.source.start + (0 if _is_still(clip) else round(piece.shared * clip.speed))
    shown = resized(clip, start=start, length=clip.length - piece.shared)
    still = _still(clip, edit, piece.shared + edit.frames)
    still = still.model_copy(update={"fade_in": clip.fade_in})
    return [
        replace(piece, item=still),
        Piece(shown.model_copy(update={"fade_in": 0}), _blend(edit)),
    ]


def _last(piece: Piece, leave: int, edit: edits.AnchorFrame) -> list[Piece]:
    """A frame more of the still: the last one of a dissolve still has something of the take."""
    clip = _clip(piece)
    shown = resized(clip, start=clip.source.start, length=clip.length - leave - 1)
    still = _still(clip, edit, leave + edit.frames + 1)
    still = still.model_copy(update={"fade_out": clip.fade_out})
    return [replace(piece, item=shown.model_copy(update={"fade_out": 0})), Piece(still, _blend(edit))]


def _blend(edit: edits.AnchorFrame) -> Transition:
    return Transition(style="dissolve", length=edit.frames)


def _still(clip: Clip, edit: edits.AnchorFrame, length: int) -> Clip:
    """It looks as the clip does: the frame was taken before its looks."""
    return Clip(
        id=edit.new_id, name=f"{clip.name} {edit.edge} frame", media=edit.media, crop=clip.crop, fit=clip.fit,
        source=TimeRange(start=0, length=length), effects=clip.effects, focus=_focus(clip, edit),
    )  # fmt: skip


def _focus(clip: Clip, edit: edits.AnchorFrame) -> list[Focus]:
    """Where the window of the take is at that edge, or nearest to it."""
    at = clip.source.start if edit.edge == "first" else clip.source.end
    near = sorted(clip.focus, key=lambda one: abs(one.at - at))[:1]
    return [one.model_copy(update={"at": 0}) for one in near]


def _is_still(clip: Clip) -> bool:
    return clip.media.media_type == "image"


def _clip(piece: Piece) -> Clip:
    assert isinstance(piece.item, Clip)  # noqa: S101 - it was found by its id, which a gap has none of
    return piece.item
