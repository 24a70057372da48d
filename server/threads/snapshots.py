"""A thread's checkpoints as they are: the head, any of them, or all, newest first. Writes nothing."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.types import StateSnapshot

from server.runs.graph_spec import AnyGraph, GraphSpec
from server.runs.saver import SlotSaver
from state.errors import RecordNotFound
from tools.db.pool import Database


class Snapshots:
    """Reads checkpoints through the graph they were made by, on the pool's connections."""

    def __init__(self, database: Database, graphs: Mapping[str, GraphSpec]) -> None:
        self._database = database
        self._specs = graphs
        self._graphs: dict[str, AnyGraph] = {}

    def graph(self, name: str) -> AnyGraph:
        """The graph with a saver that holds no lease, so it can only read."""
        if name not in self._graphs:
            # One saver per graph: every call of one saver passes one lock.
            saver = SlotSaver(self._database.pool)
            self._graphs[name] = self._specs[name].graph.copy({"checkpointer": saver})
        return self._graphs[name]

    async def read(
        self,
        thread_id: str,
        *,
        graph: str,
        checkpoint_id: str | None = None,
        checkpoint_ns: str = "",
        subgraphs: bool = False,
    ) -> StateSnapshot:
        """One checkpoint, the newest by default. A thread without any has an empty snapshot.

        Raises:
            RecordNotFound: there is no such checkpoint on this thread.
        """
        config = _config(thread_id, checkpoint_id, checkpoint_ns)
        snapshot = await self.graph(graph).aget_state(config, subgraphs=subgraphs)
        if checkpoint_id is not None and snapshot.created_at is None:
            raise RecordNotFound("There is no such checkpoint on this thread.")
        return snapshot

    async def history(
        self,
        thread_id: str,
        *,
        graph: str,
        limit: int | None = 10,
        before: str | None = None,
        checkpoint_id: str | None = None,
        checkpoint_ns: str = "",
        metadata: Mapping[str, Any] | None = None,
    ) -> AsyncIterator[StateSnapshot]:
        """Checkpoints, newest first across branches; `before` and what follows are checkpoint ids."""
        config = _config(thread_id, checkpoint_id, checkpoint_ns)
        earlier = _config(thread_id, before, checkpoint_ns) if before else None
        found = self.graph(graph).aget_state_history(
            config, filter=dict(metadata) if metadata else None, before=earlier, limit=limit
        )
        async for snapshot in found:
            yield snapshot


def _config(thread_id: str, checkpoint_id: str | None, checkpoint_ns: str) -> RunnableConfig:
    configurable: dict[str, Any] = {"thread_id": thread_id, "checkpoint_ns": checkpoint_ns}
    return {"configurable": configurable | ({"checkpoint_id": checkpoint_id} if checkpoint_id else {})}
