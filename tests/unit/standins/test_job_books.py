"""The books of Replicate and fal: what is billed, what a process finds that starts again, and who is told."""

import asyncio
import json

import httpx
import pytest

from tests.standins.job_vendors import JobVendors, Signal, SteppedTime, faults, job_vendors
from tests.standins.job_vendors.process import VendorsProcess
from tests.unit.standins.job_client import KLING, SDXL, VEO, Customer


async def test_every_post_and_every_job_stands_in_the_books(customer):
    await customer.bought(SDXL)
    await customer.order(VEO, duration=5)
    await customer.bought(KLING)

    books = customer.vendors.books
    assert [(one.vendor, one.outcome.split(" ")[0]) for one in books.posts()] == [
        ("replicate", "answered"), ("replicate", "rejected"), ("fal", "answered")
    ]  # fmt: skip
    assert [job.model for job in books.orders()] == [SDXL, KLING]
    assert [job.key for job in books.orders()] == [customer.vendors.replicate.key, customer.vendors.fal.key]


@pytest.mark.parametrize(
    ("model", "changes", "micro_usd"),
    [
        (SDXL, {"num_outputs": 3}, 24_000),
        (VEO, {"duration": 6}, 900_000),
        ("minimax/music-1.5", {"prompt": "slow and sad", "lyrics": "one two three"}, 30_000),
        ("meta/musicgen", {"duration": 3}, 27_000),
    ],
)
async def test_replicate_bills_what_was_ordered(customer, model, changes, micro_usd):
    await customer.look(await customer.bought(model, **changes))
    assert customer.vendors.books.micro_usd("replicate", model) == micro_usd


async def test_a_job_is_billed_once_however_often_it_is_looked_at(customer):
    job = await customer.bought(SDXL)
    for _ in range(3):
        await customer.look(job)
    assert len(customer.vendors.books.invoices) == 1


async def again(customer: Customer, tmp_path, time: SteppedTime) -> JobVendors:
    """Other vendors with the same folder."""
    await customer.vendors.stop()
    vendors = JobVendors(time, folder=tmp_path, ports=tuple(one.server.port for one in customer.vendors.all))
    await vendors.start()
    customer.vendors = vendors
    return vendors


@pytest.fixture
async def kept(tmp_path):
    """A customer of vendors with a folder."""
    time = SteppedTime()
    async with httpx.AsyncClient(verify=False, timeout=30) as web:  # noqa: S501 - loopback
        vendors = JobVendors(time, folder=tmp_path)
        await vendors.start()
        customer = Customer(vendors, web, time)
        yield customer
        await customer.vendors.stop()
        customer.vendors.complain()


async def test_whoever_starts_again_remembers_jobs_invoices_and_files(kept, tmp_path):
    kept.vendors.replicate.faults.append(faults.refused())
    refused, job = await kept.bought(SDXL), await kept.bought(SDXL, num_outputs=2)
    await kept.look(refused)
    told, file = (await kept.look(job)).json(), await kept.fetched(job)

    vendors = await again(kept, tmp_path, kept.time)

    assert (await kept.look(job)).json() == told
    assert await kept.fetched(job) == file
    assert (await kept.look(refused)).json()["error"].startswith("NSFW")
    assert vendors.books.micro_usd("replicate") == 24_000
    assert vendors.books.kinds_met() == {"refused": 1}
    assert vendors.books.earlier == {"replicate /v1/predictions": 2}


async def test_whoever_starts_again_goes_on(kept, tmp_path):
    kept.vendors.fal.hold = Signal()
    job = await kept.bought(KLING)
    assert (await kept.status(job)).json()["status"] == "IN_PROGRESS"

    vendors = await again(kept, tmp_path, kept.time)
    await vendors.books.jobs[job.id].done.heard()

    assert (await kept.status(job)).json()["status"] == "COMPLETED"
    assert len(vendors.books.invoices) == 1


async def test_a_torn_last_line_is_passed_over(kept, tmp_path):
    job = await kept.bought(SDXL)
    await kept.look(job)
    with (tmp_path / "books.jsonl").open("a") as file:
        file.write('{"what": "invoice", "vend')

    vendors = await again(kept, tmp_path, kept.time)

    assert list(vendors.books.jobs) == [job.id]


async def test_uploads_are_found_again(kept, tmp_path):
    fal = kept.vendors.fal
    token = (await kept.ask(fal, "/storage/auth/token", "POST")).json()["token"]
    send = {"authorization": f"Bearer {token}", "content-type": "image/png"}
    sent = await kept.web.post(f"{fal.url}/files/upload", content=b"png", headers=send)

    await again(kept, tmp_path, kept.time)

    assert (await kept.web.get(sent.json()["access_url"])).content == b"png"


def test_a_killed_process_is_found_where_it_was_and_knows_what_nobody_heard_of(tmp_path):
    with VendorsProcess(tmp_path, faults="dropped") as process, httpx.Client(verify=False, timeout=30) as web:  # noqa: S501 - loopback
        headers = {"authorization": "Bearer r8_stand_in"}
        body = {"version": "black-forest-labs/flux-schnell", "input": {"prompt": "x"}}
        urls = dict(process.urls)
        with pytest.raises(httpx.RemoteProtocolError):
            web.post(f"{urls['replicate']}/v1/predictions", json=body, headers=headers)

        process.end()
        process.start()
        (told,) = web.get(f"{urls['replicate']}/v1/predictions", headers=headers).json()["results"]

        assert process.urls == urls
        assert (told["input"], told["status"]) == (body["input"], "succeeded")
        assert web.get(told["output"][0]).headers["content-type"] == "image/webp"
        books = process.books()
        assert (books.micro_usd(), books.kinds_met()) == (3000, {"dropped": 1})
        assert books.earlier == {"replicate /v1/predictions": 1}


def test_it_serves_in_a_thread(tmp_path):
    with job_vendors() as vendors, httpx.Client(verify=False, timeout=30) as web:  # noqa: S501 - loopback
        key = {"authorization": f"Key {vendors.fal.key}"}
        told = web.post(f"{vendors.fal.url}/{KLING}", json={"prompt": "x"}, headers=key).json()
        vendors.books.when(lambda book: len(book.invoices) == 1).wait()
        assert web.get(told["status_url"], headers=key).json()["status"] == "COMPLETED"


async def test_what_goes_wrong_inside_is_raised_at_the_end():
    async with httpx.AsyncClient(verify=False, timeout=30) as web:  # noqa: S501 - loopback
        vendors = JobVendors()
        await vendors.start()
        vendors.replicate.told = lambda *_: 1 / 0
        with pytest.raises(httpx.RemoteProtocolError):
            await Customer(vendors, web, SteppedTime()).order(SDXL)
        await vendors.stop()
    with pytest.raises(ZeroDivisionError):
        vendors.complain()


async def test_many_orders_at_once_are_all_kept(customer):
    answers = await asyncio.gather(*(customer.order(SDXL, seed=number) for number in range(50)))
    assert len({one.json()["id"] for one in answers}) == 50
    seeds = [job.given["seed"] for job in customer.vendors.books.orders()]
    assert sorted(seeds) == list(range(50))
    assert json.dumps([job.record() for job in customer.vendors.books.orders()])
