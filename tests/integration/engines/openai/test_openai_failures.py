"""Each kind of failure of design-facts 4, as OpenAI brings it about; and one POST, whatever happens."""

import asyncio
from typing import Any

import pytest

from state.errors import (
    DeadlinePassed,
    KeyMissing,
    KeyNotTaken,
    ModelWithheld,
    ProviderBusy,
    ProviderError,
    ProviderRefused,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from tests.contracts.handed import Handed
from tests.fakes import FakeClock
from tests.integration.engines.openai.openai_house import House, a_line, a_panel
from tests.standins.media_vendors.faults import (
    answer_hangs,
    billing_limit,
    broken_json,
    busy,
    closed_unanswered,
    cut,
    denied,
    empty_body,
    gateway_page,
    overloaded,
    quota_exhausted,
    refused,
    server_error,
)
from tests.standins.model_vendors.faults import closed_unread, key_refused
from tools.clock import SystemClock
from tools.engines.openai.engine import OpenAIEngine
from tools.resilience.deadline import Deadline, current_deadline

ROWS = [
    (busy(7), "throttled", ProviderBusy),
    (quota_exhausted(), "no_credit", VendorCreditUsedUp),
    (billing_limit(), "no_credit", VendorCreditUsedUp),
    (key_refused(), "auth", KeyNotTaken),
    (denied(), "auth", ModelWithheld),
    (server_error(500), "ambiguous", ProviderTimeout),
    (server_error(502, billed=True), "ambiguous", ProviderTimeout),
    (server_error(504), "ambiguous", ProviderTimeout),
    (overloaded(), "ambiguous", ProviderTimeout),
    (gateway_page(), "ambiguous", ProviderTimeout),
    (closed_unanswered(), "ambiguous", ProviderTimeout),
    (closed_unread(), "ambiguous", ProviderTimeout),
    (empty_body(), "ambiguous", ProviderTimeout),
    (broken_json(), "ambiguous", ProviderTimeout),
    (cut(), "ambiguous", ProviderTimeout),
]


@pytest.mark.parametrize("request_", [a_panel(), a_line()], ids=["picture", "voice"])
@pytest.mark.parametrize(("fault", "kind", "error"), ROWS, ids=lambda one: getattr(one, "name", ""))
async def test_a_failure_is_told_by_its_kind_after_one_post(
    fault: Any, kind: str, error: type[ProviderError], request_: Any, house: House
) -> None:
    house.plan(fault)
    with pytest.raises(ProviderError) as met:
        await house.submit(request_)
    assert (type(met.value), met.value.kind, house.engine.classify(met.value)) == (error, kind, kind)
    assert (met.value.provider, len(house.vendors.openai.requests)) == ("openai", 1)
    assert house.vendors.openai.key[:12] not in f"{met.value} {met.value.details} {met.value.user_action}"


@pytest.mark.parametrize("code", ["moderation_blocked", "content_policy_violation"])
async def test_a_refusal_is_one_with_what_is_said_of_it(code: str, house: House) -> None:
    house.plan(refused(code))
    with pytest.raises(ProviderRefused, match="openai refused this: Your request was rejected") as no:
        await house.submit(a_panel())
    told = {"stage": "output", "categories": ["sexual"]} if code == "moderation_blocked" else {}
    assert (no.value.kind, no.value.details, house.posts) == ("refused", told, 1)


@pytest.mark.parametrize(
    ("fault", "wait_s"), [(busy(7), 7), (busy(None, retry_after_ms=1500), 1.5), (busy(None), 0.12)]
)
async def test_how_long_to_wait_is_by_the_header_or_else_by_the_words(
    fault: Any, wait_s: float, house: House
) -> None:
    house.plan(fault)
    with pytest.raises(ProviderBusy) as met:
        await house.submit(a_line())
    assert met.value.details == {"retry_after_s": wait_s}


async def test_an_organization_that_is_not_verified_is_told_what_to_do(house: House) -> None:
    house.plan(denied())
    with pytest.raises(ModelWithheld, match="to verified organizations only") as no:
        await house.submit(a_panel())
    assert "Verify the organization" in no.value.user_action


async def test_what_the_vendor_does_not_take_is_invalid_by_field(house: House) -> None:
    """Ours passes what we know; the vendor may have changed its mind since."""
    house.vendors.openai.media.offer("gpt-4o-mini-tts", "tts-1")
    with pytest.raises(ProviderError) as no:
        await house.submit(a_line(voice_id="marin"))
    assert (no.value.kind, no.value.details["fields"][0]["field"]) == ("invalid", "voice")


async def test_a_model_that_is_gone_is_invalid(house: House) -> None:
    house.vendors.openai.media.offer("gpt-image-2", "gpt-image-2", retired=True)
    with pytest.raises(ProviderError, match="has no model gpt-image-2") as no:
        await house.submit(a_panel(model="gpt-image-2"))
    assert (no.value.code, no.value.kind) == ("model_unknown", "invalid")


async def test_a_server_that_is_not_there_was_sent_nothing(house: House) -> None:
    await house.vendors.openai.server.stop()
    with pytest.raises(ProviderTimeout) as no:
        await house.submit(a_panel())
    assert no.value.kind == "not_sent"
    await house.vendors.openai.server.start()


@pytest.mark.parametrize("request_", [a_panel(), a_line()], ids=["picture", "voice"])
async def test_an_answer_that_is_late_is_of_unknown_fate(request_: Any, house: House) -> None:
    house.plan(answer_hangs())
    token = current_deadline.set(Deadline.after(0.3, clock=SystemClock()))
    try:
        with pytest.raises(ProviderTimeout) as late:
            await house.submit(request_)
    finally:
        current_deadline.reset(token)
    assert (late.value.kind, house.posts) == ("ambiguous", 1)


@pytest.mark.parametrize("count", [0, 2], ids=["generation", "edit"])
async def test_after_the_deadline_nothing_is_sent(count: int, house: House, pictures: Any) -> None:
    refs, files = pictures(count)
    clock = FakeClock()
    token = current_deadline.set(Deadline.after(1, clock=clock))
    clock.passed_s = 2
    try:
        with pytest.raises(DeadlinePassed):
            await house.submit(a_panel(references=refs), files)
    finally:
        current_deadline.reset(token)
    assert house.vendors.openai.requests == []


async def test_a_deadline_that_passes_while_the_line_is_opened_sends_no_form(
    house: House, pictures: Any
) -> None:
    """In time when the order is made, too late when its first byte would leave."""
    refs, files = pictures(1)
    token = current_deadline.set(_PassesOnTheLine.after(1, clock=FakeClock()))
    try:
        with pytest.raises(DeadlinePassed):
            await house.submit(a_panel(references=refs), files)
    finally:
        current_deadline.reset(token)
    assert house.vendors.openai.requests == []


class _PassesOnTheLine(Deadline):
    """The first look finds it in time, the second does not."""

    def check(self) -> None:
        assert isinstance(self.clock, FakeClock)
        super().check()
        self.clock.passed_s += 2


async def test_without_a_key_nothing_is_sent(house: House) -> None:
    engine = OpenAIEngine(f"{house.vendors.openai.url}/v1", spool=house.folder)
    with pytest.raises(KeyMissing):
        await engine.submit(a_panel(), call_key="p:stage:1:first")
    assert house.vendors.openai.requests == []
    await engine.aclose()


async def test_a_wrong_key_is_not_told_to_anybody(house: House) -> None:
    canary = "sk-canary-0123456789abcdefghij"
    engine = OpenAIEngine(f"{house.vendors.openai.url}/v1", spool=house.folder)
    with pytest.raises(KeyNotTaken) as no:
        await Handed(engine, canary).submit(a_panel(), call_key="p:stage:1:first")
    told = f"{no.value!r} {no.value} {no.value.details} {no.value.user_action} {engine!r} {vars(engine)}"
    assert canary[:10] not in told
    assert canary[-4:] not in told
    await engine.aclose()


async def test_who_is_cancelled_while_waiting_leaves_one_post(house: House) -> None:
    house.plan(answer_hangs())
    order = asyncio.ensure_future(house.submit(a_panel()))
    await house.vendors.books.when(lambda book: book.posted == 1).heard()
    order.cancel()
    with pytest.raises(asyncio.CancelledError):
        await order
    assert house.posts == 1
