"""Commands of protocol v2: what they do, what they refuse and in which words."""

import asyncio
import uuid

import httpx
import pytest
from langgraph_sdk.errors import NotFoundError

from tests.integration.protocol.following import after, root, send, told
from tests.integration.runs.tiny_graphs import GATES
from tests.visitors import ask_as

GREEN = {"decision": "GREEN"}


async def paused(live, thread, graph="gate"):
    """Start and wait for the question; what it asks."""
    assert (await send(live.url, thread, "run.start", assistant_id=graph, input={"brief": {}}))["result"]
    seen = await told(live.url, thread, root("interrupted"), channels=["lifecycle", "input"])
    return [event["params"] for event in seen if event["method"] == "input.requested"]


def reply(question, response=GREEN):
    return {
        "interrupt_id": question["data"]["interrupt_id"],
        "namespace": question["namespace"],
        "response": response,
    }


async def test_a_start_makes_the_thread_and_a_run_of_v1(live, thread):
    answer = await send(
        live.url, thread, "run.start", id=7, assistant_id="line", input={"brief": {}}, metadata={"tab": 2},
        langsmith_tracer={"project_name": "x"},
    )  # fmt: skip
    run = await live.sdk.runs.get(thread, answer["result"]["run_id"])

    assert answer == {
        "type": "success",
        "id": 7,
        "result": {"run_id": run["run_id"]},
        "meta": {"applied_through_seq": 0},
    }
    assert (run["metadata"], run["multitask_strategy"]) == ({"tab": 2}, "enqueue")
    await live.sdk.runs.join(thread, run["run_id"])


NO_COMMANDS = [
    ("{", "JSON"), ("[]", "body"), ('{"id": 1}', "method"), ('{"method": "run.start"}', "id"),
    ('{"id": "1", "method": "run.start"}', "id"), ('{"id": true, "method": "run.start"}', "id"),
    ('{"id": -1, "method": "run.start"}', "id"), ('{"id": 1, "method": 2}', "method"),
    ('{"id": 1, "method": "run.start", "params": []}', "params"),
    ('{"id": 1, "method": "run.start", "params": {"a": "\\u0000"}}', "stored"),
]  # fmt: skip


async def test_what_is_no_command_is_400(lot, thread):
    for body, word in NO_COMMANDS:
        answer = await lot.client.post(f"/threads/{thread}/commands", content=body)
        assert (answer.status_code, word in answer.json()["detail"]) == (400, True), answer.text
    none = await lot.client.post("/threads/x/commands", json={"id": 1, "method": "run.start"})
    assert none.status_code == 422


UNSPOKEN = {
    "run.stop": "unknown_command", "": "unknown_command", "state.get": "not_supported",
    "subscription.subscribe": "not_supported", "agent.getTree": "not_supported",
}  # fmt: skip


async def test_a_method_that_is_not_spoken_has_a_word(lot, thread):
    for method, error in UNSPOKEN.items():
        command = {"id": 3, "method": method}
        answer = (await lot.client.post(f"/threads/{thread}/commands", json=command)).json()
        assert (answer["type"], answer["id"], answer["error"]) == ("error", 3, error)
        assert answer["message"]


WRONG_STARTS = [
    ({}, "assistant_id"), ({"assistant_id": "films"}, "assistant"),
    ({"assistant_id": "line", "input": 3}, "input"), ({"assistant_id": "line", "input": [1]}, "input"),
    ({"assistant_id": "line", "multitaskStrategy": "hope"}, "multitask_strategy"),
    ({"assistant_id": "line", "config": 3}, "config"),
    ({"assistant_id": "line", "config": {"recursion_limit": 0}}, "recursion_limit"),
    ({"assistant_id": "line", "metadata": "x"}, "metadata"),
]  # fmt: skip


async def test_a_start_that_is_wrong_names_the_field_and_makes_nothing(live, thread):
    for params, word in WRONG_STARTS:
        answer = await send(live.url, thread, "run.start", **params)
        assert (answer["error"], word in answer["message"]) == ("invalid_argument", True), answer
    assert await live.house.database.fetch_one("select 1 from productions") is None


async def test_new_input_on_a_paused_thread_is_refused_and_is_never_the_answer(live, thread):
    [question] = await paused(live, thread)
    again = {"assistant_id": "gate", "input": GREEN}
    refused = await send(live.url, thread, "run.start", id=2, **again)

    assert refused["error"] == "invalid_argument"
    assert question["data"]["interrupt_id"] in refused["message"]
    assert len(await live.sdk.runs.list(thread)) == 1

    meant = await send(live.url, thread, "run.start", id=3, **again, multitaskStrategy="interrupt")
    assert meant["type"] == "success"  # the control: who says so drops the question


async def test_an_answer_is_taken_once(live, thread):
    [question] = await paused(live, thread)
    answer = await send(live.url, thread, "input.respond", id=2, **reply(question))
    await told(live.url, thread, after("completed"))
    late = await send(live.url, thread, "input.respond", id=3, **reply(question, {"decision": "RED"}))

    assert (answer["type"], answer["result"]) == ("success", {})
    assert late["error"] == "no_such_interrupt"
    row = await live.house.database.fetch_one("select values from productions")
    assert row["values"]["answers"]["review"]["decision"] == "GREEN"


MISFITS = [
    ({"interrupt_id": "0" * 32}, "no_such_interrupt"), ({"interrupt_id": "review"}, "no_such_interrupt"),
    ({"interrupt_id": ""}, "no_such_interrupt"), ({"interrupt_id": 3}, "invalid_argument"),
    ({"response": {"decision": 3}}, "invalid_argument"), ({"response": None}, "invalid_argument"),
    ({"response": {"decision": "UNKNOWN"}}, "invalid_argument"), ({"goto": "nowhere"}, "invalid_argument"),
    ({"responses": []}, "invalid_argument"), ({"update": 3}, "invalid_argument"),
]  # fmt: skip


async def test_an_answer_that_does_not_fit_leaves_the_gate_open(live, thread):
    [question] = await paused(live, thread)
    for number, (wrong, error) in enumerate(MISFITS, start=2):
        refused = await send(live.url, thread, "input.respond", id=number, **(reply(question) | wrong))
        assert refused["error"] == error, refused
    assert len(await live.sdk.runs.list(thread)) == 1

    taken = await send(live.url, thread, "input.respond", id=99, **reply(question))
    assert taken["type"] == "success"
    await told(live.url, thread, root("completed"))


async def test_several_questions_are_answered_at_once(live, thread):
    questions = await paused(live, thread, "fan_out_gates")
    many = [reply(question) for question in questions]
    twice = await send(live.url, thread, "input.respond", id=2, responses=[many[0], many[0]])
    answer = await send(
        live.url, thread, "input.respond", id=3, responses=many, update={"stage": "changed"},
        metadata={"by": "all"},
    )  # fmt: skip
    end = (await told(live.url, thread, after("completed")))[-1]

    assert (twice["error"], answer["type"]) == ("invalid_argument", "success")
    assert end["params"]["data"]["answers"] == {"1A": "GREEN", "1B": "GREEN", "1C": "GREEN"}
    assert (await live.sdk.runs.list(thread))[0]["metadata"] == {"by": "all"}


async def test_a_command_that_comes_twice_is_carried_out_once(live, thread):
    runs = set()
    for number, strategy in enumerate((None, "enqueue", "rollback")):
        start = {"assistant_id": "line", "input": {"brief": {}}, "multitaskStrategy": strategy}
        answers = await asyncio.gather(
            *(send(live.url, thread, "run.start", id=number, **start) for _ in range(4))
        )
        ids = {answer["result"]["run_id"] for answer in answers}
        assert len(ids) == 1
        runs |= ids
    other = await send(live.url, thread, "run.start", id=9, **start)  # the control: another number
    assert len({*runs, other["result"]["run_id"]}) == 4


async def test_an_answer_that_is_sent_again_is_no_second_answer(live, thread):
    questions = await paused(live, thread)
    answers = [await send(live.url, thread, "input.respond", id=2, **reply(questions[0])) for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(await live.sdk.runs.list(thread)) == 2


async def test_what_is_somebody_elses_is_not_there(live, thread):
    [question] = await paused(live, thread)
    await live.house.database.execute("insert into users (user_id) values ('other')")
    ask_as("other")
    nobody = str(uuid.uuid4())
    async with httpx.AsyncClient() as client:
        for method, params in (
            ("run.start", {"assistant_id": "gate", "input": {"brief": {}}}),
            ("input.respond", reply(question)),
        ):
            command = {"id": 1, "method": method, "params": params}
            answer = await client.post(f"{live.url}/threads/{thread}/commands", json=command)
            assert answer.status_code == 404
            assert "gate" not in answer.text
        command = {"id": 1, "method": "input.respond", "params": reply(question)}
        unknown = await client.post(f"{live.url}/threads/{nobody}/commands", json=command)
    assert (unknown.status_code, unknown.json()) == (404, answer.json())


async def test_a_run_from_an_older_checkpoint_is_a_branch(live, thread):
    start = {"assistant_id": "line", "input": {"brief": {}}}
    await send(live.url, thread, "run.start", **start)
    seen = await told(live.url, thread, after("completed"), channels=["checkpoints", "lifecycle", "values"])
    points = [event["params"]["data"] for event in seen if event["method"] == "checkpoints"]
    at = next(point for point in points if point["step"] == 1)
    forked = {"assistant_id": "line", "config": {"configurable": {"checkpoint_id": at["id"]}}}
    answer = await send(live.url, thread, "run.start", id=2, **forked)
    rest = await told(live.url, thread, after("completed"), since=seen[-1]["seq"])
    wrong = {"assistant_id": "line", "config": {"configurable": {"checkpoint_id": str(uuid.uuid4())}}}
    refused = await send(live.url, thread, "run.start", id=3, **wrong)
    new = await send(live.url, str(uuid.uuid4()), "run.start", id=4, **forked)

    parents = [event["params"]["data"]["parent_id"] for event in rest if event["method"] == "checkpoints"]
    assert answer["meta"]["applied_through_seq"] >= seen[-1]["seq"]
    assert at["id"] in parents
    assert rest[-1]["params"]["data"]["log"] == ["plan", "draw", "finish"]
    assert (refused["error"], new["error"]) == ("no_such_checkpoint", "no_such_checkpoint")


async def test_a_strategy_comes_in_camels(live, thread):
    gate = uuid.uuid4().hex
    GATES[gate] = asyncio.Event()
    start = {"assistant_id": "waits", "input": {"brief": {"wait_for": gate}}}
    first = await send(live.url, thread, "run.start", **start)
    busy = await send(live.url, thread, "run.start", id=2, **start, multitaskStrategy="reject")
    queued = await send(live.url, thread, "run.start", id=3, **start, multitaskStrategy="enqueue")
    GATES.pop(gate).set()
    await live.sdk.runs.join(thread, queued["result"]["run_id"])

    assert busy["error"] == "invalid_argument"
    runs = await live.sdk.runs.list(thread)
    assert [run["run_id"] for run in runs] == [queued["result"]["run_id"], first["result"]["run_id"]]
    with pytest.raises(NotFoundError):
        await live.sdk.runs.cancel(thread, first["result"]["run_id"])
