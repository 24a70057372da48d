"""What the run engine must know about each graph: how it is fed, summed up and answered."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from graphs import GRAPHS
from server.records.items import Items
from server.runs.graph_spec import GraphSpec
from state.errors import LeaseLost, ReviewRefused
from state.review import ReviewReply, ReviewRequest, refusal
from tools.orders.lease import current_lease

SHOWN = (
    "script", "scene_number", "scenes_done", "quote", "cut", "deliverables", "quality", "refused", "reels",
)  # fmt: skip
"""What a list of productions may show of a film's state; the rest stays in the checkpoint."""


@cache
def graph_specs() -> dict[str, GraphSpec]:
    """Every graph that can be started, by name."""
    return {
        name: GraphSpec(
            graph=build(),
            input_of=INPUTS.get(name, film_input),
            again_of=film_again,
            update_of=film_update,
            summary_of=film_summary,
            validate_reply=check_review,
        )
        for name, build in GRAPHS.items()
    }


def with_items(specs: Mapping[str, GraphSpec], items: Items) -> dict[str, GraphSpec]:
    """The same graphs with LangGraph's store: a run sees the shelf of the user whose it is."""
    shelf = items.of_whoever(_owner_of_this_run)
    return {name: replace(spec, graph=spec.graph.copy({"store": shelf})) for name, spec in specs.items()}


def _owner_of_this_run() -> str:
    lease = current_lease.get()
    if lease is None:
        raise LeaseLost("nobody drives this graph, so that nobody's items are meant")
    return lease.user_id


def export_input(brief: dict[str, Any]) -> dict[str, Any]:
    """The input of an export: its film lies in the brief."""
    return {"brief": brief}


def film_input(brief: dict[str, Any]) -> dict[str, Any]:
    """The graph's input. An earlier episode's plan travels beside the brief, under `known_plan`."""
    known = brief.get("known_plan")
    return {"brief": {key: value for key, value in brief.items() if key != "known_plan"}, "known_plan": known}


INPUTS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"export": export_input}
"""Graphs that are fed otherwise than with a story's brief."""


def film_again(given: dict[str, Any], cause: str) -> dict[str, Any]:
    """The input of a later start on the same thread: its orders must not meet those of the first."""
    return {**given, "base_cause": cause}


def film_update(written: dict[str, Any], current: Mapping[str, Any], cause: str) -> dict[str, Any]:
    """A change by hand causes all that follows anew; the ledger takes again what was asked for just so."""
    asked = dict.fromkeys(current.get("causes") or {}, cause)
    return {"base_cause": cause, "causes": asked, **written}


def film_summary(values: dict[str, Any]) -> dict[str, Any]:
    """The small copy that lists show."""
    return {name: values[name] for name in SHOWN if name in values}


def check_review(value: Any, reply: Mapping[str, Any]) -> None:
    """Hold a reply against the question it answers.

    Raises:
        ReviewRefused: says which part of the reply does not fit; the gate stays open.
    """
    try:
        request, answer = ReviewRequest.model_validate(value), ReviewReply.model_validate(reply)
    except ValidationError as exc:
        fields = {".".join(map(str, error["loc"])) or "reply": str(error["msg"]) for error in exc.errors()}
        words = "; ".join(f"{field}: {text}" for field, text in fields.items())
        raise ReviewRefused(words, details={"fields": fields}) from exc
    if reason := refusal(request, answer):
        raise ReviewRefused(reason)
