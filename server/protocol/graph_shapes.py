"""What a compiled graph says about itself: its schemas, its drawing, its subgraphs."""

import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticSchemaGenerationError

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
        input_schema=_told(graph.get_input_jsonschema),
        output_schema=_told(graph.get_output_jsonschema),
        state_schema=_told(lambda: TypeAdapter(graph.builder.state_schema).json_schema()),
        config_schema=context,
        context_schema=context,
    )


@lru_cache(maxsize=KNOWN_GRAPHS)
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
    schema = _told(graph.get_context_jsonschema)
    if schema is None or "properties" not in schema:
        return schema
    known = {name: facts for name, facts in schema["properties"].items() if name not in NOT_THEIRS}
    return {**schema, "properties": known}


def _told(ask: Callable[[], dict[str, Any] | None]) -> dict[str, Any] | None:
    """A schema, or None where the type has no words in JSON."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of defaults that JSON cannot show
            return ask()
    except (PydanticInvalidForJsonSchema, PydanticSchemaGenerationError):
        return None
