"""Two hundred pictures in flight in a process of its own, so that what it holds is only theirs.

    python -m benchmarks.engines_flight bare|ours DATABASE_URL

Its first line of input tells where everything is. It says `ready`, orders all at the next line and says
`flying` once nobody has anything to do but wait; at the next line their jobs have been let go, and it brings
them home and prints what that took.
"""

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.agents_hundred import heard, longest_stall
from benchmarks.engine_sides import PICTURE_PRICE, Addresses, Till, highest_rss, our_till
from state.order import Ticket
from tools.engines.live.wire import MANY

AT_ONCE, PRODUCTIONS, WARM_UP = 200, 20, 3
MAKES = "/v1/models/black-forest-labs/flux-schnell/predictions"


class Bare:
    """One client and no books: a POST, a look when the job has ended, the file to the disk."""

    def __init__(self, at: Addresses, folder: Path) -> None:
        vendor = at["replicate"]
        self._folder = folder
        self._http = httpx.AsyncClient(
            base_url=vendor["url"], limits=MANY, timeout=60, trust_env=False,
            headers={"authorization": f"Bearer {vendor['key']}"},
        )  # fmt: skip

    async def order(self, number: int) -> str:
        wanted = {"prompt": f"A tram, {number}", "seed": number, "aspect_ratio": "16:9"}
        answer = await self._http.post(MAKES, json={"input": wanted})
        return str(answer.raise_for_status().json()["id"])

    async def bring(self, job: str) -> None:
        told = (await self._http.get(f"/v1/predictions/{job}")).raise_for_status().json()
        [url] = told["output"]
        path = self._folder / f"{job}.bin"
        async with self._http.stream("GET", url) as answer:
            with path.open("wb") as file:
                async for piece in answer.aiter_raw(256 * 1024):
                    file.write(piece)
        assert path.stat().st_size > 0


class Ours:
    """Orders with all their books."""

    def __init__(self, till: Till) -> None:
        self._till = till
        self._numbers: dict[str, int] = {}

    async def order(self, number: int) -> Ticket:
        self._till.hold(number)
        ticket = await self._till.orders.submit(self._till.picture(number), price=PICTURE_PRICE)
        self._numbers[ticket.call_key] = number
        return ticket

    async def bring(self, ticket: Ticket) -> None:
        self._till.hold(self._numbers[ticket.call_key])
        assert (await self._till.orders.collect(ticket)).media.size_bytes > 0


async def fly(side: Any, in_flight: Any) -> dict[str, float]:
    process, stopped = psutil.Process(), asyncio.Event()
    before, busy = process.memory_info().rss, process.cpu_times()
    stall, peak = asyncio.create_task(longest_stall(stopped)), asyncio.create_task(highest_rss(stopped))
    began = time.perf_counter()
    flights = await asyncio.gather(*(side.order(number) for number in range(WARM_UP, WARM_UP + AT_ONCE)))
    ordered = time.perf_counter() - began
    home = await in_flight(flights)
    waiting = process.memory_info().rss
    began = time.perf_counter()
    await home
    used = process.cpu_times()
    stopped.set()
    return {
        "ordered_s": ordered, "home_s": time.perf_counter() - began, "stall_ms": await stall * 1000,
        "cpu_s": used.user + used.system - busy.user - busy.system,
        "waiting_mib": (waiting - before) / 1024 / 1024, "mib": (await peak - before) / 1024 / 1024,
    }  # fmt: skip


async def bare_flight(side: Bare, jobs: list[str]) -> Any:
    """Nothing is asked until the jobs have ended."""
    tell("flying")
    await heard()
    return asyncio.gather(*(side.bring(job) for job in jobs))


async def our_flight(side: Ours, till: Till, tickets: list[Ticket]) -> Any:
    """Who collects looks once, and listens from then on."""
    home = asyncio.gather(*(side.bring(ticket) for ticket in tickets))
    while till.listening < len(tickets):  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.05)
    tell("flying")
    await heard()
    return home


def tell(what: str) -> None:
    print(json.dumps({"told": what}), flush=True)


async def main(name: str, url: str) -> None:
    told = await heard()
    folder = Path(told["folder"])
    async with AsyncExitStack() as stack:
        if name == "bare":
            side: Any = Bare(told["at"], folder)
            waits: Any = lambda jobs: bare_flight(side, jobs)  # noqa: E731 - both have one form
        else:
            till = await stack.enter_async_context(
                our_till(
                    url, folder / "ours", told["at"], public_url=told["public_url"], productions=PRODUCTIONS
                )
            )
            side = Ours(till)
            waits = lambda tickets: our_flight(side, till, tickets)  # noqa: E731 - as above
        for number in range(WARM_UP):
            flight = await side.order(number)
            await asyncio.sleep(1)  # the bare one does not wait for its job
            await side.bring(flight)
        tell("ready")
        await heard()
        print(json.dumps(await fly(side, waits)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
