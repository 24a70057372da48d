"""What a trial would buy: the cheapest model of each kind that a provider sells, up to the ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Literal, get_args

from pydantic import BaseModel

from server.trials.asked import KINDS, MEDIA, STAGE, Kind, call_of, can_be_asked, in_words, words
from server.trials.verified import Doubts, doubts, text_doubts
from state.cost import ZERO, Money, PlannedCall, Quote
from state.errors import BriefIncomplete, PriceUnknown, RecordNotFound
from tools.engines.catalog import models_for
from tools.ledger.pricing import newest_edition, text_price
from tools.models.catalog import TextModelCard, text_models
from tools.orders.quote import quote

Provider = Literal["replicate", "fal", "google", "openai", "deepseek"]
PROVIDERS: tuple[Provider, ...] = get_args(Provider)
MOST_USD = Decimal(1000)
"""A trial of the dearest models costs a few dollars: more is a slip of the finger."""


class Line(BaseModel, frozen=True):
    """One call that a trial makes or leaves out."""

    kind: Kind
    title: str
    """The model's name for people."""
    asked: str
    """What is asked for, in words."""
    call: PlannedCall
    unverified: Doubts

    @property
    def price(self) -> Money:
        """What it costs; of text the most that it can."""
        return self.call.price


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is shown before anything is sent."""

    provider: Provider
    spend: Money
    """The ceiling."""
    lines: tuple[Line, ...]
    """What is bought, the cheapest first."""
    left_out: tuple[Line, ...]
    """What does not fit under the ceiling any more."""
    not_sold: tuple[Kind, ...]
    """Kinds that were asked for, and that this provider does not sell for words alone."""
    quote: Quote

    @property
    def total(self) -> Money:
        """What the bought lines cost at most."""
        return self.quote.total

    def approval_of(self, user_id: str) -> str:
        """What this user names to approve it: nobody else's, of no other ceiling, and of these prices."""
        told = "\n".join((user_id, self.provider, str(self.spend.micros), self.quote.quote_id))
        return sha256(told.encode()).hexdigest()[:24]


def plan_of(provider: Provider, spend: Money, kinds: Sequence[Kind] = KINDS) -> Plan:
    """The trial of a provider under a ceiling; nobody is asked and nothing is written down."""
    found = [line for kind in KINDS if kind in kinds and (line := cheapest(provider, kind)) is not None]
    bought, left_out, total = list[Line](), list[Line](), ZERO
    for line in sorted(found, key=lambda one: one.price.micros):
        if fits(total + line.price, spend):
            bought.append(line)
            total += line.price
        else:
            left_out.append(line)
    sold = {line.kind for line in found}
    return Plan(
        provider=provider, spend=spend, lines=tuple(bought), left_out=tuple(left_out),
        not_sold=tuple(kind for kind in KINDS if kind in kinds and kind not in sold),
        quote=quote([line.call for line in bought]),
    )  # fmt: skip


def fits(total: Money, spend: Money) -> bool:
    """Whether so much may be spent."""
    return total <= spend


def cheapest(provider: Provider, kind: Kind) -> Line | None:
    """The smallest call of the model that costs least for it; None where the provider sells none."""
    return min(lines_of(provider, kind), key=lambda line: line.price.micros, default=None)


def lines_of(provider: Provider, kind: Kind) -> list[Line]:
    """The smallest call of each model of a kind that a provider sells for words alone."""
    return _texts(provider) if kind == "text" else _made(provider, kind)


def text_sold(provider: str) -> bool:
    """Whether a provider has language models."""
    return any(card.provider == provider for card in text_models())


def read_provider(name: str) -> Provider:
    """The provider of this name.

    Raises:
        RecordNotFound: there is none that could be tried.
    """
    for provider in PROVIDERS:
        if provider == name:
            return provider
    raise RecordNotFound(
        f"There is no provider {name!r} to try.", user_action=f"Use one of {', '.join(PROVIDERS)}."
    )


def read_kinds(text: str) -> tuple[Kind, ...]:
    """`picture,voice` as kinds; nothing is all of them.

    Raises:
        BriefIncomplete: one of the words is none.
    """
    named = [word.strip() for word in text.split(",") if word.strip()]
    if unknown := [word for word in named if word not in KINDS]:
        raise BriefIncomplete(
            f"--only: {unknown[0]!r} is nothing to try", user_action=f"Use some of {', '.join(KINDS)}."
        )
    return tuple(kind for kind in KINDS if kind in named) or KINDS


def read_spend(text: str) -> Money:
    """`0.10` as an amount of dollars.

    Raises:
        BriefIncomplete: it is no amount, or more than a trial can need.
    """
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and 0 <= amount <= MOST_USD and amount == round(amount, 6)):
        raise BriefIncomplete(
            f"--spend: {text!r} is no amount of dollars from 0 to {MOST_USD}",
            user_action="Say what the trial may cost at most, such as 0.10; 0 only shows what it would buy.",
        )
    return Money.usd(amount)


def _made(provider: Provider, kind: Kind) -> list[Line]:
    lines = list[Line]()
    for card in models_for(MEDIA[kind]):
        if card.provider == provider and can_be_asked(card):
            try:
                call = call_of(kind, card)
            except PriceUnknown:  # what has no price is not bought
                continue
            lines.append(
                Line(kind=kind, title=card.title, asked=in_words(call), call=call, unverified=doubts(card))
            )
    return lines


def _texts(provider: Provider) -> list[Line]:
    lines = list[Line]()
    for card in text_models():
        if card.provider == provider:
            try:
                call = _question(card)
            except PriceUnknown:
                continue
            lines.append(
                Line(
                    kind="text", title=card.title, asked=in_words(call), call=call,
                    unverified=text_doubts(card),
                )
            )  # fmt: skip
    return lines


def _question(card: TextModelCard) -> PlannedCall:
    """At the most that it can take: that much is reserved for it."""
    asked = words()["text"]
    written = min(asked["tokens"] + card.thinking_tokens, card.output_tokens)
    price = text_price(
        card.provider, card.id, prompt_tokens=asked["prompt_tokens"], cached_tokens=0,
        completion_tokens=written,
    )  # fmt: skip
    return PlannedCall(
        stage=STAGE, item="text", provider=card.provider, model=card.id, unit="call", units=Decimal(1),
        price=price, parameters={"tokens": asked["tokens"]}, edition=newest_edition(),
    )  # fmt: skip
