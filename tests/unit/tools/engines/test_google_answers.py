"""What Gemini may answer to an order of a picture or a line, one form after the other."""

import base64
from typing import Any

import pytest
from google.genai.types import BlockedReason, FinishReason

from state.order import Medium
from tools.engines.google.answers import UNFINISHED, outcome_of
from tools.engines.google.operations import status_of

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
JPEG = b"\xff\xd8\xff" + bytes(16)
WROTE = {"promptTokenCount": 4, "candidatesTokenCount": 1290}


def part(content: bytes, mime: str = "image/png", **more: Any) -> dict[str, Any]:
    return {"inlineData": {"mimeType": mime, "data": base64.b64encode(content).decode()}, **more}


def answer(*parts: Any, reason: str = "STOP", **more: Any) -> dict[str, Any]:
    return {"candidates": [{"content": {"parts": [*parts]}, "finishReason": reason}], **more}


def test_sketches_of_a_model_that_thinks_are_no_result() -> None:
    thought, first, last = part(PNG, thought=True), part(PNG), part(JPEG, thoughtSignature="x")
    assert outcome_of(answer(thought, first, {"text": "Here:"}, last), "image").content == JPEG
    assert outcome_of(answer(thought), "image").error.startswith("Google sent no file")


@pytest.mark.parametrize("said", ["image/png", "image/jpeg", "image/heif"])
def test_a_suffix_is_the_content_s(said: str) -> None:
    assert outcome_of(answer(part(JPEG, said)), "image").suffix == ".jpg"


@pytest.mark.parametrize(
    ("made", "medium"),
    [
        (part(b"<html>", "image/png"), "image"),
        (part(b"", "image/png"), "image"),
        ({"inlineData": {"mimeType": "image/png", "data": "*"}}, "image"),
        ({"inlineData": {"mimeType": "image/png"}}, "image"),
        (part(PNG, "audio/mpeg"), "voice"),
        (part(b"", "audio/L16;rate=24000"), "voice"),
        (part(b"\x01", "audio/L16;rate=24000"), "voice"),
    ],
)
def test_what_is_no_file_of_the_medium_is_bad_output_and_counts_as_charged(made: Any, medium: Medium) -> None:
    outcome = outcome_of(answer(made), medium)
    assert (outcome.kind, outcome.billed, outcome.content) == ("bad_output", True, b"")
    assert outcome.error


def test_a_line_that_was_cut_short_is_no_line() -> None:
    """Of a picture the same reason says nothing: it is there or not."""
    sound = part(bytes(240), "audio/L16;rate=24000")
    assert outcome_of(answer(sound, reason="MAX_TOKENS"), "voice").error.startswith("Google stopped")
    assert outcome_of(answer(sound), "voice").suffix == ".wav"
    assert outcome_of(answer(part(PNG), reason="MAX_TOKENS"), "image").content == PNG


@pytest.mark.parametrize("reason", sorted(one.value for one in FinishReason))
def test_every_reason_without_a_file_is_a_refusal_or_none(reason: str) -> None:
    """Only what says nothing of the content may be tried once more."""
    outcome = outcome_of(answer(reason=reason, usageMetadata={"promptTokenCount": 4}), "image")
    kind = "bad_output" if reason in UNFINISHED else "refused"
    assert (outcome.kind, outcome.billed, outcome.content) == (kind, False, b"")
    assert reason in outcome.error


def test_a_reason_that_nobody_knows_yet_is_never_tried_again() -> None:
    assert outcome_of(answer(reason="SOMETHING_NEW"), "image").kind == "refused"


@pytest.mark.parametrize("reason", sorted(one.value for one in BlockedReason))
def test_a_prompt_that_was_blocked_says_why(reason: str) -> None:
    outcome = outcome_of({"promptFeedback": {"blockReason": reason}}, "voice")
    assert outcome.kind == "refused"
    assert reason in outcome.error


@pytest.mark.parametrize(
    ("usage", "billed"),
    [
        ({}, True),
        ("odd", True),
        ({"promptTokenCount": 4}, False),
        ({"promptTokenCount": 4, "candidatesTokenCount": 0}, False),
        (WROTE, True),
    ],
)
def test_without_a_file_written_tokens_are_charged_and_without_a_count_nobody_knows(
    usage: Any, billed: bool
) -> None:
    assert outcome_of(answer(usageMetadata=usage), "image").billed is billed


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"candidates": None},
        {"candidates": "none"},
        {"candidates": [None]},
        {"candidates": [{"content": []}]},
        {"candidates": [{"content": {"parts": [None, 1, {"inlineData": "x"}]}}]},
        {"promptFeedback": "x"},
        {"promptFeedback": None, "usageMetadata": None},
    ],
)
def test_an_answer_of_any_form_is_read(odd: dict[str, Any]) -> None:
    outcome = outcome_of(odd, "image")
    assert (outcome.kind, bool(outcome.error)) == ("bad_output", True)


def test_long_words_are_cut_and_keys_taken_out() -> None:
    told = answer(reason="SAFETY")
    told["candidates"][0]["finishMessage"] = f"AIza{'x' * 35} {'y' * 999}"
    error = outcome_of(told, "image").error
    assert (len(error) < 400, "AIza" in error) == (True, False)


def done(**more: Any) -> dict[str, Any]:
    return {"name": "models/m/operations/o", "done": True, **more}


def clip(uri: Any) -> dict[str, Any]:
    return {"generatedSamples": [{"video": {"uri": uri}}]}


@pytest.mark.parametrize(
    ("operation", "state", "kind"),
    [
        ({"name": "x"}, "running", "internal"),
        ({"name": "x", "done": False, "metadata": {}}, "running", "internal"),
        (done(response={"generateVideoResponse": clip("https://x")}), "succeeded", "internal"),
        (done(response=clip("https://x")), "succeeded", "internal"),
        (done(response={"generateVideoResponse": {"raiMediaFilteredCount": 1}}), "failed", "refused"),
        (done(response={"raiMediaFilteredReasons": ["no"]}), "failed", "refused"),
        (done(response={"generateVideoResponse": clip("")}), "failed", "bad_output"),
        (done(response={"generateVideoResponse": clip(None)}), "failed", "bad_output"),
        (done(response={}), "failed", "bad_output"),
        (done(response=None), "failed", "bad_output"),
        (done(), "failed", "bad_output"),
        (done(error={"code": 1}), "cancelled", "internal"),
        (done(error={"code": 3, "message": "words"}), "failed", "refused"),
        (done(error={"code": 4}), "failed", "transient_job"),
        (done(error={"code": 5}), "failed", "invalid"),
        (done(error={"code": 8}), "failed", "transient_job"),
        (done(error={"code": 13}), "failed", "transient_job"),
        (done(error={"code": 14}), "failed", "transient_job"),
        (done(error={"code": "odd"}), "failed", "transient_job"),
        (done(error={}), "failed", "transient_job"),
    ],
)
def test_each_end_of_a_clip_has_its_kind(operation: dict[str, Any], state: str, kind: str) -> None:
    """And none but a clip is charged."""
    status = status_of(operation)
    assert (status.state, status.kind) == (state, kind)
    assert status.billed is (state in ("running", "succeeded"))
    assert bool(status.error) is (state not in ("running", "succeeded"))


def test_one_clip_of_two_is_enough() -> None:
    """What the filter held back of several is no failure of those that are there."""
    told = {**clip("https://x"), "raiMediaFilteredCount": 1}
    assert status_of(done(response={"generateVideoResponse": told})).state == "succeeded"
