"""What is tried again, how often, and what is final."""

import pytest

from state.cost import Money
from state.errors import (
    BudgetExceeded,
    CreditsUsedUp,
    DayBudgetExceeded,
    GreenlightError,
    LeaseLost,
    OrderError,
    OrderParked,
    PriceUnknown,
    ProviderBusy,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderRefused,
    SpendingStopped,
    StoreFull,
    StoreRefused,
    StoreUnreachable,
)
from tests.builders import an_image_request, an_order
from tests.fakes import FakeEngine, FakeProvider
from tests.integration.orders.shop import CEILING, Shop, Worker
from tools.engines.base import JobStatus, Reconcile
from tools.orders.failures import failure_of

CENT = Money.usd("0.01")


async def test_throttling_is_waited_out(worker: Worker, shop: Shop, production: str) -> None:
    worker.engine.troubles = ["throttled", "not_sent"]
    order = an_order(production)
    await worker.place(order)
    assert shop.provider.posts == [order.call_key]
    assert await shop.outcomes(order.call_key) == ["throttled", "not_sent", "done"]
    assert len(worker.clock.slept) == 2


async def test_patience_ends(worker: Worker, shop: Shop, production: str) -> None:
    worker.engine.troubles = ["throttled"] * 4
    with pytest.raises(ProviderBusy):
        await worker.submit(an_order(production))
    assert shop.provider.posts == []


async def test_what_never_began_is_sent_when_it_is_placed_again(
    worker: Worker, shop: Shop, production: str
) -> None:
    order = an_order(production)
    worker.engine.troubles = ["auth"]
    with pytest.raises(ProviderMisconfigured):
        await worker.submit(order)
    await worker.place(order)
    assert shop.provider.posts == [order.call_key]


async def test_a_refusal_is_final_for_its_key(worker: Worker, shop: Shop, production: str) -> None:
    order = an_order(production)
    worker.engine.troubles = ["refused"]
    for _ in range(2):
        with pytest.raises(ProviderRefused, match="refused: refused"):
            await worker.submit(order)
    assert await shop.outcomes(order.call_key) == ["refused"]


async def test_a_dead_job_is_replaced_so_often_and_no_more(
    worker: Worker, shop: Shop, production: str
) -> None:
    order = an_order(production)
    died = JobStatus(state="failed", kind="transient_job", error="runner died")
    worker.engine.job_troubles = [died] * 9
    with pytest.raises(ProviderFailed, match="runner died"):
        await worker.place(order)
    assert await shop.outcomes(order.call_key) == ["transient_job"] * 3


@pytest.mark.parametrize(("billed", "unknown", "actual"), [(True, 0, 2), (False, 0, 1), (None, 1, 1)])
async def test_a_dead_job_is_booked_as_its_provider_says(
    worker: Worker, shop: Shop, production: str, billed: bool | None, unknown: int, actual: int
) -> None:
    """Beside the one that replaces it. None: nobody says whether it is charged."""
    order = an_order(production)
    worker.engine.job_troubles = [
        JobStatus(state="failed", kind="transient_job", error="died", billed=billed)
    ]
    await worker.place(order, price=CENT)
    row, cent = await shop.row(order.call_key), CENT.micros
    assert (row["cost_unknown"], row["cost_actual"]) == (unknown * cent, actual * cent)
    assert row["cost_reserved"] == 0


@pytest.mark.parametrize("output", [b"", b"BAD"])
async def test_a_bad_file_is_ordered_once_more(
    output: bytes, worker: Worker, shop: Shop, production: str
) -> None:
    order = an_order(production)
    worker.engine.outputs = [output]
    await worker.place(order)
    assert await shop.outcomes(order.call_key) == ["bad_output", "done"]
    worker.engine.outputs = [output, output]
    other = an_order(production, item="1B")
    with pytest.raises(ProviderFailed):
        await worker.place(other)
    assert await shop.outcomes(other.call_key) == ["bad_output", "bad_output"]


async def test_trouble_in_asking_ends_no_job(worker: Worker, shop: Shop, production: str) -> None:
    """A key that expired while we waited: the job lives, and is collected later."""
    ticket = await worker.submit(an_order(production))
    worker.engine.ask_troubles = ["auth"]
    with pytest.raises(ProviderMisconfigured) as failed:
        await worker.collect(ticket)
    assert failed.value.engine is True
    assert (await worker.collect(ticket)).take_number == 1
    assert len(shop.provider.posts) == 1


async def test_looking_again_is_free(worker: Worker, shop: Shop, production: str) -> None:
    worker.engine.ask_troubles = ["ambiguous", "throttled"]
    await worker.place(an_order(production))
    assert (shop.provider.reads["status"], len(shop.provider.posts)) == (3, 1)


async def test_a_provider_without_an_engine_is_named(worker: Worker, production: str) -> None:
    order = an_order(production, request=an_image_request(provider="elsewhere"))
    with pytest.raises(
        ProviderMisconfigured, match="no engine for provider 'elsewhere'; set up are fake"
    ) as failed:
        await worker.submit(order)
    assert (failed.value.engine, failed.value.role) == (True, "")


async def test_collecting_what_was_never_ordered_is_an_error(worker: Worker, production: str) -> None:
    ticket = await worker.submit(an_order(production))
    with pytest.raises(OrderError, match="no order"):
        await worker.collect(ticket.model_copy(update={"call_key": f"{production}:x:y:first"}))


def test_a_failure_as_a_value() -> None:
    order = an_order()
    error = ProviderRefused("no such words", provider="fake", model="fake-image", kind="refused")
    failure = failure_of(error, order)
    assert (failure.call_key, failure.kind, failure.model) == (order.call_key, "refused", "fake-image")
    assert failure.user_action == ProviderRefused.default_action


def test_an_unknown_price_as_a_value() -> None:
    assert failure_of(PriceUnknown(), an_order()).kind == "no_credit"


NO_VALUES = [
    BudgetExceeded(), DayBudgetExceeded(), CreditsUsedUp(), SpendingStopped(), OrderParked(),
    StoreRefused(), StoreFull(), StoreUnreachable(),
]  # fmt: skip


@pytest.mark.parametrize("error", NO_VALUES)
def test_what_a_person_has_to_mend_is_no_value(error: GreenlightError) -> None:
    """The run pauses: a failed take would be ordered again and again, or given up."""
    with pytest.raises(type(error)):
        failure_of(error, an_order())


def test_a_lost_lease_is_no_value() -> None:
    with pytest.raises(LeaseLost):
        failure_of(LeaseLost(), an_order())


@pytest.mark.parametrize(
    ("reconcile", "price"),
    [("idempotent_submit", Money()), ("findable", Money()), ("idempotent_submit", CEILING)],
)
async def test_a_job_that_is_gone_is_not_sent_for_again(
    shop: Shop, production: str, reconcile: Reconcile, price: Money
) -> None:
    """Only an engine that says so makes a job of another machine again: see test_other_machine.py."""
    order, there = an_order(production), FakeProvider()
    first = await shop.worker(production, engine=FakeEngine(there, reconcile=reconcile))
    ticket = await first.submit(order, price=price)
    here = FakeProvider()
    second = await shop.worker(production, engine=FakeEngine(here, reconcile=reconcile))
    with pytest.raises(ProviderFailed):
        await second.collect(ticket)
    assert (there.posts, here.posts) == ([order.call_key], [])
    for worker in (first, second):
        await worker.orders.close()
