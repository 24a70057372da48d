"""A rotated key of the process, at vendors that answer by account: what was paid waits for its own key."""

from collections.abc import AsyncIterator
from time import time

import httpx
import pytest
from pydantic import SecretStr

from state.cost import Money
from state.errors import OrderParked
from state.order import Order, Ticket
from tests.builders import A_MASTER_KEY, a_request, an_order
from tests.fakes import FakeClock
from tests.integration.orders.shop import ImpatientClock, Shop, Worker
from tests.standins.job_vendors import JobVendors, SteppedTime, job_vendors_here
from tools.engine_keys import ProvidersKeys
from tools.engines.base import Engine
from tools.engines.fal import Fal
from tools.engines.replicate import Replicate
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.settings import Settings
from tools.vault.provider_keys import open_provider_keys

MODELS = {"replicate": "flux-schnell", "fal": "fal-flux-schnell"}
OLD, NEW = "key-of-the-account-before:0000", "key-of-the-account-now:000000"


@pytest.fixture
async def vendors() -> AsyncIterator[JobVendors]:
    async with job_vendors_here(SteppedTime(time())) as opened:
        for vendor in (opened.replicate, opened.fal):
            vendor.keys |= {OLD, NEW}
        yield opened


@pytest.fixture(params=["replicate", "fal"])
async def engine(request: pytest.FixtureRequest, vendors: JobVendors) -> AsyncIterator[Engine]:
    async with httpx.AsyncHTTPTransport() as nowhere:
        url = getattr(vendors, request.param).url
        made = {"replicate": Replicate, "fal": Fal}[request.param](url, elsewhere=nowhere)
        yield made
        await made.aclose()


async def a_process(shop: Shop, engine: Engine, production: str, key: str) -> Worker:
    chosen = Settings(
        master_key=SecretStr(A_MASTER_KEY), replicate_api_token=SecretStr(key), fal_key=SecretStr(key)
    )
    keys = ProvidersKeys(open_provider_keys(chosen, shop.database, FakeClock()), chosen)
    clock = ImpatientClock(shop.database)
    orders = Orders(
        shop.database, shop.store, {engine.provider: engine}, options=OrderOptions(), clock=clock, keys=keys
    )
    return Worker(orders, await shop.lease(production), engine, clock)  # type: ignore[arg-type]


async def ordered(shop: Shop, engine: Engine, production: str) -> tuple[Order, Ticket]:
    request = a_request("image", provider=engine.provider, model=MODELS[engine.provider])
    order = an_order(production, request=request)
    worker = await a_process(shop, engine, production, OLD)
    return order, await worker.submit(order, price=Money.usd("0.01"))


async def test_a_job_of_the_account_before_is_parked_and_comes_home_with_its_key(
    shop: Shop, engine: Engine, production: str, vendors: JobVendors
) -> None:
    order, ticket = await ordered(shop, engine, production)
    rotated = await a_process(shop, engine, production, NEW)
    with pytest.raises(OrderParked) as parked:
        await rotated.collect(ticket)
    assert "ordered with another key" in parked.value.details["reason"]
    back = await a_process(shop, engine, production, OLD)
    await back.orders.parked.settle(
        order.call_key, "it_is_this_job", user_id="local", external_id=ticket.external_id
    )
    await back.collect(ticket)
    assert len(vendors.books.orders(engine.provider)) == 1


async def test_with_the_key_that_ordered_it_it_is_just_collected(
    shop: Shop, engine: Engine, production: str, vendors: JobVendors
) -> None:
    """The control: the vendor has the job, and it is the key alone that hides it."""
    _, ticket = await ordered(shop, engine, production)
    same = await a_process(shop, engine, production, OLD)
    await same.collect(ticket)
    assert len(vendors.books.orders(engine.provider)) == 1
