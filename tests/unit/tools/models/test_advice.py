"""The fallback handler's fixed answers: one per known failure, in three languages."""

import pytest

from state.writing import FallbackInput
from tools.models.offline.advice import compose_advice

KNOWN = [
    ("provider_timeout", "timeout", "retry_with_backoff"),
    ("provider_failed", "model_error", "use_stand_in:veo-3.1-fast"),
    ("invalid", "bad_parameters", "correct_parameters"),
    ("budget_exceeded", "too_expensive", "use_cheaper_model:veo-3.1-fast"),
    ("upload_failed", "upload", "use_second_storage"),
]


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
@pytest.mark.parametrize(("code", "kind", "action"), KNOWN)
def test_known_failure_has_its_fixed_answer(language: str, code: str, kind: str, action: str):
    advice = compose_advice(
        FallbackInput(
            action="fix_provider_error",
            error_code=code,
            errors=["resolution: veo-3.1 does not offer '480p'; allowed are 720p, 1080p"],
            context={"modelId": "veo-3.1", "parameters": {"resolution": "480p"}},
            language=language,  # type: ignore[arg-type]
        )
    )
    assert advice.errorAnalysis.type == kind
    assert action in advice.suggestedActions
    assert advice.userMessage
    assert "{" not in advice.userMessage
    assert "Traceback" not in advice.userMessage


def test_languages_do_not_share_a_message():
    messages = {
        compose_advice(
            FallbackInput(action="fix_provider_error", error_code="provider_timeout", language=language)  # type: ignore[arg-type]
        ).userMessage
        for language in ("en", "es", "pt-BR")
    }
    assert len(messages) == 3


@pytest.mark.parametrize(("parameters", "error", "better"), [
    ({"resolution": "480p"}, "resolution: veo-3.1 does not offer '480p'; allowed are 720p, 1080p", "720p"),
    ({"duration": 5}, "duration: veo-3.1 cannot make 5 s; allowed are 4, 6, 8 s", 4),
    ({"aspect_ratio": "1:1"}, "aspect_ratio: veo-3.1 does not offer '1:1'; allowed are 16:9, 9:16", "16:9"),
])  # fmt: skip
def test_refused_parameter_gets_the_nearest_allowed_value(
    parameters: dict[str, object], error: str, better: object
):
    advice = compose_advice(
        FallbackInput(action="fix_validation", errors=[error], context={"parameters": parameters})
    )
    assert list(advice.parameters.values()) == [better]
    assert str(better) in advice.solution.immediate


def test_parameters_that_were_not_refused_stay():
    advice = compose_advice(
        FallbackInput(
            action="fix_validation",
            errors=["duration: veo-3.1 cannot make 5 s; allowed are 4, 6, 8 s"],
            context={"parameters": {"duration": 5, "resolution": "1080p"}},
        )
    )
    assert set(advice.parameters) == {"duration"}


def test_refused_words_are_told_milder():
    advice = compose_advice(
        FallbackInput(action="fix_provider_error", error_code="provider_refused", prompt="A knife, blood.")
    )
    assert advice.prompt == "A threat, a red stain."


def test_complaint_repeats_what_the_person_said():
    advice = compose_advice(
        FallbackInput(action="answer_complaint", context={"message": "Her hair changes!"})
    )
    assert "Her hair changes!" in advice.userMessage
    assert "answer_gate_yellow" in advice.suggestedActions
