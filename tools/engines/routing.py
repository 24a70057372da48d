"""From a model somebody wants to the engine that can make it here.

Without a key for a model's provider the offline engine stands in: the same graphs,
gates and exports, at price 0. A stand-in is always named as one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from state.errors import ProviderMisconfigured
from state.order import EngineRequest, ImageRequest, Medium, MusicRequest, VideoRequest, VoiceRequest
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


def lost(wanted: ModelCard, card: ModelCard, *, asked: EngineRequest, sent: EngineRequest) -> list[str]:
    """What of a request another model does not give, in words: `asked` is for the wanted one, `sent` for it.

    Native sound counts where the parameters ask for it. Of a line, what a person said of how it sounds; of
    music, its length.
    """
    if isinstance(asked, VoiceRequest) and isinstance(sent, VoiceRequest):
        spoken = [f"its {name}" for name in asked.parameters if name not in sent.parameters]
        return [*spoken, *(["a real voice"] if card.provider == OFFLINE else [])]
    if isinstance(asked, MusicRequest) and isinstance(sent, MusicRequest):
        return ["its length"] if sent.duration_s < asked.duration_s else []
    if not (isinstance(asked, ImageRequest | VideoRequest) and isinstance(sent, ImageRequest | VideoRequest)):
        return []
    less = [*_pictures_lost(asked, sent), *(["a seed"] if wanted.seeded and not card.seeded else [])]
    if asked.parameters.get("generate_audio") is True and "audio" not in card.features:
        less.append("native sound")
    if lines_of(sent.parameters.get("resolution")) < lines_of(asked.parameters.get("resolution")):
        less.append("its resolution")
    return less


def _pictures_lost(asked: ImageRequest | VideoRequest, sent: ImageRequest | VideoRequest) -> list[str]:
    less = ["reference pictures"] if len(sent.references) < len(asked.references) else []
    if isinstance(asked, VideoRequest) and isinstance(sent, VideoRequest):
        edges = {
            "its first frame": (asked.first_frame, sent.first_frame),
            "its last frame": (asked.last_frame, sent.last_frame),
            "the clip before it": (asked.extends, sent.extends),
        }
        less += [words for words, (wanted, there) in edges.items() if wanted and not there]
    return less


def lines_of(resolution: object) -> int:
    """How fine a resolution is: `720p`, `4k`; 0 for none, which the model chooses by itself."""
    words = str(resolution or "").lower()
    if words.endswith("k") and words[:-1].isdigit():
        return int(words[:-1]) * 540
    return int(words.removesuffix("p")) if words.removesuffix("p").isdigit() else 0


def _beyond(card: ModelCard, request: EngineRequest) -> list[str]:
    sent = request.references if isinstance(request, ImageRequest | VideoRequest) else []
    seconds = request.duration_s if isinstance(request, VideoRequest | MusicRequest) else None
    too_many = len(sent) > card.reference_images
    wrong_length = (
        seconds is not None and card.durations_s is not None and not card.durations_s.allow(seconds)
    )
    return [*(["reference pictures"] if too_many else []), *(["its length"] if wrong_length else [])]
