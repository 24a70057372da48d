"""Where the production stands that a person talks about, and the facts that sentences are filled with."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from state.writing import FallbackInput
from tools.models.offline.words.bank import Table, bank, shared

GATES = {
    "approve_budget": "budget", "review_storyboard": "storyboard", "review_scene": "scene",
    "approve_delivery": "master",
}  # fmt: skip
LONGEST_QUOTE = 120
"""So much of a person's words is repeated at most."""
UNKNOWN = "?"
FREE = "0.00"
CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Where it stands, as the tables of the bank call it."""

    place: str
    """none, queued, running, budget, budget_free, storyboard, scene, master, still, failed, completed or
    cancelled."""
    facts: dict[str, str]
    missing: list[str]
    """Shots without a usable take."""


def read_situation(input: FallbackInput, facts: dict[str, str]) -> Situation:
    """Read the production's record; `facts` are those of the failure."""
    production = dict(input.context.get("production") or {})
    gate, costs = dict(production.get("gate") or {}), dict(production.get("costs") or {})
    words: Table = bank(input.language)["chat"]["detail"]
    items = [str(one.get("item")) for one in gate.get("items") or []]
    failed = input.context.get("failedOrders") or []
    missing = [str(one.get("item")) for one in failed if one.get("medium") != "text"]
    told = {
        **facts,
        "message": shortened(str(input.context.get("message") or "")),
        "title": str(production.get("title") or UNKNOWN),
        "code": input.error_code or str((production.get("error") or {}).get("code") or UNKNOWN),
        "doing": _doing(input, production, words),
        "gate_title": str(gate.get("title") or ""),
        "items": str(len(items)),
        "item": _a_shot(items),
        "missing": ", ".join(missing),
        **{name: usd(costs.get(name)) for name in ("billed", "reserved", "refunded", "ceiling")},
        **_quoted(gate, costs, words),
        "choices": "" if facts["known"] else _choices(input, words),
        "expected": str(input.context.get("expectedSeconds") or UNKNOWN),
        "parallel": str(input.context.get("parallelTakes") or 2),
    }
    return Situation(place=_place(production, gate), facts=told, missing=missing)


def shortened(text: str) -> str:
    """A person's words on one line, cut where they are long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"


def usd(amount: Any) -> str:
    """An amount as it is written in a sentence: to the cent, or exact where it is less than one."""
    if amount in (None, ""):
        return UNKNOWN
    exact = Decimal(str(amount))
    return f"${exact.quantize(CENT, ROUND_HALF_UP) if exact >= CENT else amount}"


def offered(place: str, topics: list[str], failure: str, possible: list[str] | None) -> list[str]:
    """What to offer: what was asked about, then what fits the place; after a failure the other way round.

    Where `possible` is known, nothing else is offered.
    """
    table = shared("chat")
    asked = [name for topic in topics[:1] for name in table["topics"].get(topic, [])]
    fits = table["situations"][place]
    if place == "failed":
        chosen = list(dict.fromkeys([*table["failures"].get(failure, fits), *asked]))
    else:
        chosen = list(dict.fromkeys([*asked, *fits]))
    return [name for name in chosen if name in possible][:4] if possible is not None else chosen


def _place(production: dict[str, Any], gate: dict[str, Any]) -> str:
    status = str(production.get("status") or "none")
    if status != "paused":
        return status if status in shared("chat")["situations"] else "none"
    if not gate:  # what it stopped by is there to be mended, as where it failed
        return "failed" if production.get("error") else "still"
    place = GATES.get(str(gate.get("name")), "scene")
    return "budget_free" if place == "budget" and gate.get("total") == FREE else place


def _doing(input: FallbackInput, production: dict[str, Any], words: Table) -> str:
    """What was last said about the work; it is said in English, so it is repeated in English only."""
    text = str(production.get("doing") or "").strip().rstrip(".")
    return words["doing"].format(text=text[:1].lower() + text[1:]) if text and input.language == "en" else ""


def _choices(input: FallbackInput, words: Table) -> str:
    """The video models there are, with their prices."""
    models = [f"{one['id']} ({one['price']})" for one in input.context.get("videoModels") or []]
    return str(words["choices"]).format(models=", ".join(models)) if models else ""


def _a_shot(items: list[str]) -> str:
    """A slate for an example: a real one where there is one."""
    return next((item for item in items if item[:1].isdigit()), "2A")


def _quoted(gate: dict[str, Any], costs: dict[str, Any], words: Table) -> dict[str, str]:
    parts = [
        words["breakdown"].format(
            stage=words["stages"].get(part["stage"], part["stage"]), count=part["calls"], usd=usd(part["usd"])
        )
        for part in gate.get("breakdown") or []
        if part["usd"] != FREE
    ]
    would = gate.get("wouldHaveCost")
    sentence = ", ".join(parts)
    return {
        "calls": str(gate.get("calls", UNKNOWN)),
        "total": usd(gate.get("total")),
        "breakdown": f"{sentence[:1].upper()}{sentence[1:]}. " if parts else "",
        "would": words["would"].format(usd=usd(would)) if would and would != gate.get("total") else "",
        "spent": words["spent"] if costs.get("billed") == FREE else "",
    }
