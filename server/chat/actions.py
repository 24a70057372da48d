"""What this API can really do about a subject: a closed list, each with the route and the body that does it.

A talk offers these and does none of them.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from server.chat.facts import Facts
from state.script import Language

WORDS = Path(__file__).with_suffix(".toml")
MEANT: dict[str, str] = {
    "retry_with_backoff": "resume", "continue_run": "resume", "use_stand_in": "choose_model",
    "use_cheaper_model": "choose_model", "wait_for_storage": "resume",
}  # fmt: skip
"""Steps that agents name among themselves, and what a person does for them."""
GOING_ON = ("queued", "running", "paused")
FILL = "reply.items.{item}.note"


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing a person can do next, as a request of this API."""

    name: str
    title: str
    method: Literal["GET", "POST"]
    path: str
    body: dict[str, Any] | None = None
    fill: list[str] = field(default_factory=list)
    """Fields of the body that the person still has to write."""
    price: str | None = None
    """Dollars that doing it approves; None where it approves nothing."""


@lru_cache(maxsize=4)
def titles(language: Language) -> dict[str, str]:
    """What is written on the buttons; its keys are all the actions there are."""
    named: dict[str, str] = tomllib.loads(WORDS.read_text("utf-8"))[language]
    return named


def actions_of(facts: Facts) -> dict[str, Action]:
    """Everything that can be done now, by name."""
    production = facts.known.get("production")
    makers: Iterable[Callable[[dict[str, Any], Language], Action | None]] = (
        MAKERS if production else (_start,)
    )
    found = [make(production or {}, facts.language) for make in makers]
    return {action.name: action for action in found if action is not None}


def chosen(suggested: list[str], possible: dict[str, Action]) -> list[Action]:
    """Those that an advice suggests and that are possible; what nobody offers is dropped."""
    names = [one.partition(":")[0] for one in suggested]
    return [
        possible[name] for name in dict.fromkeys(MEANT.get(name, name) for name in names) if name in possible
    ]


def _resume(production: dict[str, Any], language: Language) -> Action | None:
    still = production["status"] == "paused" and not production.get("gate")
    if production["status"] not in ("failed", "cancelled") and not still:
        return None
    return _post("resume", production, "/resume", {}, language)


def _cancel(production: dict[str, Any], language: Language) -> Action | None:
    if production["status"] not in GOING_ON:
        return None
    return _post("cancel", production, "/cancel", {}, language)


def _approve(production: dict[str, Any], language: Language) -> Action | None:
    # What failed its check is delivered by a person with a name and a reason, not by a button of a chat.
    if not (gate := production.get("gate")) or gate["name"] == "approve_delivery":
        return None
    reply = {"approve_all": True, **({"quote_id": gate["quoteId"]} if gate.get("quoteId") else {})}
    return _post(
        "approve_gate", production, "/answer", _answer(gate, reply), language, price=gate.get("total")
    )


def _yellow(production: dict[str, Any], language: Language) -> Action | None:
    return _lights("answer_gate_yellow", {"light": "YELLOW", "note": ""}, production, language)


def _red(production: dict[str, Any], language: Language) -> Action | None:
    return _lights("answer_gate_red", {"light": "RED"}, production, language)


def _lights(
    name: str, answer: dict[str, Any], production: dict[str, Any], language: Language
) -> Action | None:
    """At a gate that shows pictures; at the budget YELLOW is a model and RED ends the production."""
    gate = production.get("gate")
    if not gate or not gate["items"] or gate["name"] in ("approve_budget", "approve_delivery"):
        return None
    item = gate["items"][0]["item"]
    fill = ["reply.items", *([FILL.format(item=item)] if "note" in answer else [])]
    reply = {"approve_all": True, "items": {item: answer}}
    return _post(name, production, "/answer", _answer(gate, reply), language, fill=fill)


def _model(production: dict[str, Any], language: Language) -> Action | None:
    gate = production.get("gate")
    if not gate or gate["name"] != "approve_budget":
        return None
    answer = {"light": "YELLOW", "note": "Another model.", "model_override": ""}
    reply = {"items": {"budget": answer}}
    fill = ["reply.items.budget.model_override"]
    return _post("choose_model", production, "/answer", _answer(gate, reply), language, fill=fill)


def _ceiling(production: dict[str, Any], language: Language) -> Action | None:
    """It holds at once; whoever paused for it is resumed then, by whoever wants it."""
    if production["status"] not in (*GOING_ON, "failed"):
        return None
    body = {"ceilingUsd": ""}
    return _post("raise_ceiling", production, "/ceiling", body, language, fill=["ceilingUsd"])


def _reshoot(production: dict[str, Any], language: Language) -> Action | None:
    if production["status"] != "completed":
        return None
    return _post("reshoot", production, "/reshoot?dry_run=true", {"shot": ""}, language, fill=["shot"])


def _costs(production: dict[str, Any], language: Language) -> Action:
    return _get("see_costs", production, "/costs", language)


def _files(production: dict[str, Any], language: Language) -> Action | None:
    return _get("download", production, "/files", language) if production["status"] == "completed" else None


def _start(production: dict[str, Any], language: Language) -> Action:
    body = {"graph": "novela", "brief": {"title": "", "description": "", "language": language}}
    return Action(
        name="start_production", title=titles(language)["start_production"], method="POST",
        path="/api/productions", body=body, fill=["brief.title", "brief.description"],
    )  # fmt: skip


MAKERS = (
    _resume, _cancel, _approve, _yellow, _red, _model, _ceiling, _reshoot, _costs, _files,
)  # fmt: skip


def _answer(gate: dict[str, Any], reply: dict[str, Any]) -> dict[str, Any]:
    return {"interrupt_id": gate["interruptId"], "reply": reply}


def _post(
    name: str,
    production: dict[str, Any],
    tail: str,
    body: dict[str, Any],
    language: Language,
    *,
    fill: list[str] | None = None,
    price: str | None = None,
) -> Action:
    return Action(
        name=name, title=titles(language)[name], method="POST", path=_path(production, tail), body=body,
        fill=fill or [], price=price,
    )  # fmt: skip


def _get(name: str, production: dict[str, Any], tail: str, language: Language) -> Action:
    return Action(name=name, title=titles(language)[name], method="GET", path=_path(production, tail))


def _path(production: dict[str, Any], tail: str) -> str:
    return f"/api/productions/{production['id']}{tail}"
