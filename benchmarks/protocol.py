"""Our server over HTTP against the bare library, on the same Postgres, in one run.

The floor is langgraph in this process with its own saver: no HTTP, no acceptance, no lease, no
event log. Ours is a server in a process of its own, asked as a stock client asks it. Both in
turns, medians, ratios: the machine may be busy.

    python -m benchmarks.protocol            # prints a table, exits 1 when a target is missed
"""

import asyncio
import os
import socket
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")

import httpx
import orjson
import psutil
from langgraph.types import Command

from benchmarks.counting_proxy import CountingProxy
from benchmarks.protocol_graphs import SHOT_S, SHOTS, bench_graphs
from benchmarks.run_engine import in_fresh_database, on_embedded, saver_on
from server.runs.graph_spec import AnyGraph

BRIEF = {"brief": {"title": "A bench", "description": "Two people wait for a tram that never comes."}}
ROUNDS, CLIENTS = 3, (1, 8, 32)
RUNS = {1: 15, 8: 120, 32: 192}
IDLE = 1000
HISTORY = 20


class Floor:
    """The library alone, one saver per client."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.graphs = {name: spec.graph for name, spec in bench_graphs().items()}

    @asynccontextmanager
    async def graph(self, name: str) -> AsyncIterator[AnyGraph]:
        async with saver_on(self.url) as saver:
            yield self.graphs[name].copy({"checkpointer": saver})

    async def runs(self, name: str, count: int) -> None:
        async with self.graph(name) as graph:
            for _ in range(count):
                await graph.ainvoke(BRIEF, _thread(), durability="sync")

    async def seconds(self, name: str) -> float:
        async with self.graph(name) as graph:
            began = time.perf_counter()
            modes = ["messages", "values"]
            async for _ in graph.astream(BRIEF, _thread(), stream_mode=modes, durability="sync"):
                pass
            return time.perf_counter() - began

    async def first_ms(self) -> float:
        async with self.graph("three") as graph:
            began = time.perf_counter()
            async for _ in graph.astream(BRIEF, _thread(), stream_mode="values", durability="sync"):
                return (time.perf_counter() - began) * 1000
        return 0.0

    async def resume_ms(self) -> float:
        async with self.graph("pause") as graph:
            config = _thread()
            paused = await graph.ainvoke(BRIEF, config, durability="sync")
            began = time.perf_counter()
            answer = Command(resume={paused["__interrupt__"][0].id: {"light": "GREEN"}})
            await graph.ainvoke(answer, config, durability="sync")
            return (time.perf_counter() - began) * 1000

    async def page_ms(self, config: Any) -> float:
        async with self.graph("long") as graph:
            began = time.perf_counter()
            async for _ in graph.aget_state_history(config, limit=HISTORY):
                pass
            return (time.perf_counter() - began) * 1000

    async def long_thread(self) -> Any:
        config: Any = {**_thread(), "recursion_limit": 500}
        async with self.graph("long") as graph:
            await graph.ainvoke(BRIEF, config, durability="sync")
        return config


class Served:
    """Our server, asked over HTTP."""

    def __init__(self, client: httpx.AsyncClient, process: psutil.Process) -> None:
        self.http = client
        self.process = process

    async def events(
        self, name: str, *, mode: str = "values", **body: Any
    ) -> AsyncIterator[tuple[str, bytes]]:
        thread = body.pop("thread", None) or str(uuid.uuid4())
        asked = {"assistant_id": name, "if_not_exists": "create", "stream_mode": mode, "input": BRIEF, **body}
        headers = {"idempotency-key": uuid.uuid4().hex}
        async with self.http.stream(
            "POST", f"/threads/{thread}/runs/stream", json=asked, headers=headers
        ) as answer:
            answer.raise_for_status()
            event = ""
            async for text in answer.aiter_lines():
                if text.startswith("event: "):
                    event = text[7:]
                elif text.startswith("data: "):
                    yield event, text[6:].encode()
                    if event == "end":
                        return

    async def runs(self, name: str, count: int) -> None:
        for _ in range(count):
            async for _ in self.events(name):
                pass

    async def seconds(self, name: str) -> float:
        began = time.perf_counter()
        async for _ in self.events(name, mode="messages-tuple" if name == "tokens" else "values"):
            pass
        return time.perf_counter() - began

    async def first_ms(self) -> float:
        began, first = time.perf_counter(), 0.0
        async for event, _ in self.events("three"):
            if event == "values":
                first = first or (time.perf_counter() - began) * 1000
        return first

    async def lags_ms(self) -> list[float]:
        """How old each token is when it is here; the first of a batch counts, it waited longest."""
        lags: list[float] = []
        async for event, data in self.events("ticks", mode="messages-tuple"):
            if event == "messages":
                words = orjson.loads(data)[0]["content"].split()
                lags += [(time.time() - float(word)) * 1000 for word in words]
        return lags

    async def resume_ms(self) -> float:
        thread, asked = str(uuid.uuid4()), ""
        async for event, data in self.events("pause", thread=thread):
            if event == "values" and b"__interrupt__" in data:
                asked = orjson.loads(data)["__interrupt__"][0]["id"]
        began = time.perf_counter()
        answer = {"input": None, "command": {"resume": {asked: {"light": "GREEN"}}}}
        async for _ in self.events("pause", thread=thread, **answer):
            pass
        return (time.perf_counter() - began) * 1000

    async def long_thread(self) -> str:
        thread = str(uuid.uuid4())
        async for _ in self.events("long", thread=thread):
            pass
        return thread

    async def page_ms(self, thread: str) -> float:
        began = time.perf_counter()
        page = await self.http.post(f"/threads/{thread}/history", json={"limit": HISTORY})
        assert len(page.raise_for_status().json()) == HISTORY
        return (time.perf_counter() - began) * 1000

    async def idle(self) -> tuple[float, float]:
        """KiB of memory per idle v2 stream, and the part of a core that all of them take."""
        thread = str(uuid.uuid4())
        async for _ in self.events("pause", thread=thread):
            pass
        before = self.process.memory_info().rss
        async with asyncio.TaskGroup() as group:
            open_now = [asyncio.Event() for _ in range(IDLE)]
            tasks = [group.create_task(self._listen(thread, one)) for one in open_now]
            for one in open_now:
                await one.wait()
            grown = self.process.memory_info().rss - before
            began, busy = time.perf_counter(), sum(self.process.cpu_times()[:2])
            await asyncio.sleep(15)
            used = sum(self.process.cpu_times()[:2]) - busy
            share = used / (time.perf_counter() - began)
            for task in tasks:
                task.cancel()
        return grown / 1024 / IDLE, share

    async def _listen(self, thread: str, heard: asyncio.Event) -> None:
        body = {"channels": ["lifecycle", "input"]}
        async with self.http.stream("POST", f"/threads/{thread}/stream/events", json=body) as answer:
            async for _ in answer.aiter_raw():
                heard.set()


def _thread() -> Any:
    return {"configurable": {"thread_id": str(uuid.uuid4())}}


@asynccontextmanager
async def our_server(
    url: str, module: str = "benchmarks.protocol_server", **environment: str
) -> AsyncIterator[Served]:
    """The server as its own process, stopped in order."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="greenlight-bench-data-")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, str(port), folder,
        env={**os.environ, "GREENLIGHT_DATABASE_URL": url, **environment}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    await process.stdout.readline()
    try:
        limits = httpx.Limits(max_connections=IDLE + 100, max_keepalive_connections=64)
        base = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=base, limits=limits, timeout=120, trust_env=False) as client:
            while True:  # the address is told just before it is listened on
                try:
                    (await client.get("/ok")).raise_for_status()
                    break
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
            yield Served(client, psutil.Process(process.pid))
    finally:
        process.terminate()
        await process.wait()


async def rate(client: Callable[[str, int], Awaitable[None]], clients: int) -> float:
    count, began = RUNS[clients], time.perf_counter()
    await asyncio.gather(*(client("three", count // clients) for _ in range(clients)))
    return count / (time.perf_counter() - began)


async def in_turns(
    floor: Callable[[], Awaitable[float]], ours: Callable[[], Awaitable[float]], times: int
) -> tuple[list[float], list[float]]:
    """Both in turns, so that a busy machine is unfair to both."""
    pairs = [(await floor(), await ours()) for _ in range(times)]
    return [a for a, _ in pairs], [b for _, b in pairs]


class Report:
    """Lines of a table, and whether every target was met."""

    def __init__(self) -> None:
        self.good = True
        print(f"{'':28}{'library':>10}{'ours':>10}{'ratio':>8}  target")

    def line(
        self, name: str, floor: float | None, ours: float, unit: str, *, target: float | None = None,
        of: str = "ratio", above: bool = False,
    ) -> None:  # fmt: skip
        ratio = ours / floor if floor else None
        value = ratio if of == "ratio" else ours
        verdict = ""
        if target is not None and value is not None:
            met = value >= target if above else value <= target
            verdict = f"{'>=' if above else '<='} {target:g} {'met' if met else 'MISSED'}"
            self.good = self.good and met
        shown = f"{floor:10.1f}" if floor is not None else f"{'':10}"
        print(f"{name:28}{shown}{ours:10.1f}{ratio or 0:8.2f}  {verdict:14} {unit}", flush=True)


async def measure(url: str) -> bool:
    report, floor = Report(), Floor(url)
    async with our_server(url) as ours:
        for side in (floor, ours):
            await side.runs("three", 5)
        for clients in CLIENTS:
            pairs = [(await rate(floor.runs, clients), await rate(ours.runs, clients)) for _ in range(ROUNDS)]
            best = max(a for a, _ in pairs), max(b for _, b in pairs)
            report.line(
                f"runs, {clients} clients", *best, "runs/s", target=0.5 if clients == 8 else None, above=True
            )
        await times(report, floor, ours)
        await waits(report, floor, ours)
        kib, share = await ours.idle()
        report.line(f"{IDLE} idle streams, each", None, kib, "KiB", target=30, of="value")
        report.line(f"{IDLE} idle streams, CPU", None, share * 100, "% of a core", target=5, of="value")
    await counted(report, url)
    return report.good


async def times(report: Report, floor: Floor, ours: Served) -> None:
    a, b = await in_turns(floor.first_ms, ours.first_ms, 40)
    for name, at in (("p50", 0.5), ("p95", 0.95)):
        report.line(f"first event {name}", _quantile(a, at), _quantile(b, at), "ms")
    a, b = await in_turns(floor.resume_ms, ours.resume_ms, 30)
    report.line("resume p50", _quantile(a, 0.5), _quantile(b, 0.5), "ms", target=2.5)
    tokens = await in_turns(lambda: floor.seconds("tokens"), lambda: ours.seconds("tokens"), 15)
    report.line("200 tokens, full speed", *(statistics.median(x) * 1000 for x in tokens), "ms", target=1.6)
    lags = await ours.lags_ms() + await ours.lags_ms()
    report.line("token lag p50", None, _quantile(lags, 0.5), "ms")
    report.line("token lag p95", None, _quantile(lags, 0.95), "ms")


async def waits(report: Report, floor: Floor, ours: Served) -> None:
    fans = await in_turns(lambda: floor.seconds("fan_out"), lambda: ours.seconds("fan_out"), 3)
    ideal = SHOT_S * 1000
    report.line(f"fan-out of {SHOTS}, ideal", ideal, statistics.median(fans[1]) * 1000, "ms", target=1.1)
    report.line(f"fan-out of {SHOTS}, library", *(statistics.median(x) * 1000 for x in fans), "ms")
    big = await in_turns(lambda: floor.seconds("big"), lambda: ours.seconds("big"), 3)
    report.line("1 MB state, ten steps", *(statistics.median(x) * 1000 for x in big), "ms")
    config, thread = await floor.long_thread(), await ours.long_thread()
    pages = await in_turns(lambda: floor.page_ms(config), lambda: ours.page_ms(thread), 15)
    report.line(f"history page of {HISTORY} at 200", *(statistics.median(x) for x in pages), "ms")


async def counted(report: Report, url: str) -> None:
    """Statements per run of one client, from the request to the last frame."""
    async with CountingProxy(url) as proxy:
        floor = await _statements(proxy, Floor(proxy.url).runs)
        async with our_server(proxy.url) as ours:
            report.line("statements", floor, await _statements(proxy, ours.runs), "per run")


async def _statements(proxy: CountingProxy, runs: Callable[[str, int], Awaitable[None]]) -> float:
    await runs("three", 3)  # connections and prepared statements
    before = len(proxy.statements)
    await runs("three", 10)
    if "--statements" in sys.argv:
        print("\n".join(" ".join(text.split())[:100] for text in proxy.statements[-60:]))
    return (len(proxy.statements) - before) / 10


def _quantile(values: list[float], at: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * at))]


def main() -> int:
    return 0 if asyncio.run(on_embedded(lambda server: in_fresh_database(server, measure))) else 1


if __name__ == "__main__":
    sys.exit(main())
