"""Forty orders at fal, of which most meet a fault: all end or say why, and nothing is paid twice."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from state.cost import Money
from state.errors import OrderParked, ProviderError
from state.order import ImageRequest, Order, VideoRequest
from tests.builders import an_order
from tests.integration.engines.fal.fal_set import a_clip, a_panel, fal_set
from tests.integration.orders.shop import ImpatientClock, Shop, Worker, no_fault
from tests.standins.job_vendors import Deck, Job
from tests.standins.job_vendors.faults import KINDS
from tools.ledger.ledger import Ledger
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.resilience.retry import Backoff

ORDERS, SHARE = 40, 0.8
NEED_TIME = ("late", "never", "trickle")
"""These only take long, and the vendor's clock is the machine's here."""
SAID = ("refused", "bad_output", "expired")
WITHOUT_A_JOB = ("unknown", "not_sent", "throttled")
"""No job of this storm runs for ever, so what is in no list never arrived. Here we know; nobody else can."""
PRICES = {"image": Money.usd("0.003"), "video": Money.usd("0.25")}


def a_small_clip(prompt: str) -> VideoRequest:
    return a_clip("luma-ray-2-flash", prompt=prompt, parameters={"resolution": "540p"})


def is_for(order: Order, job: Job) -> bool:
    """By the one thing in which the orders differ."""
    request = order.request
    if isinstance(request, ImageRequest):
        return job.given.get("seed") == request.seed
    return isinstance(request, VideoRequest) and job.given["prompt"] == request.prompt


async def ended(worker: Worker, order: Order) -> str:
    """`done`, or the kind that it ended as."""
    try:
        await worker.place(order, price=PRICES[order.request.medium])
    except ProviderError as error:
        return error.kind
    except OrderParked:
        return "parked"
    return "done"


@pytest.mark.nightly
async def test_a_storm(shop: Shop, tmp_path: Path):
    async with fal_set(tmp_path) as fal:
        fal.vendors.fal.deck = Deck(7, SHARE, [one for one in KINDS if one.kind not in NEED_TIME])
        clock, production = ImpatientClock(shop.database), await shop.production(ceiling=Money.usd("100"))
        orders = Orders(
            shop.database, shop.store, {"fal": fal.engine}, ledger=Ledger(shop.database), clock=clock,
            options=OrderOptions(backoff=Backoff(tries=4, first_s=0.01), submit_timeout_s=10, settle_s=0.1),
            fault=no_fault,
        )  # fmt: skip
        worker = Worker(orders, await shop.lease(production), fal.engine, clock)  # type: ignore[arg-type]
        asked = [a_panel(seed=n) if n % 8 else a_small_clip(f"take {n}") for n in range(ORDERS)]
        placed = [an_order(production, item=f"{n}A", request=one) for n, one in enumerate(asked)]
        ends = Counter(await asyncio.gather(*(ended(worker, one) for one in placed)))
        await orders.close()
        met = fal.vendors.books.kinds_met()
        assert set(ends) <= {"done", "parked", *SAID}, ends
        assert ends["done"] > ORDERS / 2
        assert len(met) > 15
        for one in placed:
            jobs = [job for job in fal.vendors.books.orders("fal") if is_for(one, job)]
            outcomes = await shop.outcomes(one.call_key)
            # Every job there is known here by what became of it: none was paid beside our books.
            assert len(jobs) == len([name for name in outcomes if name not in WITHOUT_A_JOB]), outcomes
