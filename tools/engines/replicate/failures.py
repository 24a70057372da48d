"""What Replicate's refusals mean: by status, by the fields of its answers, by a code in its words.

A job that failed has nothing but a sentence. Replicate's own codes in it are read first; only where there is
none are words looked for, and only to tell a refusal, which must never be tried again by itself.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from state.errors import (
    KeyNotTaken,
    ModelUnknown,
    ModelWithheld,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from state.order import FailureKind
from tools.engines.live.answer import Answer, said
from tools.resilience.asked_wait import A_YEAR_S, header_wait, spoken_wait
from tools.resilience.forbidden import forbids_the_key

PROVIDER = "replicate"
BY_STATUS: dict[int, tuple[FailureKind, type[ProviderError], str]] = {
    401: ("auth", KeyNotTaken, "does not take this key"),
    402: ("no_credit", VendorCreditUsedUp, "says that the account has no credit left"),
    403: ("auth", KeyNotTaken, "does not let this key do that"),
    404: ("invalid", ModelUnknown, "knows no such model"),
    429: ("throttled", ProviderBusy, "takes no more requests for now"),
}
UNSETTLED = frozenset({408, 409, 425})
"""What may have been taken all the same."""
CODE = re.compile(r"\((?:code: )?(PA|E\d{3,5})\)")
BY_CODE: dict[str, FailureKind] = {
    "E003": "transient_job", "E004": "transient_job", "E005": "refused", "PA": "transient_job",
}  # fmt: skip
"""Too much asked of it, unavailable, flagged as sensitive, interrupted."""
THE_HOUSE_ITSELF = re.compile(r"E[89]\d{3}")
"""Codes with which Replicate's own machinery says that it broke, not the model."""
REFUSED = re.compile(
    r"\bnsfw\b|flagged (?:as|by|for)\b|sensitive (?:content|material|word)|prohibited (?:content|use)"
    r"|(?:content|usage|safety|acceptable use) polic|content moderation|moderated|responsible ai"
    r"|safety (?:filter|system|checker|reason)|violat\w* (?:[\w']+ ){0,3}(?:polic|terms|guideline)",
    re.I,
)


def raise_unless_good(answer: Answer, *, now: datetime, model: str = "") -> None:
    """Let an answer pass that says yes.

    Raises:
        ProviderError: what any other says, with its kind, read as the answer to an order: when in doubt a
            job may exist.
    """
    if not answer.is_good:
        raise refusal(answer, now=now, model=model)


def refusal(answer: Answer, *, now: datetime, model: str = "") -> ProviderError:
    """The error that an answer stands for."""
    told = _told(answer)
    if answer.status >= 500 or answer.status < 400 or answer.status in UNSETTLED:
        words = _sentence(f"did not say what became of the request (status {answer.status})", told)
        return ProviderTimeout(
            words, provider=PROVIDER, model=model, kind="ambiguous", details=_wait(answer, told, now)
        )
    invalid = ("invalid", ProviderMisconfigured, "does not take this order")
    kind, error, words = BY_STATUS.get(answer.status, invalid)
    if answer.status == 403 and model and not forbids_the_key(str(told.get("detail") or "")):
        error, words = ModelWithheld, f"does not let this key use {model}"
    details = _wait(answer, told, now) if kind == "throttled" else _fields(told)
    return error(_sentence(words, told), provider=PROVIDER, model=model, kind=kind, details=details)


def raise_not_sent(error: ProviderError) -> NoReturn:
    """Whatever became of a file or a question before the order: of the order itself nothing was sent.

    Raises:
        ProviderError: `not_sent` for what may work next time, else the error as it is.
    """
    if error.kind in ("ambiguous", "expired"):
        raise ProviderTimeout(
            error.message, provider=error.provider, model=error.model, kind="not_sent", details=error.details
        ) from error
    raise error


def no_such_job(external_id: str) -> ProviderError:
    """Of a job that another account has, that never was, or that is forgotten."""
    words = f"Replicate knows no job {said(external_id)[:60]} (any more)."
    return ProviderFailed(words, provider=PROVIDER, kind="expired")


def unusable(kind: FailureKind, words: str) -> ProviderError:
    """Of a job that ended without a result that can be used."""
    return ProviderFailed(f"Replicate {words}.", provider=PROVIDER, kind=kind)


def kind_of_failure(words: str) -> FailureKind:
    """Why a job failed, by its own words; `internal` where they tell nothing that we know."""
    code = CODE.search(words)
    if code is not None and (kind := BY_CODE.get(code.group(1))) is not None:
        return kind
    if REFUSED.search(words):
        return "refused"
    return "transient_job" if code is not None and THE_HOUSE_ITSELF.fullmatch(code.group(1)) else "internal"


def _told(answer: Answer) -> Mapping[str, Any]:
    found = answer.maybe_json()
    return found if isinstance(found, dict) else {}


def _sentence(words: str, told: Mapping[str, Any]) -> str:
    detail = said(told.get("detail") or told.get("title"))
    return f"Replicate {words}: {detail}" if detail else f"Replicate {words}."


def _wait(answer: Answer, told: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """How long it asks to be left alone: by header, by field, by its words."""
    asked = header_wait(answer.headers, now)
    field = told.get("retry_after")
    if asked is None and isinstance(field, int | float) and not isinstance(field, bool):
        asked = float(field)
    if asked is None:
        asked = spoken_wait(str(told.get("detail") or ""))
    return {} if asked is None else {"retry_after_s": min(max(asked, 0.0), A_YEAR_S)}


def _fields(told: Mapping[str, Any]) -> dict[str, Any]:
    wrong = told.get("invalid_fields")
    named = [one for one in wrong if isinstance(one, dict)] if isinstance(wrong, list) else []
    fields = [{"field": said(one.get("field")), "problem": _problem(one)} for one in named]
    return {"fields": fields} if fields else {}


def _problem(one: Mapping[str, Any]) -> str:
    """The type, which programs may read, with what it says."""
    return ": ".join(said(part) for part in (one.get("type"), one.get("description")) if part)
