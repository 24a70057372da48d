"""The stock React hooks as a page mounts them: the legacy `useStream` of both SDKs, and the new one."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.integration.protocol.live import Live, live_house
from tests.integration.protocol.stock_clients import Found, walked
from tests.integration.runs.tiny_graphs import GATES

SDKS = ("1.11.0", "2.0.0")
pytestmark = pytest.mark.asyncio(loop_scope="module")
of_both = pytest.mark.parametrize("sdk", SDKS)
GREEN = {"decision": "GREEN", "note": ""}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walks(
    own_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, Found]]:
    async with live_house(own_database, tmp_path_factory.mktemp("house"), heartbeat_s=0.2) as house:
        told = await asyncio.gather(_walk(house, "1.11.0", "modern"), _walk(house, "2.0.0"))
        yield dict(zip(SDKS, told, strict=True))


async def _walk(house: Live, sdk: str, *more: str) -> Found:
    gates = {walk: uuid.uuid4().hex for walk in ("rejoined", "stopped")}
    GATES.update((gate, asyncio.Event()) for gate in gates.values())
    asked: dict[str, dict[str, Any]] = {
        walk: {"url": house.url, "sdk": sdk, "gate": gates.get(walk)} for walk in ("legacy", *gates, *more)
    }
    return await walked("hooks", asked, {"rejoined": lambda _: GATES[gates["rejoined"]].set()})


@of_both
async def test_a_page_calls_in_the_order_of_the_contract(walks: dict[str, Found], sdk: str):
    facts = walks[sdk]["legacy"]
    assert facts["first"] == ["POST /threads", "POST /threads/*/runs/stream", "POST /threads/*/history"]
    assert facts["again"] == [
        "POST /threads/*/history",
        "POST /threads/*/runs/stream",
        "POST /threads/*/history",
    ]


@of_both
async def test_an_answer_that_names_the_head_is_an_answer(walks: dict[str, Found], sdk: str):
    """The page sends its checkpoint with everything; langgraph alone would replay an older answer there."""
    facts = walks[sdk]["legacy"]
    assert facts["interrupt"]["response_schema"]["title"] == "Decision"
    assert facts["sent"]["checkpoint"]["checkpoint_id"] == facts["head"]
    assert facts["sent"]["command"] == {"resume": {"decision": "GREEN"}}
    assert (facts["values"]["answers"], facts["values"]["stage"]) == ({"review": GREEN}, "done")


@of_both
async def test_a_second_tab_that_answers_late_is_refused(walks: dict[str, Found], sdk: str):
    facts = walks[sdk]["legacy"]
    assert facts["late"].startswith("HTTP 409")
    assert facts["statuses"] == ["success", "success"]


@of_both
async def test_a_page_opened_again_while_a_node_works_joins_its_run(walks: dict[str, Found], sdk: str):
    facts = walks[sdk]["rejoined"]
    assert (facts["started"]["stream_resumable"], facts["started"]["on_disconnect"]) == (True, "continue")
    assert facts["joined"] == [["GET /threads/*/runs/*/stream?cancel_on_disconnect=0", "-1"]]
    assert facts["values"]["log"] == ["plan", "waited", "finish"]
    assert facts["statuses"] == ["success"]


@of_both
async def test_stop_ends_the_run(walks: dict[str, Found], sdk: str):
    facts = walks[sdk]["stopped"]
    assert "POST /threads/*/runs/*/cancel?wait=0&action=interrupt" in facts["asked"]
    assert facts["status"] == "interrupted"


async def test_the_new_hook_starts_reloads_in_the_pause_answers_and_ends(walks: dict[str, Found]):
    facts = walks["1.11.0"]["modern"]
    assert facts["interrupt"]["value"] == {"ask": "good?", "items": ["1A"]}
    assert facts["before"]["log"] == ["plan"]
    assert (facts["values"]["answers"], facts["values"]["stage"]) == ({"review": GREEN}, "done")
    assert facts["left"] is None
    assert "error" not in facts
