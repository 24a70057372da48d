"""Shared: draw every panel, let a person look, redraw what was asked, until all are kept."""

from typing import Any, Literal

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from nodes.review.apply_panel_notes import apply_panel_notes
from nodes.review.confirm_approval import confirm_panels
from nodes.review.review_storyboard import review_storyboard
from nodes.storyboard.collect_panels import collect_panels
from nodes.storyboard.cut_animatic import cut_animatic
from nodes.storyboard.panel_orders import shots_to_draw
from nodes.storyboard.submit_panels import submit_panels
from state.context import RunContext
from state.film import StoryboardState


def after_review_storyboard(state: StoryboardState) -> Literal["apply_panel_notes", "__end__"]:
    """Again while something was sent back."""
    return "apply_panel_notes" if state.notes else "__end__"


def after_confirm_panels(state: StoryboardState) -> Literal["submit_panels", "__end__"]:
    """Nothing is ordered that is not approved as it is."""
    return "__end__" if state.requoted else "submit_panels"


def after_submit_panels(state: StoryboardState) -> Literal["collect_panels", "__end__"]:
    """The ledger has the last word about what is approved; what is being drawn comes home first."""
    coming = any(panel.ticket for panel in state.panels.values())
    return "__end__" if state.requoted and not coming else "collect_panels"


def after_collect_panels(state: StoryboardState) -> Literal["submit_panels", "cut_animatic", "__end__"]:
    """What could not be ordered before is asked for again: if it still cannot be, the run pauses there."""
    if state.requoted:
        return "__end__"
    return "submit_panels" if shots_to_draw(state) else "cut_animatic"


def build_storyboard_loop() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The loop, without a checkpointer: it lives in its parent's."""
    graph = StateGraph(StoryboardState, context_schema=RunContext)
    graph.add_node(confirm_panels)
    graph.add_node(submit_panels)
    graph.add_node(collect_panels)
    graph.add_node(cut_animatic)
    graph.add_node(review_storyboard)
    graph.add_node(apply_panel_notes)
    graph.add_edge(START, "confirm_panels")
    graph.add_conditional_edges("confirm_panels", after_confirm_panels)
    graph.add_conditional_edges("submit_panels", after_submit_panels)
    graph.add_conditional_edges("collect_panels", after_collect_panels)
    graph.add_edge("cut_animatic", "review_storyboard")
    graph.add_conditional_edges("review_storyboard", after_review_storyboard)
    graph.add_edge("apply_panel_notes", "confirm_panels")
    return graph.compile(name="storyboard_loop")
