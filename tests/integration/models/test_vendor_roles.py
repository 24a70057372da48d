"""The mission's patience, role by role, as a run gets its models: pauses, calls at the vendor, seconds."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from nodes.agents.agent import TextKey
from nodes.agents.intent_reader import IntentReader, read_intent
from nodes.agents.wanted_models import wanted_models
from state.context import RunContext
from state.errors import ProviderError, ProviderMisconfigured, ProviderTimeout
from state.intent import Intent, IntentInput
from tests.fake_models import Recorder
from tests.integration.models.asking import City, HandClock, Noted, Nothing, Ring, Words, at_vendors
from tests.standins.model_vendors import Vendors, always, faults
from tests.standins.model_vendors.faults import Fault
from tools.models.base import ChatModel, ModelAnswer
from tools.models.choose import TextModels

REFUSED = Fault("status", 400, "error")
LIVE = RunContext(text_model="live")
ADVERT = {f"S2-116 {role}": ("ad", role, "openai", 30.0, [1.0, 2.0])
          for role in ("director", "critic", "scene_writer", "cohesor")}  # fmt: skip
ROLES: dict[str, tuple[str, str, str, float, list[float]]] = {
    **ADVERT,
    "S3-52": ("director", "brand_analyst", "google", 60.0, [2.0, 4.0, 8.0]),
    "S3-53": ("director", "technical_writer", "deepseek", 30.0, [2.0, 4.0, 8.0]),
}


class Asking:
    """One role of one row, at its vendor's stand-in, on a clock that stands."""

    def __init__(self, vendors: Vendors, row: str) -> None:
        self.graph, self.role, provider, self.limit_s, self.pauses = ROLES[row]
        self.vendor: Any = getattr(vendors, provider)
        self.clock, self.booking, self.vendors = HandClock(self.limit_s), Noted(), vendors
        self.models = TextModels(at_vendors(vendors), lambda user: Ring([self.vendor.key]), self.clock)

    async def ask(self) -> ModelAnswer:
        return await answered(
            self.models.for_role(self.graph, self.role, wanted_models(LIVE), user_id="me"), self.booking
        )

    @property
    def calls(self) -> int:
        return len(self.vendors.books.requests)


async def answered(model: ChatModel, booking: Noted) -> ModelAnswer:
    return await model.answer(
        Words(), output=City, input=Nothing(), temperature=0.7, max_tokens=100, booking=booking
    )


@pytest.fixture
async def asking(vendors: Vendors, request: pytest.FixtureRequest) -> AsyncIterator[Asking]:
    vendors.think_with(always('{"city": "Lima", "country": "Peru"}'))
    made = Asking(vendors, request.param)
    yield made
    await made.models.close()


each_role = pytest.mark.parametrize("asking", ROLES, indirect=True)


@each_role
async def test_the_last_try_is_the_one_that_answers(asking: Asking):
    """503, 503, 200 are three calls; the director's roles have one try more."""
    asking.vendor.faults += [faults.overloaded()] * len(asking.pauses)

    assert (await asking.ask()).content == {"city": "Lima", "country": "Peru"}

    assert (asking.calls, asking.clock.pauses) == (len(asking.pauses) + 1, asking.pauses)


@each_role
async def test_there_is_no_try_after_the_last(asking: Asking):
    asking.vendor.faults += [faults.overloaded()] * (len(asking.pauses) + 1)

    with pytest.raises(ProviderError) as failed:
        await asking.ask()

    assert (failed.value.kind, asking.calls) == ("ambiguous", len(asking.pauses) + 1)
    assert asking.clock.pauses == asking.pauses


@each_role
async def test_what_is_wrong_with_the_request_is_told_at_once(asking: Asking):
    """400 is one call."""
    asking.vendor.faults.append(REFUSED)

    with pytest.raises(ProviderMisconfigured):
        await asking.ask()

    assert (asking.calls, asking.clock.pauses) == (1, [])


@each_role
async def test_a_hanging_answer_is_cut_off_at_its_second(asking: Asking):
    """Not before; what is cut off is asked for again, after the first pause."""
    asking.vendor.faults.append(faults.answer_hangs())
    running = asyncio.create_task(asking.ask())
    await asking.clock.watched.wait()
    await asking.vendors.books.when(lambda book: bool(book.requests)).heard()

    asking.clock.move(asking.limit_s - 0.001)
    await asyncio.sleep(0)
    assert (asking.calls, asking.clock.pauses, asking.booking.ended) == (1, [], [])
    asking.clock.move(0.001)

    assert (await running).content["city"] == "Lima"
    assert (asking.calls, asking.clock.pauses) == (2, asking.pauses[:1])
    assert [ended.outcome for ended in asking.booking.ended] == ["ambiguous", "done"]


@pytest.mark.parametrize("asking", ["S2-116 critic"], indirect=True)
async def test_who_only_hangs_is_a_timeout(asking: Asking):
    asking.vendor.faults += [faults.answer_hangs()] * 3
    running = asyncio.create_task(asking.ask())
    for calls in (1, 2, 3):
        await asking.clock.watched.wait()
        await asking.vendors.books.when(lambda book, many=calls: len(book.requests) == many).heard()
        asking.clock.watched.clear()
        asking.clock.move(30.0)

    with pytest.raises(ProviderTimeout, match="within 30 s"):
        await running

    assert (asking.calls, asking.clock.pauses) == (3, [1.0, 2.0])


@pytest.fixture
async def intent(vendors: Vendors) -> AsyncIterator[Callable[[HandClock], Awaitable[Intent]]]:
    """What the reader of a role `live` makes of a message, whatever the vendor does."""
    vendors.think_with(always('{"intent": "VIDEO_READY"}'))
    opened: list[TextModels] = []

    async def read(clock: HandClock) -> Intent:
        opened.append(TextModels(at_vendors(vendors), lambda user: Ring([vendors.google.key]), clock))
        model = opened[0].for_role("copilot", "intent_reader", wanted_models(LIVE), user_id="me")
        asked = IntentInput(message="Make a video about our mug")
        key = TextKey(production_id="p", stage="intent", item="message")
        return await read_intent(IntentReader(model, Recorder()), asked, key=key, clock=clock)

    yield read
    await opened[0].close()


@pytest.mark.parametrize(
    ("fault", "found"),
    [(None, Intent.VIDEO_READY), (faults.overloaded(), Intent.CHAT), (REFUSED, Intent.CHAT)],
    ids=["answered", "503", "400"],
)
async def test_an_intent_that_fails_is_a_chat_at_once(vendors: Vendors, intent, fault: Fault | None, found):
    """S5-031: nothing is tried again, nobody stands in."""
    vendors.google.faults += [fault] if fault else []
    clock = HandClock(5.0)

    assert await intent(clock) is found

    assert (len(vendors.books.requests), clock.pauses) == (1, [])


async def test_an_intent_that_hangs_is_a_chat_after_five_seconds(vendors: Vendors, intent):
    vendors.google.faults.append(faults.answer_hangs())
    clock = HandClock(5.0)
    running = asyncio.create_task(intent(clock))
    await vendors.books.when(lambda book: bool(book.requests)).heard()

    clock.move(4.999)
    await asyncio.sleep(0)
    assert not running.done()
    clock.move(0.001)

    assert await running is Intent.CHAT
    assert len(vendors.books.requests) == 1
