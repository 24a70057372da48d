"""Which models nobody has verified: their facts by a live call, or their price by a bill."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

from state.errors import PriceUnknown
from tools.db.doctor import Check, Status
from tools.engines.catalog import ModelCard, catalog
from tools.engines.routing import OFFLINE
from tools.ledger.pricing import price_entry, text_entry
from tools.models.catalog import TextModelCard, text_models

Doubt = Literal["facts", "price"]
Doubts = tuple[Doubt, ...]
Tried = Mapping[tuple[str, str], datetime]
"""When a model, by its provider and id, was last answered as its card says, in this place."""


def doubts(card: ModelCard) -> Doubts:
    """What of a model of pictures, clips or sound nobody has verified."""
    facts: Doubts = () if card.verified else ("facts",)
    return (*facts, *_of_the_price(price_known(card.provider, card.id)))


def text_doubts(card: TextModelCard) -> Doubts:
    """The same of a language model: of these the price book alone says whether somebody looked."""
    try:
        return _of_the_price(text_entry(card.provider, card.id).verified)
    except PriceUnknown:
        return ("price",)


def price_known(provider: str, model: str) -> bool:
    """Whether somebody compared the price with a bill or with the provider's own page."""
    try:
        return price_entry(provider, model).verified
    except PriceUnknown:
        return False


def sold() -> Iterator[tuple[str, str, Doubts]]:
    """Every model that is sold for a key: its provider, its id, what is in doubt."""
    for card in catalog():
        if card.provider != OFFLINE:
            yield card.provider, card.id, doubts(card)
    for text in text_models():
        yield text.provider, text.id, text_doubts(text)


def check_models(keys: frozenset[str], tried: Tried | None) -> Check:
    """The line of `greenlight doctor`: how many are unverified, and which.

    `keys` are the providers that there is a key for; `tried` is None where nobody could look. It warns of a
    provider with a key of which nothing was tried here.
    """
    known = list(sold())
    message = f"{len(known)} are sold for a key; {_told(known)}"
    if tried:
        dates = (f"{model} at {provider} {at:%Y-%m-%d}" for (provider, model), at in sorted(tried.items()))
        message += f"; tried here: {', '.join(dates)}"
    sellers = {provider for provider, _, of in known if of}
    untried = sorted(keys & sellers - {provider for provider, _ in tried or ()})
    if tried is None or not untried:
        return _check("ok", message)
    remedy = f"Try the cheapest of each kind: `greenlight doctor --provider {untried[0]} --spend 0.10`."
    return _check("warning", message, remedy)


def _told(known: list[tuple[str, str, Doubts]]) -> str:
    """`unverified: the facts and the price of 3 (fal: a, b; google: c)`."""
    alike: defaultdict[Doubts, list[tuple[str, str]]] = defaultdict(list)
    for provider, model, of in known:
        alike[of].append((provider, model))
    groups = [
        f"the {' and the '.join(of)} of {len(models)} ({_by_provider(models)})"
        for of, models in alike.items()
        if of
    ]
    return f"unverified: {'; '.join(groups)}" if groups else "all are verified"


def _by_provider(models: list[tuple[str, str]]) -> str:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for provider, model in models:
        named[provider].append(model)
    return "; ".join(f"{provider}: {', '.join(ids)}" for provider, ids in named.items())


def _of_the_price(known: bool) -> Doubts:
    return () if known else ("price",)


def _check(status: Status, message: str, remedy: str = "") -> Check:
    return Check(name="models", status=status, message=message, remedy=remedy)
