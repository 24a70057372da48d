"""Whoever goes away in the middle of an answer takes the connection along: a vendor that writes on bills."""

import asyncio
import gc
from collections.abc import Coroutine, Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from tests.integration.models.asking import HandClock, Noted, a_line, in_words, ring_for, vendor_of
from tests.standins.model_vendors import Gate, Said, Vendors
from tools.models.catalog import text_card
from tools.models.live import exchange
from tools.models.live.asked import Listener
from tools.models.live.clients import Clients

EACH = ["gpt-5", "gpt-5-pro", "gemini-2.5-flash", "deepseek-chat"]
WORDS = "A door, and a key. " * 9
TICKS = range(8)
"""How long after the first cancellation the second one comes; closing takes some four of them."""


@pytest.fixture(autouse=True)
def nobody_tidies_up() -> Iterator[None]:
    """What is not closed stays open: no collector comes along and hides it."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("name", EACH)
async def test_two_cancellations_at_once_leave_nothing_open(vendors: Vendors, clients: Clients, name: str):
    for ticks in TICKS:
        await _cancel_twice(vendors, clients, name, ticks)
    await _all_ended(vendors)


async def test_a_second_cancellation_would_leave_the_connection_open(
    vendors: Vendors, clients: Clients, monkeypatch: pytest.MonkeyPatch
):
    """The control: the package is read in the task that is cancelled."""

    async def as_it_comes(work: Coroutine[Any, Any, None]) -> None:
        await work

    monkeypatch.setattr(exchange, "cancelled_once", as_it_comes)
    for ticks in TICKS:
        await _cancel_twice(vendors, clients, "gemini-2.5-flash", ticks)
    assert await _open(vendors) > 0


class Deaf(Listener):
    """Cannot take what it is told."""

    def hear(self, piece: str) -> None:
        raise BrokenPipeError


@pytest.mark.parametrize("name", EACH)
async def test_an_answer_that_nobody_takes_is_not_written_on(vendors: Vendors, clients: Clients, name: str):
    await _not_taken(vendors, clients, name)
    await _all_ended(vendors)


async def test_googles_package_leaves_it_to_the_collector(
    vendors: Vendors, clients: Clients, monkeypatch: pytest.MonkeyPatch
):
    """The control: nobody closes what the package has opened."""
    monkeypatch.setattr(exchange, "Answers", nullcontext)
    await _not_taken(vendors, clients, "gemini-2.5-flash")
    assert await _open(vendors) == 1


async def _not_taken(vendors: Vendors, clients: Clients, name: str) -> None:
    card = text_card(name)
    vendor_of(vendors, card).brain = lambda asked: Said(text=WORDS, before_piece=Gate(3))
    with pytest.raises(BrokenPipeError):
        await a_line(card, clients, ring_for(vendors, card)).ask(in_words(), Noted(), Deaf())


async def _cancel_twice(vendors: Vendors, clients: Clients, name: str, ticks: int) -> None:
    card, gate, clock = text_card(name), Gate(1), HandClock()
    vendor_of(vendors, card).brain = lambda asked: Said(text=WORDS, before_piece=gate)
    line = a_line(card, clients, ring_for(vendors, card), clock)
    asking = asyncio.create_task(line.ask(in_words(), Noted(), Listener()))
    await gate.reached.heard()
    asking.cancel()
    for _ in range(ticks):
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)


async def _all_ended(vendors: Vendors) -> None:
    """No vendor writes an answer any more."""
    ended = vendors.books.when(lambda book: all(one.outcome != "open" for one in book.requests))
    async with asyncio.timeout(10):
        await ended.heard()


async def _open(vendors: Vendors) -> int:
    """How many answers the vendors write for nobody, long after it could have been closed."""
    for _ in range(100):
        await asyncio.sleep(0)
    return sum(request.outcome == "open" for request in vendors.books.requests)
