"""The event log: one sequence, no event lost, none twice, only the lease's holder writes."""

import asyncio

import pytest

from server.runs.events import Draft, Event, EventLog
from state.errors import LeaseLost, RunNotFound
from tools.orders.lease import Lease


async def collect(log: EventLog, production_id: str, **options) -> list[Event]:
    return [event async for event in log.follow(production_id, until_end=True, **options)]


async def test_following_live_and_reading_later_are_the_same(lot):
    async with lot.worker():
        run = await lot.start("line")
        live = await collect(lot.events, run.production_id)
    later = await collect(lot.events, run.production_id)

    assert live == later
    assert [event.seq for event in live] == list(range(1, len(live) + 1))


async def test_the_order_that_clients_rely_on(lot):
    async with lot.worker():
        run = await lot.start("inner_gate")
        await lot.until(run.production_id, "paused")
    events = await lot.log(run.production_id)
    told = [(event.method, event.payload.get("event"), bool(event.namespace)) for event in events]

    assert told[0] == ("lifecycle", "running", False)
    assert [word[0] for word in told[-3:]] == ["input.requested", "lifecycle", "lifecycle"]
    assert told[-2:] == [("lifecycle", "interrupted", True), ("lifecycle", "interrupted", False)]
    opened = told.index(("lifecycle", "started", True))
    assert all(not inner for _, _, inner in told[:opened])


async def test_every_checkpoint_has_an_event_with_its_real_id(lot):
    async with lot.worker():
        run = await lot.start("inner_gate")
        await lot.until(run.production_id, "paused")
    rows = await lot.database.fetch_all("select checkpoint_id from checkpoints order by 1")
    told = [
        event.payload["id"] for event in await lot.log(run.production_id) if event.method == "checkpoints"
    ]

    assert sorted(told) == [row["checkpoint_id"] for row in rows]


@pytest.mark.parametrize("seen", [0, 1, 7, 20])
async def test_following_goes_on_after_what_was_seen(lot, seen):
    async with lot.worker():
        run = await lot.start("line")
        await lot.until(run.production_id, "completed")
    whole = await lot.log(run.production_id)

    assert await collect(lot.events, run.production_id, after=seen) == whole[seen:]


async def test_a_follower_in_another_process_misses_nothing(lot):
    """Two logs stand for two processes: this one hears of events by notification only."""
    elsewhere = EventLog(lot.database)
    async with lot.worker():
        run = await lot.start("line")
        there = asyncio.create_task(collect(elsewhere, run.production_id))
        here = await collect(lot.events, run.production_id)
        assert await asyncio.wait_for(there, 4) == here  # sooner than the safety net
    await elsewhere.close()


async def test_a_follower_whose_connection_was_cut_catches_up(lot):
    async with lot.worker():
        run = await lot.start("gate")
        follower = asyncio.create_task(collect(lot.events, run.production_id))
        await lot.until(run.production_id, "paused")
        await lot.database.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s",
            ("greenlight-tail",),
        )
        await lot.answer(run.production_id)
        seen = await asyncio.wait_for(follower, 15)
    assert seen == await lot.log(run.production_id)


async def test_without_until_end_the_stream_stays_open(lot):
    async with lot.worker():
        run = await lot.start("line")
        await lot.until(run.production_id, "completed")
    stream = lot.events.follow(run.production_id, after=10_000)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(stream), 0.2)


async def test_following_nothing_is_an_error(lot):
    with pytest.raises(RunNotFound):
        await collect(lot.events, "00000000-0000-0000-0000-000000000000")


@pytest.fixture
async def lease(lot) -> tuple[Lease, str]:
    """A production in our hands, and its run."""
    run = await lot.start("line")
    await lot.database.execute("update productions set epoch = 4, lease_until = now() + interval '1 minute'")
    return Lease(production_id=run.production_id, user_id="local", owner="me", epoch=4), run.run_id


def draft(name: str, **payload: object) -> Draft:
    return Draft(f"custom:{name}", "custom", payload)


async def test_an_event_written_twice_is_there_once(lot, lease):
    held, run_id = lease
    await lot.events.append(held, run_id, [draft("a"), draft("b")])
    await lot.events.append(held, run_id, [draft("b"), draft("c")])

    events = await lot.log(held.production_id)
    assert [event.event_id for event in events] == ["custom:a", "custom:b", "custom:c"]
    assert [event.seq for event in events] == sorted({event.seq for event in events})


async def test_an_older_epoch_writes_nothing(lot, lease):
    held, run_id = lease
    older = Lease(production_id=held.production_id, user_id="local", owner="zombie", epoch=3)

    with pytest.raises(LeaseLost):
        await lot.events.append(older, run_id, [draft("zombie")])
    assert await lot.log(held.production_id) == []

    await lot.events.append(held, run_id, [draft("mine")])  # the control
    assert len(await lot.log(held.production_id)) == 1


async def test_what_json_cannot_hold_does_not_break_the_log(lot, lease):
    held, run_id = lease
    odd = {"nan": float("nan"), "big": 2**70, "nul": "a\0b", "bytes": b"xx", "set": {1}, 5: "number key"}
    await lot.events.append(held, run_id, [Draft("custom:odd", "custom", odd)])

    payload = (await lot.log(held.production_id))[0].payload
    assert payload["nan"] is None
    assert payload["big"] == str(2**70)
    assert (payload["set"], payload["5"]) == ([1], "number key")
