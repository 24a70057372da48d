"""Every process with a worker is on the roster while it lives; it drains and works again when it is asked."""

import asyncio
import signal
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from server.runs import roster
from server.runs.lease_keeper import LeaseKeeper
from server.runs.roster import own_card
from state.errors import RecordNotFound
from tests.integration.runs.conftest import StudioLot
from tests.integration.runs.test_runs_crash import inside, tally
from tools.db.pool import Database

AGO = "update workers set seen_at = now() - make_interval(secs => %s)"


class Heart:
    """A lease keeper whose beats a test counts out."""

    def __init__(self, database: Database, *, ttl_s: float = 10) -> None:
        self.keeper = LeaseKeeper(database.url, own_card(role="work", slots=2, version="test"), ttl_s=ttl_s)
        self.connection: Any = psycopg.connect(database.url, autocommit=True, row_factory=dict_row)
        self.worker_id = self.keeper._card.worker_id

    def beat(self) -> None:
        self.keeper._beat(self.connection, [])


@pytest.fixture
async def heart(database: Database) -> AsyncIterator[Heart]:
    made = Heart(database)
    made.beat()
    yield made
    made.connection.close()


async def states(database: Database) -> dict[str, str]:
    return {row["worker_id"]: row["state"] for row in await roster.listed(database)}


async def test_a_worker_is_on_the_roster_from_its_start_to_its_end(lot: StudioLot) -> None:
    async with lot.worker(slots=2, role="api", version="1.2") as worker:
        [row] = await roster.listed(lot.database)
        assert row["worker_id"] == worker.worker_id == f"{row['host']}:{row['pid']}:{worker.worker_id[-6:]}"
        assert (row["role"], row["slots"], row["version"], row["state"]) == ("api", 2, "1.2", "working")
        await worker.drain()
        worker._keeper.beat_now()
    assert await states(lot.database) == {}


async def test_two_workers_of_one_process_are_told_apart(lot: StudioLot) -> None:
    """As containers are, in which every process is number 1."""
    assert lot.make_worker().worker_id != lot.make_worker().worker_id


async def test_who_is_silent_for_three_lease_times_is_lost_until_the_next_beat(
    lot: StudioLot, heart: Heart
) -> None:
    await lot.database.execute(AGO, [29])
    assert await states(lot.database) == {heart.worker_id: "working"}, "the control"
    await lot.database.execute(AGO, [31])
    assert await states(lot.database) == {heart.worker_id: "lost"}
    heart.beat()
    assert await states(lot.database) == {heart.worker_id: "working"}


async def test_the_sweeper_forgets_who_has_been_silent_for_a_day(lot: StudioLot, heart: Heart) -> None:
    await lot.database.execute(AGO, [86000])
    await lot.database.execute(roster.SQL["forget"])
    assert await states(lot.database) == {heart.worker_id: "lost"}
    await lot.database.execute(AGO, [86500])
    await lot.database.execute(roster.SQL["forget"])
    assert await states(lot.database) == {}
    heart.beat()
    assert await states(lot.database) == {heart.worker_id: "working"}, "it only slept"


async def test_a_wish_is_read_with_the_next_beat_and_told_once(lot: StudioLot, heart: Heart) -> None:
    """Its notification may be lost."""
    told: list[str] = []
    heart.keeper._tell = lambda _: told.append(heart.keeper.wanted)  # type: ignore[method-assign]
    heart.keeper.on_wanted = lambda: None
    await roster.ask(lot.database, heart.worker_id, "draining")
    heart.beat()
    heart.beat()
    await roster.ask(lot.database, heart.worker_id, "working")
    heart.beat()
    assert told == ["draining", "working"]


async def test_nobody_is_asked_who_is_not_there(lot: StudioLot) -> None:
    with pytest.raises(RecordNotFound):
        await roster.ask(lot.database, "elsewhere:1:abcdef", "draining")


async def test_the_roster_says_who_drives_what(lot, spawn, tmp_path) -> None:
    await spawn()
    run = await lot.start("waits", wait_file=str(tmp_path / "go"))
    await inside(lot, run.production_id, "wait_long")
    await lot.start("waits", wait_file=str(tmp_path / "go"))
    [row] = await roster.listed(lot.database)
    leases = {lease["production_id"]: lease for lease in row["leases"]}
    assert (leases[run.production_id]["title"], leases[run.production_id]["epoch"]) == ("waits", 1)
    assert leases[run.production_id]["since"] < leases[run.production_id]["lease_until"]
    (tmp_path / "go").touch()


async def test_a_queue_is_counted_by_priority(lot: StudioLot) -> None:
    assert (await roster.queue_lengths(lot.database))["oldest_wait_s"] is None
    for priority in ("low", "normal", "normal", "high"):
        await lot.runs.start(user_id="local", graph="line", title="", brief={}, context={}, priority=priority)
    await lot.database.execute(
        "update runs set created_at = now() - interval '1 minute' where ordinal % 2 = 0"
    )
    found = await roster.queue_lengths(lot.database)
    assert (found["low"], found["normal"], found["high"]) == (1, 2, 1)
    assert 60 <= found["oldest_wait_s"] < 120


async def test_a_worker_that_is_asked_to_drain_hands_over_and_works_again_when_asked(
    lot, spawn, tmp_path
) -> None:
    async with lot.worker(lease_ttl_s=10) as worker:
        run = await lot.start("waits", wait_file=str(tmp_path / "go"), tally=str(tmp_path / "tally"))
        await inside(lot, run.production_id, "wait_long")
        drains, drain = asyncio.Event(), worker.drain

        async def noted(**terms: Any) -> None:
            drains.set()
            await drain(**terms)

        worker.drain = noted
        await roster.ask(lot.database, worker.worker_id, "draining")
        await drains.wait()
        other = await spawn()
        (tmp_path / "go").touch()
        await lot.until(run.production_id, "completed")
        assert tally(tmp_path) == ["write_plan", "wait_long", "finish"]
        row = await lot.database.fetch_one("select epoch from productions")
        assert row["epoch"] >= 2, "the other one finished it"
        assert (await states(lot.database))[worker.worker_id] == "draining"

        other.send(signal.SIGTERM)
        assert await other.died() == 0
        waits = await lot.start("line")
        await roster.ask(lot.database, worker.worker_id, "working")
        await lot.until(waits.production_id, "completed")


async def test_a_second_signal_hands_over_in_the_middle_of_a_step(lot, spawn, tmp_path) -> None:
    """The file never comes, so after the first signal alone the worker would wait for ever."""
    first = await spawn()
    run = await lot.start("waits", wait_file=str(tmp_path / "go"), tally=str(tmp_path / "tally"))
    await inside(lot, run.production_id, "wait_long")
    first.send(signal.SIGTERM)
    first.send(signal.SIGINT)
    assert await first.died() == 0
    assert await states(lot.database) == {}
    (tmp_path / "go").touch()
    async with lot.worker(lease_ttl_s=20):
        state = await lot.until(run.production_id, "completed")
    assert [one["attempts"] for one in state.runs] == [1], "a drain is no failed attempt"
    assert tally(tmp_path) == ["write_plan", "wait_long", "wait_long", "finish"]
