"""What a vendor's client raises, as our errors with their kinds. Nothing of it is caught elsewhere.

Vendors bill no request that they refuse (4xx). Of one whose answer was lost, or that failed behind their
door (5xx, whoever says so), nobody knows: OpenAI and DeepSeek promise nothing, and Google only for 500.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
import httpx2
import openai
from google.genai.errors import APIError as GoogleError
from google.genai.errors import UnknownApiResponseError
from langchain_core.exceptions import ContextOverflowError, ModelError
from langchain_google_genai.chat_models import ChatGoogleGenerativeAIError

from state.errors import (
    ContextTooLong,
    KeyNotTaken,
    ModelUnknown,
    ModelWithheld,
    NotServedHere,
    ProviderBusy,
    ProviderError,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from tools.models.catalog import TextModelCard
from tools.models.live.inside import ToldInside
from tools.redaction import REDACT
from tools.resilience.asked_wait import A_YEAR_S, header_wait, number, spoken_wait
from tools.resilience.forbidden import forbids_the_key, is_elsewhere

VENDOR_ERRORS: tuple[type[Exception], ...] = (
    openai.OpenAIError, GoogleError, UnknownApiResponseError, ModelError, ToldInside,
    ChatGoogleGenerativeAIError, httpx.HTTPError, httpx2.HTTPError, json.JSONDecodeError,
)  # fmt: skip
"""All that a client raises when the vendor, the line or the answer is at fault."""
UNREADABLE: tuple[type[Exception], ...] = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError, RecursionError,
)  # fmt: skip
"""What reading an answer can raise that is none of its protocol: no UTF-8, `null` for an object, a word for a
number, calls without a function. Pydantic's and the codecs' errors are `ValueError`s."""
NEVER_SENT = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout,
    httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout,
)  # fmt: skip
PROXY_SAID_NO = (httpx.ProxyError, httpx2.ProxyError)
"""A proxy that opens no line to the vendor: what is sent leaves only when the line is there."""
LINE_CUT = (openai.APIConnectionError, httpx.TransportError, httpx2.TransportError)
NO_CREDIT = re.compile(
    r"insufficient_quota|billing_(?:hard_limit|not_active)|insufficient balance|credit balance|prepayment",
    re.I,
)
NO_SUCH_MODEL = re.compile(r"(?:Error code: \d+ - )?Model Not Exist\.?", re.I)
"""DeepSeek's words, with the status and the code of any wrong field."""
A_DAY = "PerDay"
"""Stands in the name of the quotas at Google that no waiting mends; those of a minute have other names."""
REFUSALS = frozenset({"content_policy_violation", "content_filter", "invalid_prompt", "moderation_blocked"})
LONGEST_DETAIL = 300
REFUSED_ACTION = (
    "Resume to ask again, go on with another model for this role, or begin again with other words in the"
    " brief or the note."
)


def ours(error: Exception, card: TextModelCard, *, now: datetime, heard: int = 0) -> ProviderError:
    """The error of ours that a vendor's stands for, with its kind; `heard` letters had come by then."""
    chain = list(_chain(error))
    if any(isinstance(one, ContextOverflowError) for one in chain):
        return _made(ContextTooLong, "invalid", card, _words(error))
    for one in chain:
        if (status := _status(one)) is not None:
            return _elsewhere(one, card) or _by_status(status, one, card, now)
    if isinstance(error, openai.APIError | ToldInside) and (code := _code(error)):
        return _by_code(code, error, card, now)
    for one in chain:
        if isinstance(one, PROXY_SAID_NO):
            words = f"the proxy that GREENLIGHT_HTTPS_PROXY names does not lead there: {_words(one)}"
            return _made(ProviderTimeout, "not_sent", card, words)
    if any(isinstance(one, NEVER_SENT) for one in chain):
        return _made(ProviderTimeout, "not_sent", card, f"it could not be reached: {_words(chain[-1])}")
    said = _words(error) if not any(isinstance(one, LINE_CUT) for one in chain) else _cut(chain, heard)
    return _made(ProviderTimeout, "ambiguous", card, said)


def _cut(chain: "list[BaseException]", heard: int) -> str:
    """What happened to a line, in words; a client says no more than that there was an error."""
    place = f"in the middle of its answer, after {heard} letters" if heard else "before any word of an answer"
    return f"the line broke {place}: {_words(chain[-1])}"


def _elsewhere(error: BaseException, card: TextModelCard) -> ProviderError | None:
    words = _words(error)
    return _made(NotServedHere, "auth", card, words) if is_elsewhere(words) else None


def _by_status(status: int, error: BaseException, card: TextModelCard, now: datetime) -> ProviderError:
    words, code = _words(error), _code(error)
    if status == 402 or (status in (403, 429) and _is_used_up(error, code, words)):
        return _made(VendorCreditUsedUp, "no_credit", card, words)
    if status == 429:
        return _made(ProviderBusy, "throttled", card, words, **_wait(error, now))
    if status >= 500:
        busy = ProviderBusy if status == 503 else ProviderTimeout
        return _made(busy, "ambiguous", card, words, **_wait(error, now))
    if status == 403 and not forbids_the_key(words, (code, *_reasons(error))):
        return _made(ModelWithheld, "auth", card, words)
    if status in (401, 403) or (status == 400 and "API_KEY_INVALID" in str(_body(error))):
        return _made(KeyNotTaken, "auth", card, words)
    if status == 404 or code == "model_not_found" or NO_SUCH_MODEL.fullmatch(words):
        return _made(ModelUnknown, "invalid", card, words)
    if code in REFUSALS:
        return _refused(card, words)
    if _is_too_long(code, words):
        return _made(ContextTooLong, "invalid", card, words)
    if status in (408, 409):
        return _made(ProviderTimeout, "ambiguous", card, words)
    return _made(ProviderMisconfigured, "invalid", card, words, **_field(error))


def _by_code(code: str, error: Exception, card: TextModelCard, now: datetime) -> ProviderError:
    """An error that came inside a stream, without a status of its own."""
    words = _words(error)
    if NO_CREDIT.search(f"{code} {words}"):
        return _made(VendorCreditUsedUp, "no_credit", card, words)
    if code in ("rate_limit_exceeded", "server_overloaded"):
        kind = "throttled" if code == "rate_limit_exceeded" else "ambiguous"
        return _made(ProviderBusy, kind, card, words, **_wait(error, now))
    if code in REFUSALS:
        return _refused(card, words)
    if _is_too_long(code, words):
        return _made(ContextTooLong, "invalid", card, words)
    return _made(ProviderTimeout, "ambiguous", card, words)


def _is_used_up(error: BaseException, code: str, words: str) -> bool:
    """Whether there is nothing left to spend, and not only too much at once."""
    if isinstance(error, GoogleError) and "quotaId" in (told := str(_body(error))):
        return A_DAY in told
    return bool(NO_CREDIT.search(f"{code} {words}"))


def _is_too_long(code: str, words: str) -> bool:
    return code == "context_length_exceeded" or bool(
        re.search(r"maximum context length|maximum number of tokens|context window", words, re.I)
    )


def _made(
    kind_of_error: type[ProviderError], kind: str, card: TextModelCard, words: str, **details: Any
) -> ProviderError:
    said = f"{card.title} at {card.provider}: {words}" if words else None
    return kind_of_error(said, provider=card.provider, model=card.id, kind=kind, details=details)


def _refused(card: TextModelCard, words: str) -> ProviderError:
    error = _made(ProviderRefused, "refused", card, words)
    error.user_action = REFUSED_ACTION
    return error


def _chain(error: BaseException) -> "list[BaseException]":
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or one.__context__
    return found


def _status(error: BaseException) -> int | None:
    if isinstance(error, openai.APIStatusError):
        return error.status_code
    return error.code if isinstance(error, GoogleError) else None


def _code(error: BaseException) -> str:
    if isinstance(error, ToldInside):
        return error.code
    if isinstance(error, openai.APIError):
        body = error.body if isinstance(error.body, Mapping) else {}
        return str(error.code or body.get("type") or "")
    return str(getattr(error, "status", "") or "")


def _body(error: BaseException) -> Any:
    return getattr(error, "body", None) or getattr(error, "details", None)


def _reasons(error: BaseException) -> list[str]:
    """The codes that Google tells beside its status."""
    body = _body(error)
    told = body.get("error", body) if isinstance(body, Mapping) else {}
    details = told.get("details") if isinstance(told, Mapping) else None
    listed = details if isinstance(details, list) else []
    return [str(one.get("reason") or "") for one in listed if isinstance(one, Mapping)]


def _words(error: BaseException) -> str:
    said = getattr(error, "message", None) or str(error) or type(error).__name__
    first = " ".join(str(said).split())
    return REDACT.text(first)[:LONGEST_DETAIL]


def _field(error: BaseException) -> dict[str, Any]:
    field = getattr(error, "param", None)
    return {"field": str(field)} if field else {}


def _wait(error: BaseException, now: datetime) -> dict[str, float]:
    """How long the vendor asks us to wait: by header, by its body, by its words."""
    response = getattr(error, "response", None)
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    for asked in (header_wait(headers, now), _google_wait(_body(error)), spoken_wait(_words(error))):
        if asked is not None:
            return {"retry_after_s": min(asked, A_YEAR_S)}
    return {}


def _google_wait(body: Any) -> float | None:
    error = body.get("error", body) if isinstance(body, Mapping) else {}
    details = error.get("details") if isinstance(error, Mapping) else None
    for one in details if isinstance(details, list) else []:
        delay = one.get("retryDelay") if isinstance(one, Mapping) else None
        if isinstance(delay, str) and (seconds := number(delay.removesuffix("s"))) is not None:
            return seconds
    return None
