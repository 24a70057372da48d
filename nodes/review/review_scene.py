"""The gate after each scene: on to the next one, or this one again."""

from langgraph.runtime import Runtime

from nodes.reporting import task_id
from nodes.review.approve_changes import price_of_change
from nodes.review.asking import ask
from nodes.review.light_prices import scene_prices, shot_prices
from state.context import RunContext
from state.novela import NovelaState
from state.review import ReviewItem, ReviewRequest, notes_of
from state.script import Shot

QUESTION = (
    "GREEN goes on to the next scene. YELLOW with a note changes this scene, RED shoots it again. "
    "Name single shots to change only those."
)


async def review_scene(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Ask what to do with the scene that was just shot (S1-47)."""
    request = scene_request(state)
    reply = ask(request, runtime, whole=not state.shots_to_take() and not _unsaid(state))
    notes = notes_of(request, reply, cause=task_id(runtime))
    number = str(state.scene_number)
    return {
        "notes": [note.model_dump(mode="json") for note in notes],
        "scene_rounds": {number: state.scene_rounds.get(number, 0) + 1},
    }


def scene_request(state: NovelaState) -> ReviewRequest:
    """The scene as one item, then each of its shots with its take."""
    scene = state.scene
    missing = [str(shot.slate) for shot in state.shots_to_take()]
    warning = f" Shots without a usable take: {', '.join(missing)}." if missing else ""
    silent = _unsaid(state)
    warning += f" Lines that nobody has spoken: {', '.join(silent)}." if silent else ""
    whole = ReviewItem(
        item=f"scene-{scene.number}", title=scene.title, text=scene.summary + warning,
        media=state.reels.get(str(scene.number)), **scene_prices(state)._asdict(),
    )  # fmt: skip
    return ReviewRequest(
        gate="review_scene",
        round=state.scene_rounds.get(str(scene.number), 0) + 1,
        title=f"Scene {scene.number}: {scene.title}",
        question=QUESTION,
        items=[whole, *(_item(state, shot) for shot in scene.shots)],
        choices=["next", "regenerate"],
    )


def _unsaid(state: NovelaState) -> list[str]:
    return [item for shot in state.scene.shots for item in state.unsaid(shot)]


def _item(state: NovelaState, shot: Shot) -> ReviewItem:
    take = state.takes.get(str(shot.slate))
    trouble = f" ({take.failure.message})" if take and take.failure else ""
    trouble += "".join(f" (line {item}: {why})" for item, why in state.unsaid(shot).items())
    name = str(take.slate) if take else str(shot.slate)
    return ReviewItem(
        item=str(shot.slate), title=f"Take {name}", text=shot.description + trouble,
        media=take.media if take else None, mark=_mark(state, shot),
        price_of_change=price_of_change(state, "take", str(shot.slate)),
        **shot_prices(state, str(shot.slate))._asdict(),
    )  # fmt: skip


def _mark(state: NovelaState, shot: Shot) -> str:
    """Who has made the take, and whether it still goes on from the one before it."""
    take, before = state.takes.get(str(shot.slate)), state.take_before(shot)
    if take is None:
        return ""
    stale = ""
    if take.began_with and before is not None and before.tail and before.tail.sha256 != take.began_with:
        slate = before.slate.model_copy(update={"take": None})
        stale = f"begins where an earlier take of {slate} ended"
    return "; ".join(words for words in (take.mark, stale) if words)
