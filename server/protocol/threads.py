"""Threads: made, read, marked, searched, copied, pruned, hidden. A thread is a production."""

import uuid
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from server.deps import House, HouseDep, UserDep
from server.protocol.assistant_ids import system_id
from server.protocol.runs import ThreadId
from server.protocol.thread_bodies import (
    NewThread,
    PruneBody,
    SuperstepBody,
    ThreadCount,
    ThreadPatch,
    ThreadSearch,
)
from server.protocol.thread_view import ThreadView, thread_view
from server.protocol.wire import ERRORS, JsonAnswer, JsonRoute, found, page_headers
from server.threads import thread_rows
from server.threads.change_state import Change
from server.threads.copy_thread import copy_thread
from server.threads.prune import prune_thread
from server.threads.thread_rows import Page, Wanted
from state.errors import BriefIncomplete, RecordConflict, RunNotFound

router = APIRouter(prefix="/threads", tags=["threads"], route_class=JsonRoute, responses=ERRORS)
INCLUDES = frozenset({"ttl"})


async def read_include(
    include: Annotated[
        str | None, Query(description="More to show, by commas; `ttl` is known.", examples=["ttl"])
    ] = None,
) -> frozenset[str]:
    """What else is to be shown.

    Raises:
        BriefIncomplete: something that is not known.
    """
    asked = frozenset(word.strip() for word in (include or "").split(",") if word.strip())
    if unknown := sorted(asked - INCLUDES):
        raise BriefIncomplete(f"include: {unknown[0]!r} is not known; known is ttl")
    return asked


@router.post("", summary="Create a thread", response_model=ThreadView)
async def create(body: NewThread, house: HouseDep, user_id: UserDep) -> Response:
    """A thread on which nothing ran yet; lists of productions do not show it before something does."""
    thread_id = str(body.thread_id or uuid.uuid4())
    graph = (body.metadata or {}).get("graph_id", "")
    known = graph if isinstance(graph, str) and graph in house.specs else ""
    if body.supersteps and not known:
        raise BriefIncomplete("metadata.graph_id: must name the graph whose past `supersteps` gives")
    made = await thread_rows.create_thread(
        house.database, user_id=user_id, thread_id=thread_id, graph=known if body.supersteps else "",
        metadata=body.metadata or {},
    )  # fmt: skip
    if not made:
        return await _existing(house, user_id, thread_id, body)
    if body.supersteps:
        await _give_past(house, user_id, thread_id, body.supersteps)
    return JsonAnswer(await shown_thread(house, user_id, thread_id))


async def _existing(house: House, user_id: str, thread_id: str, body: NewThread) -> Response:
    if body.if_exists == "do_nothing":
        with suppress(RunNotFound):
            return JsonAnswer(await shown_thread(house, user_id, thread_id))
    raise RecordConflict(
        "This thread_id is taken.", user_action="Leave it out, or send if_exists do_nothing for your own."
    )


async def _give_past(house: House, user_id: str, thread_id: str, steps: list[SuperstepBody]) -> None:
    past = [
        [
            Change(
                values=one.command.update
                if one.command and isinstance(one.command.update, dict)
                else one.values,
                goto=one.command.ways() if one.command else [],
                as_node=one.as_node,
            )
            for one in step.updates
        ]
        for step in steps
    ]
    try:
        await house.threads.changes.play(past, user_id=user_id, thread_id=thread_id)
    except BriefIncomplete:
        await thread_rows.forget_draft(house.database, user_id=user_id, thread_id=thread_id)
        raise


@router.post("/search", summary="Search threads", response_model=found(ThreadView, "FoundThread"))
async def search(body: ThreadSearch, house: HouseDep, user_id: UserDep) -> Response:
    """The user's threads; the total and the next offset are headers, `values` is a small copy."""
    page = Page(
        limit=body.limit, offset=body.offset, sort_by=body.sort_by or "created_at",
        ascending=body.sort_order == "asc",
    )  # fmt: skip
    rows, total = await thread_rows.search_threads(
        house.database, _wanted(house, body), page, user_id=user_id
    )
    shown = [thread_view(row, select=body.select, extract=body.extract) for row in rows]
    return JsonAnswer(shown, headers=page_headers(total=total, offset=body.offset, shown=len(rows)))


@router.post("/count", summary="Count threads")
async def count(body: ThreadCount, house: HouseDep, user_id: UserDep) -> int:
    """How many a search with these filters would find."""
    return await thread_rows.count_threads(house.database, _wanted(house, body), user_id=user_id)


def _wanted(house: House, body: ThreadCount) -> Wanted:
    return Wanted(
        ids=None if body.ids is None else [str(one) for one in body.ids],
        metadata=body.metadata, values=body.values, status=body.status,
        systems={name: system_id(name) for name in house.specs},
    )  # fmt: skip


@router.post("/prune", summary="Prune threads")
async def prune(body: PruneBody, house: HouseDep, user_id: UserDep) -> dict[str, int]:
    """Hide threads, or drop all but their newest checkpoints; what runs is left alone."""
    pruned = 0
    for thread_id in dict.fromkeys(str(one) for one in body.thread_ids):
        with suppress(RunNotFound, RecordConflict):
            await prune_thread(
                house.database,
                house.threads.hands,
                user_id=user_id,
                thread_id=thread_id,
                strategy=body.strategy,
            )
            pruned += 1
    return {"pruned_count": pruned}


@router.get("/{thread_id}", summary="Read a thread", response_model=ThreadView)
async def read(
    thread_id: ThreadId,
    house: HouseDep,
    user_id: UserDep,
    include: Annotated[frozenset[str], Depends(read_include)],
) -> Response:
    """One thread as it is now, with its whole state."""
    shown = await shown_thread(house, user_id, thread_id)
    return JsonAnswer(shown | ({"ttl": None} if "ttl" in include else {}))


@router.patch("/{thread_id}", summary="Mark a thread", response_model=ThreadView)
async def change(thread_id: ThreadId, body: ThreadPatch, house: HouseDep, user_id: UserDep) -> Response:
    """Write these keys over what its metadata holds."""
    await thread_rows.merge_metadata(
        house.database, user_id=user_id, thread_id=thread_id, metadata=body.metadata or {}
    )
    return JsonAnswer(await shown_thread(house, user_id, thread_id))


@router.delete("/{thread_id}", status_code=204, summary="Delete a thread")
async def delete(thread_id: ThreadId, house: HouseDep, user_id: UserDep) -> Response:
    """Stop what runs on it and hide it with its runs, checkpoints and log; the books stay."""
    await thread_rows.hide_thread(house.database, user_id=user_id, thread_id=thread_id)
    return Response(status_code=204)


@router.post("/{thread_id}/copy", summary="Copy a thread", response_model=ThreadView)
async def copy(thread_id: ThreadId, house: HouseDep, user_id: UserDep) -> Response:
    """A new thread with the same past; what was bought on the first is found again and not paid twice."""
    copied = await copy_thread(
        house.database, house.specs, house.threads.hands, user_id=user_id, thread_id=thread_id
    )
    return JsonAnswer(await shown_thread(house, user_id, copied))


async def shown_thread(house: House, user_id: str, thread_id: str) -> dict[str, Any]:
    """The thread with the state of its newest checkpoint.

    Raises:
        RunNotFound: there is no such thread of this user.
    """
    row = await thread_rows.get_thread(house.database, user_id=user_id, thread_id=thread_id)
    if row["status"] == "draft" or row["graph"] not in house.specs:
        return thread_view(row)
    snapshot = await house.threads.snapshots.read(thread_id, graph=row["graph"])
    return thread_view(row, values=snapshot.values or {})
