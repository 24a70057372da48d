"""Without our runner the first guarded call claims the production itself, and the fences hold."""

import asyncio
from datetime import datetime
from uuid import uuid4

import pytest

from state.errors import LeaseLost, OrderError
from tests.builders import an_order
from tests.fakes import FakeClock
from tests.integration.orders.shop import Shop, working
from tools.clock import SystemClock


async def test_a_script_needs_no_production_first(shop: Shop) -> None:
    """It is created paused, so that no worker of ours picks it up."""
    order = an_order(str(uuid4()))
    orders = shop.orders(lease_ttl_s=60, clock=SystemClock(), graph="novela")
    await orders.place(order)
    row = await shop.database.fetch_one(
        "select user_id, graph, status, epoch, lease_owner is not null as held from productions"
        " where production_id = %s",
        (order.production_id,),
    )
    assert row == {"user_id": "local", "graph": "novela", "status": "paused", "epoch": 1, "held": True}
    await orders.close()


async def test_closing_lets_the_next_process_in_at_once(shop: Shop, production: str) -> None:
    first, second = (shop.orders(lease_ttl_s=600, clock=SystemClock()) for _ in range(2))
    await first.submit(an_order(production))
    await first.close()
    await second.submit(an_order(production))
    assert len(shop.provider.posts) == 1
    await second.close()


async def test_two_programs_cannot_have_one_production(shop: Shop, production: str) -> None:
    first = shop.orders(lease_ttl_s=600, clock=SystemClock())
    second = shop.orders(lease_ttl_s=600, clock=FakeClock())
    await first.submit(an_order(production, item="1A"))
    with pytest.raises(LeaseLost, match="another process"):
        await second.submit(an_order(production, item="1B"))
    assert len(shop.provider.posts) == 1
    await first.close()


class CountingClock(SystemClock):
    """Says how often it was slept on: between two sleeps is one renewal."""

    def __init__(self) -> None:
        self.sleeps = 0
        self.slept = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.sleeps += 1
        self.slept.set()
        await super().sleep(seconds)

    async def renewed(self) -> None:
        """Return when a renewal that begins from now on has ended."""
        enough = self.sleeps + 2
        while self.sleeps < enough:
            self.slept.clear()
            await self.slept.wait()


async def test_the_lease_is_renewed_while_the_process_lives(shop: Shop, production: str) -> None:
    clock = CountingClock()
    orders = shop.orders(lease_ttl_s=0.6, clock=clock)
    await orders.submit(an_order(production, item="1A"))
    claimed = await lease_until(shop)
    await asyncio.wait_for(clock.renewed(), 10)
    assert await lease_until(shop) > claimed
    await orders.submit(an_order(production, item="1B"))
    assert await shop.database.fetch_one("select epoch from productions") == {"epoch": 1}
    await orders.close()


async def lease_until(shop: Shop) -> datetime:
    row = await shop.database.fetch_one("select lease_until from productions")
    assert row is not None
    assert isinstance(row["lease_until"], datetime)
    return row["lease_until"]


async def test_a_dead_program_is_waited_out(shop: Shop, production: str) -> None:
    dead = shop.orders(lease_ttl_s=0.2, clock=FakeClockThatNeverRenews())
    await dead.submit(an_order(production, item="1A"))
    alive = shop.orders(lease_ttl_s=0.2, clock=SystemClock())
    await alive.submit(an_order(production, item="1B"))
    row = await shop.database.fetch_one("select epoch from productions")
    assert row == {"epoch": 2}
    await asyncio.gather(dead.close(), alive.close())


class FakeClockThatNeverRenews(FakeClock):
    """The process is dead: nothing of it wakes up again."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.Event().wait()


async def test_a_production_is_named_by_a_uuid(shop: Shop) -> None:
    with pytest.raises(OrderError, match="must be a UUID"):
        await shop.orders().submit(an_order("my-film"))


async def test_a_runner_orders_for_its_own_production_only(shop: Shop, production: str) -> None:
    lease = await shop.lease(production)
    with working(lease), pytest.raises(OrderError, match="cannot order for"):
        await shop.orders().submit(an_order(await shop.production()))
