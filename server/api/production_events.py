"""A production's live events: the event log as server-sent events."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sse_starlette import EventSourceResponse

from server.api.wire import ERRORS
from server.deps import House, HouseDep, LoggedEvent, ProductionId, UserDep
from server.limits.guard import COUNTED
from server.records import productions
from server.sse import Frame, event_stream, first_wanted

router = APIRouter(prefix="/api/productions", tags=["productions"], responses=ERRORS, dependencies=COUNTED)
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Frames of `id`, `event` and `data`; `data` is `{type, payload, timestamp, id}`."
        " A comment comes every 5 s; `event: end` says whether to come back.",
        "content": {
            "text/event-stream": {
                "example": "id: 12\nevent: scene_done\n"
                'data: {"type":"scene_done","payload":{"scene":1},"timestamp":"2026-01-01","id":12}\n\n'
            }
        },
    }
}


@router.get(
    "/{production_id}/events",
    summary="Follow a production",
    response_class=EventSourceResponse,
    responses=STREAM,
)
async def follow_production(
    production_id: ProductionId,
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    since: Annotated[
        int | None, Query(ge=0, description="Only events after this one; as `Last-Event-ID`.")
    ] = None,
    only: Annotated[
        str,
        Query(
            max_length=500,
            description="Only these types, with commas between.",
            examples=["progress,lifecycle"],
        ),
    ] = "",
) -> EventSourceResponse:
    """Everything that happens, in order, without gaps or doubles across reconnects.

    Of an ended production some may have been cleared: then `cleared` comes first, with `through`, the last
    such number. What is left follows: every result, question and end, and the newest state whole.
    """
    await productions.get_production(house.database, production_id, user_id=user_id)
    after = first_wanted(request, since)
    wanted = frozenset(filter(None, (name.strip() for name in only.split(","))))
    frames = _frames(house, production_id, after=after, wanted=wanted)
    return event_stream(frames, after=after, limits=house.limits)


async def _frames(
    house: House, production_id: str, *, after: int, wanted: frozenset[str]
) -> AsyncGenerator[Frame, None]:
    """The log from `after` on, until the production has ended; a paused one may go on."""
    events = house.events.follow(production_id, after=after, until_end=True, gaps=True)
    try:
        async for event in events:
            frame = _frame(event)
            if not wanted or frame.type in wanted or event.method == "cleared":
                yield frame
    finally:
        await _close(events)


def _frame(event: LoggedEvent) -> Frame:
    kind, payload = event.method, event.payload
    if kind == "custom" and isinstance(payload, dict) and payload.get("name"):
        kind, payload = str(payload["name"]), payload.get("payload")
    return Frame(id=event.seq, type=kind, payload=payload, at=event.at)


async def _close(events: AsyncIterator[LoggedEvent]) -> None:
    close = getattr(events, "aclose", None)
    if close is not None:
        await close()
