"""A job whose id was lost is found again, and another one is not taken for it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from state.errors import ProviderError
from state.order import EngineRequest
from tests.contracts.handed import Handed
from tests.integration.engines.replicate.replicate_shop import (
    KEY,
    Shop,
    an_order,
    answering,
    pictures,
    shop_here,
)
from tests.standins.job_vendors import SteppedTime, faults
from tests.standins.model_vendors.wire import Out, Request
from tools.engines.base import CannotTell
from tools.engines.replicate.finding import MOST_PAGES

LONG_AGO = datetime(2025, 12, 31, tzinfo=UTC)
FLUX = an_order("flux-schnell")
Answer = Callable[[Request, Out], Awaitable[None]]


async def lost(shop: Shop, request: EngineRequest, files: dict[str, Path] | None = None) -> str:
    """Order it so that the answer is lost; the id that only the vendor knows."""
    shop.meets(faults.dropped())
    with pytest.raises(ProviderError) as failed:
        await shop.submit(request, files)
    assert failed.value.kind == "ambiguous"
    return shop.vendors.books.orders("replicate")[-1].id


async def found(shop: Shop, request: EngineRequest, since: datetime = LONG_AGO) -> list[str]:
    return await shop.engine.find(request, call_key=KEY, since=since)


@pytest.mark.parametrize(
    "request_",
    [
        FLUX, an_order("sdxl", negative_prompt="rain"), an_order("nano-banana-pro"),
        an_order("veo-3.1", "video", duration_s=3.5), an_order("wan-2.5-t2v-fast", "video"),
        an_order("musicgen", "music"),
    ],
    ids=lambda one: one.model,
)  # fmt: skip
async def test_after_a_lost_reply_there_is_one_post_and_its_job_is_found(
    shop: Shop, request_: EngineRequest
) -> None:
    external_id = await lost(shop, request_)
    assert await found(shop, request_) == [external_id]
    assert len(shop.orders) == 1


async def test_others_are_not_taken_for_it(shop: Shop) -> None:
    for other in (
        FLUX.model_copy(update={"seed": 8}), FLUX.model_copy(update={"prompt": "Ana in the hall"}),
        an_order("flux-dev"), an_order("flux-schnell", width=180, height=320),
    ):  # fmt: skip
        await shop.submit(other)
    assert await found(shop, FLUX) == []
    external_id = await lost(shop, FLUX)
    assert await found(shop, FLUX) == [external_id]


async def test_older_jobs_are_not_taken_for_it_and_of_two_the_newest_comes_first() -> None:
    time = SteppedTime()
    async with shop_here(time) as shop:
        ids = []
        for _ in range(3):
            ids.append(await shop.submit(FLUX))
            time.advance(60)
        since = datetime(2026, 1, 1, 0, 0, 30, tzinfo=UTC)
        assert await found(shop, FLUX, since) == [ids[2], ids[1]]


@pytest.mark.parametrize("noisy", [False, True], ids=["inside", "brought"])
async def test_a_job_with_pictures_is_found_by_what_is_in_them(
    shop: Shop, tmp_path: Path, noisy: bool
) -> None:
    """The same picture lies at another address each time that it is brought."""
    (a, b), files = pictures(tmp_path, "a", "b", noisy=noisy)
    mine = an_order("nano-banana", references=[a])
    for others in ([b], [a, b], []):
        await shop.submit(an_order("nano-banana", references=others), files)
    assert await found(shop, mine) == []

    external_id = await lost(shop, mine, files)

    assert await found(shop, mine) == [external_id]


async def test_a_picture_that_is_gone_at_the_vendor_counts_as_the_same(tmp_path: Path) -> None:
    """To adopt another's job is mended, to pay twice is not."""
    (a, b), _ = pictures(tmp_path, "a", "b")
    prompt = {"prompt": "Ana in the kitchen", "aspect_ratio": "16:9", "output_format": "png"}
    there = ["https://api.example/v1/files/gone", "https://elsewhere.example/a.png"]
    job = a_job(model="google/nano-banana", input={**prompt, "image_input": there})

    async def answer(request: Request, out: Out) -> None:
        if "/files/" in request.path:
            await out.json(404, {"detail": "no such file"})
        else:
            await out.json(200, {"next": None, "results": [job]})

    async with answering(answer) as engine:
        wanted = an_order("nano-banana", references=[a, b])
        assert await engine.find(wanted, call_key=KEY, since=LONG_AGO) == ["one"]


def a_job(**changes: Any) -> dict[str, Any]:
    sent = {"prompt": "Ana in the kitchen", "aspect_ratio": "16:9", "output_format": "png", "seed": 7}
    made = {
        "id": "one", "model": "black-forest-labs/flux-schnell", "input": sent, "status": "processing",
        "created_at": "2026-01-01T00:00:00.000Z", "output": None, "data_removed": False,
    }  # fmt: skip
    return {**made, **changes}


def listing(*pages: list[Any]) -> tuple[Answer, list[Request]]:
    """A vendor with these pages, each naming the next one at a host that is none of its own."""
    came: list[Request] = []

    async def answer(request: Request, out: Out) -> None:
        came.append(request)
        number = int(request.query.get("cursor", "0"))
        more = number + 1 < len(pages)
        after = f"https://thief.example/v1/predictions?cursor={number + 1}" if more else None
        await out.json(200, {"previous": None, "next": after, "results": pages[number]})

    return answer, came


@pytest.mark.parametrize(
    ("changes", "is_it"),
    [
        ({}, True),
        ({"input": {**a_job()["input"], "num_outputs": 1, "go_fast": True}}, True),
        ({"model": "replicate/another-name"}, True),
        ({"model": "black-forest-labs/flux-dev"}, False),
        ({"input": {**a_job()["input"], "seed": 8}}, False),
        ({"input": {}}, False),
        ({"input": None}, False),
        ({"created_at": "yesterday"}, True),
        ({"created_at": "2025-12-30T00:00:00Z"}, False),
        ({"id": ""}, False),
        ({"model": ["odd"]}, True),
        ({"model": None}, True),
    ],
)
async def test_what_makes_a_job_the_order_s(changes: dict[str, Any], is_it: bool) -> None:
    """Fields that the vendor adds do not count, nor a name that no model of ours has (recorded)."""
    answer, _ = listing([a_job(**changes)])
    async with answering(answer) as engine:
        assert bool(await engine.find(FLUX, call_key=KEY, since=LONG_AGO)) == is_it


async def test_the_pages_are_read_as_far_as_the_order_and_the_key_goes_nowhere_else() -> None:
    old = a_job(id="old", created_at="2025-12-30T00:00:00Z")
    answer, came = listing([a_job(id="x", input={"prompt": "x"})], [a_job()], [old], [a_job(id="later")])
    async with answering(answer) as engine:
        assert await engine.find(FLUX, call_key=KEY, since=LONG_AGO) == ["one"]
    assert [one.query.get("cursor") for one in came] == [None, "1", "2"]


async def test_more_pages_than_can_be_read_leave_it_open() -> None:
    answer, came = listing(*[[a_job(id="x", input={"prompt": "x"})]] * (MOST_PAGES + 1))
    async with answering(answer) as engine:
        with pytest.raises(CannotTell):
            await engine.find(FLUX, call_key=KEY, since=LONG_AGO)
    assert len(came) == MOST_PAGES


async def test_jobs_that_lost_their_inputs_leave_it_open_unless_another_fits() -> None:
    blank = a_job(id="blank", input={}, data_removed=True, status="succeeded")
    elses = a_job(id="else", input={}, data_removed=True, model="stability-ai/sdxl")
    for jobs, told in (([elses], []), ([blank, a_job()], ["one"])):
        answer, _ = listing(jobs)
        async with answering(answer) as engine:
            assert await engine.find(FLUX, call_key=KEY, since=LONG_AGO) == told
    answer, _ = listing([blank])
    async with answering(answer) as engine:
        with pytest.raises(CannotTell):
            await engine.find(FLUX, call_key=KEY, since=LONG_AGO)


async def test_an_hour_later_nobody_can_tell_by_the_stand_in_either() -> None:
    time = SteppedTime()
    async with shop_here(time) as shop:
        await lost(shop, FLUX)
        time.advance(3601 + timedelta(minutes=10).total_seconds())
        with pytest.raises(CannotTell):
            await found(shop, FLUX)


@pytest.mark.parametrize("body", [{"results": None}, {"results": {}}, b"[]", b"<html>"])
async def test_a_list_that_is_none_proves_nothing(body: Any) -> None:
    async def answer(request: Request, out: Out) -> None:
        if isinstance(body, bytes):
            await out.reply(200, body)
        else:
            await out.json(200, body)

    async with answering(answer) as engine:
        with pytest.raises(ProviderError) as failed:
            await engine.find(FLUX, call_key=KEY, since=LONG_AGO)
    assert failed.value.kind == "ambiguous"


async def test_another_account_s_jobs_are_not_seen(shop: Shop) -> None:
    await shop.submit(FLUX)
    shop.vendors.replicate.keys.add("r8_other")
    assert await Handed(shop.bare, "r8_other").find(FLUX, call_key=KEY, since=LONG_AGO) == []
