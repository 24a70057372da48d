"""What the ledger tells the log: half of the ceiling, all of it, a stand-in that lacks something."""

import asyncio
from typing import Any

import pytest

from state.cost import ZERO, Money
from state.errors import BudgetExceeded, GreenlightError
from tests.builders import an_order
from tests.integration.orders.shop import CEILING, Shop, Worker
from tools.ledger.ledger import Ledger

CENT = Money.usd("0.01")
HALF = Money(micros=CEILING.micros // 2)


async def told(shop: Shop, name: str = "budget_warning") -> list[dict[str, Any]]:
    rows = await shop.database.fetch_all(
        "select payload -> 'payload' as told from events where payload ->> 'name' = %s order by seq", [name]
    )
    return [row["told"] for row in rows]


async def warnings(shop: Shop) -> list[tuple[int, bool]]:
    return [(one["percent"], one["blocked"]) for one in await told(shop)]


async def test_half_is_told_once_and_all_of_it_once(worker: Worker, shop: Shop, production: str) -> None:
    await worker.submit(an_order(production, item="1A"), price=HALF - CENT)
    assert await told(shop) == []
    await worker.submit(an_order(production, item="1B"), price=CENT)
    await worker.submit(an_order(production, item="1B"), price=CENT)  # the same order again
    await worker.submit(an_order(production, item="1C"), price=CENT)
    assert await told(shop) == [{"percent": 50, "committed_usd": "0.5", "ceiling_usd": "1", "blocked": False}]
    await worker.submit(an_order(production, item="1D"), price=HALF - CENT)
    assert await warnings(shop) == [(50, False), (100, False)]
    with pytest.raises(BudgetExceeded):
        await worker.submit(an_order(production, item="1E"), price=CENT)
    assert len(await told(shop)) == 2


async def test_a_refusal_is_told_though_nothing_was_reserved(
    worker: Worker, shop: Shop, production: str
) -> None:
    for _ in range(2):
        with pytest.raises(BudgetExceeded):
            await worker.submit(an_order(production), price=CEILING + CENT)
    assert await warnings(shop) == [(100, True)]
    assert await worker.orders.history(production) == []


async def test_a_raised_ceiling_is_warned_of_anew(worker: Worker, shop: Shop, production: str) -> None:
    await worker.submit(an_order(production, item="1A"), price=HALF)
    await shop.database.execute("update productions set ceiling_micros = %s", [2 * CEILING.micros])
    await worker.submit(an_order(production, item="1B"), price=HALF)
    assert [one["ceiling_usd"] for one in await told(shop)] == ["1", "2"]


async def test_what_costs_nothing_says_nothing(worker: Worker, shop: Shop, production: str) -> None:
    await worker.submit(an_order(production, item="1A"), price=ZERO)
    assert await told(shop) == []


async def test_many_at_once_tell_each_step_once(shop: Shop) -> None:
    production = await shop.production(ceiling=CENT * 10)
    worker = await shop.worker(production)
    orders = [an_order(production, item=f"{number}A") for number in range(1, 21)]
    ends = await asyncio.gather(
        *(worker.submit(order, price=CENT) for order in orders), return_exceptions=True
    )
    assert sum(isinstance(end, GreenlightError) for end in ends) == 10
    assert await warnings(shop) == [(50, False), (100, False)]
    rows = await shop.database.fetch_all(
        "select p.last_seq, e.seq from productions p join events e using (production_id)"
    )
    assert sorted(row["seq"] for row in rows)[-1] == rows[0]["last_seq"]


async def test_another_attempt_of_a_dead_job_is_reserved_and_warned_of(
    worker: Worker, shop: Shop, production: str
) -> None:
    """`redo` reserves the price beside the one that was billed."""
    price = Money(micros=CEILING.micros // 4)
    ticket = await worker.submit(an_order(production), price=price)
    ledger = Ledger(shop.database)
    row = await ledger.read(ticket.call_key)
    assert row is not None
    await ledger.redo(row, epoch=worker.lease.epoch, kind="transient_job", detail="", billed=True)
    assert await warnings(shop) == [(50, False)]


async def test_a_degraded_delivery_is_told_with_its_order(
    worker: Worker, shop: Shop, production: str
) -> None:
    ticket = await worker.submit(an_order(production, item="2A"), price=CENT, degraded=True)
    assert await told(shop, "degraded") == [], "nothing is made yet"
    delivery = await worker.collect(ticket)
    assert delivery.degraded
    [one] = await told(shop, "degraded")
    assert (one["item"], one["take"], one["provider"]) == ("2A", 1, "fake")


async def test_an_ordinary_delivery_is_not(worker: Worker, shop: Shop, production: str) -> None:
    """The control."""
    await worker.place(an_order(production), price=CENT)
    assert await told(shop, "degraded") == []
