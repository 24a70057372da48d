"""LangGraph's own Python client over protocol v2, unmodified: `threads.stream`."""

import asyncio
import uuid

import pytest
from fastapi import FastAPI

from server.deps import HouseDep
from server.protocol.wire import JsonAnswer
from server.threads.read_runs import get_thread_row
from tests.integration.protocol.live import WORDS, live_house
from tests.integration.runs.tiny_graphs import GATES

BRIEF = {"brief": {}}
GREEN = {"decision": "GREEN"}


@pytest.fixture
async def live(database_url, tmp_path):
    async with live_house(database_url, tmp_path, heartbeat_s=0.2) as house:
        show_state(house.app)
        yield house


def show_state(app: FastAPI) -> None:
    """What the client reads of a thread's state, where no route shows it."""
    path = "/threads/{thread_id}/state"
    if path in {getattr(route, "path", "") for route in app.routes}:
        return

    @app.get(path)
    async def read_state(thread_id: str, house: HouseDep) -> JsonAnswer:
        thread = await get_thread_row(house.database, user_id="local", thread_id=thread_id)
        state = await house.threads.snapshots.read(thread_id, graph=thread["graph"])
        return JsonAnswer({"values": state.values, "next": state.next, "tasks": []})


async def collected(stream):
    return [item async for item in stream]


async def test_start_pause_answer_and_the_end(live):
    async with live.sdk.threads.stream(assistant_id="gate") as thread:
        await thread.run.start(input=BRIEF)
        states = await collected(thread.values)  # ends at the question, which comes on another stream
        assert thread.interrupted
        [asked] = thread.interrupts
        assert asked["value"] == {"ask": "good?", "items": ["1A"]}

        await thread.run.respond(GREEN)
        output = await asyncio.wait_for(thread.output, 10)
        assert output["answers"]["review"]["decision"] == "GREEN"
        assert not any("__interrupt__" in state for state in states)
    async with live.sdk.threads.stream(thread.thread_id, assistant_id="gate") as again:
        again.interrupts.append(asked)
        with pytest.raises(RuntimeError, match="no_such_interrupt"):
            await again.run.respond({"decision": "RED"}, interrupt_id=asked["interrupt_id"])


async def test_every_channel_really_arrives(live):
    channels = ["values", "updates", "tasks", "checkpoints", "progress"]
    async with live.sdk.threads.stream(assistant_id="line") as thread:
        await thread.run.start(input=BRIEF)
        seen = await collected(thread.interleave_projections(channels))
    by_name = {name: [item for word, item in seen if word == name] for name in channels}

    assert by_name["progress"] == [{"name": "progress", "payload": {"part": 1}}]
    assert [list(delta) for delta in by_name["updates"]] == [["write_plan"], ["draw"], ["finish"]]
    assert [state["log"] for state in by_name["values"]][-1] == ["plan", "draw", "finish"]
    ended = [task["name"] for task in by_name["tasks"] if "result" in task]
    assert ended == ["write_plan", "draw", "finish"]
    points = by_name["checkpoints"]
    assert [point["step"] for point in points] == [-1, 0, 1, 2, 3]
    assert [point["parent_id"] for point in points[1:]] == [point["id"] for point in points[:-1]]


async def test_words_come_as_blocks(live):
    async with live.sdk.threads.stream(assistant_id="speaks") as thread:
        await thread.run.start(input=BRIEF)
        messages = [message async for message in thread.messages]
        assert await messages[0].text == WORDS
        assert (await messages[0].output).text == WORDS


async def test_a_subgraph_is_found_and_ends(live):
    async with live.sdk.threads.stream(assistant_id="nested") as thread:
        await thread.run.start(input=BRIEF)
        found = await collected(thread.subgraphs)
        assert [(handle.graph_name, handle.status) for handle in found] == [("inner", "completed")]
        assert (await asyncio.wait_for(thread.output, 10))["stage"] == "done"


@pytest.mark.parametrize(
    ("graph", "words"),
    [("breaks", "Ffmpeg ended with an error"), ("unpaid", "The next step would cost more")],
)
async def test_a_failure_is_told_in_a_sentence(live, graph, words):
    """So is a pause for want of money."""
    async with live.sdk.threads.stream(assistant_id=graph) as thread:
        await thread.run.start(input=BRIEF)
        with pytest.raises(RuntimeError, match=f"Run errored: {words}"):
            await asyncio.wait_for(thread.output, 10)


async def test_a_client_that_comes_later_sees_the_end(live):
    async with live.sdk.threads.stream(assistant_id="line") as first:
        await first.run.start(input=BRIEF)
        output = await asyncio.wait_for(first.output, 10)
    async with live.sdk.threads.stream(first.thread_id, assistant_id="line") as later:
        assert await asyncio.wait_for(later.output, 10) == output
        assert (await collected(later.values))[-1] == output


async def test_new_input_at_a_question_is_refused_in_the_clients_words(live):
    async with live.sdk.threads.stream(assistant_id="gate") as thread:
        await thread.run.start(input=BRIEF)
        await collected(thread.values)
        with pytest.raises(RuntimeError, match=f"invalid_argument.*{thread.interrupts[0]['interrupt_id']}"):
            await thread.run.start(input={"decision": "GREEN"})


async def test_a_cancelled_run_reads_interrupted(live):
    gate = uuid.uuid4().hex
    GATES[gate] = asyncio.Event()
    async with live.sdk.threads.stream(assistant_id="waits") as thread:
        run = await thread.run.start(input={"brief": {"wait_for": gate}})
        told = []
        async for event in thread.subscribe(["lifecycle", "tasks"]):
            told.append(event["params"]["data"].get("event") or event["params"]["data"]["name"])
            if told[-1] == "wait_long":
                await live.sdk.runs.cancel(thread.thread_id, run["run_id"], wait=False)
            if told[-1] == "interrupted":
                break
    del GATES[gate]
    assert told[0] == "running"
