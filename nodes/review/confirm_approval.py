"""Right before something is ordered: is it still what a person approved?"""

from collections.abc import Sequence

from langgraph.runtime import Runtime

from nodes.post.upscale_orders import planned_larger
from nodes.reporting import production_id, report
from nodes.sound.music_order import cut_seconds
from nodes.sound.voice_orders import lines_to_record
from nodes.storyboard.panel_orders import is_given, shots_to_draw
from state.context import RunContext
from state.cost import ZERO, PlannedCall
from state.film import FilmState, ShootingState, StoryboardState
from state.novela import NovelaState
from state.order import BY_HAND
from state.tier import Tier
from tools.engines.catalog import model_card
from tools.engines.routing import OFFLINE
from tools.orders.planned import on_route, planned_extensions, planned_panel, planned_take
from tools.orders.planned_sound import planned_music, planned_voice
from tools.registry import Toolbox, toolbox_for


async def confirm_panels(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Panels that would cost something else than was approved are not ordered: the budget is asked about."""
    tools, tier = await toolbox_for(runtime.context.user_id), runtime.context.tier
    route = tools.route("image", state.look.image_model, tier=tier)
    calls = [
        on_route(planned_panel(state, shot, tier=tier), route)
        for shot in shots_to_draw(state)
        if not is_given(state, shot)
    ]
    return await confirmed(state, calls, tools, runtime)


async def confirm_voices(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The same for the lines of a scene. What is made here and was never to be paid for needs no approval."""
    tools, tier = await toolbox_for(runtime.context.user_id), runtime.context.tier
    if model_card(state.look.voice_model).provider == OFFLINE:
        return {"requoted": ""}
    route = tools.route("voice", state.look.voice_model, tier=tier)
    calls = [
        on_route(planned_voice(state, shot, number, tier=tier), route)
        for shot, number, _ in lines_to_record(state)
    ]
    return await confirmed(state, calls, tools, runtime)


async def confirm_takes(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The same for the takes of a scene, now that its voices say how long each shot is."""
    tools, scene, tier = await toolbox_for(runtime.context.user_id), state.scene, runtime.context.tier
    route = tools.route("video", scene.model_id or state.look.video_model, tier=tier)
    calls = []
    for shot in state.shots_to_take():
        seconds = state.shot_seconds.get(str(shot.slate))
        take = on_route(planned_take(state, scene, shot, tier=tier, seconds=seconds), route)
        calls += [take, *planned_extensions(take, seconds or shot.duration_s)]
    return await confirmed(state, calls, tools, runtime)


async def confirm_music(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The same for what the cut begins with: music, as it says now how long that is, and larger takes."""
    tools, tier = await toolbox_for(runtime.context.user_id), runtime.context.tier
    larger = planned_larger(state, tier=tier, providers=tools.engines)
    return await confirmed(state, [*_music(state, tools, tier), *larger], tools, runtime)


def _music(state: NovelaState, tools: Toolbox, tier: Tier) -> list[PlannedCall]:
    if state.has_music or model_card(state.look.music_model).provider == OFFLINE:
        return []
    route = tools.route("music", state.look.music_model, tier=tier)
    return [on_route(planned_music(state, tier=tier, seconds=cut_seconds(state)), route)]


async def confirmed(
    state: FilmState, calls: Sequence[PlannedCall], tools: Toolbox, runtime: Runtime[RunContext]
) -> dict[str, object]:
    """Whether all of these are approved as they are; `requoted` says what is not."""
    again = state.base_cause.startswith(BY_HAND)
    lacking = await tools.orders.unapproved(production_id(runtime), calls, again=again)
    if not lacking:
        return {"requoted": ""}
    total = sum((call.price for call in lacking), ZERO)
    return {"requoted": voided([call.item for call in lacking], f" ({total})", runtime)}


def voided(items: Sequence[str], price: str, runtime: Runtime[RunContext]) -> str:
    """Tell that what was approved does not hold for these any more; the words for whoever is asked again."""
    why = f"Not approved as planned now: {', '.join(items)}{price}; nothing of it was bought."
    report(runtime, "quote_voided", why=why, items=list(items))
    return why
