"""Out of a backup: the original may have ordered with any key that its user had, so all of them are asked."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from state.errors import KeyNotTaken, OrderError, OrderParked
from state.order import Order
from tests.builders import an_image_request, an_order
from tests.fakes import FakeClock
from tests.integration.orders.accounts import FIRST, OURS, SECOND, Accounts, a_worker, kept, of_process
from tests.integration.orders.shop import Shop, Worker
from tools.engine_keys import ProvidersKeys
from tools.ledger import rings
from tools.ledger.rows import OrderRow
from tools.orders.keys import EngineKey
from tools.vault.provider_keys import ProviderKeys, open_provider_keys

PANEL = an_image_request(provider="replicate", model="nobody-knows-it")


@pytest.fixture
def engine(shop: Shop) -> Accounts:
    return Accounts(shop.provider)


@pytest.fixture
async def keys(shop: Shop) -> AsyncIterator[ProviderKeys]:
    yield open_provider_keys(of_process(OURS), shop.database, FakeClock())
    await shop.database.execute("delete from provider_keys")


@pytest.fixture
async def worker(shop: Shop, engine: Accounts, keys: ProviderKeys) -> AsyncIterator[Worker]:
    """Works on a production that was copied an hour ago."""
    made = await a_worker(shop, engine, keys, of_process(OURS))
    await shop.database.execute(
        "update productions set restored_from = now() - interval '1 h' where production_id = %s",
        [made.lease.production_id],
    )
    yield made
    await made.orders.close()


@pytest.fixture
def order(worker: Worker) -> Order:
    return an_order(worker.lease.production_id, request=PANEL)


async def test_what_was_bought_with_another_key_is_taken_and_collected_with_that(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order
) -> None:
    """It rests, or its owner has switched it off: it is asked all the same."""
    _, second = await kept(keys, FIRST, SECOND)
    await keys.change("local", second["id"], status="disabled")
    engine.bought(order, SECOND)
    await worker.place(order)
    assert engine.calls == [("find", FIRST), ("find", SECOND), ("wait", SECOND), ("fetch", SECOND)]
    assert engine.server.posts == ["of the original"]


async def test_what_was_bought_with_the_process_s_key_is_taken_though_there_is_one_of_the_user_s_now(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order, shop: Shop
) -> None:
    await kept(keys, FIRST)
    engine.bought(order, OURS)
    await worker.place(order)
    assert engine.calls == [("find", FIRST), ("find", OURS), ("wait", OURS), ("fetch", OURS)]
    row = await shop.row(order.call_key)
    assert (row["key_id"], len(row["key_mark"])) == (None, 32)


async def test_what_no_account_has_is_bought_once(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order
) -> None:
    await kept(keys, FIRST, SECOND)
    for _ in range(2):
        await worker.place(order)
    assert [key for call, key in engine.calls if call == "find"] == [FIRST, SECOND, OURS]
    assert engine.server.posts == [order.call_key]


async def test_asked_with_one_key_alone_it_would_be_bought_again(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""

    async def one(self: ProvidersKeys, row: OrderRow) -> list[EngineKey]:
        return [await self.lend(row)]

    monkeypatch.setattr(ProvidersKeys, "all_of", one)
    await kept(keys, FIRST, SECOND)
    engine.bought(order, SECOND)
    await worker.place(order)
    assert engine.server.posts == ["of the original", order.call_key]


async def test_where_one_account_cannot_be_asked_a_person_decides(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order
) -> None:
    await kept(keys, FIRST, SECOND)
    engine.bad = {SECOND}
    for _ in range(2):
        with pytest.raises(OrderParked) as parked:
            await worker.submit(order)
    assert "with every key that it may have been ordered with" in parked.value.details["reason"]
    assert engine.server.posts == []
    await worker.orders.parked.settle(order.call_key, "it_never_arrived", user_id="local")
    await worker.place(order)
    assert engine.server.posts == [order.call_key]


async def test_an_account_that_cannot_be_asked_holds_nothing_up_where_another_has_the_job(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order
) -> None:
    await kept(keys, FIRST, SECOND)
    engine.bad = {SECOND}
    engine.bought(order, OURS)
    await worker.place(order)
    assert engine.server.posts == ["of the original"]


async def test_without_a_key_to_send_with_it_waits_for_one_and_is_not_parked(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order, shop: Shop
) -> None:
    """Nothing could be sent anyhow; with a better key it is asked anew."""
    (first,) = await kept(keys, FIRST)
    engine.bad = {FIRST}
    with pytest.raises(KeyNotTaken):
        await worker.submit(order)
    assert (await shop.row(order.call_key))["state"] == "intent"
    await keys.replace("local", first["id"], key=SecretStr(SECOND))
    await worker.place(order)
    assert engine.server.posts == [order.call_key]


async def test_the_job_that_a_person_names_is_looked_for_in_every_account(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order
) -> None:
    await kept(keys, FIRST, SECOND)
    engine.blind = True
    job = engine.bought(order, SECOND)
    with pytest.raises(OrderParked):
        await worker.submit(order)
    settle = worker.orders.parked.settle
    engine.owner["job-of-nobody"] = "nobody"
    with pytest.raises(OrderError, match="has no job"):
        await settle(order.call_key, "it_is_this_job", user_id="local", external_id="job-of-nobody")
    await settle(order.call_key, "it_is_this_job", user_id="local", external_id=job)
    await worker.place(order)
    assert engine.calls[-2:] == [("wait", SECOND), ("fetch", SECOND)]
    assert engine.server.posts == ["of the original"]


async def test_a_job_that_the_provider_rang_with_is_looked_at_with_every_key(
    worker: Worker, engine: Accounts, keys: ProviderKeys, order: Order, shop: Shop
) -> None:
    """It lists none, so that the ring is all there is."""
    await kept(keys, FIRST, SECOND)
    engine.blind = True
    with pytest.raises(OrderParked):
        await worker.submit(order)
    await shop.database.execute(
        "update orders set state = 'intent', ask_since = now() where call_key = %s", [order.call_key]
    )
    job = engine.bought(order, SECOND)
    row = OrderRow.of(await shop.row(order.call_key))
    await rings.ring(shop.database, row, webhook_id="one", status="succeeded", job_id=job)
    await worker.place(order)
    assert engine.calls[-2:] == [("wait", SECOND), ("fetch", SECOND)]
    assert engine.server.posts == ["of the original"]
