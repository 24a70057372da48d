"""Which engine may stand in for which: chains as data, looked up in the catalogue under a policy."""

import tomllib
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import structlog
from pydantic import BaseModel

from state.cost import FallbackCall, PlannedCall
from state.order import Medium
from state.tier import Tier
from tools.engines.catalog import ModelCard, catalog
from tools.engines.routing import OFFLINE
from tools.orders.planned import clip_seconds
from tools.orders.quote import planned_call
from tools.orders.services import family_of

log = structlog.get_logger(__name__)
CHAINS = Path(__file__).with_name("chains.toml")
Book = Literal["sisters", "director"]
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
            log.warning(
                "engine_left_out", model=card.id, provider=card.provider, why="it cannot be asked here"
            )
    return [card for card in allowed if card.provider in providers]


def with_chain(
    planned: PlannedCall, chain: Sequence[ModelCard], *, seconds: float | None = None
) -> PlannedCall:
    """The planned call with those that may stand in for it, so that approving it approves them.

    `seconds` is how long the shot is, where it is a clip. Of a clip that may become longer each length is
    listed, as for the wanted model.

    Raises:
        PriceUnknown: one of them has no price.
    """
    names = set(FallbackCall.model_fields)
    longer = [float(one.units) for one in planned.fallbacks if one.model == planned.model]
    lengths = [seconds, *longer] if seconds is not None else [None]
    calls = [linked(planned, card, seconds=length) for card in chain for length in lengths]
    distinct = {(call.model, call.units): FallbackCall(**call.model_dump(include=names)) for call in calls}
    return planned.model_copy(update={"fallbacks": [*planned.fallbacks, *distinct.values()]})


def linked(planned: PlannedCall, card: ModelCard, *, seconds: float | None = None) -> PlannedCall:
    """The call on another model: what is sent stays, the length is what that model must make for it.

    Raises:
        PriceUnknown: it has no price.
    """
    units = planned.units if seconds is None else clip_seconds(card.id, seconds)
    return planned_call(
        stage=planned.stage, item=planned.item, model_id=card.id, units=units,
        parameters=planned.parameters, edition=planned.edition,
    )  # fmt: skip


def _by_model(wanted: ModelCard, book: Book, known: Sequence[ModelCard]) -> list[ModelCard]:
    cards = {card.id: card for card in known}
    for line in chain_lines():
        if line.book == book and wanted.id in line.models:
            after = line.models[line.models.index(wanted.id) + 1 :]
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
