"""LangGraph's own client, unmodified, against runs that really run."""

import asyncio
import uuid

import pytest
from langgraph_sdk.errors import ConflictError, NotFoundError, UnprocessableEntityError

from tests.integration.protocol.live import WORDS, Live
from tests.integration.runs.tiny_graphs import GATES

GREEN = {"decision": "GREEN"}
BRIEF = {"brief": {}}


@pytest.fixture
def gate():
    name = uuid.uuid4().hex
    GATES[name] = asyncio.Event()
    yield name
    GATES[name].set()
    del GATES[name]


async def frames(stream):
    return [(part.event, part.data) async for part in stream]


def new(live: Live, graph: str, **more):
    return live.sdk.runs.stream(str(uuid.uuid4()), graph, input=BRIEF, if_not_exists="create", **more)


async def test_a_run_is_shown_from_its_name_to_its_end(live):
    shown = await frames(
        new(live, "line", stream_mode=["values", "updates", "custom", "tasks", "checkpoints", "debug"])
    )

    names = [name for name, _ in shown]
    assert names[0] == "metadata"
    assert names[-1] == "end"
    assert [data for name, data in shown if name == "updates"] == [
        {"write_plan": {"log": ["plan"], "stage": "planned"}},
        {"draw": {"log": ["draw"]}},
        {"finish": {"log": ["finish"], "stage": "done"}},
    ]
    assert [data["log"] for name, data in shown if name == "values"] == [
        [], ["plan"], ["plan", "draw"], ["plan", "draw", "finish"],
    ]  # fmt: skip
    assert ("custom", {"name": "progress", "payload": {"part": 1}}) in shown
    assert [data["next"] for name, data in shown if name == "checkpoints"][-1] == []
    results = [data["result"] for name, data in shown if name == "tasks" and "result" in data]
    assert results[1] == {"log": ["draw"]}
    assert {data["type"] for name, data in shown if name == "debug"} == {"task", "task_result", "checkpoint"}


async def test_words_come_as_they_are_spoken(live):
    tuples = await frames(new(live, "speaks", stream_mode="messages-tuple"))
    said = "".join(data[0]["content"] for name, data in tuples if name == "messages")
    partial = await frames(new(live, "speaks", stream_mode="messages"))

    assert said == WORDS
    assert partial[1][0] == "messages/metadata"
    assert [data[0]["content"] for name, data in partial if name == "messages/partial"][-1] == WORDS


async def test_a_pause_an_answer_and_a_second_answer(live):
    thread = str(uuid.uuid4())
    first = await frames(
        live.sdk.runs.stream(
            thread, "gate", input=BRIEF, if_not_exists="create", stream_mode=["values", "updates"]
        )
    )
    asked = first[-2][1]["__interrupt__"]
    assert [name for name, _ in first[-3:]] == ["updates", "values", "end"]
    assert asked[0]["value"] == {"ask": "good?", "items": ["1A"]}
    assert asked[0]["response_schema"]["title"] == "Decision"

    values = await live.sdk.runs.wait(thread, "gate", command={"resume": {asked[0]["id"]: GREEN}})
    assert values["answers"] == {"review": GREEN | {"note": ""}}
    with pytest.raises(ConflictError):
        await live.sdk.runs.create(thread, "gate", command={"resume": {asked[0]["id"]: {"decision": "RED"}}})
    statuses = [run["status"] for run in await live.sdk.runs.list(thread)]
    assert statuses == ["success", "success"]


async def test_what_the_stock_server_lets_pass_is_refused(live):
    thread = str(uuid.uuid4())
    await live.sdk.runs.wait(thread, "gate", input=BRIEF, if_not_exists="create")

    with pytest.raises(ConflictError, match="waits for an answer"):
        await live.sdk.runs.create(thread, "gate", input=BRIEF)
    with pytest.raises(ConflictError, match="is not open"):
        await live.sdk.runs.create(thread, "gate", command={"resume": {"0" * 32: GREEN}})
    with pytest.raises(UnprocessableEntityError, match="decision"):
        await live.sdk.runs.create(thread, "gate", command={"resume": {"decision": 3}})
    with pytest.raises(NotFoundError):
        await live.sdk.runs.create(str(uuid.uuid4()), "gate", input=BRIEF)
    assert len(await live.sdk.runs.list(thread)) == 1


async def test_a_cut_stream_is_taken_up_where_it_was(live, gate):
    thread = str(uuid.uuid4())
    run = await live.sdk.runs.create(
        thread, "waits", input={"brief": {"wait_for": gate}}, if_not_exists="create",
        stream_mode=["values", "tasks"], stream_resumable=True,
    )  # fmt: skip
    seen = []
    async for part in live.sdk.runs.join_stream(thread, run["run_id"], last_event_id="-1"):
        seen.append(part)
        if part.event == "tasks" and part.data["name"] == "wait_long":
            break
    GATES[gate].set()
    rest = [
        part async for part in live.sdk.runs.join_stream(thread, run["run_id"], last_event_id=seen[-1].id)
    ]
    whole = [part async for part in live.sdk.runs.join_stream(thread, run["run_id"], last_event_id="-1")]

    ids = [part.id for part in whole if part.event not in ("metadata", "end")]
    assert [part.id for part in seen + rest if part.event not in ("metadata", "end")] == ids
    assert len(set(ids)) == len(ids)
    nothing = [part async for part in live.sdk.runs.join_stream(thread, run["run_id"])]
    assert [part.event for part in nothing if part.event != "metadata"] == ["end"]


async def test_cancel_waits_for_the_end(live, gate):
    thread = str(uuid.uuid4())
    run = await live.sdk.runs.create(
        thread, "waits", input={"brief": {"wait_for": gate}}, if_not_exists="create"
    )
    async for part in live.sdk.runs.join_stream(
        thread, run["run_id"], stream_mode=["tasks"], last_event_id="-1"
    ):
        if part.event == "tasks" and part.data["name"] == "wait_long":
            break
    await live.sdk.runs.cancel(thread, run["run_id"], wait=True)
    assert (await live.sdk.runs.get(thread, run["run_id"]))["status"] == "interrupted"
    with pytest.raises(NotFoundError):
        await live.sdk.runs.cancel(thread, run["run_id"])
    await live.sdk.runs.delete(thread, run["run_id"])
    assert await live.sdk.runs.list(thread) == []


async def test_a_reader_that_leaves_ends_its_run_only_when_it_said_so(live, gate):
    for policy, status in (("cancel", "interrupted"), ("continue", "success")):
        thread = str(uuid.uuid4())
        stream = live.sdk.runs.stream(
            thread, "waits", input={"brief": {"wait_for": gate}}, if_not_exists="create",
            stream_mode="tasks", on_disconnect=policy, multitask_strategy="enqueue",
        )  # fmt: skip
        async for part in stream:
            if part.event == "tasks" and part.data["name"] == "wait_long":
                break
        await stream.aclose()
        run = (await live.sdk.runs.list(thread))[0]
        if policy == "continue":
            GATES[gate].set()
        await live.sdk.runs.join(thread, run["run_id"])
        assert (await live.sdk.runs.get(thread, run["run_id"]))["status"] == status


async def test_runs_without_a_thread(live):
    values = await live.sdk.runs.wait(None, "line", input=BRIEF)
    assert values["log"] == ["plan", "draw", "finish"]
    shown = await frames(live.sdk.runs.stream(None, "line", input={"brief": {"x": 1}}))
    assert shown[-1][0] == "end"
    runs = await live.sdk.runs.create_batch(
        [{"assistant_id": "line", "input": {"brief": {"n": n}}} for n in range(3)]
    )
    ended = [await live.sdk.runs.join(run["thread_id"], run["run_id"]) for run in runs]
    assert [values["brief"] for values in ended] == [{"n": 0}, {"n": 1}, {"n": 2}]


@pytest.mark.parametrize(("graph", "word"), [("breaks", "ffmpeg"), ("unpaid", "budget")])
async def test_a_failure_is_told_and_is_no_500(live, graph, word):
    """So is a pause for want of money: it asks nothing."""
    shown = await frames(new(live, graph))
    assert [name for name, _ in shown[-2:]] == ["error", "end"] or shown[-1][0] == "error"
    thread = str(uuid.uuid4())
    with pytest.raises(Exception, match=word):
        await live.sdk.runs.wait(thread, graph, input=BRIEF, if_not_exists="create")
    [run] = await live.sdk.runs.list(thread)
    assert run["status"] == "error"


async def test_bad_requests_name_the_field(live):
    thread = str(uuid.uuid4())
    for wrong, word in (
        ({"assistant_id": "line", "stream_mode": "films"}, "stream_mode"),
        ({"assistant_id": "line", "multitask_strategy": "hope"}, "multitask_strategy"),
        ({"assistant_id": "line", "input": {}, "interrupt_before": ["nowhere"]}, "nowhere"),
        ({"assistant_id": "line", "after_seconds": -1}, "after_seconds"),
        ({"assistant_id": "line", "input": 3}, "input"),
    ):
        with pytest.raises(UnprocessableEntityError, match=word):
            await live.sdk.http.post(f"/threads/{thread}/runs", json={"if_not_exists": "create", **wrong})
    with pytest.raises(UnprocessableEntityError, match="thread_id"):
        await live.sdk.runs.list("no-uuid")
    with pytest.raises(NotFoundError):
        await live.sdk.runs.list(thread)
