"""A shooting day: a graph as the film's, with parallel orders and gates, and pictures that cost nothing.

Budget gate, three shots ordered beside each other, three collected beside each other, a gate for each of
them, open at the same time, and a wrap. It goes by the novela's name, so that every door takes it.
"""

import asyncio
import operator
import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, TypedDict

from langgraph.config import get_config, get_stream_writer
from langgraph.graph import START, StateGraph
from langgraph.types import Send, interrupt
from pydantic import BaseModel

from server.runs.graph_spec import GraphSpec
from state.events import MediaStored, MessageSent
from state.messages import AgentMessage, MessageContent, MessageMetadata
from state.order import EngineRequest, Ticket
from tests.builders import an_image_request, an_order
from tests.integration.machines.buying_worker import FolderEngine
from tests.media_files import solid
from tools.engines.base import Fetched
from tools.engines.files import NO_FILES, Files
from tools.registry import toolbox

GRAPH = "novela"
BRIEF = {"title": "The Key", "description": "Ines finds a key."}
SHOTS = ("1A", "1B", "1C")
GATES = ("approve_budget", *(f"review_{shot}" for shot in SHOTS))
ORDERS = len(SHOTS)
STEPS = 5 + 3 * len(SHOTS)
"""Tasks of a day: each shot is ordered, collected and reviewed."""


class Reply(BaseModel, extra="forbid"):
    """An answer says which question it answers: the state then shows whether it reached that one."""

    gate: str


class Day(TypedDict, total=False):
    brief: dict[str, Any]
    known_plan: Any
    tickets: Annotated[dict[str, Any], operator.or_]
    bought: Annotated[list[str], operator.add]
    answers: Annotated[dict[str, str], operator.or_]
    wrapped: bool


class Lab(FolderEngine):
    """The provider of the machines' tests, with another picture for each order; answers in ANSWERS_IN_S."""

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        job = await super().submit(request, call_key=call_key, files=files)
        await asyncio.sleep(float(os.environ.get("ANSWERS_IN_S", "0")))  # it has the job, and nobody knows
        return job

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        copy = into / "picture.png"
        copy.write_bytes(solid(sha256(external_id.encode()).digest()[:3], (16, 9)))
        return Fetched(path=copy)


def production_id() -> str:
    return str(get_config()["configurable"]["thread_id"])


async def plan(state: Day) -> dict[str, Any]:
    now, about = datetime(2026, 1, 1, tzinfo=UTC), f"{production_id()}:plan"
    message = AgentMessage(
        id=about, from_agent="script_writer", message_type="broadcast", conversation_id=about, timestamp=now,
        content=MessageContent(action="planned", metadata=MessageMetadata(timestamp=now)),
    )  # fmt: skip
    get_stream_writer()(MessageSent(message=message).as_custom())
    return {}


def ask(gate: str) -> dict[str, Any]:
    """A gate and nothing else."""
    reply = interrupt({"gate": gate}, response_schema=Reply)
    return {"answers": {gate: reply.gate}}


async def approve_budget(state: Day) -> dict[str, Any]:
    return ask("approve_budget")


async def submit_shot(given: dict[str, Any]) -> dict[str, Any]:
    shot = given["shot"]
    request = an_image_request(prompt=f"{production_id()} {shot}")
    ticket = await (await toolbox()).orders.submit(an_order(production_id(), item=shot, request=request))
    return {"tickets": {shot: ticket.model_dump(mode="json")}}


async def dailies(state: Day) -> dict[str, Any]:
    return {}


async def collect_shot(given: dict[str, Any]) -> dict[str, Any]:
    delivery = await (await toolbox()).orders.collect(Ticket.model_validate(given["ticket"]))
    get_stream_writer()(MediaStored(media=delivery.media, call_key=delivery.call_key).as_custom())
    return {"bought": [delivery.media.key]}


async def screening(state: Day) -> dict[str, Any]:
    return {}


async def review_shot(given: dict[str, Any]) -> dict[str, Any]:
    return ask(f"review_{given['shot']}")


async def wrap(state: Day) -> dict[str, Any]:
    return {"wrapped": True}


def to_submit(state: Day) -> list[Send]:
    return [Send("submit_shot", {"shot": shot}) for shot in SHOTS]


def to_collect(state: Day) -> list[Send]:
    return [Send("collect_shot", {"ticket": state["tickets"][shot]}) for shot in SHOTS]


def to_review(state: Day) -> list[Send]:
    return [Send("review_shot", {"shot": shot}) for shot in SHOTS]


def day_graphs() -> dict[str, GraphSpec]:
    builder = StateGraph(Day)
    nodes = (plan, approve_budget, submit_shot, dailies, collect_shot, screening, review_shot, wrap)
    for node in nodes:
        builder.add_node(node.__name__, node)  # type: ignore[type-var]  # what a Send carries is no state
    builder.add_edge(START, "plan")
    for before, after in (
        ("plan", "approve_budget"), ("submit_shot", "dailies"), ("collect_shot", "screening"),
        ("review_shot", "wrap"),
    ):  # fmt: skip
        builder.add_edge(before, after)
    builder.add_conditional_edges("approve_budget", to_submit, ["submit_shot"])
    builder.add_conditional_edges("dailies", to_collect, ["collect_shot"])
    builder.add_conditional_edges("screening", to_review, ["review_shot"])
    return {GRAPH: GraphSpec(graph=builder.compile())}
