"""What a trial may not do with money: pass its ceiling, pay twice, or go on with a key that was refused."""

import asyncio

import pytest

from server.accounts.visitor import LOCAL_USER
from server.trials import book, plan
from server.trials.trials import Trials
from state.errors import SpendingStopped
from tests.fakes import Crash, CrashAt
from tests.integration.trials.conftest import Place, Stalls
from tests.standins.job_vendors import faults
from tools.ledger.stops import Stops


@pytest.mark.parametrize(
    ("plan_looks", "ledger_looks", "clip"),
    [(True, True, None), (False, True, "failed"), (False, False, "checked")],
)
async def test_a_clip_that_does_not_fit_under_the_ceiling_is_not_bought(
    place: Place, monkeypatch: pytest.MonkeyPatch, *, plan_looks: bool, ledger_looks: bool, clip: str | None
) -> None:
    """Both look: the plan, and the books by the production's ceiling. Without both it is bought."""
    if not plan_looks:
        monkeypatch.setattr(plan, "fits", lambda total, spend: True)
    trial, _ = await place.trials.begin(
        place.plan("replicate", "0.10", "picture", "clip"), user_id=LOCAL_USER
    )
    if not ledger_looks:
        await place.tools.database.execute("update productions set ceiling_micros = 10000000")
    trial = await place.trials.run(trial, place.hear)

    assert {call.line.kind: call.state for call in trial.calls}.get("clip") == clip
    assert place.stalls.posts("replicate") == (2 if clip == "checked" else 1)
    assert (place.stalls.micro_usd("replicate") > trial.spend.micros) is (clip == "checked")
    if clip == "failed":
        assert [error.code for error in place.errors] == ["budget_exceeded"]


async def test_begun_again_after_its_end_it_is_a_new_one(place: Place) -> None:
    first = await place.run("fal", "0.10", "picture")
    second = await place.run("fal", "0.10", "picture")
    assert (first.state, second.state) == ("good", "good")
    assert first.production_id != second.production_id
    assert place.stalls.posts("fal") == 2


@pytest.mark.parametrize("point", ["after_intent", "after_post", "after_id", "before_done"])
@pytest.mark.parametrize("provider", ["replicate", "fal"])
async def test_begun_again_after_a_crash_it_finds_its_job(place: Place, provider: str, point: str) -> None:
    trial = await crashed_and_begun_again(place, provider, point)
    assert (trial.state, place.stalls.posts(provider)) == ("good", 1)
    assert trial.billed.micros == place.stalls.micro_usd(provider)


async def test_without_the_look_at_what_is_not_over_a_crash_pays_twice(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(book.SQL, "open", book.SQL["open"].replace("t.ended_at is null", "false"))
    trial = await crashed_and_begun_again(place, "replicate", "after_post")
    assert (trial.state, place.stalls.posts("replicate")) == ("good", 2)


async def crashed_and_begun_again(place: Place, provider: str, point: str) -> book.Trial:
    crash = CrashAt(point)
    doomed = Trials(place.tools, fault=crash)
    trial, _ = await doomed.begin(place.plan(provider, "0.10", "picture"), user_id=LOCAL_USER)
    with pytest.raises(Crash):
        await doomed.run(trial)
    assert crash.crashes == 1
    return await place.run(provider, "0.10", "picture")


LOOKS = "create sequence looks"
TWO_HAVE_LOOKED = """
create function two_have_looked() returns boolean language plpgsql as $$ begin
    perform nextval('looks');
    while (select last_value < 2 from looks) loop perform pg_sleep(0.01); end loop;
    return true;
end $$
"""
"""A statement sees what was there as it began, however long it waits; a sequence counts for all at once."""


async def test_two_confirmations_at_once_are_one_trial(place: Place) -> None:
    assert await confirmed_by_ten(place) == 1


async def test_without_the_lock_they_are_several(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one's look at what is not over waits for a second one's look."""
    for statement in (LOOKS, TWO_HAVE_LOOKED):
        await place.tools.database.execute(statement)
    look = book.SQL["open"].rstrip().removesuffix(";")
    waiting = f"select f.* from ({look}) f where (select two_have_looked())"
    monkeypatch.setitem(book.SQL, "open", waiting)
    monkeypatch.setitem(book.SQL, "one_at_a_time", "select 1")
    assert await confirmed_by_ten(place) > 1


async def confirmed_by_ten(place: Place) -> int:
    priced = place.plan("fal", "0.10", "picture")
    begun = await asyncio.gather(*(place.trials.begin(priced, user_id=LOCAL_USER) for _ in range(10)))
    assert sum(new for _, new in begun) == len({trial.production_id for trial, _ in begun})
    return len({trial.production_id for trial, _ in begun})


async def test_a_key_that_is_refused_is_tried_once(stalls: Stalls, place: Place) -> None:
    stalls.jobs.replicate.faults.append(faults.key_refused())
    trial = await place.run("replicate", "0.10", "picture", "music")
    assert [call.state for call in trial.calls] == ["failed", "not_sent"]
    assert (trial.state, trial.billed.micros, stalls.micro_usd("replicate")) == ("failed", 0, 0)


async def test_another_failure_does_not_stop_the_others(stalls: Stalls, place: Place) -> None:
    """The control: it is the kind of the error that ends a trial."""
    stalls.jobs.replicate.faults.append(faults.refused())
    trial = await place.run("replicate", "0.10", "picture", "music")
    assert [call.state for call in trial.calls] == ["failed", "checked"]
    assert trial.state == "failed"


async def test_while_spending_is_stopped_no_trial_begins(place: Place) -> None:
    stops = Stops(place.tools.database)
    await stops.stop(None, by=LOCAL_USER, reason="the bill is odd")
    with pytest.raises(SpendingStopped):
        await place.run("fal", "0.10", "picture")
    assert (place.stalls.posts("fal"), await trials_written(place)) == (0, 0)
    await stops.release(None, by=LOCAL_USER)
    assert (await place.run("fal", "0.10", "picture")).state == "good"


async def test_a_stop_after_the_beginning_holds_its_orders_up(place: Place) -> None:
    trial, _ = await place.trials.begin(place.plan("fal", "0.10", "picture"), user_id=LOCAL_USER)
    stops = Stops(place.tools.database)
    await stops.stop(None, by=LOCAL_USER)
    await place.trials.run(trial, place.hear)
    assert ([error.code for error in place.errors], place.stalls.posts("fal")) == (["spending_stopped"], 0)
    await stops.release(None, by=LOCAL_USER)
    assert (await place.run("fal", "0.10", "picture")).state == "good"


@pytest.mark.parametrize(("budget", "bought"), [(1, 0), (1_000_000, 1)])
async def test_the_budget_of_the_day_holds(place: Place, budget: int, bought: int) -> None:
    await place.tools.database.execute(
        "insert into spending_rules (user_id, day_budget_micros) values (%s, %s)", [LOCAL_USER, budget]
    )
    trial = await place.run("fal", "0.10", "picture")
    assert (place.stalls.posts("fal"), trial.state) == (bought, "good" if bought else "failed")
    assert [error.code for error in place.errors] == ([] if bought else ["day_budget_exceeded"])


async def trials_written(place: Place) -> int:
    row = await place.tools.database.fetch_one("select count(*)::int as many from trials")
    assert row is not None
    return int(row["many"])
