"""Graphs so small that a test can say what each node did, and how often."""

import asyncio
import operator
import os
import signal
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from langgraph.config import get_stream_writer
from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send, interrupt
from psycopg.errors import LockNotAvailable
from pydantic import BaseModel

from server.runs.graph_spec import AnyGraph, GraphSpec
from state import errors
from state.context import RunContext
from state.errors import FfmpegFailed, ReviewRefused, StoreUnreachable
from state.review import ReviewReply

GATES: dict[str, asyncio.Event] = {}
"""Events by the brief's `wait_for`, for tests in this process."""


class TinyState(BaseModel):
    brief: dict[str, Any] = {}
    log: Annotated[list[str], operator.add] = []
    answers: Annotated[dict[str, Any], operator.or_] = {}
    stage: str = ""


class Decision(BaseModel, extra="forbid"):
    decision: str
    note: str = ""


def tell(state: TinyState, word: str) -> None:
    """Write down, outside of the state, that a node ran."""
    if tally := state.brief.get("tally"):
        with Path(tally).open("a") as file:
            file.write(word + "\n")


def die_once(state: TinyState, at: str) -> None:
    """Kill this process the first time it comes here."""
    mark = state.brief.get("die_once", {}).get(at)
    if mark and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def exists(file: str) -> bool:
    return Path(file).exists()


async def write_plan(state: TinyState) -> dict[str, Any]:
    tell(state, "write_plan")
    get_stream_writer()({"name": "progress", "payload": {"part": 1}})
    return {"log": ["plan"], "stage": "planned"}


async def rest(state: TinyState) -> dict[str, Any]:
    """Changes nothing."""
    return {}


async def shoot_aloud(shot: dict[str, Any]) -> dict[str, Any]:
    """Says something that nobody can work out afterwards."""
    get_stream_writer()({"name": "progress", "payload": {"shot": shot["name"]}})
    return {"log": [shot["name"]]}


async def draw(state: TinyState) -> dict[str, Any]:
    tell(state, "draw")
    die_once(state, "draw")
    return {"log": ["draw"]}


async def finish(state: TinyState) -> dict[str, Any]:
    tell(state, "finish")
    return {"log": ["finish"], "stage": "done"}


async def review(state: TinyState) -> dict[str, Any]:
    tell(state, "review")
    decision = interrupt({"ask": "good?", "items": ["1A"]}, response_schema=Decision)
    return {"answers": {"review": decision.model_dump()}}


async def approve(state: TinyState) -> dict[str, Any]:
    reply = interrupt({"ask": "price?"}, response_schema=ReviewReply)
    return {"answers": {"approve": reply.model_dump(mode="json")}}


async def shoot(shot: dict[str, Any]) -> dict[str, Any]:
    state = TinyState(brief=shot["brief"])
    tell(state, f"shoot {shot['name']}")
    if shot["brief"].get("fail") == shot["name"]:
        raise RuntimeError("the secret of the inside")
    return {"log": [shot["name"]]}


async def ask_shot(shot: dict[str, Any]) -> dict[str, Any]:
    tell(TinyState(brief=shot["brief"]), f"ask {shot['name']}")
    decision = interrupt({"shot": shot["name"]}, response_schema=Decision)
    return {"answers": {shot["name"]: decision.decision}}


def to_shots(node: str) -> Any:
    def after_write_plan(state: TinyState) -> list[Send]:
        return [Send(node, {"name": name, "brief": state.brief}) for name in ("1A", "1B", "1C")]

    return after_write_plan


async def wait_long(state: TinyState) -> dict[str, Any]:
    tell(state, "wait_long")
    name = state.brief.get("wait_for", "")
    if name in GATES:
        await GATES[name].wait()
    while (file := state.brief.get("wait_file")) and not exists(file):  # another process makes the file
        await asyncio.sleep(0.02)
    return {"log": ["waited"]}


async def break_down(state: TinyState) -> dict[str, Any]:
    tell(state, "break_down")
    if not state.brief.get("mended") and not exists(state.brief.get("mended_file", "/nowhere")):
        raise FfmpegFailed(details={"model": "gen-9"})
    return {"log": ["mended"]}


async def buy(state: TinyState) -> dict[str, Any]:
    """There is no money, or another thing that somebody mends, until somebody has raised the ceiling."""
    tell(state, "buy")
    if not exists(state.brief.get("raised_file", "/nowhere")):
        lacks = getattr(errors, state.brief.get("lacks", "BudgetExceeded"))
        raise lacks(details={"needed_micros": 10_000})
    return {"log": ["bought"]}


async def store_away(state: TinyState) -> dict[str, Any]:
    """The media store does not answer the first time."""
    tell(state, "store_away")
    if not exists(mark := state.brief["answers_again"]):
        await asyncio.to_thread(Path(mark).touch)
        raise StoreUnreachable
    return {"log": ["stored"]}


TROUBLES: dict[str, type[Exception]] = {"store": StoreUnreachable, "lock": LockNotAvailable}


async def troubled(state: TinyState) -> dict[str, Any]:
    """The store, or a statement that is never taken, fails under it as often as the brief says."""
    tell(state, "troubled")
    told = await asyncio.to_thread(Path(state.brief["tally"]).read_text)
    if told.splitlines().count("troubled") <= state.brief["times"]:
        raise TROUBLES[state.brief["trouble"]]("it is not there")
    return {"log": ["went well"]}


async def grow(state: TinyState) -> dict[str, Any]:
    """Makes as much as the brief says, a hundred letters a piece."""
    wanted = state.brief["grow"]
    pieces = ["scene " + "x" * 100] * wanted.get("tell", 0)
    if pieces:
        get_stream_writer()({"name": "plan", "payload": {"scenes": pieces}})
    return {"log": ["shot " + "x" * 100] * wanted.get("log", 0)}


def grow_again(state: TinyState) -> str:
    rounds = len(state.log) // max(1, state.brief["grow"].get("log", 0))
    return "grow" if rounds <= state.brief["grow"].get("again", 0) else "finish"


async def die(state: TinyState) -> dict[str, Any]:
    tell(state, "die")
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def line(*nodes: Any) -> AnyGraph:
    builder = StateGraph(TinyState)
    before = START
    for node in nodes:
        name = getattr(node, "__name__", "inner")
        builder.add_node(name, node)
        builder.add_edge(before, name)
        before = name
    return builder.compile()


def fan_out(node: Any) -> AnyGraph:
    builder = StateGraph(TinyState)
    builder.add_node("write_plan", write_plan)
    builder.add_node(node.__name__, node)
    builder.add_node("finish", finish)
    builder.add_edge(START, "write_plan")
    builder.add_conditional_edges("write_plan", to_shots(node.__name__), [node.__name__])
    builder.add_edge(node.__name__, "finish")
    return builder.compile()


def aloud() -> AnyGraph:
    """Steps of all kinds: one that says something, one that changes nothing, three beside each other."""
    builder = StateGraph(TinyState)
    for node in (write_plan, rest, shoot_aloud, finish):
        builder.add_node(node.__name__, node)  # type: ignore[type-var]  # what a Send carries is no state
    builder.add_edge(START, "write_plan")
    builder.add_edge("write_plan", "rest")
    builder.add_conditional_edges("rest", to_shots("shoot_aloud"), ["shoot_aloud"])
    builder.add_edge("shoot_aloud", "finish")
    return builder.compile()


def only_known_items(value: Any, reply: dict[str, Any]) -> None:
    if reply["decision"] == "UNKNOWN":
        raise ReviewRefused("There is no such item.")


def graphs() -> dict[str, GraphSpec]:
    """A dict of one's own; the graphs in it were compiled once: whoever attaches a saver copies them."""
    return dict(_compiled())


@cache
def _compiled() -> dict[str, GraphSpec]:
    return {
        "line": GraphSpec(graph=line(write_plan, draw, finish)),
        "gate": GraphSpec(graph=line(write_plan, review, finish), validate_reply=only_known_items),
        "two_gates": GraphSpec(graph=line(review, approve, finish)),
        "inner_gate": GraphSpec(graph=line(write_plan, line(draw, review), finish)),
        "aloud": GraphSpec(graph=aloud()),
        "fan_out": GraphSpec(graph=fan_out(shoot)),
        "fan_out_gates": GraphSpec(graph=fan_out(ask_shot)),
        "waits": GraphSpec(graph=line(write_plan, wait_long, finish)),
        "breaks": GraphSpec(graph=line(write_plan, break_down, finish)),
        "unpaid": GraphSpec(graph=line(write_plan, buy, finish)),
        "store_away": GraphSpec(graph=line(write_plan, store_away, finish)),
        "troubled": GraphSpec(graph=line(write_plan, troubled, finish)),
        "grows": GraphSpec(graph=growing()),
        "dies": GraphSpec(graph=line(write_plan, die, finish)),
        "says_tier": GraphSpec(graph=says_tier()),
        "endless": GraphSpec(graph=endless(), recursion_limit=6),
    }


def says_tier() -> AnyGraph:
    """With the knobs of our graphs; its one node tells the tier that it runs in."""
    builder = StateGraph(TinyState, context_schema=RunContext)
    builder.add_node("say_tier", say_tier)
    builder.add_edge(START, "say_tier")
    return builder.compile()


async def say_tier(state: TinyState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    return {"stage": runtime.context.tier}


def growing() -> AnyGraph:
    builder = StateGraph(TinyState)
    for node in (write_plan, grow, finish):
        builder.add_node(node.__name__, node)
    builder.add_edge(START, "write_plan")
    builder.add_edge("write_plan", "grow")
    builder.add_conditional_edges("grow", grow_again, ["grow", "finish"])
    return builder.compile()


def endless() -> AnyGraph:
    builder = StateGraph(TinyState)
    builder.add_node("draw", draw)
    builder.add_edge(START, "draw")
    builder.add_edge("draw", "draw")
    return builder.compile()
