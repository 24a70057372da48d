"""`greenlight serve` with a graph that talks slowly and in several scripts, for streams that are cut."""

import asyncio
import operator
from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph

import server.composition
from server.cli.main import main
from server.runs.graph_spec import GraphSpec

WORDS = "Inés abrió la carta — 手紙を開けた — и заплакала 🎬. "
REMARKS = 8
PAUSE_S = 0.01


class Talk(TypedDict, total=False):
    steps: int
    said: Annotated[list[str], operator.add]


async def speak(state: Talk) -> dict[str, Any]:
    number, write = len(state.get("said", [])), get_stream_writer()
    for remark in range(REMARKS):
        write({"step": number, "remark": remark, "text": WORDS * (1 + remark % 3)})
        await asyncio.sleep(PAUSE_S)  # a stream that is followed live and not only replayed
    model = GenericFakeChatModel(messages=iter([AIMessage(WORDS)]))
    return {"said": [(await model.ainvoke("go")).text]}


def after_speak(state: Talk) -> str:
    return "speak" if len(state["said"]) < state["steps"] else END


def talking_graphs() -> Mapping[str, GraphSpec]:
    builder = StateGraph(Talk)
    builder.add_node(speak)
    builder.add_edge(START, "speak")
    builder.add_conditional_edges("speak", after_speak, ["speak", END])
    return {"talk": GraphSpec(graph=builder.compile(), input_of=dict)}


if __name__ == "__main__":
    server.composition.graph_specs = talking_graphs
    main()
