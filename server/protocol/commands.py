"""Commands on a thread (protocol v2): start a run, answer a question.

What cannot be done is said in the answer, with a code, and HTTP says 200: clients expect it so. A body
that is no command is 400, a thread of somebody else 404 as everywhere, and what fails on our side is no
answer at all, so that a client tries again.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from psycopg.rows import DictRow
from pydantic import BaseModel, Field, ValidationError

from server.deps import House, HouseDep, UserDep
from server.limits.classes import counts_as, of_command
from server.limits.guard import COUNTED
from server.problems import brief_incomplete, status_of
from server.protocol.command_bodies import Command, ErrorCode, RespondParams, RunStartParams
from server.protocol.run_bodies import RunBody
from server.protocol.run_intake import read_run
from server.protocol.thread_frames import last_part
from server.protocol.thread_stream import ThreadId
from server.protocol.wire import ENVELOPE_ERRORS, EnvelopeRoute, JsonAnswer
from server.threads.answers import HEX
from server.threads.read_runs import get_thread_row, list_runs
from state.errors import GreenlightError, RecordNotFound, RunNotFound, StaleReview

router = APIRouter(
    prefix="/threads/{thread_id}",
    tags=["threads"],
    route_class=EnvelopeRoute,
    responses=ENVELOPE_ERRORS,
    dependencies=COUNTED,
)
OTHER_WAYS = {
    "agent.getTree": "GET /assistants/{id}/graph",
    "subscription.subscribe": "POST /threads/{id}/stream/events",
    "subscription.unsubscribe": "POST /threads/{id}/stream/events",
    "subscription.reconnect": "POST /threads/{id}/stream/events with `since`",
    "state.get": "GET /threads/{id}/state",
    "state.listCheckpoints": "POST /threads/{id}/history",
    "state.fork": "run.start with config.configurable.checkpoint_id",
    "input.inject": "run.start with input",
}
"""What the protocol has a word for, and where we do it."""
NO_SUCH_CHECKPOINT = "There is no such checkpoint on this thread."


class CommandMeta(BaseModel):
    """How far the thread had come."""

    applied_through_seq: int = Field(description="Events up to this `seq` came before the command.")


class CommandAnswer(BaseModel):
    """What became of a command: `result` when it was done, `error` and `message` when it was not."""

    type: str = Field(description="`success` or `error`.", examples=["success"])
    id: int = Field(description="The command's number.", examples=[1])
    result: dict[str, Any] | None = Field(
        default=None, description="What it made: the run's id for `run.start`."
    )
    error: ErrorCode | None = Field(default=None, description="A word for programs.")
    message: str | None = Field(default=None, description="What is wrong, in one sentence.")
    meta: CommandMeta | None = Field(default=None, description="How far the thread had come.")


class Refused(Exception):
    """A command that is not carried out, with the protocol's word for why."""

    def __init__(self, error: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.error = error


@router.post("/commands", summary="Start a run or answer a question", response_model=CommandAnswer)
@counts_as(of_command)
async def command(
    thread_id: ThreadId, body: Command, request: Request, house: HouseDep, user_id: UserDep
) -> Response:
    """Carry out one command; a repeat with the same number and words is carried out once."""
    place = {"thread_id": thread_id, "user_id": user_id}
    try:
        result, run = await _carried_out(house, request, body, **place)
    except Refused as exc:
        return JsonAnswer({"type": "error", "id": body.id, "error": exc.error, "message": str(exc)})
    meta = {"applied_through_seq": last_part(run["before_seq"])}
    return JsonAnswer({"type": "success", "id": body.id, "result": result, "meta": meta})


async def _carried_out(
    house: House, request: Request, body: Command, *, thread_id: str, user_id: str
) -> tuple[dict[str, Any], DictRow]:
    carry_out = METHODS.get(body.method)
    if carry_out is None:
        raise _unknown(body.method)
    try:
        return await carry_out(house, request, body, thread_id, user_id)
    except ValidationError as exc:
        raise Refused("invalid_argument", brief_incomplete(exc, within="params").message) from exc
    except RunNotFound:
        raise
    except GreenlightError as exc:
        if status_of(exc) >= 500 or status_of(exc) == 429:
            raise
        raise Refused(_word(exc), f"{exc.message} {exc.user_action}".strip()) from exc


def _unknown(method: str) -> Refused:
    if method in OTHER_WAYS:
        return Refused("not_supported", f"{method} is not spoken here; use {OTHER_WAYS[method]}.")
    return Refused("unknown_command", f"{method!r} is none of {', '.join(METHODS)}.")


def _word(error: GreenlightError) -> ErrorCode:
    return "no_such_interrupt" if isinstance(error, StaleReview) else "invalid_argument"


async def _start(
    house: House, request: Request, command: Command, thread_id: str, user_id: str
) -> tuple[dict[str, Any], DictRow]:
    params = RunStartParams.model_validate(command.params)
    if params.from_checkpoint.checkpoint_id is not None:
        await _check_checkpoint(house, params, thread_id=thread_id, user_id=user_id)
    asked = await read_run(house, request, params, user_id=user_id, thread_id=thread_id, number=command.id)
    run = await house.threads.runs.create(asked)
    return {"run_id": run["run_id"]}, run


async def _check_checkpoint(house: House, params: RunBody, *, thread_id: str, user_id: str) -> None:
    at = params.from_checkpoint
    try:
        thread = await get_thread_row(house.database, user_id=user_id, thread_id=thread_id)
        await house.threads.snapshots.read(
            thread_id, graph=thread["graph"], checkpoint_id=at.checkpoint_id, checkpoint_ns=at.checkpoint_ns
        )
    except (RunNotFound, RecordNotFound) as exc:
        raise Refused("no_such_checkpoint", NO_SUCH_CHECKPOINT) from exc


async def _respond(
    house: House, request: Request, command: Command, thread_id: str, user_id: str
) -> tuple[dict[str, Any], DictRow]:
    params = RespondParams.model_validate(command.params)
    place = {"thread_id": thread_id, "user_id": user_id}
    thread = await get_thread_row(house.database, **place)
    for interrupt_id in params.answers:
        if not HEX.fullmatch(interrupt_id):
            raise Refused("no_such_interrupt", f"The question {interrupt_id!r} is not open.")
    latest = await list_runs(house.database, **place, limit=1, offset=0)
    assistant = latest[0]["assistant_id"] if latest else None
    try:
        body = params.as_run(assistant or thread["graph"])
        asked = await read_run(house, request, body, **place, number=command.id)
    except RecordNotFound:  # the preset it was started with has gone meanwhile
        body = params.as_run(thread["graph"])
        asked = await read_run(house, request, body, **place, number=command.id)
    run = await house.threads.runs.create(asked)
    return {}, run


CarryOut = Callable[[House, Request, Command, str, str], Awaitable[tuple[dict[str, Any], DictRow]]]
METHODS: dict[str, CarryOut] = {"run.start": _start, "input.respond": _respond}
