"""The gate at which a person looks at every panel."""

from langgraph.runtime import Runtime

from nodes.reporting import task_id
from nodes.review.approve_changes import price_of_change
from nodes.review.asking import ask
from nodes.review.light_prices import panel_prices
from state.context import RunContext
from state.film import StoryboardState
from state.review import ReviewItem, ReviewRequest, notes_of
from state.script import Shot

QUESTION = (
    "Look at every panel. GREEN keeps it, YELLOW with a note changes it, RED draws another one. "
    "approve_all keeps every panel you do not name."
)


async def review_storyboard(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Ask for a light per panel; only what is YELLOW or RED is drawn again."""
    request = storyboard_request(state)
    reply = ask(request, runtime)
    notes = notes_of(request, reply, cause=task_id(runtime))
    return {
        "notes": [note.model_dump(mode="json") for note in notes],
        "storyboard_round": state.storyboard_round + 1,
        "storyboard_done": not notes,
    }


def storyboard_request(state: StoryboardState) -> ReviewRequest:
    """One item per shot, in the order of the film."""
    shots = [shot for scene in state.film.scenes for shot in scene.shots]
    return ReviewRequest(
        gate="review_storyboard",
        round=state.storyboard_round + 1,
        title=f"Storyboard of {state.film.title}",
        question=QUESTION,
        items=[_item(state, shot) for shot in shots],
        animatic=state.animatic,
        choices=["GREEN", "YELLOW", "RED", "approve_all"],
    )


def _item(state: StoryboardState, shot: Shot) -> ReviewItem:
    slate = str(shot.slate)
    panel = state.panels.get(slate)
    trouble = f" (not drawn: {panel.failure.message})" if panel and panel.failure else ""
    return ReviewItem(
        item=slate,
        title=f"Shot {slate}",
        text=shot.description + trouble,
        media=panel.media if panel else None,
        given=panel is not None and panel.given,
        mark=panel.mark if panel else "",
        price_of_change=price_of_change(state, "storyboard", slate),
        **panel_prices(state, slate)._asdict(),
    )
