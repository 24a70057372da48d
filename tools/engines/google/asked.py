"""An order in Google's words, checked against what its model takes, and ready to leave."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from state.errors import ProviderMisconfigured
from state.order import EngineRequest
from tools.engines.catalog import ModelCard, model_card
from tools.engines.live.schema import InputSchema, checked_input, schemas

INPUTS = Path(__file__).with_name("inputs.toml")
PROVIDER = "google"


@dataclass(frozen=True)
class Asked:
    """One POST: where it goes, and its body."""

    path: str
    body: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)
    """What the result is to say of how it was asked for."""


def card_of(request: EngineRequest) -> ModelCard:
    """The card of the model that is asked.

    Raises:
        ProviderMisconfigured: `invalid`, Google has no such model, or it makes something else.
    """
    card = model_card(request.model)
    if card.provider != PROVIDER or card.medium != request.medium:
        raise ProviderMisconfigured(
            f"model: {request.model} makes no {request.medium} at Google.", provider=PROVIDER,
            model=request.model, kind="invalid",
        )  # fmt: skip
    return card


def schema_of(card: ModelCard) -> InputSchema:
    """What the model takes.

    Raises:
        ProviderMisconfigured: `invalid`, the catalogue names a model that nobody has described.
    """
    found = schemas(INPUTS).get(card.vendor)
    if found is None:
        words = f"{card.id} is {card.vendor} at Google, and what that takes stands nowhere ({INPUTS.name})."
        raise ProviderMisconfigured(words, provider=PROVIDER, model=card.id, kind="invalid")
    return found


def checked(card: ModelCard, sent: dict[str, Any], further: list[str]) -> dict[str, Any]:
    """The fields, if the model takes them so and nothing further is wrong.

    Raises:
        ProviderMisconfigured: `invalid`, names every field that does not fit.
    """
    fits = checked_input(schema_of(card), sent, provider=PROVIDER, model=card.id)
    if further:
        raise ProviderMisconfigured(
            f"{card.id} cannot be asked for this: {'; '.join(further)}.", provider=PROVIDER, model=card.id,
            kind="invalid", details={"fields": [_field(one) for one in further]},
            user_action="Change the named fields, or choose a model that can; nothing was sent or charged.",
        )  # fmt: skip
    return fits


def only(card: ModelCard, field_name: str) -> tuple[Any, ...]:
    """The values that a field of the model may have; empty where it has no such field."""
    described = schema_of(card).fields.get(field_name)
    return described.only if described else ()


def _field(problem: str) -> dict[str, str]:
    name, _, words = problem.partition(": ")
    return {"field": name, "problem": words}
