"""The scene board: scenes in their order, how far they are, what is locked (S4-065, S4-070)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import Field

from server.api.wire import ERRORS, Answer, Page, Turn, Wire, turn
from server.deps import House, HouseDep, ProductionId, UserDep
from server.limits.guard import COUNTED
from server.scenes.board import BoardScene, BoardShot, Status, scene_board
from server.scenes.locks import lock, unlock
from state.media import MediaRef

router = APIRouter(prefix="/api/productions", tags=["scenes"], responses=ERRORS, dependencies=COUNTED)
Item = Annotated[
    str,
    Path(pattern=r"^(scene-\d{1,3}|\d{1,3}[A-Z]{1,2})$", description="A shot, or a scene with all its shots.",
         examples=["2A", "scene-2"]),
]  # fmt: skip


class BoardPart(Wire):
    """What scenes and shots have in common."""

    status: Status = Field(description="pending, processing, completed or failed.", examples=["completed"])
    duration_s: float = Field(description="Seconds in the film.", examples=[4.5])
    prompt: str = Field(description="What its model is told.")
    thumbnail_url: str | None = Field(description="A link to its picture; its panel before there is a take.")
    first_frame_url: str | None = Field(description="A link to the first frame that is seen of it.")
    last_frame_url: str | None = Field(description="A link to the last frame that is seen of it.")
    locked: bool = Field(description="Whether it stays as it is, whatever is made again.")


class BoardShotView(BoardPart):
    """One shot."""

    shot: str = Field(description="Its slate.", examples=["2A"])
    take: str | None = Field(description="Its take in the film.", examples=["2A-1"])
    model: str | None = Field(description="Who has made the take.", examples=["google-veo-3.1-fast"])
    own_first_frame_key: str | None = Field(description="The key of your own frame for its beginning.")
    own_last_frame_key: str | None = Field(description="The key of your own frame for its end.")
    problem: str | None = Field(description="Why it failed.")


class BoardSceneView(BoardPart):
    """One scene: its beginning is that of its first shot, its end that of its last."""

    scene: int = Field(description="Its number.", examples=[2])
    title: str = Field(description="Its title.", examples=["The letter"])
    shots: list[BoardShotView] = Field(description="Its shots in their order.")


class LockedView(Wire):
    """What is locked."""

    locked: list[str] = Field(description="Shots that are not made again.", examples=[["1A", "2B"]])


@router.get("/{production_id}/scenes", summary="List the scenes")
async def list_scenes(
    production_id: ProductionId, house: HouseDep, user_id: UserDep, wanted: Annotated[Turn, Depends(turn)]
) -> Page[BoardSceneView]:
    """The scene board: every scene and shot in its order, with its frames, and how far it is."""
    found, total = await scene_board(
        house, production_id, user_id=user_id, limit=wanted.limit, offset=wanted.offset
    )
    return Page(data=[_scene(house, one) for one in found], pagination=wanted.of(total))


@router.put("/{production_id}/scenes/{item}/lock", summary="Lock a shot or a scene")
async def lock_item(
    production_id: ProductionId, item: Item, house: HouseDep, user_id: UserDep
) -> Answer[LockedView]:
    """From the next run on its panel, take and lines are not made again, whatever is sent back or re-shot.

    What a RED of its whole scene means is done for its other shots.
    """
    return Answer(data=LockedView(locked=await lock(house, production_id, item, user_id=user_id)))


@router.delete("/{production_id}/scenes/{item}/lock", summary="Unlock a shot or a scene")
async def unlock_item(
    production_id: ProductionId, item: Item, house: HouseDep, user_id: UserDep
) -> Answer[LockedView]:
    """It may be made again. Nothing is made by this."""
    return Answer(data=LockedView(locked=await unlock(house, production_id, item, user_id=user_id)))


def _scene(house: House, scene: BoardScene) -> BoardSceneView:
    shots = [_shot(house, one) for one in scene.shots]
    first, last = (shots[0], shots[-1]) if shots else (None, None)
    return BoardSceneView(
        scene=scene.number, title=scene.title, prompt=scene.prompt, status=scene.status, shots=shots,
        duration_s=round(sum(one.duration_s for one in shots), 3),
        thumbnail_url=first.thumbnail_url if first else None,
        first_frame_url=first.first_frame_url if first else None,
        last_frame_url=last.last_frame_url if last else None,
        locked=bool(shots) and all(one.locked for one in shots),
    )  # fmt: skip


def _shot(house: House, shot: BoardShot) -> BoardShotView:
    def link(media: MediaRef | None) -> str | None:
        return house.store.link(media.key) if media is not None else None

    own = shot.own
    return BoardShotView(
        shot=shot.slate, take=shot.take or None, status=shot.status, duration_s=shot.duration_s,
        prompt=shot.prompt, model=shot.model or None, locked=shot.locked, problem=shot.problem or None,
        thumbnail_url=link(shot.thumbnail), first_frame_url=link(shot.first_frame),
        last_frame_url=link(shot.last_frame), own_first_frame_key=own.first.key if own.first else None,
        own_last_frame_key=own.last.key if own.last else None,
    )  # fmt: skip
