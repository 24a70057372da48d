"""The head of a production, read from its checkpoints: what it holds, asks, and would do next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.types import PregelTask, StateSnapshot

from server.runs.events import Draft
from server.runs.graph_spec import AnyGraph, GraphSpec
from server.runs.payloads import dump
from server.runs.recorder import Recorder, checkpoint_drafts
from server.runs.slot import Claim
from state.errors import LeaseLost
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("unwind.sql"))


@dataclass(frozen=True, kw_only=True)
class Head:
    """The newest checkpoint as people see it."""

    checkpoint_id: str | None
    values: dict[str, Any]
    next: list[str] = field(default_factory=list)
    interrupts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The production's status when nobody drives it."""
        if self.checkpoint_id is None:
            return "draft"
        return "paused" if self.next else "completed"


async def read_head(graph: AnyGraph, production_id: str) -> tuple[Head, StateSnapshot]:
    """The head now, and the snapshot it was read from."""
    config: RunnableConfig = {"configurable": {"thread_id": production_id, "checkpoint_ns": ""}}
    snapshot = await graph.aget_state(config, subgraphs=True)
    checkpoint_id = (
        snapshot.config.get("configurable", {}).get("checkpoint_id") if snapshot.created_at else None
    )
    head = Head(
        checkpoint_id=checkpoint_id,
        values=dict(snapshot.values or {}),
        next=list(snapshot.next),
        interrupts=list(_questions(snapshot.tasks)),
    )
    return head, snapshot


async def settle(database: Database, claim: Claim, spec: GraphSpec, graph: AnyGraph, *, by: str) -> Head:
    """Write what the head is into the production's row and the log, and give the lease back.

    `by` names what was done, for the ids of the events.

    Raises:
        LeaseLost: a successor has the production.
    """
    production_id = claim.lease.production_id
    head, snapshot = await read_head(graph, production_id)
    drafts = _drafts(head, snapshot, claim, by=by)
    params = {
        "production": production_id, "epoch": claim.lease.epoch, "status": head.status,
        "values": dump(spec.summary_of(head.values)), "interrupts": dump(head.interrupts),
        "count": len(drafts), "drafts": dump(_rows(drafts)),
    }  # fmt: skip
    if await database.fetch_one(SQL["settle"], params) is None:
        raise LeaseLost()
    return head


def _drafts(head: Head, snapshot: StateSnapshot, claim: Claim, *, by: str) -> list[Draft]:
    """What followers are told: the state, its checkpoint, the open questions, that it stands still."""
    mark = f"{by}:{claim.lease.epoch}"
    drafts = [Draft(f"values:{mark}", "values", head.values)]
    if head.checkpoint_id is not None:
        chunk: dict[str, Any] = {
            "config": snapshot.config, "parent_config": snapshot.parent_config,
            "metadata": snapshot.metadata or {}, "next": snapshot.next,
            "tasks": [{"id": task.id, "name": task.name} for task in snapshot.tasks],
        }  # fmt: skip
        drafts = checkpoint_drafts(mark, (), chunk, head.values)
    recorder = Recorder(run_id=mark, epoch=claim.lease.epoch, graph_name=claim.graph)
    recorder.interrupts = {one["id"]: one for one in head.interrupts}
    if head.status == "paused":
        drafts += recorder.end("interrupted", "paused")
    return drafts


def _questions(
    tasks: tuple[PregelTask, ...], namespace: tuple[str, ...] = (), asker: str = ""
) -> Iterator[dict[str, Any]]:
    """Every open question, the inner ones under the namespace they were asked in."""
    for task in tasks:
        inner = task.state if isinstance(task.state, StateSnapshot) else None
        if inner is not None and any(one.interrupts for one in inner.tasks):
            within = (*namespace, f"{task.name}:{task.id}")
            yield from _questions(inner.tasks, within, asker or task.id)
            continue
        for interrupt in task.interrupts:
            yield {
                "id": interrupt.id,
                "value": interrupt.value,
                "response_schema": interrupt.response_schema,
                "namespace": list(namespace),
                "task_id": asker or task.id,
            }


def _rows(drafts: list[Draft]) -> list[dict[str, Any]]:
    return [
        {"n": n, "id": draft.event_id, "ns": "|".join(draft.namespace), "method": draft.method,
         "payload": draft.payload}
        for n, draft in enumerate(drafts, start=1)
    ]  # fmt: skip
