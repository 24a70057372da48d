"""Threads through LangGraph's own client, unmodified."""

import asyncio
import uuid

import pytest
from langgraph_sdk.errors import ConflictError, NotFoundError, UnprocessableEntityError

from tests.integration.protocol.live import Live
from tests.integration.runs.tiny_graphs import GATES

BRIEF = {"brief": {}}


@pytest.fixture
def threads(live: Live):
    return live.sdk.threads


async def ran(live: Live, graph: str, **brief) -> str:
    thread = str(uuid.uuid4())
    await live.sdk.runs.wait(thread, graph, input={"brief": brief}, if_not_exists="create")
    return thread


@pytest.fixture
async def busy(live: Live):
    """A thread with a run that goes on until the test is over."""
    name, thread = uuid.uuid4().hex, str(uuid.uuid4())
    GATES[name] = asyncio.Event()
    run = await live.sdk.runs.create(
        thread, "waits", input={"brief": {"wait_for": name}}, if_not_exists="create"
    )
    async for part in live.sdk.runs.join_stream(
        thread, run["run_id"], stream_mode=["tasks"], last_event_id="-1"
    ):
        if part.event == "tasks" and part.data["name"] == "wait_long":
            break
    yield thread
    GATES[name].set()
    del GATES[name]


async def test_a_thread_is_made_marked_and_hidden(threads):
    made = await threads.create(metadata={"project": "autumn"}, graph_id="line", ttl=60)
    same = await threads.create(thread_id=made["thread_id"], if_exists="do_nothing")
    marked = await threads.update(made["thread_id"], metadata={"project": "winter", "n": 1})
    await threads.delete(made["thread_id"])

    assert (made["status"], made["values"], made["interrupts"], made["config"]) == ("idle", {}, {}, {})
    assert made["metadata"]["graph_id"] == "line"
    assert same == made
    assert marked["metadata"] == made["metadata"] | {"project": "winter", "n": 1}
    with pytest.raises(NotFoundError):
        await threads.get(made["thread_id"])
    with pytest.raises(ConflictError, match="taken"):
        await threads.create(thread_id=made["thread_id"])


async def test_a_thread_shows_its_whole_state_and_what_it_asks(live, threads):
    thread = await ran(live, "gate")
    shown = await threads.get(thread, include=["ttl"])
    state = await threads.get_state(thread)

    assert shown["status"] == "interrupted"
    assert shown["values"]["log"] == ["plan"]
    assert shown["metadata"] == {"graph_id": "gate", "assistant_id": shown["metadata"]["assistant_id"]}
    assert shown["ttl"] is None
    [(task_id, [asked])] = shown["interrupts"].items()
    assert asked["value"] == {"ask": "good?", "items": ["1A"]}
    assert asked["response_schema"]["title"] == "Decision"
    assert [task["id"] for task in state["tasks"]] == [task_id]
    assert state["tasks"][0]["interrupts"] == [asked]


@pytest.mark.parametrize("graph", ["inner_gate", "fan_out_gates", "two_gates"])
async def test_questions_go_by_the_task_that_asks(live, threads, graph):
    """A question inside a subgraph belongs to the root's task, as the state shows it."""
    thread = await ran(live, graph)
    shown = await threads.get(thread)
    state = await threads.get_state(thread)

    by_task = {task["id"]: task["interrupts"] for task in state["tasks"] if task["interrupts"]}
    assert shown["interrupts"] == by_task
    assert len(by_task) == (3 if graph == "fan_out_gates" else 1)


async def test_threads_are_found_by_what_they_are(live, threads):
    paused, done = await ran(live, "gate"), await ran(live, "line", kind="x")
    draft = (await threads.create(metadata={"project": "autumn"}))["thread_id"]
    await live.sdk.runs.wait(None, "line", input=BRIEF)

    async def found(**wanted):
        return {one["thread_id"] for one in await threads.search(**wanted)}

    assert await found() == {paused, done, draft}
    assert await found(metadata={"graph_id": "line"}) == {done}
    assert await found(status="interrupted") == {paused}
    assert await found(status="idle") == {done, draft}
    assert await found(values={"brief": {"kind": "x"}}) == {done}
    assert await found(ids=[paused, draft]) == {paused, draft}
    assert await threads.count(metadata={"project": "autumn"}) == 1
    assert await threads.count() == 3


async def test_a_search_is_paged_sorted_and_cut_to_size(live, threads):
    made = [(await threads.create(metadata={"n": n}))["thread_id"] for n in range(3)]
    up = await threads.search(sort_by="created_at", sort_order="asc", limit=2)
    cut = await threads.search(select=["thread_id", "metadata"], extract={"n": "metadata.n"}, offset=2)
    answer = await live.sdk.http.client.post("/threads/search", json={"limit": 2, "offset": 0})

    assert [one["thread_id"] for one in up] == made[:2]
    assert cut == [{"thread_id": made[0], "metadata": {"n": 0}, "extracted": {"n": 0}}]
    assert (answer.headers["x-pagination-total"], answer.headers["x-pagination-next"]) == ("3", "2")


async def test_history_is_a_page_of_states(live, threads):
    thread = await ran(live, "line")
    whole = await threads.get_history(thread, limit=100)
    older = await threads.get_history(thread, before={"configurable": whole[1]["checkpoint"]})
    bare = await threads.get_history(thread, before=whole[1]["checkpoint"])
    inputs = await threads.get_history(thread, metadata={"source": "input"})
    by_get = (await live.sdk.http.client.get(
        f"/threads/{thread}/history", params={"limit": 2, "before": whole[0]["checkpoint_id"]}
    )).json()  # fmt: skip

    assert [one["next"] for one in whole] == [[], ["finish"], ["draw"], ["write_plan"], ["__start__"]]
    assert [one["parent_checkpoint_id"] for one in whole[:-1]] == [one["checkpoint_id"] for one in whole[1:]]
    assert whole[-1]["parent_checkpoint"] is None
    assert older == bare == whole[2:]
    assert [one["checkpoint_id"] for one in inputs] == [whole[-1]["checkpoint_id"]]
    assert by_get == whole[1:3]


async def test_every_past_state_can_be_opened(live, threads):
    thread = await ran(live, "inner_gate")
    now = await threads.get_state(thread, subgraphs=True)
    inner = now["tasks"][0]["state"]
    before = (await threads.get_history(thread))[1]
    same = await threads.get_state(thread, checkpoint_id=before["checkpoint_id"])
    within = await threads.get_state(thread, checkpoint=inner["checkpoint"])
    values = await threads.get_state(thread, select=["values.log", "next"])

    assert same == before
    assert inner["next"] == within["next"] == ["review"]
    assert within["checkpoint"]["checkpoint_ns"].startswith("inner:")
    assert values == {"values": {"log": ["plan"]}, "next": ["inner"]}


async def test_a_thread_without_a_past_has_no_checkpoint(threads):
    thread = (await threads.create())["thread_id"]
    state = await threads.get_state(thread)

    assert (state["checkpoint"], state["values"], state["next"]) == (None, {}, [])
    assert await threads.get_history(thread) == []


async def test_a_state_is_changed_in_place_and_a_run_goes_on_from_it(live, threads):
    """The open question is asked again, under a new id."""
    thread = await ran(live, "gate")
    asked = (await threads.get_state(thread))["interrupts"][0]["id"]
    made = await threads.update_state(thread, {"log": ["by hand"]})
    between = await threads.get(thread)
    values = await live.sdk.runs.wait(thread, "gate", input=None)

    state = await threads.get_state(thread)
    assert (between["status"], between["interrupts"]) == ("interrupted", {})
    assert made["checkpoint"]["thread_id"] == thread
    assert values["log"] == ["plan", "by hand"]
    assert state["checkpoint_id"] == made["checkpoint_id"]
    assert state["interrupts"][0]["id"] != asked


async def test_a_fork_leaves_the_first_branch_as_it_was(live, threads):
    thread = await ran(live, "line")
    history = await threads.get_history(thread)
    planned = next(one for one in history if one["next"] == ["draw"])
    await threads.update_state(
        thread, {"log": ["another plan"]}, as_node="write_plan", checkpoint_id=planned["checkpoint_id"]
    )
    values = await live.sdk.runs.wait(thread, "line", input=None)

    assert values["log"] == ["plan", "another plan", "draw", "finish"]
    before = await threads.get_state(thread, checkpoint_id=history[0]["checkpoint_id"])
    assert before["values"]["log"] == ["plan", "draw", "finish"]
    assert (await threads.get(thread))["values"]["log"] == values["log"]


async def test_a_wrong_change_is_refused_and_writes_nothing(live, threads):
    thread = await ran(live, "gate")
    before = await threads.get_history(thread)
    for change, word in (
        ({"values": {"nonsense": 1}}, "values.nonsense"),
        ({"values": {"stage": 3}}, "values.stage"),
        ({"values": {"log": 7}}, "values.log"),
        ({"values": {"log": [3]}}, "values.log.1"),
        ({"values": {}, "as_node": "nowhere"}, "as_node"),
        ({"values": [1]}, "values"),
    ):
        with pytest.raises(UnprocessableEntityError, match=word):
            await live.sdk.http.post(f"/threads/{thread}/state", json=change)
    with pytest.raises(NotFoundError):
        await threads.update_state(thread, {"log": []}, checkpoint_id=str(uuid.uuid4()))
    assert await threads.get_history(thread) == before
    assert (await threads.get(thread))["interrupts"] != {}


async def test_a_running_thread_is_not_changed_and_ends_when_it_is_deleted(live, threads, busy):
    with pytest.raises(ConflictError, match="goes on"):
        await threads.update_state(busy, {"log": ["no"]})
    assert (await threads.get(busy))["status"] == "busy"
    assert await threads.prune([busy, str(uuid.uuid4())]) == {"pruned_count": 0}
    assert await threads.prune([busy], strategy="keep_latest") == {"pruned_count": 0}
    assert (await threads.get(busy))["status"] == "busy"

    await threads.delete(busy)
    with pytest.raises(NotFoundError):
        await live.sdk.runs.list(busy)
    events = live.house.events.follow(busy, until_end=True)
    assert [one.payload["status"] async for one in events if one.method == "lifecycle"][-1] == "cancelled"


async def test_a_thread_is_given_a_past(live, threads):
    thread = await threads.create(
        graph_id="line",
        supersteps=[
            {"updates": [{"values": {"brief": {"n": 1}}, "as_node": "__input__"}]},
            {"updates": [{"values": {"log": ["told"]}, "as_node": "write_plan"}]},
        ],
    )
    values = await live.sdk.runs.wait(thread["thread_id"], "line", input=None)

    assert thread["values"]["log"] == ["told"]
    assert values["log"] == ["told", "draw", "finish"]
    with pytest.raises(UnprocessableEntityError, match="graph_id"):
        await threads.create(supersteps=[{"updates": [{"values": {}, "as_node": "draw"}]}])
    wrong, taken = [{"updates": [{"values": {"log": 3}, "as_node": "draw"}]}], str(uuid.uuid4())
    with pytest.raises(UnprocessableEntityError, match="log"):
        await threads.create(thread_id=taken, graph_id="line", supersteps=wrong)
    assert (await threads.create(thread_id=taken))["status"] == "idle"


async def test_a_copy_goes_on_by_itself(live, threads):
    thread = await ran(live, "gate")
    copy = (await threads.copy(thread))["thread_id"]
    copied = await threads.get(copy)
    green = {"decision": "GREEN"}
    values = await live.sdk.runs.wait(copy, "gate", command={"resume": green})

    assert copied["interrupts"] == (await threads.get(thread))["interrupts"] != {}
    assert len(await threads.get_history(copy, limit=100)) > len(await threads.get_history(thread, limit=100))
    assert values["log"] == ["plan", "finish"]
    assert (await threads.get(thread))["status"] == "interrupted"
    with pytest.raises(NotFoundError):
        await threads.copy(str(uuid.uuid4()))


async def test_pruning_keeps_what_is_needed_to_go_on(live, threads):
    paused, twin, gone = [await ran(live, name) for name in ("inner_gate", "inner_gate", "line")]
    kept = await threads.prune([paused], strategy="keep_latest")
    hidden = await threads.prune([gone])
    history = await threads.get_history(paused, limit=100)
    ends = [
        await live.sdk.runs.wait(thread, "inner_gate", command={"resume": {"decision": "GREEN"}})
        for thread in (paused, twin)
    ]

    assert (kept, hidden) == ({"pruned_count": 1}, {"pruned_count": 1})
    assert len(history) == 1
    assert ends[0] == ends[1]
    with pytest.raises(NotFoundError):
        await threads.get(gone)


async def test_a_change_by_hand_has_a_cause_of_its_own_and_a_run_has_none(live, threads):
    """However it is sent: as a change of the state, or beside an answer."""
    thread = await ran(live, "caused")
    assert (await threads.get_state(thread))["values"]["stage"] == "planned"
    await threads.update_state(thread, {"log": ["by hand"]})
    first = (await threads.get_state(thread))["values"]["stage"]
    await live.sdk.runs.wait(thread, "caused", input=None)
    command = {"resume": {"decision": "GREEN"}, "update": {"log": ["beside"]}}
    run = await live.sdk.runs.create(thread, "caused", command=command)
    await live.sdk.runs.join(thread, run["run_id"])

    stages = {state["values"].get("stage") for state in await threads.get_history(thread, limit=100)}
    assert first.startswith("update:")
    assert first.endswith(" after planned")
    assert f"update:{run['run_id']} after {first}" in stages


async def test_what_is_on_its_way_is_collected_before_anything_is_changed(live, threads):
    """Under the change's own cause it would be bought a second time."""
    thread = await ran(live, "gate")
    await live.house.database.execute(
        "insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium,"
        " provider, model, request, request_hash, state, owner_epoch, attempt, webhook_token)"
        " values ('k', %s, 'local', 'take', '1A', 'first', 1, 'video', 'p', 'm', '{}', 'h',"
        " 'submitted', 1, 1, 't')",
        [thread],
    )
    with pytest.raises(ConflictError, match="on their way"):
        await threads.update_state(thread, {"log": ["by hand"]})
    command = {"resume": {"decision": "GREEN"}, "update": {"log": ["beside"]}}
    with pytest.raises(ConflictError, match="on their way"):
        await live.sdk.runs.create(thread, "gate", command=command)
    await live.house.database.execute("update orders set state = 'done'")
    await threads.update_state(thread, {"log": ["by hand"]})


async def test_who_lets_go_in_a_moment_is_waited_for_and_no_longer(live, threads):
    """A worker that was rung for nothing holds the thread for an instant: no reason to refuse."""
    thread = await ran(live, "gate")
    held = live.house.threads.hands.hold(thread, user_id="local")
    async with held:
        changed = asyncio.ensure_future(threads.update_state(thread, {"log": ["by hand"]}))
        await threads.get(thread)
        assert not changed.done()
    assert (await changed)["checkpoint"]["thread_id"] == thread
