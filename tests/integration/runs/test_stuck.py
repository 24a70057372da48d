"""Runs that get no further are stuck with everything kept; a store that is away is not their fault."""

import psycopg
import pytest

from server.runs.drive import MOST_ATTEMPTS
from server.runs.failures import is_away
from server.runs.stuck import listed, resume_stuck
from state.errors import DatabaseDown, RecordNotFound, StoreRefused, StoreUnreachable
from tests.integration.runs.conftest import USER

OFTEN = 2 * MOST_ATTEMPTS
KEPT = """
select (select count(*) from checkpoints) as checkpoints, (select count(*) from checkpoint_writes) as writes,
       (select count(*) from checkpoint_blobs) as blobs
"""


@pytest.fixture
def at_once(monkeypatch):
    """Whatever is postponed is tried again with the next sweep."""
    monkeypatch.setattr("server.runs.drive.POSTPONE_S", 0.001)
    return {"sweep_every_s": 0.03, "lease_ttl_s": 5.0}


async def test_a_store_that_is_away_for_long_parks_nothing(lot, tmp_path, at_once):
    run = await lot.start("troubled", trouble="store", times=OFTEN, tally=str(tmp_path / "tally"))
    async with lot.worker(**at_once):
        await lot.until(run.production_id, "completed")

    row = await lot.database.fetch_one("select attempts, postponed, trouble from runs")
    assert row["postponed"] == OFTEN - 1, "the first attempt got further: it made the plan"
    assert row["trouble"]["code"] == "store_unreachable"


async def test_what_never_works_is_stuck_and_says_why(lot, tmp_path, at_once):
    """The control: a statement that Postgres does not take is no store that is away."""
    run = await lot.start("troubled", trouble="lock", times=OFTEN, tally=str(tmp_path / "tally"))
    async with lot.worker(**at_once):
        state = await lot.until(run.production_id, "failed")

    assert (state.error["code"], state.error["details"]["attempts"]) == ("run_poisoned", MOST_ATTEMPTS)
    assert "it is not there" in state.error["message"]
    assert state.error["details"]["last"]["code"] == "database_down"
    [stuck], total = await listed(lot.database)
    assert (stuck["production_id"], stuck["state"], total) == (run.production_id, "stuck", 1)


async def test_a_stuck_run_keeps_everything_and_goes_on_when_it_is_told_to(lot, tmp_path, at_once):
    brief = {"trouble": "lock", "times": MOST_ATTEMPTS + 1, "tally": str(tmp_path / "tally")}
    run = await lot.start("troubled", **brief)
    async with lot.worker(**at_once):
        await lot.until(run.production_id, "failed")
        before, told = await lot.database.fetch_one(KEPT), await lot.log(run.production_id)
        await resume_stuck(lot.database, lot.runs, run.production_id)
        await lot.until(run.production_id, "completed", runs=2)

    after, log = await lot.database.fetch_one(KEPT), await lot.log(run.production_id)
    assert all(after[name] >= before[name] > 0 for name in before)
    assert log[: len(told)] == told
    assert await listed(lot.database) == ([], 0)


async def test_a_run_that_waits_for_a_store_is_seen(lot, tmp_path):
    run = await lot.start("line")
    await lot.database.execute("update runs set status = 'running', postponed = 3, trouble = '{}'")
    [row], _ = await listed(lot.database)
    assert (row["production_id"], row["state"], row["postponed"]) == (run.production_id, "postponed", 3)
    with pytest.raises(RecordNotFound, match="stuck"):
        await resume_stuck(lot.database, lot.runs, run.production_id)


async def test_pauses_double_up_to_a_minute(lot):
    """And the successor's claim, which counted an attempt, is compensated though it has the lease."""
    from server.runs.drive import SQL

    run = await lot.start("line")
    place = {"production": run.production_id, "run": run.run_id, "epoch": 0, "seconds": 2.0, "longest": 60.0}
    place |= {"blameless": True, "trouble": "{}", "error": None}
    pauses = []
    await lot.database.execute("update runs set status = 'running', attempts = 9")
    await lot.database.execute("update productions set lease_owner = 'me'")
    for _ in range(7):
        await lot.database.execute(SQL["postpone"], place)
        row = await lot.database.fetch_one(
            "select round(extract(epoch from lease_until - updated_at)) as s from productions"
        )
        pauses.append(int(row["s"]))
    assert pauses == [2, 4, 8, 16, 32, 60, 60]
    await lot.database.execute(SQL["postpone"], place | {"epoch": 7})
    assert (await lot.database.fetch_one("select attempts from runs"))["attempts"] == 1
    assert (await lot.state(run.production_id)).user_id == USER


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (StoreUnreachable(), True), (DatabaseDown("silent"), True), (psycopg.OperationalError("gone"), True),
        (psycopg.errors.AdminShutdown(), True), (psycopg.errors.DiskFull(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.LockNotAvailable(), False), (psycopg.errors.ProgramLimitExceeded(), False),
        (StoreRefused(), False), (ValueError(), False),
    ],
)  # fmt: skip
def test_who_is_to_blame(error, away):
    assert is_away(error) is away
    wrapped = DatabaseDown()
    wrapped.__cause__ = error
    assert is_away(wrapped) is away, "as the pool tells it"
