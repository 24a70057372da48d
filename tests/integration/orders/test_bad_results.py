"""A result that is not what was ordered: one new attempt, booked, and no more."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from state.cost import Money
from state.errors import OrderParked, ProviderFailed
from state.order import EngineRequest, Order
from tests.builders import a_video_request, a_voice_request, an_image_request, an_order
from tests.contracts.handed import Handed
from tests.integration.orders.shop import Shop, Worker
from tests.media_files import picture
from tests.real_results import flat_clip, short_tone
from tests.standins.media_vendors.faults import (
    black,
    closed_unanswered,
    nothing_made,
    silent,
    truncated,
    wrong_media,
)
from tests.standins.model_vendors import Vendors, model_vendors_here
from tools.clock import SystemClock
from tools.engines.openai.engine import OpenAIEngine

PRICE = Money.usd("0.05")
TAKE = a_video_request(duration_s=2.0)
BAD: dict[str, tuple[EngineRequest, Callable[[], bytes]]] = {
    "wrong media": (TAKE, lambda: picture(size=(32, 18))),
    "truncated": (TAKE, lambda: flat_clip(32, 18, 2)[:-1]),
    "black": (TAKE, lambda: flat_clip(32, 18, 2, 16)),
    "silent": (a_voice_request(), lambda: short_tone(1, 0.0)),
    "wrong duration": (TAKE, lambda: flat_clip(32, 18, 1)),
    "wrong size": (TAKE, lambda: flat_clip(18, 32, 2)),
}


async def booked(shop: Shop, order: Order) -> tuple[int, int, int]:
    row = await shop.row(order.call_key)
    return row["cost_actual"], row["cost_reserved"], row["cost_unknown"]


@pytest.mark.parametrize("name", BAD)
async def test_it_is_ordered_once_more_and_both_are_booked(
    name: str, worker: Worker, shop: Shop, production: str
) -> None:
    request, content = BAD[name]
    worker.engine.outputs = [content()]
    order = an_order(production, request=request)
    await worker.place(order, price=PRICE)
    assert await shop.outcomes(order.call_key) == ["bad_output", "done"]
    assert await booked(shop, order) == (2 * PRICE.micros, 0, 0)
    assert len(shop.provider.posts) == 2
    assert shop.store.puts == 1


@pytest.mark.parametrize("name", BAD)
async def test_a_second_one_is_the_end(name: str, worker: Worker, shop: Shop, production: str) -> None:
    request, content = BAD[name]
    worker.engine.outputs = [content()] * 9
    order = an_order(production, request=request)
    for _ in range(2):
        with pytest.raises(ProviderFailed, match="something else than was ordered") as failed:
            await worker.place(order, price=PRICE)
        assert failed.value.kind == "bad_output"
    assert await shop.outcomes(order.call_key) == ["bad_output", "bad_output"]
    assert await booked(shop, order) == (2 * PRICE.micros, 0, 0)
    assert len(shop.provider.posts) == 2


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with model_vendors_here() as started:
        yield started


@pytest.fixture
async def buyer(shop: Shop, production: str, vendors: Vendors, tmp_path: Path) -> AsyncIterator[Worker]:
    """Orders from OpenAI."""
    engine = OpenAIEngine(f"{vendors.openai.url}/v1", spool=tmp_path / "spool")
    handed: Any = Handed(engine, vendors.openai.key)
    handed.provider = "fake"
    # The vendor and its files take real time: a clock that jumps would find each job too long.
    made = await shop.worker(production, engine=handed, clock=SystemClock())
    yield made
    await made.orders.close()
    await engine.aclose()


PANEL = an_image_request(model="gpt-image-1-mini", width=300, height=200)
LINE = a_voice_request(model="gpt-4o-mini-tts", voice_id="coral")


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        (PANEL, wrong_media()), (PANEL, truncated()), (PANEL, black()), (PANEL, nothing_made(billed=True)),
        (LINE, wrong_media()), (LINE, truncated()), (LINE, silent()), (LINE, nothing_made(billed=True)),
    ],
    ids=lambda one: getattr(one, "kind", None) or one.medium,
)  # fmt: skip
async def test_what_openai_delivers_wrongly_is_ordered_once_more(
    request_: Any, fault: Any, buyer: Worker, vendors: Vendors, shop: Shop, production: str
) -> None:
    vendors.openai.faults.append(fault)
    order = an_order(production, request=request_)
    delivery = await buyer.place(order, price=PRICE)
    assert await shop.outcomes(order.call_key) == ["bad_output", "done"]
    assert await booked(shop, order) == (2 * PRICE.micros, 0, 0)
    assert (vendors.books.posted, len(vendors.books.invoices)) == (2, 2)
    assert delivery.media.size_bytes > 1000


async def test_an_answer_of_openai_that_is_lost_is_parked(
    buyer: Worker, vendors: Vendors, shop: Shop, production: str
) -> None:
    vendors.openai.faults.append(closed_unanswered())
    order = an_order(production, request=PANEL)
    with pytest.raises(OrderParked):
        await buyer.place(order, price=PRICE)
    assert (vendors.books.posted, len(vendors.books.invoices)) == (1, 1)
    assert await booked(shop, order) == (0, 0, PRICE.micros)
