"""What a user may keep in an assistant: a graph there is, and knobs that its runs will take."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from server.deps import House
from server.problems import brief_incomplete
from server.protocol.assistant_bodies import AssistantFields
from server.protocol.graph_shapes import NOT_THEIRS, schemas_of
from server.runs.amounts import with_amounts
from server.runs.graph_spec import AnyGraph
from state.errors import BriefIncomplete


def preset_of(house: House, body: AssistantFields, *, graph_id: str) -> dict[str, Any]:
    """The fields as they are kept; None where the body says nothing.

    Raises:
        BriefIncomplete: no such graph, or knobs that it does not have.
        BriefRefused: an amount that is none.
    """
    if graph_id not in house.specs:
        known = ", ".join(sorted(house.specs))
        raise BriefIncomplete(f"graph_id: there is no graph {graph_id!r}; known are {known}")
    return {
        "graph_id": body.graph_id,
        "name": body.name,
        "description": body.description,
        "config": None if body.config is None else body.config.told(),
        "context": _knobs(house.specs[graph_id].graph, graph_id, body.context),
        "metadata": _own(body.metadata),
    }


def _own(metadata: dict[str, Any] | None) -> dict[str, Any] | None:
    """`created_by: system` marks ours alone; Studio copies it into what it makes from them."""
    if metadata is not None and metadata.get("created_by") == "system":
        return {**metadata, "created_by": "user"}
    return metadata


def _knobs(graph: AnyGraph, graph_id: str, sent: dict[str, Any] | None) -> dict[str, Any] | None:
    if not sent:
        return sent
    told = {name: value for name, value in sent.items() if name not in NOT_THEIRS}
    schema = schemas_of(graph, graph_id).context_schema
    if schema is None or graph.context_schema is None:
        return told
    known = schema.get("properties", {})
    if unknown := sorted(set(told) - set(known)):
        raise BriefIncomplete(f"context.{unknown[0]}: there is no such setting; known are {', '.join(known)}")
    _check_values(graph.context_schema, told)
    with_amounts(told)
    return told


def _check_values(schema: Any, told: dict[str, Any]) -> None:
    """Wrong values are refused now and not when a run starts; a preset need not name all."""
    try:
        TypeAdapter(schema).validate_python(told)
    except ValidationError as exc:
        wrong = [error for error in exc.errors() if error["type"] != "missing"]
        if wrong:
            raise brief_incomplete(wrong, within="context") from exc
