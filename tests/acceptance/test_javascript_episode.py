"""The micro-episode by the stock JavaScript clients: over every gate, a stop and a cut wire to its end."""

import contextlib
from dataclasses import dataclass
from typing import Any

import pytest
from langgraph_sdk import get_client

from tests.acceptance.shared_house import Bought, bought
from tests.acceptance.studio_lot import MICRO
from tests.integration.protocol.cut_wire import Wire
from tests.integration.protocol.stock_clients import Found, walked
from tests.postgres import run_apart

pytestmark = pytest.mark.nightly  # each day the same clients walk through graphs that cost nothing
V1 = ("1.11.0", "2.0.0")
CLIENTS = (*V1, "controller")
GATES = ["approve_budget", "review_storyboard", "review_scene"]
PATIENCE_S = 240


@dataclass(frozen=True)
class Episodes:
    """What came of each client's episode: its facts, the streams that were cut, what was bought."""

    found: Found
    cut: dict[str, int]
    bought: dict[str, Bought]


@pytest.fixture(scope="module")
def episodes(house_url: str) -> Episodes:
    return run_apart(lambda: _walk(house_url))  # type: ignore[no-any-return]


async def _walk(url: str) -> Episodes:
    """Three episodes at once, each by another client through a wire of its own."""
    async with contextlib.AsyncExitStack() as stack:
        wires = {name: await stack.enter_async_context(Wire(url).open()) for name in CLIENTS}
        cut: dict[str, int] = {}

        def cut_one(line: dict[str, Any]) -> None:
            cut[line["walk"]] = wires[line["walk"]].cut()

        asked = {
            name: {"sdk": name, "through": wires[name].url, "url": url, "brief": MICRO} for name in CLIENTS
        }
        found = await walked("episode", asked, dict.fromkeys(CLIENTS, cut_one), patience_s=PATIENCE_S)
        client = await stack.enter_async_context(get_client(url=url))
        return Episodes(
            found, cut, {name: await bought(client, facts["thread"]) for name, facts in found.items()}
        )


@pytest.mark.parametrize("sdk", V1)
def test_an_episode_by_the_v1_client(episodes: Episodes, sdk: str):
    """Its third run is stopped in a shot; the fourth goes on and loses the wire there; the past is left."""
    facts = episodes.found[sdk]
    assert facts["gates"] == GATES
    assert facts["statuses"] == ["success", "success", "interrupted", "success", "success"]
    assert set(facts["modes"]) >= {"metadata", "values", "updates", "custom", "tasks", "checkpoints", "debug"}
    assert episodes.cut[sdk] >= 1
    assert (facts["next"], "master.mp4" in facts["delivered"]) == ([], True)
    assert facts["steps"] > len(GATES)
    assert facts["forked"] == "approve_budget"


def test_an_episode_by_the_controller_of_v2(episodes: Episodes):
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
def test_nothing_is_bought_twice_by_a_stop_or_a_cut(episodes: Episodes, client: str):
    assert {stage for stage, _, _ in episodes.bought[client]} >= {"storyboard", "voice"}
    assert {take for _, _, take in episodes.bought[client]} == {1}
    assert len(set(episodes.bought[client])) == len(episodes.bought[client])
