"""A thread's events (protocol v2): replayed from its beginning, then live, for as long as a client stays."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi import Path as PathPart

from server.deps import EXAMPLE_ID, House, HouseDep, UserDep
from server.limits.guard import COUNTED
from server.protocol.live_stream import LiveStream
from server.protocol.path_ids import path_uuid
from server.protocol.thread_filter import EventFilter, EventStreamBody
from server.protocol.thread_frames import AFTER_END, PARTS, ThreadEvent, ThreadProjection
from server.protocol.wire import ENVELOPE_ERRORS, EnvelopeRoute, dump_json
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("queries.sql"))
router = APIRouter(
    prefix="/threads/{thread_id}",
    tags=["threads"],
    route_class=EnvelopeRoute,
    responses=ENVELOPE_ERRORS,
    dependencies=COUNTED,
)
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Frames of `event`, `data` and `id`; a comment every 5 s. It never ends by itself.",
        "content": {
            "text/event-stream": {
                "example": 'event: values\r\ndata: {"type":"event","event_id":"values:1","seq":3001,'
                '"method":"values","params":{"namespace":[],"timestamp":0,"data":{}}}\r\nid: 3001\r\n\r\n'
            }
        },
    }
}


async def thread_id(
    thread_id: Annotated[str, PathPart(description="The thread's id.", examples=[EXAMPLE_ID])],
) -> str:
    """The thread that the path names."""
    return path_uuid(thread_id, "thread_id")


ThreadId = Annotated[str, Depends(thread_id)]


@router.post(
    "/stream",
    summary="Follow a thread (older path)",
    status_code=200,
    response_class=LiveStream,
    responses=EVENTS,
)
@router.post(
    "/stream/events",
    summary="Follow a thread",
    status_code=200,
    response_class=LiveStream,
    responses=EVENTS,
)
async def follow_events(
    thread_id: ThreadId, body: EventStreamBody, house: HouseDep, user_id: UserDep
) -> LiveStream:
    """Everything after `since`, then live, over all runs of the thread.

    A thread that is not there (yet, or not for this user) is a stream that only beats.
    """
    frames = thread_frames(house, thread_id, user_id, EventFilter.of(body))
    return LiveStream(frames, heartbeat_s=house.limits.heartbeat_s)


async def thread_frames(
    house: House, thread_id: str, user_id: str, wanted: EventFilter
) -> AsyncGenerator[bytes, None]:
    """The wanted events of this user's thread as frames, those of a row together, without an end."""
    projection = ThreadProjection(wanted.channels)
    first = await _first_row(house, thread_id, wanted)
    async with aclosing(house.events.follow(thread_id, after=first - 1, owner=user_id)) as rows:
        async for row in rows:
            frames = b"".join(_frame(event) for event in projection.events(row) if wanted.wants(event))
            del row  # no name may keep a state alive while nothing happens
            if frames:
                yield frames
            del frames


def _frame(event: ThreadEvent) -> bytes:
    text = dump_json(event.told())
    return b"event: %b\r\ndata: %b\r\nid: %d\r\n\r\n" % (event.method.encode(), text, event.seq)


async def _first_row(house: House, thread_id: str, wanted: EventFilter) -> int:
    """The row to read from, so that what follows `since` can be told: what it builds on comes before."""
    if not wanted.since:
        return 1
    row, part = divmod(wanted.since, PARTS)
    found = await house.database.fetch_one(
        SQL["resume_from"],
        {"production": thread_id, "row": row, "unfinished": part < AFTER_END,
         "messages": "messages" in wanted.channels, "tasks": "tasks" in wanted.channels},
    )  # fmt: skip
    return max(1, int(found["first"])) if found is not None else 1
