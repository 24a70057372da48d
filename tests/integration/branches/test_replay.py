"""A replay goes the recorded way by itself, in a branch of its own, and says whether it came out the same."""

import signal
from pathlib import Path

import pytest

from server.branches.fork import Difference, fork
from server.branches.replay import replay
from server.branches.report import Report, replay_report
from state.errors import RecordConflict, RecordNotFound
from tests.integration.branches.conftest import GREEN, RED, USER, Lot

APPROVED = {"approve_all": True}


async def replayed(lot: Lot, production_id: str, status: str = "completed", at: str | None = None) -> Report:
    started = await replay(lot.parts.house, production_id, user_id=USER, checkpoint_id=at)
    await lot.rest(started.production_id, status)
    return await replay_report(lot.parts.house, started.production_id, user_id=USER)


@pytest.mark.parametrize(
    ("graph", "replies"),
    [
        ("inner_gate", [RED]),
        ("two_gates", [RED, APPROVED]),
        ("fan_out_gates", [GREEN, RED, GREEN]),
        ("fan_out", []),
    ],
)
async def test_every_recorded_answer_is_given_again(lot: Lot, graph: str, replies: list[dict[str, str]]):
    if replies:
        made = await lot.finished(graph, *replies)
    else:
        made = await lot.start(graph)
        await lot.rest(made, "completed")
    before = await lot.everything(made)
    report = await replayed(lot, made)
    assert (report.identical, report.differences) == (True, [])
    values = (await lot.state(report.production_id)).values
    assert values == (await lot.state(made)).values
    assert await lot.everything(made) == before


async def test_a_replay_from_a_checkpoint_runs_only_what_follows(lot: Lot, tmp_path: Path):
    tally = tmp_path / "tally"
    made = await lot.finished("inner_gate", RED, tally=str(tally))
    tally.unlink()
    [gate] = await lot.states(made, "review")
    report = await replayed(lot, made, at=gate)
    assert (report.identical, report.nodes) == (True, 3)
    assert set(tally.read_text().split()) == {"review", "finish"}


async def test_a_paused_production_replays_to_its_open_gate(lot: Lot):
    made = await lot.gated("inner_gate")
    report = await replayed(lot, made, "paused")
    assert report.identical


async def test_a_fork_replays_through_what_it_has_in_common_with_its_parent(lot: Lot):
    made = await lot.finished("two_gates", RED, APPROVED)
    branch = await fork(
        lot.parts.house,
        made,
        Difference(checkpoint_id=(await lot.questions(made))[0], reply=GREEN),
        user_id=USER,
    )
    await lot.rest(branch.production_id, "paused")
    await lot.answer(branch.production_id, **APPROVED)
    await lot.rest(branch.production_id, "completed")
    report = await replayed(lot, branch.production_id)
    assert report.identical
    assert (await lot.state(report.production_id)).values["answers"]["review"]["decision"] == "GREEN"


async def test_a_difference_is_told(lot: Lot, tmp_path: Path):
    """A node that behaves differently today: the first node that is another one is named."""
    mended = tmp_path / "mended"
    mended.touch()
    made = await lot.start("breaks", mended_file=str(mended))
    await lot.rest(made, "completed")
    mended.unlink()
    report = await replayed(lot, made, "failed")
    assert not report.identical
    assert {one.what for one in report.differences} == {"end", "node"}
    [node] = [one for one in report.differences if one.what == "node"]
    assert (node.recorded, node.replayed) == ("break_down", None)


async def test_what_cannot_be_repeated_is_refused(lot: Lot):
    made = await lot.finished("gate")
    [gate] = await lot.states(made, "review")
    changed = await fork(
        lot.parts.house, made, Difference(checkpoint_id=gate, values={"log": ["x"]}, as_node="write_plan"),
        user_id=USER,
    )  # fmt: skip
    await lot.rest(changed.production_id, "paused")
    with pytest.raises(RecordConflict, match="by hand"):
        await replay(lot.parts.house, changed.production_id, user_id=USER)
    with pytest.raises(RecordNotFound):
        await replay_report(lot.parts.house, made, user_id=USER)


async def test_a_call_that_was_not_recorded_fails_the_replay_whatever_the_node_makes_of_it(
    lot: Lot, tmp_path: Path
):
    prompt, tally = tmp_path / "prompt", tmp_path / "tally"
    prompt.write_text("write")
    made = await lot.finished("asks", prompt=str(prompt), tally=str(tally))
    assert (await replayed(lot, made)).identical, "the control: nothing was changed"

    prompt.write_text("write better")
    report = await replayed(lot, made, "failed")
    assert report.error is not None
    assert report.error["code"] == "replay_diverged"
    assert report.error["details"]["changed"] == ["prompt"]
    assert report.ledger_rows == 0
    assert [word for word in tally.read_text().split("\n") if word.startswith("write")] == ["write"]
    runs = (await lot.state(report.production_id)).runs
    assert [run["status"] for run in runs] == ["failed", "cancelled"], "no answer is given to nobody"


async def test_a_replay_whose_worker_is_killed_goes_on(quiet_lot: Lot, spawn, tmp_path: Path):
    mark = tmp_path / "died"
    mark.touch()
    process = await spawn()
    made = await quiet_lot.finished("inner_gate", RED, die_once={"draw": str(mark)})
    mark.unlink()
    started = await replay(quiet_lot.parts.house, made, user_id=USER)
    assert await process.died() == -signal.SIGKILL
    await spawn()
    await quiet_lot.rest(started.production_id, "completed")
    report = await replay_report(quiet_lot.parts.house, started.production_id, user_id=USER)
    assert report.identical, report
