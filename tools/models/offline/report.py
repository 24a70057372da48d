"""The integrator's report: the facts, worded."""

from typing import Literal

from state.writing import CheckSceneInput, CostAnswer, IntegratorReport, SceneFacts, Validation

Action = Literal["call_lambda", "validate", "calculate_cost"]
Endpoint = Literal["generateMedia", "getStatus"]


def compose_report(input: CheckSceneInput) -> IntegratorReport:
    """Validity and price exactly as the facts say."""
    facts = input.facts or SceneFacts()
    action, endpoint = _next(input, facts)
    return IntegratorReport(
        action=action,
        endpoint=endpoint,
        parameters={"modelId": input.model_id, **input.parameters},
        validation=Validation(isValid=not facts.errors, errors=facts.errors),
        cost=CostAnswer(estimated=facts.estimated, breakdown=facts.breakdown),
    )


def _next(input: CheckSceneInput, facts: SceneFacts) -> tuple[Action, Endpoint | None]:
    if facts.errors:
        return "validate", None
    if input.purpose == "status":
        return "call_lambda", "getStatus"
    if input.purpose == "generate":
        return "call_lambda", "generateMedia"
    return "calculate_cost", "generateMedia"
