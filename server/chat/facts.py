"""What the system knows about what a person talks of: record, error, gate, money, news (S1-23).

Everything is bounded, and nothing of it is a secret: it is what the person sees in other places anyway.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.briefs import kept_context
from server.deps import House
from server.records import novelas, productions, videos
from state.cost import Money
from state.errors import GreenlightError
from state.script import Language
from tools.db.sql import named_queries
from tools.engines.catalog import catalog, model_card, models_for
from tools.language import language_of
from tools.redaction import REDACT

SQL = named_queries(Path(__file__).with_suffix(".sql"))
MOST_ITEMS, MOST_TROUBLES, MOST_NEWS, MOST_LETTERS = 40, 10, 12, 500
TEXT = "text"
LANGUAGES: dict[str, Language] = {"en": "en", "es": "es", "pt-BR": "pt-BR"}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a person talks about; all of it may be left out."""

    novela_id: str | None = None
    production_id: str | None = None
    video_id: str | None = None
    error_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known about the subject."""

    known: dict[str, Any] = field(default_factory=dict)
    """JSON: production, video, novela, failedOrders, events, modelId, ..."""
    error_code: str = ""
    novela_id: str | None = None
    language: Language = "en"
    context: dict[str, Any] = field(default_factory=dict)
    """The production's run context."""


async def gather(house: House, subject: Subject, message: str, *, user_id: str) -> Facts:
    """Read it all, for this user.

    Raises:
        RunNotFound, RecordNotFound: something that was named is not there, or is another user's.
    """
    known: dict[str, Any] = {"videoModels": _video_models(), "askedModelId": _named_model(message)}
    novela_id, production_id = subject.novela_id, subject.production_id
    if subject.video_id:
        video = await videos.get_video(house.database, subject.video_id, user_id=user_id)
        known["video"] = _video(video)
        novela_id = novela_id or str(video["novela_id"])
        production_id = production_id or (str(video["production_id"]) if video["production_id"] else None)
    if novela_id:
        novela = await novelas.get_novela(house.database, novela_id, user_id=user_id)
        known["novela"] = {"id": novela_id, **{name: novela[name] for name in ("title", "genre", "language")}}
        production_id = production_id or await _newest(house, novela_id, user_id=user_id)
    row: dict[str, Any] = {}
    if production_id:
        row = await productions.get_production(house.database, production_id, user_id=user_id)
        known |= await _production(house, row, user_id=user_id)
        novela_id = novela_id or (str(row["novela_id"]) if row["novela_id"] else None)
    spoken = (row.get("brief") or {}).get("language") or known.get("novela", {}).get("language")
    return Facts(
        known=_bounded(known), novela_id=novela_id, context=row.get("context") or {},
        error_code=subject.error_code or str((row.get("error") or {}).get("code") or ""),
        language=language_of(message, LANGUAGES.get(str(spoken), "en")),
    )  # fmt: skip


async def _newest(house: House, novela_id: str, *, user_id: str) -> str | None:
    rows, _ = await productions.list_productions(
        house.database, user_id=user_id, limit=1, novela_id=novela_id
    )
    return str(rows[0]["production_id"]) if rows else None


async def _production(house: House, row: dict[str, Any], *, user_id: str) -> dict[str, Any]:
    identity = str(row["production_id"])
    asked = {"id": identity, "user": user_id}
    state = await house.runs.state(user_id=user_id, production_id=identity)
    sums = await productions.cost_sums(house.database, identity, user_id=user_id)
    troubled = await house.database.fetch_all(SQL["troubled"], {**asked, "limit": MOST_TROUBLES})
    newest = await house.database.fetch_all(SQL["newest"], {**asked, "limit": MOST_NEWS})
    news = [_event(one) for one in newest]
    seen = [one for one in troubled if one["medium"] != TEXT]
    model = next((one["model"] for one in seen), "") or str(row["brief"].get("model_id") or "")
    gate = state.interrupts[0] if state.status == "paused" and state.interrupts else None
    return {
        "production": {
            "id": identity, "title": row["title"], "status": state.status, "stage": state.stage,
            "error": _error(state.error) if state.status in ("failed", "paused") else None,
            "gate": _gate(gate) if gate else None,
            "costs": {**_sums(sums), "ceiling": usd(row["ceiling_micros"])},
            "doing": next((one["text"] for one in news if one["name"] == "progress"), ""),
        },
        "failedOrders": [dict(one) for one in troubled],
        "events": news,
        "modelId": model,
        "kind": _kind(seen if gate else troubled) if state.status in ("failed", "paused") else "",
        "expectedSeconds": _expected(model),
        "parallelTakes": kept_context(row.get("context") or {}).max_parallel_takes,
    }  # fmt: skip


def _kind(troubled: list[dict[str, Any]]) -> str:
    """Of the newest failure; at a gate a person decides about what is seen and heard."""
    return str(troubled[0]["kind"]) if troubled else ""


SUMS = ("quoted", "reserved", "billed", "refunded", "unknown")


def _sums(sums: dict[str, Any]) -> dict[str, str]:
    return {name: usd(int(sums.get(name, 0))) for name in SUMS}


def usd(micros: int) -> str:
    """Dollars with two places at least, as the costs show them."""
    return Money(micros=micros).dollars()


def _gate(interrupt: dict[str, Any]) -> dict[str, Any]:
    asked = dict(interrupt.get("value") or {})
    quote = asked.get("quote") or {}
    return {
        "name": asked.get("gate"), "interruptId": interrupt["id"], "title": asked.get("title"),
        "question": asked.get("question"),
        "items": [
            {name: one.get(name) for name in ("item", "title", "text")}
            for one in (asked.get("items") or [])[:MOST_ITEMS]
        ],
        **(_quote(quote) if quote else {}),
    }  # fmt: skip


def _quote(quote: dict[str, Any]) -> dict[str, Any]:
    parts: dict[str, tuple[int, int]] = {}
    for call in quote.get("calls") or []:
        count, micros = parts.get(call["stage"], (0, 0))
        parts[call["stage"]] = (count + 1, micros + int(call["price"]["micros"]))
    return {
        "quoteId": quote["quote_id"], "calls": len(quote.get("calls") or []),
        "total": usd(quote["total"]["micros"]), "wouldHaveCost": usd(quote["would_have_cost"]["micros"]),
        "breakdown": [
            {"stage": stage, "calls": count, "usd": usd(micros)} for stage, (count, micros) in parts.items()
        ],
    }  # fmt: skip


def _error(error: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a person may be told: no details, which are for programs."""
    if not error:
        return None
    return {
        "code": error.get("code"), "message": error.get("message"), "retryable": error.get("retryable"),
        "userAction": error.get("user_action"),
        **{name: error[name] for name in ("provider", "model", "charged") if name in error},
    }  # fmt: skip


def _video(row: dict[str, Any]) -> dict[str, Any]:
    names = ("episode_number", "scene_number", "title", "replicate_status", "model_id", "error")
    return {"id": str(row["id"]), **{name: row.get(name) for name in names}}


def _event(row: dict[str, Any]) -> dict[str, Any]:
    told = row["payload"] if isinstance(row["payload"], dict) else {}
    named = row["method"] == "custom"
    said = told.get("payload") if named else told
    text = said.get("text") or said.get("event") or "" if isinstance(said, dict) else ""
    name = str(told.get("name") or "") if named else row["method"]
    return {"id": row["id"], "name": name, "text": str(text), "at": row["at"].isoformat()}


def _named_model(message: str) -> str:
    """The model that a person names, by its id or by what people call it; the longest name that fits."""
    said = " ".join(message.lower().split())
    named = [(name, card.id) for card in catalog() for name in (card.id, card.title.lower()) if name in said]
    return max(named, key=lambda one: len(one[0]))[1] if named else ""


def _video_models() -> list[dict[str, str]]:
    return [{"id": card.id, "price": card.price_range} for card in models_for("video")]


def _expected(model_id: str) -> int | None:
    try:
        return model_card(model_id).expected_s if model_id else None
    except GreenlightError:
        return None


def _bounded(value: Any) -> Any:
    """Every text cut at a length: what others wrote must not fill a prompt."""
    if isinstance(value, str):
        return REDACT.text(value[:MOST_LETTERS])
    if isinstance(value, dict):
        return {name: _bounded(each) for name, each in value.items()}
    return [_bounded(each) for each in value] if isinstance(value, list) else value
