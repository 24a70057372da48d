"""One clip of fifty megabytes in a process of its own: how much more memory its download takes.

    python -m benchmarks.engines_download bare|ours|whole DATABASE_URL

Its first line of input tells where everything is; a light clip comes first, so that all code is loaded; it
says `ready` and brings a heavy one at the next line. `whole` is ours with a chunk larger than the file.
"""

import asyncio
import json
import sys
import tracemalloc
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.agents_hundred import heard
from benchmarks.engine_sides import Addresses, Till, highest_rss, our_till
from tests.builders import a_video_request, an_order
from tools.engines.live import downloads
from tools.orders.quote import price_of

CLIPS, SECONDS, CHUNK = "google-veo-3.1-fast", 8, downloads.CHUNK
VENDORS_NAME = "veo-3.1-fast-generate-preview"
LARGER = 64 * 1024 * 1024


async def bare(at: Addresses, folder: Path) -> int:
    """Order, look, stream it to the disk; its size."""
    headers = {"x-goog-api-key": at["google"]["key"]}
    async with httpx.AsyncClient(
        base_url=at["google"]["url"], headers=headers, timeout=60, trust_env=False, follow_redirects=True
    ) as http:
        asked = {
            "instances": [{"prompt": "A tram."}],
            "parameters": {"durationSeconds": SECONDS, "aspectRatio": "16:9", "resolution": "720p"},
        }
        ordered = await http.post(f"/v1beta/models/{VENDORS_NAME}:predictLongRunning", json=asked)
        name, told = ordered.raise_for_status().json()["name"], dict[str, Any]()
        while not told.get("done"):
            told = (await http.get(f"/v1beta/{name}")).raise_for_status().json()
        [sample] = told["response"]["generateVideoResponse"]["generatedSamples"]
        path = folder / "bare.mp4"
        async with http.stream("GET", sample["video"]["uri"]) as answer:
            answer.raise_for_status()
            with path.open("wb") as file:
                async for piece in answer.aiter_raw(CHUNK):
                    file.write(piece)
        return path.stat().st_size


async def ours(till: Till, number: int) -> int:
    """The same as an order: looked through, stored, booked; its size."""
    lease = till.hold()
    request = a_video_request(
        provider="google", model=CLIPS, prompt="A tram.", width=1280, height=720, duration_s=SECONDS,
        seed=number, parameters={"resolution": "720p"},
    )  # fmt: skip
    order = an_order(lease.production_id, stage="take", item=f"bench-{number}", request=request)
    price = price_of("google", CLIPS, SECONDS, resolution="720p")
    return (await till.orders.place(order, price=price)).media.size_bytes


async def main(name: str, url: str) -> None:
    told = await heard()
    folder = Path(told["folder"])
    async with AsyncExitStack() as stack:
        till = None
        if name != "bare":
            till = await stack.enter_async_context(our_till(url, folder / name, told["at"]))

        async def bring(number: int) -> int:
            return await (bare(told["at"], folder) if till is None else ours(till, number))

        await bring(1)
        downloads.CHUNK = LARGER if name == "whole" else CHUNK
        print(json.dumps({"told": "ready"}), flush=True)
        await heard()
        print(json.dumps(await resident(bring) | await traced(bring)), flush=True)


async def resident(bring: Callable[[int], Awaitable[int]]) -> dict[str, float]:
    """By how much this process grew at most, pages that Python did not ask for included."""
    process, stopped = psutil.Process(), asyncio.Event()
    before = process.memory_info().rss
    peak = asyncio.create_task(highest_rss(stopped, every_s=0.005))
    size = await bring(2)
    stopped.set()
    return {"mib": (await peak - before) / 1024 / 1024, "size": size}


async def traced(bring: Callable[[int], Awaitable[int]]) -> dict[str, float]:
    """The most that Python held at one time beyond what it held before."""
    tracemalloc.start()
    await bring(3)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"traced_mib": most / 1024 / 1024}


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
