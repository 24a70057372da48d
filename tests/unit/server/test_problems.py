"""Every error has a status, one shape per kind of route, and never a traceback or a secret."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel, Field, ValidationError

from server.problems import brief_incomplete, install_problems, response_for, status_of
from server.traffic import BodyLimit, RequestLog
from state import errors
from state.cost import Charged, Money
from state.errors import GreenlightError

EXPECTED = {
    "GreenlightError": 500, "BriefError": 422, "BriefIncomplete": 422, "BriefRefused": 422,
    "ConfigurationError": 500, "SettingInvalid": 500, "ModelBanned": 500, "FolderUnwritable": 500,
    "PortTaken": 500, "BudgetError": 402, "BudgetExceeded": 402, "SpendingBlocked": 402,
    "DayBudgetExceeded": 402, "SpendingStopped": 402, "CreditsUsedUp": 402, "PriceUnknown": 422,
    "LimitError": 429,
    "TooManyRequests": 429, "QuotaUsedUp": 429, "ProviderError": 502,
    "ProviderBusy": 503, "ProviderTimeout": 504, "ProviderRefused": 422, "ProviderMisconfigured": 502,
    "ProviderFailed": 502, "BreakerOpen": 503, "OrderError": 409, "OrderChanged": 409, "OrderParked": 409,
    "LeaseLost": 409, "DeadlinePassed": 503, "MediaError": 422, "MediaMissing": 404, "UploadRejected": 422,
    "LinkExpired": 403, "StoreFull": 507, "WorkFolderFull": 507, "DatabaseFull": 507, "MediaDamaged": 500,
    "StoreRefused": 500, "StoreUnreachable": 503,
    "ArchiveError": 422, "ArchiveRefused": 422, "PostError": 500,
    "EditRefused": 422, "FfmpegFailed": 500, "RunError": 409,
    "RunNotFound": 404, "RecordNotFound": 404, "RecordConflict": 409, "StaleReview": 409,
    "ReviewRefused": 422, "ReplayDiverged": 409, "RunPoisoned": 409, "StateTooLarge": 413,
    "DatabaseError": 503, "DatabaseDown": 503, "SchemaOutdated": 503,
    "AuthError": 401, "SignInNeeded": 401, "TokenInvalid": 401,
    "PasswordWrong": 401, "NotAllowed": 403, "AccountDisabled": 403, "LinkSpent": 403, "AccountsOff": 404,
    "MailNotSent": 502, "VaultError": 409, "KeyRefused": 422, "VaultClosed": 409, "MasterKeyAbsent": 409,
    "KeyDamaged": 409, "AddressRefused": 422, "HostUnknown": 422,
    "NotApproved": 402, "QuoteChanged": 402, "TextAllowanceUsedUp": 402, "PremiumInDraft": 402,
    "KeyMissing": 502, "KeyNotTaken": 502, "VendorCreditUsedUp": 502, "ModelUnknown": 502,
    "ModelWithheld": 502, "ContextTooLong": 502, "AnswerUnusable": 502, "BackupRefused": 422,
    "DatabaseHalted": 503, "DatabaseTaken": 503, "EnginesFailed": 502, "StandInProposed": 502,
    "NotServedHere": 502,
}  # fmt: skip
SECRET = "sk-canary0123456789abcdef"


def tree(root: type[GreenlightError] = GreenlightError) -> Iterator[type[GreenlightError]]:
    yield root
    for child in root.__subclasses__():
        if child.__module__.startswith(errors.__name__):
            yield from tree(child)


def test_every_error_of_the_tree_has_the_status_that_is_written_here() -> None:
    found = {family.__name__: status_of(family()) for family in tree()}
    assert found == {**found, **EXPECTED}
    assert found.keys() == EXPECTED.keys(), "a new error needs a line in EXPECTED"


@pytest.mark.parametrize("family", list(tree()), ids=lambda family: family.__name__)
def test_an_error_is_told_in_the_envelope_and_as_detail(family: type[GreenlightError]) -> None:
    error = family("It broke.", user_action="Mend it.", details={"shot": "2A"})
    enveloped = json.loads(bytes(response_for("/api/things", error).body))
    assert enveloped == {
        "success": False,
        "status": "error",
        "error": {
            "code": family.code,
            "message": "It broke.",
            "userMessage": "It broke.",
            "suggestion": "Mend it.",
            "retryable": family.retryable,
            "details": {"shot": "2A"},
        },
    }
    assert json.loads(bytes(response_for("/threads/1", error).body)) == {"detail": "It broke."}


def test_what_can_be_tried_again_says_when() -> None:
    assert response_for("/api/x", errors.DatabaseDown()).headers["retry-after"] == "2"
    assert response_for("/api/x", errors.TooManyRequests(retry_after_s=7)).headers["retry-after"] == "7"
    assert "retry-after" not in response_for("/api/x", errors.StaleReview()).headers


def test_who_is_not_known_is_told_how_to_say_it() -> None:
    assert response_for("/threads", errors.SignInNeeded()).headers["www-authenticate"] == "Bearer"
    assert "www-authenticate" not in response_for("/threads", errors.NotAllowed()).headers


def test_secrets_in_an_errors_words_and_details_are_not_answered() -> None:
    error = errors.ProviderFailed(
        f"the key {SECRET} of ana@example.org was refused", details={"api_key": "x", "note": SECRET}
    )
    body = bytes(response_for("/api/x", error).body).decode()
    assert SECRET not in body
    assert "ana@example.org" not in body
    assert '"api_key":"[redacted]"' in body


class Shape(BaseModel, extra="forbid"):
    title: str = Field(min_length=2)
    count: int


def test_who_was_asked_and_what_it_was_charged_are_told_where_they_are_known() -> None:
    error = errors.AnswerUnusable(provider="openai", model="gpt-5")
    error.charged = Charged(billed=Money(micros=11_968), unknown=Money(micros=130_000))
    told = json.loads(bytes(response_for("/api/x", error).body))["error"]
    assert (told["provider"], told["model"]) == ("openai", "gpt-5")
    assert told["charged"] == {"billedUsd": "0.011968", "unknownUsd": "0.13"}


def test_every_wrong_field_is_named_and_its_value_is_not_repeated() -> None:
    with pytest.raises(ValidationError) as caught:
        Shape.model_validate({"title": SECRET[:1], "surprise": SECRET})
    problem = brief_incomplete(caught.value, within="brief")
    fields = {field["field"]: field["fix"] for field in problem.details["fields"]}
    assert set(fields) == {"brief.title", "brief.count", "brief.surprise"}
    assert fields["brief.count"] == "Add `brief.count`."
    assert problem.message.endswith("(2 more)")
    assert SECRET not in str(problem.details)


@pytest.fixture
async def client() -> Any:
    app = FastAPI()
    install_problems(app)
    app.add_middleware(BodyLimit, limit=100)
    app.add_middleware(RequestLog)

    @app.get("/api/crash")
    @app.get("/crash")
    async def crash() -> None:
        raise RuntimeError(f"password={SECRET} in /home/somebody/secret.py")

    @app.post("/api/echo")
    async def echo(body: dict[str, Any]) -> dict[str, Any]:
        return body

    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_a_crash_is_answered_without_a_word_about_the_inside(client: httpx.AsyncClient) -> None:
    for path in ("/api/crash", "/crash"):
        answer = await client.get(path)
        assert answer.status_code == 500
        for inside in (SECRET, "RuntimeError", "Traceback", "secret.py"):
            assert inside not in answer.text
        assert answer.headers["x-request-id"]
    assert answer.json() == {"detail": "Something went wrong on our side; nothing was lost."}


async def test_unknown_routes_and_methods_have_the_shape_of_their_kind(client: httpx.AsyncClient) -> None:
    missing, wrong = await client.get("/api/nothing"), await client.get("/api/echo")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "method_not_allowed")
    assert wrong.headers["allow"] == "POST"
    assert (await client.get("/nothing")).json() == {"detail": "Not Found"}


async def test_a_body_may_have_the_limits_size_and_not_one_byte_more(
    client: httpx.AsyncClient,
) -> None:
    for size, status in ((100, 200), (101, 413)):
        body = b'{"a":"' + b"x" * (size - 8) + b'"}'
        assert len(body) == size
        answer = await client.post("/api/echo", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == status


async def test_a_body_without_a_length_is_counted_as_it_comes(client: httpx.AsyncClient) -> None:
    async def endless() -> Any:
        for _ in range(50):
            yield b"x" * 10

    answer = await client.post("/api/echo", content=endless(), headers={"content-type": "application/json"})
    assert answer.status_code == 413
