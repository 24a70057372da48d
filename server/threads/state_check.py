"""Holds a change of the state against what the graph's state may be, before anything is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from langgraph.channels import BinaryOperatorAggregate, LastValue
from langgraph.channels.base import BaseChannel
from langgraph.errors import InvalidUpdateError
from pydantic import TypeAdapter, ValidationError
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError

from server.runs.graph_spec import AnyGraph
from state.errors import BriefIncomplete

Values = Mapping[str, Any]


def check_values(graph: AnyGraph, current: Values, written: Values) -> dict[str, Any]:
    """What the state would be; what the next node could not read is refused.

    Raises:
        BriefIncomplete: a channel is unknown or would hold what it must not; the field is named.
    """
    after = dict(current)
    for name, value in written.items():
        after[name] = _merged(graph, name, current, value)
    wrong = [error for error in _problems(graph, after) if not error["loc"] or error["loc"][0] in written]
    if wrong:
        place = ".".join(str(part) for part in ("values", *wrong[0]["loc"]))
        raise refusal(place, str(wrong[0]["msg"]).removeprefix("Value error, "))
    return after


def check_node(graph: AnyGraph, as_node: str | None) -> None:
    """Refuse a node that the graph does not have.

    Raises:
        BriefIncomplete: names the nodes there are.
    """
    known = set(graph.nodes)
    if as_node is not None and as_node not in known | {"__end__", "__input__", "__copy__"}:
        names = ", ".join(sorted(known - {"__start__"}))
        raise refusal("as_node", f"there is no node {as_node!r}; the nodes are {names}")


def refusal(field: str, problem: str) -> BriefIncomplete:
    """What is wrong with one field of a change by hand."""
    return BriefIncomplete(
        f"{field}: {problem}",
        user_action=f"Correct `{field}` and send it again; nothing was changed.",
        details={"fields": [{"field": field, "problem": problem, "fix": f"Correct `{field}`."}]},
    )


def _merged(graph: AnyGraph, name: str, current: Values, value: Any) -> Any:
    """What the channel holds after this write."""
    channel = graph.builder.channels.get(name)
    if channel is None:
        known = ", ".join(sorted(graph.builder.channels))
        raise refusal(f"values.{name}", f"the state has no such field; it has {known}")
    if not isinstance(channel, LastValue | BinaryOperatorAggregate):
        return value  # what such a channel does with a write, only the graph knows
    try:
        return _written(channel, current, name, value)
    except (InvalidUpdateError, TypeError, ValueError, LookupError, AttributeError) as exc:
        raise refusal(f"values.{name}", "cannot be joined with what the state holds") from exc


def _written(channel: BaseChannel[Any, Any, Any], current: Values, name: str, value: Any) -> Any:
    fresh = channel.from_checkpoint(current[name]) if name in current else channel.copy()
    fresh.update([value])
    return fresh.get()


def _problems(graph: AnyGraph, values: Values) -> Sequence[Mapping[str, Any]]:
    try:
        TypeAdapter(graph.builder.state_schema).validate_python(values)
    except ValidationError as exc:
        return [dict(error) for error in exc.errors(include_url=False, include_input=False)]
    except (PydanticUserError, PydanticSchemaGenerationError):
        return []  # a state that says nothing about its fields
    return []
