"""One run as a v1 stream: from its first event to its end, live, for as long as it takes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import anyio
from psycopg.rows import DictRow
from sse_starlette import EventSourceResponse, ServerSentEvent

from server.deps import House, LoggedEvent
from server.protocol.frames import RunFrame, RunProjection
from server.protocol.wire import dump_json
from state.errors import BriefIncomplete
from tools.ending import end_tasks

Place = tuple[int, int]
FIRST: Place = (-1, 0)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a client wants of a run's stream."""

    modes: Sequence[str]
    subgraphs: bool = False
    numbered: bool = False
    """Whether frames carry ids, so that the stream can be taken up again."""
    after: Place = FIRST
    told: bool = True
    """Whether the run's own name comes first."""


async def run_events(house: House, run: DictRow) -> AsyncGenerator[LoggedEvent, None]:
    """The events of one run, its end included."""
    begins = run["before_seq"] == run["last_seq"]
    following = house.events.follow(run["thread_id"], after=run["before_seq"], begins=begins)
    async with aclosing(following) as events:
        async for event in events:
            if event.run_id == run["run_id"]:
                yield event
            if ends(event, run["run_id"]):
                return


def ends(event: LoggedEvent, run_id: str) -> bool:
    """Whether the run is over with this event: ended, never begun, or undone."""
    if event.run_id == run_id:
        over = event.method == "lifecycle" and not event.namespace and event.payload["event"] != "running"
        return over or event.method == "run"
    return event.run_id is None and ":unwound:" in event.event_id


def run_response(
    house: House,
    run: DictRow,
    wanted: Wanted,
    *,
    base: str,
    on_leave: Callable[[], Awaitable[None]] | None = None,
) -> EventSourceResponse:
    """The stream as an answer; `on_leave` is called when the client goes before the run has ended."""
    closing = anyio.Event()
    return EventSourceResponse(
        _written(house, run, wanted, closing=closing, on_leave=on_leave),
        ping=house.limits.heartbeat_s,
        ping_message_factory=lambda: ServerSentEvent(comment="heartbeat"),
        shutdown_event=closing,
        shutdown_grace_period=1.0,
        headers={
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
            "Location": f"{base}/stream",
            "Content-Location": base,
        },
    )


async def _written(
    house: House,
    run: DictRow,
    wanted: Wanted,
    *,
    closing: anyio.Event,
    on_leave: Callable[[], Awaitable[None]] | None,
) -> AsyncGenerator[ServerSentEvent, None]:
    ended = False
    try:
        if wanted.told:
            yield sse_frame("metadata", {"run_id": run["run_id"], "attempt": 1})
        async with aclosing(until_closing(_frames(house, run, wanted), closing)) as frames:
            async for frame in frames:
                yield sse_frame(frame.event, frame.data, place_id(frame.place) if wanted.numbered else None)
        ended = not closing.is_set()
        if ended:
            yield sse_frame("end", None)
    finally:
        if not ended and not closing.is_set() and on_leave is not None:
            # The client is gone and with it this task; what it asked for is done by another.
            await asyncio.shield(asyncio.ensure_future(on_leave()))


async def _frames(house: House, run: DictRow, wanted: Wanted) -> AsyncGenerator[RunFrame, None]:
    projection = RunProjection(
        thread_id=run["thread_id"], run_id=run["run_id"], modes=wanted.modes, subgraphs=wanted.subgraphs
    )
    async with aclosing(run_events(house, run)) as events:
        async for event in events:
            for frame in projection.frames(event):
                if frame.place > wanted.after:
                    yield frame


async def until_closing(
    frames: AsyncGenerator[RunFrame, None], closing: anyio.Event
) -> AsyncGenerator[RunFrame, None]:
    """The frames, until the process stops; the stream is then cut without an end, and clients come back."""
    stop = asyncio.ensure_future(closing.wait())
    coming: asyncio.Future[RunFrame] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(anext(frames))
            await asyncio.wait({coming, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                return
            try:
                frame = coming.result()
            except StopAsyncIteration:
                return
            yield frame
    finally:
        await end_tasks([stop, coming])
        await frames.aclose()


def read_place(text: str | None) -> Place | None:
    """The place that a client saw last; None when it said nothing.

    Raises:
        BriefIncomplete: it is no id of ours.
    """
    if text is None or not text.strip():
        return None
    if text.strip() == "-1":
        return FIRST
    number, _, part = text.strip().partition("-")
    if number.isdecimal() and (part.isdecimal() or not part) and len(text) < 40:
        return int(number), int(part or 0)
    raise BriefIncomplete(
        "Last-Event-ID: must be the id of a frame, or -1 for all of them",
        user_action="Send the last id you received.",
        details={
            "fields": [{"field": "Last-Event-ID", "problem": "no id of ours", "fix": "Send a frame's id."}]
        },
    )


def place_id(place: Place) -> str:
    return f"{place[0]}-{place[1]}"


def sse_frame(event: str, data: Any, identity: str | None = None) -> ServerSentEvent:
    return ServerSentEvent(dump_json(data).decode(), event=event, id=identity)
