"""Where a job is: states, lifetimes, cancelling, waiting, webhooks."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from state.errors import ProviderError
from tests.integration.engines.replicate.replicate_shop import (
    KEY,
    Shop,
    an_order,
    shop_here,
)
from tests.standins.job_vendors import Signal, SteppedTime, faults
from tests.standins.receiver import receiver_here
from tools.engines.catalog import model_card
from tools.engines.replicate.failures import kind_of_failure
from tools.engines.replicate.predictions import job_status

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
CLIP = an_order("veo-3.1-fast", "video", duration_s=4)
FLUX = an_order("flux-schnell")


@pytest.mark.parametrize(
    ("told", "state", "kind", "billed"),
    [
        ({"status": "starting"}, "queued", "internal", True),
        ({"status": "processing"}, "running", "internal", True),
        ({"status": "processing", "output": "https://a.example/early.mp4"}, "running", "internal", True),
        ({"status": "polishing"}, "running", "internal", True),
        ({"status": None}, "running", "internal", True),
        ({}, "running", "internal", True),
        ({"status": "succeeded", "output": "https://a.example/a.png"}, "succeeded", "internal", True),
        ({"status": "succeeded", "output": ["https://a.example/a.png"]}, "succeeded", "internal", True),
        ({"status": "succeeded", "output": []}, "failed", "refused", True),
        ({"status": "succeeded", "output": None}, "failed", "refused", True),
        ({"status": "succeeded", "output": {"odd": 1}}, "failed", "refused", True),
        ({"status": "succeeded", "output": None, "data_removed": True}, "failed", "expired", True),
        ({"status": "succeeded", "output": None, "completed_at": "2026-01-01T11:00:00.000Z"},
         "failed", "expired", True),
        ({"status": "succeeded", "output": None, "completed_at": "2026-01-01T11:59:00.000Z"},
         "failed", "refused", True),
        ({"status": "failed", "error": "NSFW content detected."}, "failed", "refused", True),
        ({"status": "failed", "error": None}, "failed", "internal", True),
        ({"status": "canceled"}, "cancelled", "internal", True),
        ({"status": "canceled", "completed_at": "2026-01-01T11:10:00Z", "deadline": "2026-01-01T11:10:00Z"},
         "cancelled", "transient_job", True),
        ({"status": "canceled", "completed_at": "2026-01-01T11:09:00Z", "deadline": "2026-01-01T11:10:00Z"},
         "cancelled", "internal", True),
        ({"status": "aborted"}, "failed", "transient_job", False),
    ],
)  # fmt: skip
def test_every_state_has_its_meaning(told: dict[str, Any], state: str, kind: str, billed: bool) -> None:
    status = job_status(told, now=NOW)
    assert (status.state, status.kind, status.billed) == (state, kind, billed)
    assert bool(status.error) == (state in ("failed", "cancelled"))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The input or output was flagged as sensitive. Please try again. (E005)", "refused"),
        ("NSFW content detected", "refused"),
        ("Your prompt goes against our content policy", "refused"),
        ("Prediction interrupted; please retry (code: PA)", "transient_job"),
        ("Service is currently unavailable due to high demand (E003)", "transient_job"),
        ("Director: unexpected error handling prediction (E9828)", "transient_job"),
        ("The picture was flagged as nudity (E9001)", "refused"),
        ("This violates the usage guidelines", "refused"),
        ("The prompt was blocked by content moderation", "refused"),
        ("segmentation violation", "internal"),
        ("model names are case sensitive", "internal"),
        ("CUDA out of memory", "internal"),
        ("unknown trouble (E123)", "internal"),
        ("", "internal"),
    ],
)
def test_a_code_counts_before_words_and_words_only_for_refusals(words: str, kind: str) -> None:
    assert kind_of_failure(words) == kind


@pytest.mark.parametrize(
    ("logs", "progress"),
    [("", 0.0), (None, 0.0), (" 12%|#  | 6/50\n 40%|##", 0.4), ("100%|##", 0.99), ("50% of users", 0.0)],
)
def test_progress_is_read_from_the_logs(logs: str | None, progress: float) -> None:
    assert job_status({"status": "processing", "logs": logs}, now=NOW).progress == progress


async def test_it_is_looked_at_every_two_seconds_until_it_ends() -> None:
    """S2-117."""
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == 3:
            time.advance(600)

    time = SteppedTime()
    async with shop_here(time, pause=pause) as shop:
        shop.vendors.replicate.pace = 1.0
        status = await shop.engine.wait(await shop.submit(CLIP))
    assert (status.state, paused) == ("succeeded", [2.0, 2.0, 2.0])


async def test_a_look_that_is_lost_does_not_end_the_wait() -> None:
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    async with shop_here(pause=pause) as shop:
        external_id = await shop.submit(FLUX)
        shop.meets(faults.busy(7, at="look"), faults.garbage(at="look"))
        assert (await shop.engine.wait(external_id)).state == "succeeded"
    assert paused == [7.0, 8.0]


@pytest.mark.parametrize(
    ("hold", "state", "kind", "billed"),
    [("start_hold", "failed", "transient_job", False), ("hold", "cancelled", "transient_job", True)],
)
async def test_an_orphan_is_stopped_after_ten_minutes(hold: str, state: str, kind: str, billed: bool) -> None:
    """S2-117: the provider does it, whether we live or not."""
    time = SteppedTime()
    async with shop_here(time) as shop:
        setattr(shop.vendors.replicate, hold, Signal())
        external_id = await shop.submit(CLIP)
        (order,) = shop.orders
        assert order.headers["cancel-after"] == "600s" == f"{model_card(CLIP.model).ends_in_s}s"
        assert "prefer" not in order.headers
        time.advance(599)
        assert (await shop.engine.status(external_id)).state in ("queued", "running")
        time.advance(1)
        status = await shop.engine.status(external_id)
        assert (status.state, status.kind, status.billed) == (state, kind, billed)
        assert len(shop.vendors.books.invoices) == billed


async def test_a_cancel_reaches_the_provider(shop: Shop) -> None:
    shop.vendors.replicate.hold = Signal()
    external_id = await shop.submit(CLIP)

    await shop.engine.cancel(external_id)

    status = await shop.engine.status(external_id)
    assert (status.state, status.kind, status.billed) == ("cancelled", "internal", True)
    assert ("POST", f"/v1/predictions/{external_id}/cancel") in shop.requests
    assert (shop.job.state, len(shop.orders)) == ("canceled", 1)


async def test_to_cancel_what_nobody_knows_is_no_error(shop: Shop) -> None:
    await shop.engine.cancel("no-such-job")


async def test_after_an_hour_the_result_is_gone(tmp_path: Path) -> None:
    time = SteppedTime()
    async with shop_here(time) as shop:
        external_id = await shop.submit(FLUX)
        assert (await shop.engine.wait(external_id)).state == "succeeded"
        time.advance(3600)
        status = await shop.engine.status(external_id)
    assert (status.state, status.kind, status.billed) == ("failed", "expired", True)


async def test_the_provider_rings_where_it_is_told_to() -> None:
    async with receiver_here() as receiver, shop_here(webhook_url=receiver.url) as shop:
        external_id = await shop.submit(FLUX)
        async with receiver.arrived:
            await receiver.arrived.wait_for(lambda: len(receiver.messages) >= 2)
        body = shop.orders[0].body
    assert (body["webhook"], body["webhook_events_filter"]) == (receiver.url, ["start", "completed"])
    assert {one.payload["id"] for one in receiver.messages} == {external_id}


async def test_without_an_address_it_is_not_asked_to_ring(shop: Shop) -> None:
    await shop.engine.submit(FLUX, call_key=KEY)
    assert set(shop.orders[0].body) == {"input"}


async def test_a_result_lies_here_under_a_name_that_fits_its_content(shop: Shop, tmp_path: Path) -> None:
    external_id = await shop.submit(FLUX)
    fetched = await shop.engine.fetch(external_id, tmp_path)
    assert fetched.path.read_bytes().startswith(b"\x89PNG")
    assert fetched.path.suffix == ".png"
    assert set(fetched.extra) <= {"predict_time_s"}
    assert "http" not in str(fetched), "a provider's address is never a result"


async def test_a_job_that_is_not_done_has_no_file_yet(shop: Shop, tmp_path: Path) -> None:
    shop.vendors.replicate.hold = Signal()
    external_id = await shop.submit(FLUX)
    with pytest.raises(ProviderError, match="not done") as failed:
        await shop.engine.fetch(external_id, tmp_path)
    assert failed.value.kind == "ambiguous"
