"""Premium models and their drafts, in whatever catalogue they stand."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from state.errors import PremiumInDraft, SettingInvalid
from state.tier import ModelTier, Tier, fits


class Tiered(Protocol):
    """What a model's card says of its tier."""

    @property
    def id(self) -> str:
        """The catalogue's id."""

    @property
    def provider(self) -> str:
        """Who sells it."""

    @property
    def tier(self) -> ModelTier:
        """Draft, final, or fit for both."""

    @property
    def draft(self) -> str:
        """Of a premium model: the cheap one that does its work in a draft; empty where there is none."""


Card = TypeVar("Card", bound=Tiered)


def with_drafts(cards: Iterable[Card], *alike: str) -> tuple[Card, ...]:
    """The cards, after a look at the drafts they name; `alike` are further fields that both must share.

    Raises:
        SettingInvalid: a draft that there is not, or that is none.
    """
    known = {card.id: card for card in cards}
    for card in known.values():
        if card.draft:
            _check(card, known.get(card.draft), ("provider", *alike))
    return tuple(known.values())


def model_in(tier: Tier, card: Tiered) -> str:
    """The id of the model that does this one's work in a production of this tier.

    Raises:
        PremiumInDraft: it has no draft.
    """
    if fits(card.tier, tier):
        return card.id
    if not card.draft:
        raise PremiumInDraft(
            f"{card.id} is a model of the final tier and has no draft.", details={"model": card.id}
        )
    return card.draft


def _check(card: Tiered, draft: Tiered | None, alike: tuple[str, ...]) -> None:
    wrong = ""
    if card.tier != "final":
        wrong = "only a model of the final tier has a draft"
    elif draft is None:
        wrong = "the catalogue has no such model"
    elif draft.tier != "draft":
        wrong = "it is of the final tier itself" if draft.tier == "final" else "it fits both tiers"
    else:
        others = [name for name in alike if getattr(card, name) != getattr(draft, name)]
        wrong = f"its {others[0]} is another one" if others else ""
    if wrong:
        raise SettingInvalid(f"The catalogue names {card.draft} as the draft of {card.id}: {wrong}.")
