"""A few seconds of a cut, small and quick: to look at before it is rendered whole."""

from dataclasses import dataclass

from server.cuts.desk import CutDesk
from server.deps import House
from state.errors import EditRefused
from state.media import MediaRef
from state.refusals import no_such
from state.timeline import Clip, Timeline
from tools.cuts.media import keys_shown
from tools.cuts.pieces import picture_of, pieces_of, starts_of
from tools.cuts.window import window_of
from tools.post.piece_cache import PIECES_FOLDER, PieceCache
from tools.work_folder import work_folder

LONGEST_S, AROUND_S = 20, 1.5


@dataclass(frozen=True, kw_only=True)
class Part:
    """Which frames of the cut are meant."""

    start: int
    frames: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A stored clip of some frames of a cut."""

    version: int
    part: Part
    media: MediaRef


async def make_preview(
    house: House, production_id: str, *, user_id: str, clip: str | None, part: Part | None
) -> Preview:
    """Some frames of the cut as it is now, or those around the cut into a clip.

    Raises:
        RunNotFound, RecordConflict: there is no such production of this user, or no cut of it yet.
        EditRefused: no such clip, or frames that the cut has not.
        MediaMissing, PostError: they cannot be rendered; says why.
    """
    edited = (await CutDesk(house, user_id).open(production_id)).edited
    cut = edited.timeline
    wanted = _around(cut, clip) if clip is not None else _checked(cut, part or Part(start=0, frames=1))
    shown = window_of(cut, wanted.start, wanted.start + wanted.frames)
    paths = {key: await house.store.get(key) for key in keys_shown(shown)}
    cache = PieceCache(house.settings.data_dir / PIECES_FOLDER / user_id)
    async with work_folder("preview") as work:
        into = work / "preview.mp4"
        await house.preview_room.render(shown, paths, into, work=work, cache=cache)
        media = await house.store.put(into, user_id=user_id)
    return Preview(version=edited.version, part=wanted, media=media)


def _around(cut: Timeline, clip_id: str) -> Part:
    """From a moment before the first frame of a clip to a moment behind the transition into it."""
    pieces = pieces_of(picture_of(cut))
    for at, piece in zip(starts_of(pieces), pieces, strict=True):
        if piece.id == clip_id and isinstance(piece.item, Clip):
            moment = round(AROUND_S * cut.fps)
            start = max(0, at - moment)
            return Part(start=start, frames=min(cut.length, at + piece.shared + moment) - start)
    no_such("clip in the picture", clip_id, field="clip")


def _checked(cut: Timeline, part: Part) -> Part:
    most = LONGEST_S * cut.fps
    if not 0 <= part.start < cut.length:
        raise EditRefused(
            f"The cut has {cut.length} frames.", user_action=f"Begin at 0 to {max(0, cut.length - 1)}.",
            details={"field": "start", "frames": cut.length},
        )  # fmt: skip
    if not 1 <= part.frames <= most:
        raise EditRefused(
            f"A preview has {most} frames at most.", user_action=f"Ask for 1 to {most}.",
            details={"field": "frames", "frames": most},
        )  # fmt: skip
    return Part(start=part.start, frames=min(part.frames, cut.length - part.start))
