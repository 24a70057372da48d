"""One order is one paid POST: doubled calls, dead workers, frozen workers, any mix of troubles."""

import asyncio
import itertools
import random
from contextlib import suppress
from typing import Any, ClassVar

import pytest

from state.errors import DeadlinePassed, LeaseLost
from state.order import Delivery, Order, Ticket
from tests.builders import an_image_request, an_order
from tests.fakes import Crash, CrashAt, FakeClock
from tests.integration.orders.shop import FrozenAfterArming, Shop, Worker
from tools.ledger.ledger import QUERIES, Ledger

HELD_UP_FOR_EVER = 1000
CRASHES = (
    "before_intent", "after_intent", "after_post", "after_id", "during_download", "after_bytes",
    "before_done",
)  # fmt: skip


class ManyMaySend(Ledger):
    """The guard off: arming compares nothing."""

    queries = QUERIES | {
        "arm": QUERIES["arm"]
        .replace("and o.attempt = %(attempt)s\n        and o.submit_deadline is null", "")
        .replace("select call_key, attempt,", "select call_key, 1000 + (random() * 1e6)::int,")
    }


class NoFence(Ledger):
    """The guard off: whoever lost the lease writes on."""

    queries: ClassVar[dict[str, str]] = {
        name: sql.replace("p.epoch = %(epoch)s", "%(epoch)s::bigint is not null")
        for name, sql in QUERIES.items()
    }

    async def _lock(self, connection: Any, production_id: str, *, epoch: int) -> Any:
        return await self._one(connection, "lock_production", {"production_id": production_id})


async def buy_without_ledger(worker: Worker, shop: Shop, order: Order, point: str) -> None:
    """The guard off altogether: what a node that calls the provider itself would do."""
    hook = CrashAt(point)
    external_id = await worker.engine.submit(order.request, call_key=order.call_key)
    await hook("after_post")
    await worker.engine.wait(external_id)
    await hook("before_done")


async def test_twenty_calls_at_once_in_one_process(worker: Worker, shop: Shop, production: str) -> None:
    order = an_order(production)
    tickets = await asyncio.gather(*(worker.submit(order) for _ in range(20)))
    assert len(set(tickets)) == 1
    assert shop.provider.posts == [order.call_key]


async def test_twenty_processes_at_once(shop: Shop, production: str) -> None:
    order = an_order(production)
    tickets = await twenty_processes(shop, production, order)
    assert {ticket.external_id for ticket in tickets} == {"job-1"}
    assert shop.provider.posts == [order.call_key]


async def test_without_the_comparison_twenty_processes_pay_more_than_once(
    shop: Shop, production: str
) -> None:
    order = an_order(production)
    await twenty_processes(shop, production, order, ledger=ManyMaySend(shop.database))
    assert len(shop.provider.posts) > 1


async def twenty_processes(shop: Shop, production: str, order: Order, **more: Any) -> list[Ticket]:
    lease = await shop.lease(production)
    clock = FakeClock()
    workers = [await shop.worker(production, lease=lease, clock=clock, **more) for _ in range(20)]
    results = await asyncio.gather(*(each.submit(order) for each in workers), return_exceptions=True)
    return [result for result in results if isinstance(result, Ticket)]


@pytest.mark.parametrize("point", CRASHES)
async def test_a_crash_at_any_step_pays_once(point: str, shop: Shop, production: str) -> None:
    order = an_order(production)
    delivery, crashes = await crash_and_go_on(shop, production, order, point)
    assert crashes == 1
    assert shop.provider.posts == [order.call_key]
    stored = await shop.store.get(delivery.media.key)
    assert stored.read_bytes() == shop.provider.content("job-1")
    assert (await shop.row(order.call_key))["state"] == "done"


@pytest.mark.parametrize("point", ["after_post", "before_done"])
async def test_without_the_ledger_the_same_crash_pays_twice(
    point: str, shop: Shop, production: str, worker: Worker
) -> None:
    order = an_order(production)
    with pytest.raises(Crash):
        await buy_without_ledger(worker, shop, order, point)
    await buy_without_ledger(worker, shop, order, "nowhere")
    assert len(shop.provider.posts) == 2


async def crash_and_go_on(shop: Shop, production: str, order: Order, point: str) -> tuple[Delivery, int]:
    hook = CrashAt(point)
    victim = await shop.worker(production, fault=hook)
    with pytest.raises(Crash):
        await victim.place(order)
    successor = await shop.worker(production)
    return await successor.place(order), hook.crashes


async def test_an_old_epoch_buys_nothing(shop: Shop, production: str) -> None:
    old = await shop.worker(production)
    new = await shop.worker(production)
    with pytest.raises(LeaseLost):
        await old.submit(an_order(production))
    await new.submit(an_order(production))
    assert len(shop.provider.posts) == 1


async def test_without_the_fence_an_old_epoch_buys(shop: Shop, production: str) -> None:
    old = await shop.worker(production, ledger=NoFence(shop.database))
    await shop.worker(production)
    with suppress(LeaseLost):
        await old.submit(an_order(production))
    assert len(shop.provider.posts) == 1


async def test_a_lease_lost_after_the_intent_buys_nothing(shop: Shop, production: str) -> None:
    async def overtaken(name: str) -> None:
        if name == "after_intent":
            await shop.lease(production)

    old = await shop.worker(production, fault=overtaken)
    with pytest.raises(LeaseLost):
        await old.submit(an_order(production))
    assert shop.provider.posts == []


async def test_an_old_epoch_stores_no_result(shop: Shop, production: str) -> None:
    old = await shop.worker(production)
    ticket = await old.submit(an_order(production))
    new = await shop.worker(production)
    with pytest.raises(LeaseLost):
        await old.collect(ticket)
    assert (await new.collect(ticket)).media.size_bytes > 0
    assert len(shop.provider.posts) == 1


async def test_a_frozen_owner_gives_up(shop: Shop, production: str) -> None:
    """It wakes after its deadline, when its successor has bought: it must not send."""
    order = an_order(production)
    frozen = await a_worker_that_freezes(shop, order, frozen_s=3600)
    with pytest.raises((DeadlinePassed, LeaseLost)):
        await frozen.submit(order)
    assert shop.provider.posts == [order.call_key]


async def test_a_frozen_owner_whose_clock_stood_still_pays_twice(shop: Shop, production: str) -> None:
    """The control: without the look at the clock after the freeze there are two payments."""
    order = an_order(production)
    frozen = await a_worker_that_freezes(shop, order, frozen_s=0)
    with pytest.raises(LeaseLost):
        await frozen.submit(order)
    assert len(shop.provider.posts) == 2


@pytest.mark.parametrize("often", [1, HELD_UP_FOR_EVER])
async def test_who_was_held_up_and_still_has_the_production_sends_in_time(
    shop: Shop, production: str, often: int
) -> None:
    """Nothing had left, so it is sent now and once; who is held up each time gives up, and sends nothing."""
    order, clock, held_up = an_order(production), FakeClock(), itertools.count(1)

    async def held(name: str) -> None:
        if name == "before_post" and next(held_up) <= often:
            clock.passed_s += 3600

    worker = await shop.worker(production, clock=clock, fault=held)
    if often == 1:
        await worker.submit(order)
    else:
        with pytest.raises(DeadlinePassed):
            await worker.submit(order)
    assert shop.provider.posts == ([order.call_key] if often == 1 else [])


async def a_worker_that_freezes(shop: Shop, order: Order, *, frozen_s: float) -> Worker:
    """It stops after arming; meanwhile a successor takes the production over and buys."""
    clock = FakeClock()

    async def meanwhile() -> None:
        successor = await shop.worker(order.production_id)
        await successor.place(order)
        clock.passed_s += frozen_s

    ledger = FrozenAfterArming(shop, meanwhile)
    return await shop.worker(order.production_id, clock=clock, ledger=ledger)


async def test_a_cancelled_caller_loses_no_job(worker: Worker, shop: Shop, production: str) -> None:
    """Cancelled in the middle of the POST: the id is stored before the caller is let go."""
    order = an_order(production)
    started, go_on = asyncio.Event(), asyncio.Event()
    submit = worker.engine.submit

    async def slow(*arguments: Any, **more: Any) -> str:
        started.set()
        await go_on.wait()
        return await submit(*arguments, **more)

    worker.engine.submit = slow  # type: ignore[method-assign]
    task = asyncio.create_task(worker.submit(order))
    await started.wait()
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await shop.row(order.call_key))["external_id"] == "job-1"


async def test_a_new_decision_is_bought(worker: Worker, shop: Shop, production: str) -> None:
    first = await worker.place(an_order(production))
    red = an_order(production, cause="gate-1", request=an_image_request(seed=8))
    second = await worker.place(red)
    assert (first.take_number, second.take_number) == (1, 2)
    assert len(shop.provider.posts) == 2


@pytest.mark.parametrize("seed", range(12))
async def test_any_sequence_of_troubles_pays_once(seed: int, shop: Shop, production: str) -> None:
    """Workers die at random points and answers are lost at random, until one of them delivers."""
    chance = random.Random(seed)  # noqa: S311  # troubles that can be repeated, not secrets
    order = an_order(production)
    for _ in range(4):
        doomed = await shop.worker(production, fault=CrashAt(chance.choice(CRASHES)))
        doomed.engine.troubles = chance.choices(["", "lost_reply", "lost_request", "throttled"], k=2)
        with suppress(Crash):
            await doomed.place(order)
    survivor = await shop.worker(production)
    delivery = await survivor.place(order)
    assert shop.provider.posts == [order.call_key]
    assert (await shop.store.get(delivery.media.key)).read_bytes() == shop.provider.content("job-1")
