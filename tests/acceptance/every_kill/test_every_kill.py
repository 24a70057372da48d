"""The long form: a kill at every single hit of every fault point, and at random moments.

`make soak SOAK=every_kill`. The seed of the random moments is printed; `SOAK_SEED` repeats them.
"""

import os
import random
from collections import Counter
from collections.abc import Sequence

import pytest

from tests.acceptance.faults.film_set import FilmSet, Moment
from tests.acceptance.faults.rehearsal import differences, rehearse
from tests.acceptance.faults.test_kills import EPISODE_POINTS

MOMENTS = 40
LONGEST_DELAY_S = 0.5
pytestmark = pytest.mark.soak


async def test_killed_at_every_hit_of_every_point(lanes: list[FilmSet], capsys: pytest.CaptureFixture[str]):
    """Same pictures, same words, and by the farm's invoices one POST per planned order."""
    calm = await rehearse(lanes[0])
    counted = Counter({point: hits for point, hits in calm.hits.items() if point in EPISODE_POINTS})
    assert set(counted) == EPISODE_POINTS
    every = [f"{point}:{hit}" for point, hits in counted.items() for hit in range(1, hits + 1)]
    assert await differences(lanes, calm, every) == []
    kills = _kills(lanes)
    _say(capsys, f"kills per point: {dict(kills)}, {kills.total()} in all")
    assert kills == counted


async def test_killed_at_random_moments(lanes: list[FilmSet], capsys: pytest.CaptureFixture[str]):
    seed = int(os.environ.get("SOAK_SEED") or random.SystemRandom().randrange(2**32))
    _say(capsys, f"seed of the random moments: SOAK_SEED={seed}")
    calm = await rehearse(lanes[0])
    dice = random.Random(seed)  # noqa: S311  # not for secrets: to be repeated
    moments = [Moment(dice.randint(1, calm.events), dice.uniform(0, LONGEST_DELAY_S)) for _ in range(MOMENTS)]
    assert await differences(lanes, calm, moments) == []
    kills = _kills(lanes)
    _say(capsys, f"kills per stage: {dict(kills)}, {kills.total()} in all")
    assert kills.total() == MOMENTS


async def test_without_the_guard_kills_buy_twice(lanes: list[FilmSet], capsys: pytest.CaptureFixture[str]):
    """The control: the same comparison sees what workers without a ledger buy twice.

    Only between a POST and the next checkpoint: later the ticket is in the state, ledger or not.
    """
    calm = await rehearse(lanes[0])
    for lane in lanes:
        lane.module = "tests.acceptance.faults.reckless_worker"
    posts = calm.hits["after_post"]
    kills = [f"after_post:{hit}" for hit in (1, posts // 3 + 1, 2 * posts // 3 + 1, posts)]
    found = await differences(lanes, calm, kills)
    _say(capsys, f"guard off, {len(found)} of {len(kills)} productions differ")
    assert len(found) == len(kills)
    assert all("bought twice {}" not in one for one in found), found


def _kills(lanes: Sequence[FilmSet]) -> Counter[str]:
    return sum((lane.kills for lane in lanes), Counter())


def _say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        print(f"\n{text}")
