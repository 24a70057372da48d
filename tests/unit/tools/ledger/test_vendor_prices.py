"""A price in our book is what the vendor's own table comes to, to the micro-dollar, at every rounding."""

from itertools import product

import pytest

from state.errors import PriceUnknown
from tests.standins.model_vendors.models import Model, known_models
from tests.standins.model_vendors.plans import Usage
from tools.ledger.pricing import text_entry, text_price
from tools.models.catalog import text_models

VENDORS = ("openai", "google", "deepseek")
COUNTS = (0, 1, 2, 3, 4, 5, 7, 10, 19, 20, 49, 50, 99, 100, 101, 1_000, 199_999, 200_000)


def known() -> list[tuple[str, Model]]:
    """The models that both books know."""
    found = []
    for vendor in VENDORS:
        for model in known_models(vendor).values():
            try:
                text_entry(vendor, model.id)
            except PriceUnknown:
                continue
            found.append((vendor, model))
    return found


@pytest.mark.parametrize(("vendor", "model"), known(), ids=lambda one: getattr(one, "id", one))
def test_our_price_is_the_vendors(vendor: str, model: Model) -> None:
    for prompt, cached, written in product(COUNTS, COUNTS, COUNTS):
        if cached > prompt:
            continue
        ours = text_price(
            vendor, model.id, prompt_tokens=prompt, cached_tokens=cached, completion_tokens=written
        )
        assert ours.micros == model.micro_usd(Usage(prompt, cached, written, 0)), (prompt, cached, written)


def test_every_model_that_we_offer_is_compared() -> None:
    compared = {(vendor, model.id) for vendor, model in known()}
    assert {(card.provider, card.id) for card in text_models() if card.provider in VENDORS} <= compared


def test_halves_are_met() -> None:
    """Otherwise the comparison would not see which way they are rounded."""
    halves = {
        model.id
        for _, model in known()
        for read, cached, written in product(COUNTS[:10], COUNTS[:10], COUNTS[:10])
        if (read * model.input + cached * model.cached + written * model.output) % 1 * 2 == 1
    }
    assert len(halves) > 5
