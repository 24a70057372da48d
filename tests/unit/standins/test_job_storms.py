"""Many orders under many faults: each kind shows, each order that was taken ends, and the books agree."""

import asyncio

import httpx
import pytest

from tests.standins.job_vendors import Job, faults
from tests.standins.job_vendors.answers import name_of
from tests.unit.standins.job_client import KLING, SDXL, VEO, Customer, files_in

STUCK = {"hangs", "never"}
QUIET = [fault for fault in faults.KINDS if fault.kind not in STUCK]


async def tried(customer: Customer, model: str, hook: str) -> None:
    """Order whatever comes, as often as is needed to be taken or to fail."""
    try:
        await customer.order(model, hook=hook)
    except httpx.HTTPError:
        return


async def followed(customer: Customer, job: Job) -> None:
    """Look until it is done and fetch what there is, each twice, since the first time may break."""
    for _ in range(3):
        try:
            told = (await customer.look(job)).json()
            for address in [one for one in files_in(told) for _ in range(2)]:
                await customer.web.get(address)
        except (httpx.HTTPError, ValueError, KeyError):
            continue


async def stormed(customer: Customer, hook: str, share: float, orders: int) -> None:
    for number, vendor in enumerate(customer.vendors.all):
        vendor.deck = faults.Deck(number, share, QUIET)
    models = (SDXL, VEO, KLING)
    for number in range(orders):
        await tried(customer, models[number % 3], hook)
    customer.time.advance(61)
    for job in customer.vendors.books.orders():
        async with asyncio.timeout(20):
            await job.done.heard()
        await followed(customer, job)


@pytest.mark.parametrize(("share", "orders"), [(1.0, 9), pytest.param(0.6, 400, marks=pytest.mark.nightly)])
async def test_every_order_that_was_taken_ends_and_is_billed_as_it_should(
    customer, receiver, share, orders
):  # fmt: skip
    await stormed(customer, receiver.url, share, orders)
    books = customer.vendors.books
    billed = {one.job for one in books.invoices}
    owed = {
        job.id
        for job in books.orders()
        if job.state == "succeeded" or (job.vendor == "replicate" and job.state == "failed")
    }
    assert billed == owed
    assert all(job.is_final for job in books.orders())
    assert len(books.posts()) == orders
    met = books.kinds_met()
    assert len(met) >= 4
    if orders > 100:
        assert {name_of(fault) for fault in QUIET} <= set(met)
