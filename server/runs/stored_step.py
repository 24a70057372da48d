"""One step of a graph as its checkpoint and the writes beside it tell it, without running it again."""

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class StoredStep:
    """A checkpoint, the tasks that follow from it, and what they have left."""

    namespace: Namespace
    snapshot: StateSnapshot
    stored: CheckpointTuple | None
    """None: nothing is stored at all."""
    triggers: Mapping[str, Sequence[str]]
    """Of each node."""
    channels: Sequence[str]
    """Of the graph's state."""

    @property
    def parent_config(self) -> RunnableConfig | None:
        return self.snapshot.parent_config

    @property
    def changed(self) -> bool:
        """Whether this step changed the state: then the graph's stream tells the whole of it."""
        channels = self.stored.checkpoint.get("updated_channels") if self.stored is not None else None
        return channels is None or bool(set(channels) & set(self.channels))

    @cached_property
    def finished(self) -> list[PregelTask]:
        """The tasks that are over and will not be done again: each has left a write, if only to say so."""
        writes = self.stored.pending_writes or [] if self.stored is not None else []
        wrote = {task_id for task_id, channel, _ in writes if channel not in TOLD_OF_A_TASK}
        return [task for task in self.snapshot.tasks if task.id in wrote and task.name != START_TASK]

    def begun(self, task: PregelTask) -> dict[str, Any]:
        """What the graph's stream says when this task begins."""
        if task.path[0] != PUSHED:
            return {"id": task.id, "name": task.name, "triggers": sorted(self.triggers[task.name])}
        assert self.stored is not None  # noqa: S101 - it has tasks
        sent = self.stored.checkpoint["channel_values"][TASKS][task.path[1]]
        return {"id": task.id, "name": task.name, "triggers": [PUSHED], "input": sent.arg}


async def read_step(graph: AnyGraph, namespace: Namespace, config: RunnableConfig) -> StoredStep:
    """Read one step; without a `checkpoint_id` the newest one."""
    snapshot = await graph.aget_state(config)
    assert isinstance(graph.checkpointer, BaseCheckpointSaver)  # noqa: S101 - a slot's graph has one
    stored = await graph.checkpointer.aget_tuple(snapshot.config)
    part = _subgraph(graph, "|".join(name.partition(":")[0] for name in namespace))
    triggers = {name: node.triggers for name, node in part.nodes.items()}
    return StoredStep(namespace, snapshot, stored, triggers, part.stream_channels_list)


def _subgraph(graph: AnyGraph, path: str) -> Pregel[Any, Any, Any, Any]:
    """The graph of a namespace; the root has none."""
    part = dict(graph.get_subgraphs(namespace=path, recurse=True))[path] if path else graph
    assert isinstance(part, Pregel)  # noqa: S101 - nothing else has checkpoints here
    return part
