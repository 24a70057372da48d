"""A person says what became of a request whose answer was lost: three ways, each exactly once."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from state.cost import CostReport, Money
from state.errors import (
    BudgetExceeded,
    OrderError,
    OrderParked,
    ProviderError,
    ProviderTimeout,
    RecordConflict,
    RecordNotFound,
    SpendingStopped,
)
from state.order import Order
from tests.builders import an_order
from tests.fakes import FakeEngine
from tests.integration.orders.shop import CEILING, Shop, Worker
from tools.ledger.parked import SQL, ParkedLedger
from tools.ledger.stops import Stops
from tools.orders.failures import failure_of
from tools.orders.parked import Decision, ParkedOrders

CENT = Money.usd("0.01")


@pytest.fixture
async def blind(shop: Shop, production: str) -> AsyncIterator[Worker]:
    made = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    yield made
    await made.orders.close()


@pytest.fixture
def desk(blind: Worker) -> ParkedOrders:
    return blind.orders.parked


async def park(worker: Worker, *, trouble: str = "lost_reply", item: str = "1A", **more: Money) -> Order:
    order = an_order(worker.lease.production_id, item=item)
    worker.engine.troubles = [trouble]
    with pytest.raises(OrderParked):
        await worker.submit(order, **({"price": CENT} | more))
    return order


async def test_what_is_parked_is_shown_with_what_is_at_stake(
    blind: Worker, desk: ParkedOrders, shop: Shop
) -> None:
    order = await park(blind)
    [one], total = await desk.listed("local")
    assert (total, one.call_key, one.attempt) == (1, order.call_key, 1)
    assert (one.item, one.provider, one.model) == ("1A", "fake", order.request.model)
    assert (one.price, one.unknown) == (CENT, CENT)
    assert [one.costs(way) for way in one.choices] == [CENT, Money(), Money()]
    assert "cannot be asked" in one.why
    assert "lists no jobs" in one.ask
    assert one.sent_at is not None
    assert one.since >= one.sent_at


async def test_what_is_parked_is_its_user_s_alone(blind: Worker, desk: ParkedOrders, shop: Shop) -> None:
    order = await park(blind)
    assert await desk.listed("somebody") == ([], 0)
    assert await desk.listed("local", production_id=await shop.production()) == ([], 0)
    with pytest.raises(RecordNotFound):
        await desk.settle(order.call_key, "give_up", user_id="somebody")
    assert (await shop.row(order.call_key))["state"] == "unknown"


async def test_what_never_arrived_is_sent_once_more_and_both_are_booked(
    blind: Worker, desk: ParkedOrders, shop: Shop
) -> None:
    order = await park(blind, trouble="lost_request")
    settled = await desk.settle(order.call_key, "it_never_arrived", user_id="local", attempt=1)
    assert settled.row.state == "intent"
    held = await blind.orders.costs(order.production_id)
    assert held == CostReport(quoted=CENT, reserved=CENT, unknown=CENT)
    await blind.place(order, price=CENT)
    assert shop.provider.posts == [order.call_key]
    booked = await blind.orders.costs(order.production_id)
    assert booked == CostReport(quoted=CENT, billed=CENT, unknown=CENT)


async def test_the_job_that_a_person_found_is_fetched_and_paid_once(
    blind: Worker, desk: ParkedOrders, shop: Shop
) -> None:
    order = await park(blind)
    await desk.settle(order.call_key, "it_is_this_job", user_id="local", external_id="job-1")
    await blind.place(order, price=CENT)
    assert shop.provider.posts == [order.call_key]
    assert await blind.orders.costs(order.production_id) == CostReport(quoted=CENT, billed=CENT)
    assert await shop.outcomes(order.call_key) == ["done"]


async def test_what_is_given_up_is_never_sent_again(blind: Worker, desk: ParkedOrders, shop: Shop) -> None:
    order = await park(blind)
    await desk.settle(order.call_key, "give_up", user_id="local")
    with pytest.raises(ProviderTimeout, match="given up by a person"):
        await blind.submit(order, price=CENT)
    assert len(shop.provider.posts) == 1
    assert await blind.orders.costs(order.production_id) == CostReport(quoted=CENT, unknown=CENT)


WAYS: list[tuple[Decision, str]] = [
    ("it_never_arrived", ""), ("it_is_this_job", "job-1"), ("give_up", "")
]  # fmt: skip


@pytest.mark.parametrize(("decision", "job"), WAYS)
async def test_the_same_decision_again_changes_nothing(
    blind: Worker, desk: ParkedOrders, shop: Shop, decision: Decision, job: str
) -> None:
    order = await park(blind)
    first = await desk.settle(order.call_key, decision, user_id="local", external_id=job)
    before = await shop.row(order.call_key)
    again = await desk.settle(order.call_key, decision, user_id="local", external_id=job, attempt=1)
    assert (first.repeated, again.repeated, again.decision) == (False, True, decision)
    assert await shop.row(order.call_key) == before
    other: Decision = "give_up" if decision != "give_up" else "it_never_arrived"
    with pytest.raises(RecordConflict, match=f"was settled as {decision}"):
        await desk.settle(order.call_key, other, user_id="local")


async def test_of_many_at_once_one_decides(blind: Worker, desk: ParkedOrders, shop: Shop) -> None:
    order = await park(blind, trouble="lost_request")
    done = await asyncio.gather(
        *(desk.settle(order.call_key, "it_never_arrived", user_id="local") for _ in range(6))
    )
    assert sorted(one.repeated for one in done) == [False, *[True] * 5]
    assert (await shop.row(order.call_key))["cost_reserved"] == CENT.micros


@pytest.mark.parametrize("names_it", [True, False])
async def test_a_repeat_never_means_a_later_request(
    blind: Worker, desk: ParkedOrders, shop: Shop, names_it: bool
) -> None:
    """The one that was sent again was lost, too: whoever clicked once has not decided about that."""
    order = await park(blind)
    terms = {"user_id": "local", "attempt": 1 if names_it else None}
    await desk.settle(order.call_key, "it_never_arrived", **terms)  # type: ignore[arg-type]
    await park(blind)
    if names_it:
        assert (await desk.settle(order.call_key, "it_never_arrived", **terms)).repeated  # type: ignore[arg-type]
    else:
        with pytest.raises(RecordConflict, match="its next request was lost, too"):
            await desk.settle(order.call_key, "it_never_arrived", **terms)  # type: ignore[arg-type]
    assert (await shop.row(order.call_key))["state"] == "unknown"
    await desk.settle(order.call_key, "give_up", user_id="local", attempt=2)


async def test_a_job_that_the_provider_does_not_have_is_refused(
    blind: Worker, desk: ParkedOrders, shop: Shop
) -> None:
    order = await park(blind)
    with pytest.raises(OrderError, match="fake has no job job-9"):
        await desk.settle(order.call_key, "it_is_this_job", user_id="local", external_id="job-9")
    blind.engine.ask_troubles = ["throttled"]
    with pytest.raises(ProviderError, match="cannot be asked"):
        await desk.settle(order.call_key, "it_is_this_job", user_id="local", external_id="job-1")
    assert (await shop.row(order.call_key))["state"] == "unknown"


async def test_a_job_of_another_order_is_refused(blind: Worker, desk: ParkedOrders, shop: Shop) -> None:
    sibling = an_order(blind.lease.production_id, item="1B")
    ticket = await blind.submit(sibling, price=CENT)
    order = await park(blind)
    with pytest.raises(OrderError, match="belongs to another order"):
        await desk.settle(order.call_key, "it_is_this_job", user_id="local", external_id=ticket.external_id)
    assert (await shop.row(order.call_key))["state"] == "unknown"
    await blind.collect(ticket)
    assert (await shop.row(sibling.call_key))["state"] == "done", "and the sibling is not disturbed"


async def test_its_own_dead_job_is_not_the_lost_one(blind: Worker, desk: ParkedOrders, shop: Shop) -> None:
    order = await park(blind, trouble="lost_reply")
    await desk.settle(order.call_key, "it_is_this_job", user_id="local", external_id="job-1")
    await shop.database.execute(
        "update orders set state = 'unknown', external_id = null, attempt = 2, settled = null"
        " where call_key = %s",
        (order.call_key,),
    )
    with pytest.raises(OrderError, match="an earlier request of this one"):
        await desk.settle(order.call_key, "it_is_this_job", user_id="local", external_id="job-1")


async def test_an_id_that_came_too_late_is_taken_instead_of_paying_again(
    blind: Worker, desk: ParkedOrders, shop: Shop
) -> None:
    order = await park(blind)
    await shop.database.execute("update order_attempts set external_id = 'job-1'")
    [one], _ = await desk.listed("local")
    assert one.external_id == "job-1"
    settled = await desk.settle(order.call_key, "it_never_arrived", user_id="local")
    assert (settled.decision, settled.external_id) == ("it_is_this_job", "job-1")
    await blind.place(order, price=CENT)
    assert len(shop.provider.posts) == 1


async def test_what_may_not_be_spent_stays_parked(blind: Worker, desk: ParkedOrders, shop: Shop) -> None:
    order = await park(blind)
    await Stops(shop.database).stop("local", by="local")
    with pytest.raises(SpendingStopped):
        await desk.settle(order.call_key, "it_never_arrived", user_id="local")
    assert (await shop.row(order.call_key))["state"] == "unknown"
    await Stops(shop.database).release("local", by="local")


async def test_the_ceiling_holds_for_what_is_sent_again(
    blind: Worker, desk: ParkedOrders, shop: Shop
) -> None:
    """With the guard off both prices go past it."""
    order = await park(blind, price=CEILING)
    with pytest.raises(BudgetExceeded):
        await desk.settle(order.call_key, "it_never_arrived", user_id="local")
    assert await blind.orders.costs(order.production_id) == CostReport(quoted=CEILING, unknown=CEILING)


async def test_nothing_is_sent_again_for_what_is_finished(
    blind: Worker, desk: ParkedOrders, shop: Shop
) -> None:
    order = await park(blind)
    await shop.database.execute("update productions set status = 'completed'")
    with pytest.raises(RecordConflict, match="is finished"):
        await desk.settle(order.call_key, "it_never_arrived", user_id="local")
    await desk.settle(order.call_key, "give_up", user_id="local")


async def test_what_is_deleted_is_neither_shown_nor_settled(
    blind: Worker, desk: ParkedOrders, shop: Shop
) -> None:
    order = await park(blind)
    await shop.database.execute("update productions set deleted_at = now()")
    assert await desk.listed("local") == ([], 0)
    with pytest.raises(RecordNotFound):
        await desk.settle(order.call_key, "give_up", user_id="local")


@pytest.mark.parametrize("deleted", [True, False])
async def test_a_branch_goes_on_without_what_was_parked_in_what_was_deleted(
    blind: Worker, desk: ParkedOrders, shop: Shop, deleted: bool
) -> None:
    """While its parent is there, it waits for what a person says, who sees it in their list."""
    order = await park(blind)
    ticket = await blind.orders.waiting(order.call_key)
    assert ticket is not None
    branch = await shop.worker(await shop.production(parent=order.production_id), engine=blind.engine)
    if deleted:
        await shop.database.execute(
            "update productions set deleted_at = now() where production_id = %s", (order.production_id,)
        )
    with pytest.raises(ProviderTimeout if deleted else OrderParked) as told:
        await branch.collect(ticket)
    if deleted:
        assert failure_of(told.value, ticket).kind == "ambiguous", "a failed take, and no pause"
    assert (await desk.listed("local"))[1] == (0 if deleted else 1)
    assert len(shop.provider.posts) == 1
    booked = await blind.orders.costs(order.production_id)
    assert booked == CostReport(quoted=CENT, unknown=CENT)
    await branch.orders.close()


@pytest.mark.parametrize("guard", [True, False])
async def test_a_decision_is_written_once_however_late_its_writer(
    blind: Worker, shop: Shop, monkeypatch: pytest.MonkeyPatch, guard: bool
) -> None:
    """Two have seen it parked. With the guard off the second one has a job that runs sent once more."""
    order = await park(blind, trouble="lost_request")
    seen = await blind.orders._desk.current(order.call_key)
    books = ParkedLedger(blind.orders._desk.ledger)
    assert await books.send_again(seen, {"decision": "it_never_arrived"}) is not None
    await blind.submit(order, price=CENT)
    if not guard:
        careless = SQL["send_again"].replace("and o.state = 'unknown' and o.attempt = %(attempt)s", "")
        assert careless != SQL["send_again"]
        monkeypatch.setattr("tools.ledger.parked.SQL", {**SQL, "send_again": careless})
    again = await books.send_again(seen, {"decision": "it_never_arrived"})
    assert (again is None) is guard
