"""What is done without is held for nobody, unless it may be on its way."""

import pytest

from state.cost import ZERO, Money
from state.errors import ProviderError, SpendingStopped
from tests.builders import an_order
from tests.integration.orders.shop import Shop, working
from tools.ledger.stops import Stops

CENT = Money.usd("0.01")


async def test_what_was_never_sent_gives_its_money_back_and_is_bought_when_it_is_placed_again(
    shop: Shop, production: str
) -> None:
    stops, order = Stops(shop.database), an_order(production)

    async def stopped(name: str) -> None:
        if name == "after_intent":
            await stops.stop(None, by="local")

    worker = await shop.worker(production, fault=stopped)
    with pytest.raises(SpendingStopped):
        await worker.submit(order, price=CENT)
    assert (await worker.orders.costs(production)).reserved == CENT, "the control"
    with working(worker.lease):
        assert await worker.orders.leave(order.call_key)
        assert await worker.orders.leave(order.call_key), "twice is once"
    costs = await worker.orders.costs(production)
    assert (costs.reserved, costs.billed, costs.unknown) == (ZERO, ZERO, ZERO)
    await stops.release(None, by="local")
    await worker.place(order, price=CENT)
    assert (await worker.orders.costs(production)).billed == CENT
    assert len(shop.provider.posts) == 1


async def test_what_has_a_job_cannot_be_left(shop: Shop, production: str) -> None:
    worker, order = await shop.worker(production), an_order(production)
    await worker.submit(order, price=CENT)
    with working(worker.lease):
        assert not await worker.orders.leave(order.call_key)
    assert (await shop.row(order.call_key))["state"] == "submitted"
    assert (await worker.orders.costs(production)).reserved == CENT


@pytest.mark.parametrize("column", ["submit_deadline", "ask_since"])
async def test_what_may_have_been_sent_cannot_be_left(shop: Shop, production: str, column: str) -> None:
    """By us a moment ago, or by the place that a backup was taken from."""
    worker, order = await shop.worker(production), an_order(production)
    await worker.submit(order, price=CENT)
    await shop.database.execute(
        f"update orders set state = 'intent', external_id = null, {column} = now() where call_key = %s",
        (order.call_key,),
    )
    with working(worker.lease):
        assert not await worker.orders.leave(order.call_key)
    assert (await shop.row(order.call_key))["state"] == "intent"


async def test_nothing_and_what_failed_are_no_hindrance(shop: Shop, production: str) -> None:
    worker, order = await shop.worker(production), an_order(production)
    with working(worker.lease):
        assert await worker.orders.leave(order.call_key)
    worker.engine.troubles = ["refused"]
    with pytest.raises(ProviderError):
        await worker.submit(order, price=CENT)
    with working(worker.lease):
        assert await worker.orders.leave(order.call_key)
    assert (await shop.row(order.call_key))["error_kind"] == "refused", "as it was"
