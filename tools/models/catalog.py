"""What each text model takes and can do, read from `catalog.toml`."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from state.errors import ModelUnknown
from state.tier import ModelTier
from tools.tiers import with_drafts

CATALOG = Path(__file__).with_name("catalog.toml")
OFFLINE = "offline-writer"
OWN_SERVER = "own/"
"""Ids that begin so are models of an OpenAI-compatible server of one's own: `own/llama-3.3-70b`."""
TextProvider = Literal["openai", "google", "deepseek", "openai_compatible"]
Effort = Literal["none", "minimal", "low", "medium", "high"]


class TextModelCard(BaseModel, frozen=True, extra="forbid"):
    """One text model, as people and roles choose it."""

    id: str
    provider: TextProvider
    vendor: str
    """The vendor's own name for it."""
    title: str
    tier: ModelTier
    draft: str = ""
    """Of a model of the final tier: the one that is asked in a draft."""
    context_tokens: int
    """What it can read and write together."""
    output_tokens: int
    """What it can write at most."""
    sampling: Literal["yes", "no", "unless_reasoning"]
    shape: Literal["json_schema", "tool", "json_object"]
    reasoning: bool
    effort: Effort | None = None
    """How hard it thinks unless a role says otherwise; None leaves that to the vendor."""
    thinking_tokens: int = 0
    vision: bool = False
    streams: bool = True
    """Whether its answers are asked for in pieces; some servers cannot."""
    api: Literal["chat", "responses"] = "chat"
    """Which of OpenAI's two APIs it is asked by."""

    def takes_sampling(self, effort: Effort | None) -> bool:
        """Whether temperature and its like may be sent beside this effort."""
        if self.sampling == "unless_reasoning":
            return effort == "none"
        return self.sampling == "yes"


@lru_cache(maxsize=1)
def text_models() -> tuple[TextModelCard, ...]:
    """Every text model we know, in the file's order.

    Raises:
        SettingInvalid: the catalogue names a draft that is none.
    """
    entries = tomllib.loads(CATALOG.read_text("utf-8"))["model"]
    return with_drafts(TextModelCard.model_validate(entry) for entry in entries)


def text_card(model_id: str) -> TextModelCard:
    """One model's card; of an own server nothing is known, so the most common is assumed.

    Raises:
        ModelUnknown: no such model; the message lists those there are.
    """
    if model_id.startswith(OWN_SERVER) and len(model_id) > len(OWN_SERVER):
        return _own(model_id)
    for card in text_models():
        if card.id == model_id:
            return card
    known = ", ".join([OFFLINE, *(card.id for card in text_models()), f"{OWN_SERVER}NAME"])
    raise ModelUnknown(
        f"No text model is named {model_id!r}; known are {known}.", model=model_id, kind="invalid"
    )


def text_tier(model_id: str) -> ModelTier:
    """The tier of a text model; what nobody knows counts as premium."""
    if model_id == OFFLINE:
        return "any"
    try:
        return text_card(model_id).tier
    except ModelUnknown:
        return "final"


def _own(model_id: str) -> TextModelCard:
    name = model_id.removeprefix(OWN_SERVER)
    return TextModelCard(
        id=model_id, provider="openai_compatible", vendor=name, title=name, tier="any",
        context_tokens=128_000, output_tokens=32_000, sampling="yes", shape="json_object",
        reasoning=False, vision=True,
    )  # fmt: skip
