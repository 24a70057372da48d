"""What Google's refusals of a request mean: by status, reason and quota; by words where no code is."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from state.errors import (
    KeyNotTaken,
    ModelUnknown,
    ModelWithheld,
    NotServedHere,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from tools.engines.live.answer import Answer, said
from tools.resilience.asked_wait import A_YEAR_S, header_wait, number, spoken_wait
from tools.resilience.forbidden import forbids_the_key, is_elsewhere

PROVIDER = "google"
A_DAY = "PerDay"
"""Stands in the name of the quotas that no waiting mends; those of a minute have other names."""
PAID_UP = re.compile(r"prepa(?:id|yment)|credits? (?:is|are) depleted|billing account", re.I)
"""Of an account without credit Google tells no code of its own."""
NO_KEY = frozenset({"API_KEY_INVALID", "API_KEY_EXPIRED", "API_KEY_SERVICE_BLOCKED", "CONSUMER_SUSPENDED"})
NO_BILLING = frozenset({"BILLING_DISABLED", "BILLING_NOT_ACTIVE"})


def order_refused(answer: Answer, *, model: str, now: datetime) -> ProviderError:
    """The error for an order that was answered with anything but 2xx."""
    told = _Told(answer)
    if told.withholds_a_model:
        return _made(ModelWithheld, "auth", told, model)
    common = _common(told, answer, model=model, now=now)
    if common is not None:
        return common
    if answer.status == 404:
        return _made(ModelUnknown, "invalid", told, model)
    if answer.status in (408, 409, 499) or answer.status >= 500:
        return _made(ProviderTimeout, "ambiguous", told, model, **told.wait(answer, now))
    return _made(ProviderMisconfigured, "invalid", told, model, **told.fields())


def look_refused(answer: Answer, *, now: datetime) -> ProviderError:
    """The error for a look at a job that was answered with anything but 2xx: nothing costs anything here."""
    told = _Told(answer)
    common = _common(told, answer, model="", now=now)
    if common is not None:
        return common
    if answer.status in (404, 410):
        return _made(ProviderFailed, "expired", told, "")
    if answer.status in (408, 409, 499) or answer.status >= 500:
        return _made(ProviderTimeout, "ambiguous", told, "", **told.wait(answer, now))
    return _made(ProviderMisconfigured, "invalid", told, "")


class _Told:
    """What Google's error body says, whatever form it came in."""

    def __init__(self, answer: Answer) -> None:
        self.number = answer.status
        body = answer.maybe_json()
        error = body.get("error") if isinstance(body, Mapping) else None
        self._error: Mapping[str, Any] = error if isinstance(error, Mapping) else {}
        self.status = str(self._error.get("status") or "")
        self.words = said(self._error.get("message"))
        self.details = [one for one in _listed(self._error.get("details")) if isinstance(one, Mapping)]
        self.reasons = {str(one["reason"]) for one in self.details if one.get("reason")}

    @property
    def is_used_up(self) -> bool:
        """Whether there is nothing left to spend, and not only too much at once."""
        quotas = [str(one.get("quotaId", "")) for one in self._violations("violations")]
        return any(A_DAY in one for one in quotas) if any(quotas) else bool(PAID_UP.search(self.words))

    @property
    def withholds_a_model(self) -> bool:
        """Whether the key is good, and not for what was asked of it."""
        known = self.reasons & NO_BILLING or is_elsewhere(self.words)
        return self.number == 403 and not known and not forbids_the_key(self.words, self.reasons)

    def wait(self, answer: Answer, now: datetime) -> dict[str, Any]:
        """How long Google asks us to wait: by a header, by its body, by its words."""
        told = (one.get("retryDelay") for one in self.details)
        delays = (number(str(one).removesuffix("s")) for one in told if one)
        for asked in (header_wait(answer.headers, now), next(delays, None), spoken_wait(self.words)):
            if asked is not None:
                return {"retry_after_s": min(asked, A_YEAR_S)}
        return {}

    def fields(self) -> dict[str, Any]:
        """The fields that it names, as the check before sending names them."""
        found = [
            {"field": str(one["field"]), "problem": said(one.get("description"))}
            for one in self._violations("fieldViolations")
            if one.get("field")
        ]
        return {"fields": found} if found else {}

    def _violations(self, name: str) -> Iterator[Mapping[str, Any]]:
        for detail in self.details:
            yield from (one for one in _listed(detail.get(name)) if isinstance(one, Mapping))


def _common(told: _Told, answer: Answer, *, model: str, now: datetime) -> ProviderError | None:
    """What means the same for an order and for a look."""
    if is_elsewhere(told.words):
        return _made(NotServedHere, "auth", told, model)
    broke = told.reasons & NO_BILLING or (answer.status == 400 and told.status == "FAILED_PRECONDITION")
    if answer.status == 402 or broke or (answer.status == 429 and told.is_used_up):
        return _made(VendorCreditUsedUp, "no_credit", told, model)
    if answer.status == 429:
        return _made(ProviderBusy, "throttled", told, model, **told.wait(answer, now))
    if answer.status in (401, 403) or told.reasons & NO_KEY:
        return _made(KeyNotTaken, "auth", told, model)
    return None


def _made(error: type[ProviderError], kind: str, told: _Told, model: str, **details: Any) -> ProviderError:
    said_so = told.words or told.status or "without a word why"
    words = f"Google answered {told.number}{f' for {model}' if model else ''}: {said_so}"
    return error(words, provider=PROVIDER, model=model, kind=kind, details=details)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
