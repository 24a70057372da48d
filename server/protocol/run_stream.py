"""One run as a v1 stream: from its first event to its end, live, for as long as it takes."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from psycopg.rows import DictRow

from server.deps import House, LoggedEvent
from server.protocol.frames import RunFrame, RunProjection
from server.protocol.live_stream import LiveStream
from server.protocol.wire import dump_json
from state.errors import BriefIncomplete

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
) -> LiveStream:
    """The stream as an answer; `on_leave` is called when the client goes before the run has ended."""
    return LiveStream(
        _frames(house, run, wanted),
        heartbeat_s=house.limits.heartbeat_s,
        greets=False,
        headers={"Location": f"{base}/stream", "Content-Location": base},
        on_leave=on_leave,
    )


async def _frames(house: House, run: DictRow, wanted: Wanted) -> AsyncGenerator[bytes, None]:
    """The run's name, what is wanted of it, those of an event together, and its end."""
    if wanted.told:
        yield sse_frame("metadata", {"run_id": run["run_id"], "attempt": 1})
    projection = RunProjection(
        thread_id=run["thread_id"], run_id=run["run_id"], modes=wanted.modes, subgraphs=wanted.subgraphs
    )
    async with aclosing(run_events(house, run)) as events:
        async for event in events:
            frames = [one for one in projection.frames(event) if one.place > wanted.after]
            if frames:
                yield b"".join(sse_frame(one.event, one.data, _numbered(one, wanted)) for one in frames)
    yield sse_frame("end", None)


def _numbered(frame: RunFrame, wanted: Wanted) -> str | None:
    return place_id(frame.place) if wanted.numbered else None


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


def sse_frame(event: str, data: Any, identity: str | None = None) -> bytes:
    """One frame as it is sent; JSON has no line breaks of its own."""
    number = b"" if identity is None else b"id: %b\r\n" % identity.encode()
    return b"%bevent: %b\r\ndata: %b\r\n\r\n" % (number, event.encode(), dump_json(data))
