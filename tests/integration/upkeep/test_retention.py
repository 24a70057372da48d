"""Which productions go: only what has ended, is owed nothing and is needed by nobody; costs stay."""

from typing import Any

import psycopg
import pytest

from server.records.productions import read_costs
from server.runs.accept import Runs
from server.upkeep import productions
from server.upkeep.report import Report
from server.upkeep.rules import Rules
from state.errors import RecordConflict, RunNotFound
from tests.integration.runs.tiny_graphs import graphs
from tests.integration.upkeep.conftest import DAYS, OLD, Place
from tools.db.turns import Turn, alone

NOTHING = {"runs": 0, "events": 0, "states": 0}


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled"])
async def test_what_ended_long_ago_goes_whole(place: Place, status: str) -> None:
    gone, young = await place.production(status), await place.production(status, days=DAYS - 1)
    report = await place.tidy()
    assert await place.left(gone) == NOTHING
    assert (await place.left(young))["states"] == 3
    assert [(kind, count) for kind, count, _ in report.rows()] == [
        ("productions", 1), ("checkpoints", 1), ("events", 3), ("runs", 1)
    ]  # fmt: skip


async def test_nobody_asked_so_nothing_goes(place: Place) -> None:
    kept = await place.production()
    assert (await place.tidy(productions=None)).is_empty
    assert not await place.cleared(kept)


async def test_looking_changes_nothing_and_says_what_would_go(place: Place) -> None:
    gone = await place.production()
    report = await place.look()
    assert (report.count("productions"), report.count("events"), report.count("checkpoints")) == (1, 3, 1)
    assert not await place.cleared(gone)
    again = await place.tidy()
    assert {kind: again.count(kind) for kind in ("productions", "events", "runs")} == {
        kind: report.count(kind) for kind in ("productions", "events", "runs")
    }


FAIL_OF = """
update productions set error = jsonb_build_object('code', %(code)s::text) where production_id = %(id)s
"""
EVERYTHING = {"runs": 1, "events": 3, "states": 3}


async def failed_of(place: Place, code: str, **more: Any) -> str:
    production_id = await place.production("failed", **more)
    await place.database.execute(FAIL_OF, {"code": code, "id": production_id})
    return production_id


async def test_what_is_stuck_is_kept_whole_and_told_of(place: Place) -> None:
    """The control failed of something else."""
    stuck, other = await failed_of(place, "run_poisoned"), await failed_of(place, "budget_exceeded")
    looked = await place.look()
    report = await place.tidy()
    assert await place.left(stuck) == EVERYTHING
    assert await place.left(other) == NOTHING
    for told in (looked, report):
        assert told.count("productions") == 1
        assert told.notes == [productions.KEPT_STUCK.format(many=1)]
    young = await failed_of(place, "run_poisoned", days=DAYS - 1)
    assert (await place.look()).notes == report.notes, "it would not go anyway"
    assert not await place.cleared(young)


async def test_nothing_stuck_means_not_a_word_of_it(place: Place) -> None:
    await failed_of(place, "budget_exceeded")
    assert (await place.look()).notes == []


@pytest.mark.parametrize("what", ["checkpoints", "events"])
async def test_what_is_stuck_is_not_made_smaller(place: Place, what: str) -> None:
    """The control failed of something else."""
    stuck, other = await failed_of(place, "run_poisoned"), await failed_of(place, "budget_exceeded")
    await place.tidy(productions=None, **{what: DAYS})
    cleared = f"select {what}_cleared_at as at from productions where production_id = %s"
    found = [await place.database.fetch_one(cleared, [one]) for one in (stuck, other)]
    assert [row is not None and row["at"] is None for row in found] == [True, False]
    assert await place.left(stuck) == EVERYTHING


async def test_what_was_stuck_in_that_moment_stays(place: Place) -> None:
    """As if it had been given up after the list was made: what is locked is looked at again."""
    one = await failed_of(place, "budget_exceeded")
    rules, report = Rules(productions=DAYS), Report(dry=False)
    due = await productions.due(place.database, rules)
    await place.database.execute(FAIL_OF, {"code": "run_poisoned", "id": one})
    assert due == [one]
    assert [gone async for gone in productions.clear(place.database, due, rules, report)] == []
    assert await place.left(one) == EVERYTHING


async def test_a_parent_stays_for_a_branch_that_is_stuck(place: Place) -> None:
    parent = await place.production()
    await failed_of(place, "run_poisoned", parent=parent)
    await place.tidy()
    assert not await place.cleared(parent)


@pytest.mark.parametrize(
    "then", ["deleted_at = now() - interval '90 days'", "status = 'completed', error = null"]
)
async def test_what_was_stuck_goes_once_somebody_has_seen_to_it(place: Place, then: str) -> None:
    one = await failed_of(place, "run_poisoned")
    await place.database.execute(f"update productions set {then} where production_id = '{one}'")
    await place.tidy()
    assert await place.cleared(one)


@pytest.mark.parametrize("status", ["queued", "running", "paused", "draft"])
async def test_what_has_not_ended_stays_however_old(place: Place, status: str) -> None:
    """The control is the test above: the same rows with an ended status go."""
    kept = await place.production(status)
    await place.tidy()
    assert not await place.cleared(kept)


async def test_a_run_that_still_waits_holds_it(place: Place) -> None:
    kept = await place.production(run="waiting")
    await place.tidy()
    assert not await place.cleared(kept)


async def test_who_holds_the_lease_is_not_disturbed(place: Place) -> None:
    kept = await place.production()
    lease = "update productions set lease_until = now() + interval '%s minutes'"
    await place.database.execute(lease % 1)
    await place.tidy()
    assert not await place.cleared(kept)
    await place.database.execute(lease % -1)  # the control
    await place.tidy()
    assert await place.cleared(kept)


@pytest.mark.parametrize(
    ("state", "more", "stays"),
    [
        ("unknown", {}, True), ("submitted", {}, True), ("intent", {"deadline": "2026-01-01"}, True),
        ("intent", {}, False), ("done", {}, False), ("failed", {}, False),
    ],
)  # fmt: skip
async def test_money_of_unknown_fate_holds_it(place: Place, state: str, more: dict, stays: bool) -> None:
    one = await place.production("cancelled")
    await place.order(one, state, **more)
    await place.tidy()
    assert await place.cleared(one) is not stays


async def test_a_parent_stays_for_a_branch_that_stays(place: Place) -> None:
    """Also for one that is a grandchild, hidden, or waits at a gate; it adopts what they bought."""
    top = await place.production()
    middle = await place.production(parent=top)
    leaf = await place.production("paused", parent=middle)
    await place.tidy()
    assert [await place.cleared(one) for one in (top, middle, leaf)] == [False, False, False]

    await place.database.execute("update productions set status = 'completed' where status = 'paused'")
    report = await place.tidy()  # the control: now the whole line goes, in one go
    assert [await place.cleared(one) for one in (top, middle, leaf)] == [True, True, True]
    assert report.count("productions") == 3


async def test_a_branch_that_comes_in_that_moment_keeps_its_parent(place: Place) -> None:
    """As if it had been made after the list was: what is locked is looked at again."""
    parent, rules, report = await place.production(), Rules(productions=DAYS), Report(dry=False)
    due = await productions.due(place.database, rules)
    assert due == [parent]
    await place.production("paused", parent=parent, days=0)
    assert [one async for one in productions.clear(place.database, due, rules, report)] == []
    assert not await place.cleared(parent)


async def test_what_somebody_has_locked_is_passed_over(place: Place) -> None:
    """Nobody waits: not they for us, not we for them."""
    held, free = await place.production(), await place.production()
    async with place.database.transaction() as connection:
        lock = "select 1 from productions where production_id = %s for key share"  # as a new branch has it
        await connection.execute(lock, [held])
        await place.tidy()
        assert [await place.cleared(one) for one in (held, free)] == [False, True]
    await place.tidy()
    assert await place.cleared(held)


SERIES = {"target_episodes": 3, "episode_number": 1}


async def test_the_last_episode_of_a_series_stays_unless_it_is_asked_for(place: Place) -> None:
    first = await place.production(brief=SERIES)
    second = await place.production(brief=SERIES | {"previous": first})
    alone_standing = await place.production(brief={"target_episodes": 1})
    await place.tidy()
    assert [await place.cleared(one) for one in (first, second, alone_standing)] == [True, False, True]
    await place.tidy(series=True)
    assert await place.cleared(second)


async def test_an_unfinished_novela_keeps_its_productions(place: Place) -> None:
    novela = "insert into novelas (user_id, title, target_episodes) values ('local', 'N', 2) returning id"
    row = await place.database.fetch_one(novela)
    assert row is not None
    one = await place.production("failed", novela=row["id"])
    await place.tidy()
    assert not await place.cleared(one)
    await place.database.execute("update novelas set status = 'completed'")
    await place.tidy()
    assert await place.cleared(one)


async def test_what_its_owner_deleted_has_days_of_its_own(place: Place) -> None:
    """A question that nobody can see any more cannot be answered: it goes as well."""
    hidden = await place.production("paused", deleted=True)
    seen = await place.production("paused")
    ended = await place.production()
    await place.tidy(productions=None, deleted=OLD + 1)
    assert not await place.cleared(hidden)
    await place.tidy(productions=None, deleted=OLD - 1)
    assert [await place.cleared(one) for one in (hidden, seen, ended)] == [True, False, False]


async def test_a_deleted_novela_goes_with_its_productions(place: Place) -> None:
    novela = (
        "insert into novelas (user_id, title, target_episodes, deleted_at)"
        " values ('local', 'N', 2, now() - interval '90 days') returning id"
    )
    row = await place.database.fetch_one(novela)
    assert row is not None
    held = await place.production(novela=row["id"], days=1)
    assert (await place.tidy(deleted=DAYS)).count("novelas") == 0
    await place.database.execute("update productions set cleared_at = now() where production_id = %s", [held])
    assert (await place.look(deleted=DAYS)).count("novelas") == 1
    assert (await place.tidy(deleted=DAYS)).count("novelas") == 1
    assert await place.database.fetch_all("select 1 from novelas") == []


async def test_what_it_cost_can_be_asked_for_ever(place: Place) -> None:
    one = await place.production()
    bought = await place.order(one, cost=1_500_000)
    await place.order(one, cost=0)
    await place.tidy()
    sums, lines = await read_costs(place.database, one, user_id="local")
    assert (sums["billed"], [line["call_key"] for line in lines]) == (1_500_000, [bought])
    row = await place.database.fetch_one("select request, request_hash, media, result, provider from orders")
    assert row == {"request": {}, "request_hash": "cleared", "media": None, "result": None, "provider": "fal"}
    with pytest.raises(RunNotFound):
        await read_costs(place.database, one, user_id="somebody")


async def test_a_cleared_production_is_not_there_for_anybody(place: Place) -> None:
    one = await place.production("failed")
    await place.tidy()
    with pytest.raises(RunNotFound):
        await Runs(place.database, graphs()).resume(user_id="local", production_id=one)
    row = await place.database.fetch_one("select title, brief, context, epoch, deleted_at from productions")
    assert row is not None
    assert (row["title"], row["brief"], row["context"], row["epoch"]) == ("A title", {}, {}, 1)


async def test_breaking_it_off_leaves_nothing_by_half(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last statement of the one fails, as if the connection had been cut there."""
    ones = [await place.production() for _ in range(2)]
    failing = "select 1 / 0 from productions where production_id = %(id)s"
    monkeypatch.setitem(productions.SQL, "close", failing)
    with pytest.raises(psycopg.errors.DivisionByZero):
        await place.tidy()
    monkeypatch.undo()
    assert [(await place.left(one))["states"] for one in ones] == [3, 3]
    row = await place.database.fetch_one("select ended_at is not null as ended from tidyings")
    assert row == {"ended": True}
    await place.tidy()
    assert [await place.left(one) for one in ones] == [NOTHING] * 2


async def test_one_at_a_time(place: Place) -> None:
    await place.production()
    async with alone(place.database.url, Turn.TIDY) as free:
        assert free
        with pytest.raises(RecordConflict, match="already"):
            await place.tidy()
    assert (await place.tidy()).count("productions") == 1
    assert (await place.tidy()).is_empty


@pytest.mark.parametrize(("days", "left"), [(30, 1), (120, 3)])
async def test_logins_that_are_over_go(place: Place, days: int, left: int) -> None:
    await place.database.execute(
        "insert into logins (login_id, user_id, created_at, ended_at, cookie_expires_at)"
        " select gen_random_uuid(), 'local', now() - interval '90 d', ended, cookie"
        " from (values (now() - interval '80 d', null::timestamptz), (null, now() - interval '60 d'),"
        " (null, null)) as x (ended, cookie)"
    )
    await place.database.execute(
        "insert into refresh_tokens (token_hash, login_id, created_at, expires_at)"
        " select '\\x01', login_id, now(), now() + interval '1 d' from logins"
        " where ended_at is null and cookie_expires_at is null"
    )
    dry = await place.look(logins=days)
    assert (await place.tidy(logins=days)).count("logins") == dry.count("logins") == 3 - left
    row = await place.database.fetch_one("select count(*) as many from logins")
    assert row == {"many": left}


async def test_the_audit_trail_goes_when_asked(place: Place) -> None:
    await place.database.execute(
        "insert into audit_logs (action, created_at) values ('a', now() - interval '90 d'), ('b', now())"
    )
    assert (await place.tidy(audit=30)).count("audit") == 1
    assert await place.database.fetch_all("select action from audit_logs") == [{"action": "b"}]
