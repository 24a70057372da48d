"""Changes a thread's state by hand: in place, as a fork of an earlier checkpoint, or as a past it is given.

The thread is held under its lease, so no run can begin meanwhile; the next run asks again what was open.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.errors import InvalidUpdateError
from langgraph.types import StateSnapshot, StateUpdate

from server.own_pictures import check_keys
from server.runs.asked import RunOptions
from server.runs.graph_spec import AnyGraph, GraphSpec
from server.runs.hands import Hands
from server.runs.head import settle
from server.runs.sizes import SizeLimits
from server.runs.slot import Claim, Slot
from server.threads.create import refuse_open_orders
from server.threads.state_check import check_node, check_values, refusal
from state.errors import RecordNotFound
from state.locks import locked_in, pinned
from state.order import BY_HAND
from tools.db.pool import Database

UNREADABLE = (InvalidUpdateError, TypeError, ValueError, LookupError, AttributeError, StopIteration)
"""What a graph's own way-finding raises over a state that it cannot read; nothing is written then."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One write, as if a node had made it."""

    values: Mapping[str, Any] | None
    as_node: str | None = None
    goto: Sequence[str | dict[str, Any]] = ()
    """Where the thread goes on, beside what was written; only in a past that is given."""
    checkpoint_id: str | None = None
    checkpoint_ns: str = ""


class StateChanges:
    """Writes checkpoints on threads that stand still."""

    def __init__(
        self, database: Database, graphs: Mapping[str, GraphSpec], hands: Hands,
        limits: SizeLimits | None = None,
    ) -> None:  # fmt: skip
        self._limits = limits or SizeLimits()
        self._database = database
        self._specs = graphs
        self._hands = hands

    async def update(self, change: Change, *, user_id: str, thread_id: str) -> dict[str, Any]:
        """Write one change; the place of the checkpoint it made.

        Raises:
            RunNotFound: there is no such thread of this user.
            RecordNotFound: there is no such checkpoint.
            RecordConflict: a run is in flight.
            BriefIncomplete: the change does not fit the graph's state; the field is named.
            StateTooLarge: the state would be larger than what is kept; the field is named.
        """
        async with self._hands.hold(thread_id, user_id=user_id) as (slot, claim):
            graph, spec = self._graph(slot, claim), self._specs[claim.graph]
            check_keys(change.values, user_id=user_id, field="values")
            change = replace(change, checkpoint_ns=self._namespace(graph, change))
            config = _config(thread_id, change)
            snapshot = await self._base(graph, config, change)
            async with self._database.connection() as connection:
                await refuse_open_orders(connection, thread_id)
            written = self._checked(graph, spec, change, snapshot, locked_in(claim.context))
            made = await _write(graph, config, written, change.as_node)
            await settle(self._database, claim, spec, graph, by="update")
            return dict(made["configurable"])

    async def play(self, steps: Sequence[Sequence[Change]], *, user_id: str, thread_id: str) -> None:
        """Give a new thread a past, one checkpoint a step; all of it is checked before the first is written.

        Raises:
            BriefIncomplete: a write does not fit the graph's state, or the thread has no graph.
        """
        async with self._hands.hold(thread_id, user_id=user_id) as (slot, claim):
            graph, spec = self._graph(slot, claim), self._specs[claim.graph]
            for change in (change for step in steps for change in step):
                for node in (change.as_node, *map(_name, change.goto)):
                    check_node(graph, node)
                self._limits.check(check_values(graph, {}, change.values or {}), "values")
                check_keys([change.values, list(change.goto)], user_id=user_id, field="supersteps")
            updates = [[StateUpdate(_written(one), one.as_node) for one in step] for step in steps]
            try:
                await graph.abulk_update_state(_config(thread_id, Change(values=None)), updates)
            except UNREADABLE as exc:
                raise refusal("supersteps", str(exc) or "the graph cannot go on from there") from exc
            await settle(self._database, claim, spec, graph, by="supersteps")

    def _graph(self, slot: Slot, claim: Claim) -> AnyGraph:
        if claim.graph not in self._specs:
            raise refusal("metadata.graph_id", "nothing ran on this thread yet, so it has no graph")
        return slot.graph(claim.graph)

    async def _base(self, graph: AnyGraph, config: RunnableConfig, change: Change) -> StateSnapshot:
        snapshot = await graph.aget_state(config)
        if snapshot.created_at is None and (change.checkpoint_id or change.checkpoint_ns):
            raise RecordNotFound("There is no such checkpoint on this thread.")
        return snapshot

    def _checked(
        self, graph: AnyGraph, spec: GraphSpec, change: Change, snapshot: StateSnapshot, locked: list[str]
    ) -> dict[str, Any] | None:
        """What is written: the change, and what the graph wants to be told of it."""
        inner = _inside(graph, change.checkpoint_ns)
        check_node(inner, change.as_node)
        if change.values is None:
            return None
        if change.as_node in ("__copy__", "__end__"):
            raise refusal("values", f"nothing can be written as {change.as_node}")
        after = check_values(inner, snapshot.values or {}, change.values)
        self._limits.check(after, "values")
        told = spec.update_of(dict(change.values), snapshot.values or {}, f"{BY_HAND}{uuid.uuid4().hex}")
        if pins := pinned(snapshot.values or {}, locked):
            told["causes"] = {**(told.get("causes") or {}), **pins}
        return {name: value for name, value in told.items() if name in inner.builder.channels}

    def _namespace(self, graph: AnyGraph, change: Change) -> str:
        if change.checkpoint_ns and _inside(graph, change.checkpoint_ns) is graph:
            raise RecordNotFound("There is no such subgraph on this thread.")
        return change.checkpoint_ns


def _inside(graph: AnyGraph, namespace: str) -> AnyGraph:
    """The subgraph of a namespace; the graph itself for the root and for a namespace that names none."""
    names = "|".join(part.partition(":")[0] for part in namespace.split("|") if not part.isdecimal())
    found = dict(graph.get_subgraphs(namespace=names, recurse=True)) if names else {}
    inner = found.get(names)
    return graph if inner is None else inner  # type: ignore[return-value]  # every subgraph of ours is compiled


def _written(change: Change) -> Any:
    """As langgraph takes it: values, or a command."""
    values = dict(change.values or {})
    return RunOptions(update=values, goto=list(change.goto)).command() if change.goto else values


def _name(way: str | dict[str, Any]) -> str:
    return way if isinstance(way, str) else str(way["node"])


async def _write(
    graph: AnyGraph, config: RunnableConfig, values: dict[str, Any] | None, as_node: str | None
) -> RunnableConfig:
    try:
        return await graph.aupdate_state(config, values, as_node=as_node)
    except UNREADABLE as exc:
        field = "as_node" if isinstance(exc, InvalidUpdateError) else "values"
        raise refusal(field, str(exc) or "the graph cannot go on from this state") from exc


def _config(thread_id: str, change: Change) -> RunnableConfig:
    place: dict[str, Any] = {"thread_id": thread_id, "checkpoint_ns": change.checkpoint_ns}
    return {"configurable": place | ({"checkpoint_id": change.checkpoint_id} if change.checkpoint_id else {})}
