"""Errors become responses here and nowhere else: status, words, shape.

Under `/api` everybody gets the envelope of the domain API; elsewhere `{"detail": ...}`,
as stock LangGraph clients expect. Neither ever holds a traceback.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException

from state import errors
from state.cost import Charged
from state.errors import BriefIncomplete, GreenlightError
from tools.redaction import REDACT

log = structlog.stdlib.get_logger(__name__)

STATUS: dict[type[GreenlightError], int] = {
    GreenlightError: 500,
    errors.BriefError: 422,
    errors.ConfigurationError: 500,
    errors.BudgetError: 402,
    errors.PriceUnknown: 422,
    errors.LimitError: 429,
    errors.ProviderError: 502,
    errors.ProviderBusy: 503,
    errors.ProviderTimeout: 504,
    errors.ProviderRefused: 422,
    errors.BreakerOpen: 503,
    errors.OrderError: 409,
    errors.DeadlinePassed: 503,
    errors.MediaError: 422,
    errors.MediaMissing: 404,
    errors.LinkExpired: 403,
    errors.MediaDamaged: 500,
    errors.StoreFull: 507,
    errors.WorkFolderFull: 507,
    errors.StoreRefused: 500,
    errors.StoreUnreachable: 503,
    errors.ArchiveError: 422,
    errors.PostError: 500,
    errors.EditRefused: 422,
    errors.RunError: 409,
    errors.RunNotFound: 404,
    errors.RecordNotFound: 404,
    errors.StateTooLarge: 413,
    errors.ReviewRefused: 422,
    errors.DatabaseError: 503,
    errors.DatabaseFull: 507,
    errors.AuthError: 401,
    errors.NotAllowed: 403,
    errors.AccountsOff: 404,
    errors.VaultError: 409,
    errors.KeyRefused: 422,
    errors.AddressRefused: 422,
}
TOLD_ALONG: dict[int, dict[str, str]] = {503: {"Retry-After": "2"}, 401: {"WWW-Authenticate": "Bearer"}}
UNEXPECTED = "Something went wrong on our side; nothing was lost."


class ChargedView(BaseModel):
    """Amounts in dollars, exact decimals as text."""

    billedUsd: str = Field(description="What was billed.", examples=["0.011968"])
    unknownUsd: str = Field(description="Perhaps billed besides; its price is unknown.", examples=["0.00"])


class Problem(BaseModel):
    """What went wrong, in words for people and a code for programs."""

    code: str = Field(description="A stable word for programs.", examples=["not_found"])
    message: str = Field(description="What happened, in one sentence.", examples=["No such novela."])
    userMessage: str = Field(description="The same sentence, safe to show.", examples=["No such novela."])
    suggestion: str = Field(description="What a person can do about it.", examples=["Check the id."])
    retryable: bool = Field(default=False, description="Whether the same request may work later.")
    details: dict[str, Any] = Field(default_factory=dict, description="Facts, for example wrong fields.")
    provider: str | None = Field(
        default=None, description="The vendor that was asked; only where one was meant.", examples=["openai"]
    )
    model: str | None = Field(default=None, description="The model that was asked.", examples=["gpt-5"])
    charged: ChargedView | None = Field(
        default=None, description="What the step that failed was charged; only where a vendor is paid."
    )


class ErrorAnswer(BaseModel):
    """Every refusal under `/api` looks like this."""

    success: bool = Field(default=False, description="Always false here.", examples=[False])
    status: str = Field(default="error", description="Always `error`.", examples=["error"])
    error: Problem = Field(description="What went wrong.")


def status_of(error: GreenlightError) -> int:
    """The HTTP status of an error: that of the nearest family that has one."""
    return next(STATUS[family] for family in type(error).__mro__ if family in STATUS)


def response_for(path: str, error: GreenlightError) -> JSONResponse:
    """The answer to a request for `path` that ended in `error`."""
    status = status_of(error)
    return _render(path, status, problem_of(error), _told_along(error, status))


def install_problems(app: FastAPI) -> None:
    """Let the app answer every error it can meet."""
    app.add_exception_handler(GreenlightError, _on_ours)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_request)
    app.add_exception_handler(psycopg.DataError, _on_data)


def unexpected(path: str) -> JSONResponse:
    """The answer when nobody knows what happened; the log does."""
    return response_for(path, GreenlightError(UNEXPECTED))


def foreign_page(path: str) -> JSONResponse:
    """The answer when a page of another site asks for something to be done."""
    problem = Problem(
        code="foreign_page",
        message="A page of another site asked for this.",
        userMessage="A page of another site asked for this.",
        suggestion="Do it on Greenlight's own page, or from a program.",
    )
    return _render(path, 403, problem)


def brief_incomplete(
    found: ValidationError | Sequence[Mapping[str, Any]], *, within: str = ""
) -> BriefIncomplete:
    """Name every wrong field and its fix; `within` is where the checked value was."""
    items = found.errors() if isinstance(found, ValidationError) else found
    fields = [_field(item, within) for item in items]
    first = fields[0]
    more = f" ({len(fields) - 1} more)" if len(fields) > 1 else ""
    return BriefIncomplete(
        f"{first['field']}: {first['problem']}{more}",
        user_action=first["fix"],
        details={"fields": fields},
    )


def _told_along(error: GreenlightError, status: int) -> dict[str, str]:
    if isinstance(error, errors.LimitError):
        return {"Retry-After": str(error.retry_after_s)}
    return TOLD_ALONG.get(status, {})


async def _on_ours(request: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, GreenlightError)  # noqa: S101  # registered for this class only
    if status_of(exc) >= 500:
        log.error("request_failed", code=exc.code, path=request.url.path, exc_info=exc)
    return response_for(request.url.path, exc)


async def _on_http(request: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, HTTPException)  # noqa: S101  # registered for this class only
    code, suggestion = HTTP_WORDS.get(exc.status_code, ("http_error", "Check the request."))
    problem = Problem(code=code, message=str(exc.detail), userMessage=str(exc.detail), suggestion=suggestion)
    return _render(request.url.path, exc.status_code, problem, exc.headers)


HTTP_WORDS = {
    400: ("bad_request", "Send valid JSON with content type application/json."),
    404: ("not_found", "Check the address; /docs lists all of them."),
    405: ("method_not_allowed", "Use a method from the Allow header."),
    413: ("too_large", "Send less; big files are uploaded on their own."),
    422: ("invalid", "Correct the body and send it again."),
}


async def _on_request(request: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, RequestValidationError)  # noqa: S101  # registered for this class only
    return response_for(request.url.path, brief_incomplete(exc.errors()))


async def _on_data(request: Request, exc: Exception) -> JSONResponse:
    """A value that passed our checks and that the database cannot hold."""
    log.warning("value_not_storable", path=request.url.path, exc_info=exc)
    return response_for(request.url.path, BriefIncomplete("A value cannot be stored as it was sent."))


def problem_of(error: GreenlightError) -> Problem:
    """An error in words for people, without secrets and without a traceback."""
    message = REDACT.text(error.message)
    return Problem(
        code=error.code,
        message=message,
        userMessage=message,
        suggestion=REDACT.text(error.user_action),
        retryable=error.retryable,
        details=REDACT.value(error.details),
        provider=error.provider or None,
        model=error.model or None,
        charged=None if error.charged is None else _charged(error.charged),
    )


def _charged(charged: Charged) -> ChargedView:
    return ChargedView(billedUsd=charged.billed.dollars(), unknownUsd=charged.unknown.dollars())


def _render(
    path: str, status: int, problem: Problem, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    if path.startswith("/api"):
        content: dict[str, Any] = ErrorAnswer(error=problem).model_dump(mode="json", exclude_none=True)
    else:
        content = {"detail": problem.message}
    return JSONResponse(content, status_code=status, headers=dict(headers or {}))


def _field(item: Mapping[str, Any], within: str) -> dict[str, str]:
    """One wrong field: where, what, and what to do. The value itself is not repeated."""
    place = [str(part) for part in item["loc"] if part not in ("body", "query", "path", "header")]
    field = ".".join([within, *place] if within else place) or "body"
    message = str(item["msg"]).removeprefix("Value error, ")
    return {"field": field, "problem": message, "fix": _fix(field, str(item["type"]), item.get("ctx") or {})}


def _fix(field: str, kind: str, context: Mapping[str, Any]) -> str:
    if kind == "missing":
        return f"Add `{field}`."
    if kind == "extra_forbidden":
        return f"Remove `{field}` or correct its name."
    if kind in ("literal_error", "enum"):
        return f"Use one of {context.get('expected')} for `{field}`."
    if kind == "json_invalid":
        return "Send valid JSON."
    return f"Correct `{field}` and send it again."
