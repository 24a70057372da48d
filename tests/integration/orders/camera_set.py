"""A scene in front of the camera, whose jobs end when a test says: real orders, ledger and steps."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, cast

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graphs.channels import channels_of
from graphs.shooting import after_collect_takes, after_submit_takes
from nodes.camera.collect_takes import collect_takes
from nodes.camera.fix_takes import MISHAP_LIMIT
from nodes.camera.submit_takes import submit_takes
from state.context import RunContext
from state.errors import ProviderError
from state.film import ProductionFormat, ShootingState
from state.order import EngineRequest, FailureKind
from state.script import Character, Line, Scene, Script, Shot, Slate
from tests.builders import a_staging
from tests.fakes import FakeEngine, FakeProvider
from tests.integration.orders.shop import Shop, working
from tools.clock import SystemClock
from tools.engines.base import Fetched, JobStatus
from tools.engines.files import NO_FILES, Files
from tools.orders.homeward import Homeward, current_homeward, homeward
from tools.orders.lease import Lease
from tools.orders.place import Orders
from tools.registry import Toolbox, use_toolbox
from tools.settings import Settings

MODEL = "wan-2.5-t2v-fast"
SHOTS = "ABCDEFGHIJ"


class Camera(FakeEngine):
    """Jobs end at once, but those that are held; the diary tells what happened, in its order."""

    def __init__(self, provider: str = "replicate") -> None:
        super().__init__(FakeProvider(name=provider))
        self.diary: list[str] = []
        self.held: dict[str, asyncio.Event] = {}
        self.held_fetches: dict[str, asyncio.Event] = {}
        self.refused: dict[str, FailureKind] = {}
        self.broken: dict[str, Exception] = {}
        """What whoever waits for it stumbles over."""
        self.spoilt: set[str] = set()
        """Whose first file is empty."""
        self.when: dict[str, Callable[[], object]] = {}
        """What is done as soon as this stands in the diary."""
        self.at_work, self.peak = set[str](), 0
        self.house: Homeward | None = None

    def note(self, what: str) -> None:
        self.diary.append(what)
        if what in self.when:
            self.when[what]()

    def hold(self, item: str) -> asyncio.Event:
        return self.held.setdefault(item, asyncio.Event())

    def waits(self, item: str) -> bool:
        """Whether it is on its way and needs a place for another job."""
        keys = [job.call_key for job in self.server.jobs.values() if f":{item}:" in job.call_key]
        return self.house is not None and self.house.wants_a_place(keys)

    def of(self, what: str, *, before: str = "") -> list[str]:
        """The items of this that stand in the diary, or stand there before something else."""
        until = self.diary.index(before) if before else len(self.diary)
        return [line.split()[1] for line in self.diary[:until] if line.startswith(f"{what} ")]

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        self.house, item = current_homeward.get(), call_key.split(":")[2]
        if item in self.refused:
            raise ProviderError("not so", kind=self.refused[item], provider=self.provider, model=MODEL)
        external_id = await super().submit(request, call_key=call_key, files=files)
        self.at_work.add(external_id)
        self.peak = max(self.peak, len(self.at_work))
        self.note(f"submit {item}")
        return external_id

    async def wait(self, external_id: str) -> JobStatus:
        if (error := self.broken.get(self._item(external_id))) is not None:
            raise error
        if (held := self.held.get(self._item(external_id))) is not None:
            await held.wait()
        self.at_work.discard(external_id)
        return await super().wait(external_id)

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        item = self._item(external_id)
        if (held := self.held_fetches.get(item)) is not None:
            await held.wait()
        if item in self.spoilt:
            self.spoilt.discard(item)
            self.outputs.append(b"")
        self.note(f"fetch {item}")
        return await super().fetch(external_id, into)

    def _item(self, external_id: str) -> str:
        return self.server.jobs[external_id].call_key.split(":")[2]


class Set:
    """One production's scene of ten shots."""

    provider = "replicate"

    def __init__(self, shop: Shop, lease: Lease, folder: Path) -> None:
        self.shop, self.lease, self.camera = shop, lease, Camera(self.provider)
        self.folder = folder
        self.saver = InMemorySaver()

    def orders(self) -> Orders:
        engines = {self.provider: self.camera}
        return Orders(self.shop.database, self.shop.store, engines, clock=SystemClock())

    async def shoot(self, *, slides: bool = True, at_once: int = 3, resumes: bool = False) -> dict[str, Any]:
        """Drive the scene as a worker does; without `slides` as where nobody drives. The state at its end."""
        orders = self.orders()
        use_toolbox(self._toolbox(orders))
        try:
            with working(self.lease):
                async with homeward() if slides else nullcontext():
                    told = None if resumes else self.scene().model_dump(mode="json")
                    return dict(await self._graph().ainvoke(told, self._config(), context=_context(at_once)))
        finally:
            use_toolbox(None)
            await orders.close()

    def scene(self) -> ShootingState:
        """What it begins with."""
        return a_scene()

    def _config(self) -> Any:
        return {"configurable": {"thread_id": self.lease.production_id}, "recursion_limit": 60}

    def _toolbox(self, orders: Orders) -> Toolbox:
        nothing = cast(Any, None)
        return Toolbox(
            settings=Settings(data_dir=self.folder), database=self.shop.database, media=self.shop.store,
            engines={self.provider: self.camera}, orders=orders, models=nothing, provider_keys=nothing,
            clock=SystemClock(),
        )  # fmt: skip

    def _graph(self) -> CompiledStateGraph[Any, Any, Any, Any]:
        """The steps around the takes, and the ways between them, as in `graphs/shooting.py`."""
        ends = {"show_dailies": "__end__", "__end__": "__end__"}
        graph = StateGraph(ShootingState, context_schema=RunContext, input_schema=channels_of(ShootingState))
        graph.add_node(submit_takes)
        graph.add_node(collect_takes)
        graph.add_edge(START, "submit_takes")
        graph.add_conditional_edges(
            "submit_takes", after_submit_takes, {"collect_takes": "collect_takes", **ends}
        )
        graph.add_conditional_edges(
            "collect_takes", after_collect_takes, {"submit_takes": "submit_takes", **ends}
        )
        return graph.compile(checkpointer=self.saver)


def _context(at_once: int) -> RunContext:
    return RunContext(user_id="local", max_parallel_takes=at_once, substitution="never", use_cache=False)


def a_scene(lines: Sequence[Line] = (), cast: Sequence[Character] = (), **look: str) -> ShootingState:
    """Ten shots, each with these lines."""
    shots = [
        Shot(
            slate=Slate(scene=1, shot=letter), description="d", prompt="p", staging=a_staging(),
            lines=list(lines), duration_s=5,
        )
        for letter in SHOTS
    ]  # fmt: skip
    scene = Scene(number=1, title="t", summary="s", place="p", model_id=MODEL, shots=shots)
    script = Script(title="t", logline="l", language="en", cast=list(cast), scenes=[scene])
    # Whatever fails is for a person: no agent is asked here.
    mishaps = {f"1{letter}": MISHAP_LIMIT for letter in SHOTS}
    kept = ProductionFormat(width=160, height=90).model_copy(update=look)
    return ShootingState(script=script, format=kept, mishaps=mishaps)
