"""Workers and doors are killed at named points while several productions are made over HTTP."""

import pytest

from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import Deck, seed_of_today
from tests.acceptance.faults.incidents import percentiles
from tests.acceptance.faults.loops import play
from tools.faults import POINTS

LEASES = {"GREENLIGHT_LEASE_TTL_S": "6", "GREENLIGHT_SWEEP_EVERY_S": "5"}
"""The defaults; the small loop has shorter ones."""
WORKERS, DOORS = 120, 30
LONGEST_P95_S, FEWEST_PAUSES = 10, 100


async def test_killed_workers_and_doors_lose_and_double_nothing(day: DaySet):
    told = await play(day, 1, "kill", workers=2, doors=1, at_once=2)
    print(told)
    assert day.findings() == [], told


@pytest.mark.soak
async def test_without_the_ledger_the_same_kill_buys_twice(day: DaySet):
    """The control: the same audit sees what workers without books buy twice."""
    day.crew.guard_off = "ledger"
    for name in ("m0", "m1"):
        day.crew.seat(name, "work", deck=Deck(["after_post:1=kill"]))
    day.crew.seat("door", "serve", "--no-work")
    await day.days(until=lambda: len(day.incidents()) >= 2, at_once=2)
    assert [one for one in day.findings() if one.startswith("bought 2 times")]


@pytest.mark.soak
async def test_150_kills_lose_and_double_nothing(day: DaySet, capsys: pytest.CaptureFixture[str]):
    day.crew.settings = LEASES
    told = await play(day, seed_of_today(), "kill", workers=WORKERS, doors=DOORS)
    with capsys.disabled():
        print(f"\nkills, {LEASES}: {told}")
    assert day.findings() == [], told
    assert {one.point for one in day.incidents()} == set(POINTS), "a point was never played"
    assert len(day.incidents()) >= WORKERS + DOORS
    waited = await day.pauses()
    assert len(waited) >= FEWEST_PAUSES, "too few to say anything of them"
    assert percentiles(waited)[1] < LONGEST_P95_S
