"""The answer to a POST was lost: the job is found, proven absent, or the order is parked."""

from typing import Any

import pytest

from state.errors import DatabaseDown, LeaseLost, OrderParked, ProviderFailed
from tests.builders import an_order
from tests.fakes import Crash, CrashAt, FakeClock, FakeEngine
from tests.integration.orders.shop import FrozenAfterArming, Shop, Worker
from tools.engines.base import JobStatus
from tools.ledger.ledger import Ledger
from tools.ledger.rows import OrderRow


async def test_a_lost_reply_is_adopted(worker: Worker, shop: Shop, production: str) -> None:
    order = an_order(production)
    worker.engine.troubles = ["lost_reply"]
    ticket = await worker.submit(order)
    assert ticket.external_id == "job-1"
    assert shop.provider.posts == [order.call_key]
    assert await shop.outcomes(order.call_key) == ["adopted"]


async def test_a_lost_request_is_proven_absent_and_sent_again(
    worker: Worker, shop: Shop, production: str
) -> None:
    order = an_order(production)
    worker.engine.troubles = ["lost_request"]
    await worker.submit(order)
    assert shop.provider.posts == [order.call_key]
    assert await shop.outcomes(order.call_key) == ["absent", "accepted"]


async def test_absence_counts_only_after_the_deadline(shop: Shop, production: str) -> None:
    """Until then the request may still arrive, so a clock that stands still sends nothing more."""
    worker = await shop.worker(production, clock=FakeClock(), submit_timeout_s=0.2, settle_s=0.3)
    worker.engine.troubles = ["lost_request"]
    await worker.submit(an_order(production))
    gap = await shop.database.fetch_one(
        "select max(posted_at) - min(posted_at) >= interval '0.5 s' as waited from order_attempts"
    )
    assert gap == {"waited": True}


async def test_a_provider_that_cannot_be_asked_parks_the_order(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    worker.engine.troubles = ["lost_reply"]
    order = an_order(production)
    for _ in range(2):
        with pytest.raises(OrderParked):
            await worker.submit(order)
    assert len(shop.provider.posts) == 1
    assert (await shop.row(order.call_key))["state"] == "unknown"


async def test_only_a_person_sends_a_parked_order_again(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    worker.engine.troubles = ["lost_reply"]
    order = an_order(production)
    with pytest.raises(OrderParked):
        await worker.submit(order)
    await worker.orders.parked.settle(order.call_key, "it_never_arrived", user_id="local")
    assert len(shop.provider.posts) == 1, "a decision sends nothing"
    assert (await worker.submit(order)).external_id == "job-2"


async def test_an_idempotent_provider_is_simply_asked_again(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="idempotent_submit"))
    worker.engine.troubles = ["lost_reply"]
    order = an_order(production)
    assert (await worker.submit(order)).external_id == "job-1"
    assert shop.provider.posts == [order.call_key]


async def test_a_job_of_another_order_is_never_adopted(worker: Worker, shop: Shop, production: str) -> None:
    """The same request under two keys: the lost one may not take the other's job."""
    await worker.submit(an_order(production, item="1A"))
    worker.engine.troubles = ["lost_request"]
    other = an_order(production, item="1B")
    ticket = await worker.submit(other)
    assert ticket.external_id == "job-2"
    assert await shop.outcomes(other.call_key) == ["absent", "accepted"]


async def test_the_order_s_own_dead_job_is_not_adopted(worker: Worker, shop: Shop, production: str) -> None:
    """The first job died, the request for the second was lost: the search finds only the dead one."""
    order = an_order(production)
    ticket = await worker.submit(order)
    worker.engine.job_troubles = [JobStatus(state="failed", kind="transient_job", error="runner died")]
    worker.engine.troubles = ["lost_request"]
    await worker.collect(ticket)
    assert await shop.outcomes(order.call_key) == ["transient_job", "absent", "done"]
    assert (await shop.row(order.call_key))["external_id"] == "job-2"


async def test_an_id_that_only_the_audit_has_is_adopted(shop: Shop, production: str) -> None:
    """The owner lost its lease between the POST and the id: the successor need not even ask."""
    order = an_order(production)

    async def overtaken(name: str) -> None:
        if name == "after_post":
            await shop.lease(production)

    old = await shop.worker(production, fault=overtaken)
    with pytest.raises(LeaseLost):
        await old.submit(order)
    new = await shop.worker(production)
    assert (await new.submit(order)).external_id == "job-1"
    assert shop.provider.reads["find"] == 0


async def test_a_successor_does_not_wait_for_a_job_that_is_there(shop: Shop, production: str) -> None:
    """The request arrived, so nobody needs to wait until its deadline has passed."""
    order = an_order(production)
    victim = await shop.worker(production, fault=CrashAt("after_post"))
    with pytest.raises(Crash):
        await victim.submit(order)
    successor = await shop.worker(production)
    assert (await successor.submit(order)).external_id == "job-1"
    assert successor.clock.slept == []


async def test_a_successor_waits_while_its_predecessor_may_be_sending(shop: Shop, production: str) -> None:
    order = an_order(production)
    ledger = FrozenAfterArming(shop, CrashAt("frozen").now)
    victim = await shop.worker(production, ledger=ledger)
    with pytest.raises(Crash):
        await victim.submit(order)
    successor = await shop.worker(production)
    await successor.submit(order)
    assert successor.clock.slept
    assert await shop.outcomes(order.call_key) == ["absent", "accepted"]


async def test_one_job_cannot_be_two_orders(worker: Worker, shop: Shop, production: str) -> None:
    """A provider that answers with somebody else's job: parked, because something may be running."""
    await worker.submit(an_order(production, item="1A"))

    async def mixed_up(*_: Any, **__: Any) -> str:
        return "job-1"

    worker.engine.submit = mixed_up  # type: ignore[method-assign]
    other = an_order(production, item="1B")
    with pytest.raises(OrderParked) as caught:
        await worker.submit(other)
    assert "belongs to another order" in caught.value.details["reason"]


async def test_a_database_that_blinks_loses_no_id(shop: Shop, production: str) -> None:
    ledger = BlinksOnAccept(shop.database)
    worker = await shop.worker(production, ledger=ledger)
    order = an_order(production)
    assert (await worker.submit(order)).external_id == "job-1"
    assert ledger.blinks == 0
    assert len(worker.clock.slept) == 2


class BlinksOnAccept(Ledger):
    """Down twice, just when the id is to be stored."""

    blinks = 2

    async def accept(self, row: OrderRow, external_id: str, *, epoch: int) -> OrderRow | None:
        if self.blinks:
            self.blinks -= 1
            raise DatabaseDown
        return await super().accept(row, external_id, epoch=epoch)


async def test_a_bug_of_ours_stops_and_is_looked_into_later(
    worker: Worker, shop: Shop, production: str
) -> None:
    """Nobody knows whether the request left: it stays to be reconciled, and is not sent blindly."""
    order = an_order(production)
    worker.engine.troubles = ["internal"]
    with pytest.raises(ProviderFailed):
        await worker.submit(order)
    assert (await shop.row(order.call_key))["state"] == "intent"
    await worker.submit(order)
    assert await shop.outcomes(order.call_key) == ["absent", "accepted"]
