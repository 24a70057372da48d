"""What an order refers to is brought to the engine, or the order fails in words."""

import pytest

from state.errors import ProviderMisconfigured
from state.media import MediaRef
from tests.builders import an_image_request, an_order
from tests.integration.orders.shop import Shop, Worker, working
from tools.engines.routing import Route
from tools.orders.pricing import submit_priced
from tools.orders.quote import planned_call


async def test_the_engine_gets_the_bytes(worker: Worker, shop: Shop, production: str) -> None:
    media = await shop.store.put_bytes(b"a product", user_id="local")
    await worker.place(an_order(production, request=an_image_request(references=[media])))
    assert shop.provider.files == {media.key: b"a product"}


async def test_a_picture_that_is_gone_fails_the_order_before_anything_is_sent(
    worker: Worker, shop: Shop, production: str
) -> None:
    gone = MediaRef(key="image/local/x.png", mime="image/png", sha256="0" * 64, size_bytes=1)
    order = an_order(production, request=an_image_request(references=[gone]))
    with pytest.raises(ProviderMisconfigured, match="not in the store"):
        await worker.place(order)
    assert shop.provider.posts == []
    assert (await shop.row(order.call_key))["error_kind"] == "invalid"


@pytest.mark.parametrize(("stands_in_for", "degraded"), [("nano-banana", True), ("", False)])
async def test_fewer_references_are_a_lack_of_a_stand_in_alone(
    worker: Worker, shop: Shop, production: str, stands_in_for: str, degraded: bool
) -> None:
    """The model that was wanted takes as many as it takes: the rest is told, and nothing is degraded."""
    order = an_order(production)
    call = planned_call(stage=order.stage, item=order.item, model_id="previz-panel")
    route = Route(provider="fake", model="flux-schnell", stands_in_for=stands_in_for)
    with working(worker.lease):
        await submit_priced(worker.orders, order, call, route=route, fewer_references=True)
    assert (await shop.row(order.call_key))["degraded"] is degraded
