"""The intent row freezes the request: a re-run with other words gets what was bought, or an error."""

import pytest
import structlog

from state.errors import OrderChanged
from tests.builders import an_image_request, an_order
from tests.integration.orders.shop import Shop, Worker
from tools.clock import SystemClock


async def test_a_changed_request_gets_the_frozen_one(worker: Worker, shop: Shop, production: str) -> None:
    first = await worker.place(an_order(production))
    with structlog.testing.capture_logs() as logs:
        again = await worker.place(an_order(production, request=an_image_request(prompt="other words")))
    assert again == first
    assert len(shop.provider.posts) == 1
    assert [(line["event"], line["changed"]) for line in logs] == [("order_changed", ["prompt"])]


async def test_the_frozen_request_is_what_is_sent(shop: Shop, production: str) -> None:
    """Claimed by a process that died before it sent; its successor's prompt had changed."""
    dead = await shop.worker(production)
    dead.engine.troubles = ["not_sent"] * 9
    with pytest.raises(Exception, match="refused"):
        await dead.submit(an_order(production))
    worker = await shop.worker(production)
    await worker.submit(an_order(production, request=an_image_request(prompt="other words")))
    assert shop.provider.jobs["job-1"].request == an_image_request()


async def test_strict_makes_a_changed_request_an_error(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, strict=True)
    await worker.place(an_order(production))
    with pytest.raises(OrderChanged) as caught:
        await worker.place(an_order(production, request=an_image_request(prompt="other words", seed=9)))
    assert caught.value.details["changed"] == ["prompt", "seed"]


async def test_outside_the_runner_a_changed_request_is_always_an_error(shop: Shop, production: str) -> None:
    """Studio's time travel edits state in place: the old picture must not come back in silence."""
    orders = shop.orders(lease_ttl_s=60, clock=SystemClock())
    await orders.place(an_order(production))
    with pytest.raises(OrderChanged):
        await orders.place(an_order(production, request=an_image_request(prompt="other words")))
    await orders.close()


async def test_strict_takes_the_same_request_twice(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, strict=True)
    assert await worker.place(an_order(production)) == await worker.place(an_order(production))
