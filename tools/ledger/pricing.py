"""The price book: what one unit of a model costs, by edition, with source and date."""

import re
import tomllib
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel

from state.cost import MICROS_PER_USD, Money
from state.errors import PriceUnknown
from state.order import Price

BOOK = Path(__file__).with_name("prices.toml")
MICRO = Decimal(1) / MICROS_PER_USD
SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


class PriceEntry(BaseModel, frozen=True, extra="forbid"):
    """One line of the price book: a price, or a range between two."""

    provider: str
    model: str
    unit: Literal["second", "image", "call", "character"]
    low: Decimal
    high: Decimal
    by_resolution: tuple[tuple[str, Decimal], ...] = ()
    """What a unit costs at each resolution, where that is no matter of low, middle and high."""
    source: str
    date: date
    verified: bool
    """Whether somebody compared it with a bill or with the provider's own page on that date."""


class TextEntry(BaseModel, frozen=True, extra="forbid"):
    """What a language model takes for a million tokens, in US dollars."""

    provider: str
    model: str
    input: Decimal
    cached_input: Decimal
    """For tokens of the prompt that the provider still had from an earlier call."""
    output: Decimal
    """For all tokens it wrote, those of its reasoning too."""
    source: str
    date: date
    verified: bool


Line = TypeVar("Line", PriceEntry, TextEntry)


class Edition(BaseModel, frozen=True, extra="forbid"):
    """All prices as they were known on one date."""

    name: str
    date: date
    carries: str = ""
    """The earlier edition whose lines hold on where this one has none of its own."""
    price: tuple[PriceEntry, ...] = ()
    text: tuple[TextEntry, ...] = ()


@lru_cache(maxsize=1)
def editions() -> tuple[Edition, ...]:
    """Every edition, the newest last, each with the lines that it carries over."""
    entries = tomllib.loads(BOOK.read_text("utf-8"))["edition"]
    books: dict[str, Edition] = {}
    for edition in sorted(map(Edition.model_validate, entries), key=lambda each: each.date):
        earlier = books.get(edition.carries)
        books[edition.name] = _carried(edition, earlier) if earlier else edition
    return tuple(books.values())


def newest_edition() -> str:
    """The edition that quotes are made with."""
    return editions()[-1].name


def price_entry(provider: str, model: str, *, edition: str = "") -> PriceEntry:
    """The line for one model.

    Raises:
        PriceUnknown: no such edition, or no price in it.
    """
    book = _book(edition)
    for name in (model, "*"):
        for entry in book.price:
            if (entry.provider, entry.model) == (provider, name):
                return entry
    error = _unknown(provider, model, book.name)
    error.engine = True
    raise error


def text_entry(provider: str, model: str, *, edition: str = "") -> TextEntry:
    """The line for one language model. A dated snapshot such as `gpt-5-2025-08-07` has its family's.

    Raises:
        PriceUnknown: no such edition, or no price in it.
    """
    book = _book(edition)
    for name in (model, SNAPSHOT.sub("", model), "*"):
        for entry in book.text:
            if (entry.provider, entry.model) == (provider, name):
                return entry
    raise _unknown(provider, model, book.name)


def text_price(
    provider: str,
    model: str,
    *,
    prompt_tokens: int,
    cached_tokens: int,
    completion_tokens: int,
    edition: str = "",
) -> Money:
    """What one call of a language model costs: exact, rounded half up to the micro-dollar once, at the end.

    `cached_tokens` are those among the `prompt_tokens` that were read from the provider's cache; more than
    all of them count as all. `completion_tokens` include those of the reasoning.

    Raises:
        PriceUnknown: no such edition, or no price in it.
        ValueError: a number of tokens is below zero.
    """
    if min(prompt_tokens, cached_tokens, completion_tokens) < 0:
        raise ValueError("a number of tokens cannot be below zero")
    entry = text_entry(provider, model, edition=edition)
    cached = min(cached_tokens, prompt_tokens)
    read = (prompt_tokens - cached) * entry.input + cached * entry.cached_input
    dollars_by_million = read + completion_tokens * entry.output
    return Money(micros=int(dollars_by_million.to_integral_value(ROUND_HALF_UP)))


def may_cost(provider: str, model: str) -> bool:
    """Whether the newest edition has a price above nothing for this model."""
    try:
        return price_entry(provider, model).high > 0
    except PriceUnknown:
        return False


def unit_price(entry: PriceEntry, *, offered: tuple[str, ...], resolution: str, edition: str) -> Price:
    """The entry as one price: where a resolution falls in the range (the rule is in `prices.toml`)."""
    named = dict(entry.by_resolution)
    amount = named.get(resolution, entry.high)
    if resolution in offered[:-1] and resolution not in named:
        middle = ((entry.low + entry.high) / 2).quantize(MICRO, ROUND_HALF_UP)
        amount = entry.low if resolution == offered[0] else middle
    return Price(
        provider=entry.provider, model=entry.model, unit=entry.unit, price_usd=amount, edition=edition
    )


def _carried(edition: Edition, earlier: Edition) -> Edition:
    return edition.model_copy(
        update={
            "price": (*edition.price, *_not_named(earlier.price, edition.price)),
            "text": (*edition.text, *_not_named(earlier.text, edition.text)),
        }
    )


def _not_named(lines: tuple[Line, ...], own: tuple[Line, ...]) -> list[Line]:
    named = {(line.provider, line.model) for line in own}
    return [line for line in lines if (line.provider, line.model) not in named]


def _book(edition: str) -> Edition:
    wanted = edition or newest_edition()
    for book in editions():
        if book.name == wanted:
            return book
    known = ", ".join(each.name for each in editions())
    raise PriceUnknown(f"no price edition {wanted!r}; there are {known}")


def _unknown(provider: str, model: str, edition: str) -> PriceUnknown:
    return PriceUnknown(
        f"no price for {provider}/{model} in edition {edition}",
        details={"provider": provider, "model": model, "edition": edition},
    )
