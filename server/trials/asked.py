"""What one call of a trial asks for: the smallest of its kind, and the same whenever it is built again."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from state.cost import PlannedCall
from state.order import (
    EngineRequest,
    ImageRequest,
    Medium,
    MusicRequest,
    Order,
    Parameters,
    Style,
    TextOrder,
    VideoRequest,
    VoiceRequest,
)
from state.script import Place, Staging
from tools.engines.catalog import ModelCard, model_card, tellable
from tools.engines.live.frames import lines_of
from tools.orders.planned import allowed_parameters, clip_seconds, priced_parameters
from tools.orders.quote import planned_call

Kind = Literal["picture", "clip", "voice", "music", "text"]
KINDS: tuple[Kind, ...] = ("picture", "clip", "voice", "music", "text")
MEDIA: dict[Kind, Medium] = {"picture": "image", "clip": "video", "voice": "voice", "music": "music"}
STAGE = "trial"
"""Of its orders: what a trial cost stands in the books under it."""
WORDS = Path(__file__).with_suffix(".toml")
LINES = 720
"""Of a clip by a model that is told no size."""
MOST_SEED = 2**31


@lru_cache(maxsize=1)
def words() -> dict[Kind, dict[str, Any]]:
    """What is asked for, by kind."""
    found = tomllib.loads(WORDS.read_text("utf-8"))
    return {kind: found[kind] for kind in KINDS}


def can_be_asked(card: ModelCard) -> bool:
    """Whether it makes something of words alone: a model without a shape of its own has a given picture's."""
    if card.medium in ("image", "video"):
        return bool(card.aspect_ratios)
    return card.medium != "voice" or card.provider in words()["voice"]["names"]


def call_of(kind: Kind, card: ModelCard) -> PlannedCall:
    """The smallest call of a model, with its price.

    Raises:
        PriceUnknown: the price book has none.
    """
    asked = words()[kind]
    units: int = 1
    if card.medium == "video":
        units = clip_seconds(card.id, min(allowed_parameters(card.id)["duration"], key=float))  # type: ignore[arg-type]  # lengths are numbers
    elif card.medium == "voice":
        units = len(asked["text"])
    return planned_call(stage=STAGE, item=kind, model_id=card.id, units=units, parameters=_shape(asked, card))


def in_words(call: PlannedCall) -> str:
    """What a call asks for, for a person: `4 s, 720p, 16:9`."""
    asked, kind = words()[_kind(call)], _kind(call)
    if kind == "text":
        return f"an answer of {asked['tokens']} tokens"
    if kind == "voice":
        return f"{len(asked['text'])} characters"
    if kind == "music":
        card = model_card(call.model)
        return "sung words" if _sings(card) else f"{asked['duration_s']} s"
    sizes = [str(call.parameters[name]) for name in ("resolution", "aspect_ratio") if name in call.parameters]
    return ", ".join([f"{call.units} s", *sizes] if kind == "clip" else ["one", *sizes])


def order_of(call: PlannedCall, production_id: str) -> Order:
    """The order of a planned call of a picture, a clip or sound."""
    request = _request(call, seed=seed_of(production_id))
    return Order(production_id=production_id, stage=STAGE, item=call.item, request=request)


def text_order_of(call: PlannedCall, production_id: str) -> TextOrder:
    """The order of a planned question."""
    return TextOrder(
        production_id=production_id, stage=STAGE, item=call.item, agent=STAGE, provider=call.provider,
        model=call.model, prompt=words()["text"]["prompt"], prompt_digest="",
    )  # fmt: skip


def seed_of(production_id: str) -> int:
    """Its own for each trial: a job of another one is never taken for this one's."""
    return UUID(production_id).int % MOST_SEED


def _request(call: PlannedCall, *, seed: int) -> EngineRequest:
    asked, card = words()[_kind(call)], model_card(call.model)
    named: dict[str, Any] = {"provider": call.provider, "model": call.model, "seed": seed}
    parameters = priced_parameters(call)
    if card.medium == "voice":
        name = asked["names"][call.provider]
        return VoiceRequest(**named, text=asked["text"], language=asked["language"], voice_id=name)
    if card.medium == "music":
        told = {name: asked[name] for name in ("prompt", "mood", "genre", "duration_s")}
        return MusicRequest(**named, **told, lyrics=asked["lyrics"] if _sings(card) else "")
    # Only the offline engine draws by it.
    staging, style = Staging(place=Place(name="Street", kind="street")), Style(seed=seed)
    seen = {**named, "prompt": asked["prompt"], "staging": staging, "style": style, "parameters": parameters}
    if card.medium == "image":
        return ImageRequest(**seen, **_pixels(str(call.parameters["aspect_ratio"]), asked["side"]))
    lines = lines_of(str(call.parameters.get("resolution", f"{LINES}p")))
    sides = _pixels(str(call.parameters["aspect_ratio"]), lines)
    return VideoRequest(**seen, **sides, duration_s=float(call.units))


def _shape(asked: dict[str, Any], card: ModelCard) -> Parameters:
    if card.medium not in ("image", "video"):
        return {}
    wanted = asked["aspect_ratio"]
    shape = wanted if wanted in card.aspect_ratios else card.aspect_ratios[0]
    size = {"resolution": card.resolutions[0]} if card.resolutions else {}
    return tellable(card.id, {"aspect_ratio": shape, **size})


def _pixels(ratio: str, short: int) -> dict[str, int]:
    """The sides of a picture of this shape whose shorter one is so long."""
    wide, high = (int(side) for side in ratio.split(":"))
    scale = short / min(wide, high)
    return {"width": round(wide * scale / 2) * 2, "height": round(high * scale / 2) * 2}


def _sings(card: ModelCard) -> bool:
    return "lyrics" in card.features


def _kind(call: PlannedCall) -> Kind:
    return next(kind for kind in KINDS if kind == call.item)
