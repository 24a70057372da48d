"""A production whose old states and events were cleared: what is left works, and what is gone is told."""

from typing import Any

import pytest

from server.branches.fork import Difference, fork
from server.branches.replay import replay
from server.branches.report import replay_report
from server.runs.events import Event
from server.upkeep.report import Report
from server.upkeep.rules import Rules
from server.upkeep.tidy import tidy
from state.errors import RecordConflict, RecordNotFound
from tests.archives import bring, packed
from tests.integration.branches.conftest import GREEN, RED, USER, Lot
from tools.clock import SystemClock

AGED = """
with runs_then as (update runs set ended_at = ended_at - interval '90 days' where production_id = %(id)s)
update productions set state_updated_at = state_updated_at - interval '90 days',
                       created_at = created_at - interval '90 days' where production_id = %(id)s
"""
SPENT = ("values", "updates", "messages")


async def tidied(lot: Lot, *old: str, **rules: Any) -> Report:
    """Tidied after these have rested for long; the others have not."""
    house = lot.parts.house
    for production_id in old:
        await house.database.execute(AGED, {"id": production_id})
    chosen = Rules(**(rules or {"checkpoints": 30, "events": 30}))
    return await tidy(house.database, house.store, chosen, clock=SystemClock(), asked_by="command")


async def followed(lot: Lot, production_id: str, after: int = 0, **how: Any) -> list[Event]:
    events = lot.parts.events.follow(production_id, after=after, until_end=True, **how)
    return [event async for event in events]


@pytest.mark.parametrize("graph", ["gate", "inner_gate"])
async def test_the_newest_state_stays_and_a_branch_leaves_from_it(lot: Lot, graph: str):
    made = await lot.finished(graph, GREEN)
    before = await lot.state(made)
    report = await tidied(lot, made)
    assert report.count("checkpoints") >= 3
    after = await lot.state(made)
    assert (after.status, after.values, after.seq) == (before.status, before.values, before.seq)
    head = await lot.parts.house.threads.snapshots.read(made, graph=graph)
    assert head.values["log"] == before.values["log"]
    branch = await fork(lot.parts.house, made, Difference(), user_id=USER)
    assert branch.status == "completed"
    assert (await tidied(lot, made)).is_empty, "a second time there is nothing left"


async def test_what_failed_goes_on_from_its_last_state(lot: Lot, tmp_path):
    mended = tmp_path / "mended"
    made = await lot.start("breaks", mended_file=str(mended))
    await lot.rest(made, "failed")
    assert not (await tidied(lot, made)).is_empty
    mended.touch()
    await lot.parts.house.runs.resume(user_id=USER, production_id=made)
    assert (await lot.rest(made, "completed")).values["log"] == ["plan", "mended", "finish"]


async def test_it_cannot_be_replayed_from_its_beginning_and_says_so(lot: Lot):
    made, other = await lot.finished("gate", GREEN), await lot.finished("gate", GREEN)
    [gate] = await lot.states(made, "review")
    await tidied(lot, made)
    with pytest.raises(RecordConflict, match="cleared"):
        await replay(lot.parts.house, made, user_id=USER)
    with pytest.raises(RecordNotFound):
        await fork(lot.parts.house, made, Difference(checkpoint_id=gate), user_id=USER)
    again = await replay(lot.parts.house, other, user_id=USER)  # the control: one that was not due
    await lot.rest(again.production_id, "completed")


async def test_what_a_branch_left_from_stays_and_what_a_replay_repeats_too(lot: Lot):
    left, repeated = await lot.finished("gate", GREEN), await lot.finished("gate", GREEN)
    [gate] = await lot.states(left, "review")
    branch = await fork(lot.parts.house, left, Difference(checkpoint_id=gate), user_id=USER)
    started = await replay(lot.parts.house, repeated, user_id=USER)
    await lot.rest(started.production_id, "completed")
    await tidied(lot, left, repeated)

    assert await fork(lot.parts.house, left, Difference(checkpoint_id=gate), user_id=USER)
    assert (await replay_report(lot.parts.house, started.production_id, user_id=USER)).identical
    await lot.answer(branch.production_id, **RED)
    await lot.rest(branch.production_id, "completed")


async def test_an_answer_without_a_state_of_its_own_is_still_replayed(lot: Lot):
    """Of three questions two were answered one by one: only the log tells that they were."""
    made = await lot.finished("fan_out_gates", GREEN, RED, GREEN)
    await tidied(lot, made, events=30)
    started = await replay(lot.parts.house, made, user_id=USER)
    await lot.rest(started.production_id, "completed")
    report = await replay_report(lot.parts.house, started.production_id, user_id=USER)
    assert (report.identical, report.differences) == (True, [])


async def test_whoever_follows_from_before_is_told_and_gets_the_newest_state(lot: Lot):
    made = await lot.finished("inner_gate", GREEN)
    whole = await followed(lot, made, gaps=True)
    assert [event.method for event in whole if event.method == "cleared"] == [], "nothing is missing yet"
    await tidied(lot, made)

    told, *left = await followed(lot, made, gaps=True)
    missing = {event.seq for event in whole} - {event.seq for event in left}
    assert (told.method, told.seq, told.payload) == ("cleared", 0, {"through": max(missing)})
    assert {event.method for event in whole if event.seq in missing} <= set(SPENT)
    assert left == [event for event in whole if event.seq not in missing], "in order, as they were"
    newest = [event for event in whole if event.method == "values" and not event.namespace][-1]
    assert newest in left

    late = await followed(lot, made, after=max(missing), gaps=True)
    assert [event.method for event in late if event.method == "cleared"] == []
    assert await followed(lot, made) == left, "who does not ask for gaps hears of none"


async def test_whoever_is_in_the_middle_is_told_as_well(lot: Lot, monkeypatch: pytest.MonkeyPatch):
    """Some pages were read before; the next one has a gap."""
    monkeypatch.setattr("server.runs.events.PAGE", 3)
    monkeypatch.setattr(lot.parts.events.read.__func__, "__kwdefaults__", {"limit": 3, "owner": None})
    made = await lot.finished("inner_gate", GREEN)
    events = lot.parts.events.follow(made, until_end=True, gaps=True)
    seen = [await anext(events) for _ in range(3)]
    await tidied(lot, made)
    seen += [event async for event in events]
    [told] = [event for event in seen if event.method == "cleared"]
    assert told.seq == seen[2].seq
    assert seen.index(told) == 3


async def test_its_archive_is_whole_and_goes_on_elsewhere(lot: Lot):
    """And a production that was cleared comes back from the archive that was made before, as a new one."""
    made = await lot.finished("gate", GREEN)
    await tidied(lot, made)
    archive = await packed(lot.parts.house, made)
    await tidied(lot, made, productions=30)
    with pytest.raises(RecordConflict, match="here already"):
        await bring(lot.parts.house, archive)
    brought = await bring(lot.parts.house, archive, as_new=True)
    state = await lot.state(brought.production_id)
    assert (state.status, state.values["log"]) == ("completed", ["plan", "finish"])


async def test_a_branch_is_not_brought_to_an_ancestor_of_which_only_books_are_left(lot: Lot):
    made = await lot.finished("gate", GREEN)
    [gate] = await lot.states(made, "review")
    branch = (await fork(lot.parts.house, made, Difference(checkpoint_id=gate), user_id=USER)).production_id
    archive, database = await packed(lot.parts.house, branch), lot.parts.house.database
    await database.execute("delete from productions where production_id = %s", [branch])
    await database.execute("delete from checkpoints where thread_id = %s", [branch])
    await tidied(lot, made, productions=30)
    with pytest.raises(RecordConflict, match="taken"):
        await bring(lot.parts.house, archive)
    brought = await bring(lot.parts.house, archive, as_new=True)
    await lot.answer(brought.production_id, **RED)
    await lot.rest(brought.production_id, "completed")
