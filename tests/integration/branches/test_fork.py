"""A branch stands where its parent stood, goes another way, and leaves the parent byte for byte as it was."""

from pathlib import Path
from typing import Any

import pytest

from server.branches.fork import Branch, Difference, fork
from state.errors import BriefIncomplete, RecordNotFound, ReviewRefused, RunNotFound
from tests.integration.branches.conftest import GREEN, RED, USER, Lot


async def branch(lot: Lot, production_id: str, **difference: Any) -> Branch:
    return await fork(lot.parts.house, production_id, Difference(**difference), user_id=USER)


@pytest.mark.parametrize("graph", ["gate", "inner_gate"])
async def test_an_answered_gate_is_open_again_in_the_branch_under_its_own_id(lot: Lot, graph: str):
    made = await lot.gated(graph)
    asked = (await lot.state(made)).interrupts
    await lot.answer(made, **GREEN)
    await lot.rest(made, "completed")
    before = await lot.everything(made)

    [gate] = await lot.states(made, "review")
    made_branch = await branch(lot, made, checkpoint_id=gate)
    assert made_branch.status == "paused"
    assert [(one["id"], one["value"]) for one in made_branch.interrupts] == [
        (one["id"], one["value"]) for one in asked
    ]
    await lot.answer(made_branch.production_id, **RED)
    state = await lot.rest(made_branch.production_id, "completed")
    assert state.values["answers"] == {"review": {"decision": "RED", "note": ""}}
    assert state.values["log"] == (await lot.state(made)).values["log"]
    assert await lot.everything(made) == before


@pytest.mark.parametrize("graph", ["gate", "inner_gate"])
async def test_without_a_checkpoint_the_branch_stands_at_the_open_gate(lot: Lot, graph: str):
    made = await lot.gated(graph)
    before = await lot.everything(made)
    first = await branch(lot, made, reply=RED)
    state = await lot.rest(first.production_id, "completed")
    assert state.values["answers"]["review"]["decision"] == "RED"
    assert await lot.everything(made) == before
    assert (await lot.state(made)).status == "paused"
    await lot.answer(made, **GREEN)
    await lot.rest(made, "completed")


async def test_only_the_nodes_after_the_gate_run_again(lot: Lot, tmp_path: Path):
    tally = tmp_path / "tally"
    made = await lot.finished("inner_gate", tally=str(tally))
    tally.unlink()
    [gate] = await lot.states(made, "review")
    other = await branch(lot, made, checkpoint_id=gate, reply=RED)
    await lot.rest(other.production_id, "completed")
    assert tally.read_text().split() == ["review", "finish"]


async def test_siblings_that_had_finished_stay_finished_and_open_questions_stay_open(lot: Lot):
    """Three workers ask at once; in the branch all three are open, whatever was answered since."""
    made = await lot.gated("fan_out_gates")
    asked = {one["id"] for one in (await lot.state(made)).interrupts}
    for _ in range(3):
        await lot.answer(made, **GREEN)
        await _still(lot, made)
    [gate] = await lot.questions(made)
    other = await branch(lot, made, checkpoint_id=gate)
    assert {one["id"] for one in other.interrupts} == asked
    for _ in range(3):
        await lot.answer(other.production_id, **RED)
        await _still(lot, other.production_id)
    assert set((await lot.state(other.production_id)).values["answers"].values()) == {"RED"}


async def _still(lot: Lot, production_id: str) -> None:
    """Wait until nobody works on it, whatever it came to."""
    async for event in lot.parts.events.follow(production_id):
        if event.method == "lifecycle" and not event.namespace:
            state = await lot.state(production_id)
            if state.status not in ("queued", "running"):
                return


async def test_an_earlier_state_runs_on_from_there(lot: Lot, tmp_path: Path):
    """A state between two nodes asks nothing: the branch stands still until it is told to go on."""
    tally = tmp_path / "tally"
    made = await lot.finished("gate", tally=str(tally))
    tally.unlink()
    [before_plan] = await lot.states(made, "write_plan")
    other = await branch(lot, made, checkpoint_id=before_plan)
    assert (other.status, other.interrupts, other.run_id) == ("paused", [], None)
    await lot.parts.house.runs.resume(user_id=USER, production_id=other.production_id)
    await lot.rest(other.production_id, "paused")
    assert tally.read_text().split() == ["write_plan", "review"]


@pytest.mark.parametrize("graph", ["gate", "inner_gate"])
async def test_a_changed_state_goes_on_at_once_and_asks_again(lot: Lot, graph: str):
    made = await lot.finished(graph)
    before = await lot.everything(made)
    [gate] = await lot.states(made, "review")
    node = {"gate": "write_plan", "inner_gate": "draw"}[graph]
    other = await branch(lot, made, checkpoint_id=gate, values={"log": ["changed"]}, as_node=node)
    assert other.run_id
    await lot.rest(other.production_id, "paused")
    await lot.answer(other.production_id, **RED)
    state = await lot.rest(other.production_id, "completed")
    assert "changed" in state.values["log"]
    assert await lot.everything(made) == before


async def test_the_budget_is_the_parents_unless_another_is_given(lot: Lot):
    made = await lot.gated("gate")
    for ceiling, micros in ((None, 3_000_000), ("1.50", 1_500_000)):
        other = await branch(lot, made, ceiling_usd=ceiling)
        row = await lot.parts.tools.database.fetch_one(
            "select ceiling_micros, parent_production_id::text as parent, parent_checkpoint_id, novela_id"
            " from productions where production_id = %s",
            [other.production_id],
        )
        assert row == {
            "ceiling_micros": micros, "parent": made, "parent_checkpoint_id": other.parent_checkpoint_id,
            "novela_id": None,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("difference", "error", "said"),
    [
        ({"checkpoint_id": "nonsense"}, RecordNotFound, "checkpoint"),
        ({"reply": {"decision": "UNKNOWN"}}, ReviewRefused, "no such item"),
        ({"reply": {"colour": "RED"}}, ReviewRefused, "decision"),
        ({"reply": {"decision": "RED"}, "interrupt_id": "other"}, ReviewRefused, "interrupt_id"),
        ({"values": {"lgo": []}}, BriefIncomplete, "values.lgo"),
        ({"values": {"log": 7}, "as_node": "write_plan"}, BriefIncomplete, "values"),
        ({"values": {}, "as_node": "wrte"}, BriefIncomplete, "as_node"),
        ({"values": {"log": []}, "reply": {"decision": "RED"}}, BriefIncomplete, "reply"),
    ],
)
async def test_what_is_refused_leaves_nothing_behind(
    lot: Lot, difference: dict[str, Any], error: type[Exception], said: str
):
    made = await lot.gated("gate")
    with pytest.raises(error, match=said):
        await branch(lot, made, **difference)
    rows = await lot.parts.tools.database.fetch_all(
        "select production_id::text as id from productions union select thread_id from checkpoints"
    )
    assert [row["id"] for row in rows] == [made]


async def test_another_users_production_cannot_be_branched(lot: Lot):
    made = await lot.gated("gate")
    with pytest.raises(RunNotFound):
        await fork(lot.parts.house, made, Difference(), user_id="somebody")
