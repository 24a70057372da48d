"""Server-sent events: frames with ids, a steady heartbeat, a clean end.

A stream never lasts longer than its limit; the run behind it goes on, and the client
comes back with the last id it saw.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import anyio
import orjson
from fastapi import Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from state.errors import BriefIncomplete
from tools.ending import end_tasks

EndReason = Literal["completed", "time_limit", "shutdown"]


@dataclass(frozen=True, kw_only=True)
class StreamLimits:
    """How often a stream gives a sign of life and how long it may be open, in seconds."""

    heartbeat_s: float = 5.0
    open_s: float = 600.0


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One event as a client sees it."""

    id: int
    type: str
    payload: Any
    at: datetime


def first_wanted(request: Request, since: int | None) -> int:
    """The number after which events are wanted: `since`, or what the client saw last if that is later.

    A browser that comes back by itself asks the same address again and adds what it saw last.

    Raises:
        BriefIncomplete: the client's last id is none of ours.
    """
    header = request.headers.get("last-event-id", "")
    try:
        return max(0, since or 0, int(header.strip() or 0))
    except ValueError:
        raise BriefIncomplete(
            "Last-Event-ID: must be the id of an event", user_action="Send the last `id` you received."
        ) from None


def event_stream(
    frames: AsyncGenerator[Frame, None], *, after: int, limits: StreamLimits
) -> EventSourceResponse:
    """Answer with the frames until they end, time is up or the process stops."""
    closing = anyio.Event()
    return EventSourceResponse(
        _written(frames, after=after, limits=limits, closing=closing),
        ping=limits.heartbeat_s,
        ping_message_factory=lambda: ServerSentEvent(comment="heartbeat", sep="\n"),
        sep="\n",
        shutdown_event=closing,
        shutdown_grace_period=1.0,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _written(
    frames: AsyncGenerator[Frame, None], *, after: int, limits: StreamLimits, closing: anyio.Event
) -> AsyncIterator[ServerSentEvent]:
    last_id, reason = after, "completed"
    # At once, so that the client knows it is connected before the first event.
    yield ServerSentEvent(comment="open", retry=1000, sep="\n")
    async with aclosing(_until(frames, limits.open_s, closing)) as limited:
        async for item in limited:
            if isinstance(item, str):
                reason = item
                break
            last_id = item.id
            yield _frame(item)
    yield _end(last_id, reason)


async def _until(
    frames: AsyncGenerator[Frame, None], open_s: float, closing: anyio.Event
) -> AsyncGenerator[Frame | EndReason, None]:
    """The frames, then why they stopped when they did not end by themselves."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + open_s
    stop = asyncio.ensure_future(closing.wait())
    coming: asyncio.Future[Frame] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(anext(frames))
            await asyncio.wait(
                {coming, stop}, timeout=deadline - loop.time(), return_when=asyncio.FIRST_COMPLETED
            )
            if not coming.done():
                yield "shutdown" if stop.done() else "time_limit"
                return
            try:
                frame = coming.result()
            except StopAsyncIteration:
                return
            yield frame
    finally:
        # No generator may be closed while it runs.
        await end_tasks([stop, coming])
        await frames.aclose()


def _frame(frame: Frame) -> ServerSentEvent:
    return ServerSentEvent(
        _envelope(frame.type, frame.payload, frame.at.isoformat(), frame.id),
        event=frame.type,
        id=str(frame.id),
        sep="\n",
    )


def _end(last_id: int, reason: str) -> ServerSentEvent:
    """Tells the client whether to come back. It has no id of its own: it is not in the log."""
    payload = {"reason": reason, "lastEventId": last_id, "reconnect": reason != "completed"}
    return ServerSentEvent(_envelope("end", payload, None, last_id), event="end", sep="\n")


def _envelope(kind: str, payload: Any, timestamp: str | None, number: int) -> str:
    return orjson.dumps(
        {"type": kind, "payload": payload, "timestamp": timestamp, "id": number}, default=str
    ).decode()
