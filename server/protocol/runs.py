"""Runs on a thread: start, follow, wait, look, stop."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from psycopg.rows import DictRow
from starlette.responses import StreamingResponse

from server.deps import EXAMPLE_ID, House, HouseDep, UserDep
from server.limits.classes import counts_as, of_run
from server.limits.guard import COUNTED
from server.protocol.live_stream import LiveStream
from server.protocol.path_ids import path_uuid
from server.protocol.run_bodies import RunBody, stream_modes
from server.protocol.run_intake import read_run
from server.protocol.run_result import waited
from server.protocol.run_stream import FIRST, Wanted, read_place, run_events, run_response
from server.protocol.run_view import STATUS, RunView, run_view
from server.protocol.wire import ERRORS, JsonAnswer, JsonRoute
from server.threads.read_runs import get_run, get_thread_row, list_runs
from server.threads.stop import CancelAction, cancel_run, delete_run
from state.errors import RunNotFound

router = APIRouter(
    prefix="/threads/{thread_id}/runs",
    tags=["runs"],
    route_class=JsonRoute,
    responses=ERRORS,
    dependencies=COUNTED,
)
MOST_FRAMES = 1_000_000
RunStatus = Literal["pending", "running", "success", "error", "timeout", "interrupted"]
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Frames of `event`, `data` and, when resumable, `id`; a comment every 5 s.",
        "content": {"text/event-stream": {"example": 'event: values\r\ndata: {"stage":"writing"}\r\n\r\n'}},
    }
}


async def thread_id(
    thread_id: Annotated[str, Path(description="The thread's id.", examples=[EXAMPLE_ID])],
) -> str:
    """The thread that the path names."""
    return path_uuid(thread_id, "thread_id")


async def run_id(run_id: Annotated[str, Path(description="The run's id.", examples=[EXAMPLE_ID])]) -> str:
    """The run that the path names."""
    return path_uuid(run_id, "run_id")


ThreadId = Annotated[str, Depends(thread_id)]
RunId = Annotated[str, Depends(run_id)]
Modes = Annotated[list[str], Depends(stream_modes)]


@router.post(
    "/stream",
    summary="Start a run and follow it",
    status_code=200,
    response_class=LiveStream,
    responses=STREAM,
)
@counts_as(of_run)
async def stream_run(
    thread_id: ThreadId, body: RunBody, request: Request, house: HouseDep, user_id: UserDep
) -> Response:
    """Accept a run and show it live; it goes on when the reader leaves, unless told otherwise."""
    row = await create(house, request, body, user_id=user_id, thread_id=thread_id)
    wanted = Wanted(modes=body.modes, subgraphs=body.stream_subgraphs, numbered=body.stream_resumable)
    leave = canceller(house, row, user_id=user_id) if body.on_disconnect == "cancel" else None
    return run_response(house, row, wanted, base=_place(row), on_leave=leave)


@router.post("/wait", summary="Start a run and wait for its end")
@counts_as(of_run)
async def wait_run(
    thread_id: ThreadId, body: RunBody, request: Request, house: HouseDep, user_id: UserDep
) -> Response:
    """The state at its end, with `__interrupt__` at a question or `__error__` when it failed."""
    row = await create(house, request, body, user_id=user_id, thread_id=thread_id)
    leave = canceller(house, row, user_id=user_id) if body.on_disconnect == "cancel" else None
    return wait_response(house, row, base=_place(row), on_leave=leave)


@router.post("", summary="Start a run in the background", response_model=RunView)
@counts_as(of_run)
async def start_run(
    thread_id: ThreadId, body: RunBody, request: Request, house: HouseDep, user_id: UserDep
) -> Response:
    """Accept a run; it is stored before this answers."""
    row = await create(house, request, body, user_id=user_id, thread_id=thread_id)
    return JsonAnswer(run_view(row), headers={"Content-Location": _place(row)})


@router.get("", summary="List runs", response_model=list[RunView])
async def list_thread_runs(
    thread_id: ThreadId,
    house: HouseDep,
    user_id: UserDep,
    limit: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 10,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="How many to pass over.")] = 0,
    status: Annotated[RunStatus | None, Query(description="Only those in this status.")] = None,
) -> Response:
    """The thread's runs, newest first."""
    await get_thread_row(house.database, user_id=user_id, thread_id=thread_id)
    wanted = None if status is None else [ours for ours, theirs in STATUS.items() if theirs == status]
    rows = await list_runs(
        house.database, user_id=user_id, thread_id=thread_id, limit=limit, offset=offset, statuses=wanted
    )
    return JsonAnswer([run_view(row) for row in rows])


@router.get("/{run_id}", summary="Read a run", response_model=RunView)
async def read_one(thread_id: ThreadId, run_id: RunId, house: HouseDep, user_id: UserDep) -> Response:
    """Where a run stands."""
    return JsonAnswer(
        run_view(await get_run(house.database, user_id=user_id, thread_id=thread_id, run_id=run_id))
    )


@router.delete("/{run_id}", status_code=204, summary="Remove a run")
async def remove(thread_id: ThreadId, run_id: RunId, house: HouseDep, user_id: UserDep) -> Response:
    """Hide a run that has ended; what it made and what it bought stay."""
    await delete_run(house.database, user_id=user_id, thread_id=thread_id, run_id=run_id)
    return Response(status_code=204)


@router.get(
    "/{run_id}/stream", summary="Follow a run", status_code=200, response_class=LiveStream, responses=STREAM
)
async def join_stream(
    thread_id: ThreadId,
    run_id: RunId,
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    modes: Modes,
    cancel_on_disconnect: Annotated[bool, Query(description="End the run when this reader leaves.")] = False,
) -> Response:
    """What follows `Last-Event-ID` (`-1` is all), then live; without it only what is still to come."""
    row = await get_run(house.database, user_id=user_id, thread_id=thread_id, run_id=run_id)
    leave = canceller(house, row, user_id=user_id) if cancel_on_disconnect else None
    return run_response(house, row, joined(request, row, modes), base=_place(row), on_leave=leave)


@router.get("/{run_id}/join", summary="Wait for a run's end")
async def join_run(thread_id: ThreadId, run_id: RunId, house: HouseDep, user_id: UserDep) -> Response:
    """As `wait`, for a run that was started before."""
    row = await get_run(house.database, user_id=user_id, thread_id=thread_id, run_id=run_id)
    return wait_response(house, row, base=_place(row))


@router.post("/{run_id}/cancel", status_code=202, summary="Stop a run")
async def cancel(
    thread_id: ThreadId,
    run_id: RunId,
    house: HouseDep,
    user_id: UserDep,
    wait: Annotated[bool, Query(description="Answer when it has ended.")] = False,
    action: Annotated[
        CancelAction, Query(description="`rollback` also takes back what it did, never what it bought.")
    ] = "interrupt",
) -> Response:
    """End a run that waits or runs; what it ordered is still collected and booked."""
    place = {"user_id": user_id, "thread_id": thread_id, "run_id": run_id}
    row = await get_run(house.database, **place)
    await cancel_run(house.database, **place, action=action)
    if not wait:
        return JsonAnswer({}, status_code=202)
    async for _ in run_events(house, row):
        pass
    try:
        return JsonAnswer(run_view(await get_run(house.database, **place)))
    except RunNotFound:  # rolled back meanwhile
        return JsonAnswer({**run_view(row), "status": "interrupted"})


async def create(house: House, request: Request, body: RunBody, *, user_id: str, thread_id: str) -> DictRow:
    """Read the request and accept the run."""
    asked = await read_run(house, request, body, user_id=user_id, thread_id=thread_id)
    return await house.threads.runs.create(asked)


def joined(request: Request, row: DictRow, modes: list[str]) -> Wanted:
    """What a reader who comes later wants: what it has not seen, in the modes the run was asked with."""
    seen = read_place(request.headers.get("last-event-id"))
    asked = row["kwargs"]
    return Wanted(
        modes=modes or asked.get("stream_mode") or ["values"],
        subgraphs=asked.get("stream_subgraphs", False),
        numbered=True,
        after=(row["last_seq"], MOST_FRAMES) if seen is None else seen,
        told=seen in (None, FIRST),
    )


def wait_response(
    house: House,
    row: DictRow,
    *,
    base: str,
    on_leave: Callable[[], Awaitable[None]] | None = None,
) -> StreamingResponse:
    """The end as JSON; line feeds before it keep the connection alive."""
    headers = {"Location": f"{base}/join", "Content-Location": base, "Cache-Control": "no-store"}
    body: AsyncIterator[bytes] = waited(house, row, on_leave=on_leave)
    return StreamingResponse(body, media_type="application/json", headers=headers)


def canceller(
    house: House, row: DictRow, *, user_id: str, action: CancelAction = "interrupt"
) -> Callable[[], Awaitable[None]]:
    """What ends this run when it is called; a run that has ended meanwhile is none of its business."""

    async def leave() -> None:
        place = {"user_id": user_id, "thread_id": row["thread_id"], "run_id": row["run_id"]}
        try:
            await cancel_run(house.database, **place, action=action)
        except RunNotFound:  # it ended in the same moment
            return

    return leave


def _place(row: DictRow) -> str:
    return f"/threads/{row['thread_id']}/runs/{row['run_id']}"
