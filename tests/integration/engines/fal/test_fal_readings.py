"""Answers that fal's stand-in does not give: both forms of errors, both names of a header, odd bodies."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from state.errors import ProviderError
from tests.media_files import clip, picture
from tools.engines.fal.failures import read, request_error
from tools.engines.fal.outcomes import ended, named_by_content, output_of
from tools.engines.live.answer import Answer

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DONE = {"status": "COMPLETED"}
QUOTED = json.loads((Path(__file__).parents[3] / "cassettes/fal/quoted_queue_and_errors.json").read_text())


def answered(status: int, body: Any = None, **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("fal", status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def typed(kind: str, **more: Any) -> dict[str, Any]:
    return {"detail": [{"loc": ["body", "prompt"], "msg": "so it is", "type": kind, **more}]}


def kind_of(answer: Answer) -> str:
    return request_error(answer, NOW).kind


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"detail": "Bad"}, "invalid"), (401, {"detail": "No"}, "auth"),
        (402, {"detail": "Pay"}, "no_credit"), (403, {"detail": "Access denied"}, "auth"),
        (403, {"detail": "User is locked. Reason: TOP_UP."}, "no_credit"),
        (403, {"detail": "User is locked. Reason: Exhausted balance. Top up your balance."}, "no_credit"),
        (403, {"detail": "User is locked. Reason: Admin lock."}, "auth"),
        (404, {"detail": "No such app"}, "invalid"), (408, {"detail": "Slow"}, "ambiguous"),
        (409, {"detail": "Conflict"}, "ambiguous"), (410, {"detail": "Gone"}, "expired"),
        (413, {"detail": "Large"}, "invalid"), (422, typed("literal_error"), "invalid"),
        (422, typed("content_policy_violation"), "refused"), (429, {"detail": "Busy"}, "throttled"),
        (307, {}, "ambiguous"), (500, {"detail": "Broken"}, "ambiguous"),
        (502, b"<html>nginx</html>", "ambiguous"),
        (503, {"detail": "No", "error_type": "runner_scheduling_failure"}, "ambiguous"),
        (504, {"detail": "Slow", "error_type": "request_timeout"}, "ambiguous"),
    ],
)  # fmt: skip
def test_a_request_that_fails_by_status(status: int, body: Any, kind: str):
    """On a submit a 5xx says nothing: the job may have been taken."""
    assert kind_of(answered(status, body)) == kind


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"retry_after": "12"}, {"detail": "Busy"}, 12.0),
        ({"retry_after": "Mon, 23 Nov 2026 00:00:30 GMT"}, {"detail": "Busy"}, 30.0),
        ({}, {"detail": "Busy", "retry_after": 2.5}, 2.5),
        ({}, {"detail": "Busy, try again in 9s"}, 9.0),
        ({}, {"detail": "Busy", "retry_after": True}, None),
        ({}, b"<html>", None),
    ],
)
def test_how_long_fal_asks_to_be_left_alone(headers: dict[str, str], body: Any, seconds: float | None):
    assert request_error(answered(429, body, **headers), NOW).details.get("retry_after_s") == seconds


def test_what_fal_quotes_of_our_request_is_not_repeated():
    """`input` echoes what was sent, a whole picture in base64 included."""
    detail = [{"loc": ["body", "image_url"], "msg": "not an image\n" * 99, "type": "image_load_error",
               "input": "data:image/png;base64,QUJD"}]  # fmt: skip
    error = request_error(answered(422, {"detail": detail}), NOW)
    assert "QUJD" not in error.message + repr(error.details)
    assert len(error.message) < 400
    assert "\n" not in error.message
    (field,) = error.details["fields"]
    assert (field["field"], field["type"]) == ("image_url", "image_load_error")


@pytest.mark.parametrize(
    "body", [None, 7, [], "text", {"detail": None}, {"detail": {}}, {"detail": [7, None]}, {"detail": [{}]},
             {"error_type": 5}, b"\xff\xfe", {"detail": [{"loc": "body", "msg": 5, "type": ["x"]}]}],
)  # fmt: skip
@pytest.mark.parametrize("status", [400, 422, 500])
def test_an_odd_answer_surprises_nobody(status: int, body: Any):
    assert kind_of(answered(status, body)) == ("ambiguous" if status == 500 else "invalid")
    with pytest.raises(ProviderError):
        ended(DONE, answered(500, body), NOW)


@pytest.mark.parametrize("name", ["x_fal_retryable", "x_fal_needs_retry"])
@pytest.mark.parametrize(
    ("told", "kind"), [("true", "transient_job"), ("1", "transient_job"), ("false", "invalid")]
)
def test_the_header_that_says_whether_to_try_again_has_two_names(name: str, told: str, kind: str):
    result = answered(422, typed("some_new_error"), **{name: told})
    assert ended(DONE, result, NOW).kind == kind


@pytest.mark.parametrize(
    ("complaint", "result", "kind", "billed"),
    [
        ({"error": "x", "error_type": "runner_disconnected"},
         answered(503, {"detail": "x", "error_type": "runner_disconnected"}), "transient_job", False),
        ({}, answered(422, typed("content_policy_violation")), "refused", True),
        ({}, answered(422, typed("no_media_generated")), "refused", True),
        ({"error": "x"}, answered(422, typed("greater_than_equal")), "invalid", True),
        ({"error": "x", "error_type": "content_policy_violation"}, answered(404, {"detail": "not kept"}),
         "refused", True),
        ({"error": "x"}, answered(500, typed("downstream_service_unavailable")), "transient_job", False),
    ],
)  # fmt: skip
def test_a_job_that_failed(complaint: dict[str, Any], result: Answer, kind: str, billed: bool):
    status = ended({**DONE, **complaint}, result, NOW)
    assert (status.state, status.kind, status.billed) == ("failed", kind, billed)


@pytest.mark.parametrize(
    ("complaint", "result", "kind"),
    [
        ({}, answered(500, {"detail": "x", "error_type": "internal_error"}), "ambiguous"),
        ({}, answered(502, b"<html>nginx</html>"), "ambiguous"),
        ({}, answered(200, b'{"images": ['), "ambiguous"),
        ({}, answered(404, {"detail": "not kept"}), "expired"),
        ({"error": "x", "error_type": "content_policy_violation"}, answered(502, b"<html>"), "ambiguous"),
        ({"error": "x", "error_type": "content_policy_violation"},
         answered(500, {"detail": "x", "error_type": "internal_error"}), "ambiguous"),
        ({"error": "x"}, answered(429, {"detail": "Busy"}, x_fal_retryable="true"), "throttled"),
        ({"error": "x"}, answered(401, {"detail": "No"}), "auth"),
    ],
)  # fmt: skip
def test_a_result_that_cannot_be_asked_for_is_no_failure_of_the_job(
    complaint: dict[str, Any], result: Answer, kind: str
):
    """Told as one, a job that went well would be bought again."""
    with pytest.raises(ProviderError) as caught:
        ended({**DONE, **complaint}, result, NOW)
    assert caught.value.kind == kind


def test_what_was_cancelled_may_be_charged_or_not():
    """Nobody says that it is not: it may have run for a while."""
    result = answered(499, {"detail": "x", "error_type": "request_cancelled"})
    status = ended({**DONE, "error": "x", "error_type": "request_cancelled"}, result, NOW)
    assert (status.state, status.billed) == ("cancelled", None)


@pytest.mark.parametrize(
    "body", [{}, {"images": []}, {"images": [None]}, {"images": [{"url": 5}]}, {"video": None}, {"video": {}},
             {"images": {}}, {"video": "https://x"}],
)  # fmt: skip
def test_a_result_without_an_address_is_no_file(body: dict[str, Any]):
    assert output_of(body) is None
    assert ended(DONE, answered(200, body), NOW).kind == "bad_output"


@pytest.mark.parametrize("seed", ["7", True, None, 7.5])
def test_a_seed_that_is_no_number_is_none(seed: Any):
    output = output_of({"images": [{"url": "https://x/y"}], "seed": seed})
    assert output is not None
    assert output.seed is None


@pytest.mark.parametrize(
    ("content", "medium", "suffix"),
    [(picture(), "image", ".png"), (picture("JPEG"), "image", ".jpg"), (picture("WEBP"), "image", ".webp"),
     (clip(), "video", ".mp4")],
    ids=["png", "jpeg", "webp", "mp4"],
)  # fmt: skip
def test_a_file_is_named_by_what_it_holds(tmp_path: Path, content: bytes, medium: str, suffix: str):
    path = tmp_path / "ab-1.part"
    path.write_bytes(content)
    assert named_by_content(path, medium).name == f"ab-1{suffix}"
    other = tmp_path / "ab-2.part"
    other.write_bytes(content)
    with pytest.raises(ProviderError, match="no "):
        named_by_content(other, "video" if medium == "image" else "image")


def test_the_quoted_error_is_read():
    (told,) = [one for one in QUOTED["responses"] if one["name"] == "request_level_error"]
    refusal = read(answered(told["status"], told["body"], **{"x-fal-error-type": "request_timeout"}))
    assert (refusal.types, refusal.words) == ({"request_timeout"}, "Request timed out")
    assert refusal.of_a_job == "transient_job"
