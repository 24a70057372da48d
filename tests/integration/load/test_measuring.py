"""What the figures are worth: none from too few, waiting counts, and a durable house is not in memory."""

import asyncio
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.integration.load import places
from tests.integration.load.samples import Samples, at_fixed_times
from tests.integration.load.test_many_at_once import P99_MS, check_that_it_was_quick

MEMORY = Path("/dev/shm")  # noqa: S108 - only looked at
EVERY_S, BLOCKED_S = 0.01, 0.1


def samples(*taken: float, name: str = "one") -> Samples:
    return Samples({name: list(taken)})


def test_there_is_no_percentile_of_nothing_and_none_of_too_few():
    with pytest.raises(AssertionError, match="0 requests were timed"):
        Samples().quantile_ms(0.99)
    with pytest.raises(AssertionError, match="2 requests were timed, and at least 3 are needed"):
        samples(1, 2).quantile_ms(0.99, of=3)
    assert samples(1, 2, 3).quantile_ms(0.99, of=3) == 3


@pytest.mark.parametrize(
    "seen",
    [samples(*[1.0] * 15), samples(*[1.0] * 97, *[P99_MS] * 3), samples(*[1.0] * 100, name="other")],
    ids=["few", "slow", "a_kind_is_missing"],
)
def test_a_class_is_refused_that_is(seen):
    with pytest.raises(AssertionError):
        check_that_it_was_quick(seen, ["one"], enough=16)
    check_that_it_was_quick(samples(*[1.0] * 16), ["one"], enough=16)


async def test_who_could_not_be_asked_in_time_has_waited():
    """A client that only waits for answers asks less while the server stands still, and calls it quick."""
    dues: list[float] = []
    seen, ended = Samples(), asyncio.Event()

    async def ask(number: int, due: float) -> None:
        dues.append(due)
        with seen.timed("since_due", due), seen.timed("since_sent", time.perf_counter()):
            if number == 0:
                time.sleep(BLOCKED_S)  # noqa: ASYNC251 - everything stands still
        if len(dues) == 2 * BLOCKED_S / EVERY_S:
            ended.set()

    await at_fixed_times(EVERY_S, ended, ask)

    assert all(later - one == pytest.approx(EVERY_S) for one, later in pairwise(dues))
    assert seen.quantile_ms(0.75, "since_due") > BLOCKED_S * 1000 / 4
    assert seen.quantile_ms(0.75, "since_sent") < BLOCKED_S * 1000 / 4


@pytest.mark.skipif(not MEMORY.is_dir(), reason="this system has no folder in memory")
def test_a_durable_house_refuses_memory(monkeypatch):
    monkeypatch.setattr(places, "DISK", MEMORY)
    with pytest.raises(AssertionError, match="set SOAK_DISK"), places.durable_place():
        pass
