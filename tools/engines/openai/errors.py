"""What OpenAI's errors mean: by status, code and type; by words only where it has no code for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from state.errors import (
    KeyNotTaken,
    ModelUnknown,
    ModelWithheld,
    ProviderBusy,
    ProviderError,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from state.order import FailureKind
from tools.engines.live.answer import Answer, said
from tools.resilience.asked_wait import header_wait, spoken_wait
from tools.resilience.forbidden import forbids_the_key

E = TypeVar("E", bound=ProviderError)
REFUSED = frozenset({"moderation_blocked", "content_policy_violation"})
USED_UP = frozenset({
    "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "billing_limit_user_error",
})  # fmt: skip
"""Codes, and types of errors that have no code."""
FATE_UNKNOWN = frozenset({408, 409})
NOT_VERIFIED = "organization must be verified"
"""It has neither a code nor a type of its own (openai-php/client issue 565)."""
VERIFY = (
    "Verify the organization at platform.openai.com/settings/organization/general (up to 15 minutes later it"
    " counts), or go on with another key or another model."
)


@dataclass(frozen=True)
class _Told:
    """What an answer says of an order that was not filled."""

    answer: Answer
    model: str
    error: Mapping[str, Any]

    @property
    def words(self) -> str:
        return said(self.error.get("message"))

    def name(self, field: str) -> str:
        """A word of the vendor's own list; empty where it gave none."""
        value = self.error.get(field)
        return said(value) if isinstance(value, str) else ""

    def made(
        self, error: type[E], kind: FailureKind, words: str, *, action: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> E:  # fmt: skip
        provider = self.answer.provider
        return error(
            f"{provider} {words}", provider=provider, model=self.model, kind=kind, user_action=action,
            details=details,
        )  # fmt: skip


def error_in(answer: Answer, *, model: str, now: datetime) -> ProviderError:
    """The error of ours that an answer without success stands for."""
    told, status = _Told(answer, model, _error_of(answer)), answer.status
    if status == 402 or {told.name("code"), told.name("type")} & USED_UP:
        return told.made(VendorCreditUsedUp, "no_credit", f"has no credit left for us: {told.words}")
    if told.name("code") in REFUSED:
        return told.made(ProviderRefused, "refused", f"refused this: {told.words}", details=_moderation(told))
    if status == 429:
        return _throttled(told, now)
    if status in (401, 403):
        return _key_not_taken(told)
    if status < 400 or status >= 500 or status in FATE_UNKNOWN:
        words = f"did not say what became of the order (status {status}): {told.words}"
        return told.made(ProviderTimeout, "ambiguous", words)
    return _invalid(told)


def _throttled(told: _Told, now: datetime) -> ProviderBusy:
    wait_s = header_wait(told.answer.headers, now)
    wait_s = spoken_wait(told.words) if wait_s is None else wait_s
    details = {} if wait_s is None else {"retry_after_s": wait_s}
    return told.made(ProviderBusy, "throttled", f"asks us to slow down: {told.words}", details=details)


def _key_not_taken(told: _Told) -> ProviderMisconfigured:
    status, codes = told.answer.status, (told.name("code"), told.name("type"))
    if NOT_VERIFIED in told.words.lower():
        words = f"sells {told.model} to verified organizations only, and the key's is not."
        return told.made(ModelWithheld, "auth", words, action=VERIFY)
    if status == 403 and not forbids_the_key(told.words, codes):
        return told.made(ModelWithheld, "auth", f"does not let this key use {told.model}: {told.words}")
    # Its words quote a part of the key, so they are not passed on.
    return told.made(KeyNotTaken, "auth", f"does not take this key (status {status}).")


def _invalid(told: _Told) -> ProviderMisconfigured:
    status, field = told.answer.status, told.name("param")
    details = {"fields": [{"field": field, "problem": told.words}]} if field else {}
    if status == 404 or told.name("code") == "model_not_found":
        words = f"has no model {told.model} for this key: {told.words}"
        return told.made(ModelUnknown, "invalid", words, details=details)
    words = f"does not take the order as it is (status {status}): {told.words}"
    return told.made(ProviderMisconfigured, "invalid", words, details=details)


def _error_of(answer: Answer) -> Mapping[str, Any]:
    body = answer.maybe_json()
    error = body.get("error") if isinstance(body, dict) else None
    return error if isinstance(error, dict) else {"message": error if isinstance(error, str) else ""}


def _moderation(told: _Told) -> dict[str, Any]:
    """At which stage, and in which categories: words of the vendor's own list."""
    details = told.error.get("moderation_details")
    if not isinstance(details, dict):
        return {}
    listed = details.get("categories")
    categories = [said(one) for one in listed[:20]] if isinstance(listed, list) else []
    return {"stage": said(details.get("moderation_stage")), "categories": categories}
