"""Shared: from takes to the delivered master."""

from typing import Any, Literal

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from nodes.delivery.check_quality import check_quality
from nodes.delivery.deliver_master import deliver_master
from nodes.delivery.sign_master import sign_master
from nodes.delivery.sign_override import sign_override
from nodes.delivery.withhold_master import withhold_master
from nodes.delivery.write_papers import write_papers
from nodes.post.assemble_cut import assemble_cut
from nodes.post.collect_upscales import collect_upscales
from nodes.post.draw_cards import draw_cards
from nodes.post.render_master import render_master
from nodes.post.submit_upscales import submit_upscales
from nodes.post.upscale_orders import to_upscale
from nodes.review.approve_delivery import approve_delivery
from nodes.sound.collect_music import collect_music
from nodes.sound.record_sounds import record_sounds
from nodes.sound.submit_music import submit_music
from state.context import RunContext
from state.film import FinishingState

LARGER = (submit_upscales, collect_upscales)
SCORING = (draw_cards, submit_music)
CUTTING = (
    record_sounds,
    collect_music,
    assemble_cut,
    render_master,
    sign_master,
)
BESIDE = (write_papers, check_quality)
"""Neither needs the other, and each leaves a core idle."""


def before_cutting(state: FinishingState) -> Literal["submit_upscales", "draw_cards"]:
    """First what is to be as large as the film, where something is."""
    return "submit_upscales" if to_upscale(state) else "draw_cards"


def after_submit_music(state: FinishingState) -> Literal["record_sounds", "__end__"]:
    """The ledger has the last word about what is approved."""
    return "__end__" if state.requoted else "record_sounds"


def after_approve_delivery(
    state: FinishingState,
) -> Literal["deliver_master", "sign_override", "withhold_master"]:
    """A good master is delivered; one that failed by whoever signed for it, or by nobody."""
    if state.quality.get("withheld"):
        return "withhold_master"
    return "sign_override" if state.quality.get("override") else "deliver_master"


def build_finishing() -> CompiledStateGraph[Any, Any, Any, Any]:
    """A line that parts once before its end, and asks about a master that failed.

    Without a checkpointer: it lives in its parent's.
    """
    graph = StateGraph(FinishingState, context_schema=RunContext)
    graph.add_sequence(list(LARGER))
    graph.add_sequence(list(SCORING))
    graph.add_sequence(list(CUTTING))
    graph.add_conditional_edges(START, before_cutting)
    graph.add_edge(LARGER[-1].__name__, SCORING[0].__name__)
    graph.add_conditional_edges(SCORING[-1].__name__, after_submit_music)
    for node in BESIDE:
        graph.add_node(node)
        graph.add_edge(CUTTING[-1].__name__, node.__name__)
    for node in (approve_delivery, sign_override, withhold_master, deliver_master):
        graph.add_node(node)
    graph.add_edge([node.__name__ for node in BESIDE], "approve_delivery")
    graph.add_conditional_edges("approve_delivery", after_approve_delivery)
    graph.add_edge("sign_override", "deliver_master")
    graph.add_edge("withhold_master", "__end__")
    graph.add_edge("deliver_master", "__end__")
    return graph.compile(name="finishing")
