"""What fal's refusals mean: by status and by its typed fields; by words only where it has no code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from state.errors import (
    KeyNotTaken,
    ModelWithheld,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from state.order import FailureKind
from tools.engines.fal.places import PROVIDER
from tools.engines.live.answer import Answer, said
from tools.resilience.asked_wait import header_wait, spoken_wait
from tools.resilience.forbidden import forbids_the_key

ERRORS: dict[FailureKind, type[ProviderError]] = {
    "not_sent": ProviderTimeout, "ambiguous": ProviderTimeout, "throttled": ProviderBusy,
    "refused": ProviderRefused, "invalid": ProviderMisconfigured, "auth": KeyNotTaken,
    "no_credit": VendorCreditUsedUp,
}  # fmt: skip
WORDS: dict[FailureKind, str] = {
    "ambiguous": "gave no answer that can be used", "throttled": "asks to be left alone for a while",
    "refused": "refused the content", "invalid": "did not take the request",
    "auth": "does not take this key", "no_credit": "has locked the account until it has credit again",
    "expired": "no longer has it", "transient_job": "broke off the job",
}  # fmt: skip
REFUSED = frozenset({"content_policy_violation", "no_media_generated"})
CANCELLED = frozenset({"request_cancelled", "client_cancelled", "client_disconnected"})
BROKEN = frozenset({
    "request_timeout", "startup_timeout", "runner_scheduling_failure", "runner_connection_timeout",
    "runner_disconnected", "runner_connection_refused", "runner_connection_error", "runner_server_error",
    "runner_incomplete_response", "internal_error", "internal_server_error", "generation_timeout",
    "downstream_service_error", "downstream_service_unavailable",
})  # fmt: skip
"""It broke on their side. `error_type` of a request, or the `type` of a model's own error."""
UNPAID = ("exhausted balance", "top_up", "top up", "balance")
"""There is no code for it: an account without credit is 403, as is a key that may not do something."""
BY_STATUS: dict[int, FailureKind] = {
    401: "auth", 402: "no_credit", 403: "auth", 408: "ambiguous", 409: "ambiguous", 410: "expired",
    425: "throttled", 429: "throttled",
}  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """An answer that is not good, read. Fal has two forms: a list of typed errors, a text with one type."""

    status: int
    words: str = ""
    types: frozenset[str] = frozenset()
    fields: list[dict[str, str]] = field(default_factory=list)
    is_retryable: bool = False
    is_fals: bool = False
    """Whether fal itself wrote it: else it is a page of something in between, and says nothing of a job."""

    @property
    def of_a_job(self) -> FailureKind:
        """Why a job failed that answers so."""
        if self.types & REFUSED:
            return "refused"
        if self.types & BROKEN or self.is_retryable or self.status >= 500:
            return "transient_job"
        return "invalid"

    @property
    def of_a_request(self) -> FailureKind:
        """What became of a request that is answered so."""
        if self.status in (402, 403) and any(word in self.words.lower() for word in UNPAID):
            return "no_credit"
        if self.status in BY_STATUS:
            return BY_STATUS[self.status]
        if self.status >= 500 or self.status < 400:
            return "ambiguous"
        return "refused" if self.types & REFUSED else "invalid"


def read(answer: Answer) -> Refusal:
    """Read an answer that is not good. What it quotes of our request is left out."""
    body = answer.maybe_json()
    told: Mapping[str, Any] = body if isinstance(body, dict) else {}
    detail = told.get("detail")
    typed = [one for one in detail if isinstance(one, dict)] if isinstance(detail, list) else []
    kinds = [
        told.get("error_type"),
        answer.headers.get("x-fal-error-type"),
        *(one.get("type") for one in typed),
    ]
    words = "; ".join(str(one.get("msg", "")) for one in typed) if typed else detail
    return Refusal(
        status=answer.status, words=said(words if isinstance(words, str) else ""),
        types=frozenset(one for one in kinds if isinstance(one, str)),
        fields=[_field(one) for one in typed], is_retryable=_is_retryable(answer), is_fals=bool(words),
    )  # fmt: skip


def order_error(answer: Answer, now: datetime, *, model: str) -> ProviderError:
    """The error of an order that was not taken: it may be that this model is not for this key."""
    refusal = read(answer)
    if refusal.of_a_request != "auth" or refusal.status != 403 or forbids_the_key(refusal.words):
        return request_error(answer, now)
    why = refusal.words or f"status {refusal.status}"
    words = f"fal does not let this key use {model}: {why}"
    return ModelWithheld(words, provider=PROVIDER, model=model, kind="auth")


def request_error(answer: Answer, now: datetime, *, kind: FailureKind | None = None) -> ProviderError:
    """The error of a request that was not answered well."""
    refusal = read(answer)
    error = error_of(kind or refusal.of_a_request, refusal)
    waits = (header_wait(answer.headers, now), _body_wait(answer), spoken_wait(refusal.words))
    asked = next((one for one in waits if one is not None), None)
    if error.kind == "throttled" and asked is not None:
        error.details["retry_after_s"] = asked
    return error


def error_of(kind: FailureKind, refusal: Refusal) -> ProviderError:
    """The error of a kind in words for people: what happened, and what fal says of it."""
    what = WORDS.get(kind, "could not be asked")
    why = refusal.words or f"status {refusal.status}"
    details = {"fields": refusal.fields} if refusal.fields else {}
    return made(kind, f"fal {what}: {why}", details=details)


def made(kind: FailureKind, message: str, *, details: dict[str, Any] | None = None) -> ProviderError:
    """An error of fal's."""
    return ERRORS.get(kind, ProviderFailed)(message, provider=PROVIDER, kind=kind, details=details)


def _field(error: Mapping[str, Any]) -> dict[str, str]:
    place = error.get("loc")
    names = [str(one) for one in place if one != "body"] if isinstance(place, list) else []
    kind, words = str(error.get("type", "")), said(error.get("msg", ""))
    return {"field": said(".".join(names)), "problem": words, "type": said(kind)}


def _is_retryable(answer: Answer) -> bool:
    """One header under two names: pages of different age call it differently."""
    told = (answer.headers.get("x-fal-retryable"), answer.headers.get("x-fal-needs-retry"))
    return any((one or "").strip().lower() in ("true", "1", "yes") for one in told)


def _body_wait(answer: Answer) -> float | None:
    body = answer.maybe_json()
    told = body.get("retry_after") if isinstance(body, dict) else None
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) and told >= 0 else None
