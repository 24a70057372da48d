"""What a thread holds, held, and is made to hold: state, history, changes by hand."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Response
from psycopg.rows import DictRow
from pydantic import ValidationError

from server.deps import EXAMPLE_ID, House, HouseDep, UserDep
from server.limits.guard import COUNTED
from server.problems import brief_incomplete
from server.protocol.path_ids import path_uuid
from server.protocol.run_bodies import CheckpointBody
from server.protocol.runs import ThreadId
from server.protocol.thread_bodies import BeforeBody, HistoryBody, PlaceBody, StateAt, StateUpdate
from server.protocol.thread_view import StateView, UpdatedState, no_state, place_view, state_view
from server.protocol.wire import ERRORS, JsonAnswer, JsonRoute
from server.threads.change_state import Change
from server.threads.thread_rows import get_thread
from state.errors import BriefIncomplete, RecordNotFound

router = APIRouter(
    prefix="/threads/{thread_id}",
    tags=["threads"],
    route_class=JsonRoute,
    responses=ERRORS,
    dependencies=COUNTED,
)
Subgraphs = Annotated[bool, Query(description="Show the states of subgraphs, too.")]
Selected = Annotated[
    list[str] | None, Query(description="These fields only; `values.<key>` is one.", examples=["values"])
]


@router.get("/state", summary="Read the state", response_model=StateView)
async def read_state(
    thread_id: ThreadId,
    house: HouseDep,
    user_id: UserDep,
    subgraphs: Subgraphs = False,
    select: Selected = None,
) -> Response:
    """What the thread holds now; `checkpoint` is null when nothing ran yet."""
    return await _state(house, user_id, thread_id, _state_at(subgraphs=subgraphs, select=select))


@router.post("/state/checkpoint", summary="Read an earlier state", response_model=StateView)
async def read_state_at(thread_id: ThreadId, body: StateAt, house: HouseDep, user_id: UserDep) -> Response:
    """What the thread held at a checkpoint, of the root or of a subgraph."""
    return await _state(house, user_id, thread_id, body)


@router.get("/state/{checkpoint_id}", summary="Read an earlier state by id", response_model=StateView)
async def read_checkpoint(
    thread_id: ThreadId,
    checkpoint_id: Annotated[str, Path(description="The checkpoint's id.", examples=[EXAMPLE_ID])],
    house: HouseDep,
    user_id: UserDep,
    subgraphs: Subgraphs = False,
    select: Selected = None,
) -> Response:
    """What the thread held at a checkpoint."""
    place = PlaceBody(checkpoint_id=path_uuid(checkpoint_id, "checkpoint_id"))
    body = _state_at(checkpoint=place, subgraphs=subgraphs, select=select)
    return await _state(house, user_id, thread_id, body)


@router.post("/state", summary="Change the state", response_model=UpdatedState)
async def update_state(thread_id: ThreadId, body: StateUpdate, house: HouseDep, user_id: UserDep) -> Response:
    """Write to the newest state, or to an earlier one: a fork.

    What follows from it is ordered anew; what was bought for the same request before is taken at no cost.
    """
    place = body.place
    change = Change(
        values=body.values, as_node=body.as_node,
        checkpoint_id=place.checkpoint_id, checkpoint_ns=place.checkpoint_ns,
    )  # fmt: skip
    made = place_view(await house.threads.changes.update(change, user_id=user_id, thread_id=thread_id))
    return JsonAnswer({"checkpoint": made, "configurable": made, "checkpoint_id": made["checkpoint_id"]})


@router.get("/history", summary="List past states", response_model=list[StateView])
async def list_history(
    thread_id: ThreadId,
    house: HouseDep,
    user_id: UserDep,
    limit: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 10,
    before: Annotated[
        str | None,
        Query(
            description="Only what came before: a checkpoint's id, or a checkpoint as JSON.",
            examples=[EXAMPLE_ID],
        ),
    ] = None,
) -> Response:
    """The thread's checkpoints, newest first across all branches."""
    return await _history(house, user_id, thread_id, HistoryBody(limit=limit, before=_read_before(before)))


@router.post("/history", summary="Search past states", response_model=list[StateView])
async def search_history(
    thread_id: ThreadId, body: HistoryBody, house: HouseDep, user_id: UserDep
) -> Response:
    """The thread's checkpoints, newest first across all branches; `parent_checkpoint` makes the tree."""
    return await _history(house, user_id, thread_id, body)


def _state_at(**asked: Any) -> StateAt:
    """What a query asks for, held against what a body may ask for."""
    try:
        return StateAt.model_validate(asked)
    except ValidationError as exc:
        raise brief_incomplete(exc) from exc


async def _state(house: House, user_id: str, thread_id: str, body: StateAt) -> Response:
    row = await get_thread(house.database, user_id=user_id, thread_id=thread_id)
    if not _has_state(house, row):
        if body.checkpoint.checkpoint_id:
            raise RecordNotFound("There is no such checkpoint on this thread.")
        return JsonAnswer(no_state())
    snapshot = await house.threads.snapshots.read(
        thread_id,
        graph=row["graph"],
        checkpoint_id=body.checkpoint.checkpoint_id,
        checkpoint_ns=body.checkpoint.checkpoint_ns,
        subgraphs=body.subgraphs,
    )
    return JsonAnswer(state_view(snapshot, select=body.select))


async def _history(house: House, user_id: str, thread_id: str, body: HistoryBody) -> Response:
    row = await get_thread(house.database, user_id=user_id, thread_id=thread_id)
    if not _has_state(house, row):
        return JsonAnswer([])
    place = body.checkpoint or CheckpointBody()
    found = house.threads.snapshots.history(
        thread_id,
        graph=row["graph"],
        limit=body.limit,
        before=body.before.checkpoint_id if body.before else None,
        checkpoint_id=place.checkpoint_id,
        checkpoint_ns=place.checkpoint_ns,
        metadata=body.metadata,
    )
    return JsonAnswer([state_view(one, select=body.select) async for one in found])


def _has_state(house: House, row: DictRow) -> bool:
    return row["status"] != "draft" and row["graph"] in house.specs


def _read_before(text: str | None) -> BeforeBody | None:
    if not text:
        return None
    if not text.lstrip().startswith("{"):
        return BeforeBody(checkpoint_id=path_uuid(text, "before"))
    try:
        return BeforeBody.model_validate(orjson.loads(text))
    except ValueError:  # no JSON, or no checkpoint
        raise BriefIncomplete("before: is neither a checkpoint's id nor a checkpoint as JSON") from None
