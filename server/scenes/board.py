"""The scene board (S4-070): scenes and shots in their order, how far each is, and what it looks like."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from server.deps import House
from server.scenes.ends import TakeEnds
from server.scenes.film import read_film, scenes_of
from state.film import ShootingState
from state.locks import locked_in
from state.media import MediaRef
from state.script import Scene, Shot
from state.take import OwnFrames, Take
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
ENDS = TakeEnds()
Status = Literal["pending", "processing", "completed", "failed"]
WORST_FIRST: tuple[Status, ...] = ("failed", "processing", "pending")
"""What a scene is where its shots differ; `completed` where they all are."""
BEING_MADE = ("intent", "submitted", "unknown")


@dataclass(frozen=True, kw_only=True)
class BoardShot:
    """One shot on the board."""

    slate: str
    take: str
    """Its current take, `2A-1`; empty before there is one."""
    status: Status
    duration_s: float
    prompt: str
    model: str
    thumbnail: MediaRef | None
    first_frame: MediaRef | None
    last_frame: MediaRef | None
    own: OwnFrames
    locked: bool
    problem: str


@dataclass(frozen=True, kw_only=True)
class BoardScene:
    """One scene on the board, with its shots."""

    number: int
    title: str
    prompt: str
    shots: list[BoardShot]

    @property
    def status(self) -> Status:
        """How far its shots are."""
        known = {shot.status for shot in self.shots}
        if known == {"completed"}:
            return "completed"
        begun = len(known) > 1 and "failed" not in known
        return "processing" if begun else next((one for one in WORST_FIRST if one in known), "pending")


async def scene_board(
    house: House, production_id: str, *, user_id: str, limit: int, offset: int
) -> tuple[list[BoardScene], int]:
    """Some of the scenes of a production, and how many it has.

    Raises:
        RunNotFound: there is no such production of this user.
        RecordConflict: it has no scenes.
    """
    film = await read_film(house, production_id, user_id=user_id)
    state = await house.runs.state(user_id=user_id, production_id=production_id)
    params = {"production": production_id, "user": user_id}
    rows = await house.database.fetch_all(SQL["latest"], params)
    orders = {row["item"]: row["state"] for row in rows}
    scenes, locked = scenes_of(film), locked_in(state.context)
    board = [
        await _scene(house, film, one, orders, locked, user_id) for one in scenes[offset : offset + limit]
    ]
    return board, len(scenes)


async def _scene(
    house: House, film: ShootingState, scene: Scene, orders: Mapping[str, str], locked: Sequence[str],
    user_id: str,
) -> BoardScene:  # fmt: skip
    shots = [await _shot(house, film, shot, orders, locked, user_id) for shot in scene.shots]
    return BoardScene(
        number=scene.number, title=scene.title, prompt=scene.prompt or scene.summary, shots=shots
    )  # fmt: skip


async def _shot(
    house: House, film: ShootingState, shot: Shot, orders: Mapping[str, str], locked: Collection[str],
    user_id: str,
) -> BoardShot:  # fmt: skip
    slate = str(shot.slate)
    take, panel = film.takes.get(slate), film.panels.get(slate)
    seconds = film.shot_seconds.get(slate, shot.duration_s)
    ends = take and await ENDS.of(house, take, seconds=seconds, fps=film.look.fps, user_id=user_id)
    first, last = ends or (None, None)
    return BoardShot(
        slate=slate, take=str(take.slate) if take and take.media else "",
        status=status_of(take, orders.get(slate, "")), duration_s=seconds, prompt=shot.prompt,
        model=take.model if take else "", first_frame=first, last_frame=last, own=film.brought(slate),
        thumbnail=(take.thumbnail if take else None) or (panel.media if panel else None),
        locked=slate in locked, problem=take.failure.message if take and take.failure else "",
    )  # fmt: skip


def status_of(take: Take | None, order: str) -> Status:
    """How far a shot is: by its newest order, and by the take that its production has.

    An order of unknown fate is still being made: a person says what becomes of it.
    """
    if order in BEING_MADE:
        return "processing"
    if take is not None and take.status != "submitted":
        return "completed" if take.media is not None else "failed"
    if order == "done":
        return "completed"
    return "failed" if order == "failed" else "pending"
