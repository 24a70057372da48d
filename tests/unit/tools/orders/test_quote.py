"""Prices of edition 2025-10, exact to the micro-dollar, and the quote's id."""

from decimal import Decimal
from typing import Any

import pytest

from state.cost import ZERO, Money, PlannedCall, Quote
from state.errors import PriceUnknown
from tools.engines.catalog import catalog
from tools.engines.routing import Route
from tools.ledger.pricing import editions, newest_edition, price_entry
from tools.orders.planned import on_route
from tools.orders.quote import paid_digest, planned_call, price_of, quote, rate_of


def a_call(**changes: Any) -> PlannedCall:
    fields: dict[str, Any] = {
        "stage": "take", "item": "1A", "model_id": "veo-3.1", "units": 8,
        "parameters": {"resolution": "1080p", "aspect_ratio": "16:9"},
    }  # fmt: skip
    return planned_call(**{**fields, **changes})


@pytest.mark.parametrize(
    ("model", "resolution", "usd"),
    [
        ("wan-2.5-t2v", "480p", "0.05"), ("wan-2.5-t2v", "720p", "0.10"), ("wan-2.5-t2v", "1080p", "0.15"),
        ("wan-2.5-t2v-fast", "480p", "0.05"), ("wan-2.5-t2v-fast", "1080p", "0.15"),
        ("veo-3.1", "720p", "0.08"), ("veo-3.1", "1080p", "0.12"),
        ("veo-3.1-fast", "720p", "0.06"), ("veo-3.1-fast", "1080p", "0.09"),
        ("veo-3.1", "", "0.12"), ("veo-3.1", "8k", "0.12"),
    ],
)  # fmt: skip
def test_where_a_job_falls_in_the_range(model: str, resolution: str, usd: str) -> None:
    rate = rate_of("replicate", model, resolution=resolution, edition="2025-10")
    assert (rate.price_usd, rate.unit, rate.edition) == (Decimal(usd), "second", "2025-10")


def test_ten_episodes_of_eight_seconds() -> None:
    """S1-41."""
    assert quote([a_call(item=f"{number}A") for number in range(1, 11)]).total == Money.usd("9.60")


def test_fractions_of_a_second_are_exact() -> None:
    assert price_of("replicate", "veo-3.1", 0.1, resolution="1080p") == Money(micros=12_000)
    assert price_of("replicate", "wan-2.5-t2v", Decimal("4.2"), resolution="720p") == Money(micros=420_000)


def test_previz_is_free_and_says_what_it_stands_in_for() -> None:
    drawn = planned_call(stage="take", item="1A", model_id="previz-animatic", units=8)
    made = quote([drawn], targets=[a_call()])
    assert (made.total, made.would_have_cost) == (ZERO, Money.usd("0.96"))


def test_every_model_of_the_catalogue_has_a_price() -> None:
    for card in catalog():
        assert price_of(card.provider, card.id, 1).micros >= 0


def test_every_price_says_where_it_is_from() -> None:
    for edition in editions():
        for entry in edition.price:
            assert entry.source
            assert entry.low <= entry.high
    assert not price_entry("replicate", "nano-banana").verified


def test_an_unknown_price_is_an_error() -> None:
    with pytest.raises(PriceUnknown, match="no price for replicate/gen-9") as unknown:
        price_of("replicate", "gen-9", 1)
    assert unknown.value.engine is True
    with pytest.raises(PriceUnknown, match="there are 2025-10"):
        price_of("replicate", "veo-3.1", 1, edition="1999-01")


@pytest.mark.parametrize(
    "changes",
    [
        {"units": 6}, {"model_id": "veo-3.1-fast"}, {"item": "1B"}, {"stage": "redo"},
        {"parameters": {"resolution": "720p", "aspect_ratio": "16:9"}},
        {"parameters": {"resolution": "1080p", "aspect_ratio": "9:16"}},
        {"parameters": {"resolution": "1080p", "aspect_ratio": "16:9", "generate_audio": True}},
    ],
)  # fmt: skip
def test_any_paid_parameter_changes_the_id(changes: dict[str, Any]) -> None:
    assert quote([a_call(**changes)]).quote_id != quote([a_call()]).quote_id


def test_the_order_of_calls_and_the_way_a_number_is_written_do_not() -> None:
    calls = [a_call(item="1A"), a_call(item="1B", units=Decimal("8.0"))]
    assert quote(calls).quote_id == quote([a_call(item="1B"), a_call(item="1A")]).quote_id


def test_the_id_survives_a_checkpoint() -> None:
    made = quote([a_call()])
    again = Quote.model_validate_json(made.model_dump_json())
    assert quote(again.calls).quote_id == made.quote_id


def test_a_call_names_the_edition_of_its_price_and_is_paid_as_the_same() -> None:
    """Otherwise what was approved before calls named one would be asked about again."""
    then, now = a_call(edition="2025-10"), a_call()
    assert (then.edition, now.edition) == ("2025-10", newest_edition())
    unnamed = now.model_copy(update={"edition": ""})
    assert paid_digest(then) == paid_digest(now) == paid_digest(unnamed)
    ids = {quote([one], edition="2025-10").quote_id for one in (then, now, unnamed)}
    assert len(ids) == 1
    assert quote([now]).quote_id not in ids


def test_a_stand_in_is_priced_in_the_edition_of_what_it_stands_in_for() -> None:
    instead = on_route(a_call(edition="2025-10"), Route(provider="replicate", model="veo-3.1-fast"))
    assert (instead.model, instead.edition) == ("veo-3.1-fast", "2025-10")
