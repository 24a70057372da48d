"""Runs on LangGraph threads: what is let in, when, and what is refused before a row exists."""

import asyncio
import uuid
from typing import Any

import pytest

from server.runs.asked import RunOptions
from server.runs.hands import Hands
from server.runs.head import settle
from server.threads.asked_run import AskedRun, Commission
from server.threads.create import ThreadRuns
from server.threads.snapshots import Snapshots
from server.threads.stop import cancel_run, delete_run
from state.errors import RecordConflict, ReviewRefused, RunNotFound, StaleReview
from tests.integration.runs.conftest import USER, StudioLot
from tests.integration.runs.tiny_graphs import GATES, graphs

GREEN = {"decision": "GREEN"}


class Thread:
    """One thread, asked as a client would."""

    at_once = False
    """Whether a free slot may accept what it drives; otherwise everything goes by the queue."""

    def __init__(self, lot: StudioLot, graph: str) -> None:
        self.lot, self.graph, self.id = lot, graph, str(uuid.uuid4())
        shortcut = lot.events.tail.shortcut if self.at_once else None
        self.runs = ThreadRuns(lot.database, graphs(), shortcut=shortcut)

    async def ask(self, *, options: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        asked = {"user_id": USER, "thread_id": self.id, "graph": self.graph, "if_not_exists": "create"}
        asked |= {"assistant_id": str(uuid.uuid5(uuid.NAMESPACE_DNS, self.graph))}
        return await self.runs.create(AskedRun(**(asked | more), options=RunOptions(**(options or {}))))

    async def resume(self, resume: Any, **more: Any) -> dict[str, Any]:
        return await self.ask(resume=resume, resumes=True, **more)

    async def statuses(self) -> list[str]:
        return [run["status"] for run in (await self.lot.state(self.id)).runs]

    async def ended(self, run_id: str) -> str:
        """Wait until this run has ended; its status."""
        async with asyncio.timeout(15):
            async for event in self.lot.events.follow(self.id):
                if event.run_id != run_id or event.namespace:
                    continue
                if event.method == "run" or (
                    event.method == "lifecycle" and event.payload["event"] != "running"
                ):
                    return str(event.payload.get("status", "cancelled"))
        raise AssertionError("the log ended")

    async def begun(self, run_id: str) -> None:
        async with asyncio.timeout(15):
            async for event in self.lot.events.follow(self.id):
                if (
                    event.run_id == run_id
                    and event.method == "tasks"
                    and event.payload["name"] == "wait_long"
                ):
                    return


@pytest.fixture(autouse=True, params=["by the queue", "at once"])
def way(request, monkeypatch):
    """Both ways to a slot let the same in and refuse the same."""
    monkeypatch.setattr(Thread, "at_once", request.param == "at once")


@pytest.fixture
def gate():
    name = uuid.uuid4().hex
    GATES[name] = asyncio.Event()
    yield name
    GATES[name].set()
    del GATES[name]


async def facts(lot: StudioLot, thread: Thread) -> tuple[Any, ...]:
    state = await lot.state(thread.id)
    return state.status, state.interrupts, state.seq, state.runs


async def at_the_gate(lot: StudioLot, graph: str = "gate") -> Thread:
    thread = Thread(lot, graph)
    run = await thread.ask(input={"brief": {}})
    assert await thread.ended(run["run_id"]) == "paused"
    return thread


@pytest.mark.parametrize(
    ("begun", "said", "tier"), [({}, "draft", "final"), ({"tier": "draft"}, "final", "draft")]
)
async def test_a_run_is_driven_in_the_tier_of_its_production(lot, begun, said, tier):
    """Also where it was accepted with another one."""
    thread = Thread(lot, "says_tier")
    run = await thread.ask(input={}, commission=Commission(brief={"title": "T"}, context=begun))
    options = RunOptions(context={"tier": said}).model_dump_json(exclude_defaults=True)
    await lot.database.execute("update runs set options = %s where run_id = %s", (options, run["run_id"]))
    async with lot.worker():
        assert await thread.ended(run["run_id"]) == "completed"
    assert (await lot.state(thread.id)).values["stage"] == tier


async def test_enqueued_runs_go_one_after_the_other(lot, gate):
    thread = Thread(lot, "waits")
    async with lot.worker():
        first = await thread.ask(input={"brief": {"wait_for": gate}})
        await thread.begun(first["run_id"])
        second = await thread.ask(input={"brief": {}}, multitask="enqueue")
        third = await thread.ask(input={"brief": {}}, multitask="enqueue")
        assert await thread.statuses() == ["running", "waiting", "waiting"]
        GATES[gate].set()
        assert [await thread.ended(run["run_id"]) for run in (second, third)] == ["completed", "completed"]

    ends = [
        e.run_id
        for e in await lot.log(thread.id)
        if e.method == "lifecycle" and e.payload["event"] == "completed"
    ]
    assert ends == [run["run_id"] for run in (first, second, third)]


async def test_a_waiting_run_does_not_drop_a_question(lot, gate):
    thread = Thread(lot, "gate")
    first = await thread.ask(input={"brief": {}})
    second = await thread.ask(input={"brief": {"second": True}}, multitask="enqueue")
    async with lot.worker():
        assert await thread.ended(first["run_id"]) == "paused"
        answer = await thread.resume(GREEN)
        assert await thread.ended(answer["run_id"]) == "completed"
        assert await thread.ended(second["run_id"]) == "paused"


async def test_reject_refuses_beside_a_live_run(lot):
    thread = Thread(lot, "line")
    await thread.ask(input={"brief": {}})

    with pytest.raises(RecordConflict, match="goes on"):
        await thread.ask(input={"brief": {"x": 1}}, multitask="reject")
    assert await thread.statuses() == ["queued"]


@pytest.mark.parametrize(
    ("strategy", "left"), [("interrupt", ["cancelled", "completed"]), ("rollback", ["completed"])]
)
async def test_the_live_run_makes_room(lot, gate, strategy, left):
    thread = Thread(lot, "waits")
    async with lot.worker():
        first = await thread.ask(input={"brief": {"wait_for": gate}})
        await thread.begun(first["run_id"])
        second = await thread.ask(input={"brief": {"mine": True}}, multitask=strategy)
        assert await thread.ended(second["run_id"]) == "completed"

    assert await thread.statuses() == left
    state = await lot.state(thread.id)
    kept = ["plan"] if strategy == "interrupt" else []  # what the first run had done
    assert state.values["log"] == [*kept, "plan", "waited", "finish"]


async def test_rollback_at_a_gate_undoes_the_run_that_asked(lot):
    async with lot.worker():
        thread = await at_the_gate(lot)
        second = await thread.ask(input={"brief": {"again": True}}, multitask="rollback")
        assert await thread.ended(second["run_id"]) == "paused"

    state = await lot.state(thread.id)
    assert (await thread.statuses(), state.values["log"]) == (["paused"], ["plan"])


async def test_rollback_of_an_answer_opens_the_question_again(lot, gate):
    async with lot.worker():
        thread = Thread(lot, "two_gates")
        first = await thread.ask(input={"brief": {}})
        assert await thread.ended(first["run_id"]) == "paused"
        asked = (await lot.state(thread.id)).interrupts
        answer = await thread.resume(GREEN)
        assert await thread.ended(answer["run_id"]) == "paused"
        await lot.database.execute(
            "update runs set cancel_action = 'rollback' where run_id = %s", [answer["run_id"]]
        )
        async with asyncio.timeout(15):
            async for event in lot.events.follow(thread.id, after=(await lot.state(thread.id)).seq):
                if event.event_id.startswith("lifecycle:unwound"):
                    break
        assert (await lot.state(thread.id)).interrupts == asked
        again = await thread.resume(GREEN | {"note": "other"})
        assert await thread.ended(again["run_id"]) == "paused"

    assert (await lot.state(thread.id)).values["answers"] == {"review": GREEN | {"note": "other"}}


async def test_new_input_at_a_gate_is_refused_and_changes_nothing(lot):
    async with lot.worker():
        thread = await at_the_gate(lot)
        before = await facts(lot, thread)
        for strategy in (None, "enqueue", "reject"):
            with pytest.raises(RecordConflict, match="waits for an answer"):
                await thread.ask(input={"brief": {"x": 1}}, multitask=strategy)
        assert await facts(lot, thread) == before
        second = await thread.ask(input={"brief": {}}, multitask="interrupt")  # the control: said so
        assert await thread.ended(second["run_id"]) == "paused"


async def test_of_two_answers_one_is_taken(lot):
    async with lot.worker():
        thread = await at_the_gate(lot)
        answers = [thread.resume(GREEN), thread.resume({"decision": "RED"})]
        taken = await asyncio.gather(*answers, return_exceptions=True)
        assert sorted(type(one).__name__ for one in taken) == ["StaleReview", "dict"]


async def test_an_answer_that_does_not_fit_leaves_the_question_open(lot):
    async with lot.worker():
        thread = await at_the_gate(lot)
        for wrong in ({"decision": 3}, {"decision": "UNKNOWN"}, "GREEN"):
            with pytest.raises(ReviewRefused):
                await thread.resume(wrong)
        assert len((await lot.state(thread.id)).interrupts) == 1


async def test_answers_by_id_and_some_of_them(lot):
    async with lot.worker():
        thread = await at_the_gate(lot, "fan_out_gates")
        ids = [one["id"] for one in (await lot.state(thread.id)).interrupts]
        with pytest.raises(ReviewRefused, match="Several questions"):
            await thread.resume(GREEN)
        with pytest.raises(StaleReview, match="is not open"):
            await thread.resume({ids[0]: GREEN, "0" * 32: GREEN})
        some = await thread.resume({one: GREEN for one in ids[:2]})
        assert await thread.ended(some["run_id"]) == "paused"
        assert [one["id"] for one in (await lot.state(thread.id)).interrupts] == ids[2:]
        rest = await thread.resume(GREEN)
        assert await thread.ended(rest["run_id"]) == "completed"


async def test_a_request_that_comes_again_is_the_same_run(lot):
    thread = Thread(lot, "line")
    again = await asyncio.gather(*(thread.ask(input={"brief": {}}) for _ in range(4)))
    assert len({run["run_id"] for run in again}) == 1

    keyed = [
        await thread.ask(input={"brief": {}}, idempotency_key="k", multitask="enqueue") for _ in range(2)
    ]
    assert keyed[0]["run_id"] == keyed[1]["run_id"] != again[0]["run_id"]

    for meant in ({"multitask": "enqueue"}, {"retries_by_itself": False}):  # the controls
        twice = [await thread.ask(input={"brief": {}}, **meant) for _ in range(2)]
        assert twice[0]["run_id"] != twice[1]["run_id"]


async def test_a_run_may_begin_later(lot):
    thread = Thread(lot, "line")
    run = await thread.ask(input={"brief": {}}, after_seconds=0.4)
    assert await thread.statuses() == ["waiting"]
    async with lot.worker():
        assert await thread.ended(run["run_id"]) == "completed"
    row = await lot.database.fetch_one("select started_at >= not_before as later from runs")
    assert row == {"later": True}


async def test_cancel_a_run_that_waits_that_is_not_driven_and_that_is(lot, gate):
    thread = Thread(lot, "waits")
    first = await thread.ask(input={"brief": {"wait_for": gate}})
    second = await thread.ask(input={"brief": {}}, multitask="enqueue")
    place = {"user_id": USER, "thread_id": thread.id}
    await cancel_run(lot.database, **place, run_id=second["run_id"])
    assert await thread.ended(second["run_id"]) == "cancelled"
    await cancel_run(lot.database, **place, run_id=first["run_id"])
    assert await thread.ended(first["run_id"]) == "cancelled"
    with pytest.raises(RunNotFound):
        await cancel_run(lot.database, **place, run_id=first["run_id"])

    async with lot.worker():
        third = await thread.ask(input={"brief": {"wait_for": gate}})
        await thread.begun(third["run_id"])
        with pytest.raises(RecordConflict, match="goes on"):
            await delete_run(lot.database, **place, run_id=third["run_id"])
        await cancel_run(lot.database, **place, run_id=third["run_id"])
        assert await thread.ended(third["run_id"]) == "cancelled"
        on = await thread.ask()
        await thread.begun(on["run_id"])
        GATES[gate].set()
        assert await thread.ended(on["run_id"]) == "completed"
    await delete_run(lot.database, **place, run_id=third["run_id"])


async def test_other_peoples_threads_are_not_found(lot):
    thread = Thread(lot, "line")
    run = await thread.ask(input={"brief": {}})

    for refused in (
        thread.ask(input={}, user_id="stranger"),
        Thread(lot, "line").ask(input={}, if_not_exists="reject"),
        cancel_run(lot.database, user_id="stranger", thread_id=thread.id, run_id=run["run_id"]),
        delete_run(lot.database, user_id="stranger", thread_id=thread.id, run_id=run["run_id"]),
    ):
        with pytest.raises(RunNotFound):
            await refused
    thread.graph = "gate"
    with pytest.raises(RecordConflict, match="makes 'line'"):
        await thread.ask(input={})


async def test_breakpoints_stop_half_way_and_the_next_run_goes_on(lot):
    thread = Thread(lot, "line")
    async with lot.worker():
        run = await thread.ask(input={"brief": {}}, options={"interrupt_before": ["finish"]})
        assert await thread.ended(run["run_id"]) == "paused"
        state = await lot.state(thread.id)
        assert (state.values["log"], state.interrupts) == (["plan", "draw"], [])
        on = await thread.ask()
        assert await thread.ended(on["run_id"]) == "completed"
    assert (await lot.state(thread.id)).values["log"] == ["plan", "draw", "finish"]


async def test_a_command_may_change_the_state_and_choose_the_way(lot):
    thread = Thread(lot, "line")
    async with lot.worker():
        run = await thread.ask(input={"brief": {}})
        assert await thread.ended(run["run_id"]) == "completed"
        jump = await thread.ask(options={"update": {"log": ["mine"]}, "goto": ["finish"]})
        assert await thread.ended(jump["run_id"]) == "completed"
    assert (await lot.state(thread.id)).values["log"] == ["plan", "draw", "finish", "mine", "finish"]


async def test_no_tag_hides_what_a_run_does(lot):
    thread = Thread(lot, "line")
    async with lot.worker():
        run = await thread.ask(input={"brief": {}}, options={"tags": ["langsmith:hidden", "mine"]})
        assert await thread.ended(run["run_id"]) == "completed"
    begun = [one.payload["name"] for one in await lot.log(thread.id) if one.method == "tasks"]
    assert begun == ["write_plan", "write_plan", "draw", "draw", "finish", "finish"]


async def test_a_run_from_an_older_checkpoint(lot):
    thread = Thread(lot, "line")
    snapshots = Snapshots(lot.database, graphs())
    async with lot.worker():
        run = await thread.ask(input={"brief": {}})
        assert await thread.ended(run["run_id"]) == "completed"
        history = [one async for one in snapshots.history(thread.id, graph="line")]
        after_plan = next(one for one in history if one.next == ("draw",))
        old = after_plan.config["configurable"]["checkpoint_id"]
        again = await thread.ask(options={"checkpoint_id": old})
        assert await thread.ended(again["run_id"]) == "completed"

    longer = [one async for one in snapshots.history(thread.id, graph="line", limit=None)]
    assert len(longer) > len(history)
    assert longer[0].values["log"] == ["plan", "draw", "finish"]


async def test_a_hand_changes_a_thread_that_nobody_drives(lot):
    hands = Hands(lot.database, graphs())
    try:
        async with lot.worker():
            thread = await at_the_gate(lot)
            async with hands.hold(thread.id, user_id=USER) as (slot, claim):
                graph = slot.graph(claim.graph)
                config = {"configurable": {"thread_id": thread.id, "checkpoint_ns": ""}}
                await graph.aupdate_state(config, {"log": ["mine"]}, as_node="write_plan")
                await settle(lot.database, claim, graphs()["gate"], graph, by="update")
            state = await lot.state(thread.id)
            assert (state.status, state.interrupts, state.values["log"]) == ("paused", [], ["plan", "mine"])
            on = await thread.ask()
            assert await thread.ended(on["run_id"]) == "paused"
            assert len((await lot.state(thread.id)).interrupts) == 1
        waiting = await Thread(lot, "line").ask(input={"brief": {}})
        with pytest.raises(RecordConflict):
            async with hands.hold(waiting["thread_id"], user_id=USER):
                pass
        with pytest.raises(RunNotFound):
            async with hands.hold(thread.id, user_id="stranger"):
                pass
    finally:
        await hands.close()
