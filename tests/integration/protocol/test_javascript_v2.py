"""The headless controller behind the new JavaScript hooks, unmodified, on protocol v2."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.integration.protocol.cut_wire import Wire
from tests.integration.protocol.live import Live, live_house
from tests.integration.protocol.stock_clients import Found, walked
from tests.integration.runs.tiny_graphs import GATES

pytestmark = pytest.mark.asyncio(loop_scope="module")
ALONE = ("start", "pause", "wrong", "reload", "history", "several", "channels")
WINDOW_MS = 1500
"""How long the idle page waits for a sign of life; the house gives one every 200 ms."""
DONE = ["plan", "draw", "finish"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def found(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Found]:
    """Every walk, at once, in one house."""
    async with live_house(own_database, tmp_path_factory.mktemp("house"), heartbeat_s=0.2) as house:
        yield await _walk(house)


async def _walk(house: Live) -> Found:
    gates = {walk: uuid.uuid4().hex for walk in ("reloadInNode", "stop", "cut")}
    GATES.update((gate, asyncio.Event()) for gate in gates.values())
    async with contextlib.AsyncExitStack() as wires:
        wire = {
            name: await wires.enter_async_context(Wire(house.url).open()) for name in ("cut", "idleSilent")
        }
        asked: dict[str, dict[str, Any]] = {name: {"url": house.url} for name in ALONE}
        asked |= {name: {"url": house.url, "gate": gate} for name, gate in gates.items()}
        asked |= {name: {"url": house.url, "window": WINDOW_MS} for name in ("idle", "idleSilent")}
        for name, one in wire.items():
            asked[name]["through"] = one.url

        def cut(_: dict[str, Any]) -> None:
            assert wire["cut"].cut() >= 2, "two streams are open"
            GATES[gates["cut"]].set()

        parts = {
            "cut": cut,
            "reloadInNode": lambda _: GATES[gates["reloadInNode"]].set(),
            "idle": lambda _: None,
            "idleSilent": lambda _: wire["idleSilent"].hush(),
        }
        return await walked("v2_controller", asked, parts)


async def test_a_new_thread_is_started_in_the_order_of_the_contract(found: Found):
    facts = found["start"]
    assert facts["asked"] == [
        ["POST /threads/T/commands", "run.start"],
        ["POST /threads/T/stream/events", ["lifecycle", "input"]],
        [
            "POST /threads/T/stream/events",
            ["values", "checkpoints", "lifecycle", "input", "messages", "tools"],
        ],
    ]
    assert facts["run"] == [True]
    assert facts["ended"] == ["success"]
    assert (facts["values"]["log"], facts["values"]["stage"]) == (DONE, "done")
    assert "error" not in facts


async def test_a_question_comes_with_its_schema_and_takes_one_answer(found: Found):
    facts = found["pause"]
    assert facts["interrupt"]["value"] == {"ask": "good?", "items": ["1A"]}
    assert facts["request"]["response_schema"]["title"] == "Decision"
    assert facts["values"]["answers"] == {"review": {"decision": "GREEN", "note": ""}}
    assert facts["left"] == []
    assert facts["second"]["code"] == "no_such_interrupt"
    assert facts["statuses"] == ["success", "success"], "a refused answer leaves no run"


async def test_a_wrong_answer_and_new_input_leave_the_question_open(found: Found):
    facts = found["wrong"]
    assert "reply.decision must be string" in facts["refused"]
    assert "waits for an answer" in facts["input"]
    assert facts["after"]["answers"] == {"review": {"decision": "GREEN", "note": ""}}
    assert facts["statuses"] == ["success", "success"]


async def test_a_page_opened_again_in_the_pause_shows_the_question(found: Found):
    facts = found["reload"]
    assert facts["asked"][0] == "GET /threads/T/state"
    assert {"POST /threads/T/history", "POST /threads/T/stream/events"} <= set(facts["asked"])
    assert [interrupt["value"]["ask"] for interrupt in facts["interrupts"]] == ["good?"]
    assert facts["log"] == ["plan"]
    assert facts["values"]["stage"] == "done"
    assert facts["left"] == []


async def test_a_page_opened_again_while_a_node_works_shows_the_question_when_it_comes(found: Found):
    """It is neither taken for an old question nor left to the client's second look after five seconds."""
    facts = found["reloadInNode"]
    assert facts["took"] < 4000
    assert facts["values"]["log"] == ["plan", "waited", "finish"]


async def test_stop_ends_the_run(found: Found):
    facts = found["stop"]
    assert facts["status"] == "interrupted"
    assert not facts["loading"]
    assert facts["asked"][:4] == ["commands", "events", "events", "cancel"]


async def test_a_wire_that_is_cut_while_a_node_works_costs_nothing(found: Found):
    facts = found["cut"]
    assert facts["back"] >= 2, "both streams came back"
    assert facts["values"]["log"] == ["plan", "waited", "finish"]
    assert facts["events"]["twice"] == 0
    assert "error" not in facts


async def test_an_idle_stream_stays_open_and_hears_the_next_run(found: Found):
    facts = found["idle"]
    assert facts["back"] == 0, "the house gave signs of life"
    assert facts["log"] == 2 * DONE
    assert facts["events"]["twice"] == 0


async def test_a_stream_without_a_sign_of_life_is_taken_up_again(found: Found):
    """The control of the one before: the same idle time, but the wire passes nothing on."""
    facts = found["idleSilent"]
    assert facts["back"] >= 2
    assert facts["log"] == 2 * DONE
    assert facts["events"]["twice"] == 0


async def test_history_and_a_fork_from_a_checkpoint(found: Found):
    facts = found["history"]
    assert facts["before"] == [[], ["finish"], ["draw"], ["write_plan"], ["__start__"]]
    assert facts["after"] == [[], ["finish"], ["draw"], *facts["before"]]
    assert facts["parent"] == 2, "the branch leaves where it was told to"
    assert facts["values"]["log"] == DONE


async def test_several_questions_are_answered_at_once(found: Found):
    assert found["several"] == {"1A": "1A", "1B": "1B", "1C": "1C"}


async def test_what_the_stock_server_keeps_silent_about_arrives(found: Found):
    facts = found["channels"]
    progress = {"name": "progress", "payload": {"part": 1}}
    assert (facts["custom"], facts["custom:progress"]) == (progress, progress)
    assert facts["updates"] == {"write_plan": {"log": ["plan"], "stage": "planned"}}
    assert facts["tasks"]["name"] == "write_plan"
    assert facts["checkpoints"]["source"] == "input"
