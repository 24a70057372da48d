"""How long an answer may take, how often it is asked for, and with which key. No time passes here."""

import asyncio
from typing import Any

import pytest

from state.errors import KeyNotTaken, ModelWithheld, ProviderError, ProviderMisconfigured, ProviderTimeout
from state.order import Usage
from tests.integration.models.asking import (
    HandClock,
    Noted,
    Ring,
    a_line,
    clients_at,
    in_words,
    ring_for,
    vendor_of,
)
from tests.standins.cassette_player import CHAT, Exchange, Player
from tests.standins.model_vendors import SENTENCE, Vendors, faults
from tests.standins.model_vendors.faults import Fault
from tests.standins.model_vendors.wire import JSON
from tools.models.catalog import text_card
from tools.models.live.asked import Listener
from tools.models.live.clients import Clients

BUSY = faults.busy(None)
EACH = ["gpt-5", "gpt-5-pro", "gemini-2.5-flash", "deepseek-chat", "own/gpt-4o"]


class Heard(Listener):
    """What is told, and where it begins again."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def hear(self, piece: str) -> None:
        self.told.append(piece)

    def anew(self) -> None:
        self.told.append("anew")


@pytest.mark.parametrize("name", EACH)
async def test_two_failures_are_got_over_with_exact_pauses(vendors: Vendors, clients: Clients, name: str):
    """S2-116: 503, 503, 200 are three calls."""
    card, clock, booking = text_card(name), HandClock(), Noted()
    vendor_of(vendors, card).faults += [faults.overloaded(), faults.overloaded()]

    reply = await a_line(card, clients, ring_for(vendors, card), clock, tries=3).ask(
        in_words(), booking, Listener()
    )

    assert (reply.text, len(vendors.books.requests), clock.pauses) == (SENTENCE, 3, [1.0, 2.0])
    assert [ended.outcome for ended in booking.ended] == ["ambiguous", "ambiguous", "done"]


async def test_a_request_that_is_wrong_is_sent_once(vendors: Vendors, clients: Clients):
    """S2-116: 400 is one call."""
    card, clock = text_card("gpt-5").model_copy(update={"sampling": "yes"}), HandClock()

    with pytest.raises(ProviderMisconfigured):
        await a_line(card, clients, ring_for(vendors, card), clock, tries=3).ask(
            in_words(temperature=0.5), Noted(), Listener()
        )

    assert (len(vendors.books.requests), clock.pauses) == (1, [])


@pytest.mark.parametrize(
    "fault", [faults.stream_hangs(after=1), faults.answer_hangs()], ids=["begun", "silent"]
)
@pytest.mark.parametrize("name", EACH)
async def test_an_answer_has_exactly_so_many_seconds(
    vendors: Vendors, clients: Clients, name: str, fault: Fault
):
    card, clock, booking = text_card(name), HandClock(30.0), Noted()
    vendor_of(vendors, card).faults.append(fault)
    hung_up = vendors.books.when(lambda book: "client hung up" in [one.outcome for one in book.requests])
    line = a_line(card, clients, ring_for(vendors, card), clock, timeout_s=30.0)
    asking = asyncio.create_task(line.ask(in_words(), booking, Listener()))
    await clock.watched.wait()
    await vendors.books.when(lambda book: bool(book.requests)).heard()

    clock.move(29.999)
    await asyncio.sleep(0)
    assert not asking.done()
    clock.move(0.001)
    with pytest.raises(ProviderTimeout, match="within 30 s") as late:
        await asking

    assert (late.value.kind, late.value.details["timeout_s"]) == ("ambiguous", 30.0)
    assert [(ended.outcome, ended.usage) for ended in booking.ended] == [("ambiguous", None)]
    await asyncio.wait_for(hung_up.heard(), 10)


@pytest.mark.parametrize("name", EACH)
async def test_what_the_vendor_asks_for_is_waited(vendors: Vendors, clients: Clients, name: str):
    card, clock = text_card(name), HandClock()
    vendor = vendor_of(vendors, card)
    vendor.faults.append(faults.busy(7))

    await a_line(card, clients, ring_for(vendors, card), clock, tries=2).ask(in_words(), Noted(), Listener())

    assert clock.pauses == ([7.0] if vendor.says_when or card.provider == "google" else [1.0])


async def test_a_time_of_day_is_waited_for():
    headers = {**JSON, "retry-after": "Thu, 01 Jan 2026 00:00:09 GMT"}
    player = Player([Exchange("POST", CHAT, "", "", 429, headers, b'{"error": {"message": "Later."}}')])
    clock = HandClock()
    await player.server.start()
    there = clients_at(player.url)
    with pytest.raises(ProviderError):
        await a_line(text_card("gpt-5"), there, clock=clock, tries=2).ask(in_words(), Noted(), Listener())
    await there.close()
    await player.server.stop()

    assert (clock.pauses, len(player.sent)) == ([9.0], 2)


async def test_a_wait_beyond_all_dates_is_a_year(vendors: Vendors, clients: Clients):
    vendors.openai.faults.append(Fault("status", 429, "busy", {"retry-after": "9" * 400}))

    with pytest.raises(ProviderError) as failed:
        await a_line(text_card("gpt-5"), clients, ring_for(vendors, text_card("gpt-5")), HandClock()).ask(
            in_words(), Noted(), Listener()
        )

    assert failed.value.details["retry_at"].startswith("2027-01-02")


async def test_milliseconds_count_before_seconds(vendors: Vendors, clients: Clients):
    clock, card = HandClock(), text_card("gpt-5")
    vendors.openai.faults.append(faults.busy(7, retry_after_ms=250))

    await a_line(card, clients, ring_for(vendors, card), clock, tries=2).ask(in_words(), Noted(), Listener())

    assert clock.pauses == [0.25]


@pytest.mark.parametrize("name", EACH)
async def test_an_answer_that_broke_off_begins_again(vendors: Vendors, clients: Clients, name: str):
    card, heard, booking = text_card(name), Heard(), Noted()
    vendor_of(vendors, card).faults.append(faults.cut(2))

    reply = await a_line(card, clients, ring_for(vendors, card), HandClock(), tries=2).ask(
        in_words(), booking, heard
    )

    again = heard.told.index("anew")
    assert SENTENCE.startswith("".join(heard.told[:again]))
    assert "".join(heard.told[again + 1 :]) == reply.text == SENTENCE
    assert [(ended.outcome, ended.usage is None) for ended in booking.ended] == [
        ("ambiguous", True), ("done", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "trouble", "rest_s"),
    [
        (faults.busy(7), "rate_limited", 7.0), (BUSY, "rate_limited", 0.12),
        (faults.key_refused(), "error", 60.0), (faults.no_balance(), "exhausted", 60.0),
    ],
    ids=["429", "429 in words", "401", "402"],
)  # fmt: skip
async def test_another_key_is_tried_and_the_first_one_noted(
    vendors: Vendors, clients: Clients, fault: Fault, trouble: Any, rest_s: float
):
    """S5-136, S5-137."""
    vendors.openai.keys.add("sk-second")
    ring, clock, booking = Ring([vendors.openai.key, "sk-second"], own=True), HandClock(), Noted()
    vendors.openai.faults.append(fault)

    reply = await a_line(text_card("gpt-5"), clients, ring, clock).ask(in_words(), booking, Listener())

    assert reply.text == SENTENCE
    assert [one.key for one in vendors.openai.requests] == [vendors.openai.key, "sk-second"]
    assert (ring.noted, clock.pauses) == ([(vendors.openai.key, trouble, rest_s)], [])
    assert [ended.usage == Usage() for ended in booking.ended] == [True, False]
    assert [begun.own_key for begun in booking.begun] == [True, True]


@pytest.mark.parametrize("name", ["gpt-5", "gemini-2.5-flash"])
async def test_a_model_that_is_not_for_a_key_leaves_it_in_use(vendors: Vendors, clients: Clients, name: str):
    """The next key of the user's may be for it; the first is passed over for this question alone."""
    card = text_card(name)
    vendor = vendor_of(vendors, card)
    vendor.keys.add("sk-second")
    ring = Ring([vendor.key, "sk-second"], own=True)
    vendor.faults.append(faults.denied())

    line = a_line(card, clients, ring)
    await line.ask(in_words(), Noted(), Listener())
    await line.ask(in_words(), Noted(), Listener())

    assert [one.key for one in vendor.requests] == [vendor.key, "sk-second", vendor.key]
    assert ring.noted == []


async def test_a_model_that_is_for_no_key_says_what_to_do(vendors: Vendors, clients: Clients):
    ring, booking = Ring([vendors.openai.key], own=True), Noted()
    vendors.openai.faults.append(faults.denied())

    with pytest.raises(ModelWithheld, match="must be verified") as told:
        await a_line(text_card("gpt-5"), clients, ring).ask(in_words(), booking, Listener())

    assert (told.value.kind, told.value.model, ring.noted) == ("auth", "gpt-5", [])
    assert "access to this model" in told.value.user_action


async def test_a_key_of_the_process_is_not_set_aside(vendors: Vendors, clients: Clients):
    ring, booking = Ring([vendors.openai.key, "sk-second"]), Noted()
    vendors.openai.faults.append(faults.key_refused())

    with pytest.raises(KeyNotTaken):
        await a_line(text_card("gpt-5"), clients, ring).ask(in_words(), booking, Listener())

    assert (ring.noted, len(vendors.openai.requests)) == ([], 1)
    assert [begun.own_key for begun in booking.begun] == [False]
