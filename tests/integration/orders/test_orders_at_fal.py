"""Orders at fal whose answers were lost: what is paid there, by its own books."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from state.cost import Money
from state.errors import OrderParked
from state.order import Order
from tests.builders import an_order
from tests.integration.engines.fal.fal_set import Set, a_clip, a_panel, fal_set
from tests.integration.orders.shop import ImpatientClock, Shop, Worker, no_fault
from tests.standins.job_vendors import Signal, faults
from tools.engines.fal import finding
from tools.ledger.ledger import Ledger
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.resilience.retry import Backoff


@pytest.fixture
async def fal(tmp_path: Path) -> AsyncIterator[Set]:
    async with fal_set(tmp_path) as made:
        yield made


@pytest.fixture
async def buyer(shop: Shop, production: str, fal: Set) -> AsyncIterator[Worker]:
    """A worker whose one engine is fal's."""
    clock = ImpatientClock(shop.database)
    orders = Orders(
        shop.database, shop.store, {"fal": fal.engine}, ledger=Ledger(shop.database), clock=clock,
        options=OrderOptions(backoff=Backoff(tries=4, first_s=0.01)), fault=no_fault,
    )  # fmt: skip
    yield Worker(orders, await shop.lease(production), fal.engine, clock)  # type: ignore[arg-type]
    await orders.close()


PANEL, CLIP = Money.usd("0.003"), Money.usd("0.35")


def billed(fal: Set) -> list[str]:
    return [one.model for one in fal.vendors.books.invoices]


@pytest.fixture
def panel(production: str) -> Order:
    return an_order(production, request=a_panel())


async def test_a_panel_is_bought_and_kept(buyer: Worker, shop: Shop, fal: Set, panel: Order):
    delivery = await buyer.place(panel, price=PANEL)
    assert (delivery.media.mime, delivery.seed, delivery.cost) == ("image/png", 7, PANEL)
    assert fal.vendors.fal.url not in str(delivery)
    assert billed(fal) == ["fal-ai/flux/schnell"]


async def test_a_lost_answer_is_paid_once_though_its_job_still_runs(
    buyer: Worker, shop: Shop, fal: Set, production: str
):
    order = an_order(production, request=a_clip())
    hold = fal.vendors.fal.hold = Signal()
    fal.time.then = {3: hold.set}
    fal.vendors.fal.faults.append(faults.dropped())
    await buyer.place(order, price=CLIP)
    assert await shop.outcomes(order.call_key) == ["done"]
    assert (len(fal.posts()), len(billed(fal))) == (1, 1)


async def test_called_absent_it_would_be_paid_twice(
    buyer: Worker, shop: Shop, fal: Set, production: str, monkeypatch: pytest.MonkeyPatch
):
    """The control: the same, by what the list shows at once."""
    monkeypatch.setattr(finding, "listed_after_s", lambda card: 0.0)
    monkeypatch.setattr(finding, "_none", lambda **_: [])
    order = an_order(production, request=a_clip())
    hold = fal.vendors.fal.hold = Signal()
    fal.vendors.fal.faults.append(faults.dropped())
    ticket = await buyer.submit(order, price=CLIP)
    hold.set()
    await buyer.collect(ticket)
    for job in fal.vendors.books.orders("fal"):
        await fal.engine.wait(f"fal-ai/kling-video/requests/{job.id}")
    assert (len(fal.posts()), len(billed(fal))) == (2, 2)


async def test_a_job_that_never_ends_is_not_made_twice(buyer: Worker, shop: Shop, fal: Set, panel: Order):
    """It is in no list, however long one waits: a person says what it is."""
    fal.vendors.fal.hold = Signal()
    fal.vendors.fal.faults.append(faults.dropped())
    with pytest.raises(OrderParked, match="person") as caught:
        await buyer.submit(panel, price=PANEL)
    assert caught.value.details["reason"] == f"the answer was lost: {finding.MAY_STILL_RUN}"
    assert len(fal.posts()) == 1
    fal.vendors.fal.hold.set()


async def test_a_job_of_the_order_that_died_proves_nothing_of_the_next_one(
    buyer: Worker, shop: Shop, fal: Set, panel: Order
):
    """It is in the list, and has the same input; the one that runs is in no list."""
    fal.vendors.fal.faults.append(faults.failed())
    ticket = await buyer.submit(panel, price=PANEL)
    await fal.engine.wait(ticket.external_id)
    fal.vendors.fal.hold = Signal()
    fal.vendors.fal.faults.append(faults.dropped())
    with pytest.raises(OrderParked):
        await buyer.collect(ticket)
    assert await shop.outcomes(panel.call_key) == ["transient_job", "unknown"]
    assert len(fal.posts()) == 2
    fal.vendors.fal.hold.set()


async def test_a_job_of_another_order_with_the_same_words_proves_nothing_either(
    buyer: Worker, shop: Shop, fal: Set, production: str
):
    """Kling takes no seed: two orders with the same words have the same input."""
    one, other = (an_order(production, item=item, request=a_clip()) for item in ("1A", "1B"))
    await buyer.place(one, price=CLIP)
    fal.vendors.fal.hold = Signal()
    fal.vendors.fal.faults.append(faults.dropped())
    with pytest.raises(OrderParked):
        await buyer.submit(other, price=CLIP)
    assert len(fal.posts()) == 2
    fal.vendors.fal.hold.set()


async def test_a_request_that_never_arrived_is_sent_again_when_a_person_says_so(
    buyer: Worker, shop: Shop, fal: Set, panel: Order
):
    fal.vendors.fal.faults.append(faults.unread())
    with pytest.raises(OrderParked):
        await buyer.submit(panel, price=PANEL)
    await buyer.orders.parked.settle(panel.call_key, "it_never_arrived", user_id="local")
    await buyer.place(panel, price=PANEL)
    assert await shop.outcomes(panel.call_key) == ["unknown", "done"]
    assert (len(fal.posts()), len(billed(fal))) == (2, 1)


async def test_what_broke_at_fal_is_bought_again_and_not_booked(
    buyer: Worker, shop: Shop, fal: Set, panel: Order
):
    fal.vendors.fal.faults.append(faults.failed())
    delivery = await buyer.place(panel, price=PANEL)
    assert await shop.outcomes(panel.call_key) == ["transient_job", "done"]
    assert (delivery.cost, len(billed(fal))) == (PANEL, 1)
