"""What the engine must know about one graph: the graph itself and how to read its state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from langgraph.graph.state import CompiledStateGraph

AnyGraph = CompiledStateGraph[Any, Any, Any, Any]


def brief_as_input(brief: dict[str, Any]) -> dict[str, Any]:
    return {"brief": brief}


def stage_in_state(values: Mapping[str, Any]) -> str:
    stage = values.get("stage", "")
    return stage if isinstance(stage, str) else ""


def whole_state(values: dict[str, Any]) -> dict[str, Any]:
    return values


def accept_any_reply(value: Any, reply: dict[str, Any]) -> None:
    """The default: nothing beyond the interrupt's own schema is asked of a reply."""


def as_written(written: dict[str, Any], current: Mapping[str, Any], cause: str) -> dict[str, Any]:
    """The default: a change by hand is all that is written."""
    return written


@dataclass(frozen=True, kw_only=True)
class GraphSpec:
    """A graph as the engine runs it. The graph carries no checkpointer; each worker slot attaches its own."""

    graph: AnyGraph
    version: str = "1"
    recursion_limit: int = 500
    max_concurrency: int = 8
    input_of: Callable[[dict[str, Any]], dict[str, Any]] = brief_as_input
    """The graph's input, made from the brief."""
    stage_of: Callable[[Mapping[str, Any]], str] = stage_in_state
    """A word for people: where the production is. Empty means the name of the running node."""
    summary_of: Callable[[dict[str, Any]], dict[str, Any]] = whole_state
    """The small copy of the state that lists of productions show."""
    validate_reply: Callable[[Any, dict[str, Any]], None] = accept_any_reply
    """Raises ReviewRefused when a reply of the right shape does not fit the question."""
    update_of: Callable[[dict[str, Any], Mapping[str, Any], str], dict[str, Any]] = as_written
    """What is written when somebody changes the state by hand: their words, and the cause of what follows."""
