"""The models of a video by tier, with their reference prices: data, so that another model is another word."""

import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, model_validator

from state.cost import Money
from tools.engines.catalog import model_card
from tools.ledger.pricing import price_entry
from tools.orders.quote import price_of

CARD = Path(__file__).with_name("rate_card.toml")
EDITION, WHO = "2025-10", "reference"
"""The price book's edition, and the provider in it, that the mission's sums are made with."""
RateMedium = Literal["video", "image", "audio"]
RateTier = Literal["cheap", "standard", "premium", "fast", "quality", "music", "sfx"]


class Rate(BaseModel, frozen=True, extra="forbid"):
    """One tier of one medium."""

    medium: RateMedium
    tier: RateTier
    named: str
    line: str
    piece_s: int = Field(default=0, ge=0)
    model: str = ""

    @model_validator(mode="after")
    def _known(self) -> "Rate":
        """Its price is in the book, and its model in the catalogue."""
        price_entry(WHO, self.line, edition=EDITION)
        if self.model:
            model_card(self.model)
        return self

    @property
    def unit(self) -> str:
        """What the price is for: `second`, `image`, `call`."""
        return price_entry(WHO, self.line, edition=EDITION).unit

    def price(self, units: Decimal | int = 1) -> Money:
        """What so many units are reckoned with."""
        return price_of(WHO, self.line, units, edition=EDITION)


def read_rates(file: Path = CARD) -> tuple[Rate, ...]:
    """A rate card, checked against the price book and the catalogue.

    Raises:
        PriceUnknown: it names a line that is not in the book.
        ProviderMisconfigured: it names a model that the catalogue has not.
    """
    return tuple(Rate.model_validate(one) for one in tomllib.loads(file.read_text("utf-8"))["rate"])


@lru_cache(maxsize=1)
def rates() -> tuple[Rate, ...]:
    """The rate card of this house, read once."""
    return read_rates()


def rate(medium: RateMedium, tier: RateTier) -> Rate:
    """The rate of one tier."""
    return next(one for one in rates() if (one.medium, one.tier) == (medium, tier))
