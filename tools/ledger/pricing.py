"""The price book: what one unit of a model costs, by edition, with source and date."""

import tomllib
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from state.cost import MICROS_PER_USD
from state.errors import PriceUnknown
from state.order import Price

BOOK = Path(__file__).with_name("prices.toml")
MICRO = Decimal(1) / MICROS_PER_USD


class PriceEntry(BaseModel, frozen=True, extra="forbid"):
    """One line of the price book: a price, or a range between two."""

    provider: str
    model: str
    unit: Literal["second", "image", "call", "character"]
    low: Decimal
    high: Decimal
    source: str
    date: date
    verified: bool
    """Whether somebody compared it with a bill or with the provider's own page on that date."""


class Edition(BaseModel, frozen=True, extra="forbid"):
    """All prices as they were known on one date."""

    name: str
    date: date
    price: tuple[PriceEntry, ...]


@lru_cache(maxsize=1)
def editions() -> tuple[Edition, ...]:
    """Every edition, the newest last."""
    entries = tomllib.loads(BOOK.read_text("utf-8"))["edition"]
    return tuple(sorted(map(Edition.model_validate, entries), key=lambda edition: edition.date))


def newest_edition() -> str:
    """The edition that quotes are made with."""
    return editions()[-1].name


def price_entry(provider: str, model: str, *, edition: str = "") -> PriceEntry:
    """The line for one model.

    Raises:
        PriceUnknown: no such edition, or no price in it.
    """
    wanted = edition or newest_edition()
    book = next((each for each in editions() if each.name == wanted), None)
    if book is None:
        known = ", ".join(each.name for each in editions())
        raise PriceUnknown(f"no price edition {wanted!r}; there are {known}")
    for name in (model, "*"):
        for entry in book.price:
            if (entry.provider, entry.model) == (provider, name):
                return entry
    raise PriceUnknown(
        f"no price for {provider}/{model} in edition {wanted}",
        details={"provider": provider, "model": model, "edition": wanted},
    )


def may_cost(provider: str, model: str) -> bool:
    """Whether the newest edition has a price above nothing for this model."""
    try:
        return price_entry(provider, model).high > 0
    except PriceUnknown:
        return False


def unit_price(entry: PriceEntry, *, offered: tuple[str, ...], resolution: str, edition: str) -> Price:
    """The entry as one price: where a resolution falls in the range (the rule is in `prices.toml`)."""
    amount = entry.high
    if resolution in offered[:-1]:
        middle = ((entry.low + entry.high) / 2).quantize(MICRO, ROUND_HALF_UP)
        amount = entry.low if resolution == offered[0] else middle
    return Price(
        provider=entry.provider, model=entry.model, unit=entry.unit, price_usd=amount, edition=edition
    )
