"""S1-12: what a vendor's model says as the integrator, through the real adapter, field by field."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from nodes.agents.system_integrator import SystemIntegrator
from state.errors import AnswerUnusable
from state.writing import IntegratorReport, SceneFacts
from tests.fake_models import Recorder
from tests.integration.models.asking import a_line, ring_for
from tests.standins.model_vendors import Vendors, script
from tests.unit.nodes.agents.answers import KEY
from tests.unit.nodes.agents.test_reports_and_advice import FACTS, a_check
from tools.models.catalog import text_card
from tools.models.live.clients import Clients
from tools.models.live.model import LiveModel

GOOD: dict[str, Any] = {
    "action": "calculate_cost", "endpoint": "generateMedia", "parameters": {},
    "validation": {"isValid": True, "errors": []}, "cost": {"estimated": "1.50", "breakdown": {}},
}  # fmt: skip
Report = Callable[..., Awaitable[IntegratorReport]]


@pytest.fixture
def report(vendors: Vendors, clients: Clients) -> Report:
    """The integrator, on a model that says these answers, one after the other."""

    async def reported(*answers: dict[str, Any], facts: SceneFacts = FACTS) -> IntegratorReport:
        vendors.think_with(script([json.dumps(one) for one in answers]))
        card = text_card("gpt-5")
        model = LiveModel(a_line(card, clients, ring_for(vendors, card)))
        return await SystemIntegrator(model, Recorder()).run(a_check(facts), key=KEY)

    return reported


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "unknown action": ({**GOOD, "action": "spend"}, "action: Input should be 'call_lambda', 'validate' or"),
    "no action": (without("action"), "action: Field required"),
    "other letters": ({**GOOD, "action": "Validate"}, "action: Input should be"),
    "unknown endpoint": ({**GOOD, "endpoint": "deleteMedia"}, "endpoint: Input should be 'generateMedia' or"),
    "no validation": (without("validation"), "validation: Field required"),
    "no isValid": ({**GOOD, "validation": {"errors": []}}, "validation.isValid: Field required"),
    "isValid in words": ({**GOOD, "validation": {"isValid": "so"}}, "validation.isValid: Input should be"),
    "errors in words": (
        {**GOOD, "validation": {"isValid": True, "errors": "none"}}, "validation.errors: Input should be",
    ),
    "an error of its own": (
        {**GOOD, "validation": {"isValid": True, "errors": ["dear"]}}, "validation.errors must be the facts'",
    ),
    "a cent less": ({**GOOD, "cost": {"estimated": "1.49"}}, "cost.estimated must be 1.50"),
    "no cost": (without("cost"), "cost.estimated must be 1.50"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_wrong_is_repaired_once(vendors: Vendors, report: Report, name: str):
    wrong, told = WRONG[name]

    found = await report(wrong, GOOD)

    first, second = (json.dumps(one.body) for one in vendors.openai.requests)
    assert (found.action, found.endpoint, found.cost.estimated) == ("calculate_cost", "generateMedia", "1.50")
    assert (told in first, told in second) == (False, True)


@pytest.mark.parametrize("name", WRONG)
async def test_twice_wrong_is_a_typed_failure(vendors: Vendors, report: Report, name: str):
    wrong, told = WRONG[name]

    with pytest.raises(AnswerUnusable, match="As system_integrator, gpt-5 at openai") as failed:
        await report(wrong, wrong, GOOD)

    assert (failed.value.code, failed.value.kind) == ("answer_unusable", "bad_output")
    assert told in failed.value.details["wrong"]
    assert len(vendors.openai.requests) == 2


@pytest.mark.parametrize("endpoint", ["generateMedia", "getStatus", None])
@pytest.mark.parametrize("action", ["call_lambda", "validate", "calculate_cost"])
async def test_every_action_and_endpoint_there_is(
    vendors: Vendors, report: Report, action: str, endpoint: str | None
):
    found = await report({**GOOD, "action": action, "endpoint": endpoint})

    assert (found.action, found.endpoint) == (action, endpoint)
    assert (found.validation.isValid, found.validation.errors) == (True, [])
    assert (found.cost.estimated, found.cost.breakdown) == (FACTS.estimated, FACTS.breakdown)
    assert found.parameters == {"modelId": "veo-3.1", "duration": 8}
    assert len(vendors.openai.requests) == 1


async def test_what_would_be_sent_is_ours_whatever_a_model_says(report: Report):
    other = {**GOOD, "parameters": {"modelId": "dear", "duration": 60}, "cost": {
        "estimated": "1.5", "breakdown": {"model": "dear"}}}  # fmt: skip

    found = await report(other)

    assert found.parameters == {"modelId": "veo-3.1", "duration": 8}
    assert found.cost.breakdown == FACTS.breakdown
