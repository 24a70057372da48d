"""The integrator's and the fallback handler's answers as real models give them."""

from typing import Any

import pytest

from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.fallback_tools import fixed_advice
from nodes.agents.full_scene import full_scene
from nodes.agents.system_integrator import SystemIntegrator
from state.writing import (
    CheckSceneInput,
    FallbackAdvice,
    FallbackInput,
    IntegratorReport,
    SceneDraft,
    SceneFacts,
)
from tests.fake_models import Parrot, Recorder
from tests.unit.nodes.agents.answers import KEY, a_scene, scene_question
from tools.models.offline.advice import compose_advice
from tools.models.offline.report import compose_report

FACTS = SceneFacts(estimated="1.50", breakdown={"model": "veo-3.1", "clips": []})


def a_check(facts: SceneFacts = FACTS) -> CheckSceneInput:
    scene = SceneDraft.model_validate(full_scene(scene_question(), a_scene())).scene
    return CheckSceneInput(scene=scene, model_id="veo-3.1", parameters={"duration": 8}, facts=facts)


async def reported(*answers: dict[str, Any], facts: SceneFacts = FACTS) -> tuple[IntegratorReport, Parrot]:
    model = Parrot(*answers)
    return await SystemIntegrator(model, Recorder()).run(a_check(facts), key=KEY), model


@pytest.mark.parametrize("estimated", ["1.50", "$1.5", "1.5 USD", 1.5])
async def test_a_report_gets_the_facts_that_a_model_need_not_copy(estimated: object):
    told = {"action": "calculate_cost", "validation": {"isValid": True}, "cost": {"estimated": estimated}}
    report, model = await reported(told)
    assert (report.cost.estimated, report.cost.breakdown) == ("1.50", FACTS.breakdown)
    assert report.parameters == {"modelId": "veo-3.1", "duration": 8}
    assert len(model.prompts) == 1


async def test_a_scene_that_cannot_be_made_is_not_called_ready():
    facts = SceneFacts(errors=["resolution: no"])
    good = {
        "action": "validate", "validation": {"isValid": False, "errors": ["resolution: no"]},
        "cost": {"estimated": "0.00"},
    }  # fmt: skip
    _, model = await reported({**good, "action": "call_lambda"}, good, facts=facts)
    assert "action must be validate" in model.prompts[1]


@pytest.mark.parametrize("facts", [FACTS, SceneFacts(errors=["resolution: no"], estimated="0.25")])
def test_the_offline_report_passes_through_unchanged(facts: SceneFacts):
    question = a_check(facts)
    whole = compose_report(question).model_dump(mode="json")
    assert SystemIntegrator(Parrot(), Recorder()).complete(question, whole) == whole


def a_failure(code: str, **changes: Any) -> FallbackInput:
    told = {"action": "fix_provider_error", "error_code": code, "errors": ["It failed."]}
    return FallbackInput.model_validate({**told, "context": {"modelId": "veo-3.1"}, **changes})


BAD = a_failure(
    "invalid", action="fix_validation", errors=["resolution: veo-3.1 does not offer '480p'"],
    context={
        "modelId": "veo-3.1", "parameters": {"resolution": "480p"},
        "allowed": {"resolution": ["720p", "1080p"], "duration": [4, 6, 8]},
    },
)  # fmt: skip
KNOWN = {
    "timeout": (a_failure("provider_timeout"), "retry_with_backoff"),
    "model_error": (a_failure("provider_failed"), "use_stand_in:veo-3.1-fast"),
    "bad_parameters": (BAD, "correct_parameters"),
    "too_expensive": (a_failure("budget_exceeded"), "use_cheaper_model:veo-3.1-fast"),
    "upload": (a_failure("upload_failed"), "use_second_storage"),
}
FREE_WORDS = {
    "errorAnalysis": {"type": "hiccup", "rootCause": "The service was slow.", "affectedComponent": "cloud"},
    "userMessage": "One moment, please.",
    "solution": {"immediate": "Wait.", "longTerm": "Nothing."},
    "suggestedActions": ["make_coffee"],
}


@pytest.mark.parametrize("kind", KNOWN)
async def test_a_known_failure_keeps_its_fixed_answer_in_the_models_words(kind: str):
    """S1-16, whoever words it."""
    question, action = KNOWN[kind]
    advice = await FallbackHandler(Parrot(FREE_WORDS), Recorder()).run(question, key=KEY)
    assert (advice.errorAnalysis.type, advice.userMessage) == (kind, "One moment, please.")
    assert action in advice.suggestedActions
    assert advice.suggestedActions[-1] == "make_coffee"


@pytest.mark.parametrize("kind", KNOWN)
def test_the_offline_advice_passes_through_unchanged(kind: str):
    question, _ = KNOWN[kind]
    whole = compose_advice(question).model_dump(mode="json")
    assert fixed_advice(question, whole) == whole


@pytest.mark.parametrize(("told", "kept"), [
    ({"resolution": "1080p"}, {"resolution": "1080p"}), ({"resolution": "8K"}, {"resolution": "720p"}),
    ({"duration": 6, "price": 0}, {"resolution": "720p", "duration": 6}), ({}, {"resolution": "720p"}),
])  # fmt: skip
async def test_only_values_that_are_allowed_are_taken(told: dict[str, Any], kept: dict[str, Any]):
    advice = await FallbackHandler(Parrot({**FREE_WORDS, "parameters": told}), Recorder()).run(BAD, key=KEY)
    assert advice.parameters == kept


async def test_an_unknown_failure_is_answered_freely():
    question = a_failure("never_heard_of")
    advice = await FallbackHandler(Parrot(FREE_WORDS), Recorder()).run(question, key=KEY)
    assert advice == FallbackAdvice.model_validate(FREE_WORDS)
