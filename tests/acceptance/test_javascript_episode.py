"""The micro-episode by LangGraph's JavaScript clients: start, pause, reload, answer, a cut wire, the end."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from tests.acceptance.studio_lot import MICRO, house
from tests.conftest import fresh_database
from tests.integration.protocol.cut_wire import Wire
from tests.integration.protocol.live import listening
from tests.integration.protocol.stock_clients import Found, walked

CLIENTS = ("1.11.0", "2.0.0", "controller")
GATES = ["approve_budget", "review_storyboard", "review_scene"]
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def own_database(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walks(
    own_database: str, tmp_path_factory: pytest.TempPathFactory, voice_models: Path
) -> AsyncIterator[tuple[Found, list[int]]]:
    """Three episodes at once, each by another client through a wire of its own."""
    folder = tmp_path_factory.mktemp("lot") / "data"
    cuts: list[int] = []
    async with contextlib.AsyncExitStack() as stack:
        parts = await stack.enter_async_context(house(own_database, folder, voice_models))
        live = await stack.enter_async_context(listening(parts.house, parts.tools.settings))
        wires = {name: await stack.enter_async_context(Wire(live.url).open()) for name in CLIENTS}

        def cut(line: dict[str, Any]) -> None:
            cuts.append(wires[line["walk"]].cut())

        asked = {
            name: {"sdk": name, "url": live.url, "through": wires[name].url, "brief": MICRO} for name in CLIENTS
        }
        found = await walked("episode", asked, dict.fromkeys(CLIENTS, cut))
        yield found, cuts


@pytest.mark.parametrize("sdk", ["1.11.0", "2.0.0"])
async def test_an_episode_by_the_v1_client(walks: tuple[Found, list[int]], sdk: str):
    facts = walks[0][sdk]
    print(facts)
    assert facts["gates"] == GATES


async def test_an_episode_by_the_controller_of_v2(walks: tuple[Found, list[int]]):
    facts = walks[0]["controller"]
    print(facts)
    assert facts["gates"] == GATES
