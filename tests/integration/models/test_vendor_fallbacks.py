"""Who answers when a role's model cannot be had."""

from collections.abc import AsyncIterator

import pytest

from nodes.agents.wanted_models import wanted_models
from state.context import RunContext
from state.errors import ProviderBusy, ProviderError
from tests.integration.models.asking import City, HandClock, Noted, Nothing, Ring, Words, at_vendors
from tests.standins.model_vendors import Said, Vendors, always, faults
from tools.models.base import ModelAnswer
from tools.models.choose import TextModels, Wanted

PRO, FLASH = "gemini-2.5-pro", "gemini-2.5-flash"
LIVE = wanted_models(RunContext(text_model="live"))
"""As a run has them that says nothing of substitution."""


@pytest.fixture
def clock() -> HandClock:
    return HandClock(60.0)


@pytest.fixture
async def models(vendors: Vendors, clock: HandClock) -> AsyncIterator[TextModels]:
    vendors.think_with(always('{"city": "Lima", "country": "Peru"}'))
    made = TextModels(at_vendors(vendors), lambda user: Ring([vendors.google.key]), clock)
    yield made
    await made.close()


async def ask(
    models: TextModels, role: str, wanted: Wanted = LIVE, booking: Noted | None = None
) -> ModelAnswer:
    return await models.for_role("ugc", role, wanted, user_id="me").answer(
        Words(), output=City, input=Nothing(), temperature=0.7, max_tokens=100, booking=booking or Noted()
    )


def asked(vendors: Vendors) -> list[str]:
    """The models that were asked, in order."""
    return [one.path.rpartition("/")[2].partition(":")[0] for one in vendors.google.requests]


@pytest.mark.parametrize("role", ["script_writer", "prompt_writer", "dna_reader"])
async def test_flash_answers_for_pro_and_is_named(vendors: Vendors, models: TextModels, role: str):
    """S5-029, S5-031."""
    vendors.google.faults += [faults.overloaded(PRO)] * 3
    booking = Noted()

    answer = await ask(models, role, booking=booking)

    assert (answer.model, answer.instead_of) == (FLASH, PRO)
    assert asked(vendors) == [PRO, PRO, PRO, FLASH]
    assert [call.model for call in booking.begun] == [PRO, PRO, PRO, FLASH]


@pytest.mark.parametrize(("asked_s", "path"), [(59, [PRO, PRO]), (61, [PRO, FLASH]), (86400, [PRO, FLASH])])
async def test_who_wants_to_be_left_alone_for_long_is_stood_in_for_at_once(
    vendors: Vendors, models: TextModels, clock: HandClock, asked_s: float, path: list[str]
):
    vendors.google.faults.append(faults.busy(asked_s, model=PRO))

    answer = await ask(models, "script_writer")

    assert (asked(vendors), answer.model) == (path, path[-1])
    assert clock.pauses == ([59.0] if path[-1] == PRO else [])


async def test_without_a_stand_in_the_error_says_when(vendors: Vendors, models: TextModels):
    vendors.google.faults.append(faults.busy(86400, model=FLASH))

    with pytest.raises(ProviderBusy) as failed:
        await ask(models, "consistency_scorer")

    assert (failed.value.kind, asked(vendors)) == ("throttled", [FLASH])
    assert failed.value.details["retry_after_s"] == 86400
    assert failed.value.details["retry_at"] == "2026-01-02T00:00:00+00:00"
    assert "2026-01-02 at 00:00:00 UTC" in failed.value.user_action


@pytest.mark.parametrize(("role", "model"), [("script_writer", FLASH), ("prompt_writer", PRO)])
async def test_each_function_has_the_model_that_was_chosen_for_it(
    vendors: Vendors, models: TextModels, role: str, model: str
):
    """S5-029: per function, by the user."""
    chosen = wanted_models(RunContext(text_model="live", text_models={"script_writer": FLASH}))

    answer = await ask(models, role, chosen)

    assert (answer.model, answer.instead_of, asked(vendors)) == (model, "", [model])


async def test_pro_answers_when_it_can(vendors: Vendors, models: TextModels):
    answer = await ask(models, "script_writer")

    assert (answer.model, answer.instead_of, asked(vendors)) == (PRO, "", [PRO])


async def test_what_pro_refuses_flash_is_not_asked(vendors: Vendors, models: TextModels):
    vendors.think_with(always(Said(finish="blocked", reason="PROHIBITED_CONTENT")))

    with pytest.raises(ProviderError) as refused:
        await ask(models, "script_writer")

    assert (refused.value.kind, asked(vendors)) == ("refused", [PRO])


@pytest.mark.parametrize(
    ("role", "model", "wanted"),
    [
        ("consistency_scorer", FLASH, LIVE),
        ("script_writer", PRO, wanted_models(RunContext(text_model="live", substitution="never"))),
        ("script_writer", PRO, wanted_models(RunContext(text_model="live", substitution="ask"))),
    ],
    ids=["S5-031: scores have no other judge", "never", "ask"],
)
async def test_nobody_stands_in_where_nobody_may(
    vendors: Vendors, models: TextModels, role: str, model: str, wanted: Wanted
):
    vendors.google.faults += [faults.overloaded()] * 3

    with pytest.raises(ProviderError) as failed:
        await ask(models, role, wanted)

    assert (failed.value.kind, asked(vendors)) == ("ambiguous", [model] * 3)


async def test_when_the_last_one_fails_its_error_is_told(vendors: Vendors, models: TextModels):
    vendors.google.faults += [faults.overloaded(PRO)] * 3 + [faults.quota_exhausted(FLASH)]

    with pytest.raises(ProviderError) as failed:
        await ask(models, "script_writer")

    assert (failed.value.model, failed.value.kind) == (FLASH, "no_credit")
