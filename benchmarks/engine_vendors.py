"""The stand-ins of Replicate, fal and Google as a process of their own, so that what they spend is not ours.

    python -m benchmarks.engine_vendors FOLDER PACE

It prints one line of JSON with addresses and keys. Each line on its standard input is an order, answered by
a line: `{"late": [60, 0]}` makes the next jobs at Replicate so many of the vendor's seconds later,
`{"hold": true}` keeps its jobs from ending and `false` lets them end, `{"weight": 50000000}` makes Google's
clips so heavy. Every answer tells how many requests Replicate has had. The books lie in the folder.
"""

import asyncio
import json
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from tests.standins.job_vendors import JobVendors, Signal, faults
from tests.standins.model_vendors import Vendors, model_vendors_here


def obey(order: dict[str, Any], jobs: JobVendors, media: Vendors) -> dict[str, Any]:
    if "late" in order:
        jobs.replicate.faults[:] = [faults.late(seconds) for seconds in order["late"]]
    if order.get("hold"):
        jobs.replicate.hold = Signal()
    elif "hold" in order and jobs.replicate.hold is not None:
        held, jobs.replicate.hold = jobs.replicate.hold, None
        held.set()
    if "weight" in order:
        media.google.media.weight_bytes = order["weight"]
    return {"asked": len(jobs.books.requests)}


async def main(folder: Path, pace: float) -> None:
    jobs = JobVendors(pace=pace, folder=folder)
    async with AsyncExitStack() as stack:
        await jobs.start()
        stack.push_async_callback(jobs.stop)
        media = await stack.enter_async_context(model_vendors_here(scale=pace))
        told = {vendor.name: {"url": vendor.url, "key": vendor.key} for vendor in jobs.all}
        told["google"] = {"url": media.google.url, "key": media.google.key}
        print(json.dumps(told), flush=True)
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        while line := await reader.readline():
            print(json.dumps(obey(json.loads(line), jobs, media)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2])))
