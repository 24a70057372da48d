"""Which engines may stand in for which, in which order, and what a quote says of them."""

from decimal import Decimal

import pytest

from state.cost import Money, PlannedCall
from state.order import Medium
from state.tier import ModelTier
from tools.engines.catalog import ModelCard, model_card
from tools.orders import standing_in
from tools.orders.quote import paid_digest, paid_digests, planned_call
from tools.orders.standing_in import (
    Book,
    Policy,
    chain_lines,
    chain_of,
    linked,
    stand_ins,
    told_to,
    with_chain,
)

ALL = ("fal", "google", "replicate")


def card(
    model: str, provider: str = "fal", *, tier: ModelTier = "final", medium: Medium = "video"
) -> ModelCard:
    return ModelCard(
        id=model, provider=provider, vendor=model, medium=medium, title=model, tier=tier, price_range="",
        expected_s=30,
    )  # fmt: skip


KLING, LUMA = card("kling-v2.1"), card("luma-ray-2")
VEO = card("google-veo-3.1", "google")
FAST, VEO_2 = card("google-veo-3.1-fast", "google", tier="draft"), card("google-veo-2", "google")
FLUX = card("flux-dev", medium="image")
HERE = (KLING, LUMA, VEO, FAST, VEO_2, FLUX, card("previz-animatic", "previz", tier="draft"))


def chain(
    wanted: ModelCard,
    book: Book,
    policy: Policy = "any",
    *,
    providers: tuple[str, ...] = ALL,
    draft: bool = False,
) -> list[str]:
    found = stand_ins(
        wanted, book=book, policy=policy, tier="draft" if draft else "final", providers=providers, cards=HERE
    )
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("wanted", "then"), [(KLING, [LUMA, VEO]), (LUMA, [VEO, KLING]), (VEO, [LUMA, KLING])]
)
def test_the_directors_chains(wanted: ModelCard, then: list[ModelCard]) -> None:
    """S3-48."""
    assert chain(wanted, "director") == [one.id for one in then]


@pytest.mark.parametrize(("wanted", "then"), [(VEO, [FAST, VEO_2]), (FAST, [VEO_2]), (VEO_2, [])])
def test_veo_has_its_sisters(wanted: ModelCard, then: list[ModelCard]) -> None:
    """S5-055."""
    assert chain(wanted, "sisters") == [one.id for one in then]


def test_the_policy_decides_who_of_them_may() -> None:
    assert chain(VEO, "sisters", "never") == []
    assert chain(VEO, "sisters", "same_tier") == ["google-veo-2"], "the fast one is of another tier"
    assert chain(VEO, "sisters", "ask") == ["google-veo-3.1-fast", "google-veo-2"], (
        "who may is for the person"
    )


def test_a_draft_has_nothing_of_the_final_tier_made() -> None:
    assert chain(VEO, "sisters", draft=True) == ["google-veo-3.1-fast"]


def test_who_cannot_be_asked_here_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """S3-81: with a warning."""
    told = list[str]()
    standing_in.tell_left_out.cache_clear()
    monkeypatch.setattr(standing_in.log, "warning", lambda event, **_: told.append(event), raising=False)
    assert chain(KLING, "director", providers=("fal",)) == ["luma-ray-2"]
    assert set(told) == {"engine_left_out"}


def test_of_a_family_the_model_that_can_be_asked_here_is_taken() -> None:
    elsewhere = card("veo-3.1", "replicate")
    found = stand_ins(
        KLING, book="director", policy="any", tier="final", providers=("fal", "replicate"),
        cards=(*HERE, elsewhere),
    )  # fmt: skip
    assert [one.id for one in found] == ["luma-ray-2", "veo-3.1"]


def test_every_chain_names_its_source() -> None:
    assert all(line.source and bool(line.models) != bool(line.families) for line in chain_lines())


def planned(seconds: int = 6) -> PlannedCall:
    return PlannedCall(
        stage="take", item="1A", provider="replicate", model="veo-3.1", unit="second", units=Decimal(seconds),
        price=Money.usd("0.72"), parameters={"resolution": "720p"}, edition="2025-10",
    )  # fmt: skip


def test_what_may_stand_in_is_in_the_quote_with_its_price() -> None:
    """Approving the call approves its chain; the ceiling is the dearest of it."""
    wan = model_card("wan-2.5-t2v")
    quoted = with_chain(planned(), [wan], seconds=5.4)
    assert [(one.model, one.units) for one in quoted.fallbacks] == [("wan-2.5-t2v", Decimal(10))], (
        "it makes 5 s or 10"
    )
    assert quoted.ceiling == max(quoted.price, quoted.fallbacks[0].price, key=lambda price: price.micros)
    assert paid_digest(linked(planned(), wan, seconds=5.4)) in paid_digests(quoted)
    assert paid_digest(linked(planned(), wan, seconds=4.4)) not in paid_digests(quoted), (
        "another length was not quoted"
    )


def filmed(model: str, seconds: int = 5, **parameters: str | int | bool) -> PlannedCall:
    return planned_call(stage="take", item="1A", model_id=model, units=seconds, parameters=parameters)


def behind(
    wanted: PlannedCall, policy: Policy = "any", *, seconds: float = 5.0, draft: bool = False
) -> list[str]:
    found = chain_of(
        wanted, policy=policy, tier="draft" if draft else "final", providers=ALL, seconds=seconds
    )
    return [one.id for one in found]


def test_the_same_model_elsewhere_comes_first_then_its_relatives_then_others() -> None:
    assert behind(filmed("google-veo-3.1")) == [
        "veo-3.1", "google-veo-3.1-fast", "google-veo-2", "luma-ray-2", "kling-2.1-pro",
    ]  # fmt: skip
    assert behind(filmed("veo-3.1"))[:2] == ["google-veo-3.1", "veo-3.1-fast"], "a twin is one both ways"
    assert behind(filmed("google-veo-3.1"), "same_tier") == [
        "veo-3.1", "google-veo-2", "luma-ray-2", "kling-2.1-pro",
    ]  # fmt: skip
    assert behind(filmed("google-veo-3.1"), "never") == []


@pytest.mark.parametrize("policy", ["ask", "same_tier", "any"])
def test_in_a_draft_nobody_of_the_final_tier_stands_in(policy: Policy) -> None:
    """S4-037."""
    found = behind(filmed("google-veo-3.1-fast", 6), policy, draft=True)
    assert found[0] == "veo-3.1-fast"
    assert {model_card(one).tier for one in found} == {"draft"}


def test_nobody_stands_in_whose_longest_clip_is_too_short() -> None:
    """It would be paid, and not taken."""
    assert behind(filmed("kling-2.5-turbo", 10), seconds=8.0) == ["luma-ray-2-flash", "veo-3.1-fast"]
    assert behind(filmed("kling-2.5-turbo", 10), seconds=8.5) == ["luma-ray-2-flash"]
    assert behind(filmed("kling-2.5-turbo", 10), seconds=10.0) == []


def test_what_costs_nothing_is_never_made_for_money_instead() -> None:
    free = PlannedCall(
        stage="take", item="1A", provider="previz", model="previz-animatic", unit="second",
        units=Decimal(5), price=Money(),
    )  # fmt: skip
    assert behind(free) == []


def test_a_stand_in_is_told_what_it_can_be_told_and_approved_as_that() -> None:
    luma, kling = model_card("luma-ray-2"), model_card("kling-2.1-pro")
    assert told_to(luma, {"resolution": "480p"}) == {"resolution": "540p"}, "as fine at least"
    assert told_to(luma, {"resolution": "4k"}) == {"resolution": "1080p"}, "the finest it has"
    assert told_to(kling, {"resolution": "720p", "generate_audio": True, "seed": 7}) == {"seed": 7}
    wanted = filmed("google-veo-3.1", 8, resolution="720p", generate_audio=True)
    quoted = with_chain(wanted, [luma, kling], seconds=7.0)
    for card in (luma, kling):
        assert paid_digest(linked(wanted, card, seconds=7.0)) in paid_digests(quoted)
    told = {one.model: one.parameters for one in quoted.fallbacks}
    assert told == {"luma-ray-2": {"resolution": "720p"}, "kling-2.1-pro": {}}


def test_each_length_that_a_shot_may_become_is_in_the_quote() -> None:
    """Kling makes 5 s either way; Veo makes 4, or 6 when the voice takes longer."""
    quoted = with_chain(filmed("kling-2.5-turbo"), [model_card("veo-3.1-fast")], seconds=3.5, longest=4.5)
    assert [int(one.units) for one in quoted.fallbacks] == [4, 6]


def test_a_quote_from_before_keeps_its_id() -> None:
    """The field that a fallback may have of its own is stored only where it says something."""
    quoted = with_chain(filmed("veo-3.1", 6), [model_card("google-veo-3.1")], seconds=6.0)
    assert "parameters" not in quoted.fallbacks[0].model_dump(mode="json")
