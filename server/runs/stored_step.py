"""One step of a graph as its checkpoint and the writes beside it tell it, without running it again."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, CheckpointTuple
from langgraph.checkpoint.serde.types import TASKS
from langgraph.pregel import Pregel
from langgraph.types import PregelTask, StateSnapshot

from server.runs.graph_spec import AnyGraph
from server.runs.recorder import PUSHED, Namespace
from server.runs.saver import TOLD_OF_A_TASK

START_TASK = "__start__"
Part = Pregel[Any, Any, Any, Any]


@dataclass(frozen=True)
class StoredStep:
    """A checkpoint, the tasks that follow from it, and what they have left."""

    namespace: Namespace
    snapshot: StateSnapshot
    stored: CheckpointTuple | None
    """None: nothing is stored at all."""
    part: Part | None
    """The graph of this namespace; None where this release has none, or one that only its node knows."""

    @property
    def parent_config(self) -> RunnableConfig | None:
        """Of the step before; None where that was no step of this run: a run that goes back makes a copy."""
        source = (self.snapshot.metadata or {}).get("source")
        return None if source == "fork" else self.snapshot.parent_config

    @property
    def changed(self) -> bool:
        """Whether this step changed the state: then the graph's stream tells the whole of it."""
        channels = self.stored.checkpoint.get("updated_channels") if self.stored is not None else None
        return channels is None or any(self._is_told(channel) for channel in channels)

    @property
    def values(self) -> Any:
        """The state as the graph's stream tells it."""
        values = self.snapshot.values
        if not isinstance(values, dict):
            return values
        return {name: value for name, value in values.items() if self._is_told(name)}

    def _is_told(self, channel: str) -> bool:
        if self.part is None:  # langgraph's own have names that no state can have
            return ":" not in channel and not channel.startswith("__")
        told = self.part.output_channels
        return channel == told if isinstance(told, str) else channel in told

    @cached_property
    def finished(self) -> list[PregelTask]:
        """The tasks that are over and will not be done again: each has left a write, if only to say so."""
        writes = self.stored.pending_writes or [] if self.stored is not None else []
        wrote = {task_id for task_id, channel, _ in writes if channel not in TOLD_OF_A_TASK}
        return [task for task in self.snapshot.tasks if task.id in wrote and task.name != START_TASK]

    def begun(self, task: PregelTask) -> dict[str, Any]:
        """What the graph's stream says when this task begins."""
        if task.path[0] != PUSHED:
            node = self.part.nodes.get(task.name) if self.part is not None else None
            return {"id": task.id, "name": task.name, "triggers": sorted(node.triggers) if node else []}
        assert self.stored is not None  # noqa: S101 - it has tasks
        sent = self.stored.checkpoint["channel_values"].get(TASKS, [])
        given = sent[task.path[1]].arg if isinstance(task.path[1], int) else None
        return {"id": task.id, "name": task.name, "triggers": [PUSHED], "input": given}


async def read_step(graph: AnyGraph, namespace: Namespace, config: RunnableConfig) -> StoredStep:
    """Read one step; without a `checkpoint_id` the newest one."""
    snapshot = await graph.aget_state(config)
    assert isinstance(graph.checkpointer, BaseCheckpointSaver)  # noqa: S101 - a slot's graph has one
    stored = await graph.checkpointer.aget_tuple(snapshot.config)
    path = "|".join(name.partition(":")[0] for name in namespace)
    return StoredStep(namespace, snapshot, stored, _part(graph, path))


def _part(graph: AnyGraph, path: str) -> Part | None:
    """The graph of a namespace; the root has none."""
    found = dict(graph.get_subgraphs(namespace=path, recurse=True)).get(path) if path else graph
    return found if isinstance(found, Pregel) else None
