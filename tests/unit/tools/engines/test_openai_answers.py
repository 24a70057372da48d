"""Answers of OpenAI of every form that it has, or that somebody in between may send."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from state.errors import ModelUnknown, ModelWithheld, ProviderError
from tests.media_files import picture, sound
from tools.engines.live.answer import Answer
from tools.engines.openai.answers import picture_in, speech_in
from tools.engines.openai.errors import error_in

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PNG = base64.b64encode(picture()).decode()
VERIFY = (
    "Your organization must be verified to use the model `gpt-image-2`. Please go to:"
    " https://platform.openai.com/settings/organization/general and click on Verify Organization."
)


def answered(body: Any, status: int = 200, **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("openai", status, headers, content)


def refused(status: int, **error: Any) -> ProviderError:
    told = {"message": "no", "type": None, "param": None, "code": None, **error}
    return error_in(answered({"error": told}, status), model="gpt-image-2", now=NOW)


def test_the_first_picture_and_its_tokens() -> None:
    usage = {"input_tokens": 7, "output_tokens": 272, "total_tokens": True, "input_tokens_details": {}}
    made = picture_in(answered({"data": [{"b64_json": PNG}, {"b64_json": "x"}], "usage": usage}))
    assert (made.content, made.suffix, made.problem) == (picture(), ".png", "")
    assert made.usage == {"input_tokens": 7, "output_tokens": 272}


@pytest.mark.parametrize(
    "data",
    [None, [], {}, "x", [None], [{}], [{"b64_json": ""}], [{"b64_json": 5}], [{"url": "https://x.org/a.png"}],
     [{"b64_json": "not in base64!"}], [{"b64_json": "a"}]],
)  # fmt: skip
def test_without_a_picture_it_is_a_bad_one(data: Any) -> None:
    """An address is no result either."""
    made = picture_in(answered({"data": data}))
    assert made.content == b""
    assert made.problem.startswith("openai answered with")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"<html>", b"\xff\xfe", b"[" * 100_000])
def test_what_cannot_be_read_is_of_unknown_fate(body: bytes) -> None:
    for read in (picture_in, speech_in):
        with pytest.raises(ProviderError) as no:
            read(answered(body, **{"content-type": "application/json"}))
        assert no.value.kind == "ambiguous"


@pytest.mark.parametrize(
    ("content", "said", "suffix"),
    [
        (sound("wav"), "audio/wav", ".wav"), (sound("mp3"), "audio/wav", ".mp3"),
        (sound("wav"), "application/octet-stream", ".wav"), (b"??", "audio/mpeg; x=y", ".mp3"),
        (b"??", "audio/pcm", ".bin"),
    ],
)  # fmt: skip
def test_a_sound_has_the_suffix_of_its_bytes(content: bytes, said: str, suffix: str) -> None:
    assert speech_in(answered(content, **{"content-type": said})).suffix == suffix


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (400, {"code": "moderation_blocked"}, "refused"),
        (400, {"code": "content_policy_violation"}, "refused"),
        (403, {"code": "moderation_blocked"}, "refused"),
        (429, {"code": "insufficient_quota"}, "no_credit"),
        (429, {"type": "insufficient_quota"}, "no_credit"),
        (400, {"code": "billing_hard_limit_reached"}, "no_credit"),
        (429, {"code": "billing_not_active"}, "no_credit"),
        (402, {}, "no_credit"),
        (429, {"code": "rate_limit_exceeded", "type": "input-images"}, "throttled"),
        (401, {"code": "invalid_api_key"}, "auth"),
        (403, {}, "auth"),
        (400, {"param": "size", "code": "invalid_value"}, "invalid"),
        (404, {"code": "model_not_found"}, "invalid"),
        (400, {"code": "model_not_found"}, "invalid"),
        (413, {}, "invalid"),
        (422, {}, "invalid"),
        (408, {}, "ambiguous"),
        (409, {}, "ambiguous"),
        (500, {"type": "server_error"}, "ambiguous"),
        (503, {"type": "server_error"}, "ambiguous"),
        (524, {}, "ambiguous"),
        (307, {}, "ambiguous"),
        (400, {"message": None, "code": 7, "type": [], "param": {}}, "invalid"),
    ],
)
def test_status_and_code_decide(status: int, error: dict[str, Any], kind: str) -> None:
    assert refused(status, **error).kind == kind


def test_words_decide_nothing_where_there_is_a_code() -> None:
    told = refused(400, message="insufficient_quota: your content_policy_violation", code="invalid_value")
    assert told.kind == "invalid"


@pytest.mark.parametrize(
    "body", [b"", b"<html>busy</html>", b"[]", b'{"error": "no"}', b'{"error": []}', b'"no"']
)
@pytest.mark.parametrize(
    ("status", "kind"), [(400, "invalid"), (401, "auth"), (429, "throttled"), (502, "ambiguous")]
)
def test_the_status_alone_is_enough(body: bytes, status: int, kind: str) -> None:
    told = error_in(answered(body, status), model="gpt-image-2", now=NOW)
    assert (told.kind, "retry_after_s" in told.details) == (kind, False)


def test_a_field_is_named_and_a_model_that_is_gone() -> None:
    assert refused(400, param="size").details == {"fields": [{"field": "size", "problem": "no"}]}
    assert isinstance(refused(404), ModelUnknown)


def test_who_is_not_verified_is_told_so_in_our_words() -> None:
    told = refused(403, message=VERIFY, type="invalid_request_error")
    assert isinstance(told, ModelWithheld)
    assert "gpt-image-2 to verified organizations only" in told.message
    assert "Verify the organization" in told.user_action


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "12"}, 12),
        ({"retry-after": "Mon, 23 Nov 2026 00:00:30 GMT"}, 30),
    ],
)
def test_how_long_to_wait_may_be_milliseconds_seconds_or_a_date(
    headers: dict[str, str], wait_s: float
) -> None:
    told = error_in(answered({}, 429, **headers), model="gpt-image-2", now=NOW)
    assert told.details == {"retry_after_s": wait_s}


def test_what_is_quoted_is_short_and_without_keys() -> None:
    told = refused(400, message="your sk-abcdefghijklmnop " + "x" * 5000)
    assert len(told.message) < 500
    assert "sk-abc" not in told.message
