"""The run engine against the bare library, on the same Postgres, in one run.

The floor is langgraph with its own AsyncPostgresSaver: no acceptance, no lease, no queue, no
event log. Ours does all of that for the same three-node graph. Statements are counted on the
wire, so everything that reaches the server counts.

    python -m benchmarks.run_engine            # prints a table, exits 1 when a target is missed
"""

import asyncio
import operator
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")

import psycopg
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import START, StateGraph
from langgraph.types import Command, interrupt
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from typing_extensions import TypedDict

from benchmarks.counting_proxy import CountingProxy
from server.runs.accept import Runs
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from server.runs.saver import strict_serializer
from server.runs.worker import Worker
from tools.db.embedded import ensure_embedded, stop_embedded
from tools.db.migrate import migrate
from tools.db.pool import Database

RUNS_AT_ONE, RUNS_AT_EIGHT, ROUNDS = 20, 160, 5
TARGETS = {"8 clients": 0.5, "resume": 2.5, "statements": 32}


class EpisodeState(TypedDict, total=False):
    brief: dict[str, Any]
    log: Annotated[list[str], operator.add]
    answer: dict[str, Any]


async def first_step(state: EpisodeState) -> dict[str, Any]:
    return {"log": ["first"]}


async def second_step(state: EpisodeState) -> dict[str, Any]:
    return {"log": ["second"]}


async def third_step(state: EpisodeState) -> dict[str, Any]:
    return {"log": ["third"]}


async def review(state: EpisodeState) -> dict[str, Any]:
    return {"answer": interrupt({"ask": "good?"})}


def line(*nodes: Any) -> Any:
    builder = StateGraph(EpisodeState)
    before = START
    for node in nodes:
        builder.add_node(node.__name__, node)
        builder.add_edge(before, node.__name__)
        before = node.__name__
    return builder.compile()


THREE, GATED = line(first_step, second_step, third_step), line(first_step, review, third_step)
BRIEF = {"title": "A bench", "description": "Two people wait for a tram that never comes."}


@asynccontextmanager
async def saver_on(url: str) -> AsyncIterator[AsyncPostgresSaver]:
    async with await AsyncConnection.connect(
        url, autocommit=True, prepare_threshold=0, row_factory=dict_row
    ) as connection:
        yield AsyncPostgresSaver(connection, serde=strict_serializer())


class Floor:
    """The library alone, one saver per client."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def client(self, count: int) -> None:
        async with saver_on(self.url) as saver:
            graph = THREE.copy({"checkpointer": saver})
            for _ in range(count):
                await graph.ainvoke({"brief": BRIEF}, _thread(), durability="sync")

    async def resume_ms(self) -> float:
        async with saver_on(self.url) as saver:
            graph, config = GATED.copy({"checkpointer": saver}), _thread()
            paused = await graph.ainvoke({"brief": BRIEF}, config, durability="sync")
            began = time.perf_counter()
            answer = Command(resume={paused["__interrupt__"][0].id: {"light": "GREEN"}})
            await graph.ainvoke(answer, config, durability="sync")
            return (time.perf_counter() - began) * 1000

    async def first_event_ms(self) -> float:
        async with saver_on(self.url) as saver:
            graph = THREE.copy({"checkpointer": saver})
            began = time.perf_counter()
            async for _ in graph.astream({"brief": BRIEF}, _thread(), durability="sync"):
                return (time.perf_counter() - began) * 1000
        return 0.0


class Engine:
    """The front door, the log and one worker in this process, as `greenlight serve` has them."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __aenter__(self) -> "Engine":
        graphs = {"three": GraphSpec(graph=THREE), "gated": GraphSpec(graph=GATED)}
        self.database = await Database.open(self.url, max_size=16, name="bench")
        self.events = EventLog(self.database)
        self.runs = Runs(self.database, graphs)
        self.worker = Worker(self.database, graphs, self.events, slots=8)
        await self.worker.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.worker.stop()
        await self.events.close()
        await self.database.close()

    async def start(self, graph: str) -> str:
        run = await self.runs.start(user_id="local", graph=graph, title="bench", brief=BRIEF, context={})
        return run.production_id

    async def to_its_end(self, production_id: str, *, after: int = 0) -> None:
        async for _ in self.events.follow(production_id, after=after, until_end=True):
            pass

    async def client(self, count: int) -> None:
        for _ in range(count):
            await self.to_its_end(await self.start("three"))

    async def resume_ms(self) -> float:
        production_id = await self.start("gated")
        seen = 0
        async for event in self.events.follow(production_id):
            seen = event.seq
            if event.method == "lifecycle" and event.payload["event"] == "interrupted":
                break
        began = time.perf_counter()
        await self.runs.answer(
            user_id="local", production_id=production_id, interrupt_id=None, reply={"light": "GREEN"}
        )
        await self.to_its_end(production_id, after=seen)
        return (time.perf_counter() - began) * 1000

    async def first_event_ms(self) -> float:
        began = time.perf_counter()
        production_id = await self.start("three")
        first = 0.0
        async for _ in self.events.follow(production_id, until_end=True):
            first = first or (time.perf_counter() - began) * 1000
        return first


def _thread() -> Any:
    return {"configurable": {"thread_id": str(uuid.uuid4())}}


async def rate(client: Callable[[int], Awaitable[None]], *, clients: int, count: int) -> float:
    began = time.perf_counter()
    await asyncio.gather(*(client(count // clients) for _ in range(clients)))
    return count / (time.perf_counter() - began)


async def medians_ms(
    floor: Callable[[], Awaitable[float]], engine: Callable[[], Awaitable[float]], times: int = 40
) -> tuple[float, float]:
    """Both in turns, so that a busy machine is unfair to both."""
    pairs = [(await floor(), await engine()) for _ in range(times)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


async def statements(url: str, side: str) -> tuple[float, list[str]]:
    """Statements per run of one client, from the acceptance to the last event."""
    async with CountingProxy(url) as proxy:
        if side == "floor":
            return await _counted(proxy, Floor(proxy.url).client)
        async with Engine(proxy.url) as engine:
            return await _counted(proxy, engine.client)


async def _counted(proxy: CountingProxy, client: Callable[[int], Awaitable[None]]) -> tuple[float, list[str]]:
    await client(3)  # connections and prepared statements
    before = len(proxy.statements)
    await client(10)
    seen = proxy.statements[before:]
    return len(seen) / 10, seen


async def measure(url: str) -> dict[str, tuple[float, float]]:
    floor = Floor(url)
    async with Engine(url) as engine:
        for side in (floor, engine):
            await side.client(5)
        pairs: dict[str, list[tuple[float, float]]] = {"1 client": [], "8 clients": []}
        for _ in range(ROUNDS):  # in turns, so that a busy machine is unfair to both
            for name, clients, count in (("1 client", 1, RUNS_AT_ONE), ("8 clients", 8, RUNS_AT_EIGHT)):
                pairs[name].append(
                    (
                        await rate(floor.client, clients=clients, count=count),
                        await rate(engine.client, clients=clients, count=count),
                    )
                )
        figures = {name: (max(a for a, _ in p), max(b for _, b in p)) for name, p in pairs.items()}
        figures["first event"] = await medians_ms(floor.first_event_ms, engine.first_event_ms)
        figures["resume"] = await medians_ms(floor.resume_ms, engine.resume_ms)
    (bare, _), (ours, seen) = await statements(url, "floor"), await statements(url, "engine")
    figures["statements"] = (bare, ours)
    if "--statements" in sys.argv:
        print("\n".join(" ".join(text.split())[:100] for text in seen[-int(ours) :]))
    return figures


def report(figures: dict[str, tuple[float, float]]) -> bool:
    units = {
        "1 client": "runs/s",
        "8 clients": "runs/s",
        "first event": "ms",
        "resume": "ms",
        "statements": "/run",
    }
    print(f"{'':14}{'library':>10}{'engine':>10}{'ratio':>8}  target")
    good = True
    for name, (floor, ours) in figures.items():
        ratio, target, verdict = ours / floor, TARGETS.get(name), ""
        if target is not None:
            value = ours if name == "statements" else ratio
            met = value >= target if name == "8 clients" else value <= target
            verdict = f"{'>=' if name == '8 clients' else '<='} {target} {'met' if met else 'MISSED'}"
            good = good and met
        print(f"{name:14}{floor:10.1f}{ours:10.1f}{ratio:8.2f}  {verdict:14} {units[name]}")
    return good


T = TypeVar("T")


async def on_embedded(work: Callable[[str], Awaitable[T]]) -> T:
    """Our own embedded server with its normal durability, unless a URL is given."""
    if url := os.environ.get("GREENLIGHT_DATABASE_URL"):
        return await work(url)
    folder = Path(tempfile.mkdtemp(prefix="greenlight-bench-"))
    folder.chmod(0o755)  # noqa: ASYNC240 - before anything runs
    try:
        return await work(await ensure_embedded(folder))
    finally:
        await stop_embedded(folder)


async def in_fresh_database(server: str, work: Callable[[str], Awaitable[T]]) -> T:
    """Work on a migrated database that goes afterwards."""
    name = f"bench_{uuid.uuid4().hex[:8]}"
    async with await AsyncConnection.connect(server, autocommit=True) as admin:
        await admin.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))
        url = psycopg.conninfo.make_conninfo(server, dbname=name)
        await migrate(url)
        result = await work(url)
        await admin.execute(
            psycopg.sql.SQL("drop database {} with (force)").format(psycopg.sql.Identifier(name))
        )
    return result


def main() -> int:
    figures = asyncio.run(on_embedded(lambda server: in_fresh_database(server, measure)))
    return 0 if report(figures) else 1


if __name__ == "__main__":
    sys.exit(main())
