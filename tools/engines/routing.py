"""From a model somebody wants to the engine that can make it here.

Without a key for a model's provider the offline engine stands in: the same graphs,
gates and exports, at price 0. A stand-in is always named as one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from state.errors import ProviderMisconfigured
from state.order import Medium
from tools.engines.base import Engine

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
    return Route(provider=OFFLINE, model=own, stands_in_for="" if model_id == own else model_id)
