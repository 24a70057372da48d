"""Which events of the log are told outside, and what of them: words that a person may read, and ids.

No link that expires, no bytes, no address inside the store. A payload of another shape is told with
less, never with a guess: graphs of others may ask and deliver as they like.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

EventType = Literal[
    "gate.waiting", "run.ended", "budget.warning", "budget.day", "spending.stopped", "spending.spike",
    "spending.text", "production.degraded", "delivery.ready",
]  # fmt: skip
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
ENDS = ("completed", "failed", "cancelled")
CUSTOM = (
    "budget_warning",
    "day_budget_warning",
    "spending_stopped",
    "degraded",
    "model_stood_in",
    "master_done",
)
"""Names of custom events that are told."""
LONGEST, LONGEST_TITLE = 2000, 200
MOST_LISTED = 100
"""Of items and files: receivers want small messages, and the API has the rest."""


@dataclass(frozen=True)
class Fact:
    """Something to tell. The key says which happening it is, however often the log holds it."""

    type: EventType
    key: str
    data: dict[str, Any] = field(default_factory=dict)
    mail_key: str = ""
    """The same for a mail, where one question asked under another id must not be mailed again."""


def may_be_told(method: str, payload: Any) -> bool:
    """Whether an event of the log can be a fact at all."""
    if method == "input.requested":
        return True
    if not isinstance(payload, Mapping):
        return False
    if method == "lifecycle":
        return payload.get("status") in ENDS
    return method == "custom" and payload.get("name") in CUSTOM


def fact_of(event: Mapping[str, Any]) -> Fact | None:
    """What this row of the log tells, if anything."""
    method, payload = event["method"], event["payload"]
    if not may_be_told(method, payload) or not isinstance(payload, Mapping):
        return None
    if method == "input.requested":
        return _gate(payload)
    if method == "lifecycle":
        return None if event["namespace"] else _ended(payload, event["event_id"], event["run_id"])
    inner = payload.get("payload")
    return CUSTOM_FACTS[payload["name"]](inner if isinstance(inner, Mapping) else {}, event["event_id"])


def _gate(payload: Mapping[str, Any]) -> Fact:
    asked = payload.get("payload")
    question: Mapping[str, Any] = asked if isinstance(asked, Mapping) else {}
    gate, gate_id = _words(question.get("gate")), _words(payload.get("interrupt_id"))
    items = question.get("items")
    listed = [one for one in items if isinstance(one, Mapping)] if isinstance(items, list) else []
    data = {
        "gate_id": gate_id,
        "gate": gate,
        "gate_title": _words(question.get("title")),
        "question": _words(question.get("question")),
        "items": [_item(one) for one in listed[:MOST_LISTED]],
    }
    # Interrupt ids change when a state is changed by hand; gate and round say which question it is.
    asks = f"{gate}:{question.get('round')}" if gate else gate_id
    return Fact("gate.waiting", f"gate.waiting:{gate_id}", data, mail_key=f"gate.waiting:{asks}")


def _ended(payload: Mapping[str, Any], event_id: str, run_id: str | None) -> Fact:
    data: dict[str, Any] = {"status": payload["status"], "run_id": run_id}
    error = payload.get("error")
    if isinstance(error, Mapping):
        data["error"] = {name: _words(error.get(name)) for name in ("code", "message", "user_action")}
    return Fact("run.ended", f"run.ended:{event_id}", data)


def _budget(told: Mapping[str, Any], event_id: str) -> Fact:
    names = ("percent", "committed_usd", "ceiling_usd", "blocked")
    return Fact("budget.warning", f"budget.warning:{event_id}", {name: told.get(name) for name in names})


def _day_budget(told: Mapping[str, Any], event_id: str) -> Fact:
    names = ("percent", "committed_usd", "budget_usd", "day", "blocked")
    return Fact("budget.day", f"budget.day:{event_id}", {name: told.get(name) for name in names})


def _stopped(told: Mapping[str, Any], event_id: str) -> Fact:
    data = {"everybody": told.get("everybody") is True, "why": _words(told.get("why"))}
    return Fact("spending.stopped", f"spending.stopped:{event_id}", data)


def _degraded(told: Mapping[str, Any], event_id: str) -> Fact:
    names = ("stage", "item", "take", "provider", "model")
    data = {name: told.get(name) for name in names}
    # Once for each stage and stand-in: forty takes by the same one are one thing to know.
    stand_in = "\n".join(str(data[name]) for name in ("stage", "provider", "model"))
    mark = hashlib.sha256(stand_in.encode(errors="replace")).hexdigest()[:32]
    return Fact("production.degraded", f"production.degraded:{mark}", data)


def _stood_in(told: Mapping[str, Any], event_id: str) -> Fact:
    role, provider = _words(told.get("role"), LONGEST_TITLE), _words(told.get("provider"), LONGEST_TITLE)
    model, before = _words(told.get("model"), LONGEST_TITLE), _words(told.get("instead_of"), LONGEST_TITLE)
    data = {
        "stage": "text", "item": role, "take": None, "provider": provider, "model": model,
        "instead_of": before,
    }  # fmt: skip
    # Once for each role and stand-in: an agent asks many times.
    mark = hashlib.sha256("\n".join((role, before, model)).encode(errors="replace")).hexdigest()[:32]
    return Fact("production.degraded", f"production.degraded:text:{mark}", data)


def _delivered(told: Mapping[str, Any], event_id: str) -> Fact:
    listed = told.get("files")
    files = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    data = {"duration_s": told.get("duration_s"), "files": [_file(one) for one in files[:MOST_LISTED]]}
    # A node that runs again tells the same files under another id.
    named = sorted(f"{one.get('name')}:{_media(one).get('sha256')}" for one in files)
    mark = hashlib.sha256("\n".join(named).encode()).hexdigest()[:32] if named else event_id
    return Fact("delivery.ready", f"delivery.ready:{told.get('episode')}:{mark}", data)


def _item(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _words(asked.get(name), LONGEST_TITLE) for name in ("item", "title")}


def _file(told: Mapping[str, Any]) -> dict[str, Any]:
    media = _media(told)
    return {
        "name": _words(told.get("name"), LONGEST_TITLE),
        "title": _words(told.get("title"), LONGEST_TITLE),
        "mime": _words(media.get("mime")),
        "size_bytes": media.get("size_bytes"),
        "duration_s": media.get("duration_s"),
        "sha256": _words(media.get("sha256")),
    }


def _media(told: Mapping[str, Any]) -> Mapping[str, Any]:
    media = told.get("media")
    return media if isinstance(media, Mapping) else {}


def _words(value: Any, most: int = LONGEST) -> str:
    return value[:most] if isinstance(value, str) else ""


CUSTOM_FACTS = {
    "budget_warning": _budget, "day_budget_warning": _day_budget, "spending_stopped": _stopped,
    "degraded": _degraded, "model_stood_in": _stood_in, "master_done": _delivered,
}  # fmt: skip
