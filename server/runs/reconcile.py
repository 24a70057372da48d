"""What a successor does before it drives: bring the event log up to what the checkpoints hold.

The saver commits on its own, so a worker can die between a checkpoint and its events. Ids come
from checkpoints and tasks, so events that are there already are recognised.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessageChunk
from langchain_core.runnables import RunnableConfig

from server.runs.events import Draft, split_namespace
from server.runs.graph_spec import AnyGraph
from server.runs.recorder import Namespace, Recorder
from server.runs.slot import Claim
from server.runs.stored_step import StoredStep, read_step
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("queries.sql"))


async def written_ids(database: Database, claim: Claim) -> set[str]:
    """The ids of this run that are in the log."""
    params = {"production": claim.lease.production_id, "run": claim.run_id}
    return {row["event_id"] for row in await database.fetch_all(SQL["event_ids_of_run"], params)}


async def missing_events(
    database: Database, graph: AnyGraph, claim: Claim, recorder: Recorder
) -> list[Draft]:
    """Events of stored checkpoints and finished tasks, oldest first; some may be in the log already.

    What a task said while it worked is not among them: it was kept before its writes were.
    """
    production_id = claim.lease.production_id
    params = {"production": production_id, "run": claim.run_id}
    drafts, told = await _closed_messages(database, claim), await _told_before(database, claim)
    heads: dict[Namespace, StoredStep] = {}
    for row in await database.fetch_all(SQL["stored_checkpoints"], params):
        config = _config(production_id, row["checkpoint_ns"], row["checkpoint_id"])
        step = await read_step(graph, split_namespace(row["checkpoint_ns"]), config)
        if step.parent_config is not None:
            parent = await read_step(graph, step.namespace, step.parent_config)
            drafts += _finished_tasks(recorder, parent, told)
        drafts += _checkpoint(recorder, step)
        heads[step.namespace] = step
    if heads or not claim.options.get("checkpoint_id"):  # else it has not begun where it goes back to
        heads[()] = await read_step(graph, (), _config(production_id, "", None))
    for head in sorted(heads.values(), key=lambda step: -len(step.namespace)):
        drafts += _finished_tasks(recorder, head, told)
    return drafts


async def was_consumed(database: Database, production_id: str, runs: Iterable[str]) -> bool:
    """Whether any checkpoint was made by one of these runs."""
    params = {"production": production_id, "runs": list(runs)}
    row = await database.fetch_one(SQL["was_consumed"], params)
    return bool(row and row["consumed"])


async def pending_interrupts(graph: AnyGraph, production_id: str) -> dict[str, Any]:
    """What waits for an answer now, by id."""
    head = await graph.aget_state(_config(production_id, "", None))
    return {interrupt.id: interrupt.value for interrupt in head.interrupts}


async def _told_before(database: Database, claim: Claim) -> set[str]:
    """Tasks whose end an earlier run has told: gates beside each other that were answered one by one."""
    params = {"production": claim.lease.production_id, "run": claim.run_id}
    return {row["task_id"] for row in await database.fetch_all(SQL["tasks_ended_before"], params)}


def _checkpoint(recorder: Recorder, step: StoredStep) -> list[Draft]:
    if step.changed:
        recorder.record(step.namespace, "values", step.values)
    chunk: dict[str, Any] = {
        "config": step.snapshot.config,
        "parent_config": step.snapshot.parent_config,
        "metadata": step.snapshot.metadata,
        "next": step.snapshot.next,
        "tasks": [{"id": task.id, "name": task.name} for task in step.snapshot.tasks],
    }
    return recorder.record(step.namespace, "checkpoints", chunk)


def _finished_tasks(recorder: Recorder, step: StoredStep, told: set[str]) -> list[Draft]:
    """Their beginnings, then what each of them changed and its end, as the graph's stream tells them."""
    done = [task for task in step.finished if task.id not in told]
    drafts = [draft for task in done for draft in recorder.record(step.namespace, "tasks", step.begun(task))]
    for task in done:
        recorder.record(step.namespace, "updates", {task.name: task.result or None})
        chunk: dict[str, Any] = {"id": task.id, "name": task.name, "error": None, "interrupts": []}
        drafts += recorder.record(step.namespace, "tasks", chunk)
    return drafts


async def _closed_messages(database: Database, claim: Claim) -> list[Draft]:
    """A message that the dead worker was still streaming ends here; the new attempt begins a new one."""
    params = {"production": claim.lease.production_id, "run": claim.run_id}
    return [
        Draft(
            f"messages:{claim.run_id}:{claim.lease.epoch}:closed:{row['id']}",
            "messages",
            {"message": AIMessageChunk(content="", id=row["id"]), "metadata": row["metadata"], "last": True},
            split_namespace(row["namespace"]),
        )
        for row in await database.fetch_all(SQL["open_messages"], params)
    ]


def _config(production_id: str, namespace: str, checkpoint_id: str | None) -> RunnableConfig:
    configurable = {"thread_id": production_id, "checkpoint_ns": namespace}
    return {"configurable": configurable | ({"checkpoint_id": checkpoint_id} if checkpoint_id else {})}
