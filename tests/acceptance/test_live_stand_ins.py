"""A model that cannot be had is replaced aloud: one event, a warning on the page, a mark in the ledger."""

import json
from collections.abc import AsyncIterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.app import create_app
from server.composition import Parts
from tests.acceptance.live_house import Writer, live_house
from tests.acceptance.studio_lot import Walk, begin
from tests.standins.model_vendors import Vendors
from tests.standins.model_vendors.faults import key_refused

House = tuple[Parts, Vendors, Writer]
PRO, FLASH = "gemini-2.5-pro", "gemini-2.5-flash"
CONTEXT = {
    "text_models": {"script_writer": "gpt-5", "system_integrator": PRO, "fallback_handler": "gpt-5"},
    "text_fallbacks": {"system_integrator": FLASH},
}
SAID = f"{FLASH} answered as the system integrator: {PRO} could not be had."


@pytest.fixture
async def live(database_url: str, tmp_path: Path, voice_models: Path) -> AsyncIterator[House]:
    async with live_house(database_url, tmp_path / "data", voice_models) as opened:
        yield opened


async def asked(parts: Parts, path: str) -> str:
    """What a browser gets."""
    app = create_app(parts.tools.settings, opener=lambda _: nullcontext(parts.house))
    app.state.house = parts.house
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1"
    ) as client:
        answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def events_of(stream: str, kind: str) -> list[dict[str, Any]]:
    frames = [json.loads(line[6:]) for line in stream.splitlines() if line.startswith("data: ")]
    return [frame["payload"] for frame in frames if frame["type"] == kind]


async def degraded(walk: Walk) -> set[str]:
    """The models of the text orders that the ledger marks."""
    history = await walk.parts.tools.orders.history(walk.production_id)
    return {row["request"]["agent"] for row in history if row["kind"] == "text" and row["degraded"]}


async def test_flash_answers_for_pro_and_everybody_is_told_once(live: House):
    parts, vendors, _ = live
    vendors.google.faults += [replace(key_refused(), model=PRO)]  # is not tried again
    walk = await begin(parts, review="auto", context=CONTEXT)
    await walk.to_end()
    base = f"/api/productions/{walk.production_id}"
    told = events_of(await asked(parts, f"{base}/events"), "model_stood_in")
    assert told == [{"role": "system_integrator", "provider": "google", "model": FLASH, "instead_of": PRO}]
    assert json.loads(await asked(parts, f"{base}/story"))["data"]["warnings"].count(SAID) == 1
    assert SAID in await asked(parts, f"/productions/{walk.production_id}")
    assert await degraded(walk) == {"system_integrator"}


async def test_nobody_is_told_where_nobody_stood_in(live: House):
    parts, _, _ = live
    walk = await begin(parts, review="auto", context=CONTEXT)
    await walk.to_end()
    stream = await asked(parts, f"/api/productions/{walk.production_id}/events")
    assert events_of(stream, "model_stood_in") == []
    assert "could not be had" not in await asked(parts, f"/productions/{walk.production_id}")
    assert await degraded(walk) == set()
