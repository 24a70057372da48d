"""Orders at Replicate with all that can go wrong there: one job for each, none lost, none paid twice."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from time import time
from typing import Any

import httpx
import pytest

from state.cost import Money
from state.errors import ProviderError, ProviderRefused
from state.order import Delivery, Order
from tests.builders import a_request, an_order
from tests.contracts.handed import Handed
from tests.integration.orders.shop import ImpatientClock, Shop, working
from tests.standins.job_vendors import Fault, JobVendors, SteppedTime, faults, job_vendors_here
from tools.db.pool import Database
from tools.engines.base import Engine
from tools.engines.replicate import Replicate
from tools.ledger.ledger import Ledger
from tools.orders.lease import Lease
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.resilience.retry import Backoff

CENT = Money.usd("0.01")
LONGEST_PAUSE_S = 60.0
REAL_TIME = ("hangs", "trickle")
"""Kinds that need time which nobody can move; tests of the adapter have them."""
REPLACED = Counter(["failed", "never", "wrong_kind", "no_bytes", "wrong_duration", "black", "truncated"])
"""What ends a job without a result that can be used, and with no fault of the order. A panel is drawn small
here, which nobody priced, and a clip without a sound of its own gets ours."""
ALL = [fault for fault in faults.KINDS if fault.kind not in REAL_TIME and fault.at != "webhook"]


class VendorsClock(ImpatientClock):
    """Pauses are over at once; how long a job may take is for the vendor's time to say."""

    def __init__(self, database: Database, moved: SteppedTime) -> None:
        super().__init__(database)
        self._moved = moved

    async def sleep(self, seconds: float) -> None:
        if seconds <= LONGEST_PAUSE_S:
            await super().sleep(seconds)
        else:
            await self._moved.until(self._moved.now() + seconds)


@dataclass
class Till:
    """A desk whose only engine is Replicate's, and the vendor behind it."""

    shop: Shop
    vendors: JobVendors
    orders: Orders
    lease: Lease

    async def place(self, order: Order) -> Delivery:
        with working(self.lease):
            return await self.orders.place(order, price=CENT)

    @property
    def jobs(self) -> list[str]:
        return [job.id for job in self.vendors.books.orders("replicate")]

    @property
    def posts(self) -> int:
        return sum(one.path.endswith("/predictions") for one in self.vendors.books.posts("replicate"))

    async def known(self) -> list[str]:
        """The jobs that our ledger has an attempt for."""
        rows = await self.shop.database.fetch_all(
            "select external_id from order_attempts where external_id is not null"
        )
        return [row["external_id"] for row in rows]


@pytest.fixture
async def desk(shop: Shop, production: str) -> AsyncIterator[Till]:
    moved = SteppedTime(time())

    async def pause(seconds: float) -> None:
        moved.advance(seconds)

    async with job_vendors_here(moved) as vendors, httpx.AsyncHTTPTransport() as nowhere:
        engine = Replicate(vendors.replicate.url, elsewhere=nowhere)
        handed: Engine = Handed(engine, vendors.replicate.key, pause=pause)
        options = OrderOptions(backoff=Backoff(tries=4, first_s=0.01))
        orders = Orders(
            shop.database, shop.store, {"replicate": handed}, ledger=Ledger(shop.database), options=options,
            clock=VendorsClock(shop.database, moved), fault=nothing,
        )  # fmt: skip
        yield Till(shop, vendors, orders, await shop.lease(production))
        await orders.close()
        await engine.aclose()


async def nothing(name: str) -> None:
    """No fault of our own."""


def a_panel(production: str, item: str = "1A", **changes: Any) -> Order:
    request = a_request("image", provider="replicate", model="flux-schnell", **changes)
    return an_order(production, item=item, request=request)


async def test_a_dropped_reply_is_one_post_and_its_job_is_taken(desk: Till, production: str) -> None:
    desk.vendors.replicate.faults.append(faults.dropped())
    order = a_panel(production)

    delivery = await desk.place(order)

    assert delivery.media.size_bytes > 0
    assert (desk.posts, desk.jobs) == (1, await desk.known())
    assert await desk.shop.outcomes(order.call_key) == ["done"]


async def test_a_request_that_nobody_read_is_proven_absent_and_sent_again(
    desk: Till, production: str
) -> None:
    desk.vendors.replicate.faults.append(faults.unread())
    order = a_panel(production)
    await desk.place(order)
    assert (desk.posts, len(desk.jobs)) == (2, 1)
    assert await desk.shop.outcomes(order.call_key) == ["absent", "done"]


@pytest.mark.parametrize("fault", [faults.refused(), faults.empty_success()], ids=lambda one: one.kind)
async def test_a_refusal_is_never_tried_again_by_itself(desk: Till, production: str, fault: Fault) -> None:
    desk.vendors.replicate.faults.append(fault)
    for _ in range(2):
        with pytest.raises(ProviderRefused):
            await desk.place(a_panel(production))
    assert (desk.posts, len(desk.jobs)) == (1, 1)


async def test_every_kind_of_fault_ends_and_nothing_is_paid_twice(desk: Till, production: str) -> None:
    """Each kind is shown to have happened; whatever the vendor took stands in our ledger, once."""
    ended, replaced = Counter[str](), Counter[str]()
    for number, fault in enumerate(ALL):
        desk.vendors.replicate.faults.append(fault)
        before = len(desk.jobs)
        ended[await how_it_ended(desk, an_order_for(fault, production, number))] += 1
        assert desk.vendors.replicate.faults == [], f"{fault.kind} waits still"
        replaced[fault.kind] += len(desk.jobs) - before - 1
    met = desk.vendors.books.kinds_met("replicate")
    assert met.total() == len(ALL)
    known = await desk.known()
    assert sorted(desk.jobs) == sorted(known)
    assert len(set(known)) == len(known)
    assert +replaced == REPLACED, "only what died is replaced"
    assert ended == {"done": len(ALL) - 4, "refused": 3, "expired": 1}


def an_order_for(fault: Fault, production: str, number: int) -> Order:
    """Of something that it can happen to; each has a seed of its own, as in a production."""
    item = f"{number + 1}A"
    if fault.kind not in ("filtered_video", "wrong_duration", "silent"):
        return a_panel(production, item, seed=number)
    request = a_request("video", provider="replicate", model="wan-2.5-t2v-fast", duration_s=4, seed=number)
    return an_order(production, stage="take", item=item, request=request)


async def how_it_ended(desk: Till, order: Order) -> str:
    try:
        await desk.place(order)
    except ProviderError as error:
        return error.kind
    return "done"
