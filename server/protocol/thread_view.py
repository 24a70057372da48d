"""Threads and their states as LangGraph's clients know them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from langgraph.types import Interrupt, PregelTask, StateSnapshot
from psycopg.rows import DictRow
from pydantic import BaseModel, Field

from server.protocol.assistant_ids import system_id
from server.threads.thread_rows import STATUS
from tools.redaction import REDACT

OURS = frozenset({"user_id"})
"""What of a production's knobs no client sees: whose it is, they know."""


class ThreadView(BaseModel):
    """A thread: one production, with what its last checkpoint holds."""

    thread_id: str = Field(description="The thread's id: the production's.")
    created_at: datetime = Field(description="When it was made.")
    updated_at: datetime = Field(description="When anything about it changed last.")
    state_updated_at: datetime = Field(description="When its state changed last.")
    metadata: dict[str, Any] = Field(description="What clients wrote beside it, and which graph ran on it.")
    config: dict[str, Any] = Field(description="The knobs it was started with, under `configurable`.")
    context: dict[str, Any] = Field(description="The same knobs.")
    status: str = Field(description="idle, busy, interrupted or error.", examples=["interrupted"])
    values: dict[str, Any] | None = Field(description="Its state; in lists a small copy.")
    interrupts: dict[str, list[dict[str, Any]]] = Field(
        description="What waits for an answer, by the task that asks: id, value, response_schema."
    )
    error: dict[str, Any] | None = Field(default=None, description="Why it failed.")
    extracted: dict[str, Any] | None = Field(default=None, description="What a search was asked to extract.")


class CheckpointView(BaseModel):
    """The place of a state."""

    thread_id: str = Field(description="The thread.")
    checkpoint_ns: str = Field(description="The subgraph; empty is the root.")
    checkpoint_id: str | None = Field(default=None, description="The checkpoint.")
    checkpoint_map: dict[str, Any] | None = Field(
        default=None, description="Checkpoints of the graphs around."
    )


class TaskView(BaseModel):
    """A task that is to run next, or that waits."""

    id: str = Field(description="The task's id.")
    name: str = Field(description="Its node.")
    path: list[Any] = Field(description="Where in the step it is.")
    error: str | None = Field(description="Why it failed.")
    interrupts: list[dict[str, Any]] = Field(description="What it asks: id, value, response_schema.")
    checkpoint: CheckpointView | None = Field(description="Where the state of its subgraph is.")
    state: dict[str, Any] | None = Field(description="The state of its subgraph, when asked for.")
    result: Any = Field(description="What it wrote, when it has finished before its siblings.")


class StateView(BaseModel):
    """What a thread holds at one checkpoint."""

    values: Any = Field(description="The state.")
    next: list[str] = Field(description="The nodes that run next.")
    tasks: list[TaskView] = Field(description="Their tasks.")
    metadata: dict[str, Any] = Field(description="How the checkpoint came about.")
    created_at: str | None = Field(description="When.")
    checkpoint: CheckpointView | None = Field(description="Its place; null when nothing ran yet.")
    parent_checkpoint: CheckpointView | None = Field(description="The one before it.")
    interrupts: list[dict[str, Any]] = Field(description="What waits for an answer.")
    checkpoint_id: str | None = Field(description="As in `checkpoint`.")
    parent_checkpoint_id: str | None = Field(description="As in `parent_checkpoint`.")


class UpdatedState(BaseModel):
    """The checkpoint that a change by hand made."""

    checkpoint: CheckpointView = Field(description="Its place.")
    configurable: CheckpointView = Field(description="The same, as langgraph's config.")
    checkpoint_id: str = Field(description="Its id.")


def thread_view(
    row: DictRow,
    *,
    values: Mapping[str, Any] | None = None,
    select: Sequence[str] | None = None,
    extract: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A row as it is shown; `values` instead of its small copy."""
    knobs = {name: value for name, value in row["context"].items() if name not in OURS}
    shown: dict[str, Any] = {
        "thread_id": row["thread_id"], "created_at": row["created_at"], "updated_at": row["updated_at"],
        "state_updated_at": row["state_updated_at"], "metadata": thread_metadata(row),
        "config": {"configurable": knobs} if knobs else {}, "context": knobs, "status": STATUS[row["status"]],
        "values": row["values"] if values is None else values, "interrupts": _by_task(row),
        "error": _error(row["error"]),
    }  # fmt: skip
    extracted = {name: _at(shown, path) for name, path in (extract or {}).items()}
    if select is not None:
        shown = {name: value for name, value in shown.items() if name in select}
    return shown | ({"extracted": extracted} if extract else {})


def thread_metadata(row: DictRow) -> dict[str, Any]:
    """The thread's metadata; a thread that came through `/api` is found by its graph, too."""
    made = {"graph_id": row["graph"], "assistant_id": system_id(row["graph"])} if row["graph"] else {}
    return {**made, **row["metadata"]}


def state_view(snapshot: StateSnapshot, *, select: Collection[str] | None = None) -> dict[str, Any]:
    """A checkpoint as it is shown."""
    exists = snapshot.created_at is not None
    checkpoint = _place(snapshot.config) if exists else None
    parent = _place(snapshot.parent_config)
    shown: dict[str, Any] = {
        "values": snapshot.values or {}, "next": list(snapshot.next),
        "tasks": [_task(task) for task in snapshot.tasks], "metadata": dict(snapshot.metadata or {}),
        "created_at": snapshot.created_at, "checkpoint": checkpoint, "parent_checkpoint": parent,
        "interrupts": [_interrupt(one) for one in snapshot.interrupts],
        "checkpoint_id": checkpoint and checkpoint["checkpoint_id"],
        "parent_checkpoint_id": parent and parent["checkpoint_id"],
    }  # fmt: skip
    return shown if not select else _selected(shown, select)


def no_state() -> dict[str, Any]:
    """The state of a thread on which nothing ran yet."""
    empty = StateSnapshot({}, (), {"configurable": {}}, None, None, None, (), ())
    return state_view(empty)


def place_view(configurable: Mapping[str, Any]) -> dict[str, Any]:
    """Langgraph's configurable as a client may see it."""
    known = {"thread_id": configurable["thread_id"], "checkpoint_ns": configurable.get("checkpoint_ns", "")}
    known["checkpoint_id"] = configurable.get("checkpoint_id")
    outer = configurable.get("checkpoint_map")
    return known | ({"checkpoint_map": outer} if outer else {})


def _place(config: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if config is None else place_view(config["configurable"])


def _task(task: PregelTask) -> dict[str, Any]:
    inner = task.state if isinstance(task.state, StateSnapshot) else None
    config = inner.config if inner is not None else task.state
    return {
        "id": task.id, "name": task.name, "path": list(task.path),
        "error": REDACT.text(str(task.error)) if task.error else None,
        "interrupts": [_interrupt(one) for one in task.interrupts],
        "checkpoint": _place(config) if isinstance(config, dict) else None,
        "state": None if inner is None else state_view(inner), "result": task.result,
    }  # fmt: skip


def _interrupt(interrupt: Interrupt) -> dict[str, Any]:
    return {"id": interrupt.id, "value": interrupt.value, "response_schema": interrupt.response_schema}


def _by_task(row: DictRow) -> dict[str, list[dict[str, Any]]]:
    """Only what can be answered now; rows of before the task was written down go by the question."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in row["interrupts"] if row["status"] == "paused" else []:
        shown = {name: one.get(name) for name in ("id", "value", "response_schema")}
        found.setdefault(one.get("task_id") or one["id"], []).append(shown)
    return found


def _error(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if told is None else {"error": told.get("code", "error"), "message": told.get("message", "")}


def _at(shown: Any, path: str) -> Any:
    """What lies at a dotted path; a number goes into a list, `-1` from its end."""
    for step in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(shown, dict):
            shown = shown.get(step)
        elif isinstance(shown, list) and step.removeprefix("-").isdecimal() and len(step) < 10:
            at = int(step)
            shown = shown[at] if -len(shown) <= at < len(shown) else None
        else:
            return None
    return shown


def _selected(shown: dict[str, Any], select: Collection[str]) -> dict[str, Any]:
    """Whole fields, and single keys of the values."""
    keys = {name.removeprefix("values.") for name in select if name.startswith("values.")}
    chosen = {name: value for name, value in shown.items() if name in select}
    if keys and "values" not in chosen:
        chosen["values"] = {key: value for key, value in shown["values"].items() if key in keys}
    return chosen
