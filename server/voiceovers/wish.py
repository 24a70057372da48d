"""What a person asks to be spoken, and what of the production counts for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, field_validator

from state.film import ProductionFormat
from state.order import VoiceRequest
from state.script import Character, Expression, Language, Script
from state.tier import Tier, tier_of

MOST_LETTERS = 2000
MOST_TAKES = 99
Text = Annotated[str, Field(min_length=1, max_length=MOST_LETTERS)]
Speed = Annotated[float, Field(ge=0.5, le=2.0, allow_inf_nan=False)]


def with_a_word(text: str) -> str:
    """The text, which must hold something that can be said.

    Raises:
        ValueError: it does not.
    """
    if not any(mark.isalnum() for mark in text):
        raise ValueError("holds no word that can be spoken")
    return text


class Wish(BaseModel, frozen=True, extra="forbid"):
    """One line. What is left out is the production's own."""

    text: Text
    voice: str = Field(default="", max_length=100)
    language: Language | None = None
    model: str = Field(default="", max_length=100)
    expression: Expression = "neutral"
    speed: Speed = 1.0
    take: int = Field(default=1, ge=1, le=MOST_TAKES)
    """Another one has the same line spoken again."""

    _words = field_validator("text")(with_a_word)


@dataclass(frozen=True, kw_only=True)
class Film:
    """The production that a line is for."""

    production_id: str
    user_id: str
    tier: Tier
    model: str
    language: Language
    seed: int
    narrator: Character | None
    """Speaks where nobody else is named."""


def film_of(
    production_id: str, *, user_id: str, context: Mapping[str, Any], values: Mapping[str, Any]
) -> Film:
    """What its state says; a production that has no script yet speaks with the usual voice."""
    form = ProductionFormat.model_validate(values.get("format") or {"width": 1, "height": 1})
    script = Script.model_validate(values["script"]) if values.get("script") else None
    narrator = script.narrator if script is not None else None
    return Film(
        production_id=production_id, user_id=user_id, tier=tier_of(context), model=form.voice_model,
        language=script.language if script is not None else "en", seed=form.master_seed,
        narrator=narrator.as_character() if narrator is not None else None,
    )  # fmt: skip


def said_of(request: VoiceRequest, take: int) -> dict[str, Any]:
    """All that makes it this line and no other one."""
    return {**request.model_dump(mode="json", exclude={"seed"}), "take": take}
