"""Orders and the provider's calls for them, as figures and spans see them."""

import logging
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from state.cost import Money
from state.errors import GreenlightError, ProviderError
from state.order import Order, TextOrder, Ticket, VoiceRequest
from tools.engines.base import CannotTell
from tools.ledger.rows import Claim, OrderRow
from tools.orders.failures import kind_of
from tools.telemetry.meters import CALL_SECONDS
from tools.telemetry.spans import Span, is_traced, span

PARAMETERS = (
    "width",
    "height",
    "fps",
    "duration_s",
    "seed",
    "language",
    "voice_id",
    "speed",
    "mood",
    "tempo_bpm",
)
"""What of a request is told: numbers and names, never the words of a prompt."""

log = logging.getLogger(__name__)  # silent in a script that has set up no log
OTHERS: dict[type[BaseException], str] = {TimeoutError: "timeout", CannotTell: "cannot_tell"}


def order_span(
    step: str, order: Order | TextOrder | Ticket, *, price: Money | None = None
) -> AbstractContextManager[Span]:
    """One step of an order, inside the node that takes it."""
    production, stage, item = order.call_key.split(":")[:3]
    facts: dict[str, Any] = {"stage": stage, "item": item}
    if price is not None:
        facts["price_micros"] = price.micros
    if isinstance(order, Ticket):
        facts |= {"engine": order.provider, "model": order.model, "take": order.take_number}
    elif isinstance(order, TextOrder):
        facts |= {"agent": order.agent, "model": order.model, "prompt_digest": order.prompt_digest}
    else:
        facts |= {
            "engine": order.request.provider,
            "model": order.request.model,
            "medium": order.request.medium,
        }
    return span(f"order {step}", production=production, in_node=True, **facts)


def provider_call(row: OrderRow, call: str) -> AbstractContextManager[Span]:
    """One call of a provider: how long it took and how it ended, each try on its own."""
    return _call(row.provider, call, production=row.production_id, facts=_facts(row))


def text_call(claim: Claim) -> AbstractContextManager[Span]:
    """One question to a text model, with all the requests that it takes."""
    facts = {"engine": claim.provider, "model": claim.model, "medium": "text", "stage": claim.stage}
    return _call(claim.provider, "answer", production=claim.production_id, facts=facts | {"item": claim.item})


@contextmanager
def _call(provider: str, call: str, *, production: str, facts: dict[str, Any]) -> Iterator[Span]:
    began, outcome = time.perf_counter(), "cancelled"
    with span(f"provider {call}", production=production, **facts) as told:
        try:
            yield told
            outcome = "ok"
        except GreenlightError as error:
            outcome = kind_of(error) if isinstance(error, ProviderError) else error.code
            told.failed(outcome, error.message)
            raise
        except Exception as error:
            outcome = OTHERS.get(type(error), "internal")
            told.failed(outcome, type(error).__name__)
            raise
        finally:
            CALL_SECONDS.labels(provider, call, outcome).observe(time.perf_counter() - began)


def log_order(order: Order, *, price: Money) -> None:
    """What is ordered, with its parameters. The words of a prompt are for whoever asked for DEBUG (C35)."""
    sent = order.request.model_dump(mode="json", include=set(PARAMETERS) | {"model", "provider", "medium"})
    place = {"stage": order.stage, "item": order.item}
    log.info("order_placed", extra={**place, "price_micros": price.micros, **sent})
    words = order.request.text if isinstance(order.request, VoiceRequest) else order.request.prompt
    log.debug("order_words", extra={**place, "words": words})


def log_failure(order: Order, error: GreenlightError) -> None:
    """An order that did not work, beside whoever makes a value or an end of it."""
    kind = error.kind if isinstance(error, ProviderError) else None
    facts = {"stage": order.stage, "item": order.item, "model": order.request.model, "problem": error.message}
    log.warning("order_failed", extra={**facts, "error_code": error.code, "error_kind": kind})


def tell_booked(told: Span, row: OrderRow) -> None:
    """How the order stands, and what is booked for it."""
    told.tell(take=row.take_number, state=row.state, attempt=row.attempt, cost_micros=row.cost_actual)


def _facts(row: OrderRow) -> dict[str, Any]:
    if not is_traced():
        return {}
    sent = {name: row.request[name] for name in PARAMETERS if row.request.get(name) is not None}
    facts = {
        "engine": row.provider, "model": row.model, "medium": row.medium,
        "stage": row.stage, "item": row.item, "take": row.take_number, "attempt": row.attempt,
        "price_micros": row.cost_quoted,
        "request_digest": row.request_hash,
    }  # fmt: skip
    return facts | {f"parameter.{name}": value for name, value in sent.items()}
