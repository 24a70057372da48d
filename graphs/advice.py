"""The advice: one question of a person to the fallback handler. Nothing is made, asked at a gate, or paid."""

from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from nodes.talk.answer_complaint import answer_complaint
from state.advice import AdviceInput, AdviceOutput, AdviceState
from state.context import RunContext


def build_advice() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The graph without a checkpointer: a question is asked once, and nothing has to be resumed."""
    graph = StateGraph(
        AdviceState, context_schema=RunContext, input_schema=AdviceInput, output_schema=AdviceOutput
    )
    graph.add_node(answer_complaint)
    graph.add_edge(START, "answer_complaint")
    graph.add_edge("answer_complaint", END)
    return graph.compile(name="advice")


advice = build_advice()
