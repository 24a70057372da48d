"""Each family of models is tried again as the mission says: S3-54 to S3-56, S4-038."""

import pytest

from state.errors import ProviderFailed, ProviderTimeout
from state.order import Order
from tests.builders import an_image_request, an_order
from tests.integration.orders.shop import Shop, Worker
from tools.engines.base import JobStatus

DIED = JobStatus(state="failed", kind="transient_job", error="runner died")
STATED = {
    "flux-schnell": [1, 2, 4],
    "kling-v2.1": [30, 30],
    "luma-ray-2": [30, 30],
    "google-veo-3.1": [30, 30],
    "wan-2.5-t2v-fast": [2, 4],
}
"""By model: the pauses before each further try."""


def by(model: str, production: str, item: str = "1A") -> Order:
    return an_order(production, item=item, request=an_image_request(model=model))


@pytest.mark.parametrize("model", STATED)
async def test_a_request_that_started_nothing_is_sent_again_after_the_stated_pauses(
    worker: Worker, shop: Shop, production: str, model: str
) -> None:
    """Flux: two failures, then success, are three calls."""
    pauses = STATED[model]
    worker.engine.troubles = ["not_sent"] * 2
    await worker.submit(by(model, production))
    assert worker.clock.slept == pauses[:2]
    worker.clock.slept, worker.engine.troubles = [], ["not_sent"] * 9
    with pytest.raises(ProviderTimeout):
        await worker.submit(by(model, production, "1B"))
    assert (worker.clock.slept, 9 - len(worker.engine.troubles)) == (pauses, len(pauses) + 1)


@pytest.mark.parametrize("model", STATED)
async def test_a_job_that_died_is_made_again_after_the_stated_pauses(
    worker: Worker, shop: Shop, production: str, model: str
) -> None:
    pauses = STATED[model]
    worker.engine.job_troubles = [DIED] * 9
    with pytest.raises(ProviderFailed, match="runner died"):
        await worker.place(by(model, production))
    assert worker.clock.slept == pauses
    assert len(shop.provider.posts) == len(pauses) + 1
