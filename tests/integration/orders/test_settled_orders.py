"""What an order of unknown fate really cost: a person looks it up on the bill and books it, once."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from state.cost import CostReport, Money
from state.errors import NotAllowed, OrderParked, RecordNotFound
from state.order import Order
from tests.builders import an_order
from tests.fakes import FakeEngine
from tests.integration.orders.shop import Shop, Worker
from tools.ledger import settling
from tools.ledger.settling import settle, unknown_lines

CENT, BILLED = Money.usd("0.01"), Money.usd("0.008")


@pytest.fixture
async def blind(shop: Shop, production: str) -> AsyncIterator[Worker]:
    made = await shop.worker(production, engine=FakeEngine(shop.provider, reconcile="blind"))
    yield made
    await made.orders.close()


async def park(worker: Worker) -> Order:
    order = an_order(worker.lease.production_id)
    worker.engine.troubles = ["lost_reply"]
    with pytest.raises(OrderParked):
        await worker.submit(order, price=CENT)
    return order


async def give_up(worker: Worker) -> Order:
    order = await park(worker)
    await worker.orders.parked.settle(order.call_key, "give_up", user_id="local")
    return order


async def listed(shop: Shop, user: str | None = "local") -> list[tuple[str, int]]:
    rows, many = await unknown_lines(shop.database, user_id=user, limit=10, offset=0)
    assert many == len(rows)
    return [(row["line"], row["unknown"]) for row in rows]


async def test_what_was_given_up_is_booked_as_the_bill_says(blind: Worker, shop: Shop) -> None:
    order = await give_up(blind)
    assert await listed(shop) == await listed(shop, None) == [(order.call_key, CENT.micros)]
    assert await settle(shop.database, order.call_key, BILLED, user_id="local") == CENT
    booked = await blind.orders.costs(order.production_id)
    assert booked == CostReport(quoted=CENT, billed=BILLED)
    assert await listed(shop) == []
    with pytest.raises(RecordNotFound):
        await settle(shop.database, order.call_key, BILLED, user_id="local")


async def test_what_never_arrived_is_not_on_the_bill(blind: Worker, shop: Shop) -> None:
    """The one that was sent again is booked by itself."""
    order = await park(blind)
    await blind.orders.parked.settle(order.call_key, "it_never_arrived", user_id="local")
    await settle(shop.database, order.call_key, Money(), user_id="local")
    await blind.place(order, price=CENT)
    assert await blind.orders.costs(order.production_id) == CostReport(quoted=CENT, billed=CENT)


async def test_what_is_parked_is_decided_about_first(blind: Worker, shop: Shop) -> None:
    """Its job may be found yet, and what is held for it would be booked twice."""
    order = await park(blind)
    assert await listed(shop) == []
    with pytest.raises(RecordNotFound):
        await settle(shop.database, order.call_key, BILLED, user_id="local")


async def test_it_is_settled_by_its_own_user_and_for_a_key_of_their_own(blind: Worker, shop: Shop) -> None:
    order = await give_up(blind)
    assert await listed(shop, "somebody") == []
    with pytest.raises(RecordNotFound):
        await settle(shop.database, order.call_key, BILLED, user_id="somebody")
    with pytest.raises(NotAllowed):
        await settle(shop.database, order.call_key, BILLED, user_id="local", own_key=True)
    await shop.database.execute("update orders set key_id = %s", (uuid4(),))
    assert await settle(shop.database, order.call_key, BILLED, user_id="local", own_key=True) == CENT


@pytest.mark.parametrize("locked", [True, False])
async def test_of_many_at_once_one_books_it(
    blind: Worker, shop: Shop, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not locked: the control, in which all of them book what they have read before."""
    order = await give_up(blind)
    if not locked:
        careless = settling.SQL["settle_order"].replace("for update", "and pg_sleep(0.2) is not null")
        assert careless != settling.SQL["settle_order"]
        monkeypatch.setattr(settling, "SQL", {**settling.SQL, "settle_order": careless})

    async def book() -> bool:
        try:
            await settle(shop.database, order.call_key, BILLED, user_id="local")
        except RecordNotFound:
            return False
        return True

    done = await asyncio.gather(*(book() for _ in range(4)))
    assert (sum(done) == 1) is locked
    assert ((await shop.row(order.call_key))["cost_actual"] == BILLED.micros) is locked


async def test_what_is_settled_is_not_held_again_when_its_job_comes_home(blind: Worker, shop: Shop) -> None:
    """Nobody could say whether it was stopped; its price was looked up, and then the production goes on."""
    order = an_order(blind.lease.production_id)
    await blind.submit(order, price=CENT)
    await shop.database.execute(
        "update orders set cost_unknown = cost_reserved, cost_reserved = 0, cancel_epoch = owner_epoch"
    )
    await settle(shop.database, order.call_key, CENT, user_id="local")
    await blind.place(order, price=CENT)
    assert await blind.orders.costs(order.production_id) == CostReport(quoted=CENT, billed=CENT)
