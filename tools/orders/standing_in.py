"""Which engine may stand in for which: chains as data, looked up in the catalogue under a policy."""

import tomllib
from collections.abc import Collection, Sequence
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Literal

import structlog
from pydantic import BaseModel

from state.context import RunContext
from state.cost import FallbackCall, PlannedCall
from state.film import FilmState, ShootingState
from state.media import MediaRef
from state.order import Medium, Parameters
from state.script import Scene, Shot
from state.take import Take
from state.tier import Tier
from tools.engines.catalog import ModelCard, catalog, model_card, validate_parameters
from tools.engines.routing import OFFLINE, OFFLINE_MODELS, lines_of
from tools.orders.planned import (
    clip_seconds,
    longest_seconds,
    planned_extensions,
    planned_take,
    planned_upscale,
)
from tools.orders.quote import planned_call
from tools.orders.services import family_of

log = structlog.get_logger(__name__)
CHAINS = Path(__file__).with_name("chains.toml")
Book = Literal["twins", "sisters", "director"]
BOOKS: tuple[Book, ...] = ("twins", "sisters", "director")
"""In which order a film looks them up: the same model elsewhere, its relatives, then other makers' models."""
SOUND = ("voice", "music")
Policy = Literal["never", "ask", "same_tier", "any"]


class ChainLine(BaseModel, frozen=True, extra="forbid"):
    """One chain, beginning with what was wanted."""

    book: Book
    models: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    source: str


@lru_cache(maxsize=1)
def chain_lines() -> tuple[ChainLine, ...]:
    """The file, read once and checked."""
    lines = tomllib.loads(CHAINS.read_text("utf-8"))["chain"]
    return tuple(ChainLine.model_validate(line) for line in lines)


def stand_ins(
    wanted: ModelCard,
    *,
    book: Book,
    policy: Policy,
    tier: Tier,
    providers: Collection[str],
    cards: Sequence[ModelCard] | None = None,
) -> list[ModelCard]:
    """The models that may make what `wanted` does not, in order. `providers` can be asked here.

    A draft is made by draft models alone. A family whose provider has no key here is left out and logged.
    """  # fmt: skip
    if policy == "never":
        return []
    known = catalog() if cards is None else cards
    named = [*_by_model(wanted, book, known), *_by_family(wanted, book, known, providers)]
    allowed = [card for card in named if _fits(card, wanted, policy, tier)]
    for card in allowed:
        if card.provider not in providers:
            tell_left_out(card.id, card.provider)
    return [card for card in allowed if card.provider in providers]


@lru_cache(maxsize=256)
def tell_left_out(model: str, provider: str) -> None:
    """Warn that a model of a chain cannot be asked here, once in a process: each call looks its chain up."""
    log.warning("engine_left_out", model=model, provider=provider, why="it cannot be asked here")


def chain_of(
    planned: PlannedCall, *, policy: Policy, tier: Tier, providers: Collection[str],
    seconds: float | None = None,
) -> list[ModelCard]:  # fmt: skip
    """The models that may make a part of a film as it is planned, in order.

    `seconds` is how long the shot is, where it is a clip. What costs nothing has no stand-in: nobody has
    approved a price for it. The offline engine is the last to speak or to play: a line is better heard in
    another voice than not at all.
    """
    if planned.provider == OFFLINE or policy == "never":
        return []
    wanted = model_card(planned.model)
    named = (
        card
        for book in BOOKS
        for card in stand_ins(wanted, book=book, policy=policy, tier=tier, providers=providers)
    )
    distinct = {card.id: card for card in named if card.id != wanted.id}
    if wanted.medium in SOUND:
        return [*distinct.values(), model_card(OFFLINE_MODELS[wanted.medium])]
    return [card for card in distinct.values() if _can_make(card, planned, seconds)]


def named_after(model: str, book: Book) -> list[str]:
    """The models that a chain of this book names behind this one, whoever has keys for them."""
    for line in chain_lines():
        if line.book == book and model in line.models:
            return list(line.models[line.models.index(model) + 1 :])
    return []


def with_chain(
    planned: PlannedCall,
    chain: Sequence[ModelCard],
    *,
    seconds: float | None = None,
    longest: float | None = None,
) -> PlannedCall:
    """The planned call with those that may stand in for it, so that approving it approves them.

    `seconds` is how long the shot is, where it is a clip. Of a clip that may become longer each length is
    listed, as for the wanted model; `longest` is how long it may become at most.

    Raises:
        PriceUnknown: one of them has no price.
    """
    longer = [float(one.units) for one in planned.fallbacks if one.model == planned.model]
    lengths = [seconds, *longer, *_whole(seconds, longest)] if seconds is not None else [None]
    calls = [
        linked(planned, card, seconds=length)
        for card in chain
        for length in lengths
        if length in (None, seconds) or _covers(card, length)
    ]
    distinct = {(call.model, call.units): _as_fallback(call, planned) for call in calls}
    return planned.model_copy(update={"fallbacks": [*planned.fallbacks, *distinct.values()]})


def upscale_of_take(
    state: FilmState, scene: Scene, shot: Shot, take: Take, *, seconds: float | None
) -> PlannedCall | None:
    """What makes a take that is there as large as the film: by who has made it, and as long as it came.

    None where nothing does, or nothing needs to. Raises as `linked`.
    """
    if take.provider in ("", OFFLINE) or not state.look.upscaler or _is_large(take.media, state):
        return None
    made, length = planned_take(state, scene, shot, tier="final", seconds=seconds), seconds or shot.duration_s
    if take.model != made.model:
        made = linked(made, model_card(take.model), seconds=length)
    return planned_upscale(state, made, planned_extensions(made, length)[: take.extended])


def _is_large(media: MediaRef | None, state: FilmState) -> bool:
    """Whether a clip has the film's lines already, however it was ordered."""
    lines = min(media.width or 0, media.height or 0) if media is not None else 0
    return lines >= min(state.look.width, state.look.height)


def _as_fallback(call: PlannedCall, planned: PlannedCall) -> FallbackCall:
    names = set(FallbackCall.model_fields) - {"parameters"}
    own = None if call.parameters == planned.parameters else call.parameters
    return FallbackCall(**call.model_dump(include=names), parameters=own)


def with_stand_ins(
    state: FilmState, call: PlannedCall, *, context: RunContext, providers: Collection[str]
) -> PlannedCall:
    """The call with its chain, each at its own price; what makes a take longer is as it is.

    Raises:
        PriceUnknown: one of them has no price.
    """
    if call.stage in SOUND:
        return with_chain(
            call, chain_of(call, policy=context.substitution, tier=context.tier, providers=providers)
        )
    if call.stage not in ("storyboard", "take"):
        return call
    shot = next(one for scene in state.film.scenes for one in scene.shots if str(one.slate) == call.item)
    known = state.shot_seconds.get(call.item) if isinstance(state, ShootingState) else None
    seconds = None if call.stage == "storyboard" else known or shot.duration_s
    chain = chain_of(
        call, policy=context.substitution, tier=context.tier, providers=providers, seconds=seconds
    )
    longest = longest_seconds(shot, known) if seconds is not None else None
    return with_chain(call, chain, seconds=seconds, longest=longest)


def linked(planned: PlannedCall, card: ModelCard, *, seconds: float | None = None) -> PlannedCall:
    """The call on another model: what is sent stays, the length is what that model must make for it.

    Raises:
        PriceUnknown: it has no price.
    """
    units = planned.units if seconds is None else clip_seconds(card.id, seconds)
    return planned_call(
        stage=planned.stage, item=planned.item, model_id=card.id, units=units,
        parameters=told_to(card, planned.parameters), edition=planned.edition,
    )  # fmt: skip


def told_to(card: ModelCard, parameters: Parameters) -> Parameters:
    """These parameters as this model can be told them.

    With its nearest resolution that is as fine, and no sound where it makes none.
    """
    fitted = ("resolution", "generate_audio")
    told = {name: value for name, value in parameters.items() if name not in fitted}
    if "audio" in card.features and "generate_audio" in parameters:
        told["generate_audio"] = parameters["generate_audio"]
    if "resolution" in parameters and card.resolutions:
        told["resolution"] = _nearest_resolution(card, parameters["resolution"])
    return told if card.aspect_ratios else {k: v for k, v in told.items() if k != "aspect_ratio"}


def _nearest_resolution(card: ModelCard, wanted: object) -> str:
    if wanted in card.resolutions:
        return str(wanted)
    fine = [one for one in card.resolutions if lines_of(one) >= lines_of(wanted)]
    return fine[0] if fine else card.resolutions[-1]


def _can_make(card: ModelCard, planned: PlannedCall, seconds: float | None) -> bool:
    """Whether it takes what is planned, and its longest clip covers the shot."""
    told = told_to(card, planned.parameters)
    if seconds is not None:
        told["duration"] = clip_seconds(card.id, seconds)
    return not validate_parameters(card.id, told) and _covers(card, seconds)


def _covers(card: ModelCard, seconds: float | None) -> bool:
    return seconds is None or clip_seconds(card.id, seconds) >= seconds


def _whole(seconds: float, longest: float | None) -> list[float]:
    """Every length that a shot of so many seconds may become, in steps of a second."""
    if longest is None or longest <= seconds:
        return []
    return [*(float(one) for one in range(ceil(seconds), ceil(longest))), longest]


def _by_model(wanted: ModelCard, book: Book, known: Sequence[ModelCard]) -> list[ModelCard]:
    cards = {card.id: card for card in known}
    for line in chain_lines():
        if line.book == book and wanted.id in line.models:
            # Twins are the same model: whichever is wanted, all the others may make it.
            place = line.models.index(wanted.id)
            after = [*line.models[place + 1 :], *(line.models[:place] if book == "twins" else ())]
            return [cards[model] for model in after if model in cards]
    return []


def _by_family(
    wanted: ModelCard, book: Book, known: Sequence[ModelCard], providers: Collection[str]
) -> list[ModelCard]:
    name = family_of(wanted.id).name
    for line in chain_lines():
        if line.book == book and line.families[:1] == (name,):
            found = (_nearest(family, wanted, known, providers) for family in line.families[1:])
            return [card for card in found if card is not None]
    return []


def _nearest(
    family: str, wanted: ModelCard, known: Sequence[ModelCard], providers: Collection[str]
) -> ModelCard | None:
    """Of a family the model that can be asked here, is most like the wanted one, or is recommended."""
    mates = [card for card in known if family_of(card.id).name == family and card.medium == wanted.medium]
    return min(mates, key=lambda card: _distance(card, wanted, providers), default=None)


def _distance(
    card: ModelCard, wanted: ModelCard, providers: Collection[str]
) -> tuple[bool, bool, bool, bool]:
    return (
        card.provider not in providers, card.tier != wanted.tier, card.provider != wanted.provider,
        not card.recommended,
    )  # fmt: skip


def _fits(card: ModelCard, wanted: ModelCard, policy: Policy, tier: Tier) -> bool:
    same_kind: tuple[Medium, bool] = (wanted.medium, card.provider != OFFLINE)
    if (card.medium, True) != same_kind or (tier == "draft" and card.tier != "draft"):
        return False
    return policy != "same_tier" or card.tier == wanted.tier
