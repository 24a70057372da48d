"""`greenlight work` with a graph that only orders: offline, or from a folder that all machines reach.

That provider bills a line of `posts.log` for each request, whoever sends it. With HOLDS its jobs are
under way until there is a file `go`: what a worker in the middle of a step waits for. It refuses 3A while
there is a file `no-credit-for-3A`.
"""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from langgraph.config import get_config
from langgraph.graph import END, START, StateGraph

import server.composition
from server.cli.main import main
from server.runs.graph_spec import GraphSpec
from state.errors import ProviderMisconfigured
from state.order import EngineRequest, FailureKind, Medium, Ticket
from tests.builders import an_image_request, an_order
from tests.media_files import picture
from tools.engines.base import Fetched, JobStatus, Reconcile
from tools.engines.files import NO_FILES, Files
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.registry import Toolbox, open_toolbox, toolbox
from tools.settings import Settings

POSTS = "posts.log"


class FolderEngine:
    """A provider that outlives every process and every link between machines."""

    provider = "fake"
    media: frozenset[Medium] = frozenset({"image"})
    reconcile: Reconcile = "findable"

    def __init__(self, folder: Path, *, holds: bool) -> None:
        self.folder = folder
        self.holds = holds

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        if (self.folder / f"no-credit-for-{call_key.split(':')[2]}").exists():
            raise ProviderMisconfigured("the account is empty", provider="fake", kind="no_credit")
        with (self.folder / POSTS).open("a") as posts:
            posts.write(f"{call_key}\n")
        job = call_key.replace(":", "_")
        (self.folder / f"{job}.json").write_text(request.model_dump_json())
        return job

    async def status(self, external_id: str) -> JobStatus:
        return JobStatus(state="succeeded", progress=1.0)

    async def wait(self, external_id: str) -> JobStatus:
        while self.holds and not await asyncio.to_thread((self.folder / "go").exists):
            await asyncio.sleep(0.02)  # another process makes the file
        await asyncio.sleep(float(os.environ.get("SHOT_S", "0")))  # a provider takes its time
        return await self.status(external_id)

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        copy = into / "picture.png"
        copy.write_bytes(picture(size=(32, 18)))
        return Fetched(path=copy)

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        job = call_key.replace(":", "_")
        return [job] if (self.folder / f"{job}.json").exists() else []

    async def cancel(self, external_id: str) -> None:
        """Nothing to stop."""

    def classify(self, error: BaseException) -> FailureKind:
        return "internal"


class Shopping(TypedDict, total=False):
    shots: int
    provider: str
    bought: int
    ticket: dict[str, Any]


async def submit_shot(state: Shopping) -> dict[str, Any]:
    production_id = get_config()["configurable"]["thread_id"]
    item = f"{state.get('bought', 0) + 1}A"
    provider = state.get("provider", "fake")
    request = an_image_request(prompt=f"{production_id} {item}", provider=provider)
    order = an_order(production_id, item=item, request=request)
    ticket = await (await toolbox()).orders.submit(order)
    return {"ticket": ticket.model_dump(mode="json")}


async def collect_shot(state: Shopping) -> dict[str, Any]:
    await (await toolbox()).orders.collect(Ticket.model_validate(state["ticket"]))
    return {"bought": state.get("bought", 0) + 1}


def after_collect_shot(state: Shopping) -> str:
    return "submit_shot" if state["bought"] < state["shots"] else END


def shopping_graphs() -> Mapping[str, GraphSpec]:
    builder = StateGraph(Shopping)
    builder.add_node(submit_shot)
    builder.add_node(collect_shot)
    builder.add_edge(START, "submit_shot")
    builder.add_edge("submit_shot", "collect_shot")
    builder.add_conditional_edges("collect_shot", after_collect_shot, ["submit_shot", END])
    return {"shopping": GraphSpec(graph=builder.compile(), input_of=lambda brief: brief)}


async def open_at_the_folder(settings: Settings) -> Toolbox:
    tools = await open_toolbox(settings)
    engine = FolderEngine(Path(os.environ["BOOKS"]), holds="HOLDS" in os.environ)
    submit_s = float(os.environ.get("SUBMIT_S", "0.5"))
    options = OrderOptions(submit_timeout_s=submit_s, settle_s=0.1, lease_ttl_s=settings.lease_ttl_s)
    await tools.orders.close()
    engines = {**tools.engines, "fake": engine}
    return replace(tools, orders=Orders(tools.database, tools.media, engines, options=options))


def work() -> None:
    """Be `greenlight work` with this provider and this graph."""
    server.composition.open_toolbox = open_at_the_folder
    server.composition.graph_specs = shopping_graphs
    main()


if __name__ == "__main__":
    work()
