"""Money: reserved before it is spent, never above the ceiling, booked as it is."""

import asyncio

import pytest

from state.cost import ZERO, CostReport, Money
from state.errors import BudgetExceeded, GreenlightError, OrderParked, PriceUnknown
from tests.builders import an_image_request, an_order
from tests.fakes import FakeEngine
from tests.integration.orders.shop import CEILING, Shop, Worker
from tools.engines.base import JobStatus
from tools.ledger.ledger import QUERIES, Ledger

CENT = Money.usd("0.01")
MICRO = Money(micros=1)


class NoCeiling(Ledger):
    """The guard off: nobody adds up."""

    queries = QUERIES | {"claim": QUERIES["claim"].replace("asked.refusal is null", "true")}


async def test_exactly_at_the_ceiling_passes(worker: Worker, shop: Shop, production: str) -> None:
    await worker.place(an_order(production), price=CEILING)
    assert (await worker.orders.costs(production)).billed == CEILING


async def test_one_micro_dollar_over_is_refused(worker: Worker, shop: Shop, production: str) -> None:
    with pytest.raises(BudgetExceeded) as caught:
        await worker.place(an_order(production), price=CEILING + MICRO)
    assert caught.value.details["needed_micros"] == CEILING.micros + 1
    assert f"of the {CEILING} that this production may cost, {ZERO} are committed" in caught.value.message
    assert shop.provider.posts == []
    assert await worker.orders.history(production) == []


async def test_what_is_reserved_counts(worker: Worker, production: str) -> None:
    await worker.submit(an_order(production, item="1A"), price=CEILING)
    with pytest.raises(BudgetExceeded):
        await worker.submit(an_order(production, item="1B"), price=MICRO)
    await worker.submit(an_order(production, item="1C"), price=ZERO)


async def test_a_hundred_at_once_for_three(shop: Shop) -> None:
    production = await shop.production(ceiling=CENT * 3)
    bought, refused = await a_hundred_at_once(await shop.worker(production), production)
    assert (bought, refused) == (3, 97)
    assert len(shop.provider.posts) == 3


async def test_without_adding_up_all_hundred_are_bought(shop: Shop) -> None:
    production = await shop.production(ceiling=CENT * 3)
    worker = await shop.worker(production, ledger=NoCeiling(shop.database))
    assert await a_hundred_at_once(worker, production) == (100, 0)


async def a_hundred_at_once(worker: Worker, production: str) -> tuple[int, int]:
    orders = [an_order(production, item=f"{number}A") for number in range(1, 101)]
    ends = await asyncio.gather(
        *(worker.submit(order, price=CENT) for order in orders), return_exceptions=True
    )
    refused = [end for end in ends if isinstance(end, BudgetExceeded)]
    assert not [end for end in ends if isinstance(end, GreenlightError) and end not in refused]
    return len(ends) - len(refused), len(refused)


async def test_a_raised_ceiling_lets_the_same_order_pass(shop: Shop) -> None:
    production = await shop.production(ceiling=ZERO)
    worker = await shop.worker(production)
    with pytest.raises(BudgetExceeded):
        await worker.submit(an_order(production), price=CENT)
    await shop.database.execute("update productions set ceiling_micros = 10000")
    await worker.submit(an_order(production), price=CENT)
    assert len(shop.provider.posts) == 1


async def test_the_report_follows_an_order(worker: Worker, production: str) -> None:
    ticket = await worker.submit(an_order(production), price=CENT)
    assert await worker.orders.costs(production) == CostReport(quoted=CENT, reserved=CENT)
    await worker.collect(ticket)
    assert await worker.orders.costs(production) == CostReport(quoted=CENT, billed=CENT)


async def test_the_report_of_one_item(worker: Worker, production: str) -> None:
    await worker.place(an_order(production, item="1A"), price=CENT)
    await worker.place(an_order(production, item="1A", cause="gate-1"), price=CENT)
    await worker.place(an_order(production, item="1B"), price=CENT)
    assert (await worker.orders.costs(production, item="1A")).billed == CENT * 2


async def test_what_was_refused_at_the_door_is_given_back(worker: Worker, production: str) -> None:
    worker.engine.troubles = ["refused"]
    with pytest.raises(GreenlightError):
        await worker.place(an_order(production), price=CENT)
    assert await worker.orders.costs(production) == CostReport(quoted=CENT, refunded=CENT)


@pytest.mark.parametrize("billed", [True, False])
async def test_a_job_that_failed_is_booked_as_its_provider_bills(
    billed: bool, worker: Worker, production: str
) -> None:
    worker.engine.job_troubles = [JobStatus(state="failed", kind="refused", error="NSFW", billed=billed)]
    with pytest.raises(GreenlightError):
        await worker.place(an_order(production), price=CENT)
    booked = await worker.orders.costs(production)
    assert (booked.billed, booked.refunded) == ((CENT, ZERO) if billed else (ZERO, CENT))


async def test_every_attempt_is_booked(worker: Worker, shop: Shop, production: str) -> None:
    worker.engine.job_troubles = [JobStatus(state="failed", kind="transient_job", error="runner died")]
    delivery = await worker.place(an_order(production), price=CENT)
    assert delivery.cost == CENT * 2
    assert (await worker.orders.costs(production)).billed == CENT * 2


async def test_a_new_attempt_needs_room_under_the_ceiling(shop: Shop) -> None:
    production = await shop.production(ceiling=CENT)
    worker = await shop.worker(production)
    worker.engine.job_troubles = [JobStatus(state="failed", kind="transient_job", error="runner died")]
    with pytest.raises(BudgetExceeded):
        await worker.place(an_order(production), price=CENT)
    assert len(shop.provider.posts) == 1
    assert (await worker.orders.costs(production)).billed == CENT


async def test_a_parked_order_counts_as_unknown(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    worker.engine.troubles = ["lost_reply"]
    order = an_order(production)
    with pytest.raises(OrderParked):
        await worker.submit(order, price=CENT)
    assert await worker.orders.costs(production) == CostReport(quoted=CENT, unknown=CENT)
    await worker.orders.parked.settle(order.call_key, "give_up", user_id="local")
    assert (await worker.orders.costs(production)).unknown == CENT
    assert (await shop.row(order.call_key))["state"] == "failed"


async def test_a_resubmitted_order_books_both(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    worker.engine.troubles = ["lost_reply"]
    order = an_order(production)
    with pytest.raises(OrderParked):
        await worker.submit(order, price=CENT)
    await worker.orders.parked.settle(order.call_key, "it_never_arrived", user_id="local")
    await worker.place(order, price=CENT)
    assert await worker.orders.costs(production) == CostReport(quoted=CENT, billed=CENT, unknown=CENT)


async def test_a_paid_model_needs_a_price(worker: Worker, production: str) -> None:
    """A node that forgets it must not buy past the ceiling."""
    paid = an_image_request(provider="replicate", model="nano-banana")
    with pytest.raises(PriceUnknown, match="names no price"):
        await worker.submit(an_order(production, request=paid))
