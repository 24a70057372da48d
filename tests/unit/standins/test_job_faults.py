"""Every fault at both vendors: as it looks on the wire, in the books, on the bill."""

import asyncio
from dataclasses import replace
from types import FunctionType

import httpx
import pytest

from tests.standins.job_vendors import Gate, Signal, faults
from tests.standins.job_vendors.answers import name_of
from tests.standins.job_vendors.faults import Fault
from tests.standins.job_vendors.vendor import JobVendor
from tests.standins.receiver import receiver_here
from tests.unit.standins.job_client import KLING, SDXL, VEO, Customer, files_in

SUBMITS = [
    fault for fault in faults.KINDS if fault.at == "submit" and fault.kind not in ("hangs", "webhook_first")
]
SUBMITS += [faults.key_refused(), faults.key_refused(403), faults.no_credit()]
JOBS = [fault for fault in faults.KINDS if fault.at == "job"]
CLIPS = pytest.mark.parametrize("model", [VEO, KLING])


def name(fault: Fault) -> str:
    return f"{fault.at} {name_of(fault)}"


async def met_by(customer: Customer, model: str) -> str:
    """How an order looks from outside."""
    try:
        answer = await customer.order(model)
    except (httpx.RemoteProtocolError, httpx.ReadError):
        return "nothing"
    try:
        return str(answer.status_code) if isinstance(answer.json(), dict) else "?"
    except ValueError:
        kind = answer.headers["content-type"].split(";")[0]
        return f"{answer.status_code} {'empty' if not answer.content else kind}"


LOOKS = {
    "submit dropped": "nothing", "submit unread": "nothing", "submit status 429": "429",
    "submit status 429 without a hint": "429", "submit status 500": "500",
    "submit status 503 and taken": "503",
    "submit page 502": "502 text/html", "submit page 504 and taken": "504 text/html",
    "submit garbage": "20x application/json", "submit empty_body": "20x empty", "submit status 401": "401",
    "submit status 403": "403", "submit status 402": "40x",
}  # fmt: skip


@CLIPS
@pytest.mark.parametrize("fault", SUBMITS, ids=name)
async def test_a_submit_meets_it_once_and_the_books_know_whether_it_was_taken(customer, model, fault):
    vendor, books = customer.vendor(model), customer.vendors.books
    vendor.faults.append(fault)
    good, locked = ("200", "403") if vendor.name == "fal" else ("201", "402")

    looked = await met_by(customer, model)
    after = await met_by(customer, model)

    assert looked == LOOKS[name(fault)].replace("20x", good).replace("40x", locked)
    assert after == good
    assert books.kinds_met(vendor.name) == {name_of(fault): 1}
    assert len(books.orders(vendor.name)) == (2 if fault.accepted else 1)
    assert len(books.posts(vendor.name)) == 2


@CLIPS
async def test_what_was_taken_behind_a_lost_answer_is_made_and_billed(customer, model):
    customer.vendor(model).faults.append(faults.dropped())

    await met_by(customer, model)
    (job,) = customer.vendors.books.orders()
    async with asyncio.timeout(20):
        await job.done.heard()

    assert job.state == "succeeded"
    assert [one.job for one in customer.vendors.books.invoices] == [job.id]


@CLIPS
async def test_an_answer_hangs_until_its_release_while_the_job_goes_on(customer, model):
    release = Signal()
    customer.vendor(model).faults.append(faults.hangs(release))

    asking = asyncio.ensure_future(met_by(customer, model))
    await customer.vendors.books.when(lambda book: len(book.invoices) == 1).heard()
    assert not asking.done()
    release.set()

    assert await asking == "nothing"
    assert customer.vendors.books.kinds_met() == {"hangs": 1}


@CLIPS
async def test_a_client_that_gives_up_leaves_its_job_behind(customer, model):
    customer.vendor(model).faults.append(faults.hangs())
    asking = asyncio.ensure_future(customer.order(model))
    await customer.vendors.books.when(lambda book: len(book.jobs) == 1).heard()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)

    (job,) = customer.vendors.books.orders()
    await job.done.heard()

    assert (await customer.look(job)).status_code == 200


@CLIPS
@pytest.mark.parametrize("fault", [one for one in faults.KINDS if one.at == "look"], ids=name)
async def test_a_look_meets_it_once(customer, model, fault):
    vendor = customer.vendor(model)
    job = await customer.bought(model)
    vendor.faults.append(fault)
    looked = "whole"
    try:
        answer = await customer.look(job)
        looked = str(answer.status_code) if fault.status else "half"
        assert fault.status or answer.content == b'{"id": "half an ans'
    except httpx.RemoteProtocolError:
        looked = "nothing"

    assert looked == {"dropped": "nothing", "garbage": "half"}.get(fault.kind, str(fault.status))
    assert (await customer.look(job)).status_code == 200
    assert customer.vendors.books.kinds_met() == {name_of(fault): 1}


@pytest.mark.parametrize("at", ["cancel", "list"])
@CLIPS
async def test_cancels_and_lists_meet_theirs(customer, model, at):
    vendor = customer.vendor(model)
    vendor.hold = Signal()
    job = await customer.bought(model)
    vendor.faults.append(faults.server_error(500, at=at))
    if vendor.name == "fal":
        path = {"cancel": f"/fal-ai/kling-video/requests/{job.id}/cancel",
                "list": f"/v1/models/requests/by-endpoint?endpoint_id={model}"}[at]  # fmt: skip
    else:
        path = {"cancel": f"/v1/predictions/{job.id}/cancel", "list": "/v1/predictions"}[at]
    method = {"list": "GET", "cancel": "PUT" if vendor.name == "fal" else "POST"}[at]

    assert (await customer.ask(vendor, path, method)).status_code == 500
    assert not job.is_final
    assert (await customer.ask(vendor, path, method)).status_code in (200, 202)


FAILS = {"refused", "filtered_video", "failed"}


MEETS = [(VEO, fault) for fault in JOBS] + [(KLING, fault) for fault in JOBS if fault.kind != "silent"]


@pytest.mark.parametrize(("model", "fault"), MEETS, ids=[f"{model} {fault.kind}" for model, fault in MEETS])
async def test_a_job_meets_it_and_it_is_noted_once_when_it_shows(customer, model, fault):
    vendor = customer.vendor(model)
    vendor.faults.append(fault)
    job = await customer.bought(model)
    if fault.kind in ("late", "never"):
        assert (await customer.look(job)).status_code == (400 if vendor.name == "fal" else 200)
        customer.time.advance(1801)
    answer = await customer.look(job)
    for address in files_in(answer.json()) * 2:
        await customer.web.get(address)

    endless = fault.kind == "never" and vendor.name == "fal"
    assert customer.vendors.books.kinds_met() == ({} if endless else {fault.kind: 1})
    failed = fault.kind in FAILS or (fault.kind == "never" and not endless)
    assert job.state == ("running" if endless else "failed" if failed else "succeeded")
    assert vendor.faults == []


async def billed(customer: Customer, model: str, fault: Fault) -> bool:
    customer.vendor(model).faults.append(fault)
    await customer.look(await customer.bought(model))
    return len(customer.vendors.books.invoices) == 1


@pytest.mark.parametrize("kind", sorted(FAILS))
async def test_replicate_bills_what_failed(customer, kind):
    assert await billed(customer, VEO, getattr(faults, kind)())


@pytest.mark.parametrize("kind", sorted(FAILS))
async def test_fal_bills_nothing_that_failed(customer, kind):
    assert not await billed(customer, KLING, getattr(faults, kind)())


async def test_whether_refusals_are_billed_can_be_told(customer):
    customer.vendors.replicate.bills_refusals, customer.vendors.fal.bills_refusals = False, True
    assert not await billed(customer, VEO, faults.refused())
    assert await billed(customer, KLING, faults.refused())


async def test_fal_never_bills_5xx(customer):
    customer.vendors.fal.bills_refusals = True
    assert not await billed(customer, KLING, faults.failed())


@CLIPS
async def test_a_download_breaks_off_once(customer, model):
    job = await customer.bought(model)
    (address,) = await customer.addresses(job)
    customer.vendor(model).faults.append(faults.cut())

    with pytest.raises(httpx.RemoteProtocolError):
        await customer.web.get(address)
    whole = await customer.web.get(address)

    assert len(whole.content) == int(whole.headers["content-length"])
    assert customer.vendors.books.kinds_met() == {"cut": 1}


async def test_a_download_trickles_as_its_gate_allows(customer):
    gate = Gate(at=3)
    job = await customer.bought(SDXL)
    (address,) = await customer.addresses(job)
    customer.vendors.replicate.faults.append(faults.trickle(gate))

    asking = asyncio.ensure_future(customer.web.get(address))
    await gate.reached.heard()
    assert not asking.done()
    gate.open()

    assert (await asking).content == await customer.fetched(job)
    assert customer.vendors.books.kinds_met() == {"trickle": 1}


async def test_a_download_trickles_by_the_clock(customer):
    customer.vendors.replicate.pace = 1.0
    job = await customer.bought(SDXL)
    customer.time.advance(60)
    (address,) = await customer.addresses(job)
    customer.vendors.replicate.faults.append(faults.trickle(seconds=2))
    asking = asyncio.ensure_future(customer.web.get(address))

    before, pieces = customer.time.now(), 0
    while not asking.done():
        waits = asyncio.ensure_future(customer.time.awaited().heard())
        await asyncio.wait({asking, waits}, return_when=asyncio.FIRST_COMPLETED)
        pieces += waits.done()
        waits.cancel()
        customer.time.advance(2)

    assert (await asking).status_code == 200
    assert 16 <= pieces <= 17
    assert customer.time.now() - before >= 32


@CLIPS
async def test_an_address_that_has_run_out_stays_so(customer, model):
    customer.vendor(model).faults.append(faults.expired())
    (address,) = await customer.addresses(await customer.bought(model))
    assert [(await customer.web.get(address)).status_code for _ in range(2)] == [404, 404]


@CLIPS
async def test_webhooks_that_come_before_the_answer(customer, model):
    async with receiver_here() as receiver:
        customer.vendor(model).faults.append(faults.webhook_first())
        answer = await customer.order(model, hook=receiver.url)
        assert len(receiver.messages) >= 1
    assert answer.json()["status"] in ("starting", "IN_QUEUE")
    assert customer.vendors.books.kinds_met() == {"webhook_first": 1}


async def test_faults_are_met_in_order_and_only_by_their_model(customer):
    replicate = customer.vendors.replicate
    replicate.faults += [replace(faults.server_error(), model=VEO), faults.busy(), faults.unread()]

    met = [await met_by(customer, model) for model in (SDXL, VEO, VEO, VEO)]

    assert met == ["429", "500", "nothing", "201"]


async def test_orders_that_are_wrong_meet_no_fault(customer):
    customer.vendors.replicate.faults.append(faults.server_error())
    assert (await customer.order(VEO, duration=5)).status_code == 422
    assert not customer.vendors.books.met


async def dealt(customer: Customer, vendor: JobVendor, share: float, orders: int) -> tuple[str, ...]:
    vendor.deck = faults.Deck(7, share, [faults.server_error(), faults.refused(), faults.dropped()])
    for _ in range(orders):
        await met_by(customer, SDXL)
    for job in customer.vendors.books.orders():
        await customer.look(job)
    return tuple(one.kind for one in customer.vendors.books.met)


async def test_a_deck_deals_a_share_and_the_same_for_the_same_seed(customer):
    first = await dealt(customer, customer.vendors.replicate, 0.3, 40)
    assert 5 <= len(first) <= 19
    assert set(first) == {"status 500", "refused", "dropped"}
    customer.vendors.books.met.clear()
    assert await dealt(customer, customer.vendors.replicate, 0.3, 40) == first
    assert await dealt(customer, customer.vendors.replicate, 0.0, 5) == first


def test_every_kind_of_fault_is_in_the_list():
    makers = {name for name, made in vars(faults).items() if isinstance(made, FunctionType)}
    listed = {name_of(fault).split()[0] for fault in faults.KINDS}
    named = {"busy", "server_error", "gateway_page", "key_refused", "no_credit"}
    assert makers - named - {"dataclass", "replace"} == listed - {"status", "page"}
