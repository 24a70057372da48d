"""A novela's live events (S1-63 to S1-67): its scenes and its status, nobody else's."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from psycopg.rows import DictRow
from sse_starlette import EventSourceResponse

from server.api.videos import VideoView
from server.api.wire import ERRORS
from server.deps import House, HouseDep, NovelaId, UserDep
from server.limits.guard import COUNTED
from server.records import novelas
from server.records.feed import follow_novela
from server.sse import Frame, event_stream, first_wanted

router = APIRouter(prefix="/api/novelas", tags=["novelas"], responses=ERRORS, dependencies=COUNTED)
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "`novela:{id}:video:update` with the whole video at each change of its status,"
        " `novela:{id}:status:update` at each change of the novela's.",
        "content": {
            "text/event-stream": {
                "example": "id: 3\nevent: novela:7c4a…:video:update\n"
                'data: {"type":"novela:7c4a…:video:update","payload":{"status":"completed"},"id":3}\n\n'
            }
        },
    }
}


@router.get(
    "/{novela_id}/events", summary="Follow a novela", response_class=EventSourceResponse, responses=STREAM
)
async def follow(
    novela_id: NovelaId,
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    since: Annotated[
        int | None, Query(ge=0, description="Only updates after this one; as `Last-Event-ID`.")
    ] = None,
) -> EventSourceResponse:
    """Every update of this novela in order; a scene shows as soon as it is done."""
    await novelas.get_novela(house.database, novela_id, user_id=user_id)
    after = first_wanted(request, since)
    return event_stream(
        _frames(house, novela_id, user_id=user_id, after=after), after=after, limits=house.limits
    )


async def _frames(house: House, novela_id: str, *, user_id: str, after: int) -> AsyncGenerator[Frame, None]:
    rows = follow_novela(house.database, house.bells, novela_id, user_id=user_id, after=after)
    try:
        async for row in rows:
            yield Frame(id=row["seq"], type=row["type"], payload=_payload(house, row), at=row["at"])
    finally:
        await rows.aclose()


def _payload(house: House, row: DictRow) -> Any:
    """The record as the API shows it; links are signed when they are sent, not when they were written."""
    if row["type"].endswith(":video:update"):
        return VideoView.of(row["payload"], house.store.link).model_dump(mode="json")
    return row["payload"]
