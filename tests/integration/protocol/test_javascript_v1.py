"""LangGraph's JavaScript clients of v1, unmodified, on runs that really run."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.integration.protocol.cut_wire import BAD_GATEWAY, Wire
from tests.integration.protocol.live import WORDS, Live, live_house
from tests.integration.protocol.stock_clients import Found, walked
from tests.integration.runs.tiny_graphs import GATES

SDKS = ("1.11.0", "2.0.0")
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.parametrize("sdk", SDKS)]
GREEN = {"decision": "GREEN"}
ALONE = ("assistants", "threads", "history", "modes", "pause", "refused", "waits", "stateless")
WIRES = ("cut", "retried", "retriedAfterCut")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walks(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Any]]:
    """Both SDKs on all their walks, at once, in one house."""
    folder: Path = tmp_path_factory.mktemp("house")
    async with live_house(own_database, folder, heartbeat_s=0.2) as house:
        told = await asyncio.gather(*(_walk(house, sdk) for sdk in SDKS))
        yield dict(zip(SDKS, told, strict=True))


async def _walk(house: Live, sdk: str) -> tuple[Found, dict[str, Wire]]:
    gates = {walk: uuid.uuid4().hex for walk in ("resumable", "stop", "cut")}
    GATES.update((gate, asyncio.Event()) for gate in gates.values())
    async with contextlib.AsyncExitStack() as wires:
        wire = {name: await wires.enter_async_context(Wire(house.url).open()) for name in WIRES}
        wire["retried"].spoil_answers(2, BAD_GATEWAY)
        wire["retriedAfterCut"].spoil_answers(2)
        given: dict[str, dict[str, str]] = {
            **{walk: {} for walk in ALONE},
            **{walk: {"gate": gate} for walk, gate in gates.items()},
            **{name: {"through": one.url, "gate": gates.get(name, "")} for name, one in wire.items()},
        }

        def open_gate(line: dict[str, Any]) -> None:
            if line["walk"] == "cut":
                assert wire["cut"].cut() == 1
            GATES[gates[line["walk"]]].set()

        asked = {walk: {"sdk": sdk, "url": house.url, **more} for walk, more in given.items()}
        found = await walked("v1_runs", asked, {"resumable": open_gate, "cut": open_gate})
    return found, wire


@pytest.fixture
def found(walks: dict[str, Any], sdk: str) -> Found:
    return walks[sdk][0]


@pytest.fixture
def wires(walks: dict[str, Any], sdk: str) -> dict[str, Wire]:
    return walks[sdk][1]


async def test_every_graph_is_an_assistant(found: Found):
    facts = found["assistants"]
    assert {"line", "gate", "waits"} <= set(facts["graphs"])
    assert facts["line"]
    assert facts["nodes"] == ["__start__", "write_plan", "draw", "finish", "__end__"]
    assert "input_schema" in facts["schemas"]


async def test_threads_are_made_found_copied_and_hidden(found: Found):
    facts = found["threads"]
    assert facts["empty"] is None
    assert facts["found"]["thread_id"]
    assert (facts["found"]["status"], facts["found"]["values"]["stage"]) == ("idle", "done")
    assert facts["found"]["metadata"]["graph_id"] == "line"
    assert facts["same"]["seen"] is True
    assert facts["copied"]["log"] == ["plan", "draw", "finish"]
    assert (facts["twice"]["status"], facts["gone"]["status"]) == (409, 404)


async def test_history_is_read_changed_and_gone_on_from(found: Found):
    facts = found["history"]
    assert facts["states"] == [
        ["loop", [], ["plan", "draw", "finish"]],
        ["loop", ["finish"], ["plan", "draw"]],
        ["loop", ["draw"], ["plan"]],
        ["loop", ["write_plan"], []],
        ["input", ["__start__"], []],
    ]
    assert facts["read"] == [[True, ["plan"]]] * 2
    assert facts["head"] == ["update", ["draw"], ["plan", "mine"]]
    assert facts["child"]
    assert facts["again"] == ["plan", "mine", "draw", "finish"]
    assert facts["page"] == [["write_plan"], ["__start__"]]
    assert facts["whole"] == 5 + 3, "what was before is still there"


async def test_every_mode_arrives(found: Found):
    facts = found["modes"]
    assert all(shown["named"] for shown in facts.values())
    assert all((shown["events"][0], shown["events"][-1]) == ("metadata", "end") for shown in facts.values())
    names = {mode: set(shown["events"]) - {"metadata", "end"} for mode, shown in facts.items()}
    assert names.pop("messages-tuple") == {"messages"}
    assert names.pop("messages") == {"messages/metadata", "messages/partial"}
    assert names == {mode: {mode} for mode in names}
    assert [data["log"] for data in facts["values"]["data"][1:-1]][-1] == ["plan", "draw", "finish"]
    assert {"name": "progress", "payload": {"part": 1}} in facts["custom"]["data"]
    said = [data[0]["content"] for data in facts["messages-tuple"]["data"][1:-1]]
    assert "".join(said) == WORDS


async def test_a_stream_is_taken_up_from_the_start_and_from_the_middle(found: Found):
    facts = found["resumable"]
    assert facts["seen"] + facts["rest"] == facts["whole"]
    assert facts["rest"]
    assert len(set(facts["whole"])) == len(facts["whole"])
    assert [part["event"] for part in facts["live"]][-1:] == ["end"], "nothing of a run that is over"


async def test_a_pause_an_answer_and_a_second_answer(found: Found):
    facts = found["pause"]
    assert facts["before"][-3:] == ["updates", "values", "end"]
    assert facts["asked"][0]["response_schema"]["title"] == "Decision"
    assert facts["after"]["answers"] == {"review": GREEN | {"note": ""}}
    assert facts["second"]["status"] == 409
    assert facts["statuses"] == ["success", "success"], "a refused answer leaves no run"


async def test_what_is_wrong_is_refused_before_there_is_a_run(found: Found):
    facts = found["refused"]
    status = {name: answer["status"] for name, answer in facts.items() if name != "runs"}
    assert status == {"input": 409, "unknown": 409, "wrong": 422, "mode": 422, "nobody": 404}
    assert "waits for an answer" in facts["input"]["detail"]
    assert "stream_mode" in facts["mode"]["detail"]
    assert facts["runs"] == 1


async def test_a_run_is_stopped(found: Found):
    facts = found["stop"]
    assert facts["status"] == "interrupted"
    assert facts["again"]["status"] == 404
    assert facts["deleted"] == []


async def test_waiting_gives_the_end_the_question_or_the_failure(found: Found):
    facts = found["waits"]
    assert facts["log"] == ["plan", "draw", "finish"]
    assert facts["joined"]["__interrupt__"][0]["value"] == {"ask": "good?", "items": ["1A"]}
    assert "ffmpeg" in facts["failed"].lower()


async def test_runs_without_a_thread(found: Found):
    facts = found["stateless"]
    assert facts["waited"] == ["plan", "draw", "finish"]
    assert facts["streamed"] == ["metadata", "updates", "updates", "updates", "end"]
    assert facts["batch"] == [1, 2, 3]


async def test_a_run_asked_for_again_after_a_bad_answer_is_one_run(found: Found, wires: dict[str, Wire]):
    """A proxy gives up after the house has accepted; both SDKs ask again by themselves."""
    assert (found["retried"]["created"], found["retried"]["streamed"]) == ([True], [True])
    assert _asked_twice(wires["retried"])


async def test_a_run_asked_for_again_after_a_cut_is_one_run(found: Found, wires: dict[str, Wire], sdk: str):
    """There was no answer at all: 1.11 asks again, 2.0 gives up."""
    if sdk == "2.0.0":
        with pytest.raises(AssertionError, match="fetch failed"):
            found["retriedAfterCut"]
        assert not _asked_twice(wires["retriedAfterCut"])
    else:
        facts = found["retriedAfterCut"]
        assert (facts["created"], facts["streamed"]) == ([True], [True])
        assert _asked_twice(wires["retriedAfterCut"])


async def test_a_wire_that_is_cut_while_a_node_works_costs_nothing(found: Found, wires: dict[str, Wire]):
    facts = found["cut"]
    assert facts["seen"] == facts["whole"]
    assert facts["status"] == ["success"]
    # A busy machine may let it send its request a second time before; that is one run all the same.
    asked = [line.split()[0] for line in wires["cut"].asked]
    assert set(asked[:-1]) == {"POST"}
    assert asked[-1] == "GET", "it did come back"


def _asked_twice(wire: Wire) -> bool:
    posts = [line for line in wire.asked if line.startswith("POST")]
    return sorted(posts) == sorted(2 * list(set(posts)))
