"""`greenlight serve` or `work` whose novelas are shot in parallel, at a provider that takes its time.

The provider is that of the machines' tests: a folder that bills a line for each request. Here a job takes a
while that its prompt and the seed decide. On VITALS_PORT the process says what only it can know of itself.
"""

import asyncio
import gc
import hashlib
import json
import operator
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypedDict

from langgraph.config import get_config, get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.types import Send, interrupt

import server.composition
from server.cli.main import main
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from state.context import RunContext
from state.errors import FfmpegFailed
from state.order import Ticket
from state.review import ReviewReply
from tests.builders import an_image_request, an_order
from tests.integration.api.making import mastered
from tests.integration.machines.buying_worker import FolderEngine
from tools.engines.base import JobStatus
from tools.orders.lease import Lease
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.registry import Toolbox, open_toolbox, toolbox
from tools.settings import Settings

REFUSED = "Refused"
"""The title of a production that fails after its gate."""
STAGES = ("storyboard", "take")


class PatientEngine(FolderEngine):
    """Each job takes between `fastest` and `slowest` seconds, the same ones with the same seed."""

    def __init__(self, folder: Path, *, seed: int, fastest: float, slowest: float) -> None:
        super().__init__(folder, holds=False)
        self.seed, self.fastest, self.slowest = seed, fastest, slowest

    async def wait(self, external_id: str) -> JobStatus:
        job = self.folder / f"{external_id}.json"
        asked = json.loads(job.read_text())
        ready = job.stat().st_mtime + self.takes_s(asked["prompt"])
        await asyncio.sleep(max(0.0, ready - time.time()))
        return await self.status(external_id)

    def takes_s(self, prompt: str) -> float:
        """How long the job of this prompt takes."""
        digest = hashlib.sha256(f"{self.seed} {prompt}".encode()).digest()
        return self.fastest + (self.slowest - self.fastest) * int.from_bytes(digest[:4]) / 2**32


class Film(TypedDict, total=False):
    brief: dict[str, Any]
    stage: str
    tickets: Annotated[list[dict[str, Any]], operator.add]
    bought: Annotated[list[str], operator.add]


def begin_stage(state: Film) -> Film:
    return {"stage": STAGES[bool(state.get("stage"))]}


def each_shot(state: Film) -> list[Send]:
    shots = range(1, state["brief"]["scenes_per_episode"] + 1)
    asked = {"title": state["brief"]["title"], "stage": state["stage"]}
    return [Send("submit_shot", {**asked, "item": f"{shot}A"}) for shot in shots]


async def submit_shot(asked: dict[str, str]) -> Film:
    request = an_image_request(prompt=" ".join(asked.values()))
    order = an_order(
        get_config()["configurable"]["thread_id"], stage=asked["stage"], item=asked["item"], request=request
    )
    ticket = await (await toolbox()).orders.submit(order)
    return {"tickets": [ticket.model_dump(mode="json")]}


async def collect_shots(state: Film) -> Film:
    """All that this stage ordered, as they come."""
    orders = (await toolbox()).orders
    tickets = [Ticket.model_validate(one) for one in state["tickets"]]
    mine = [one for one in tickets if f":{state['stage']}:" in one.call_key]
    await asyncio.gather(*(orders.collect(one) for one in mine))
    return {"bought": [one.call_key for one in mine]}


def review_storyboard(state: Film) -> Film:
    asked = {"gate": "review_storyboard", "round": 1, "title": "t", "question": "q"}
    interrupt({**asked, "items": [{"item": "1A", "title": "1A"}]}, response_schema=ReviewReply)
    return {}


def deliver(state: Film) -> Film:
    if state["brief"]["title"].startswith(REFUSED):
        raise FfmpegFailed("the words were refused")
    get_stream_writer()(mastered().as_custom())
    return {}


def film_graphs() -> Mapping[str, GraphSpec]:
    """Panels in parallel, a gate, takes in parallel, a master."""
    graph = StateGraph(Film, context_schema=RunContext)
    for node in (begin_stage, submit_shot, collect_shots, review_storyboard, deliver):
        graph.add_node(node)
    graph.add_edge(START, "begin_stage")
    graph.add_conditional_edges("begin_stage", each_shot, ["submit_shot"])
    graph.add_edge("submit_shot", "collect_shots")
    graph.add_conditional_edges(
        "collect_shots", lambda state: NEXT[state["stage"]], ["review_storyboard", "deliver"]
    )
    graph.add_edge("review_storyboard", "begin_stage")
    graph.add_edge("deliver", END)
    return {"novela": GraphSpec(graph=graph.compile())}


NEXT = dict(zip(STAGES, ("review_storyboard", "deliver"), strict=True))


async def open_with_the_provider(settings: Settings) -> Toolbox:
    tools = await open_toolbox(settings)
    fastest, slowest = (float(part) for part in os.environ["JOBS_TAKE_S"].split("-"))
    engine = PatientEngine(
        Path(os.environ["BOOKS"]), seed=int(os.environ["SEED"]), fastest=fastest, slowest=slowest
    )
    await tools.orders.close()
    engines = {**tools.engines, engine.provider: engine}
    options = OrderOptions.from_settings(settings)
    await asyncio.start_server(tell_vitals, "127.0.0.1", int(os.environ["VITALS_PORT"]))
    return replace(tools, orders=Orders(tools.database, tools.media, engines, options=options))


async def tell_vitals(asked: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
    """What a process alone knows: its tasks; and its objects, when somebody wants to wait for that."""
    vitals = {"tasks": len(asyncio.all_tasks())}
    if await asked.readline() == b"objects\n":
        gc.collect()
        vitals["objects"] = len(gc.get_objects())
    answer.write(json.dumps(vitals).encode())
    answer.close()


class HoardingLog(EventLog):
    """The control of the memory tests: it keeps every event that it has written."""

    kept: ClassVar[list[Any]] = []

    async def _write(self, query: str, lease: Lease, run_id: str, drafts: Any, *more: Any) -> int:
        self.kept.append([replace(one) for one in drafts])
        return await super()._write(query, lease, run_id, drafts, *more)


def run() -> None:
    """Be `greenlight` with this provider and these graphs."""
    if "HOARDS" in os.environ:
        server.composition.EventLog = HoardingLog  # type: ignore[misc]  # the control
    server.composition.open_toolbox = open_with_the_provider
    server.composition.graph_specs = film_graphs
    main()


if __name__ == "__main__":
    run()
