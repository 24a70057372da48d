"""Price everything that is planned, before a person is asked to approve it."""

from collections.abc import Sequence
from datetime import timedelta

from langgraph.runtime import Runtime

from nodes.reporting import production_id, progress
from nodes.sound.music_order import cut_seconds
from nodes.storyboard.panel_orders import is_given
from state.context import RunContext
from state.cost import PlannedCall
from state.film import FilmState
from state.novela import NovelaState
from state.script import Scene, Shot
from state.take import Panel, Take, VoiceTrack
from state.tier import Tier
from tools.engines.routing import OFFLINE
from tools.orders.planned import (
    EXTENSION,
    MEDIUM,
    UPSCALE,
    on_route,
    planned_extensions,
    planned_panel,
    planned_take,
    planned_upscale,
)
from tools.orders.planned_sound import planned_music, planned_voice
from tools.orders.quote import quote
from tools.orders.standing_in import upscale_of_take, with_stand_ins
from tools.registry import Toolbox, toolbox_for


async def quote_production(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """One planned call per panel, line, take and the music; the same plan on the target models beside it."""
    tools = await toolbox_for(runtime.context.user_id)
    # The newest prices, whatever an earlier quote was made with.
    tier = runtime.context.tier
    targets = left_to_buy(state.model_copy(update={"quote": None}), tier)
    expires_at = tools.clock.now() + timedelta(hours=tools.settings.quote_hours)
    calls = placed(state, targets, tools, runtime.context)
    offer = quote(calls, targets=targets, tier=tier, expires_at=expires_at)
    progress(
        runtime,
        "budget",
        f"{len(targets)} calls for {offer.total}, {offer.would_have_cost} on the target models",
    )
    before = await tools.orders.approved(production_id(runtime), but=calls)
    return {
        "quote": offer.model_dump(mode="json"),
        "approved_before": before.model_dump(mode="json"),
        "approved_quote_id": "",
    }


def left_to_buy(state: NovelaState, tier: Tier) -> list[PlannedCall]:
    """What is planned and not made yet: all of it, when nobody has approved anything before."""
    return [call for call in planned_calls(state, tier) if not _is_made(state, call)]


def planned_calls(state: NovelaState, tier: Tier) -> list[PlannedCall]:
    """The plan on the models the brief asks for, or on their drafts."""
    calls: list[PlannedCall] = []
    for scene in state.film.scenes:
        for shot in scene.shots:
            # A panel that a person brought is in the price only once another is asked for.
            drawn = [] if is_given(state, shot) else [planned_panel(state, shot, tier=tier)]
            seconds = state.shot_seconds.get(str(shot.slate))
            take = planned_take(state, scene, shot, tier=tier, seconds=seconds)
            longer = planned_extensions(take, seconds or shot.duration_s)
            larger = _planned_larger(state, scene, shot, [take, *longer], tier)
            calls += [*drawn, take, *longer, *([larger] if larger else []), *_voices(state, shot, tier)]
    return [*calls, planned_music(state, tier=tier, seconds=_cut_seconds(state))]


def _cut_seconds(state: NovelaState) -> float | None:
    """How long the music is, once every shot is there: what is asked for then must be what is approved."""
    return cut_seconds(state) if state.is_shot else None


def _planned_larger(
    state: NovelaState, scene: Scene, shot: Shot, planned: Sequence[PlannedCall], tier: Tier
) -> PlannedCall | None:
    """What makes a take, the first that is `planned`, with its pieces as large as the film; no draft is.

    Of one that is there, whoever made it, the call that is asked for once the film is cut.
    """
    if tier == "draft":
        return None
    made, (take, *longer) = state.takes.get(str(shot.slate)), planned
    if made is None or made.status != "done" or not (state.is_shot or state.is_ordered(shot)):
        return planned_upscale(state, take, longer)
    return upscale_of_take(state, scene, shot, made, seconds=state.shot_seconds.get(str(shot.slate)))


def _voices(state: NovelaState, shot: Shot, tier: Tier) -> list[PlannedCall]:
    return [planned_voice(state, shot, number, tier=tier) for number in range(1, len(shot.lines) + 1)]


def _is_made(state: NovelaState, call: PlannedCall) -> bool:
    """Whether it is there under the cause that is current for it."""
    made: Panel | Take | VoiceTrack | None = None
    if call.stage == "music":
        return state.has_music
    if call.stage == "storyboard":
        made = state.panels.get(call.item)
    elif call.stage == EXTENSION:
        return _is_extended(state, call)
    elif call.stage == "take":
        made = state.takes.get(call.item)
    elif call.stage == UPSCALE:
        return _is_upscaled(state, call)
    elif call.stage == "voice":
        made = state.voices.get(call.item)
    current = f":{state.cause(call.stage, call.item)}"
    return made is not None and made.media is not None and made.call_key.endswith(current)


def _is_extended(state: NovelaState, call: PlannedCall) -> bool:
    slate, _, number = call.item.partition("/")
    take = state.takes.get(slate)
    current = take is not None and take.call_key.endswith(f":{state.cause('take', slate)}")
    return current and take is not None and take.extended >= int(number)


def _is_upscaled(state: NovelaState, call: PlannedCall) -> bool:
    take = state.takes.get(call.item)
    current = f":{state.cause('take', call.item)}"
    stays = take is not None and (state.is_shot or take.call_key.endswith(current))
    return stays and take is not None and take.upscaled is not None


def placed(
    state: NovelaState, targets: Sequence[PlannedCall], tools: Toolbox, context: RunContext
) -> list[PlannedCall]:
    """These calls as they will really be placed. The offline engine draws a shot of any length at once."""
    calls = [offered(state, call, tools, context) for call in targets if call.stage != UPSCALE]
    there = [call for call in calls if call.stage != EXTENSION or call.provider != OFFLINE]
    return [*there, *_larger(state, targets, there, tools)]


def _larger(
    state: NovelaState, targets: Sequence[PlannedCall], there: Sequence[PlannedCall], tools: Toolbox
) -> list[PlannedCall]:
    """What makes these takes larger, by who will really make them; a take that is there has its own call."""
    takes = {call.item: call for call in there if call.stage == "take"}
    found = []
    for target in targets:
        if target.stage != UPSCALE or target.provider not in tools.engines:
            continue
        longer = [
            one for one in there if one.stage == EXTENSION and one.item.partition("/")[0] == target.item
        ]
        take = takes.get(target.item)
        found.append(target if take is None else planned_upscale(state, take, longer))
    return [call for call in found if call is not None]


def offered(state: FilmState, call: PlannedCall, tools: Toolbox, context: RunContext) -> PlannedCall:
    """The call as it will really be placed, and those that may be placed instead where it cannot be had."""
    return with_stand_ins(
        state,
        on_route(call, tools.route(MEDIUM[call.stage], call.model)),
        context=context,
        providers=tools.engines,
    )
