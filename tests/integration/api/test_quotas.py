"""S2-121, S4-035, design-facts 6.17: ten starts in an hour, ten productions at work, exactly."""

import asyncio
import uuid
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from server.limits.quotas import Quotas
from server.runs.accept import Runs
from server.runs.production_state import RunAccepted
from server.threads.asked_run import AskedRun
from server.threads.create import ThreadRuns
from state.errors import LimitError, QuotaUsedUp
from tests.fakes import FakeClock
from tests.integration.api.stand_ins import RememberingRuns, idle_graph
from tools.db.pool import Database

MANY = 1000


def front_door(database: Database, quotas: Quotas | None) -> Runs:
    return Runs(database, {"novela": idle_graph()}, quotas=quotas)


def at_work(most: int) -> Quotas:
    return Quotas(generations_per_hour=MANY, concurrent_productions=most)


def in_an_hour(most: int, clock: FakeClock | None = None) -> Quotas:
    return Quotas(generations_per_hour=most, concurrent_productions=MANY, clock=clock)


async def start(runs: Runs, **more: Any) -> RunAccepted:
    asked = {"user_id": "local", "graph": "novela", "title": "T", "brief": {}, "context": {}}
    return await runs.start(**asked | more)


async def rows(database: Database, table: str) -> int:
    found = await database.fetch_one(f"select count(*) from {table}")
    assert found is not None
    return int(found["count"])


async def a_hundred_at_once(runs: Runs) -> Counter[str]:
    ended = await asyncio.gather(*(start(runs) for _ in range(100)), return_exceptions=True)
    return Counter(type(one).__name__ for one in ended)


@pytest.mark.parametrize("quotas", [at_work(3), in_an_hour(3)], ids=["at work", "in an hour"])
async def test_of_a_hundred_starts_at_once_exactly_three_are_accepted(
    database: Database, quotas: Quotas
) -> None:
    """Who is refused leaves nothing behind: no production, no run, no doorbell."""
    ended = await a_hundred_at_once(front_door(database, quotas))
    assert ended == {"RunAccepted": 3, "QuotaUsedUp": 97}
    for table in ("productions", "runs", "procrastinate_jobs"):
        assert await rows(database, table) == 3, table


async def test_without_quotas_all_hundred_are_accepted(database: Database) -> None:
    """The control."""
    assert await a_hundred_at_once(front_door(database, None)) == {"RunAccepted": 100}


async def test_without_turns_more_are_accepted_than_there_is_room_for(database: Database) -> None:
    """The control of the lock: two starts that cannot see each other both fit."""

    class Hasty(Quotas):
        async def check(self, connection: Any, user_id: str, *, generates: bool) -> None:
            await both.wait()
            await super().check(Blind(connection), user_id, generates=generates)
            await both.wait()

    class Blind:
        def __init__(self, connection: Any) -> None:
            self.real = connection

        async def execute(self, statement: str, params: Any) -> Any:
            turn = "pg_advisory" in statement
            return await self.real.execute("select 1" if turn else statement, None if turn else params)

    both = asyncio.Barrier(2)
    runs = front_door(database, Hasty(generations_per_hour=MANY, concurrent_productions=1))
    await asyncio.gather(start(runs), start(runs))
    assert await rows(database, "runs") == 2


async def test_the_eleventh_at_work_waits_until_one_has_ended(database: Database) -> None:
    runs = front_door(database, at_work(10))
    started = [await start(runs) for _ in range(10)]
    with pytest.raises(QuotaUsedUp) as refused:
        await start(runs)
    assert refused.value.details == {"limit": "concurrent_productions", "allowed": 10}
    assert refused.value.retry_after_s > 0
    await runs.cancel(user_id="local", production_id=started[0].production_id)
    await start(runs)


async def test_the_eleventh_in_an_hour_is_accepted_in_the_next(database: Database) -> None:
    clock = FakeClock()
    runs = front_door(database, in_an_hour(10, clock))
    for _ in range(10):
        await start(runs)
    clock.started = datetime.now(UTC)
    with pytest.raises(QuotaUsedUp) as refused:
        await start(runs)
    assert refused.value.details == {"limit": "generations_per_hour", "allowed": 10, "window_s": 3600}
    wait_s = refused.value.retry_after_s
    assert 3590 < wait_s <= 3600
    clock.passed_s = wait_s - 60
    with pytest.raises(QuotaUsedUp):
        await start(runs)
    clock.passed_s = wait_s
    await start(runs)


async def test_the_hour_slides(database: Database) -> None:
    """Two of three were long ago: only they make room, one by one."""
    runs = front_door(database, in_an_hour(3))
    for minutes in (59, 50, 10):
        accepted = await start(runs)
        await database.execute(
            "update runs set created_at = now() - make_interval(mins => %s) where run_id = %s",
            [minutes, accepted.run_id],
        )
    with pytest.raises(QuotaUsedUp) as refused:
        await start(runs)
    assert 55 <= refused.value.retry_after_s <= 60
    await database.execute("update runs set created_at = created_at - interval '1 minute'")
    await start(runs)
    with pytest.raises(QuotaUsedUp):
        await start(runs)


async def test_a_repeated_start_is_answered_although_the_quota_is_used_up(database: Database) -> None:
    runs = front_door(database, Quotas(generations_per_hour=1, concurrent_productions=1))
    first = await start(runs, idempotency_key="once")
    again = await start(runs, idempotency_key="once")
    assert (again.run_id, again.repeated) == (first.run_id, True)


async def test_what_another_user_does_takes_nothing_away(database: Database) -> None:
    await database.execute("insert into users (user_id) values ('other')")
    runs = front_door(database, Quotas(generations_per_hour=1, concurrent_productions=1))
    mine, theirs = await start(runs), await start(runs, user_id="other")
    assert mine.production_id != theirs.production_id


async def test_whatever_sets_a_production_to_work_counts_as_work(database: Database) -> None:
    """An answer, a continuation and a new start of an ended one are refused and change nothing."""
    stage = RememberingRuns(database)
    paused, failed, done = [(await start(stage)).production_id for _ in range(3)]
    gate = await stage.open_gate(paused, "review_scene", "scene-1")
    await stage.set(failed, status="failed", interrupts=[])
    await stage.set(done, status="completed", interrupts=[])
    busy = await start(stage)
    runs = front_door(database, at_work(1))
    answer = {
        "user_id": "local",
        "production_id": paused,
        "interrupt_id": gate,
        "reply": {"approve_all": True},
    }
    with pytest.raises(LimitError):
        await runs.answer(**answer)
    with pytest.raises(LimitError):
        await runs.resume(user_id="local", production_id=failed)
    with pytest.raises(LimitError):
        await start(runs, production_id=done)
    states = [(await runs.state(user_id="local", production_id=one)).status for one in (paused, failed, done)]
    assert states == ["paused", "failed", "completed"]
    await runs.cancel(user_id="local", production_id=busy.production_id)
    await runs.answer(**answer)


@pytest.mark.parametrize("quotas", [at_work(3), in_an_hour(3)], ids=["at work", "in an hour"])
async def test_runs_of_langgraph_clients_share_the_quotas(database: Database, quotas: Quotas) -> None:
    """Nothing is left of those that are refused, not even their thread; a repeated one is answered."""
    await start(front_door(database, quotas))
    runs = ThreadRuns(database, {"novela": idle_graph()}, quotas=quotas)
    several = [a_run(str(uuid.uuid4())) for _ in range(20)]
    ended = await asyncio.gather(*(runs.create(one) for one in several), return_exceptions=True)
    accepted = [one for one, end in zip(several, ended, strict=True) if isinstance(end, dict)]
    assert Counter(type(end).__name__ for end in ended) == {"dict": 2, "QuotaUsedUp": 18}
    assert (await rows(database, "productions"), await rows(database, "runs")) == (3, 3)
    again = await runs.create(accepted[0])
    assert again["thread_id"] == accepted[0].thread_id


async def test_a_batch_that_is_too_much_leaves_nothing(database: Database) -> None:
    runs = ThreadRuns(database, {"novela": idle_graph()}, quotas=at_work(3))
    with pytest.raises(QuotaUsedUp):
        await runs.create_all([a_run(str(uuid.uuid4())) for _ in range(4)])
    assert (await rows(database, "productions"), await rows(database, "runs")) == (0, 0)
    assert len(await runs.create_all([a_run(str(uuid.uuid4())) for _ in range(3)])) == 3


async def test_a_run_that_waits_for_its_turn_is_no_further_production(database: Database) -> None:
    runs = ThreadRuns(database, {"novela": idle_graph()}, quotas=at_work(1))
    thread = str(uuid.uuid4())
    await runs.create(a_run(thread))
    await runs.create(a_run(thread, input={"more": 1}))
    with pytest.raises(QuotaUsedUp):
        await runs.create(a_run(str(uuid.uuid4()), after_seconds=60))


def a_run(thread_id: str, **more: Any) -> AskedRun:
    asked = {"user_id": "local", "thread_id": thread_id, "graph": "novela", "assistant_id": str(uuid.uuid4())}
    return AskedRun(**{**asked, "input": {}, "if_not_exists": "create", **more})


async def test_an_answer_is_no_generation(database: Database) -> None:
    stage = RememberingRuns(database)
    production = (await start(stage)).production_id
    gate = await stage.open_gate(production, "review_scene", "scene-1")
    runs = front_door(database, in_an_hour(1))
    answered = await runs.answer(
        user_id="local", production_id=production, interrupt_id=gate, reply={"approve_all": True}
    )
    assert answered.production_id == production
