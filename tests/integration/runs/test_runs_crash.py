"""Workers that are killed, frozen or told to stop: another one finishes, nothing is lost or doubled."""

import asyncio
import signal

import pytest

from server.runs import sweeper
from state.errors import DatabaseDown
from tests.integration.runs.conftest import StudioLot
from tools.orders.lease import claim


def tally(folder) -> list[str]:
    file = folder / "tally"
    return file.read_text().split("\n")[:-1] if file.exists() else []


async def inside(lot: StudioLot, production_id: str, node: str) -> None:
    async for event in lot.events.follow(production_id):
        if event.method == "tasks" and event.payload["name"] == node:
            return


async def checkpoints_without_events(lot: StudioLot, production_id: str) -> int:
    row = await lot.database.fetch_one(
        "select count(*) as n from checkpoints c where thread_id = %(id)s and not exists ("
        "select 1 from events e where e.production_id = c.thread_id::uuid "
        "and e.payload ->> 'id' = c.checkpoint_id)",
        {"id": production_id},
    )
    assert row is not None
    return int(row["n"])


async def assert_whole_log(lot: StudioLot, production_id: str) -> None:
    """Every checkpoint has its event, every event is there once, in one sequence."""
    events = await lot.log(production_id)
    assert await checkpoints_without_events(lot, production_id) == 0
    assert len({event.event_id for event in events}) == len(events)
    assert [event.seq for event in events] == sorted({event.seq for event in events})


async def test_a_killed_worker_is_followed_by_another(lot, spawn, tmp_path):
    process = await spawn()
    died = {"draw": str(tmp_path / "died")}
    run = await lot.start("line", tally=str(tmp_path / "tally"), die_once=died)
    assert await process.died() == -signal.SIGKILL

    async with lot.worker():
        state = await lot.until(run.production_id, "completed")

    assert tally(tmp_path) == ["write_plan", "draw", "draw", "finish"]
    assert state.values["log"] == ["plan", "draw", "finish"]
    await assert_whole_log(lot, run.production_id)


POINTS = ["before_checkpoint:3", "after_checkpoint:3", "between_checkpoint_and_event:3"]


@pytest.mark.parametrize("fault", POINTS)
async def test_a_kill_around_a_checkpoint_repeats_at_most_the_step_it_hit(lot, spawn, tmp_path, fault):
    """The third checkpoint is that of `write_plan`; its writes are stored first, so it runs once."""
    process = await spawn(fault=fault)
    run = await lot.start("line", tally=str(tmp_path / "tally"))
    assert await process.died() == -signal.SIGKILL
    if not fault.startswith("before"):  # the control: what the dead worker left, with nobody to reconcile it
        assert await checkpoints_without_events(lot, run.production_id) > 0

    async with lot.worker():
        state = await lot.until(run.production_id, "completed")

    assert (tmp_path / "faults.log").read_text().split()[0] == fault.split(":")[0]
    assert tally(tmp_path).count("write_plan") == 1
    assert state.values["log"] == ["plan", "draw", "finish"]
    assert [one["kind"] for one in state.runs] == ["start"]
    await assert_whole_log(lot, run.production_id)


@pytest.mark.parametrize("fault", ["before_checkpoint", "between_checkpoint_and_event:2"])
async def test_an_answer_survives_a_kill_and_is_given_once(lot, spawn, tmp_path, fault):
    async with lot.worker():
        run = await lot.start("gate", tally=str(tmp_path / "tally"))
        await lot.until(run.production_id, "paused")
    process = await spawn(fault=fault)
    await lot.answer(run.production_id, decision="RED")
    assert await process.died() == -signal.SIGKILL

    async with lot.worker():
        state = await lot.until(run.production_id, "completed", runs=2)

    assert state.values["answers"] == {"review": {"decision": "RED", "note": ""}}
    # Events are written beside the graph: this kill may hit the step that follows, which then is repeated.
    most = 1 if fault == "before_checkpoint" else 2
    assert 1 <= tally(tmp_path).count("finish") <= most
    await assert_whole_log(lot, run.production_id)


async def test_a_kill_before_the_pause_is_told_asks_once(lot, spawn, tmp_path):
    process = await spawn(fault="between_checkpoint_and_event:3")
    run = await lot.start("gate")
    assert await process.died() == -signal.SIGKILL

    async with lot.worker():
        state = await lot.until(run.production_id, "paused")
        asked = [event for event in await lot.log(run.production_id) if event.method == "input.requested"]
        assert [event.payload["interrupt_id"] for event in asked] == [state.interrupts[0]["id"]]
        await lot.answer(run.production_id)
        await lot.until(run.production_id, "completed", runs=2)


async def test_a_frozen_worker_is_cut_off_and_changes_nothing(lot, spawn, tmp_path):
    frozen = await spawn()
    run = await lot.start("waits", wait_file=str(tmp_path / "go"), tally=str(tmp_path / "tally"))
    await inside(lot, run.production_id, "wait_long")
    frozen.send(signal.SIGSTOP)

    async with lot.worker():
        (tmp_path / "go").touch()
        state = await lot.until(run.production_id, "completed")
        cut = await lot.database.fetch_all(
            "select 1 from pg_stat_activity where application_name = %s", (f"gl:{run.production_id}:1",)
        )
        assert cut == []
        before = await lot.log(run.production_id)
        frozen.send(signal.SIGCONT)
        frozen.send(signal.SIGTERM)
        assert await frozen.died() == 0

    assert await lot.log(run.production_id) == before
    assert state.values["log"] == ["plan", "waited", "finish"]
    assert tally(tmp_path).count("finish") == 1


async def test_sigterm_hands_the_run_over(lot, spawn, tmp_path):
    first = await spawn()
    run = await lot.start("waits", wait_file=str(tmp_path / "go"), tally=str(tmp_path / "tally"))
    await inside(lot, run.production_id, "wait_long")
    first.send(signal.SIGTERM)
    (tmp_path / "go").touch()
    assert await first.died() == 0

    async with lot.worker():
        await lot.until(run.production_id, "completed")
    assert tally(tmp_path) == ["write_plan", "wait_long", "finish"]


async def test_a_fan_out_that_was_killed_repeats_only_what_had_not_finished(lot, spawn, tmp_path):
    """The claim of langgraph that paid steps lean on, with our saver under it."""
    process = await spawn(fault="before_checkpoint:4")
    run = await lot.start("fan_out", tally=str(tmp_path / "tally"))
    assert await process.died() == -signal.SIGKILL

    async with lot.worker():
        state = await lot.until(run.production_id, "completed")
    assert sorted(tally(tmp_path)) == ["finish", "shoot 1A", "shoot 1B", "shoot 1C", "write_plan"]
    assert state.values["log"] == ["plan", "1A", "1B", "1C", "finish"]


@pytest.mark.parametrize("looks", [True, False])
async def test_a_lease_that_runs_out_is_seen_at_once(lot, monkeypatch, looks):
    """Not only when the sweeper happens to come by, as with the look at leases off, the control."""
    if not looks:
        monkeypatch.setattr(sweeper, "_pause_s", lambda swept, every_s: every_s)
    run = await lot.start("line")
    # Longer than a run is left to its doorbell alone.
    assert await claim(lot.database, run.production_id, owner="dead", ttl_s=sweeper.GRACE_S + 0.2)
    ended = asyncio.create_task(lot.until(run.production_id, "completed"))
    async with lot.worker(sweep_every_s=600):
        done, _ = await asyncio.wait({ended}, timeout=None if looks else sweeper.GRACE_S + 1)
        assert bool(done) is looks
    ended.cancel()


async def test_an_end_whose_answer_was_lost_leaves_no_lease(lot, monkeypatch):
    """The end was written; its worker does not know, and puts off a run that is over."""
    finish = lot.events.finish

    async def lose_the_answer(*args, **options):
        await finish(*args, **options)
        raise DatabaseDown

    monkeypatch.setattr(lot.events, "finish", lose_the_answer)
    async with lot.worker():
        run = await lot.start("line")
        await lot.until(run.production_id, "completed")

    row = await lot.database.fetch_one("select lease_owner, lease_until from productions")
    assert row == {"lease_owner": None, "lease_until": None}


async def test_a_media_store_that_does_not_answer_postpones_the_run(lot, tmp_path):
    run = await lot.start(
        "store_away", tally=str(tmp_path / "tally"), answers_again=str(tmp_path / "it does")
    )
    async with lot.worker():
        state = await lot.until(run.production_id, "completed")

    assert tally(tmp_path) == ["write_plan", "store_away", "store_away", "finish"]
    assert state.values["log"] == ["plan", "stored", "finish"]
