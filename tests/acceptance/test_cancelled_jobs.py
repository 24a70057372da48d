"""A production is cancelled while a job runs at a provider: it is stopped there, and made anew later."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.composition import Parts
from state.order import EngineRequest
from tests.acceptance.studio_lot import USER, Walk, begin, house, sold
from tests.acceptance.test_paid_novela import ON_WAN, Paid
from tools.engines.base import JobStatus
from tools.engines.calling import key_for_call
from tools.engines.files import NO_FILES, Files


class GoesOn(Paid):
    """The first take of this shot is not made before somebody stops it."""

    def __init__(self, real: Any, item: str) -> None:
        super().__init__(real)
        self.item = item
        self.hanging, self.told = "", list[str]()
        self.sent_with, self.told_with = dict[str, str](), dict[str, str]()
        self.began = asyncio.Event()

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        job = await super().submit(request, call_key=call_key, files=files)
        self.sent_with[job] = key_for_call(self.provider)
        if self.item in call_key and not self.hanging:
            self.hanging = job
        return job

    async def wait(self, external_id: str) -> JobStatus:
        if self._hangs(external_id):
            self.began.set()
            await asyncio.Event().wait()
        return await self.real.wait(external_id)

    async def status(self, external_id: str) -> JobStatus:
        if self._hangs(external_id):
            return JobStatus(state="running")
        if external_id == self.hanging and len(self.posts) == self.posts_then:
            return JobStatus(state="cancelled", billed=False)
        return await self.real.status(external_id)

    async def cancel(self, external_id: str) -> None:
        self.told.append(external_id)
        self.posts_then = len(self.posts)
        self.told_with[external_id] = key_for_call(self.provider)

    posts_then = -1

    def _hangs(self, external_id: str) -> bool:
        return external_id == self.hanging and external_id not in self.told


@pytest.fixture
async def parts(database_url: str, tmp_path: Path, voice_models: Path) -> AsyncIterator[Parts]:
    folder = tmp_path / "data"
    async with house(database_url, folder, voice_models, remembers=True, sweep_every_s=0.2) as opened:
        yield opened


async def stopped(walk: Walk, item: str) -> dict[str, Any]:
    """The order once its fate is booked."""
    async with asyncio.timeout(120):
        while True:
            [row] = [row for row in await walk.orders("take") if row["item"] == item]
            if row["state"] == "failed":
                return row
            await asyncio.sleep(0.05)


async def test_a_cancel_reaches_the_provider_and_a_resume_makes_it_again(parts: Parts) -> None:
    shop: GoesOn = sold(parts, GoesOn(parts.tools.engines["previz"], "take:1B"))
    walk = await begin(parts, **ON_WAN)
    for gate in ("approve_budget", "review_storyboard"):
        await walk.to_gate(gate)
        await walk.answer()
    await asyncio.wait_for(shop.began.wait(), 240)
    await parts.house.runs.cancel(user_id=USER, production_id=walk.production_id)
    await walk.to_end("cancelled")
    row = await stopped(walk, "1B")
    assert shop.told.count(shop.hanging) == 1, "the other takes may have been under way too"
    assert shop.told_with[shop.hanging] == shop.sent_with[shop.hanging] != ""
    assert (row["cost_refunded"], row["cost_actual"]) == (row["cost_quoted"], 0)

    await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    gate = await walk.to_gate("review_scene")
    assert all(item["media"] for item in gate["items"])
    takes = {row["item"]: row for row in await walk.orders("take")}
    assert {row["state"] for row in takes.values()} == {"done"}
    assert takes["1B"]["cost_actual"] == takes["1B"]["cost_quoted"]
    assert len(takes) == 3


@pytest.mark.nightly
async def test_what_the_offline_engine_was_drawing_is_stopped_and_drawn_after_a_resume(parts: Parts) -> None:
    previz: Any = parts.tools.engines["previz"]
    draws, wanted = previz._renderers["video"], asyncio.Event()

    async def held(request: EngineRequest, scratch: Path) -> Any:
        await wanted.wait()
        return await draws(request, scratch)

    previz._renderers = {**previz._renderers, "video": held}
    walk = await begin(parts)
    for gate in ("approve_budget", "review_storyboard"):
        await walk.to_gate(gate)
        await walk.answer()
    async with asyncio.timeout(120):
        while "submitted" not in {row["state"] for row in await walk.orders("take")}:
            await asyncio.sleep(0.02)
    await parts.house.runs.cancel(user_id=USER, production_id=walk.production_id)
    await walk.to_end("cancelled")
    async with asyncio.timeout(120):
        while "submitted" in (states := {row["state"] for row in await walk.orders("take")}):
            await asyncio.sleep(0.05)
    assert "failed" in states, "what was being drawn was stopped"
    wanted.set()
    await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    gate = await walk.to_gate("review_scene")
    assert all(item["media"] for item in gate["items"])
    assert {row["state"] for row in await walk.orders("take")} == {"done"}
    assert len(await walk.orders("take")) == 3, "under their own keys"
