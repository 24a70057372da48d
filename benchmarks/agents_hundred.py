"""A hundred questions at once in a process of its own, so that its memory is only theirs.

    python -m benchmarks.agents_hundred bare|ours DATABASE_URL

Its first line of input tells where the vendors and the master key are, and what the SDK sends; it says
`ready`, waits for another line, asks, and prints what that took.
"""

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import psutil

from benchmarks.agent_sides import Bare, Ours, our_tools

AT_ONCE = 100
TICK_S = 0.005


async def longest_stall(stopped: asyncio.Event) -> float:
    """The longest time for which this event loop did nothing else, in seconds."""
    longest = 0.0
    while not stopped.is_set():
        began = time.perf_counter()
        await asyncio.sleep(TICK_S)
        longest = max(longest, time.perf_counter() - began - TICK_S)
    return longest


async def measured(askers: list[Bare] | list[Ours]) -> dict[str, float]:
    process, stopped = psutil.Process(), asyncio.Event()
    before, busy, began = process.memory_info().rss, process.cpu_times(), time.perf_counter()
    stall, peak = asyncio.create_task(longest_stall(stopped)), asyncio.create_task(highest(process, stopped))
    await asyncio.gather(*(in_its_lease(one) for one in askers))
    wall, used = time.perf_counter() - began, process.cpu_times()
    stopped.set()
    return {
        "wall_s": wall, "cpu_s": used.user + used.system - busy.user - busy.system,
        "stall_ms": await stall * 1000, "mib": (await peak - before) / 1024 / 1024,
    }  # fmt: skip


async def in_its_lease(asker: Bare | Ours) -> None:
    if isinstance(asker, Ours):
        await asker.drive()
    await asker.ask()


async def highest(process: psutil.Process, stopped: asyncio.Event) -> int:
    most = 0
    while not stopped.is_set():
        most = max(most, process.memory_info().rss)
        await asyncio.sleep(0.1)
    return most


async def heard() -> dict[str, Any]:
    line: dict[str, Any] = json.loads(await asyncio.to_thread(sys.stdin.readline))
    return line


async def main(side: str, url: str) -> None:
    told = await heard()
    vendor, urls = told["vendor"], told["urls"]
    async with AsyncExitStack() as stack:
        askers: list[Any] = []
        if side == "bare":
            askers = [Bare(vendor, urls[vendor], told["body"])] * AT_ONCE
        else:
            opened = our_tools(url, Path(told["folder"]), urls)
            tools = await stack.enter_async_context(opened)
            askers = [Ours(tools, vendor) for _ in range(AT_ONCE)]
        for _ in range(3):
            await in_its_lease(askers[0])
        print("ready", flush=True)
        await heard()
        print(json.dumps(await measured(askers)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
