"""The graphs of the protocol benchmark: next to no work of their own, so that what is around them counts."""

import asyncio
import operator
import time
from typing import Annotated, Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langgraph.graph import START, StateGraph
from langgraph.types import Send, interrupt
from typing_extensions import TypedDict

from server.runs.graph_spec import AnyGraph, GraphSpec

TOKENS, SHOTS, SHOT_S, STEPS, LONG = 200, 20, 1.0, 10, 200
BIG = "x" * 1_000_000


class BenchState(TypedDict, total=False):
    brief: dict[str, Any]
    log: Annotated[list[str], operator.add]
    answer: Any
    big: list[str]


class Ticking(BaseChatModel):
    """A model that says the time of each token; `every_s` 0 is as fast as it goes."""

    every_s: float = 0.0

    @property
    def _llm_type(self) -> str:
        return "ticking"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage("never asked so"))])

    async def _astream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> Any:
        for number in range(TOKENS):
            if self.every_s:
                await asyncio.sleep(self.every_s)
            last = {"chunk_position": "last"} if number == TOKENS - 1 else {}
            text = f"{time.time():.6f} "
            yield ChatGenerationChunk(message=AIMessageChunk(content=text, **last))


async def first_step(state: BenchState) -> dict[str, Any]:
    return {"log": ["first"]}


async def second_step(state: BenchState) -> dict[str, Any]:
    return {"log": ["second"]}


async def third_step(state: BenchState) -> dict[str, Any]:
    return {"log": ["third"]}


async def review(state: BenchState) -> dict[str, Any]:
    return {"answer": interrupt({"ask": "good?"})}


def speaking(every_s: float) -> Any:
    model = Ticking(every_s=every_s)

    async def speak(state: BenchState) -> dict[str, Any]:
        said = await model.ainvoke("go")
        return {"log": [str(len(said.text.split()))]}

    return speak


async def shoot(shot: dict[str, Any]) -> dict[str, Any]:
    await asyncio.sleep(SHOT_S)
    return {"log": [str(shot["number"])]}


async def grow(state: BenchState) -> dict[str, Any]:
    return {"big": [BIG[: -len(state.get("log", [])) or None]], "log": ["step"]}


def line(*nodes: tuple[str, Any]) -> AnyGraph:
    builder = StateGraph(BenchState)
    before = START
    for name, node in nodes:
        builder.add_node(name, node)
        builder.add_edge(before, name)
        before = name
    return builder.compile()


def fan_out() -> AnyGraph:
    builder = StateGraph(BenchState)
    builder.add_node("first_step", first_step)
    builder.add_node("shoot", shoot)
    builder.add_edge(START, "first_step")
    builder.add_conditional_edges(
        "first_step", lambda _: [Send("shoot", {"number": number}) for number in range(SHOTS)], ["shoot"]
    )
    return builder.compile()


def loop(node: Any, steps: int) -> AnyGraph:
    builder = StateGraph(BenchState)
    builder.add_node("step", node)
    builder.add_edge(START, "step")
    builder.add_conditional_edges("step", lambda state: "step" if len(state["log"]) < steps else "__end__")
    return builder.compile()


def bench_graphs() -> dict[str, GraphSpec]:
    graphs = {
        "three": line(("first_step", first_step), ("second_step", second_step), ("third_step", third_step)),
        "pause": line(("first_step", first_step), ("review", review), ("third_step", third_step)),
        "tokens": line(("speak", speaking(0.0))),
        "ticks": line(("speak", speaking(0.01))),
        "fan_out": fan_out(),
        "big": loop(grow, STEPS),
        "long": loop(first_step, LONG),
    }
    return {
        name: GraphSpec(graph=graph, max_concurrency=SHOTS, summary_of=lambda values: {})
        for name, graph in graphs.items()
    }
