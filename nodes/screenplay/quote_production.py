"""Price everything that is planned, before a person is asked to approve it."""

from langgraph.runtime import Runtime

from nodes.agents.scene_check import planned_clip
from nodes.reporting import progress
from state.context import RunContext
from state.cost import PlannedCall
from state.novela import NovelaState
from state.order import Medium
from state.script import Scene, Shot
from tools.engines.routing import OFFLINE_MODELS
from tools.orders.quote import planned_call, quote
from tools.registry import Toolbox, toolbox

MEDIUM: dict[str, Medium] = {"storyboard": "image", "take": "video", "voice": "voice", "music": "music"}


async def quote_production(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """One planned call per panel, line, take and the music; the same plan on the target models beside it."""
    tools = await toolbox()
    targets = planned_calls(state)
    offer = quote([_routed(call, tools) for call in targets], targets=targets)
    progress(
        runtime,
        "budget",
        f"{len(targets)} calls for {offer.total}, {offer.would_have_cost} on the target models",
    )
    return {"quote": offer.model_dump(mode="json"), "approved_quote_id": ""}


def planned_calls(state: NovelaState) -> list[PlannedCall]:
    """The plan on the models the brief asks for. Voices and music are made offline, at no cost."""
    calls: list[PlannedCall] = []
    for scene in state.film.scenes:
        for shot in scene.shots:
            # A panel that a person brought is not drawn, so it is not in the price.
            drawn = [] if shot.panel is not None else [_panel(state, shot)]
            calls += [*drawn, _take(state, scene, shot), *_voices(shot)]
    return [*calls, planned_call(stage="music", item="episode", model_id=OFFLINE_MODELS["music"])]


def _panel(state: NovelaState, shot: Shot) -> PlannedCall:
    return planned_call(stage="storyboard", item=str(shot.slate), model_id=state.look.image_model)


def _take(state: NovelaState, scene: Scene, shot: Shot) -> PlannedCall:
    return planned_clip(shot, model_id=scene.model_id or state.look.video_model, parameters=scene.parameters)


def _voices(shot: Shot) -> list[PlannedCall]:
    return [
        planned_call(stage="voice", item=f"{shot.slate}/{number}", model_id=OFFLINE_MODELS["voice"])
        for number in range(1, len(shot.lines) + 1)
    ]


def _routed(call: PlannedCall, tools: Toolbox) -> PlannedCall:
    """The call as it will really be placed: a stand-in is booked at its own price."""
    route = tools.route(MEDIUM[call.stage], call.model)
    if route.model == call.model:
        return call
    return planned_call(
        stage=call.stage, item=call.item, model_id=route.model, units=call.units, parameters=call.parameters
    )
