"""What is of unknown price is one figure, whoever booked it: a caller, a successor, or the database."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from server.runs.roster import LOST_AFTER
from server.vitals.figures import SQL
from state.cost import Money
from state.errors import ProviderTimeout
from state.order import TextAnswer
from tests.builders import a_text_order
from tests.fakes import Crash
from tests.figures import Figures
from tests.integration.orders.shop import TEXT_MOST, TEXT_USAGE, Shop, Worker, Writer
from tests.integration.orders.shop import TEXT_PRICE as PRICE
from tests.integration.orders.shop import TEXT_RESERVE as RESERVE
from tools.db.pool import Database
from tools.ledger.settling import settle
from tools.models.base import Booking, TextCall, TextEnd
from tools.orders.asking import TextBooking
from tools.telemetry.tally import Tally, current_tally

LABELS = {"engine": "openai", "medium": "text"}


async def unknown(database: Database) -> int:
    """The figure, as `/metrics` reads it."""
    rows = await database.fetch_all(SQL["facts"], {"lost_after": LOST_AFTER})
    found = [row for row in rows if row["name"] == "money_unknown_micros"]
    assert [row["labels"] for row in found] in ([], [LABELS])
    return sum(int(row["value"]) for row in found)


class Held:
    """A call that is waited for until whoever asked goes away; `ends` first when it is told so."""

    def __init__(self, *, ends: bool = False) -> None:
        self.begun, self._ends = asyncio.Event(), ends

    async def __call__(self, booking: Booking) -> TextAnswer:
        await booking.begin(TextCall(provider="openai", model="gpt-5", most=TEXT_MOST))
        if self._ends:
            booking.end(TextEnd(outcome="done", usage=TEXT_USAGE))
        self.begun.set()
        await asyncio.Event().wait()
        raise AssertionError


async def cancelled(asked: Awaitable[TextAnswer], held: Held) -> None:
    task = asyncio.ensure_future(asked)
    await held.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def lost(shop: Shop, worker: Worker, production: str) -> None:
    with pytest.raises(ProviderTimeout):
        await worker.ask(a_text_order(production), Writer(ProviderTimeout(kind="ambiguous")))


async def left(shop: Shop, worker: Worker, production: str) -> None:
    held = Held()
    await cancelled(worker.ask(a_text_order(production), held), held)


async def left_talking(shop: Shop, worker: Worker, production: str) -> None:
    held = Held()
    await cancelled(worker.ask(a_text_order(production, stage="talk"), held, driven=False), held)


async def killed(shop: Shop, worker: Worker, production: str) -> None:
    """The successor raises the epoch, and a trigger books what was on its way."""
    with pytest.raises(Crash):
        await worker.ask(a_text_order(production), Writer(Crash()))
    assert await unknown(shop.database) == 0
    await shop.lease(production)


@pytest.mark.parametrize("way", [lost, left, left_talking, killed], ids=lambda way: way.__name__)
async def test_the_figure_is_what_the_books_say(
    shop: Shop, worker: Worker, production: str, way: Callable[[Shop, Worker, str], Awaitable[None]]
) -> None:
    seen = Figures()
    await way(shop, worker, production)
    costs = await worker.orders.costs(production)
    assert (costs.unknown, costs.reserved) == (RESERVE, Money())
    assert await unknown(shop.database) == RESERVE.micros
    assert seen("greenlight_money_micros_total", booked="unknown", **LABELS) == 0, "no process counts it"


@pytest.mark.parametrize("way", [left, left_talking, killed], ids=lambda way: way.__name__)
async def test_without_its_guard_it_would_stay_reserved(
    shop: Shop, worker: Worker, production: str, monkeypatch: pytest.MonkeyPatch,
    way: Callable[[Shop, Worker, str], Awaitable[None]],
) -> None:  # fmt: skip
    """The controls: no caller books what it leaves, and no trigger what the dead left."""
    monkeypatch.setattr(TextBooking, "leave", lambda self: asyncio.sleep(0))
    await shop.database.execute("alter table productions disable trigger productions_text")
    try:
        await way(shop, worker, production)
    finally:
        await shop.database.execute("alter table productions enable trigger productions_text")
    assert await unknown(shop.database) == 0
    assert (await worker.orders.costs(production)).reserved == RESERVE


async def test_it_falls_when_somebody_settles_and_what_was_billed_is_counted(
    shop: Shop, worker: Worker, production: str
) -> None:
    await lost(shop, worker, production)
    seen, line = Figures(), f"{a_text_order(production).call_key}#1"
    await settle(shop.database, line, PRICE, user_id="local")
    assert await unknown(shop.database) == 0
    assert seen("greenlight_money_micros_total", booked="billed", **LABELS) == PRICE.micros


async def test_what_a_caller_had_been_billed_when_it_left_is_counted(
    shop: Shop, worker: Worker, production: str
) -> None:
    seen, tally, held = Figures(), Tally(), Held(ends=True)
    token = current_tally.set(tally)
    await cancelled(worker.ask(a_text_order(production), held), held)
    current_tally.reset(token)
    assert (await worker.orders.costs(production)).billed == PRICE
    assert seen("greenlight_money_micros_total", booked="billed", **LABELS) == PRICE.micros
    assert tally.billed_micros == PRICE.micros
