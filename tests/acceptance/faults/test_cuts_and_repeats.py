"""Wires are cut at named points, steps are slow there, and what happens there happens twice."""

import pytest

from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import seed_of_today
from tests.acceptance.faults.loops import play
from tools.faults import POINTS, actions_at

pytestmark = pytest.mark.soak


@pytest.mark.parametrize(
    ("action", "workers", "doors"), [("cut", 44, 6), ("delay:1500", 24, 4), ("twice", 12, 6)]
)
async def test_faults_that_a_process_outlives_lose_and_double_nothing(
    day: DaySet, action: str, workers: int, doors: int, capsys: pytest.CaptureFixture[str]
):
    """A delay is longer than the lease, which has to be renewed meanwhile."""
    told = await play(day, seed_of_today(), action, workers=workers, doors=doors)
    with capsys.disabled():
        print(f"\n{action}: {told}")
    assert day.findings() == [], told
    kind = action.partition(":")[0]
    assert {one.point for one in day.incidents()} == {one for one in POINTS if kind in actions_at(one)}
