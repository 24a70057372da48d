"""The event log: one sequence, no event lost, none twice, only the lease's holder writes."""

import asyncio

import pytest
from psycopg.rows import DictRow

from server.runs import events
from server.runs.events import Draft, Event, EventLog
from state.errors import LeaseLost, RunNotFound
from tools.db.pool import Database, Params
from tools.ending import end_tasks
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


class CountedDatabase(Database):
    """Counts what is read in it."""

    reads = 0
    news = asyncio.Event()

    async def fetch_all(self, query: str, params: Params = None) -> list[DictRow]:
        rows = await super().fetch_all(query, params)
        self.reads += 1
        self.news.set()
        return rows

    async def reached(self, count: int) -> None:
        """Wait until so much was read."""
        while self.reads < count:
            self.news.clear()
            await self.news.wait()


@pytest.fixture
async def counted(database_url):
    database = await CountedDatabase.open(database_url)
    database.news = asyncio.Event()
    yield database
    await database.close()


async def test_idle_followers_share_one_look_at_the_database(lot, counted):
    """A hundred who wait cost as much as one, and nobody who waits costs nothing."""
    log = EventLog(counted, safety_s=0.05)
    runs = [await lot.start("line") for _ in range(5)]
    waiting = [asyncio.create_task(anext(log.follow(run.production_id))) for run in runs * 20]
    await counted.reached(100)
    await asyncio.wait_for(counted.reached(104), 5)

    assert counted.reads < 110
    assert len(log.tail.watched) == 5
    await end_tasks(waiting)
    assert not log.tail.watched
    silent = counted.reads
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(counted.reached(silent + 2), 0.3)
    await log.close()


async def first_two(log: EventLog, held: Lease, run_id: str, **how: bool) -> list[str]:
    """Follow from the start while two batches are written."""
    await log.tail.open()
    stream = log.follow(held.production_id, **how)
    coming = asyncio.ensure_future(anext(stream))
    while not log.tail.watched:
        await asyncio.sleep(0)
    await log.append(held, run_id, [draft("b")])
    await log.append(held, run_id, [draft("c")])
    told = [await coming, await anext(stream)]
    await stream.aclose()
    return [event.event_id for event in told]


@pytest.mark.parametrize(("begins", "reads"), [(True, 0), (False, 1)])
async def test_the_start_of_a_run_is_heard_and_not_read(lease, counted, monkeypatch, begins, reads):
    """Nothing was there before it; what this process writes it hands over."""
    monkeypatch.setattr(events, "SOON_S", 30)
    log = EventLog(counted)
    assert await first_two(log, *lease, begins=begins) == ["custom:b", "custom:c"]
    assert counted.reads == reads
    await log.close()


async def test_a_start_that_was_written_before_anybody_listened_is_read(lease, counted, monkeypatch):
    """A batch that does not follow what was seen sends the follower to the table."""
    monkeypatch.setattr(events, "SOON_S", 30)
    held, run_id = lease
    log = EventLog(counted)
    await log.append(held, run_id, [draft("a")])
    assert await first_two(log, held, run_id, begins=True) == ["custom:a", "custom:b"]
    await log.close()


async def test_a_start_of_which_nothing_is_heard_is_read(lot, lease, counted):
    """Another process drives it and its notification was lost, or it is over."""
    held, run_id = lease
    await lot.events.append(held, run_id, [draft("a")])
    log = EventLog(counted, safety_s=60)
    stream = log.follow(held.production_id, begins=True)
    assert (await asyncio.wait_for(anext(stream), 5)).event_id == "custom:a"
    assert counted.reads == 1
    await stream.aclose()
    await log.close()


async def test_what_a_log_writes_is_projected_by_its_own_process(lot, lease):
    """Two logs stand for two processes. Only what no log has written is for whoever hears of it."""
    held, run_id = lease
    elsewhere, told = EventLog(lot.database), asyncio.Queue[str]()
    elsewhere.tail.on_unlogged = told.put_nowait
    there = asyncio.create_task(anext(elsewhere.follow(held.production_id)))
    await elsewhere.tail.open()
    await lot.events.append(held, run_id, [draft("a")])
    assert (await there).event_id == "custom:a", "a follower hears of it all the same"
    other = await lot.start("line")
    await lot.runs.cancel(user_id="local", production_id=other.production_id)
    assert await asyncio.wait_for(told.get(), 5) == other.production_id, "and of the first one nothing"
    await elsewhere.close()


@pytest.mark.parametrize(("safety_s", "hears"), [(0.05, True), (60, False)])
async def test_what_no_notification_told_is_found_by_the_safety_net(lease, counted, safety_s, hears):
    """The control: without the net nobody hears of it."""
    held, run_id = lease
    log = EventLog(counted, safety_s=safety_s)
    coming = asyncio.create_task(anext(log.follow(held.production_id)))
    await counted.reached(1)
    await counted.execute(
        "with p as (update productions set last_seq = 1 returning production_id)"
        " insert into events (production_id, seq, event_id, run_id, method, payload)"
        " select production_id, 1, 'custom:silent', %s, 'custom', '{}' from p",
        (run_id,),
    )
    done, _ = await asyncio.wait({coming}, timeout=5 if hears else 0.5)
    assert bool(done) is hears
    await end_tasks([coming])
    await log.close()


async def test_a_follower_with_an_owner_waits_for_what_is_to_come(lot, lease):
    held, run_id = lease
    log = EventLog(lot.database)
    theirs = asyncio.create_task(anext(log.follow(held.production_id, owner="other")))
    ours = asyncio.create_task(anext(log.follow(held.production_id, owner="local")))
    await lot.events.append(held, run_id, [draft("a")])

    assert (await asyncio.wait_for(ours, 5)).event_id == "custom:a"
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(theirs, 0.2)
    await log.close()
