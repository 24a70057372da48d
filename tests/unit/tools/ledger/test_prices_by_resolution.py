"""A price for each resolution where the vendor's own follow no rule, and the rule where none is named."""

from decimal import Decimal

import pytest

from tests.standins.media_vendors.models import sold_by
from tools.engines.catalog import model_card, models_for
from tools.orders.quote import rate_of

CLIPS = [card.id for card in models_for("video") if card.provider == "google"]


@pytest.mark.parametrize("model", CLIPS)
def test_a_second_of_veo_costs_what_google_bills(model: str) -> None:
    card = model_card(model)
    sold = sold_by("google")[card.vendor]
    ours = {one: rate_of("google", model, resolution=one).price_usd for one in card.resolutions}
    assert ours == {one: sold.price(one) for one in card.resolutions}


@pytest.mark.parametrize(
    ("model", "resolution", "price"),
    [
        ("google-veo-3.1-fast", "1080p", "0.12"),
        ("google-veo-3.1-fast", "", "0.30"),
        ("google-nano-banana", "", "0.039"),
        ("google-nano-banana-pro", "2K", "0.134"),
        ("google-nano-banana-pro", "4K", "0.24"),
        ("google-nano-banana-pro", "", "0.24"),
        ("wan-2.5-t2v", "720p", "0.10"),
    ],
)
def test_a_price_that_is_named_goes_before_the_middle_of_the_range(
    model: str, resolution: str, price: str
) -> None:
    """And what is not told costs the most that it can."""
    assert rate_of(model_card(model).provider, model, resolution=resolution).price_usd == Decimal(price)


def test_speech_is_never_quoted_below_its_bill() -> None:
    """Ten characters a second is slow; a second is 25 tokens of sound."""
    sold, rate = sold_by("google")["gemini-2.5-flash-preview-tts"], rate_of("google", "gemini-tts")
    a_second = 25 * sold.price("output") / 1_000_000
    a_character = a_second / 10 + sold.price("input") / 4 / 1_000_000
    assert (rate.unit, rate.price_usd >= a_character) == ("character", True)
