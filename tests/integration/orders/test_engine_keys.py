"""With whose key a provider is called: a user's own first, the same one until the order is home."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from state.cost import Money
from state.errors import KeyMissing, KeyNotTaken, ModelWithheld, OrderParked, ProviderError, ProviderFailed
from state.order import Order, Ticket
from tests.builders import A_MASTER_KEY, an_image_request, an_order
from tests.fakes import FakeClock
from tests.integration.orders.accounts import (
    FIRST,
    OTHERS,
    OURS,
    SECOND,
    Accounts,
    a_worker,
    kept,
    of_process,
)
from tests.integration.orders.shop import Shop, Worker
from tools.engine_keys import ProvidersKeys
from tools.engines.calling import current_calling
from tools.settings import Settings
from tools.vault.provider_keys import ProviderKeys, open_provider_keys

PANEL = an_image_request(provider="replicate", model="nobody-knows-it")


@pytest.fixture
def engine(shop: Shop) -> Accounts:
    return Accounts(shop.provider)


@pytest.fixture
def settings() -> Settings:
    return Settings(master_key=SecretStr(A_MASTER_KEY), replicate_api_token=None)


@pytest.fixture
async def keys(shop: Shop, settings: Settings) -> AsyncIterator[ProviderKeys]:
    yield open_provider_keys(settings, shop.database, FakeClock())
    await shop.database.execute("delete from provider_keys")


@pytest.fixture
async def worker(
    shop: Shop, engine: Accounts, keys: ProviderKeys, settings: Settings
) -> AsyncIterator[Worker]:
    made = await a_worker(shop, engine, keys, settings)
    yield made
    await made.orders.close()


def a_panel(worker: Worker) -> Order:
    return an_order(worker.lease.production_id, request=PANEL)


async def test_the_key_that_an_order_was_sent_with_is_the_one_it_is_collected_with(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    first, second = await kept(keys, FIRST, SECOND)
    order = a_panel(worker)
    ticket = await worker.submit(order)
    await keys.change("local", second["id"], position=1)
    await keys.change("local", first["id"], status="disabled")
    await worker.collect(ticket)
    assert engine.calls == [("submit", FIRST), ("wait", FIRST), ("fetch", FIRST)]
    assert str((await shop.row(order.call_key))["key_id"]) == first["id"]


async def test_the_key_is_handed_over_for_the_call_alone(worker: Worker, keys: ProviderKeys) -> None:
    await kept(keys, FIRST)
    await worker.place(a_panel(worker))
    assert current_calling.get().key is None


async def test_a_key_that_is_not_taken_makes_room_for_the_next(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    """The refused one started no job, so one request was paid."""
    await kept(keys, FIRST, SECOND)
    engine.bad = {FIRST}
    order = a_panel(worker)
    await worker.place(order)
    assert [key for call, key in engine.calls if call == "submit"] == [FIRST, SECOND]
    assert len(shop.provider.posts) == 1
    assert await shop.outcomes(order.call_key) == ["auth", "done"]
    assert [row["status"] for row in await keys.listed("local")] == ["error", "active"]


async def test_a_model_that_is_not_for_a_key_leaves_it_in_use_for_others(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    await kept(keys, FIRST)
    order, production = a_panel(worker), worker.lease.production_id
    engine.withheld = {(FIRST, order.request.model)}
    with pytest.raises(ModelWithheld) as told:
        await worker.submit(order)
    assert (told.value.model, "stays in use" in told.value.user_action) == (order.request.model, True)
    assert [row["status"] for row in await keys.listed("local")] == ["active"]
    other = an_image_request(provider="replicate", model="another-model")
    await worker.place(an_order(production, item="1B", request=other))
    engine.withheld.clear()  # it was asked for
    await worker.place(order)
    assert await shop.outcomes(order.call_key) == ["auth", "done"]


async def test_a_model_that_is_not_for_one_key_is_ordered_with_the_next(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    await kept(keys, FIRST, SECOND)
    order = a_panel(worker)
    engine.withheld = {(FIRST, order.request.model)}
    await worker.place(order)
    assert [key for call, key in engine.calls if call == "submit"] == [FIRST, SECOND]
    assert (len(shop.provider.posts), await shop.outcomes(order.call_key)) == (1, ["auth", "done"])
    assert [row["status"] for row in await keys.listed("local")] == ["active", "active"]


async def test_a_model_that_is_not_for_a_user_s_key_is_not_paid_by_the_process(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> None:
    worker = await a_worker(shop, engine, keys, of_process(OURS))
    await kept(keys, FIRST)
    order = a_panel(worker)
    engine.withheld = {(FIRST, order.request.model)}
    with pytest.raises(ModelWithheld):
        await worker.submit(order)
    assert [key for _, key in engine.calls] == [FIRST]


async def test_when_no_key_is_taken_the_order_waits_for_one(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    await kept(keys, FIRST)
    engine.bad = {FIRST}
    order = a_panel(worker)
    with pytest.raises(KeyNotTaken):
        await worker.submit(order)
    await kept(keys)
    await keys.add("local", provider="replicate", label="a better one", key=SecretStr(SECOND))
    await worker.place(order)
    assert len(shop.provider.posts) == 1


async def test_without_a_key_nothing_is_sent_and_it_can_be_placed_again(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    order = a_panel(worker)
    with pytest.raises(KeyMissing) as missing:
        await worker.submit(order)
    assert "REPLICATE_API_TOKEN" in missing.value.user_action
    assert (engine.calls, await shop.outcomes(order.call_key)) == ([], [])
    await kept(keys, FIRST)
    await worker.place(order)
    assert len(shop.provider.posts) == 1


async def test_a_job_of_a_key_that_is_gone_is_not_given_up(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    """Another account does not see it: that ends nothing, because it was paid."""
    (first,) = await kept(keys, FIRST)
    order = a_panel(worker)
    ticket = await worker.submit(order)
    await keys.remove("local", first["id"])
    with pytest.raises(KeyMissing):
        await worker.collect(ticket)
    await keys.add("local", provider="replicate", label="other", key=SecretStr(SECOND))
    for _ in range(2):
        with pytest.raises(OrderParked) as parked:
            await worker.collect(ticket)
    assert "ordered with another key" in parked.value.details["reason"]
    assert await told_of_it(shop, order) == ("unknown", "ambiguous", ticket.external_id)
    engine.owner[ticket.external_id] = SECOND  # it was the same account after all
    await it_is_this_job(worker, ticket)
    await worker.collect(ticket)
    assert len(shop.provider.posts) == 1


async def told_of_it(shop: Shop, order: Order) -> tuple[str, str | None, str]:
    row = await shop.row(order.call_key)
    return row["state"], row["error_kind"], row["external_id"]


async def it_is_this_job(worker: Worker, ticket: Ticket) -> None:
    await worker.orders.parked.settle(
        ticket.call_key, "it_is_this_job", user_id="local", external_id=ticket.external_id
    )


async def sent_by_the_process(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> tuple[Worker, Order, Ticket]:
    """An order that was sent with the process's key, and its worker."""
    worker = await a_worker(shop, engine, keys, of_process(OURS))
    order = a_panel(worker)
    ticket = await worker.submit(order)
    await worker.orders.close()
    return worker, order, ticket


async def the_next(shop: Shop, engine: Accounts, keys: ProviderKeys, order: Order, key: str) -> Worker:
    """The process that comes after a restart with this key."""
    lease = await shop.lease(order.production_id)
    return await a_worker(shop, engine, keys, of_process(key), lease=lease)


async def test_a_job_of_the_account_before_is_parked_when_the_process_s_key_was_rotated(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> None:
    """It was paid: it is neither taken for expired nor bought again, and comes home when its key is back."""
    _, order, ticket = await sent_by_the_process(shop, engine, keys)
    rotated = await the_next(shop, engine, keys, order, OTHERS)
    with pytest.raises(OrderParked) as parked:
        await rotated.collect(ticket)
    assert "ordered with another key" in parked.value.details["reason"]
    assert "give it up" in parked.value.user_action
    with pytest.raises(OrderParked):
        await rotated.submit(order)
    with pytest.raises(KeyMissing, match="another key"):
        await it_is_this_job(rotated, ticket)
    assert await told_of_it(shop, order) == ("unknown", "ambiguous", ticket.external_id)
    back = await the_next(shop, engine, keys, order, OURS)
    await it_is_this_job(back, ticket)
    await back.collect(ticket)
    assert len(shop.provider.posts) == 1


async def test_what_is_parked_so_counts_as_perhaps_spent_and_can_be_given_up(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> None:
    worker = await a_worker(shop, engine, keys, of_process(OURS))
    order, price = a_panel(worker), Money(micros=30_000)
    ticket = await worker.submit(order, price=price)
    rotated = await the_next(shop, engine, keys, order, OTHERS)
    with pytest.raises(OrderParked):
        await rotated.collect(ticket)
    row = await shop.row(order.call_key)
    assert (row["cost_reserved"], row["cost_unknown"], row["cost_actual"]) == (0, 30_000, 0)
    await rotated.orders.parked.settle(order.call_key, "give_up", user_id="local")
    with pytest.raises(ProviderError, match="given up by a person"):
        await rotated.submit(order, price=price)
    assert len(shop.provider.posts) == 1


async def test_a_rotation_within_the_account_changes_nothing(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> None:
    _, order, ticket = await sent_by_the_process(shop, engine, keys)
    engine.owner[ticket.external_id] = OTHERS
    rotated = await the_next(shop, engine, keys, order, OTHERS)
    await rotated.collect(ticket)
    assert engine.calls[1:] == [("wait", OTHERS), ("fetch", OTHERS)]


async def test_a_job_that_its_own_account_has_forgotten_is_over(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> None:
    """The control: with the key that it was ordered with, a job that is not there is no other account's."""
    _, order, ticket = await sent_by_the_process(shop, engine, keys)
    engine.owner[ticket.external_id] = "nobody"
    same = await the_next(shop, engine, keys, order, OURS)
    with pytest.raises(ProviderFailed, match="no such job"):
        await same.collect(ticket)
    assert await told_of_it(shop, order) == ("failed", "expired", ticket.external_id)


async def test_a_lost_reply_under_the_key_before_is_parked_and_says_so(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> None:
    worker = await a_worker(shop, engine, keys, of_process(OURS))
    order = a_panel(worker)
    engine.troubles = ["lost_reply"]
    engine.find = found = Unseen()  # type: ignore[method-assign]
    found.fails = KeyMissing("gone", provider="replicate", kind="auth")
    with pytest.raises(KeyMissing):
        await worker.submit(order)
    found.fails = None
    rotated = await the_next(shop, engine, keys, order, OTHERS)
    with pytest.raises(OrderParked) as parked:
        await rotated.submit(order)
    assert "ordered with another key" in parked.value.details["reason"]
    assert len(shop.provider.posts) == 1


async def test_the_order_keeps_a_mark_and_not_the_key(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> None:
    """Two orders of one key cannot be told to share it, and what a user's own key sends has no mark."""
    worker = await a_worker(shop, engine, keys, of_process(OURS))
    orders = [an_order(worker.lease.production_id, item=item, request=PANEL) for item in ("1A", "1B", "1C")]
    for order in orders[:2]:
        await worker.submit(order)
    await kept(keys, FIRST)
    await worker.submit(orders[2])
    rows = [await shop.row(order.call_key) for order in orders]
    first, second, third = (row["key_mark"] for row in rows)
    assert (len(first), first != second, third) == (32, True, None)
    assert not any(OURS in str(row) or FIRST in str(row) for row in rows)
    told = await worker.orders.history(worker.lease.production_id)
    assert not any("key_mark" in one or first in str(one) for one in told), "nor does an export tell the mark"


async def test_the_process_s_key_is_for_those_who_have_none(
    shop: Shop, engine: Accounts, keys: ProviderKeys
) -> None:
    settings = Settings(master_key=SecretStr(A_MASTER_KEY), replicate_api_token=SecretStr(OURS))
    worker = await a_worker(shop, engine, keys, settings)
    ticket = await worker.submit(a_panel(worker))
    await kept(keys, FIRST)
    await worker.collect(ticket)
    assert engine.calls == [("submit", OURS), ("wait", OURS), ("fetch", OURS)]
    await worker.orders.close()


async def test_only_who_has_a_key_is_planned_with(keys: ProviderKeys, settings: Settings) -> None:
    ring = ProvidersKeys(keys, settings)
    assert await ring.providers_of("local") == frozenset()
    (first,) = await kept(keys, FIRST)
    assert await ring.providers_of("local") == {"replicate"}
    await keys.change("local", first["id"], status="disabled")
    assert await ring.providers_of("local") == frozenset()
    ours = Settings(master_key=SecretStr(A_MASTER_KEY), fal_key=SecretStr("fal-key-of-the-tests:00000"))
    assert await ProvidersKeys(keys, ours).providers_of("local") == {"fal"}


async def test_another_accounts_empty_list_proves_nothing(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    """The reply was lost and the key is gone: what another account does not list may still be paid."""
    (first,) = await kept(keys, FIRST)
    order = a_panel(worker)
    engine.troubles = ["lost_reply"]
    engine.find = found = Unseen()  # type: ignore[method-assign]  # another account's list
    crash = KeyMissing("gone", provider="replicate", kind="auth")
    found.fails = crash
    with pytest.raises(KeyMissing):
        await worker.submit(order)
    await keys.replace("local", first["id"], key=SecretStr(SECOND))
    found.fails = None
    with pytest.raises(OrderParked):
        await worker.submit(order)
    assert len(shop.provider.posts) == 1


class Unseen:
    """A list in which nothing is found."""

    fails: KeyMissing | None = None

    async def __call__(self, *_: Any, **__: Any) -> list[str]:
        if self.fails is not None:
            raise self.fails
        return []


async def test_the_only_key_does_not_rest_when_it_was_asked_too_fast(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    await kept(keys, FIRST)
    engine.troubles = ["throttled"]
    await worker.place(a_panel(worker))
    assert len(shop.provider.posts) == 1
    assert [row["status"] for row in await keys.listed("local")] == ["active"]


async def test_of_two_keys_the_one_that_was_asked_too_fast_rests(
    worker: Worker, engine: Accounts, keys: ProviderKeys, shop: Shop
) -> None:
    await kept(keys, FIRST, SECOND)
    engine.troubles = ["throttled"]
    await worker.place(a_panel(worker))
    assert [key for call, key in engine.calls if call == "submit"] == [FIRST, SECOND]
    assert [row["status"] for row in await keys.listed("local")] == ["rate_limited", "active"]
