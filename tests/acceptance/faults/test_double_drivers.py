"""Two workers drive one production at the same time: its lease is taken from under the one who has it."""

import pytest

from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import seed_of_today
from tests.acceptance.faults.loops import rob

THEFTS = 40
LONG = {"GREENLIGHT_LEASE_TTL_S": "30"}
"""So that whoever is robbed learns of it when it writes, and not before."""


@pytest.mark.soak
async def test_two_drivers_buy_once_and_write_one_story(day: DaySet):
    day.crew.settings = LONG
    told = await rob(day, 3, thefts=3, at_once=2)
    print(told)
    assert day.findings() == [], told


@pytest.mark.soak
async def test_without_the_ledger_two_drivers_buy_twice(day: DaySet):
    """The control, as long as its loop: not every two drivers meet at the same order."""
    day.crew.settings, day.crew.guard_off = LONG, "ledger"
    await rob(day, 3, thefts=THEFTS)
    assert [one for one in day.findings() if one.startswith("bought")]


@pytest.mark.soak
async def test_40_double_drivers_buy_once(day: DaySet, capsys: pytest.CaptureFixture[str]):
    day.crew.settings = LONG
    told = await rob(day, seed_of_today(), thefts=THEFTS)
    with capsys.disabled():
        print(f"\ndouble drivers: {told}")
    assert day.findings() == [], told
