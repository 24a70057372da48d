"""Export: a cut of a film that is there already, rendered, signed, checked and delivered in another form.

It shares the nodes of `finishing`: what a person wants elsewhere is held to the same standard.
"""

from typing import Any

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graphs.finishing import after_approve_delivery
from nodes.delivery.check_quality import check_quality
from nodes.delivery.deliver_master import deliver_master
from nodes.delivery.sign_master import sign_master
from nodes.delivery.sign_override import sign_override
from nodes.delivery.withhold_master import withhold_master
from nodes.exporting.open_export import open_export
from nodes.exporting.write_export_papers import write_export_papers
from nodes.post.render_master import render_master
from nodes.review.approve_delivery import approve_delivery
from state.context import RunContext
from state.exporting import ExportInput, ExportOutput, ExportState

LINE = (open_export, render_master, sign_master)
BESIDE = (write_export_papers, check_quality)
"""Neither needs the other, and each leaves a core idle."""


def build_export() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The graph without a checkpointer: whoever runs it attaches one."""
    graph = StateGraph(
        ExportState, context_schema=RunContext, input_schema=ExportInput, output_schema=ExportOutput
    )
    graph.add_sequence(list(LINE))
    graph.add_edge(START, "open_export")
    for node in BESIDE:
        graph.add_node(node)
        graph.add_edge("sign_master", node.__name__)
    for node in (approve_delivery, sign_override, withhold_master, deliver_master):
        graph.add_node(node)
    graph.add_edge([node.__name__ for node in BESIDE], "approve_delivery")
    graph.add_conditional_edges("approve_delivery", after_approve_delivery)
    graph.add_edge("sign_override", "deliver_master")
    graph.add_edge("withhold_master", "__end__")
    graph.add_edge("deliver_master", "__end__")
    return graph.compile(name="export")


export = build_export()
"""For LangGraph Studio."""
