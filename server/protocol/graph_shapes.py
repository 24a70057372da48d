"""What a compiled graph says about itself: its schemas, its drawing, its subgraphs."""

import warnings
from functools import lru_cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, create_model
from pydantic.errors import PydanticUserError
from typing_extensions import is_typeddict

from server.protocol.shapes import GraphSchemas
from server.runs.graph_spec import AnyGraph

KNOWN_GRAPHS = 128
NOT_THEIRS = frozenset({"user_id"})
"""Knobs that no client sets: whose a run is, is not theirs to say."""


@lru_cache(maxsize=KNOWN_GRAPHS)
def schemas_of(graph: AnyGraph, graph_id: str) -> GraphSchemas:
    """What the graph takes, holds and gives. Worked out once."""
    context = _context_schema(graph)
    return GraphSchemas(
        graph_id=graph_id,
        input_schema=_told(graph.builder.input_schema),
        output_schema=_told(graph.builder.output_schema),
        state_schema=_told(graph.builder.state_schema),
        config_schema=context,
        context_schema=context,
    )


@lru_cache(maxsize=KNOWN_GRAPHS, typed=True)  # True is all the way down, 1 is one level
def drawing_of(graph: AnyGraph, xray: bool | int) -> dict[str, list[dict[str, Any]]]:
    """Nodes and edges; with `xray` those of subgraphs too, as `parent:child`."""
    drawn: dict[str, Any] = graph.get_graph(xray=xray).to_json()
    nodes = [{"type": "schema", "data": node["id"], **node} for node in drawn["nodes"]]
    return {"nodes": nodes, "edges": list(drawn["edges"])}


@lru_cache(maxsize=KNOWN_GRAPHS)
def subgraphs_of(graph: AnyGraph, *, recurse: bool) -> dict[str, GraphSchemas]:
    """The schemas of each graph inside this one, by its namespace."""
    inside = graph.get_subgraphs(recurse=recurse)
    return {namespace: schemas_of(each, each.name) for namespace, each in inside}


def _context_schema(graph: AnyGraph) -> dict[str, Any] | None:
    schema = None if graph.context_schema is None else _told(graph.context_schema)
    if schema is None or "properties" not in schema:
        return schema
    known = {name: facts for name, facts in schema["properties"].items() if name not in NOT_THEIRS}
    return {**schema, "properties": known}


def _told(kind: Any) -> dict[str, Any] | None:
    """The JSON schema of a class, or None where JSON has no words for it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of defaults that JSON cannot show
            told: dict[str, Any] = _adapter(kind).json_schema()
    except (PydanticUserError, NameError):
        return None
    return told


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if not is_typeddict(kind):
        return TypeAdapter(kind)
    # pydantic reads typing's own TypedDict from Python 3.12 on only.
    fields: dict[str, Any] = {name: (type_, None) for name, type_ in get_type_hints(kind).items()}
    return TypeAdapter(create_model(kind.__name__, **fields))
