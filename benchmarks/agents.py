"""Agents on language models against the vendors' own SDKs, with the stand-ins in a process of their own.

Overhead: the SDK with a warm connection and an agent of ours (prompt, key from the vault, books, record) ask
for the same in turns. First token: from the vendor's first piece to whoever follows the production. A hundred
at once: what a piece costs. The machine may be busy: CPU is told beside the clock.

    python -m benchmarks.agents            # prints a table, exits 1 when a bound is broken
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from benchmarks.agent_sides import MODELS, Bare, Ours, VendorProcess, our_tools
from benchmarks.agents_hundred import AT_ONCE
from benchmarks.counting_proxy import CountingProxy
from benchmarks.protocol import Served, our_server
from benchmarks.run_engine import in_fresh_database, on_embedded
from benchmarks.vendor_process import PIECES

WARM_UP, ROUNDS, COUNTED, FIRSTS = 5, 60, 20, 40
MOST_MS, MOST_STATEMENTS, FIRST_MS, FIRST_AT_ALL_MS = 10.0, 4.0, 20.0, 1000.0
PACE_S = 0.1
"""Forty tokens a second in each of the hundred answers, as a vendor's large models write."""
CPU_TIMES, MIB_EACH, LATE = 3.0, 1.0, 1.25
PATIENCE_S = 240.0
"""A run that failed would be waited for, for ever."""
QUIET_S = 0.3
"""So long a model thinks: whatever the run told before has been written by then."""


Taken = tuple[float, float]
"""Milliseconds on the clock, and of this process's CPU."""


class Table:
    """Lines with a floor, ours and a bound; whether every bound was kept."""

    def __init__(self) -> None:
        self.good = True
        print(f"{'':34}{'SDK':>10}{'ours':>10}  bound")

    def line(
        self, name: str, floor: float | None, ours: float, unit: str, bound: float | None = None
    ) -> None:
        verdict = ""
        if bound is not None:
            kept = ours <= bound
            self.good = self.good and kept
            verdict = f"<= {bound:.4g} {'kept' if kept else 'BROKEN'}"
        shown = " " * 10 if floor is None else f"{floor:10.2f}"
        print(f"{name:34}{shown}{ours:10.2f}  {verdict:16} {unit}", flush=True)


async def overhead(table: Table, url: str, folder: Path, vendors: VendorProcess) -> dict[str, Any]:
    """Each vendor in turns with its SDK. Returns what OpenAI's SDK was sent."""
    bodies = {}
    async with CountingProxy(url) as proxy, our_tools(proxy.url, folder, vendors.urls) as counted:
        statements = {vendor: await statements_per_call(proxy, Ours(counted, vendor)) for vendor in MODELS}
    async with our_tools(url, folder, vendors.urls) as tools:
        for vendor, model in MODELS.items():
            ours = Ours(tools, vendor)
            await ours.drive()
            await several(ours.ask, WARM_UP)
            vendors.order(do="last")
            bodies[vendor] = (await vendors.hear("body"))["body"]
            bare = Bare(vendor, vendors.urls[vendor], bodies[vendor])
            await several(bare.ask, WARM_UP)
            pairs = [(await taken(bare.ask), await taken(ours.ask)) for _ in range(ROUNDS)]
            report(table, model, pairs)
            table.line(f"{model}: statements", None, statements[vendor], "per call", MOST_STATEMENTS)
    return bodies


def report(table: Table, model: str, pairs: list[tuple[Taken, Taken]]) -> None:
    for at, name in enumerate(("wall", "CPU")):
        floor, own = ([both[side][at] for both in pairs] for side in (0, 1))
        table.line(f"{model}: {name}", statistics.median(floor), statistics.median(own), "ms")
    more = [statistics.median(ours[at] - bare[at] for bare, ours in pairs) for at in (0, 1)]
    table.line(f"{model}: more than the SDK", None, more[0], "ms", MOST_MS)
    table.line(f"{model}: of it CPU", None, more[1], "ms")


async def statements_per_call(proxy: CountingProxy, ours: Ours) -> float:
    """The key's note of its use comes once a minute, and is left out."""
    await ours.drive()
    await several(ours.ask, 6)  # from the sixth time on a statement is prepared
    before = len(proxy.statements)
    await several(ours.ask, COUNTED)
    if "--statements" in sys.argv:
        print("\n".join(" ".join(text.split())[:100] for text in proxy.statements[before : before + 8]))
    return (len(proxy.statements) - before) / COUNTED


async def several(ask: Callable[[], Awaitable[object]], times: int) -> None:
    for _ in range(times):
        await ask()


async def taken(ask: Callable[[], Awaitable[object]]) -> Taken:
    began, busy = time.perf_counter(), time.process_time()
    await ask()
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


async def first_tokens(table: Table, url: str, vendors: VendorProcess) -> None:
    """From the vendor's first piece to LangGraph's `messages` and to the production's events."""
    vendors.order(mode="gated")
    await vendors.hear("mode")
    async with our_server(url, "benchmarks.agents_server", **_environment(vendors)) as ours:
        for vendor in ("openai", "google"):
            async with asyncio.timeout(PATIENCE_S):
                lags = [await first_token(ours, vendors, vendor) for _ in range(FIRSTS)][2:]
            for at, name in enumerate(("run's stream", "events")):
                one = [lag[at] for lag in lags]
                name = f"{MODELS[vendor]}: first words, {name}"
                table.line(f"{name} p50", None, _quantile(one, 0.5), "ms", FIRST_MS)
                table.line(f"{name} p95", None, _quantile(one, 0.95), "ms", FIRST_AT_ALL_MS)
    vendors.order(mode="plain")
    await vendors.hear("mode")


def _environment(vendors: VendorProcess) -> dict[str, str]:
    named = {}
    for vendor, at in vendors.urls.items():
        base = "GOOGLE_GEMINI_BASE_URL" if vendor == "google" else f"{vendor.upper()}_BASE_URL"
        named |= {f"{vendor.upper()}_API_KEY": at["key"], base: at["url"]}
    return named


async def first_token(ours: Served, vendors: VendorProcess, vendor: str) -> tuple[float, float]:
    """One production whose model is held: milliseconds to both who follow it."""
    thread, brief = str(uuid.uuid4()), {"brief": {"title": vendor, "description": "A tram never comes."}}
    running = asyncio.create_task(heard_in_run(ours, thread, brief))
    await vendors.hear("asked")
    following = asyncio.create_task(heard_in_events(ours, thread))
    await asyncio.sleep(QUIET_S)
    vendors.order(do="open")
    left = (await vendors.hear("left"))["at"]
    at = await following
    vendors.order(do="open")  # the rest, which must not hurry the first
    return (await running - left) * 1000, (at - left) * 1000


async def heard_in_run(ours: Served, thread: str, brief: dict[str, Any]) -> float:
    first = 0.0
    async for _, told in ours.events("agent", mode="messages-tuple", thread=thread, input=brief):
        if b"userMessage" in told and not first:
            first = time.monotonic()
    if not first:
        raise AssertionError("the run ended without a word")
    return first


async def heard_in_events(ours: Served, thread: str) -> float:
    async with ours.http.stream("GET", f"/api/productions/{thread}/events?only=messages") as answer:
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            if "userMessage" in line:
                return time.monotonic()
    raise AssertionError("the production ended without a word")


async def hundred(table: Table, url: str, vendors: VendorProcess, told: dict[str, Any]) -> None:
    """A hundred answers of 200 pieces at the vendor's pace, by the SDK and by our agents."""
    bare, ours = [await at_once(side, url, vendors, told) for side in ("bare", "ours")]
    pieces, pace = AT_ONCE * PIECES / 1000, PIECES * PACE_S
    floor = bare["cpu_s"] / pieces
    table.line("100 at once: CPU", floor, ours["cpu_s"] / pieces, "s per 1,000 pieces", CPU_TIMES * floor)
    late = LATE * bare["wall_s"]
    table.line("100 at once: wall", bare["wall_s"], ours["wall_s"], f"s; the pace is {pace:g}", late)
    table.line("100 at once: longest stall", bare["stall_ms"], ours["stall_ms"], "ms")
    grown = bare["mib"] + AT_ONCE * MIB_EACH
    table.line("100 at once: memory", bare["mib"], ours["mib"], "MiB more at most", grown)


async def at_once(side: str, url: str, vendors: VendorProcess, told: dict[str, Any]) -> dict[str, float]:
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.agents_hundred", side, url, stdin=pipe, stdout=pipe
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps({"vendor": "openai", "urls": vendors.urls, **told}).encode() + b"\n")
    while (await child.stdout.readline()) not in (b"ready\n", b""):
        pass
    vendors.order(mode="paced", every_s=PACE_S)
    await vendors.hear("mode")
    child.stdin.write(b"{}\n")
    took: dict[str, float] = json.loads(await child.stdout.readline())
    await child.wait()
    vendors.order(mode="plain")
    await vendors.hear("mode")
    return took


def _quantile(values: list[float], at: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * at))]


async def measure(url: str) -> bool:
    table = Table()
    with tempfile.TemporaryDirectory(prefix="greenlight-bench-agents-") as folder:
        async with VendorProcess() as vendors:
            bodies = await overhead(table, url, Path(folder), vendors)
            await first_tokens(table, url, vendors)
            await hundred(table, url, vendors, {"body": bodies["openai"], "folder": folder})
    return table.good


def main() -> int:
    return 0 if asyncio.run(on_embedded(lambda server: in_fresh_database(server, measure))) else 1


if __name__ == "__main__":
    sys.exit(main())
