"""`greenlight work` on the benchmark's graphs, as a process with settings from the environment."""

import asyncio
import os
from typing import Any

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")

from benchmarks.protocol_graphs import bench_graphs, loop
from server.composition import open_parts
from server.logs import configure_logs
from server.runs.graph_spec import GraphSpec
from server.runs.stop_signals import StopSignals
from tools.settings import read_settings

STEP_S, WALK = 0.5, 200


async def one_step(state: dict[str, Any]) -> dict[str, Any]:
    await asyncio.sleep(STEP_S)
    return {"log": ["step"]}


def worker_graphs() -> dict[str, GraphSpec]:
    """Those of the protocol, and a long walk of steps that take a while."""
    return {**bench_graphs(), "walk": GraphSpec(graph=loop(one_step, WALK), summary_of=lambda values: {})}


async def work() -> None:
    """Drive productions until SIGTERM; says its name when it is ready."""
    settings = read_settings()
    configure_logs(settings)
    with StopSignals() as signals:
        async with open_parts(settings, specs=worker_graphs()) as parts:
            print(parts.worker.worker_id, flush=True)
            await signals.asked.wait()


if __name__ == "__main__":
    asyncio.run(work())
