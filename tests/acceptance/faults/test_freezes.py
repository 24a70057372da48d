"""A process stands still at a named point, others take over, it wakes: what it then does has no effect."""

import pytest

from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import Deck, seed_of_today
from tests.acceptance.faults.loops import play
from tools.faults import POINTS

FREEZES, AT_DOORS = 34, 6


async def sleep_through(day: DaySet, fault: str) -> None:
    """One worker stands still until others have finished what it held, then wakes."""
    day.crew.may_wake = lambda: False
    day.crew.seat("m0", "work", deck=Deck([fault]))
    day.crew.seat("m1", "work")
    day.crew.seat("door", "serve", "--no-work")
    await day.days(until=lambda: len(day.incidents()) >= 1, at_once=2)


@pytest.mark.parametrize(
    "fault", ["before_post:1=freeze", pytest.param("before_pause:1=freeze", marks=pytest.mark.soak)]
)
async def test_who_sleeps_through_it_all_wakes_to_no_effect(day: DaySet, fault: str):
    await sleep_through(day, fault)
    assert day.findings() == []


@pytest.mark.soak
@pytest.mark.parametrize(
    ("guard", "point", "finding"),
    [
        ("deadline", "before_post:1=freeze", "bought 2 times"),
        ("fence", "before_pause:1=freeze", "not_settled"),
    ],
)
async def test_without_the_guard_a_sleeper_does_harm(day: DaySet, guard: str, point: str, finding: str):
    """The controls: the request leaves after its deadline; a pause is told over what came after it."""
    day.crew.guard_off = guard
    await sleep_through(day, point)
    assert [one for one in day.findings() if one.startswith(finding)]


@pytest.mark.soak
async def test_40_freezes_have_no_effect(day: DaySet, capsys: pytest.CaptureFixture[str]):
    told = await play(day, seed_of_today(), "freeze", workers=FREEZES, doors=AT_DOORS)
    with capsys.disabled():
        print(f"\nfreezes: {told}")
    assert day.findings() == [], told
    assert len(day.incidents()) >= FREEZES + AT_DOORS
    assert {one.point for one in day.incidents()} == set(POINTS), "a point was never played"
