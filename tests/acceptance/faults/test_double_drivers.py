"""Two workers drive one production at the same time: its lease is taken from under the one who has it."""

import pytest

from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import seed_of_today
from tests.acceptance.faults.thefts import rob

THEFTS = 40


async def test_two_drivers_buy_once_and_write_one_story(day: DaySet):
    haul = await rob(day, 3, thefts=3, at_once=2)
    print(haul)
    assert day.findings() == [], haul


@pytest.mark.soak
async def test_without_the_ledger_two_drivers_buy_twice(day: DaySet):
    """The control, as long as its loop: not every two drivers meet at the same order."""
    day.crew.guard_off = "ledger"
    await rob(day, 3, thefts=THEFTS)
    assert [one for one in day.findings() if one.startswith("bought")]


@pytest.mark.soak
async def test_40_double_drivers_buy_once(day: DaySet, capsys: pytest.CaptureFixture[str]):
    haul = await rob(day, seed_of_today(), thefts=THEFTS)
    with capsys.disabled():
        print(f"\ndouble drivers: {haul}")
    assert day.findings() == [], haul
    assert len(haul.thefts) == THEFTS
    assert haul.refused >= THEFTS, "somebody was robbed who did not drive"
    assert haul.while_sending >= THEFTS // 4
    assert haul.by_the_other >= THEFTS // 4
