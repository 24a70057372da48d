"""Our server with a graph of one node that asks an agent: takes a port and a data folder."""

from typing import Any

from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime

from benchmarks.agent_sides import MODELS, QUESTION, Advisor
from benchmarks.protocol_graphs import BenchState
from benchmarks.protocol_server import main
from nodes.agents.agent import TextKey
from nodes.reporting import production_id
from server.runs.graph_spec import GraphSpec
from state.context import RunContext
from tools.models.choose import Wanted
from tools.registry import toolbox


async def advise(state: BenchState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    tools, context = await toolbox(), runtime.context
    wanted = Wanted(model=MODELS[state["brief"]["title"]])
    model = tools.models.for_role("novela", "fallback_handler", wanted, user_id=context.user_id)
    key = TextKey(production_id=production_id(runtime), stage="advice", item="bench")
    advice = await Advisor(model, tools.orders).run(QUESTION, key=key)
    return {"log": [advice.userMessage]}


def agent_graphs() -> dict[str, GraphSpec]:
    builder = StateGraph(BenchState, context_schema=RunContext)
    builder.add_node("advise", advise)
    builder.add_edge(START, "advise")
    return {"agent": GraphSpec(graph=builder.compile(), summary_of=lambda values: {})}


if __name__ == "__main__":
    main(agent_graphs())
