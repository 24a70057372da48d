"""Orders at real engines against a bare HTTP client, with the stand-in vendors in a process of their own.

Ten shots at realistic latencies, scaled 1:20, against the best possible schedule of the same jobs. What one
order costs beside its provider: statements and time. Two hundred pictures in flight on one worker. A heavy
download.

    python -m benchmarks.engines [order|download|flight|shots]    # exits 1 when a bound is broken
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from psycopg.conninfo import conninfo_to_dict

from benchmarks.counting_proxy import CountingProxy
from benchmarks.engine_sides import PICTURE_PRICE, EngineVendors, Till, our_till
from benchmarks.engines_flight import AT_ONCE as FLYING
from benchmarks.engines_flight import Bare
from benchmarks.engines_shooting import shoot
from benchmarks.protocol import Served, our_server
from benchmarks.run_engine import in_fresh_database, on_embedded

PACE = 0.05
LATE, STATEMENTS = 1.05, 13.0
CPU_TIMES, MIB_EACH, HOME_MIB, HELD_CONNECTIONS, DATABASE = 10.0, 0.1, 100.0, 50.0, 18.0
WARM_UP, ROUNDS, COUNTED = 6, 40, 20
STILL_S = 4.0
"""So long two hundred jobs are waited for, and nobody may be asked anything."""
SETTLES_S = 15
HEAVY, GROWN_MIB, HELD_MIB = 50_000_000, 8.0, 2.0
"""A process grows in steps; what Python holds is exact: a few pieces of 256 KiB, and what an order is."""


class Table:
    """Lines with a floor, ours and a bound; whether every bound was kept."""

    def __init__(self) -> None:
        self.good = True
        print(f"{'':44}{'bare':>10}{'ours':>10}  bound")

    def line(
        self, name: str, floor: float | None, ours: float, unit: str, bound: float | None = None,
        *, least: bool = False,
    ) -> None:  # fmt: skip
        """`least`: a control, which must break what the others keep."""
        verdict = ""
        if bound is not None:
            kept = ours > bound if least else ours <= bound
            self.good = self.good and kept
            verdict = f"{'>' if least else '<='} {bound:.4g} {'kept' if kept else 'BROKEN'}"
        shown = " " * 10 if floor is None else f"{floor:10.2f}"
        print(f"{name:44}{shown}{ours:10.2f}  {verdict:16} {unit}", flush=True)


async def shooting(table: Table, ours: Served, vendors: EngineVendors) -> None:
    took = await shoot(ours, vendors)
    table.line(
        "10 shots, 3 at once: first job to last end", took.best_s, took.took_s, "s; bare: the best schedule"
    )
    table.line("10 shots: against the best", 1.0, took.took_s / took.best_s, "times", LATE)
    table.line(
        "10 shots: in batches it would be", 1.0, took.batches_s / took.best_s, "times", LATE, least=True
    )
    table.line("10 shots: at once, at most", None, took.peak, "jobs", 3)


async def overhead(table: Table, url: str, folder: Path) -> None:
    """A picture from its order to the store, in turns with a bare client that does the same requests."""
    async with EngineVendors(folder / "prompt", pace=0.0) as vendors:
        async with CountingProxy(url) as proxy, our_till(proxy.url, folder / "count", vendors.at) as till:
            statements = await statements_of(proxy, till)
        async with our_till(url, folder / "till", vendors.at) as till:
            bare = Bare(vendors.at, folder)
            pairs = [await one_each(bare, till, number) for number in range(WARM_UP + ROUNDS)][WARM_UP:]
    for at, name in enumerate(("wall", "CPU")):
        floor, own = (statistics.median(pair[side][at] for pair in pairs) for side in (0, 1))
        table.line(f"an order: {name}", floor, own, "ms")
    more = [statistics.median(ours[at] - floor[at] for floor, ours in pairs) for at in (0, 1)]
    table.line("an order: beside its provider", None, more[0], "ms")
    table.line("an order: of it CPU", None, more[1], "ms")
    table.line("an order: statements", None, statements, "", STATEMENTS)


async def statements_of(proxy: CountingProxy, till: Till) -> float:
    for number in range(WARM_UP):  # from the sixth time on a statement is prepared
        await placed(till, number)
    before = len(proxy.statements)
    for number in range(COUNTED):
        await placed(till, WARM_UP + number)
    if "--statements" in sys.argv:
        print("\n".join(" ".join(text.split())[:100] for text in proxy.statements[before : before + 40]))
    return (len(proxy.statements) - before) / COUNTED


async def placed(till: Till, number: int) -> None:
    till.hold()
    await till.orders.collect(await till.orders.submit(till.picture(number), price=PICTURE_PRICE))


async def one_each(bare: Bare, till: Till, number: int) -> tuple[tuple[float, float], tuple[float, float]]:
    async def by_hand() -> None:
        await bare.bring(await bare.order(number))

    return await taken(by_hand), await taken(lambda: placed(till, number))


async def taken(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    began, busy = time.perf_counter(), time.process_time()
    await work()
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


class Child:
    """A process that is told one line at a time, and answers."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.seen = psutil.Process(process.pid)

    async def tell(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        while not (line := await self._process.stdout.readline()).startswith(b"{"):
            assert line, "the process has ended"
        told: dict[str, Any] = json.loads(line)
        return told

    def connections(self, *urls: str) -> list[int]:
        """How many it has to each of these ports."""
        ports = [
            urlsplit(url).port if "://" in url else int(str(conninfo_to_dict(url)["port"])) for url in urls
        ]
        ends = [one.raddr.port for one in self.seen.net_connections("inet") if one.raddr]
        return [ends.count(port) for port in ports]


@asynccontextmanager
async def child(module: str, side: str, url: str) -> AsyncIterator[Child]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, side, url, stdin=pipe, stdout=pipe
    )
    try:
        yield Child(process)
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()


async def flight(
    side: str, url: str, folder: Path, vendors: EngineVendors, public_url: str
) -> dict[str, float]:
    """What two hundred took: of the child, and how often the vendor was asked while nothing happened."""
    replicate = vendors.at["replicate"]["url"]
    async with child("benchmarks.engines_flight", side, url) as flying:
        await flying.tell(at=vendors.at, folder=str(folder), public_url=public_url)
        await vendors.tell(hold=True)
        await flying.tell()
        asked, busy = await settled(vendors), flying.seen.cpu_times()
        await asyncio.sleep(STILL_S)
        still = (await vendors.tell())["asked"] - asked
        waited = flying.seen.cpu_times()
        held = flying.connections(replicate, url)
        await vendors.tell(hold=False)
        took: dict[str, float] = await flying.tell()
    idle = (waited.user + waited.system - busy.user - busy.system) / STILL_S * 100
    return took | {"still": still, "provider": held[0], "database": held[1], "idle": idle}


async def settled(vendors: EngineVendors) -> int:
    """How often the vendor was asked, once the first looks, and those after a start was rung, are over."""
    asked = -1
    for _ in range(SETTLES_S):
        before, asked = asked, (await vendors.tell())["asked"]
        if asked == before:
            break
        await asyncio.sleep(1.0)
    return asked


async def in_flight(table: Table, url: str, folder: Path, vendors: EngineVendors, ours: Served) -> None:
    public_url = str(ours.http.base_url).rstrip("/")
    bare, own = [await flight(side, url, folder, vendors, public_url) for side in ("bare", "ours")]
    name, each = f"{FLYING} in flight", 1000 / FLYING
    table.line(f"{name}: until all are ordered", bare["ordered_s"], own["ordered_s"], "s")
    table.line(f"{name}: all home after their end", bare["home_s"], own["home_s"], "s")
    cpu = bare["cpu_s"] * each
    table.line(f"{name}: CPU each", cpu, own["cpu_s"] * each, "ms", CPU_TIMES * cpu)
    most = bare["waiting_mib"] + FLYING * MIB_EACH
    table.line(f"{name}: memory while waiting", bare["waiting_mib"], own["waiting_mib"], "MiB more", most)
    most = bare["mib"] + HOME_MIB
    table.line(f"{name}: memory at most", bare["mib"], own["mib"], "MiB more", most)
    table.line(f"{name}: longest stall", bare["stall_ms"], own["stall_ms"], "ms")
    table.line(f"{name}: requests in {STILL_S:g} s of waiting", bare["still"], own["still"], "", 0)
    table.line(f"{name}: CPU while waiting", bare["idle"], own["idle"], "% of a core", 5)
    table.line(
        f"{name}: connections to the provider", bare["provider"], own["provider"], "", HELD_CONNECTIONS
    )
    table.line(f"{name}: connections to the database", None, own["database"], "", DATABASE)


async def downloads(table: Table, url: str, folder: Path) -> None:
    """Fifty megabytes, streamed by hand, by an order of ours, and by one that reads all of it at once."""
    async with EngineVendors(folder / "heavy", pace=0.0) as vendors:
        took = [await download(side, url, folder, vendors) for side in ("bare", "ours", "whole")]
    for name, of, more in (("the process grew", "mib", GROWN_MIB), ("Python held", "traced_mib", HELD_MIB)):
        floor, own, whole = (one[of] for one in took)
        table.line(f"50 MB: {name}", floor, own, "MiB at most", floor + more)
        table.line(f"50 MB: {name}, read whole", floor, whole, "MiB: a control", floor + more, least=True)


async def download(side: str, url: str, folder: Path, vendors: EngineVendors) -> dict[str, float]:
    async with child("benchmarks.engines_download", side, url) as fetching:
        await vendors.tell(weight=0)
        await fetching.tell(at=vendors.at, folder=str(folder))
        await vendors.tell(weight=HEAVY)
        took: dict[str, float] = await fetching.tell()
    assert took["size"] >= HEAVY, f"{took['size']} bytes came"
    return took


async def measure(url: str) -> bool:
    table = Table()
    only = [word for word in sys.argv[1:] if not word.startswith("-")]
    with tempfile.TemporaryDirectory(prefix="greenlight-bench-engines-") as name:
        folder = Path(name)
        if not only or "order" in only:
            await overhead(table, url, folder)
        if not only or "download" in only:
            await downloads(table, url, folder)
        async with EngineVendors(folder / "vendors", pace=PACE) as vendors:
            await served(table, only, url, folder, vendors)
    return table.good


async def served(table: Table, only: list[str], url: str, folder: Path, vendors: EngineVendors) -> None:
    """What needs a server of ours: the real graph, and somebody who hears when the vendor rings."""
    if only and not {"flight", "shots"} & set(only):
        return
    async with our_server(url, "benchmarks.engines_server", **vendors.environment) as ours:
        if not only or "flight" in only:
            await in_flight(table, url, folder, vendors, ours)
        if not only or "shots" in only:
            await shooting(table, ours, vendors)


def main() -> int:
    return 0 if asyncio.run(on_embedded(lambda server: in_fresh_database(server, measure))) else 1


if __name__ == "__main__":
    sys.exit(main())
