"""What a call of a language model costs, exact to the micro-dollar, and what editions carry over."""

from typing import get_args

import pytest

from state.cost import ZERO, Money
from state.errors import PriceUnknown
from tools.ledger.pricing import editions, newest_edition, price_entry, text_entry, text_price
from tools.models.catalog import TextProvider, text_card, text_models

MILLION = 1_000_000


def of(
    provider: str, model: str, prompt: int = 0, cached: int = 0, written: int = 0, edition: str = ""
) -> Money:
    return text_price(
        provider,
        model,
        prompt_tokens=prompt,
        cached_tokens=cached,
        completion_tokens=written,
        edition=edition,
    )


@pytest.mark.parametrize(
    ("provider", "model", "read", "cached", "written"),
    [
        ("openai", "gpt-5", "1.25", "0.125", "10"), ("openai", "gpt-5-mini", "0.25", "0.025", "2"),
        ("openai", "gpt-5-nano", "0.05", "0.005", "0.40"), ("openai", "gpt-5-pro", "15", "1.50", "120"),
        ("openai", "gpt-5.1", "1.25", "0.125", "10"), ("openai", "gpt-5.2", "1.75", "0.175", "14"),
        ("openai", "gpt-5.4", "2.50", "0.25", "15"), ("openai", "gpt-5.5", "5", "0.50", "30"),
        ("openai", "gpt-5.6", "4", "0.40", "20"), ("google", "gemini-2.5-pro", "1.25", "0.125", "10"),
        ("google", "gemini-2.5-flash", "0.30", "0.03", "2.50"),
        ("deepseek", "deepseek-chat", "0.28", "0.028", "0.42"),
        ("deepseek", "deepseek-reasoner", "0.28", "0.028", "0.42"),
    ],
)  # fmt: skip
def test_a_million_tokens_of_each_kind(
    provider: str, model: str, read: str, cached: str, written: str
) -> None:
    assert of(provider, model, MILLION) == Money.usd(read)
    assert of(provider, model, MILLION, MILLION) == Money.usd(cached)
    assert of(provider, model, written=MILLION) == Money.usd(written)
    entry = text_entry(provider, model)
    assert (entry.verified, newest_edition()) == (False, "2026-11")
    assert "litellm 1.109.1" in entry.source


def test_a_call_is_rounded_once_and_half_up() -> None:
    assert of("openai", "gpt-5", 1_000, 600, 100) == Money(micros=1_575)  # 500 + 75 + 1000
    assert of("openai", "gpt-5", 2) == Money(micros=3)  # 2.5
    assert of("openai", "gpt-5", 1) == Money(micros=1)  # 1.25
    assert of("openai", "gpt-5-nano", 5, 0, 1) == Money(micros=1)  # 0.25 + 0.40; each alone would be nothing
    assert of("openai", "gpt-5") == ZERO


def test_more_from_the_cache_than_was_asked_counts_as_all_of_it() -> None:
    assert of("openai", "gpt-5", 1_000, 5_000) == of("openai", "gpt-5", 1_000, 1_000)
    with pytest.raises(ValueError, match="below zero"):
        of("openai", "gpt-5", 10, -1)


def test_a_dated_snapshot_costs_what_its_family_does() -> None:
    assert of("openai", "gpt-5-2025-08-07", MILLION) == Money.usd("1.25")
    with pytest.raises(PriceUnknown, match=r"no price for openai/gpt-5-turbo in edition 2026-11"):
        of("openai", "gpt-5-turbo", 1)


def test_what_is_written_here_costs_nothing() -> None:
    assert of("offline", "writer", MILLION, 0, MILLION) == ZERO


def test_an_edition_carries_over_what_it_does_not_name() -> None:
    early, late = editions()
    assert (early.name, late.name, late.carries) == ("2025-10", "2026-11", "2025-10")
    assert set(early.price) <= set(late.price)
    assert price_entry("replicate", "veo-3.1") == price_entry("replicate", "veo-3.1", edition="2025-10")
    with pytest.raises(PriceUnknown, match="in edition 2025-10"):
        of("openai", "gpt-5", 1, edition="2025-10")


def test_the_missions_price_of_a_token() -> None:
    """S4-086."""
    assert of("reference", "planning", 500, edition="2025-10") == Money.usd("0.05")
    assert of("reference", "critic", 100, 0, 200, edition="2025-10") == Money.usd("0.03")


@pytest.mark.parametrize("provider", get_args(TextProvider))
def test_the_newest_edition_has_a_price_for_every_provider_of_text(provider: TextProvider) -> None:
    """Without one the first request of a production is refused: `price_unknown`."""
    cards = [card for card in text_models() if card.provider == provider] or [text_card("own/llama-3.3-70b")]
    assert {card.provider for card in cards} == {provider}
    for card in cards:
        assert text_entry(card.provider, card.id, edition=newest_edition())


def test_a_server_of_ones_own_costs_nothing_whatever_its_model() -> None:
    assert of("openai_compatible", "own/llama-3.3-70b", MILLION, 0, MILLION) == ZERO
    assert of("openai_compatible", "own/gpt-5", MILLION, 0, MILLION) == ZERO
