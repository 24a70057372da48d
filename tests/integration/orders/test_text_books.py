"""Text is booked with whoever was asked, in all books: a production's, everybody's, and the figures."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.records import productions
from server.runs.roster import LOST_AFTER
from server.vitals.figures import SQL as FACTS
from server.vitals.usage import read_usage
from state.cost import Money
from state.errors import ProviderBusy
from state.order import TextAnswer, Usage
from tests.builders import a_text_order
from tests.figures import Figures
from tests.integration.orders.shop import (
    TEXT_MOST,
    TEXT_PRICE,
    TEXT_RESERVE,
    TEXT_USAGE,
    Shop,
    Worker,
    Writer,
)
from tools.ledger.costs import AMOUNTS, Wanted, read_costs
from tools.models.base import Booking, TextCall, TextEnd

EVER = {"since": datetime(1970, 1, 1, tzinfo=UTC), "until": datetime(9999, 1, 1, tzinfo=UTC)}
NEXT = "gemini-2.5-pro"
AS_EVE = """
insert into order_attempts (call_key, number, epoch, provider, user_id)
select call_key, 9, 1, 'openai', 'eve' from orders
"""
BILLED = [("google", TEXT_PRICE.micros), ("openai", 0)]


async def in_turn(booking: Booking) -> TextAnswer:
    """The first one is too busy, another answers."""
    await booking.begin(TextCall(provider="openai", model="gpt-5", most=TEXT_MOST))
    booking.end(TextEnd(outcome="throttled", usage=Usage()))
    await booking.begin(TextCall(provider="google", model=NEXT, most=TEXT_MOST))
    booking.end(TextEnd(outcome="done", usage=TEXT_USAGE))
    return TextAnswer(content={}, usage=TEXT_USAGE, provider="google", model=NEXT, instead_of="gpt-5")


async def repaired(booking: Booking) -> TextAnswer:
    """The first answer did not fit, and the second came without its count."""
    await Writer()(booking)
    return await Writer(known=False)(booking)


async def four_books(worker: Worker, shop: Shop, production: str) -> list[tuple[int, ...]]:
    """The same amounts as each of the four says them."""
    report = await worker.orders.costs(production)
    everything = await read_costs(shop.database, Wanted(user_id="local"), limit=9, offset=0)
    sums, _ = await productions.read_costs(shop.database, production, user_id="local")
    usage = await read_usage(shop.database, **EVER)
    return [
        tuple(getattr(report, name).micros for name in AMOUNTS),
        tuple(everything.totals[name] for name in AMOUNTS),
        tuple(sums[name] for name in AMOUNTS),
        tuple(sum(row[name] for row in usage.engines) for name in AMOUNTS),
    ]


async def test_a_repaired_question_is_the_same_in_all_books(
    worker: Worker, shop: Shop, production: str
) -> None:
    await worker.ask(a_text_order(production), repaired)
    one, *others = await four_books(worker, shop, production)
    assert others == [one] * 3
    held, billed = TEXT_RESERVE.micros, TEXT_PRICE.micros
    assert dict(zip(AMOUNTS, one, strict=True)) == {
        "quoted": held * 2, "reserved": 0, "billed": billed, "refunded": 0, "unknown": held,
    }  # fmt: skip


async def test_a_stand_ins_answer_is_booked_with_the_stand_in(
    worker: Worker, shop: Shop, production: str
) -> None:
    await worker.ask(a_text_order(production, provider="openai", model="gpt-5"), in_turn)
    by_provider = Wanted(user_id="local", by=("provider",))
    told = (await read_costs(shop.database, by_provider, limit=9, offset=0)).rows
    assert [(row["provider"], row["billed"]) for row in told] == BILLED
    _, lines = await productions.read_costs(shop.database, production, user_id="local")
    assert sorted((row["provider"], row["cost_actual"]) for row in lines) == BILLED
    assert {row["provider"]: row["model"] for row in lines} == {"openai": "gpt-5", "google": NEXT}
    used = (await read_usage(shop.database, **EVER)).engines
    assert [(row["engine"], row["billed"]) for row in used] == BILLED
    counts = {row["engine"]: (row["orders"], row["done"]) for row in used}
    assert counts == {"google": (1, 1), "openai": (1, 0)}


@pytest.mark.parametrize(
    ("booked", "openai", "google"),
    [
        ("reserved", TEXT_RESERVE, TEXT_RESERVE),
        ("billed", Money(), TEXT_PRICE),
        ("unknown", Money(), Money()),
    ],
)
async def test_the_figures_are_those_of_whoever_was_asked(
    worker: Worker, production: str, booked: str, openai: Money, google: Money
) -> None:
    seen = Figures()
    await worker.ask(a_text_order(production, provider="openai", model="gpt-5"), in_turn)
    for engine, amount in ("openai", openai), ("google", google):
        labels = {"engine": engine, "medium": "text", "booked": booked}
        assert seen("greenlight_money_micros_total", **labels) == amount.micros, engine
    ended: dict[str, Any] = {"medium": "text", "outcome": "done"}
    assert seen("greenlight_orders_ended_total", engine="google", **ended) == 1
    assert seen("greenlight_orders_ended_total", engine="openai", **ended) == 0


async def test_what_a_lost_answer_may_have_cost_is_a_figure_of_who_lost_it(
    shop: Shop, worker: Worker, production: str
) -> None:
    async def lost_then_busy(booking: Booking) -> TextAnswer:
        await booking.begin(TextCall(provider="google", model=NEXT, most=TEXT_MOST))
        booking.end(TextEnd(outcome="ambiguous"))
        return await Writer(ProviderBusy(kind="throttled"))(booking)

    with pytest.raises(ProviderBusy):
        await worker.ask(a_text_order(production), lost_then_busy)
    rows = await shop.database.fetch_all(FACTS["facts"], {"lost_after": LOST_AFTER})
    lost = [(row["labels"], int(row["value"])) for row in rows if row["name"] == "money_unknown_micros"]
    assert lost == [({"engine": "google", "medium": "text"}, TEXT_RESERVE.micros)]


@pytest.mark.parametrize("guard", ["enable", "disable"])
async def test_a_request_is_paid_by_whose_order_it_is(
    worker: Worker, shop: Shop, production: str, guard: str
) -> None:
    """Whoever writes a request, and whatever they say: costs and budgets are found by it."""
    await worker.ask(a_text_order(production, provider="openai", model="gpt-5"), in_turn)
    async with shop.database.connection() as connection, connection.transaction(force_rollback=True):
        await connection.execute(f"alter table order_attempts {guard} trigger order_attempts_owner")
        await connection.execute(AS_EVE)
        rows = await (await connection.execute("select user_id from order_attempts order by 1")).fetchall()
    eve = [] if guard == "enable" else ["eve"]
    assert [row["user_id"] for row in rows] == eve + ["local"] * (3 - len(eve))
