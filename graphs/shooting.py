"""Shared: one scene in front of the camera, from its voices to its dailies."""

from typing import Any, Literal

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from nodes.camera.collect_takes import collect_takes
from nodes.camera.extend_takes import extend_takes, to_extend
from nodes.camera.fix_takes import failed_takes, fix_takes
from nodes.camera.show_dailies import show_dailies
from nodes.camera.submit_takes import submit_takes
from nodes.camera.window import on_their_way
from nodes.review.confirm_approval import confirm_takes, confirm_voices
from nodes.sound.collect_voices import collect_voices
from nodes.sound.submit_voices import submit_voices
from nodes.sound.voice_orders import lines_to_record
from state.context import RunContext
from state.film import ShootingState


def after_confirm_voices(state: ShootingState) -> Literal["submit_voices", "__end__"]:
    """No line is ordered that is not approved as it is."""
    return "__end__" if state.requoted else "submit_voices"


def after_submit_voices(state: ShootingState) -> Literal["collect_voices", "__end__"]:
    """The ledger has the last word about what is approved; what is being spoken comes home first."""
    coming = any(track.ticket for track in state.voices.values())
    return "__end__" if state.requoted and not coming else "collect_voices"


def after_collect_voices(state: ShootingState) -> Literal["submit_voices", "confirm_takes", "__end__"]:
    """What could not be ordered before is asked for again: if it still cannot be, the run pauses there."""
    if state.requoted:
        return "__end__"
    return "submit_voices" if lines_to_record(state) else "confirm_takes"


def after_collect_takes(
    state: ShootingState, runtime: Runtime[RunContext]
) -> Literal["fix_takes", "extend_takes", "submit_takes", "show_dailies", "__end__"]:
    """Failed takes go to the fallback handler until its tries are used up, once all others are home.

    It may have to pause for money or for a model, and a provider keeps what was paid for an hour.
    Before that come the shots that wait for a place.

    A shot whose take before it failed for good is not ordered: that one is for a person first.
    """
    if state.requoted:
        return "__end__"
    if failed_takes(state) and not on_their_way(state):
        return "fix_takes"
    if to_extend(state):
        return "extend_takes"
    waiting = state.shots_to_order(chained=runtime.context.chain_shots)
    return "show_dailies" if all(state.is_ordered(shot) for shot in waiting) else "submit_takes"


def after_confirm_takes(state: ShootingState) -> Literal["submit_takes", "__end__"]:
    """Nothing is ordered that is not approved as it is."""
    return "__end__" if state.requoted else "submit_takes"


def after_submit_takes(state: ShootingState) -> Literal["collect_takes", "__end__"]:
    """The ledger has the last word about what is approved; what is being made comes home first."""
    coming = any(take.ticket for take in state.takes.values())
    return "__end__" if state.requoted and not coming else "collect_takes"


def after_extend_takes(state: ShootingState) -> Literal["collect_takes", "__end__"]:
    """As after `submit_takes`."""
    return after_submit_takes(state)


def build_shooting() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The scene, without a checkpointer: it lives in its parent's."""
    graph = StateGraph(ShootingState, context_schema=RunContext)
    graph.add_node(confirm_voices)
    graph.add_node(submit_voices)
    graph.add_node(collect_voices)
    graph.add_node(confirm_takes)
    graph.add_node(submit_takes)
    graph.add_node(collect_takes)
    graph.add_node(fix_takes)
    graph.add_node(extend_takes)
    graph.add_node(show_dailies)
    graph.add_edge(START, "confirm_voices")
    graph.add_conditional_edges("confirm_voices", after_confirm_voices)
    graph.add_conditional_edges("submit_voices", after_submit_voices)
    graph.add_conditional_edges("collect_voices", after_collect_voices)
    graph.add_conditional_edges("confirm_takes", after_confirm_takes)
    graph.add_conditional_edges("submit_takes", after_submit_takes)
    graph.add_conditional_edges("collect_takes", after_collect_takes)
    graph.add_edge("fix_takes", "submit_takes")
    graph.add_conditional_edges("extend_takes", after_extend_takes)
    graph.add_edge("show_dailies", "__end__")
    return graph.compile(name="shooting")
