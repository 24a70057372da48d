"""The end of a run as one JSON object, however long it takes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from psycopg.rows import DictRow

from server.deps import House
from server.protocol.frames import RunProjection
from server.protocol.run_stream import run_events
from server.protocol.wire import dump_json
from tools.ending import end_tasks

ALIVE = b"\n"
"""White space before a JSON text is allowed, and tells a proxy that somebody is there."""


async def result_of(house: House, row: DictRow) -> Any:
    """The state at the run's end; `__interrupt__` holds what it asks, `__error__` why it failed."""
    projection = RunProjection(thread_id=row["thread_id"], run_id=row["run_id"], modes=())
    failed: dict[str, Any] | None = None
    async for event in run_events(house, row):
        for frame in projection.frames(event):
            if frame.event == "error":
                failed = frame.data
    if failed is not None:
        return {"__error__": failed}
    asked = {"__interrupt__": projection.questions} if projection.questions else {}
    return {**(projection.values or {}), **asked}


async def waited(
    house: House, row: DictRow, *, on_leave: Callable[[], Awaitable[None]] | None = None
) -> AsyncIterator[bytes]:
    """A line feed at every heartbeat, then the result."""
    work = asyncio.ensure_future(result_of(house, row))
    try:
        while True:
            done, _ = await asyncio.wait({work}, timeout=house.limits.heartbeat_s)
            if done:
                break
            yield ALIVE
        yield dump_json(work.result())
    finally:
        if not work.done():
            await end_tasks([work])
            if on_leave is not None:
                await asyncio.shield(asyncio.ensure_future(on_leave()))
