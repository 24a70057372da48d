"""What Google's models cannot make their sisters do, fault by fault, and each result says who has made it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from state.cost import PlannedCall
from state.errors import GreenlightError, OrderParked, ProviderError, ProviderRefused
from state.order import Medium
from tests.builders import an_order
from tests.integration.engines.google.ordering import FAST, NANO, OLD, PRO, TTS, VEO, asked
from tests.integration.orders.shop import working
from tests.integration.orders.test_google_orders import Till
from tests.integration.orders.test_google_orders import till as till
from tests.standins.media_vendors import faults
from tools.engines.catalog import model_card
from tools.orders.chain import Chain, Fitted, Made
from tools.orders.quote import planned_call
from tools.orders.standing_in import Policy, chain_of, linked

MADE_BY: dict[Medium, str] = {"video": VEO, "image": PRO, "voice": TTS}
SECONDS = 6
ENOUGH = 8
"""More than one engine is asked within its own limits."""


def planned(medium: Medium) -> PlannedCall:
    model = MADE_BY[medium]
    told = {"resolution": "720p"} if medium == "video" else {}
    stage, units = {"video": ("take", SECONDS), "image": ("storyboard", 1), "voice": ("voice", 13)}[medium]
    return planned_call(stage=stage, item="1A", model_id=model, units=units, parameters=told)


def chain(till: Till, medium: Medium, policy: Policy = "any") -> Chain:
    """The order with those behind it that have a key here: Google alone."""
    first, seconds = planned(medium), float(SECONDS) if medium == "video" else None
    cards = chain_of(first, policy=policy, tier="final", providers=("google",), seconds=seconds)
    calls = [first, *(linked(first, card, seconds=seconds) for card in cards if card.provider == "google")]
    order = an_order(till.production, stage=first.stage, item="1A", request=sent(medium, first))
    fitted = {call.model: Fitted(request=sent(medium, call)) for call in calls[1:]}
    return Chain(till.orders(), order, calls, policy=policy, fitted=fitted)


def sent(medium: Medium, call: PlannedCall) -> Any:
    length = {"duration_s": float(call.units)} if medium == "video" else {}
    told = {"duration": int(call.units)} if medium == "video" else {}
    return asked(medium, model=call.model, parameters={**call.parameters, **told}, **length)


async def make(till: Till, medium: Medium, policy: Policy = "any") -> Made:
    with working(till.lease):
        one = chain(till, medium, policy)
        return await one.collect((await one.submit()).ticket)


def vendor(model: str) -> str:
    return model_card(model).vendor


def trouble(till: Till, fault: faults.Fault, *models: str) -> None:
    """So often that nobody gets through."""
    for model in models:
        till.google.vendors.google.faults += [replace(fault, model=vendor(model))] * ENOUGH


def asked_in_turn(till: Till) -> list[str]:
    """The vendor's names, each once, in the order in which they were first asked."""
    paths = [kept.path for kept in till.google.vendors.books.posts("google")]
    return list(dict.fromkeys(path.rpartition("/")[2].partition(":")[0] for path in paths))


NOT_NOW = {
    "too many requests": faults.busy(None),
    "its quota is used up": faults.quota_exhausted(),
    "the key is not good for it": faults.denied(),
}


@pytest.mark.parametrize("fault", NOT_NOW.values(), ids=NOT_NOW)
@pytest.mark.parametrize(("down", "then"), [([VEO], FAST), ([VEO, FAST], OLD)], ids=["one", "two"])
async def test_veo_is_made_by_the_next_of_its_sisters(
    till: Till, fault: faults.Fault, down: Sequence[str], then: str
) -> None:
    """S5-031, S5-055: 3.1, then 3.1 Fast, then 2."""
    trouble(till, fault, *down)
    made = await make(till, "video")
    assert (made.engine_used, made.delivery.model, made.instead_of) == (then, then, VEO)
    assert [one.model for one in made.tried] == list(down)
    assert asked_in_turn(till) == [vendor(one) for one in (*down, then)]
    assert (await till.shop.row(made.delivery.call_key))["model"] == then
    assert len(till.google.vendors.books.jobs) == 1, "bought once"


@pytest.mark.parametrize("fault", NOT_NOW.values(), ids=NOT_NOW)
async def test_a_final_picture_is_drawn_by_the_usual_model(till: Till, fault: faults.Fault) -> None:
    """S5-031; the row names Imagen 4 Ultra and Imagen 4, which we do not have."""
    trouble(till, fault, PRO)
    made = await make(till, "image")
    assert (made.engine_used, made.delivery.model, made.instead_of) == (NANO, NANO, PRO)
    assert asked_in_turn(till) == [vendor(PRO), vendor(NANO)]


async def test_a_clip_that_died_at_veo_is_made_by_its_sister(till: Till) -> None:
    till.google.vendors.google.faults += [faults.job_failed()] * 3
    made = await make(till, "video")
    assert (made.engine_used, made.fallback_triggered) == (FAST, True)


@pytest.mark.parametrize(
    ("medium", "fault", "error"),
    [
        ("video", faults.refused(), ProviderRefused),
        ("video", faults.filtered(), ProviderRefused),
        ("image", faults.refused(), ProviderRefused),
        ("video", faults.closed_unanswered(), OrderParked),
        ("image", faults.closed_unanswered(), OrderParked),
    ],
    ids=["refused", "filtered", "a refused picture", "nobody knows", "nobody knows of the picture"],
)
async def test_what_is_refused_or_may_be_made_is_asked_of_nobody_else(
    till: Till, medium: Medium, fault: faults.Fault, error: type[GreenlightError]
) -> None:
    till.google.vendors.google.faults.append(fault)
    with pytest.raises(error):
        await make(till, medium)
    assert till.google.posted == 1


async def test_a_voice_has_no_sister_at_google(till: Till) -> None:
    """Others' voices stand in for it; see test_bought_sound."""
    trouble(till, faults.quota_exhausted(), TTS)
    with pytest.raises(ProviderError):
        await make(till, "voice")
    assert asked_in_turn(till) == [vendor(TTS)]


@pytest.mark.parametrize(("policy", "then"), [("never", None), ("same_tier", OLD), ("any", FAST)])
async def test_the_policy_says_how_far_down_the_line(till: Till, policy: Policy, then: str | None) -> None:
    trouble(till, faults.denied(), VEO)
    if then is None:
        with pytest.raises(ProviderError):
            await make(till, "video", policy)
        assert asked_in_turn(till) == [vendor(VEO)]
    else:
        assert (await make(till, "video", policy)).engine_used == then


def test_the_order_is_that_of_the_row() -> None:
    def then(medium: Medium) -> list[str]:
        first, seconds = planned(medium), float(SECONDS) if medium == "video" else None
        found = chain_of(first, policy="any", tier="final", providers=("google",), seconds=seconds)
        return [one.id for one in found if one.provider == "google"]

    assert (then("video"), then("image")) == ([FAST, OLD], [NANO])
