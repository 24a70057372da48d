"""A run that was accepted by the slot that drives it: no job, and every promise of the longer way."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from psycopg.errors import AdminShutdown

from server.limits.quotas import Quotas
from server.runs.asked import RunOptions
from server.runs.hands import Hands
from server.runs.slot import Slot
from server.runs.worker import Worker
from server.threads import create
from server.threads.asked_run import AskedRun
from server.threads.create import ThreadRuns
from state.errors import DatabaseDown, QuotaUsedUp, ReviewRefused, StaleReview
from tests.integration.runs.conftest import USER, StudioLot
from tests.integration.runs.tiny_graphs import GATES, graphs

GREEN = {"decision": "GREEN"}


def asked(graph: str, thread_id: str | None = None, **more: Any) -> AskedRun:
    facts = {"input": {"brief": {}}, "options": RunOptions(), "if_not_exists": "create"} | more
    assistant = str(uuid.uuid5(uuid.NAMESPACE_DNS, graph))
    thread_id = thread_id or str(uuid.uuid4())
    return AskedRun(user_id=USER, thread_id=thread_id, graph=graph, assistant_id=assistant, **facts)


def answer(thread_id: str, graph: str = "gate", reply: Any = GREEN, **more: Any) -> AskedRun:
    return asked(graph, thread_id, input=None, resume=reply, resumes=True, **more)


def door(lot: StudioLot, kind: type[ThreadRuns] = ThreadRuns, **more: Any) -> ThreadRuns:
    return kind(lot.database, graphs(), shortcut=lot.events.tail.shortcut, **more)


async def count(lot: StudioLot, table: str) -> int:
    row = await lot.database.fetch_one(f"select count(*) as n from {table}")
    assert row is not None
    return int(row["n"])


async def production(lot: StudioLot, thread_id: str) -> dict[str, Any]:
    row = await lot.database.fetch_one("select * from productions where production_id = %s", [thread_id])
    assert row is not None
    return dict(row)


async def at_the_gate(lot: StudioLot) -> str:
    run = await door(lot).create(asked("gate"))
    await lot.until(run["thread_id"], "paused")
    return str(run["thread_id"])


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The productions that were claimed after they had been accepted."""
    seen: list[str] = []
    taken = Slot._taken

    async def noted(self: Slot, statement: str, params: dict[str, Any]) -> Any:
        claim = await taken(self, statement, params)
        seen.append(claim.lease.production_id if claim else "nothing")
        return claim

    monkeypatch.setattr(Slot, "_taken", noted)
    return seen


@pytest.fixture
async def slots(database_url: str) -> Any:
    made = [Slot(database_url, graphs()) for _ in range(6)]
    yield made
    for slot in made:
        await slot.close()


async def test_start_and_answer_need_neither_job_nor_claim(lot: StudioLot, claims: list[str]) -> None:
    async with lot.worker():
        thread_id = await at_the_gate(lot)
        assert (await production(lot, thread_id))["epoch"] == 1
        run = await door(lot).create(answer(thread_id))
        assert run["status"] == "queued", "as it is shown to whoever asked for it"
        state = await lot.until(thread_id, "completed", runs=2)
    assert claims == []
    assert await count(lot, "procrastinate_events") == 0, "no job has ever been there"
    assert (await production(lot, thread_id))["epoch"] == 2
    assert [(one["kind"], one["attempts"]) for one in state.runs] == [("start", 1), ("resume", 1)]
    assert state.values["answers"] == {"review": {"decision": "GREEN", "note": ""}}


async def test_without_a_free_slot_it_goes_by_the_queue(lot: StudioLot, claims: list[str]) -> None:
    """The control of the one before: the same door, and a job."""
    run = await door(lot).create(asked("line"))
    assert await count(lot, "procrastinate_jobs") == 1
    async with lot.worker(slots=1) as worker:
        await lot.until(run["thread_id"], "completed")
        await worker.drain()
        late = await door(lot).create(asked("line"))
        assert await count(lot, "procrastinate_jobs") == 1, "a worker that drains takes no more"
    assert claims[0] == run["thread_id"]
    assert late["job"] is not None


async def test_a_run_whose_process_died_after_its_acceptance_is_taken_over(
    lot: StudioLot, slots: list[Slot]
) -> None:
    one = asked("line")
    assert one.thread_id is not None
    accept = partial(door(lot)._begin, one)
    begun = await slots[0].begin(one.thread_id, accept, owner="dead", ttl_s=0.5)
    assert begun is not None
    assert await count(lot, "procrastinate_jobs") == 0
    async with lot.worker():
        state = await lot.until(one.thread_id, "completed")
    assert state.values["log"] == ["plan", "draw", "finish"]
    assert (await production(lot, one.thread_id))["epoch"] == 2
    with pytest.raises(AdminShutdown):  # whoever was only thought dead is cut off
        await slots[0].saver.aput_writes(_place(one.thread_id), [("log", ["late"])], "task")


def _place(thread_id: str) -> Any:
    return {"configurable": {"thread_id": thread_id, "checkpoint_ns": "", "checkpoint_id": "1"}}


async def test_of_many_who_begin_a_thread_one_has_its_first_epoch(lot: StudioLot, slots: list[Slot]) -> None:
    one = asked("line", input={"brief": {}})
    assert one.thread_id is not None
    accept = partial(door(lot)._begin, one)
    begun = await asyncio.gather(
        *(slot.begin(one.thread_id, accept, owner=str(n), ttl_s=30) for n, slot in enumerate(slots))
    )
    taken = [both[1].lease.epoch for both in begun if both is not None]
    assert (taken, await count(lot, "runs")) == ([1], 1)


async def test_of_many_answers_one_is_taken_under_an_epoch_of_its_own(
    lot: StudioLot, slots: list[Slot]
) -> None:
    async with lot.worker():
        thread_id = await at_the_gate(lot)
    accept = partial(door(lot)._begin, answer(thread_id))
    begun = await asyncio.gather(
        *(slot.begin(thread_id, accept, owner=str(n), ttl_s=30) for n, slot in enumerate(slots))
    )
    taken = [both[1].lease.epoch for both in begun if both is not None]
    assert (taken, await count(lot, "runs")) == ([2], 2)


class Overtaken(ThreadRuns):
    """A door that somebody overtakes between its look and its statement."""

    meanwhile: Callable[[], Awaitable[Any]]

    async def _taken(self, connection: Any, query: str, params: dict[str, Any]) -> Any:
        if query == "go_on":
            await self.meanwhile()
        return await super()._taken(connection, query, params)


async def _answered(lot: StudioLot, thread_id: str) -> None:
    await ThreadRuns(lot.database, graphs()).create(answer(thread_id, reply={"decision": "RED"}))


async def _cancelled(lot: StudioLot, thread_id: str) -> None:
    await lot.runs.cancel(user_id=USER, production_id=thread_id)


async def _deleted(lot: StudioLot, thread_id: str) -> None:
    await lot.database.execute(
        "update productions set deleted_at = now() where production_id = %s", [thread_id]
    )


async def _held(lot: StudioLot, thread_id: str) -> None:
    await lot.database.execute(
        "update productions set lease_until = now() + interval '1 minute' where production_id = %s",
        [thread_id],
    )


async def _changed_by_hand(lot: StudioLot, thread_id: str) -> None:
    hands = Hands(lot.database, graphs())
    async with hands.hold(thread_id, user_id=USER):
        pass
    await hands.close()


INTERFERING = [_answered, _cancelled, _deleted, _held, _changed_by_hand]


@pytest.mark.parametrize("interfere", INTERFERING, ids=lambda one: one.__name__)
async def test_a_thread_that_changed_since_the_look_is_not_taken(
    lot: StudioLot, slots: list[Slot], interfere: Any
) -> None:
    async with lot.worker():
        thread_id = await at_the_gate(lot)
    runs = door(lot, Overtaken)
    runs.meanwhile = lambda: interfere(lot, thread_id)  # type: ignore[attr-defined]
    begin = partial(runs._begin, answer(thread_id))
    assert await slots[0].begin(thread_id, begin, owner="late", ttl_s=30) is None
    row = await production(lot, thread_id)
    assert row["lease_owner"] != "late"
    assert row["epoch"] == (2 if interfere in (_cancelled, _changed_by_hand) else 1)


async def test_the_guard_is_what_keeps_it_from_being_taken(
    lot: StudioLot, slots: list[Slot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the epoch in its condition the statement takes what was changed by hand."""
    async with lot.worker():
        thread_id = await at_the_gate(lot)
    blind = create.BEGIN["go_on"].replace("p.epoch = %(seen_epoch)s", "%(seen_epoch)s::bigint is not null")
    monkeypatch.setitem(create.BEGIN, "go_on", blind)
    runs = door(lot, Overtaken)
    runs.meanwhile = lambda: _changed_by_hand(lot, thread_id)  # type: ignore[attr-defined]
    begin = partial(runs._begin, answer(thread_id))
    assert await slots[0].begin(thread_id, begin, owner="late", ttl_s=30) is not None


async def test_the_second_answer_is_refused_and_the_repeat_is_the_same_run(lot: StudioLot) -> None:
    async with lot.worker():
        thread_id = await at_the_gate(lot)
        first, again = [await door(lot).create(answer(thread_id)) for _ in range(2)]
        assert first["run_id"] == again["run_id"]
        with pytest.raises(StaleReview):
            await door(lot).create(answer(thread_id, reply={"decision": "RED"}))
        await lot.until(thread_id, "completed", runs=2)
    assert await count(lot, "runs") == 2


async def test_an_answer_that_does_not_fit_leaves_no_row_and_the_slot_free(lot: StudioLot) -> None:
    async with lot.worker(slots=1):
        thread_id = await at_the_gate(lot)
        before = await production(lot, thread_id)
        with pytest.raises(ReviewRefused):
            await door(lot).create(answer(thread_id, reply={"decision": 3}))
        assert (await production(lot, thread_id), await count(lot, "runs")) == (before, 1)
        await door(lot).create(answer(thread_id))
        await lot.until(thread_id, "completed", runs=2)
    assert await count(lot, "procrastinate_events") == 0


async def test_what_is_beyond_the_quotas_was_never_there(lot: StudioLot) -> None:
    async with lot.worker(slots=1):
        with pytest.raises(QuotaUsedUp):
            await door(lot, quotas=Quotas(generations_per_hour=1, concurrent_productions=0)).create(
                asked("line")
            )
        assert await count(lot, "productions") == 0
        within = Quotas(generations_per_hour=1, concurrent_productions=1)
        run = await door(lot, quotas=within).create(asked("line"))
        await lot.until(run["thread_id"], "completed")
        with pytest.raises(QuotaUsedUp):
            await door(lot, quotas=within).create(asked("line"))
    assert (await count(lot, "runs"), await count(lot, "procrastinate_events")) == (1, 0)


CUT = """select pg_terminate_backend(pid, 5000) from pg_stat_activity
where datname = current_database() and application_name ~ '^(gl:|greenlight-slot)'"""


async def test_a_slot_that_was_cut_off_accepts_nothing(lot: StudioLot, claims: list[str]) -> None:
    async with lot.worker(slots=1):
        await lot.database.execute(CUT)
        run = await door(lot).create(asked("line"))
        await lot.until(run["thread_id"], "completed")
    assert claims[:1] == [run["thread_id"]], "by the queue, whose claim connects again"


async def test_a_slot_that_does_not_know_of_it_says_that_the_database_failed(
    lot: StudioLot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what `is_ready` spares whoever asks first after the database was away."""
    monkeypatch.setattr(Slot, "is_ready", True)
    async with lot.worker(slots=1):
        await lot.database.execute(CUT)
        with pytest.raises(DatabaseDown):
            await door(lot).create(asked("line"))
        run = await door(lot).create(asked("line"))
        await lot.until(run["thread_id"], "completed")


class Slow(ThreadRuns):
    """A door in whose statement a test can stop."""

    reached: asyncio.Event
    goes_on: asyncio.Event

    async def _taken(self, connection: Any, query: str, params: dict[str, Any]) -> Any:
        row = await super()._taken(connection, query, params)
        self.reached.set()
        await self.goes_on.wait()
        return row


def slow(lot: StudioLot) -> Slow:
    runs = Slow(lot.database, graphs(), shortcut=lot.events.tail.shortcut)
    runs.reached, runs.goes_on = asyncio.Event(), asyncio.Event()
    return runs


async def test_a_request_that_is_cut_off_leaves_a_run_that_is_driven(lot: StudioLot) -> None:
    async with lot.worker(slots=1):
        runs, one = slow(lot), asked("line")
        assert one.thread_id is not None
        request = asyncio.create_task(runs.create(one))
        await runs.reached.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        runs.goes_on.set()
        await lot.until(one.thread_id, "completed")


async def test_a_cancel_that_comes_before_the_drive_is_heard(lot: StudioLot) -> None:
    gate = uuid.uuid4().hex
    GATES[gate] = asyncio.Event()
    async with lot.worker(slots=1) as worker:
        runs, one = slow(lot), asked("waits", input={"brief": {"wait_for": gate}})
        assert one.thread_id is not None
        request = asyncio.create_task(runs.create(one))
        await runs.reached.wait()
        worker._hear_control(one.thread_id)
        runs.goes_on.set()
        await request
        await lot.until(one.thread_id, "cancelled")
    del GATES[gate]


async def test_a_cancel_that_meant_another_run_does_not_stay(lot: StudioLot) -> None:
    """Heard while the door looked at a thread that it did not take."""

    async def looks(worker: Worker, thread_id: str, *_: Any) -> None:
        worker._hear_control(thread_id)

    async with lot.worker(slots=1) as worker:
        one = asked("line")
        assert one.thread_id is not None
        assert await worker._begin_now(one.thread_id, partial(looks, worker, one.thread_id)) is None
        await door(lot).create(one)
        await lot.until(one.thread_id, "completed")


async def test_only_a_thread_without_checkpoints_is_taken_for_empty(
    lot: StudioLot, slots: list[Slot]
) -> None:
    for one, empty in ((asked("line"), True), (asked("line"), False)):
        assert one.thread_id is not None
        if not empty:
            await lot.database.execute(
                "insert into checkpoints (thread_id, checkpoint_ns, checkpoint_id, checkpoint)"
                " values (%s, '', '1', '{}')",
                [one.thread_id],
            )
        begun = await slots[0].begin(one.thread_id, partial(door(lot)._begin, one), owner="x", ttl_s=5)
        assert begun is not None
        assert begun[0]["empty"] is empty
        assert slots[0].saver._empty is empty
