"""S1-16: the five known failures, injected as the errors that they are, and the answer that each has."""

import pytest

from state.errors import (
    BudgetExceeded,
    GreenlightError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderTimeout,
    StoreUnreachable,
)
from state.writing import FallbackAdvice, FallbackInput
from tools.models.offline.advice import compose_advice

INJECTED: list[tuple[GreenlightError, str, str, list[str]]] = [
    (ProviderTimeout(kind="ambiguous"), "timeout", "provider", ["retry_with_backoff"]),
    (ProviderFailed(), "model_error", "model", ["retry_with_backoff", "use_stand_in:veo-3.1-fast"]),
    (ProviderMisconfigured(kind="invalid"), "bad_parameters", "parameters", ["correct_parameters"]),
    (BudgetExceeded(), "too_expensive", "budget", ["use_cheaper_model:veo-3.1-fast", "lower_resolution"]),
    (StoreUnreachable(), "upload", "storage", ["wait_for_storage", "use_second_storage"]),
]
REFUSED = "resolution: veo-3.1 does not offer '480p'; allowed are 720p, 1080p"


def advice_on(error: GreenlightError, *, language: str = "en", **context: object) -> FallbackAdvice:
    facts = {"modelId": "veo-3.1", "kind": getattr(error, "kind", ""), **context}
    return compose_advice(
        FallbackInput(
            action="fix_provider_error", error_code=error.code, errors=[REFUSED], context=facts,
            language=language,  # type: ignore[arg-type]
        )
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
@pytest.mark.parametrize(("error", "kind", "component", "actions"), INJECTED)
def test_each_known_failure_has_its_action_and_every_field(
    language: str, error: GreenlightError, kind: str, component: str, actions: list[str]
):
    """S1-15 and S1-16."""
    advice = advice_on(error, language=language, parameters={"resolution": "480p"})
    assert (advice.errorAnalysis.type, advice.errorAnalysis.affectedComponent) == (kind, component)
    assert advice.suggestedActions == actions
    words = (advice.errorAnalysis.rootCause, advice.userMessage, *advice.solution.model_dump().values())
    assert all(words)
    assert not any(mark in " ".join(words) for mark in ("{", "}", "  ", "Traceback"))
    assert isinstance(advice.needsInternetSearch, bool)


def test_advice_on_bad_parameters_says_per_parameter_what_is_allowed():
    advice = advice_on(ProviderMisconfigured(kind="invalid"), parameters={"resolution": "480p"})
    assert advice.parameters == {"resolution": "720p"}
    assert "720p, 1080p" in advice.userMessage


def test_a_wrong_key_is_not_taken_for_a_bad_parameter():
    """Both are the same error; the kind of failure tells them apart."""
    assert advice_on(ProviderMisconfigured(kind="auth")).errorAnalysis.type == "access"


def test_no_credit_does_not_claim_that_a_key_is_wrong():
    advice = advice_on(ProviderMisconfigured(kind="no_credit"))
    assert advice.errorAnalysis.type == "credit"
    assert "key" not in advice.userMessage


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_nothing_cheaper_is_offered_than_the_cheapest_model(language: str):
    """By edition 2025-10 every other model costs more than veo-3.1-fast where it offers the resolution."""
    advice = advice_on(BudgetExceeded(), language=language, modelId="veo-3.1-fast")
    assert advice.suggestedActions == ["lower_resolution"]
    assert "wan" not in advice.userMessage


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_a_failed_upload_promises_only_what_is_done(language: str):
    """Nothing is stored at a second place by itself: a person moves the files there."""
    advice = advice_on(StoreUnreachable(), language=language)
    assert "greenlight media move" in advice.solution.immediate
    assert "GREENLIGHT_MEDIA" in advice.solution.longTerm
