"""Wires are cut at named points, steps are slow there, and what happens there happens twice."""

import pytest

from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import seed_of_today
from tests.acceptance.faults.loops import play, play_one
from tools.faults import POINTS, actions_at

DELAY = "delay:1500"
"""Milliseconds: longer than the lease of a shooting day."""
BEFORE_IT_IS_KEPT = {"after_claim"}
"""Where a lease has been taken and nobody renews it yet."""


@pytest.mark.parametrize("action", ["cut", "twice"])
async def test_a_few_faults_that_a_process_outlives_lose_and_double_nothing(day: DaySet, action: str):
    told = await play(day, 1, action, workers=2, doors=1, at_once=2)
    print(told)
    assert day.findings() == [], told


@pytest.mark.soak
@pytest.mark.parametrize(("action", "workers", "doors"), [("cut", 44, 6), (DELAY, 24, 4), ("twice", 12, 6)])
async def test_faults_that_a_process_outlives_lose_and_double_nothing(
    day: DaySet, action: str, workers: int, doors: int, capsys: pytest.CaptureFixture[str]
):
    """Whoever is delayed keeps what it has; whose wire is cut may lose it."""
    told = await play(day, seed_of_today(), action, workers=workers, doors=doors)
    with capsys.disabled():
        print(f"\n{action}: {told}")
    assert day.findings() == [], told
    kind = action.partition(":")[0]
    assert {one.point for one in day.incidents()} == {one for one in POINTS if kind in actions_at(one)}
    assert action != DELAY or {one.point for one in await day.taken_over()} <= BEFORE_IT_IS_KEPT


@pytest.mark.soak
@pytest.mark.parametrize(
    ("guard", "fault", "finding"),
    [
        ("ledger", "after_post:1=cut", "bought 2 times"),
        ("waiting", "before_checkpoint:2=cut", "failed"),
        ("ids", "before_events:1=twice", "bad_ends"),
    ],
)
async def test_without_the_guard_one_fault_does_harm(day: DaySet, guard: str, fault: str, finding: str):
    """The controls: an answer that was lost is bought again; a wire fails a run; an event is told twice."""
    day.crew.guard_off = guard
    await play_one(day, fault)
    assert [one for one in day.findings() if finding in one]


@pytest.mark.soak
@pytest.mark.parametrize(("guard", "lost"), [("", False), ("renewal", True)])
async def test_a_lease_outlasts_a_delay_because_it_is_renewed(day: DaySet, guard: str, lost: bool):
    """A delay that is longer than the lease, and its control."""
    day.crew.guard_off = guard
    await play_one(day, f"before_done:1={DELAY}")
    assert bool(await day.taken_over()) is lost
    assert day.findings() == []
