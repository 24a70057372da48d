"""What each model can do, read from the folder `cards`.

The catalogue is asked before anything is paid, so its refusals name the field, what was
sent and what is allowed: a person or an agent can mend the request from the text alone.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from state.errors import ProviderMisconfigured
from state.order import Medium, VideoRequest
from state.tier import ModelTier, Tier
from tools.engines.live.frames import nearest_ratio
from tools.tiers import model_in, with_drafts

SHAPE = re.compile(r"([1-9]\d{0,3}):([1-9]\d{0,3})")
CARDS = Path(__file__).parent / "cards"
PROVIDERS = ("replicate", "fal", "google", "openai", "previz")
"""In the order in which their models are shown."""
FREE_PARAMETERS = ("seed", "negative_prompt", "enable_prompt_expansion", "generate_audio", "fps")


class Durations(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """Lengths in seconds: a range, or a short list."""

    shortest: float = Field(default=0, alias="from")
    longest: float = Field(default=0, alias="to")
    only: tuple[float, ...] = ()

    def allow(self, seconds: float) -> bool:
        """Whether a clip may be this long."""
        return seconds in self.only if self.only else self.shortest <= seconds <= self.longest

    def __str__(self) -> str:
        if self.only:
            return ", ".join(f"{seconds:g}" for seconds in self.only)
        return f"{self.shortest:g} to {self.longest:g}"


class ModelCard(BaseModel, frozen=True, extra="forbid"):
    """One model of one provider, as people and agents choose it."""

    id: str
    provider: str
    vendor: str
    """The provider's own name for it."""
    medium: Medium
    title: str
    tier: ModelTier
    draft: str = ""
    """Of a model of the final tier: the one that makes it in a draft."""
    price_range: str
    expected_s: int
    features: tuple[str, ...] = ()
    recommended: bool = False
    durations_s: Durations | None = None
    made_s: tuple[int, ...] = ()
    """The whole seconds that are made and charged, where not every allowed length is: a shot of 3 s is cut
    out of a clip of 5."""
    resolutions: tuple[str, ...] = ()
    """From the smallest to the largest; where a price is a range, its place in it follows this order."""
    aspect_ratios: tuple[str, ...] = ()
    reference_images: int = 0
    """How many reference pictures it takes."""
    references_need: dict[str, str | int] = Field(default_factory=dict)
    """What other parameters must be when references are sent."""
    frames: tuple[Literal["first", "last"], ...] = ()
    """The frames that a clip can be told to begin and to end with."""
    edits: bool = False
    """Whether it changes a given picture (image to image)."""
    strengths: tuple[float, float] | None = None
    """How strongly it may change that picture here, from and to: our rule, inside what its vendor takes."""
    extension_s: float = 0
    """By how much it makes a clip longer at a time; 0 for a model that cannot."""
    extension_needs: dict[str, str | int] = Field(default_factory=dict)
    """What other parameters must be when a clip is made longer."""
    upscales: bool = False
    """Whether it makes given clips larger, and nothing else: nobody films with it."""
    seeded: bool = False
    """Whether it takes a seed, so that the same order can be asked for again."""
    answers_in_s: int = 0
    """How long the answer to the order itself may take, where that is longer than usual: it is the file."""
    ends_in_s: int = 600
    """How long a job may take; then it is stopped. 0 is as long as it likes. It counts from the submit, or
    from when the job is seen to run where it may wait before that."""
    starts_in_s: int = 0
    """How long a job may wait in its provider's queue, which is no part of the time that it takes."""
    source: str = ""
    read_on: date | None = None
    verified: bool = False
    """Whether a live call has been answered as this card says."""


@lru_cache(maxsize=1)
def catalog() -> tuple[ModelCard, ...]:
    """Every model we know, in the order of the files.

    Raises:
        SettingInvalid: the catalogue names a draft that is none.
    """
    files = [CARDS / f"{provider}.toml" for provider in PROVIDERS]
    entries = [entry for file in files for entry in tomllib.loads(file.read_text("utf-8")).get("model", ())]
    return with_drafts((ModelCard.model_validate(entry) for entry in entries), "medium")


def models_for(medium: Medium) -> list[ModelCard]:
    """The models that make one medium; one that only makes it larger is none of them."""
    return [card for card in catalog() if card.medium == medium and not card.upscales]


def upscalers() -> list[ModelCard]:
    """The models that make clips larger."""
    return [card for card in catalog() if card.upscales]


def model_card(model_id: str) -> ModelCard:
    """One model's card.

    Raises:
        ProviderMisconfigured: no such model; the message lists those there are.
    """
    for card in catalog():
        if card.id == model_id:
            return card
    raise ProviderMisconfigured(_unknown(model_id), model=model_id, kind="invalid")


def made_in(tier: Tier, model_id: str) -> str:
    """The model that does this one's work in a production of this tier: in a draft never a premium one.

    Raises:
        ProviderMisconfigured: no such model.
        PremiumInDraft: it has no draft.
    """
    return model_in(tier, model_card(model_id))


def engine_tier(model_id: str) -> ModelTier:
    """The tier of a model; what nobody knows counts as premium."""
    try:
        return model_card(model_id).tier
    except ProviderMisconfigured:
        return "final"


def job_seconds(model_id: str) -> int:
    """How long after its submit a job of this model may take."""
    try:
        card = model_card(model_id)
        return card.starts_in_s + card.ends_in_s
    except ProviderMisconfigured:
        return int(ModelCard.model_fields["ends_in_s"].default)


def recommended(medium: Medium) -> ModelCard:
    """The model to take when nobody chose one."""
    cards = models_for(medium)
    return next((card for card in cards if card.recommended), cards[0])


def validate_parameters(model_id: str, parameters: Mapping[str, Any]) -> list[str]:
    """What is wrong with these parameters for this model, one sentence each; empty when all is well."""
    try:
        card = model_card(model_id)
    except ProviderMisconfigured as exc:
        return [exc.message]
    checks = {
        "duration": _check_duration,
        "resolution": _check_resolution,
        "aspect_ratio": _check_aspect_ratio,
        "reference_images": _check_references,
    }
    known = (*checks, *FREE_PARAMETERS)
    errors = [
        f"{name}: {card.id} has no such parameter; known are {', '.join(known)}"
        for name in parameters
        if name not in known
    ]
    for name, check in checks.items():
        if name in parameters:
            errors += check(card, parameters)
    return errors


def strength_problem(card: ModelCard, parameters: Mapping[str, Any]) -> str:
    """Why a picture may not be changed so strongly; empty where it may, or where nobody says how strongly."""
    strength = parameters.get("strength")
    if card.strengths is None or isinstance(strength, bool) or not isinstance(strength, int | float):
        return ""
    least, most = card.strengths
    if least <= strength <= most:
        return ""
    return f"strength: {card.id} changes a picture by {least:g} to {most:g} here, not by {strength:g}"


def tellable(model_id: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """These parameters without a size or a shape that this model cannot be told; the film has both.

    A picture of another shape is drawn in the nearest one that its model has: no clip is.
    """
    try:
        card = model_card(model_id)
    except ProviderMisconfigured:
        return dict(parameters)
    offered = {"resolution": card.resolutions, "aspect_ratio": card.aspect_ratios}
    told = {name: value for name, value in parameters.items() if offered.get(name, (value,))}
    shape = SHAPE.fullmatch(str(told.get("aspect_ratio", "")))
    if card.medium == "image" and shape is not None:
        told["aspect_ratio"] = nearest_ratio(int(shape[1]), int(shape[2]), card.aspect_ratios)
    return told


def upscale_problem(card: ModelCard, request: VideoRequest) -> str:
    """Why this model cannot be sent this clip, or none, to make it larger; empty where all is well."""
    if card.upscales and request.upscales is None:
        return f"upscales: {card.id} makes given clips larger; it needs one"
    if request.upscales is not None and not card.upscales:
        return f"upscales: {card.id} takes none; leave it out, or choose a model that makes clips larger"
    return ""


def _unknown(model_id: str) -> str:
    return f"model_id: unknown model {model_id!r}; known are {', '.join(card.id for card in catalog())}"


def _check_duration(card: ModelCard, parameters: Mapping[str, Any]) -> list[str]:
    if card.durations_s is None:
        return [f"duration: {card.id} makes no {_plural(card.medium)} with a length; leave it out"]
    seconds = parameters["duration"]
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return [f"duration: {seconds!r} is not a number of seconds; allowed are {card.durations_s}"]
    try:
        length = float(seconds)
    except OverflowError:  # a whole number of hundreds of digits
        length = inf if seconds > 0 else -inf
    if card.durations_s.allow(length):
        return []
    return [f"duration: {card.id} cannot make {length:g} s; allowed are {card.durations_s} s"]


def _check_resolution(card: ModelCard, parameters: Mapping[str, Any]) -> list[str]:
    return _one_of(card, "resolution", parameters["resolution"], card.resolutions)


def _check_aspect_ratio(card: ModelCard, parameters: Mapping[str, Any]) -> list[str]:
    return _one_of(card, "aspect_ratio", parameters["aspect_ratio"], card.aspect_ratios)


def _one_of(card: ModelCard, field: str, value: Any, allowed: tuple[str, ...]) -> list[str]:
    if not allowed:
        return [f"{field}: {card.id} cannot be told one; leave it out"]
    if value in allowed:
        return []
    return [f"{field}: {card.id} does not offer {value!r}; allowed are {', '.join(allowed)}"]


def _check_references(card: ModelCard, parameters: Mapping[str, Any]) -> list[str]:
    sent = parameters["reference_images"]
    count = len(sent) if isinstance(sent, list | tuple) else int(sent) if isinstance(sent, int) else -1
    if count < 0:
        return [f"reference_images: {sent!r} is neither a list nor a number of pictures"]
    if count > card.reference_images:
        return [_too_many_references(card, count)]
    wrong = {
        name: value
        for name, value in card.references_need.items()
        if count and parameters.get(name, value) != value
    }
    return [
        f"{name}: {card.id} takes reference pictures only with {name} {value}"
        for name, value in wrong.items()
    ]


def _too_many_references(card: ModelCard, count: int) -> str:
    if card.reference_images:
        return f"reference_images: {card.id} takes at most {card.reference_images}, not {count}"
    takers = [
        other.id for other in models_for(card.medium) if other.reference_images and other.provider != "previz"
    ]
    return f"reference_images: {card.id} takes none; models that do: {', '.join(takers)}"


def _plural(medium: Medium) -> str:
    return {"image": "pictures", "video": "clips", "voice": "voices", "music": "music"}[medium]
