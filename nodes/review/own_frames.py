"""Frames that a person brings for a take: which take they are for, and whether it has to be made again."""

from collections.abc import Mapping

from nodes.camera.take_orders import take_conditions
from state.cost import PlannedCall
from state.errors import MediaMissing
from state.film import ShootingState
from state.media import MediaRef
from state.review import Note
from state.script import Scene, Shot
from state.take import Edge, OwnFrames, Take
from tools.media.pictures import owner_of, picture_at
from tools.orders.planned import told_frames
from tools.registry import Toolbox


def frames_meant(note: Note, slate: str, scene: Scene) -> dict[Edge, str]:
    """What a note says of the frames of this shot; one about a scene means its first and its last frame."""
    if note.item == slate:
        return note.frames
    slates = [str(shot.slate) for shot in scene.shots]
    ends: dict[Edge, str] = {"first": slates[0], "last": slates[-1]}
    return {edge: key for edge, key in note.frames.items() if ends[edge] == slate}


async def with_said(
    own: OwnFrames, said: Mapping[Edge, str], *, tools: Toolbox, user_id: str
) -> OwnFrames:  # fmt: skip
    """The frames of a shot with what a note says of them; an empty key takes one away.

    Raises:
        MediaMissing, UploadRejected: this user has no such picture.
    """
    for edge, key in said.items():
        own = own.model_copy(update={edge: await _picture(key, tools, user_id) if key else None})
    return own


async def _picture(key: str, tools: Toolbox, user_id: str) -> MediaRef:
    if owner_of(key) != user_id:
        raise MediaMissing("there is no such picture")
    return await picture_at(tools.media, key)


def anchored(
    state: ShootingState, changed: ShootingState, shot: Shot, planned: PlannedCall
) -> Take | None:  # fmt: skip
    """The take that is there with the frames as anchors of the cut, where nothing has to be made for them.

    None where it has to be made again: its model can be told one of the frames that have changed, or there
    is no take yet.
    """
    item = str(shot.slate)
    take, before, now = state.takes.get(item), state.brought(item), changed.brought(item)
    edges: tuple[Edge, ...] = ("first", "last")
    other = {edge for edge in edges if before.of(edge) != now.of(edge)}
    told = told_frames(planned, state.shot_seconds.get(item, shot.duration_s))
    if take is None or take.media is None or other & told:
        return None
    kept = [one for one in take.anchors if one.edge not in other]
    new = [one for one in take_conditions(changed, shot, planned).anchors if one.edge in other]
    return take.model_copy(update={"anchors": [*kept, *new]})
