"""What a user may spend in a day (UTC), over all productions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from state.cost import ZERO, Money
from state.errors import BudgetExceeded, DayBudgetExceeded, ProviderBusy, ProviderError
from tests.builders import a_text_order, an_order
from tests.integration.orders.shop import TEXT_RESERVE, Shop, Worker, Writer
from tools.db import migrations
from tools.db.pool import Database
from tools.ledger.ledger import QUERIES, Ledger

CENT = Money.usd("0.01")
MICRO = Money(micros=1)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=UTC)
YESTERDAY = "update orders set intent_at = intent_at - interval '1 day', spent_more_at = null"
OLD = Path(migrations.__file__).with_name("schema_0013.sql")
LOCK = "perform pg_advisory_xact_lock(hashtextextended('day budget ' || who, 0));"


class Unlocked(Ledger):
    """The guard off: each adds up what it sees, at once."""

    queries = QUERIES | {"claim": QUERIES["claim"].replace("_may_spend", "_may_spend_unlocked")}


@pytest.fixture
async def unlocked(shop: Shop) -> None:
    """The database's own function without its lock."""
    found = await shop.database.fetch_one(
        "select pg_get_functiondef('greenlight_may_spend'::regproc) as source"
    )
    assert found is not None
    source = found["source"]
    assert LOCK in source
    before, _, after = source.replace(LOCK, "").rpartition("return null;")
    # Between what was added up and what is written there is time for others, as on a slower machine.
    slower = f"{before}perform pg_sleep(0.05); return null;{after}"
    await shop.database.execute(slower.replace("_may_spend", "_may_spend_unlocked"))


async def buyer(shop: Shop, budget: Money | None, **more: Any) -> Worker:
    ledger = more.pop("ledger", Ledger)(shop.database, day_budget=budget)
    return await shop.worker(await shop.production(**more), ledger=ledger)


async def test_exactly_the_budget_passes_and_a_micro_dollar_more_does_not(shop: Shop) -> None:
    one, other = await buyer(shop, CENT * 3), await buyer(shop, CENT * 3)
    await one.submit(an_order(one.lease.production_id), price=CENT * 2)
    with pytest.raises(DayBudgetExceeded, match=r"today's budget of \$0.03, \$0.02 are committed") as caught:
        await other.submit(an_order(other.lease.production_id), price=CENT + MICRO)
    figures = caught.value.details
    assert (figures["budget_micros"], figures["committed_micros"], figures["needed_micros"]) == (
        30_000, 20_000, 10_001,
    )  # fmt: skip
    await other.submit(an_order(other.lease.production_id), price=CENT)
    await other.submit(an_order(other.lease.production_id, item="1B"), price=ZERO)


async def test_without_a_budget_only_the_ceiling_holds(shop: Shop) -> None:
    worker = await buyer(shop, None, ceiling=CENT)
    with pytest.raises(BudgetExceeded):
        await worker.submit(an_order(worker.lease.production_id), price=CENT + MICRO)
    await worker.submit(an_order(worker.lease.production_id), price=CENT)


@pytest.mark.parametrize(("own", "fits"), [(CENT * 2, True), (ZERO, False)])
async def test_a_users_own_budget_wins_over_the_places(shop: Shop, own: Money, fits: bool) -> None:
    await shop.database.execute(
        "insert into spending_rules (user_id, day_budget_micros) values ('local', %s)", [own.micros]
    )
    worker = await buyer(shop, CENT)
    order = an_order(worker.lease.production_id)
    if fits:
        await worker.submit(order, price=CENT * 2)
    else:
        with pytest.raises(DayBudgetExceeded):
            await worker.submit(order, price=MICRO)


async def test_another_users_day_is_theirs(shop: Shop) -> None:
    one, other = await buyer(shop, CENT), await buyer(shop, CENT)
    await one.submit(an_order(one.lease.production_id), price=CENT)
    await shop.database.execute("update orders set user_id = 'somebody'")
    await other.submit(an_order(other.lease.production_id), price=CENT)


@pytest.mark.parametrize(("moment", "fits"), [("interval '0'", False), ("interval '-1 microsecond'", True)])
async def test_the_day_begins_at_midnight_utc(shop: Shop, moment: str, fits: bool) -> None:
    one, other = await buyer(shop, CENT), await buyer(shop, CENT)
    await one.submit(an_order(one.lease.production_id), price=CENT)
    await shop.database.execute(f"update orders set intent_at = date_trunc('day', now(), 'UTC') + {moment}")
    order = an_order(other.lease.production_id)
    if fits:
        await other.submit(order, price=CENT)
    else:
        with pytest.raises(DayBudgetExceeded):
            await other.submit(order, price=CENT)


@asynccontextmanager
async def counted(database: Database, *, by_intent: bool) -> AsyncIterator[None]:
    """The control: an order counts on the day of its intent, whatever is sent for it later."""
    name = "greenlight_day_spent"
    found = await database.fetch_one(f"select pg_get_functiondef('{name}'::regproc) as source")
    assert found is not None
    if by_intent:
        text = OLD.read_text("utf-8")
        old = text[text.index(f"create function {name}") :].partition("$$;")[0] + "$$"
        await database.execute(old.replace("create f", "create or replace f", 1))
    try:
        yield
    finally:
        await database.execute(found["source"])


@pytest.mark.parametrize("by_intent", [False, True])
async def test_yesterdays_orders_that_are_sent_again_count_today(shop: Shop, by_intent: bool) -> None:
    worker = await buyer(shop, CENT * 3)
    orders = [an_order(worker.lease.production_id, item=f"{number}A") for number in range(1, 7)]
    worker.engine.troubles = ["auth"] * len(orders)
    for order in orders:
        with pytest.raises(ProviderError):
            await worker.submit(order, price=CENT)
    await shop.database.execute(YESTERDAY)
    async with counted(shop.database, by_intent=by_intent):
        ends = await asyncio.gather(
            *(worker.submit(order, price=CENT) for order in orders), return_exceptions=True
        )
    refused = sum(isinstance(end, DayBudgetExceeded) for end in ends)
    assert refused == (0 if by_intent else 3)
    assert len(shop.provider.posts) == len(orders) - refused


@pytest.mark.parametrize("by_intent", [False, True])
async def test_another_request_of_yesterdays_question_counts_today(shop: Shop, by_intent: bool) -> None:
    worker = await buyer(shop, TEXT_RESERVE)
    question, writer = a_text_order(worker.lease.production_id), Writer(*[ProviderBusy(kind="ambiguous")] * 3)
    with pytest.raises(ProviderBusy):
        await worker.ask(question, writer)
    await shop.database.execute(YESTERDAY)
    await shop.database.execute("update order_attempts set posted_at = posted_at - interval '1 day'")
    async with counted(shop.database, by_intent=by_intent):
        with pytest.raises(ProviderBusy):
            await worker.ask(question, writer)
        with pytest.raises(ProviderBusy if by_intent else DayBudgetExceeded):
            await worker.ask(question, writer)
    assert writer.calls == 3  # the last one is refused before it leaves


async def test_to_the_microsecond_a_request_counts_on_the_day_it_leaves(shop: Shop) -> None:
    worker = await buyer(shop, None)
    with pytest.raises(ProviderBusy):
        await worker.ask(a_text_order(worker.lease.production_id), Writer(ProviderBusy(kind="ambiguous")))
    moments = "update orders set intent_at = %s, spent_more_at = %s"
    await shop.database.execute(moments, [MIDNIGHT - timedelta(days=3), MIDNIGHT - timedelta(microseconds=1)])
    await shop.database.execute("update order_attempts set posted_at = %s", [MIDNIGHT])
    assert await spent_around_midnight(shop) == [(0, TEXT_RESERVE.micros)]
    await shop.database.execute("update order_attempts set posted_at = posted_at - interval '1 microsecond'")
    assert await spent_around_midnight(shop) == [(TEXT_RESERVE.micros, 0)]


async def test_to_the_microsecond_an_order_counts_on_the_day_it_was_last_reserved_for(shop: Shop) -> None:
    worker = await buyer(shop, None)
    await worker.submit(an_order(worker.lease.production_id), price=CENT)
    moments = "update orders set intent_at = %s, spent_more_at = %s"
    await shop.database.execute(moments, [MIDNIGHT - timedelta(days=3), MIDNIGHT])
    assert await spent_around_midnight(shop) == [(0, CENT.micros)]
    await shop.database.execute("update orders set spent_more_at = spent_more_at - interval '1 microsecond'")
    assert await spent_around_midnight(shop) == [(CENT.micros, 0)]


async def spent_around_midnight(shop: Shop) -> list[tuple[int, int]]:
    """Of the day before and of the day after, asked in the last and the first moment of each."""
    rows = await shop.database.fetch_all(
        "select greenlight_day_spent('local', %(midnight)s - interval '1 microsecond') as before,"
        " greenlight_day_spent('local', %(midnight)s) as after"
        " union select greenlight_day_spent('local', %(midnight)s - interval '24 hours'),"
        " greenlight_day_spent('local', %(midnight)s + interval '24 hours' - interval '1 microsecond')",
        {"midnight": MIDNIGHT},
    )
    return [(row["before"], row["after"]) for row in rows]


async def test_a_raised_budget_lets_the_same_order_pass(shop: Shop) -> None:
    worker = await buyer(shop, ZERO)
    order = an_order(worker.lease.production_id)
    with pytest.raises(DayBudgetExceeded):
        await worker.submit(order, price=CENT)
    await shop.database.execute(
        "insert into spending_rules (user_id, day_budget_micros) values ('local', 10000)"
    )
    await worker.place(order, price=CENT)
    assert (await worker.orders.costs(worker.lease.production_id)).billed == CENT


async def test_a_hundred_productions_at_once_for_three(shop: Shop) -> None:
    assert await a_hundred_productions(shop, Ledger) == (3, 97)
    assert len(shop.provider.posts) == 3


async def test_without_the_lock_more_get_through(shop: Shop, unlocked: None) -> None:
    bought, _ = await a_hundred_productions(shop, Unlocked)
    assert bought > 3


async def test_half_and_all_are_told_once_for_all_productions(shop: Shop) -> None:
    one, other = await buyer(shop, CENT * 4), await buyer(shop, CENT * 4)
    for item in ("1A", "1B"):
        await one.submit(an_order(one.lease.production_id, item=item), price=CENT)
    await other.submit(an_order(other.lease.production_id), price=CENT)
    assert await told(shop) == [(50, False, one.lease.production_id)]
    await other.submit(an_order(other.lease.production_id, item="1B"), price=CENT)
    assert (await told(shop))[1:] == [(100, False, other.lease.production_id)]
    for worker in (one, other, other):
        with pytest.raises(DayBudgetExceeded):
            await worker.submit(an_order(worker.lease.production_id, item="9A"), price=MICRO)
    blocked = {(100, True, worker.lease.production_id) for worker in (one, other)}
    assert (len(await told(shop)), set((await told(shop))[2:])) == (4, blocked)


async def told(shop: Shop) -> list[tuple[int, bool, str]]:
    rows = await shop.database.fetch_all(
        "select payload -> 'payload' as told, production_id::text from events"
        " where payload ->> 'name' = 'day_budget_warning' order by at, seq"
    )
    return [(row["told"]["percent"], row["told"]["blocked"], row["production_id"]) for row in rows]


async def a_hundred_productions(shop: Shop, ledger: type[Ledger]) -> tuple[int, int]:
    workers = [await buyer(shop, CENT * 3, ledger=ledger) for _ in range(100)]
    ends = await asyncio.gather(
        *(one.submit(an_order(one.lease.production_id), price=CENT) for one in workers),
        return_exceptions=True,
    )
    refused = [end for end in ends if isinstance(end, DayBudgetExceeded)]
    assert not [end for end in ends if isinstance(end, BaseException) and end not in refused]
    return len(ends) - len(refused), len(refused)
