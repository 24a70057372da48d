"""`greenlight serve --no-work`: one process answers, another one drives."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from server.app import create_app
from server.composition import open_house, open_parts
from tests.integration.api.listening import listen
from tests.integration.api.test_whole_house import over_a_socket, small_graph
from tools.settings import Settings

BRIEF = {"graph": "novela", "brief": {"title": "The Key", "description": "Ines finds a key."}}


@pytest.fixture
def house_settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, data_dir=tmp_path, workers=1)


@pytest.fixture
async def desk(house_settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    opener = partial(open_house, specs={"novela": small_graph()}, works=False)
    app = create_app(house_settings, opener=opener)
    async with over_a_socket(app) as client:
        yield client


async def test_it_says_that_it_has_no_slots(desk: httpx.AsyncClient):
    assert (await desk.get("/health")).json()["workers"] == 0


async def test_what_it_accepts_waits_for_whoever_works(desk: httpx.AsyncClient, house_settings: Settings):
    made = (await desk.post("/api/productions", json=BRIEF)).json()["data"]
    url = f"/api/productions/{made['productionId']}"
    assert (await desk.get(url)).json()["data"]["status"] == "queued"
    async with (
        listen(desk, f"{url}/events") as log,
        open_parts(house_settings, specs={"novela": small_graph()}),
    ):
        while (await log.next()).event != "input.requested":
            pass
    assert [gate["gate"] for gate in (await desk.get(url)).json()["data"]["gates"]] == ["review_scene"]
