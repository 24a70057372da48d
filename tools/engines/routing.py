"""From a model somebody wants to the engine that can make it here.

Without a key for a model's provider the offline engine stands in: the same graphs,
gates and exports, at price 0. A stand-in is always named as one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from state.errors import ProviderMisconfigured
from state.order import EngineRequest, ImageRequest, Medium, MusicRequest, VideoRequest
from tools.engines.base import Engine
from tools.engines.catalog import ModelCard, model_card

OFFLINE = "previz"
OFFLINE_MODELS: dict[Medium, str] = {
    "image": "previz-panel",
    "video": "previz-animatic",
    "voice": "kokoro-82m",
    "music": "orchestra",
}


@dataclass(frozen=True, kw_only=True)
class Route:
    """Where an order goes."""

    provider: str
    model: str
    stands_in_for: str = ""
    """The model that was wanted, when another one makes it."""
    wholly_offline: bool = False
    """Whether this house has no other engine: then drawings are what everybody agreed to, and no loss."""


def route_to(medium: Medium, model_id: str, engines: Mapping[str, Engine], *, provider: str = "") -> Route:
    """The route for a model; `provider` is who sells it.

    Raises:
        ProviderMisconfigured: neither the provider nor the offline engine can make this medium here.
    """
    if provider in engines and medium in engines[provider].media:
        return Route(provider=provider, model=model_id)
    if OFFLINE not in engines or medium not in engines[OFFLINE].media:
        raise ProviderMisconfigured(f"no engine makes {medium} here", provider=provider, model=model_id)
    own = OFFLINE_MODELS[medium]
    stands_in_for = "" if model_id == own else model_id
    return Route(
        provider=OFFLINE, model=own, stands_in_for=stands_in_for, wholly_offline=set(engines) == {OFFLINE}
    )


def lacking(route: Route, request: EngineRequest) -> list[str]:
    """What was asked for and a stand-in cannot give; empty for the model that was wanted."""
    if not route.stands_in_for:
        return []
    card = model_card(route.model)
    drawn = route.provider == OFFLINE and not route.wholly_offline
    return [*(["real pictures or sounds"] if drawn else []), *_beyond(card, request)]


def _beyond(card: ModelCard, request: EngineRequest) -> list[str]:
    sent = request.references if isinstance(request, ImageRequest | VideoRequest) else []
    seconds = request.duration_s if isinstance(request, VideoRequest | MusicRequest) else None
    too_many = len(sent) > card.reference_images
    wrong_length = (
        seconds is not None and card.durations_s is not None and not card.durations_s.allow(seconds)
    )
    return [*(["reference pictures"] if too_many else []), *(["its length"] if wrong_length else [])]
