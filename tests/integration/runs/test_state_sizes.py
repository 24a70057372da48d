"""A state that grows too large stops the run by the field's name; all is kept, and goes on once mended."""

import pytest

from server.runs.hands import Hands
from server.runs.sizes import SizeLimits
from server.threads.change_state import Change, StateChanges
from state.errors import StateTooLarge
from tests.integration.runs.conftest import USER
from tests.integration.runs.tiny_graphs import graphs

SMALL = SizeLimits(refuse=6000, warn=3000)
"""Of bytes. The tiny graphs make a few hundred."""


@pytest.mark.parametrize(
    ("brief", "field"),
    [
        ({"grow": {"log": 70}}, "log"), ({"grow": {"tell": 70}}, "payload.scenes"),
        ({"grow": {"log": 15, "again": 4}}, "log"),
    ],
    ids=["a result", "an event", "the whole state"],
)  # fmt: skip
async def test_what_grows_is_refused_before_it_is_written_and_named(lot, brief, field):
    """A result of a step; an event; a state that each step makes a little larger."""
    run = await lot.start("grows", **brief)
    async with lot.worker(limits=SMALL):
        state = await lot.until(run.production_id, "failed")
    assert state.error["code"] == "state_too_large"
    assert state.error["details"]["fields"][0]["field"].startswith(field)
    longest = await lot.database.fetch_one(
        "select (select max(octet_length(payload::text)) from events) as event,"
        " (select max(octet_length(blob)) from checkpoint_blobs) as blob,"
        " (select max(octet_length(blob)) from checkpoint_writes) as write"
    )
    assert max(longest.values()) < SMALL.refuse + 200, "with what the log lays around it"


async def test_a_run_that_was_refused_leaves_nothing_to_the_next_one_on_its_slot(lot):
    """Its step's writes do not come late, as another production's."""
    async with lot.worker(limits=SMALL, slots=1):
        refused = await lot.start("grows", grow={"tell": 70})
        await lot.until(refused.production_id, "failed")
        others = [await lot.start("line") for _ in range(3)]
        for other in others:
            await lot.until(other.production_id, "completed")
    claims = await lot.database.fetch_all("select epoch from productions")
    assert {row["epoch"] for row in claims} == {1}, "one of them was tried again"


async def test_it_goes_on_from_where_it_was_once_the_limit_is_higher(lot, tmp_path):
    run = await lot.start("grows", grow={"log": 70}, tally=str(tmp_path / "tally"))
    async with lot.worker(limits=SMALL):
        before = await lot.until(run.production_id, "failed")
    async with lot.worker():  # the control as well: with the usual limit nothing is refused
        await lot.runs.resume(user_id=USER, production_id=run.production_id)
        state = await lot.until(run.production_id, "completed", runs=2)
    assert before.values["log"] == ["plan"]
    assert (state.values["log"][0], state.values["log"][-1]) == ("plan", "finish")
    assert (tmp_path / "tally").read_text().split().count("write_plan") == 1


async def test_an_input_is_refused_by_its_field(lot):
    run = await lot.start("line", notes=["n" * 9000])
    async with lot.worker(limits=SMALL):
        state = await lot.until(run.production_id, "failed")
    assert state.error["details"]["fields"][0]["field"] == "brief.notes[0]"


async def test_a_change_by_hand_is_refused_and_changes_nothing(lot):
    run = await lot.start("gate")
    async with lot.worker():
        await lot.until(run.production_id, "paused")
    before = await lot.state(run.production_id)
    hands = Hands(lot.database, graphs(), SMALL)
    changes = StateChanges(lot.database, graphs(), hands, SMALL)
    try:
        large = Change(values={"log": ["x" * 9000]})
        with pytest.raises(StateTooLarge, match=r"values.log\[1\]"):
            await changes.update(large, user_id=USER, thread_id=run.production_id)
        assert (await lot.state(run.production_id)).interrupts == before.interrupts
        rows = "select count(*) as many from checkpoint_writes where octet_length(blob) > 6000"
        assert await lot.database.fetch_one(rows) == {"many": 0}
        small = Change(values={"log": ["x"]})  # the control
        assert await changes.update(small, user_id=USER, thread_id=run.production_id)
    finally:
        await hands.close()
