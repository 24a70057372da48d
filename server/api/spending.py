"""The switch that stops spending: for yourself, and for whoever runs the server for anybody.

The switch itself is not counted among the requests of a minute: whoever needs it needs it now.
"""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field

from server.accounts.audit import note
from server.accounts.visitor import Visitor
from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import House, HouseDep, VisitorDep
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from state.errors import BriefIncomplete, NotAllowed, RecordNotFound
from tools.ledger.stops import Stop, Stops

router = APIRouter(
    prefix="/api/spending", tags=["money"],
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)  # fmt: skip


class WhoseBody(Body):
    """Whose spending. Yours, unless something else is said."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}, {"everybody": True}]})

    everybody: bool = Field(default=False, description="The whole server; for administrators.")
    user: str | None = Field(
        default=None, max_length=64, description="This user's; for administrators.", examples=["9f2d0a1b2c3d"]
    )


class StopBody(WhoseBody):
    """Stop spending."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"everybody": True, "reason": "The bill is odd."}]}
    )

    reason: str = Field(
        default="", max_length=300, description="Shown to whoever is held up.", examples=["The bill is odd."]
    )

    stop_jobs: bool = Field(
        default=False,
        description="Also stop the paid jobs that providers have. What has begun may be charged all the same,"
        " and is made anew when its production goes on.",
    )


class StopView(Wire):
    """A stop of spending. No paid request left after `stoppedAt`."""

    stop_id: int = Field(description="Its number.", examples=[4])
    everybody: bool = Field(description="Whether the whole server is stopped, or one user.")
    user_id: str | None = Field(description="Whose spending; null is everybody's.")
    reason: str = Field(description="Why, as whoever stopped it said.", examples=["The bill is odd."])
    stopped_at: datetime = Field(description="Since when.")
    on_their_way: int = Field(
        description="Paid requests that were allowed to leave a moment before and could not be held back.",
        examples=[1],
    )
    at_providers: int = Field(description="Jobs that providers had already; they are fetched.", examples=[3])
    stops_jobs: bool = Field(description="Whether those are stopped there instead.", examples=[False])
    released_at: datetime | None = Field(description="When it was released; null while it is in force.")


class SpendingView(Wire):
    """Whether you may spend."""

    stopped: bool = Field(description="Whether a stop holds you up.")
    stops: list[StopView] = Field(description="The stops in force; with `all` those of all users.")


@router.get("", summary="Read whether spending is stopped", dependencies=COUNTED)
async def read_spending(
    house: HouseDep,
    visitor: VisitorDep,
    everybodys: Annotated[
        bool, Query(alias="all", description="The stops of all users; for administrators.")
    ] = False,
) -> Answer[SpendingView]:
    """The stops that hold you up, the whole server's first."""
    if everybodys:
        _only_admin(visitor)
    stops = await Stops(house.database).in_force(None if everybodys else visitor.user_id)
    mine = any(stop.user_id in (None, visitor.user_id) for stop in stops)
    return Answer(data=SpendingView(stopped=mine, stops=[_view(stop) for stop in stops]))


@router.post("/stop", summary="Stop spending")
async def stop_spending(
    body: StopBody, house: HouseDep, visitor: VisitorDep, request: Request
) -> Answer[StopView]:
    """At once: when this answers, no paid request leaves any more.

    Runs that want to spend pause, and can be resumed after the release; what costs nothing goes on. A stop
    that is in force already stays as it is; an administrator's stands beside the user's own.
    """
    whose = await _whose(body, house, visitor)
    stop = await Stops(house.database).stop(
        whose, by=visitor.user_id, reason=body.reason, jobs=body.stop_jobs
    )
    told: dict[str, str | int] = {"whose": whose or "everybody", "stop": stop.stop_id, "reason": stop.reason}
    note(request, **told, stops_jobs=stop.stops_jobs)
    return Answer(data=_view(stop), message=_told(stop))


@router.post("/release", summary="Let spending go on")
async def release_spending(
    body: WhoseBody, house: HouseDep, visitor: VisitorDep, request: Request
) -> Answer[StopView]:
    """End a stop. Productions that paused for it are resumed one by one, by whoever owns them.

    Of two that hold a user up an administrator ends the administrators' first; the user's own stays.
    """
    whose = await _whose(body, house, visitor)
    own = visitor.role != "admin"
    if own:
        await _refuse_others_stop(house, visitor)
    stop = await Stops(house.database).release(whose, by=visitor.user_id, own=own)
    if stop is None:
        raise RecordNotFound("Nothing is stopped here.")
    note(request, whose=whose or "everybody", stop=stop.stop_id, reason=stop.reason)
    return Answer(data=_view(stop), message=await _released(house, whose))


async def _whose(body: WhoseBody, house: House, visitor: Visitor) -> str | None:
    if body.everybody and body.user:
        raise BriefIncomplete("user: give a user or everybody, not both", user_action="Remove one of them.")
    if body.everybody or (body.user not in (None, visitor.user_id)):
        _only_admin(visitor)
    if body.user is not None and not await Stops(house.database).is_user(body.user):
        raise RecordNotFound("There is no such user.")
    return None if body.everybody else body.user or visitor.user_id


async def _refuse_others_stop(house: House, visitor: Visitor) -> None:
    """What an administrator stopped for a user is not for that user to release."""
    for stop in await Stops(house.database).in_force(visitor.user_id):
        if stop.user_id == visitor.user_id and stop.stopped_by != visitor.user_id:
            raise NotAllowed("An administrator stopped your spending, and can release it.")


async def _released(house: House, whose: str | None) -> str:
    """What goes on now; it may be held up still."""
    rest = await Stops(house.database).in_force(whose)
    if any(stop.user_id in (None, whose) for stop in rest):
        return "This stop has ended; another one is in force still."
    return "Spending goes on. Resume the productions that paused."


def _only_admin(visitor: Visitor) -> None:
    if visitor.role != "admin":
        raise NotAllowed("Only an administrator may do that.")


def _view(stop: Stop) -> StopView:
    return StopView.model_validate(stop.model_dump() | {"everybody": stop.user_id is None})


def _told(stop: Stop) -> str:
    return (
        f"No paid request leaves any more. {stop.on_their_way} were on their way,"
        f" {stop.at_providers} jobs are at providers; they are {'stopped' if stop.stops_jobs else 'fetched'}."
    )
