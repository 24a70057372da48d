"""A run as a client asked for it, read into what the engine takes and checked before a row exists."""

from dataclasses import fields
from typing import Any

from fastapi import Request

from server import briefs
from server.deps import House
from server.intake import brief_in, read_start
from server.own_pictures import check_keys
from server.protocol.assistant_ids import Assistant, resolve_assistant
from server.protocol.run_bodies import RunBody, StatelessRunBody
from server.runs.amounts import AMOUNTS, ceiling_micros
from server.runs.asked import RunOptions
from server.threads.asked_run import AskedRun, Commission
from state.context import RunContext
from state.errors import BriefIncomplete

KNOBS = frozenset(knob.name for knob in fields(RunContext)) - {"user_id"}
LIMITS = ("ceiling_usd", "preproduction_usd")
"""What is the production's from its first run on; all other knobs are each run's own."""
OWN_RETRIES = "langgraph-sdk-py"
"""Says itself when it sends something again: never."""
SHOWN = (
    "input", "command", "config", "context", "interrupt_before", "interrupt_after", "stream_mode",
    "stream_subgraphs", "stream_resumable", "checkpoint", "checkpoint_id", "on_disconnect", "on_completion",
)  # fmt: skip


async def read_run(
    house: House,
    request: Request,
    body: StatelessRunBody,
    *,
    user_id: str,
    thread_id: str | None,
    number: int | None = None,
) -> AskedRun:
    """Read a request for a run; `number` is its own where it came as a command.

    Raises:
        RecordNotFound: there is no such assistant.
        BriefIncomplete: the input, the knobs or the command do not fit the graph; the field is named.
        BriefRefused: an amount that is none; the field is named.
    """
    assistant = await resolve_assistant(house, user_id, body.assistant_id)
    knobs = _read(_knobs(body, assistant), user_id=user_id)
    given, commission = await _input(house, body, assistant, knobs, user_id=user_id)
    command = body.command
    if command is not None:
        check_keys(command.model_dump(exclude_unset=True), user_id=user_id, field="command")
    key = request.headers.get("idempotency-key", "")[:200]
    on_thread = body if isinstance(body, RunBody) else None
    return AskedRun(
        user_id=user_id,
        thread_id=thread_id,
        graph=assistant.graph_id,
        assistant_id=assistant.assistant_id,
        input=given,
        resume=command.resume if command else None,
        resumes=bool(command and command.answers),
        options=_options(house, body, assistant, knobs),
        commission=commission,
        limits={name: knobs[name] for name in LIMITS if name in _own_knobs(body)},
        metadata=body.metadata or {},
        kwargs=body.model_dump(mode="json", include=set(SHOWN), exclude_unset=True),
        multitask=on_thread.multitask_strategy if on_thread else None,
        if_not_exists=on_thread.if_not_exists if on_thread else "create",
        after_seconds=body.after_seconds,
        keeps_thread=on_thread is not None or body.on_completion == "keep",
        idempotency_key=key,
        command=number,
        retries_by_itself=OWN_RETRIES not in request.headers.get("user-agent", ""),
    )


async def _input(
    house: House, body: StatelessRunBody, assistant: Assistant, knobs: dict[str, Any], *, user_id: str
) -> tuple[dict[str, Any] | None, Commission]:
    """The graph's input, and what it makes of a thread that is new."""
    read, graph = briefs.read_context(knobs, user_id=user_id), assistant.graph_id
    ceiling = ceiling_micros(knobs) if "ceiling_usd" in knobs else None
    if body.input is None or (body.command is not None and body.command.answers):
        # A start is checked with its brief; who goes on may name other models than it did.
        if graph in briefs.BRIEFS:
            briefs.check_text_models(graph, read, openai_model=house.settings.openai_model)
        amounts = {name: knobs[name] for name in AMOUNTS if name in knobs}
        return None, Commission(context={**amounts, "user_id": user_id}, ceiling_micros=ceiling)
    if graph not in briefs.BRIEFS:
        check_keys(body.input, user_id=user_id, field="input")
        context = {**knobs, "user_id": user_id}
        return body.input, Commission(brief=body.input, context=context, ceiling_micros=ceiling)
    intake = await read_start(house, user_id=user_id, graph=graph, brief=brief_in(body.input), context=knobs)
    return house.specs[graph].input_of(intake.brief), Commission(**vars(intake), ceiling_micros=ceiling)


def _knobs(body: StatelessRunBody, assistant: Assistant) -> dict[str, Any]:
    """The knobs of the run: the assistant's, the older place's, the request's, the last one wins.

    What is no knob of ours is somebody else's and passed over, as stock servers do.
    """
    preset = (assistant.config.get("configurable") or {}) | assistant.context
    given = preset | _own_knobs(body)
    return {name: value for name, value in given.items() if name in KNOBS}


def _own_knobs(body: StatelessRunBody) -> dict[str, Any]:
    configurable = (body.config.configurable if body.config else None) or {}
    return configurable | (body.context or {})


def _read(knobs: dict[str, Any], *, user_id: str) -> dict[str, Any]:
    """These knobs, checked, as the run will read them."""
    read = briefs.read_context(knobs, user_id=user_id)
    return {name: read[name] for name in knobs}


def _options(house: House, body: StatelessRunBody, assistant: Assistant, knobs: dict[str, Any]) -> RunOptions:
    graph = house.specs[assistant.graph_id].graph
    command, at = body.command, body.from_checkpoint
    ways = command.ways() if command else []
    stops = {"interrupt_before": body.interrupt_before, "interrupt_after": body.interrupt_after}
    for field, named in {"command.goto": [_name(way) for way in ways], **stops}.items():
        _check_nodes(field, named, set(graph.nodes) - {"__start__"})
    return RunOptions(
        checkpoint_id=at.checkpoint_id,
        checkpoint_ns=at.checkpoint_ns,
        update=command.update if command else None,
        goto=ways,
        recursion_limit=body.config.recursion_limit if body.config else None,
        tags=(body.config.tags if body.config else None) or [],
        context=knobs,
        **stops,
    )


def _name(way: str | dict[str, Any]) -> str:
    return way if isinstance(way, str) else str(way["node"])


def _check_nodes(field: str, named: list[str] | str | None, known: set[str]) -> None:
    for name in [named] if isinstance(named, str) else named or []:
        if name not in known | {"*", "__end__"}:
            raise BriefIncomplete(
                f"{field}: there is no node {name!r}",
                user_action=f"Use one of {', '.join(sorted(known))}.",
                details={
                    "fields": [{"field": field, "problem": "unknown node", "fix": "Use a node's name."}]
                },
            )
