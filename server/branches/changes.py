"""A state changed by hand in a branch: checked against the graph before anybody goes on from it."""

from collections.abc import Mapping
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.errors import InvalidUpdateError
from pydantic import BaseModel, ValidationError

from server.branches.places import SQL, Place
from server.problems import brief_incomplete
from server.runs.graph_spec import AnyGraph
from server.runs.slot import Claim
from state.errors import BriefIncomplete
from tools.db.pool import Database

OF_THE_VALUES = (TypeError, ValueError, AttributeError, LookupError)
"""What reducers and routing functions raise when they are given what no node returns."""


async def change_state(
    database: Database,
    graph: AnyGraph,
    claim: Claim,
    place: Place,
    *,
    values: Mapping[str, Any] | None,
    as_node: str | None,
) -> None:
    """Write values into the aimed state of a branch that is held, as if `as_node` had returned them.

    Raises:
        BriefIncomplete: an unknown channel or node, or values that the graph cannot read.
    """
    branch_id = claim.lease.production_id
    inner = await _graph_at(graph, place.namespace)
    _check_names(inner, values or {}, as_node)
    config: RunnableConfig = {"configurable": {"thread_id": branch_id, "checkpoint_ns": place.namespace}}
    try:
        await graph.aupdate_state(config, dict(values or {}), as_node=as_node)
    except (InvalidUpdateError, *OF_THE_VALUES) as exc:
        raise BriefIncomplete(
            f"values: {_reason(exc)}",
            user_action="Send what a node would return, and name it in `as_node` where several could have.",
        ) from exc
    epoch = claim.lease.epoch
    await database.execute(SQL["unask_above"], {"branch": branch_id, "epoch": epoch, "owners": place.owners})
    snapshot = await graph.aget_state(config)
    _check_readable(inner, snapshot.values, set(values or {}))


def _reason(error: Exception) -> str:
    """The first line of it: the rest speaks of files and pages of the library."""
    return str(error).partition("\n")[0] or type(error).__name__


async def _graph_at(graph: AnyGraph, namespace: str) -> AnyGraph:
    """The graph whose state lies in this namespace."""
    for part in namespace.split("|"):
        name = part.partition(":")[0]
        if name:
            found = [inner async for _, inner in graph.aget_subgraphs(namespace=name)]
            graph = found[0]  # type: ignore[assignment]  # our subgraphs are all state graphs
    return graph


def _check_names(graph: AnyGraph, values: Mapping[str, Any], as_node: str | None) -> None:
    known = sorted(_channels(graph))
    if unknown := sorted(set(values) - set(known)):
        raise BriefIncomplete(
            f"values.{unknown[0]}: the state has no such channel",
            user_action=f"Known are {', '.join(known)}.",
            details={"fields": [{"field": f"values.{name}", "problem": "unknown"} for name in unknown]},
        )
    nodes = sorted(set(graph.nodes) - {"__start__"})
    if as_node is not None and as_node not in graph.nodes:
        raise BriefIncomplete(
            f"as_node: the graph has no node {as_node!r}", user_action=f"Known are {', '.join(nodes)}."
        )


def _channels(graph: AnyGraph) -> set[str]:
    return {name for name in graph.channels if not name.startswith(("__", "branch:"))}


def _check_readable(graph: AnyGraph, state: Mapping[str, Any], changed: set[str]) -> None:
    """What no node could read is refused now, and not when the next one runs."""
    schema = graph.builder.state_schema
    if not (isinstance(schema, type) and issubclass(schema, BaseModel)):
        return
    try:
        schema.model_validate(dict(state))
    except ValidationError as exc:
        wrong = [error for error in exc.errors() if error["loc"] and error["loc"][0] in changed]
        if wrong:
            raise brief_incomplete(wrong, within="values") from exc
