"""The micro-episode by the stock JavaScript clients: over every gate, a stop and a cut wire to its end."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from tests.acceptance.studio_lot import MICRO, Walk, house
from tests.conftest import fresh_database
from tests.integration.protocol.cut_wire import Wire
from tests.integration.protocol.live import listening
from tests.integration.protocol.stock_clients import Found, walked

V1 = ("1.11.0", "2.0.0")
CLIENTS = (*V1, "controller")
GATES = ["approve_budget", "review_storyboard", "review_scene"]
PATIENCE_S = 240
pytestmark = pytest.mark.asyncio(loop_scope="module")
Bought = list[tuple[str, str, int]]


@dataclass(frozen=True)
class Episodes:
    """What came of each client's episode: its facts, the streams that were cut, what was bought."""

    found: Found
    cut: dict[str, int]
    bought: dict[str, Bought]


@pytest.fixture(scope="module")
def own_database(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def episodes(
    own_database: str, tmp_path_factory: pytest.TempPathFactory, voice_models: Any
) -> AsyncIterator[Episodes]:
    """Three episodes at once, each by another client through a wire of its own."""
    folder = tmp_path_factory.mktemp("lot") / "data"
    async with contextlib.AsyncExitStack() as stack:
        parts = await stack.enter_async_context(house(own_database, folder, voice_models))
        live = await stack.enter_async_context(listening(parts.house, parts.tools.settings))
        wires = {name: await stack.enter_async_context(Wire(live.url).open()) for name in CLIENTS}
        cut: dict[str, int] = {}

        def cut_one(line: dict[str, Any]) -> None:
            cut[line["walk"]] = wires[line["walk"]].cut()

        place = {"url": live.url, "brief": MICRO}
        asked = {name: {"sdk": name, "through": wires[name].url, **place} for name in CLIENTS}
        walks = dict.fromkeys(CLIENTS, cut_one)
        found = await walked("episode", asked, walks, patience_s=PATIENCE_S)
        bought = {name: await _bought(Walk(parts, facts["thread"])) for name, facts in found.items()}
        yield Episodes(found, cut, bought)


async def _bought(walk: Walk) -> Bought:
    return [(row["stage"], row["item"], row["take_number"]) for row in await walk.orders()]


@pytest.mark.parametrize("sdk", V1)
async def test_an_episode_by_the_v1_client(episodes: Episodes, sdk: str):
    """Its second run is stopped while panels are drawn and goes on; its third loses the wire in a shot."""
    facts = episodes.found[sdk]
    assert facts["gates"] == GATES
    assert facts["statuses"] == ["success", "interrupted", "success", "success", "success"]
    assert set(facts["modes"]) >= {"metadata", "values", "updates", "custom", "tasks", "checkpoints", "debug"}
    assert episodes.cut[sdk] >= 1
    assert (facts["next"], "master.mp4" in facts["delivered"]) == ([], True)


async def test_an_episode_by_the_controller_of_v2(episodes: Episodes):
    """Every gate is met by a page opened again; the past is listed, and left at the budget's gate."""
    facts = episodes.found["controller"]
    assert facts["gates"] == GATES
    assert episodes.cut["controller"] >= 2
    assert facts["back"] >= 2, "both streams came back in the middle of the shots"
    assert "master.mp4" in facts["delivered"]
    assert facts["steps"] > len(GATES)
    assert facts["forked"] == "approve_budget"
    assert "error" not in facts


@pytest.mark.parametrize("client", CLIENTS)
async def test_nothing_is_bought_twice_by_a_stop_or_a_cut(episodes: Episodes, client: str):
    assert {stage for stage, _, _ in episodes.bought[client]} >= {"storyboard", "voice"}
    assert {take for _, _, take in episodes.bought[client]} == {1}
    assert len(set(episodes.bought[client])) == len(episodes.bought[client])
