"""The novela: one episode of a mini-series, from the brief to the master.

Three agents write it and talk it over, a person approves the budget, the storyboard
and every scene, and the shared subgraphs draw, shoot and finish it.
"""

from typing import Any, Literal

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graphs.channels import channels_of
from graphs.finishing import build_finishing
from graphs.shooting import build_shooting
from graphs.storyboard_loop import build_storyboard_loop
from nodes.casting.cast_voices import cast_voices
from nodes.delivery.remember_episode import remember_episode
from nodes.review.apply_budget_notes import apply_budget_notes
from nodes.review.apply_scene_notes import apply_scene_notes
from nodes.review.approve_budget import approve_budget
from nodes.review.confirm_approval import confirm_music
from nodes.review.grant_budget import grant_budget
from nodes.review.review_scene import review_scene
from nodes.screenplay.check_scene import check_scene
from nodes.screenplay.next_scene import next_scene
from nodes.screenplay.plan_episode import plan_episode
from nodes.screenplay.quote_production import quote_production
from nodes.screenplay.repair_scene import repair_scene
from nodes.screenplay.write_scene import write_scene
from state.context import RunContext
from state.film import FinishingState, ShootingState, StoryboardState
from state.novela import NovelaInput, NovelaOutput, NovelaState


def after_check_scene(state: NovelaState) -> Literal["repair_scene", "write_scene", "cast_voices"]:
    """Mend what cannot be sent, write what is missing, then cast."""
    current = state.reports.get(str(state.writing))
    if current is not None and not current.validation.isValid:
        return "repair_scene"
    return "write_scene" if state.writing <= len(state.outlines) else "cast_voices"


def after_approve_budget(state: NovelaState) -> Literal["grant_budget", "apply_budget_notes", "__end__"]:
    """GREEN draws, RED stops, YELLOW asks for another quote."""
    if state.refused:
        return "__end__"
    return "apply_budget_notes" if state.notes else "grant_budget"


def after_grant_budget(
    state: NovelaState,
) -> Literal["storyboard_loop", "shooting", "confirm_music", "quote_production"]:
    """On to where the money is needed; an approval that does not hold is asked for again."""
    approved = state.quote is not None and state.approved_quote_id == state.quote.quote_id
    if not approved:
        return "quote_production"
    return after_next_scene(state) if state.storyboard_done else "storyboard_loop"


def after_storyboard_loop(state: NovelaState) -> Literal["shooting", "quote_production"]:
    """To the set, unless something has to be approved anew."""
    return "quote_production" if state.requoted else "shooting"


def after_shooting(state: NovelaState) -> Literal["review_scene", "quote_production"]:
    """To the review, unless something has to be approved anew."""
    return "quote_production" if state.requoted else "review_scene"


def after_review_scene(state: NovelaState) -> Literal["apply_scene_notes", "shooting", "next_scene"]:
    """Again while something was sent back; a scene with a missing take is never left behind."""
    if state.notes:
        return "apply_scene_notes"
    return "shooting" if state.shots_to_take() else "next_scene"


def after_next_scene(state: NovelaState) -> Literal["shooting", "confirm_music"]:
    """The next scene, or after the last one the cutting room, which begins with the music."""
    return "shooting" if state.scene_number <= len(state.film.scenes) else "confirm_music"


def after_confirm_music(state: NovelaState) -> Literal["finishing", "quote_production"]:
    """To the cutting room, unless the music has to be approved anew."""
    return "quote_production" if state.requoted else "finishing"


def after_finishing(state: NovelaState) -> Literal["remember_episode", "quote_production"]:
    """Delivered, unless the music has to be approved anew."""
    return "quote_production" if state.requoted else "remember_episode"


def build_novela() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The graph without a checkpointer: whoever runs it attaches one."""
    graph = StateGraph(
        NovelaState, context_schema=RunContext, input_schema=NovelaInput, output_schema=NovelaOutput
    )
    for node in (plan_episode, write_scene, check_scene, repair_scene, cast_voices, quote_production):
        graph.add_node(node)
    for node in (
        approve_budget,
        apply_budget_notes,
        grant_budget,
        review_scene,
        apply_scene_notes,
        next_scene,
        confirm_music,
        remember_episode,
    ):
        graph.add_node(node)
    graph.add_node("storyboard_loop", build_storyboard_loop(), input_schema=channels_of(StoryboardState))
    graph.add_node("shooting", build_shooting(), input_schema=channels_of(ShootingState))
    graph.add_node("finishing", build_finishing(), input_schema=channels_of(FinishingState))

    graph.add_edge(START, "plan_episode")
    graph.add_edge("plan_episode", "write_scene")
    graph.add_edge("write_scene", "check_scene")
    graph.add_conditional_edges("check_scene", after_check_scene)
    graph.add_edge("repair_scene", "write_scene")
    graph.add_edge("cast_voices", "quote_production")
    graph.add_edge("quote_production", "approve_budget")
    graph.add_conditional_edges("approve_budget", after_approve_budget)
    graph.add_edge("apply_budget_notes", "quote_production")
    graph.add_conditional_edges("grant_budget", after_grant_budget)
    graph.add_conditional_edges("storyboard_loop", after_storyboard_loop)
    graph.add_conditional_edges("shooting", after_shooting)
    graph.add_conditional_edges("review_scene", after_review_scene)
    graph.add_edge("apply_scene_notes", "shooting")
    graph.add_conditional_edges("next_scene", after_next_scene)
    graph.add_conditional_edges("confirm_music", after_confirm_music)
    graph.add_conditional_edges("finishing", after_finishing)
    graph.add_edge("remember_episode", "__end__")
    return graph.compile(name="novela")


novela = build_novela()
