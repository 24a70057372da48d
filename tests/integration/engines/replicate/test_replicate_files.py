"""Files that go along: small ones inside the order, larger ones before it, no order without them."""

import asyncio
import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from state.errors import KeyNotTaken, ProviderBusy, ProviderError, ProviderMisconfigured
from state.media import MediaRef
from state.order import EngineRequest
from tests.integration.engines.replicate.replicate_shop import KEY, Shop, an_order, answering, pictures
from tests.standins.model_vendors.wire import Out, Request
from tools.clock import SystemClock
from tools.engines.replicate.uploads import MOST_INSIDE
from tools.resilience.deadline import Deadline, current_deadline


async def test_a_small_picture_goes_along_inside(shop: Shop, tmp_path: Path) -> None:
    (small,), files = pictures(tmp_path, "a")
    await shop.submit(an_order("nano-banana", references=[small]), files)

    (order,) = shop.orders
    (sent,) = order.body["input"]["image_input"]
    kind, _, data = sent.partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data) == files[small.key].read_bytes()
    assert [path for _, path in shop.requests] == [order.path]


async def test_a_large_one_is_brought_before(shop: Shop, tmp_path: Path) -> None:
    (small, _), files = pictures(tmp_path, "a", "b")
    (large,), more = pictures(tmp_path, "c", noisy=True)
    assert small.size_bytes < MOST_INSIDE < large.size_bytes
    external_id = await shop.submit(
        an_order("nano-banana", references=[large, small, large]), {**files, **more}
    )

    brought, ordered = shop.requests
    assert brought == ("POST", "/v1/files")
    assert ordered[1].endswith("/predictions")
    sent = shop.orders[0].body["input"]["image_input"]
    assert sent[0] == sent[2]
    assert sent[0].startswith(f"{shop.vendors.replicate.url}/v1/files/")
    assert sent[1].startswith("data:")
    assert (await shop.engine.wait(external_id)).state == "succeeded", "the vendor could read it"


async def test_what_was_never_asked_for_takes_no_time_of_a_short_deadline(shop: Shop) -> None:
    token = current_deadline.set(Deadline.after(1.5, clock=SystemClock()))
    try:
        assert await shop.submit(an_order("flux-schnell"))
    finally:
        current_deadline.reset(token)


@pytest.mark.parametrize(
    ("status", "body", "kind", "error"),
    [
        (500, {}, "not_sent", ProviderError), (201, {}, "not_sent", ProviderError),
        (201, {"urls": {"get": ""}}, "not_sent", ProviderError), (404, {}, "invalid", ProviderError),
        (413, {"detail": "too large"}, "invalid", ProviderMisconfigured),
        (401, {}, "auth", KeyNotTaken), (429, {"retry_after": 3}, "throttled", ProviderBusy),
    ],
)  # fmt: skip
async def test_what_cannot_be_brought_is_no_order(
    tmp_path: Path, status: int, body: object, kind: str, error: type[ProviderError]
) -> None:
    (large,), files = pictures(tmp_path, "a", noisy=True)
    came: list[str] = []

    async def answer(request: Request, out: Out) -> None:
        came.append(request.path)
        await out.json(status, body)

    async with answering(answer) as engine:
        with pytest.raises(error) as failed:
            await engine.submit(an_order("nano-banana", references=[large]), call_key=KEY, files=files)
    assert failed.value.kind == kind
    assert came == ["/v1/files"]


async def test_a_line_that_breaks_under_a_file_is_no_order(tmp_path: Path) -> None:
    (large,), files = pictures(tmp_path, "a", noisy=True)

    async def answer(request: Request, out: Out) -> None:
        out.drop()

    async with answering(answer) as engine:
        with pytest.raises(ProviderError) as failed:
            await engine.submit(an_order("nano-banana", references=[large]), call_key=KEY, files=files)
    assert failed.value.kind == "not_sent"


@pytest.mark.parametrize(
    ("order", "path"),
    [
        (lambda media: an_order("nano-banana", references=[media]), "/v1/files"),
        (lambda media: an_order("musicgen", "music"), "/v1/models/meta/musicgen"),
    ],
    ids=["file", "version"],
)
async def test_what_takes_too_long_before_an_order_leaves_it_unsent(
    tmp_path: Path, order: Callable[[MediaRef], EngineRequest], path: str
) -> None:
    (large,), files = pictures(tmp_path, "a", noisy=True)
    came: list[str] = []

    async def answer(request: Request, out: Out) -> None:
        came.append(request.path)
        await asyncio.Event().wait()

    token = current_deadline.set(Deadline.after(2.2, clock=SystemClock()))
    try:
        async with answering(answer) as engine:
            with pytest.raises(ProviderError, match="nothing was ordered") as failed:
                await engine.submit(order(large), call_key=KEY, files=files)
    finally:
        current_deadline.reset(token)
    assert (failed.value.kind, came) == ("not_sent", [path])
