"""What each text model takes and can do, read from `catalog.toml`."""

import re
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
DATED = re.compile(r"(?:-(?:\d{4}-\d{2}-\d{2}|\d{3,8}|latest))?(?::[\w.-]+)?$")
"""What stands behind a model's name and says which edition of it: `-2025-08-07`, `-latest`, `:free`."""
WITHOUT_SAMPLING = re.compile(r"(?:o\d+|gpt-?5)(?=$|[-.])")
"""OpenAI's families that refuse temperature and its like, also where the catalogue lacks the model."""
THINKS = {"sampling": "no", "behind": "openai", "thinking_tokens": 16_000}
"""Such a model thinks as hard as it likes: which efforts it knows nobody can tell, so it is told none."""
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
    behind: Literal["", "openai"] = ""
    """Whose model a server of one's own passes the questions on to, as its name says."""

    @property
    def is_openais(self) -> bool:
        """Whether OpenAI judges what is sent: by its names for things, and refusing what it does not take."""
        return "openai" in (self.provider, self.behind)

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
    """One model's card; for a name that an own server alone knows, the most common is assumed.

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
    """A server of one's own may be a gateway: what a vendor's model does not take, it refuses there, too."""
    name = model_id.removeprefix(OWN_SERVER)
    plain = DATED.sub("", name.rpartition("/")[2].lower())
    theirs = {"id": model_id, "provider": "openai_compatible", "vendor": name, "title": name,
              "tier": "any", "draft": ""}  # fmt: skip
    for card in text_models():
        if card.vendor == plain:
            # Every server can promise JSON; functions and schemas only OpenAI's own are known to take.
            more = {"behind": "openai"} if card.is_openais else {"shape": "json_object"}
            return card.model_copy(update={**theirs, **more})
    common = TextModelCard.model_validate({
        **theirs, "context_tokens": 128_000, "output_tokens": 32_000, "sampling": "yes",
        "shape": "json_object", "reasoning": False, "vision": True,
    })  # fmt: skip
    return common.model_copy(update=THINKS) if WITHOUT_SAMPLING.match(plain) else common
