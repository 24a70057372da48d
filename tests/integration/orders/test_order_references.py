"""What an order refers to is brought to the engine, or the order fails in words."""

import pytest

from state.errors import ProviderMisconfigured
from state.media import MediaRef
from tests.builders import an_image_request, an_order
from tests.integration.orders.shop import Shop, Worker


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
