"""Runs without a thread of their own: each gets one, which is kept out of lists unless it is to stay."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response
from psycopg.rows import DictRow

from server.deps import House, HouseDep, UserDep
from server.limits.classes import counts_as, of_run
from server.limits.guard import COUNTED
from server.protocol.live_stream import LiveStream
from server.protocol.path_ids import path_uuid
from server.protocol.run_bodies import MOST_IN_BATCH, RunsCancelBody, StatelessRunBody
from server.protocol.run_intake import read_run
from server.protocol.run_stream import Wanted, run_response
from server.protocol.run_view import RunView, run_view
from server.protocol.runs import STREAM, Modes, RunId, canceller, joined, wait_response
from server.protocol.wire import ERRORS, JsonAnswer, JsonRoute
from server.threads.read_runs import find_run, live_runs
from server.threads.stop import CancelAction
from state.errors import RunNotFound

router = APIRouter(
    prefix="/runs", tags=["runs"], route_class=JsonRoute, responses=ERRORS, dependencies=COUNTED
)
OF_STATUS = {
    "pending": ["waiting", "queued"],
    "running": ["running"],
    "all": ["waiting", "queued", "running"],
}


@router.post(
    "/stream", summary="Run once and follow it", status_code=200, response_class=LiveStream, responses=STREAM
)
@counts_as(of_run)
async def stream_once(
    body: StatelessRunBody, request: Request, house: HouseDep, user_id: UserDep
) -> Response:
    """Accept a run on a thread made for it and show it live."""
    row = await _create(house, request, body, user_id=user_id)
    wanted = Wanted(modes=body.modes, subgraphs=body.stream_subgraphs, numbered=body.stream_resumable)
    leave = canceller(house, row, user_id=user_id) if body.on_disconnect == "cancel" else None
    return run_response(house, row, wanted, base=f"/runs/{row['run_id']}", on_leave=leave)


@router.post("/wait", summary="Run once and wait for the end")
@counts_as(of_run)
async def wait_once(body: StatelessRunBody, request: Request, house: HouseDep, user_id: UserDep) -> Response:
    """The state at its end, with `__interrupt__` at a question or `__error__` when it failed."""
    row = await _create(house, request, body, user_id=user_id)
    leave = canceller(house, row, user_id=user_id) if body.on_disconnect == "cancel" else None
    return wait_response(house, row, base=f"/runs/{row['run_id']}", on_leave=leave)


@router.post("", summary="Run once in the background", response_model=RunView)
@counts_as(of_run)
async def start_once(body: StatelessRunBody, request: Request, house: HouseDep, user_id: UserDep) -> Response:
    """Accept a run on a thread made for it."""
    row = await _create(house, request, body, user_id=user_id)
    return JsonAnswer(run_view(row), headers={"Content-Location": f"/runs/{row['run_id']}"})


@router.post("/batch", summary="Run several at once", response_model=list[RunView])
@counts_as(of_run)
async def start_batch(
    bodies: Annotated[list[StatelessRunBody], Body(min_length=1, max_length=MOST_IN_BATCH)],
    request: Request,
    house: HouseDep,
    user_id: UserDep,
) -> Response:
    """Accept all of these runs, or none when one of them is wrong."""
    read = [await read_run(house, request, body, user_id=user_id, thread_id=None) for body in bodies]
    rows = await house.threads.runs.create_all(read)
    return JsonAnswer([run_view(row) for row in rows])


@router.post("/cancel", status_code=204, summary="Stop several runs")
async def cancel_several(
    body: RunsCancelBody,
    house: HouseDep,
    user_id: UserDep,
    action: Annotated[
        CancelAction, Query(description="`rollback` also takes back what they did.")
    ] = "interrupt",
) -> Response:
    """End the user's runs in a status, or those of one thread that are named; 404 when there are none."""
    thread = path_uuid(body.thread_id, "thread_id") if body.thread_id else None
    runs = [path_uuid(one, "run_ids") for one in body.run_ids or []] if thread else None
    statuses = OF_STATUS[body.status or "all"]
    rows = await live_runs(house.database, user_id=user_id, statuses=statuses, thread_id=thread, run_ids=runs)
    if not rows:
        raise RunNotFound("There is no such run to cancel.")
    for row in rows:
        await canceller(house, row, user_id=user_id, action=action)()
    return Response(status_code=204)


@router.get(
    "/{run_id}/stream", summary="Follow a run", status_code=200, response_class=LiveStream, responses=STREAM
)
async def join_stream(
    run_id: RunId, request: Request, house: HouseDep, user_id: UserDep, modes: Modes
) -> Response:
    """As on its thread, for a client that does not know the thread."""
    row = await find_run(house.database, user_id=user_id, run_id=run_id)
    return run_response(house, row, joined(request, row, modes), base=f"/runs/{run_id}")


@router.get("/{run_id}/join", summary="Wait for a run's end")
async def join_run(run_id: RunId, house: HouseDep, user_id: UserDep) -> Response:
    """As on its thread, for a client that does not know the thread."""
    row = await find_run(house.database, user_id=user_id, run_id=run_id)
    return wait_response(house, row, base=f"/runs/{run_id}")


async def _create(house: House, request: Request, body: StatelessRunBody, *, user_id: str) -> DictRow:
    asked = await read_run(house, request, body, user_id=user_id, thread_id=None)
    return await house.threads.runs.create(asked)
