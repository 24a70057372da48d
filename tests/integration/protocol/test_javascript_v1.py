"""LangGraph's JavaScript clients of v1, unmodified, on runs that really run."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from tests.conftest import fresh_database
from tests.integration.protocol.cut_wire import BAD_GATEWAY, Wire
from tests.integration.protocol.live import WORDS, Live, live_house
from tests.integration.protocol.stock_clients import facts_of, walking
from tests.integration.runs.tiny_graphs import GATES

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.parametrize("sdk", ["1.11.0", "2.0.0"])]
GREEN = {"decision": "GREEN"}


@pytest.fixture(scope="module")
def own_database(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Live]:
    folder: Path = tmp_path_factory.mktemp("house")
    async with live_house(own_database, folder, heartbeat_s=0.2) as house:
        yield house


@pytest.fixture
def gate() -> Iterator[str]:
    name = uuid.uuid4().hex
    GATES[name] = asyncio.Event()
    yield name
    GATES[name].set()
    del GATES[name]


async def test_every_graph_is_an_assistant(live: Live, sdk: str):
    facts = await facts_of("v1_runs", "assistants", url=live.url, sdk=sdk)
    assert {"line", "gate", "waits"} <= set(facts["graphs"])
    assert facts["line"]
    assert facts["nodes"] == ["__start__", "write_plan", "draw", "finish", "__end__"]
    assert "input_schema" in facts["schemas"]


async def test_every_mode_arrives(live: Live, sdk: str):
    facts = await facts_of("v1_runs", "modes", url=live.url, sdk=sdk)
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


async def test_a_stream_is_taken_up_from_the_start_and_from_the_middle(live: Live, sdk: str, gate: str):
    async with walking("v1_runs", "resumable", url=live.url, sdk=sdk, gate=gate) as walk:
        await walk.hears("waiting")
        GATES[gate].set()
        facts = await walk.facts()
    assert facts["seen"] + facts["rest"] == facts["whole"]
    assert facts["rest"]
    assert len(set(facts["whole"])) == len(facts["whole"])
    assert [part["event"] for part in facts["live"]][-1:] == ["end"], "nothing of a run that is over"


async def test_a_pause_an_answer_and_a_second_answer(live: Live, sdk: str):
    facts = await facts_of("v1_runs", "pause", url=live.url, sdk=sdk)
    assert facts["before"][-3:] == ["updates", "values", "end"]
    assert facts["asked"][0]["response_schema"]["title"] == "Decision"
    assert facts["after"]["answers"] == {"review": GREEN | {"note": ""}}
    assert facts["second"]["status"] == 409
    assert facts["statuses"] == ["success", "success"], "a refused answer leaves no run"


async def test_what_is_wrong_is_refused_before_there_is_a_run(live: Live, sdk: str):
    facts = await facts_of("v1_runs", "refused", url=live.url, sdk=sdk)
    assert [facts[name]["status"] for name in ("input", "unknown", "wrong", "mode", "nobody")] == [
        409, 409, 422, 422, 404,
    ]  # fmt: skip
    assert "waits for an answer" in facts["input"]["detail"]
    assert "stream_mode" in facts["mode"]["detail"]
    assert facts["runs"] == 1


async def test_a_run_is_stopped(live: Live, sdk: str, gate: str):
    facts = await facts_of("v1_runs", "stop", url=live.url, sdk=sdk, gate=gate)
    assert facts["status"] == "interrupted"
    assert facts["again"]["status"] == 404
    assert facts["deleted"] == []


async def test_waiting_gives_the_end_the_question_or_the_failure(live: Live, sdk: str):
    facts = await facts_of("v1_runs", "waits", url=live.url, sdk=sdk)
    assert facts["log"] == ["plan", "draw", "finish"]
    assert facts["joined"]["__interrupt__"][0]["value"] == {"ask": "good?", "items": ["1A"]}
    assert "budget" in facts["failed"].lower()


async def test_runs_without_a_thread(live: Live, sdk: str):
    facts = await facts_of("v1_runs", "stateless", url=live.url, sdk=sdk)
    assert facts["waited"] == ["plan", "draw", "finish"]
    assert facts["streamed"] == ["metadata", "updates", "updates", "updates", "end"]
    assert facts["batch"] == [1, 2, 3]


async def test_a_run_asked_for_again_after_a_bad_answer_is_one_run(live: Live, sdk: str):
    """A proxy gives up after the house has accepted; both SDKs ask again by themselves."""
    facts = await _asks_again(live, sdk, instead=BAD_GATEWAY)
    assert facts == {"created": [True], "streamed": [True], "said": facts["said"]}


async def test_a_run_asked_for_again_after_a_cut_is_one_run(live: Live, sdk: str):
    """Only 1.11 asks again when there was no answer at all."""
    if sdk == "2.0.0":
        with pytest.raises(AssertionError, match="fetch failed"):
            await _asks_again(live, sdk)
    else:
        facts = await _asks_again(live, sdk)
        assert facts == {"created": [True], "streamed": [True], "said": facts["said"]}


async def _asks_again(live: Live, sdk: str, *, instead: bytes = b"") -> dict[str, Any]:
    async with Wire(live.url).open() as wire:
        wire.spoil_answers(2, instead)
        facts = await facts_of("v1_runs", "retried", url=live.url, through=wire.url, sdk=sdk)
        posts = [line for line in wire.asked if line.startswith("POST")]
    assert sorted(posts) == sorted(2 * list(set(posts))), "the client did ask again"
    return dict(facts)


async def test_a_wire_that_is_cut_while_a_node_works_costs_nothing(live: Live, sdk: str, gate: str):
    async with (
        Wire(live.url).open() as wire,
        walking("v1_runs", "cut", url=live.url, through=wire.url, sdk=sdk, gate=gate) as walk,
    ):
        await walk.hears("waiting")
        assert wire.cut() == 1
        GATES[gate].set()
        walk.tell()
        facts = await walk.facts()
    assert facts["seen"] == facts["whole"]
    assert facts["status"] == ["success"]
    assert [line.split()[0] for line in wire.asked] == ["POST", "GET"]
