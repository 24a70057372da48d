"""A production out of a backup asks its provider before it sends: the original may have sent the same."""

import pytest

from state.errors import OrderParked
from tests.builders import an_order
from tests.fakes import FakeEngine
from tests.integration.orders.shop import Shop, Worker
from tools.engines.base import JobStatus


@pytest.fixture
async def production(shop: Shop) -> str:
    """One that was copied an hour ago."""
    production = await shop.production()
    await shop.database.execute(
        "update productions set restored_from = now() - interval '1 h' where production_id = %s", [production]
    )
    return production


async def test_what_the_original_bought_is_taken(worker: Worker, shop: Shop, production: str) -> None:
    order = an_order(production)
    shop.provider.receive(order.request, "of the original")
    delivery = await worker.place(order)
    assert shop.provider.posts == ["of the original"]
    assert delivery.cost.micros == 0
    assert await shop.outcomes(order.call_key) == ["done"]


async def test_what_it_did_not_buy_is_bought_once(worker: Worker, shop: Shop, production: str) -> None:
    order = an_order(production)
    for _ in range(2):
        await worker.place(order)
    assert shop.provider.posts == [order.call_key]
    assert shop.provider.reads["find"] == 1, "asked once, not before every look"


async def test_two_orders_of_the_same_take_a_job_each(worker: Worker, shop: Shop, production: str) -> None:
    first, second, third = (an_order(production, item=item) for item in ("1A", "1B", "1C"))
    assert first.request == second.request
    for _ in range(2):
        shop.provider.receive(first.request, "of the original")
    tickets = [await worker.submit(order) for order in (first, second, third)]
    assert [ticket.external_id for ticket in tickets] == ["job-1", "job-2", "job-3"]
    assert shop.provider.posts[2:] == [third.call_key]


async def test_without_the_mark_it_is_bought_again(shop: Shop) -> None:
    """The control: the mark is what holds the second payment back."""
    order = an_order(await shop.production())
    shop.provider.receive(order.request, "of the original")
    worker = await shop.worker(order.production_id)
    await worker.submit(order)
    assert len(shop.provider.posts) == 2


async def test_a_provider_that_cannot_be_asked_gets_nothing_until_a_person_says_so(
    shop: Shop, production: str
) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    order = an_order(production)
    for _ in range(2):
        with pytest.raises(OrderParked) as caught:
            await worker.submit(order)
    assert "after the backup" in caught.value.details["reason"]
    assert shop.provider.posts == []
    await worker.orders.parked.settle(order.call_key, "it_never_arrived", user_id="local")
    await worker.submit(order)
    assert shop.provider.posts == [order.call_key]


async def test_a_new_attempt_asks_too_and_leaves_the_dead_job(
    worker: Worker, shop: Shop, production: str
) -> None:
    """The job that both know died, and the original has ordered it anew already."""
    order = an_order(production)
    ticket = await worker.submit(order)
    worker.engine.job_troubles = [JobStatus(state="failed", kind="transient_job", error="runner died")]
    shop.provider.receive(order.request, "of the original")
    await worker.collect(ticket)
    assert shop.provider.posts == [order.call_key, "of the original"]
    assert (await shop.row(order.call_key))["external_id"] == "job-2"


async def test_what_was_refused_for_now_is_asked_for_before_it_is_sent_again(
    worker: Worker, shop: Shop, production: str
) -> None:
    order = an_order(production)
    worker.engine.troubles = ["no_credit"]
    with pytest.raises(Exception, match="no_credit"):
        await worker.submit(order)
    shop.provider.receive(order.request, "of the original")
    assert (await worker.submit(order)).external_id == "job-1"


async def test_a_provider_that_lost_a_job_is_not_asked_for_it_again(
    worker: Worker, shop: Shop, production: str
) -> None:
    """The control: elsewhere a job that is gone may have been paid."""
    ticket = await worker.submit(an_order(production))
    shop.provider.jobs.clear()
    with pytest.raises(Exception, match="no such job"):
        await worker.collect(ticket)
    assert len(shop.provider.posts) == 1
