"""A thread as a v1 stream: the frames of all its runs one after the other, their marks, changes by hand."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Query, Request, Response
from psycopg.rows import DictRow

from server.deps import House, HouseDep, LoggedEvent, UserDep
from server.limits.guard import COUNTED
from server.protocol.frames import RunFrame, RunProjection
from server.protocol.live_stream import LiveStream
from server.protocol.run_stream import Place, ends, place_id, read_place, sse_frame
from server.protocol.runs import MOST_FRAMES, STREAM, ThreadId
from server.protocol.thread_view import state_view
from server.protocol.wire import ERRORS, JsonRoute
from server.threads.read_runs import get_run, run_around
from server.threads.thread_rows import get_thread
from state.errors import BriefIncomplete, RecordNotFound, RunNotFound

router = APIRouter(
    prefix="/threads/{thread_id}",
    tags=["threads"],
    route_class=JsonRoute,
    responses=ERRORS,
    dependencies=COUNTED,
)
ThreadStreamMode = Literal["run_modes", "lifecycle", "state_update"]
Words = Annotated[
    list[str] | None,
    Query(
        description="`run_modes`, `lifecycle`, `state_update`: repeated or by commas.", examples=["run_modes"]
    ),
]


def read_modes(stream_mode: Words = None, stream_modes: Words = None) -> frozenset[str]:
    """What is to be shown; clients say it under two names.

    Raises:
        BriefIncomplete: a word that is not known.
    """
    given = [word for one in [*(stream_mode or []), *(stream_modes or [])] for word in one.split(",") if word]
    for word in given:
        if word not in get_args(ThreadStreamMode):
            raise BriefIncomplete(f"stream_mode: {word!r} is none of {', '.join(get_args(ThreadStreamMode))}")
    return frozenset(given) or frozenset({"run_modes"})


@router.get(
    "/stream", summary="Follow a thread", status_code=200, response_class=LiveStream, responses=STREAM
)
async def join_thread(
    thread_id: ThreadId,
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    stream_mode: Words = None,
    stream_modes: Words = None,
) -> Response:
    """All runs of the thread, from `Last-Event-ID` on (`-1` is all), without it what is still to come.

    `run_modes` shows each run as it was asked for, `lifecycle` only where runs begin and end,
    `state_update` the states that were changed by hand. It does not end by itself.
    """
    modes = read_modes(stream_mode, stream_modes)
    seen = read_place(request.headers.get("last-event-id"))
    row = await get_thread(house.database, user_id=user_id, thread_id=thread_id)
    after = (row["last_seq"], MOST_FRAMES) if seen is None else seen
    frames = _written(house, row, user_id, modes, after)
    return LiveStream(frames, heartbeat_s=house.limits.heartbeat_s, greets=False)


async def _written(
    house: House, row: DictRow, user_id: str, modes: frozenset[str], after: Place
) -> AsyncGenerator[bytes, None]:
    async with aclosing(_frames(house, row, user_id, modes, after)) as frames:
        async for frame in frames:
            yield sse_frame(frame.event, frame.data, place_id(frame.place))


async def _frames(
    house: House, row: DictRow, user_id: str, modes: frozenset[str], after: Place
) -> AsyncGenerator[RunFrame, None]:
    """A frame may need what came before it, so the run that the reader left is read from its start."""
    thread_id = row["thread_id"]
    base = await run_around(house.database, thread_id=thread_id, after=after[0])
    runs: dict[str, RunProjection] = {}
    async with aclosing(house.events.follow(thread_id, after=base)) as events:
        async for event in events:
            if event.run_id is None:
                shown = await _by_hand(house, row, user_id, event) if "state_update" in modes else []
            else:
                new = event.run_id not in runs
                if new:
                    runs[event.run_id] = await _projection(house, user_id, thread_id, event.run_id)
                shown = list(_of_run(runs[event.run_id], event, modes, begins=new))
            for number, (name, data) in enumerate(shown):
                if (event.seq, number) > after:
                    yield RunFrame((event.seq, number), name, data)


def _of_run(
    run: RunProjection, event: LoggedEvent, modes: frozenset[str], *, begins: bool
) -> Iterator[tuple[str, Any]]:
    told = modes & {"run_modes", "lifecycle"}
    if begins and told:
        yield "metadata", {"run_id": event.run_id, "attempt": 1}
    for frame in run.frames(event):
        if "run_modes" in modes:
            yield frame.event, frame.data
    if told and ends(event, str(event.run_id)):
        yield "metadata", {"status": "run_done", "run_id": event.run_id}


async def _projection(house: House, user_id: str, thread_id: str, run_id: str) -> RunProjection:
    """The run as it was asked for; one that came through `/api`, or is hidden by now, shows its values."""
    try:
        asked = (await get_run(house.database, user_id=user_id, thread_id=thread_id, run_id=run_id))["kwargs"]
    except RunNotFound:
        asked = {}
    modes: Sequence[str] = asked.get("stream_mode") or ["values"]
    return RunProjection(
        thread_id=thread_id, run_id=run_id, modes=[modes] if isinstance(modes, str) else modes,
        subgraphs=asked.get("stream_subgraphs", False),
    )  # fmt: skip


async def _by_hand(house: House, row: DictRow, user_id: str, event: LoggedEvent) -> list[tuple[str, Any]]:
    """The state that was changed by hand; none when its checkpoint or its thread is gone by now."""
    if event.method != "checkpoints" or ":update:" not in event.event_id:
        return []
    try:
        thread = await get_thread(house.database, user_id=user_id, thread_id=row["thread_id"])
        snapshot = await house.threads.snapshots.read(
            row["thread_id"], graph=thread["graph"], checkpoint_id=event.payload["id"]
        )
    except (RecordNotFound, RunNotFound):
        return []
    return [("state_update", {"state": state_view(snapshot), "thread_id": row["thread_id"]})]
