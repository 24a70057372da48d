"""Where two clips of a cut meet: the last frame of one, the first of the other, and how far they differ."""

import asyncio
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from server.cuts.desk import CutDesk, OnDesk
from server.deps import House
from state import edits
from state.errors import RecordConflict, RecordNotFound
from state.locks import locked_in
from state.media import MediaRef
from state.timeline import Clip, Timeline
from tools.cuts.pieces import Piece, picture_of, pieces_of, starts_of
from tools.post.stills import frame_at, unlikeness
from tools.work_folder import work_folder

MATCHING = 0.05
"""Frames of one picture, coded twice, differ by less than a fiftieth; two setups of one set by a tenth."""
AT_ONCE = 4
Kept = Literal["before", "after"]


@dataclass(frozen=True, kw_only=True)
class Frames:
    """The first and the last frame of a clip, as they are in its file."""

    first: MediaRef
    last: MediaRef


@dataclass(frozen=True, kw_only=True)
class Join:
    """Where a clip comes after another one."""

    before: str
    after: str
    at: int
    """The first frame of the cut that shows the clip after it."""
    style: str
    """`cut`, or how the one before flows into it."""
    last_frame: MediaRef
    first_frame: MediaRef
    unlike: float
    """0 for the same picture, 1 for black beside white."""

    @property
    def matches(self) -> bool:
        """Whether the one goes on where the other ends."""
        return self.unlike <= MATCHING

    @property
    def conflicts(self) -> bool:
        """Whether they differ and nothing blends the one into the other: the picture jumps (S4-067)."""
        return not self.matches and self.style == "cut"


class JoinDesk:
    """What a user may look at and settle where clips of a production's cut meet."""

    def __init__(self, house: House, user_id: str) -> None:
        self._house, self._user = house, user_id
        self._cuts = CutDesk(house, user_id)
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def list(self, production_id: str, *, limit: int, offset: int) -> tuple[list[Join], int]:
        """Where clips follow each other, in their order, and how often they do.

        Raises:
            RunNotFound, RecordConflict: there is no such production of this user, or no cut of it yet.
            MediaMissing: a file of the cut is not there.
        """
        cut = (await self._cuts.open(production_id)).edited.timeline
        meeting = _meeting(cut)
        shown = meeting[offset : offset + limit]
        async with work_folder("joins") as work:
            found = [self._join(cut, *one, work / str(number)) for number, one in enumerate(shown)]
            return list(await asyncio.gather(*found)), len(meeting)

    async def frames(self, production_id: str, clip_id: str) -> Frames:
        """The first and the last frame of a clip of the picture.

        Raises:
            RecordNotFound: there is no such clip.
        """
        cut = (await self._cuts.open(production_id)).edited.timeline
        clip = _clip_of(cut, clip_id)
        async with work_folder("frames") as work:
            first = await self._frame(clip, clip.source.start, cut.fps, work / "first.png")
            last = await self._frame(clip, clip.source.end - 1, cut.fps, work / "last.png")
        return Frames(first=first, last=last)

    async def settle(
        self, production_id: str, clip_id: str, keep: Kept, *, frames: int, seen: int | None = None
    ) -> OnDesk:
        """Have both clips meet in one frame: the last of the one before, or the first of the one after.

        Raises:
            RecordNotFound: no clip of this id comes after another one.
            EditRefused: a clip is too short for it.
            RecordConflict: the clip to be changed is of a locked shot, or the cut has changed meanwhile.
        """
        cut = (await self._cuts.open(production_id)).edited.timeline
        joins = {after.id: (before, after) for before, after, _ in _meeting(cut)}
        if clip_id not in joins:
            raise RecordNotFound(f"No clip {clip_id} comes after another clip in the cut.")
        before, after = (_clip(one) for one in joins[clip_id])
        await self._check_lock(production_id, after if keep == "before" else before)
        async with work_folder("frames") as work:
            kept = before if keep == "before" else after
            number = kept.source.end - 1 if keep == "before" else kept.source.start
            media = await self._frame(kept, number, cut.fps, work / "kept.png")
        changed, edge = (after, "first") if keep == "before" else (before, "last")
        told = edits.AnchorFrame.model_validate(
            {"clip": changed.id, "edge": edge, "media": media, "frames": frames}
        )
        return await self._cuts.edit(production_id, [told], seen=seen)

    async def _check_lock(self, production_id: str, changed: Clip) -> None:
        state = await self._house.runs.state(user_id=self._user, production_id=production_id)
        slate = changed.name.partition("-")[0]
        if slate in locked_in(state.context):
            raise RecordConflict(
                f"Shot {slate} is locked, and so are its ends.",
                user_action="Keep its frame; where both are locked, set a transition between them.",
                details={"locked": slate},
            )

    async def _join(self, cut: Timeline, before: Piece, after: Piece, at: int, work: Path) -> Join:
        await asyncio.to_thread(work.mkdir)
        left, right = _clip(before), _clip(after)
        async with self._gate:
            last = await self._frame(left, left.source.end - 1, cut.fps, work / "last.png")
            first = await self._frame(right, right.source.start, cut.fps, work / "first.png")
            unlike = await asyncio.to_thread(unlikeness, work / "last.png", work / "first.png")
        return Join(
            before=left.id, after=right.id, at=at, style=after.entry.style if after.entry else "cut",
            last_frame=last, first_frame=first, unlike=unlike,
        )  # fmt: skip

    async def _frame(self, clip: Clip, number: int, fps: int, into: Path) -> MediaRef:
        path = await self._house.store.get(clip.media.key)
        still = clip.media.media_type == "image"
        await frame_at(path, 0 if still else number / fps, into)
        return await self._house.store.put(into, user_id=self._user)


def _meeting(cut: Timeline) -> list[tuple[Piece, Piece, int]]:
    """Clips that follow each other in the picture, and the frame at which the second is seen first."""
    pieces = pieces_of(picture_of(cut))
    placed = list(zip(starts_of(pieces), pieces, strict=True))
    return [
        (before, after, start)
        for (_, before), (start, after) in pairwise(placed)
        if isinstance(before.item, Clip) and isinstance(after.item, Clip)
    ]


def _clip_of(cut: Timeline, clip_id: str) -> Clip:
    for piece in pieces_of(picture_of(cut)):
        if piece.id == clip_id:
            return _clip(piece)
    raise RecordNotFound(f"The picture of the cut has no clip {clip_id}.")


def _clip(piece: Piece) -> Clip:
    assert isinstance(piece.item, Clip)  # noqa: S101 - a gap has no id and meets nobody
    return piece.item
