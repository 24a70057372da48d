"""From end to end: a job is over at the stand-in, it rings our server, and who waits is awake (S1-68)."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.integration.api.conftest import Lot
from tests.integration.api.deliveries import Placed, placed, rings_of
from tests.standins.job_vendors import JobVendors, Signal, WallTime, faults, job_vendors_here
from tests.unit.standins.job_client import SCHNELL, SDXL, Customer
from tools.engines.base import JobStatus
from tools.engines.calling import Calling, calling
from tools.engines.live import polling
from tools.ledger.rings import CHANNEL
from tools.orders.rings import Rings
from tools.orders.webhook_urls import webhook_url_of
from tools.settings import Settings

MODELS = {"replicate": SDXL, "fal": SCHNELL}


@pytest.fixture
async def vendors() -> AsyncIterator[JobVendors]:
    async with job_vendors_here(WallTime()) as started:
        yield started


@pytest.fixture
def settings(tmp_path: Path, vendors: JobVendors) -> Settings:
    return Settings(
        data_dir=tmp_path, link_secret="a-secret-for-the-tests", replicate_base_url=vendors.replicate.url,
        fal_base_url=vendors.fal.url, replicate_api_token=vendors.replicate.key, fal_key=vendors.fal.key,
    )  # fmt: skip


@pytest.fixture
async def customer(vendors: JobVendors) -> AsyncIterator[Customer]:
    async with httpx.AsyncClient(verify=False, timeout=30, trust_env=False) as web:  # noqa: S501 - loopback
        yield Customer(vendors, web, vendors.replicate.time)  # type: ignore[arg-type]  # it is not stepped here


@pytest.fixture
async def rings(lot: Lot) -> AsyncIterator[Rings]:
    opened = Rings(lot.database)
    await opened.open()
    yield opened
    await opened.close()


class Waiter:
    """Waits for a job as engines do: a look, then half a minute unless the provider rings."""

    def __init__(self, customer: Customer, rings: Rings, order: Placed, url: str) -> None:
        self._customer, self._provider, self._job = customer, order.row.provider, ""
        self._call = Calling(webhook_url=url, pause=rings.pause_for(order.row.call_key))
        self.looks = 0
        self.looked = asyncio.Event()

    async def ended(self, job: str) -> JobStatus:
        self._job = job
        with calling(self._call):
            return await polling.ended(self._look)

    async def _look(self) -> JobStatus:
        replicate = self._provider == "replicate"
        vendor = self._customer.vendor(MODELS[self._provider])
        path = f"/v1/predictions/{self._job}" if replicate else f"/fal-ai/flux/requests/{self._job}/status"
        status = (await self._customer.ask(vendor, path)).json()["status"]
        self.looks += 1
        self.looked.set()
        return JobStatus(state="succeeded" if status in ("succeeded", "COMPLETED") else "running")


async def bought(customer: Customer, lot: Lot, order: Placed, url: str) -> str:
    """A job that rings there, and its id in the order's row."""
    events = ["completed"] if order.row.provider == "replicate" else None
    told = (await customer.order(MODELS[order.row.provider], hook=url, events=events)).json()
    job = str(told.get("id") or told["request_id"])
    await lot.database.execute(
        "update orders set external_id = %s, state = 'submitted' where call_key = %s",
        [job, order.row.call_key],
    )
    return job


def url_of(order: Placed, settings: Settings, served: httpx.AsyncClient) -> str:
    return webhook_url_of(order.row, settings.model_copy(update={"public_url": str(served.base_url)}))


@pytest.mark.parametrize("provider", list(MODELS))
@pytest.mark.parametrize("heard", [True, False])
async def test_who_waits_is_awake_when_the_provider_rings(
    lot: Lot, settings: Settings, served: httpx.AsyncClient, customer: Customer, rings: Rings,
    provider: str, heard: bool,
) -> None:  # fmt: skip
    """The control is a ring that is lost on its way: who waits sleeps on, until the half minute is over."""
    vendor = customer.vendor(MODELS[provider])
    vendor.hold = Signal()
    if not heard:
        vendor.faults.append(faults.webhook_lost())
    order = await placed(lot, provider, external_id=None, state="intent")
    url = url_of(order, settings, served)
    waiter = Waiter(customer, rings, order, url)
    job = await bought(customer, lot, order, url)
    waiting = asyncio.create_task(waiter.ended(job))
    await waiter.looked.wait()
    vendor.hold.set()
    if heard:
        async with asyncio.timeout(10):
            assert (await waiting).state == "succeeded"
        assert waiter.looks == 2
        assert [(ring["job_id"], ring["hinted"]) for ring in await rings_of(lot)] == [(job, False)]
        return
    await customer.vendors.books.when(lambda book: book.jobs[job].is_final and bool(book.met)).heard()
    await all_heard(lot, rings)
    assert (waiter.looks, waiting.done(), await rings_of(lot)) == (1, False, [])
    waiting.cancel()


@pytest.mark.parametrize("provider", list(MODELS))
async def test_a_hundred_repetitions_are_one_look(
    lot: Lot, settings: Settings, served: httpx.AsyncClient, customer: Customer, rings: Rings, provider: str
) -> None:
    vendor = customer.vendor(MODELS[provider])
    vendor.faults.append(faults.webhook_repeated(100))
    order = await placed(lot, provider, external_id=None, state="intent")
    url = url_of(order, settings, served)
    waiter = Waiter(customer, rings, order, url)
    job = await bought(customer, lot, order, url)
    await waiter.ended(job)
    await customer.vendors.books.when(lambda book: len(book.sent) == 100).heard()
    assert {sent.status for sent in customer.vendors.books.sent} == {204}
    assert len(await rings_of(lot)) == 1


async def test_a_delivery_that_overtakes_the_answer_names_the_job(
    lot: Lot, settings: Settings, served: httpx.AsyncClient, customer: Customer
) -> None:
    """The id lies there before the process that ordered has heard it, and it may never hear it."""
    customer.vendors.replicate.faults.append(faults.webhook_first())
    order = await placed(lot, "replicate", external_id=None, state="intent")
    told = await customer.order(SDXL, hook=url_of(order, settings, served), events=["start", "completed"])
    found = {(ring["job_id"], ring["status"], ring["hinted"]) for ring in await rings_of(lot)}
    assert found == {(told.json()["id"], status, True) for status in ("processing", "succeeded")}


async def all_heard(lot: Lot, rings: Rings) -> None:
    """Whatever was told before this has been heard."""
    end = rings.pause_for("the end")
    await lot.database.execute("select pg_notify(%s, 'the end')", [CHANNEL])
    async with asyncio.timeout(10):
        await end(60)
