"""What a person has sent once more waits for its service like any order, under the one word they gave."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from state.cost import CostReport, Money
from state.errors import BreakerOpen, NotApproved, OrderParked, ProviderError
from state.order import Order, Ticket
from tests.fakes import FakeEngine
from tests.integration.orders.shop import Shop, Worker
from tests.integration.orders.test_approvals import planned
from tests.integration.orders.test_breakers import fails, kling, time_passes
from tools.db import migrate
from tools.db.pool import Database
from tools.engines.base import JobStatus
from tools.ledger.settling import settle
from tools.orders.quote import paid_digest, quote

CENT = Money.usd("0.01")
CALL = planned(model="kling-v2.1", unit="image", units=Decimal(1), price=CENT)


@pytest.fixture
async def buyer(shop: Shop) -> AsyncIterator[Worker]:
    """Its production may buy one panel for a cent, and nothing before that was approved."""
    engine = FakeEngine(shop.provider, reconcile="blind")
    made = await shop.worker(await shop.production(preproduction="0"), engine=engine, new_attempts={})
    await made.orders.approve(made.lease.production_id, quote([CALL]), cause="answer-1")
    yield made
    await made.orders.close()


@pytest.fixture
async def order(buyer: Worker) -> Order:
    """Its answer was lost, and a person says that it never arrived."""
    order = kling(buyer.lease.production_id, "1A")
    await lose(buyer, order)
    return order


async def place(buyer: Worker, order: Order) -> Ticket:
    return await buyer.submit(order, price=CENT, paid=paid_digest(CALL))


async def lose(buyer: Worker, order: Order) -> None:
    buyer.engine.troubles = ["lost_reply"]
    with pytest.raises(OrderParked):
        await place(buyer, order)
    attempt = (await buyer.orders._desk.current(order.call_key)).attempt
    await buyer.orders.parked.settle(order.call_key, "it_never_arrived", user_id="local", attempt=attempt)


async def leave_alone(shop: Shop) -> None:
    """The service fails for somebody else, until nobody asks it."""
    other = await shop.worker(await shop.production())
    for number in range(5):
        await fails(other, kling(other.lease.production_id, f"{number}X"))
    await other.orders.close()


@asynccontextmanager
async def as_before(database: Database) -> AsyncIterator[None]:
    """The control: the rule of schema 0023."""
    kept = await database.fetch_one(
        "select pg_get_functiondef('greenlight_unapproved_again'::regproc) as source"
    )
    assert kept is not None
    told = Path(migrate.__file__).with_name("migrations").joinpath("schema_0023.sql").read_text()
    rule = told[told.index("-- As in schema 0017") : told.index("-- Whether this very order")]
    await database.execute(rule)
    try:
        yield
    finally:
        await database.execute(kept["source"])


async def test_it_waits_as_an_open_breaker_says_under_the_same_approval(
    shop: Shop, buyer: Worker, order: Order
) -> None:
    await leave_alone(shop)
    for _ in range(3):
        with pytest.raises(BreakerOpen, match="failed too often"):
            await place(buyer, order)
    assert len(shop.provider.posts) == 1
    await time_passes(shop.database, 60)
    await place(buyer, order)
    assert len(shop.provider.posts) == 2
    assert await buyer.orders.costs(order.production_id) == CostReport(
        quoted=CENT, reserved=CENT, unknown=CENT
    )


async def test_without_their_word_it_would_be_asked_about_twice(
    shop: Shop, buyer: Worker, order: Order
) -> None:
    """The control."""
    async with as_before(shop.database):
        await leave_alone(shop)
        with pytest.raises(BreakerOpen):
            await place(buyer, order)
        with pytest.raises(NotApproved):
            await place(buyer, order)


async def test_their_word_buys_one_request_and_no_other(shop: Shop, buyer: Worker, order: Order) -> None:
    """It arrived, was billed and died: what is left of the approval is nothing."""
    await leave_alone(shop)
    with pytest.raises(BreakerOpen):
        await place(buyer, order)
    await time_passes(shop.database, 60)
    buyer.engine.job_troubles = [JobStatus(state="failed", kind="transient_job", error="died")] * 9
    with pytest.raises(ProviderError, match="died"):
        await buyer.collect(await place(buyer, order))
    assert await shop.outcomes(order.call_key) == ["unknown", "transient_job"]
    with pytest.raises(NotApproved):
        await place(buyer, kling(buyer.lease.production_id, "1A", cause="again"))
    assert len(shop.provider.posts) == 2


async def test_each_lost_request_needs_a_word_of_its_own(shop: Shop, buyer: Worker, order: Order) -> None:
    await lose(buyer, order)
    await leave_alone(shop)
    with pytest.raises(BreakerOpen):
        await place(buyer, order)
    await time_passes(shop.database, 60)
    await place(buyer, order)
    assert len(shop.provider.posts) == 3
    assert (await shop.row(order.call_key))["settled"]["granted_micros"] == 2 * CENT.micros


async def test_what_was_found_on_no_bill_is_no_more_to_spend(shop: Shop, buyer: Worker, order: Order) -> None:
    """The lost request cost nothing, so the approval itself pays for the one that is sent."""
    await settle(shop.database, order.call_key, Money(), user_id="local")
    await leave_alone(shop)
    with pytest.raises(BreakerOpen):
        await place(buyer, order)
    await time_passes(shop.database, 60)
    await place(buyer, order)
    assert await buyer.orders.costs(order.production_id) == CostReport(quoted=CENT, reserved=CENT)
