"""Turn the lights on the panels into new orders: YELLOW changes the shot, RED changes the seed."""

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from nodes.reporting import report
from nodes.review.approve_changes import approve_changes
from nodes.review.locked_shots import not_locked
from nodes.review.note_effects import revised, with_shot
from state.context import RunContext
from state.film import StoryboardState
from state.review import TrafficLight
from tools.orders.planned import on_route, planned_panel
from tools.orders.standing_in import with_stand_ins
from tools.registry import toolbox_for

STAGE = "storyboard"


async def apply_panel_notes(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Change only the shots that were named; every other panel stays what it is."""
    crew, tools = await crew_of(runtime, cause=state.base_cause), await toolbox_for(runtime.context.user_id)
    script, causes, re_rolls, history = state.film, {}, {}, {}
    tier = runtime.context.tier
    for note in state.notes:
        slate, key = note.item, f"{STAGE}/{note.item}"
        if not not_locked([slate], runtime):
            continue
        shot, changes = await revised(state, script, slate, note, crew)
        script = with_shot(script, shot)
        causes[key] = note.cause
        if note.light is TrafficLight.RED:
            re_rolls[key] = state.re_rolls.get(key, 0) + 1
        history[slate] = [*state.history.get(slate, []), *([note.text] if note.text else [])]
        report(runtime, "note_applied", item=slate, light=note.light.value, note=note.text, changes=changes)
        route = tools.route("image", state.look.image_model, tier=tier)
        drawn = on_route(planned_panel(state, shot, tier=tier), route)
        approved = [with_stand_ins(state, drawn, context=runtime.context, providers=tools.engines)]
        await approve_changes(state, approved, tools=tools, runtime=runtime, cause=note.cause)
    return {
        "script": script.model_dump(mode="json"),
        "causes": causes, "re_rolls": re_rolls, "history": history, "notes": [],
    }  # fmt: skip
