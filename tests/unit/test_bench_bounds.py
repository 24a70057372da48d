"""What `make bench` asserts can be broken: a first word that is late or none (S1-04), a slow shooting."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from benchmarks import engines
from benchmarks.agents import FIRST_AT_ALL_MS, FIRST_MS, Table, heard_in_run
from benchmarks.engines_shooting import AT_ONCE, SCENES, SHOTS, Shooting, measured
from tests.standins.job_vendors.jobs import Job


class Server:
    """Tells a run's stream."""

    def __init__(self, *told: bytes) -> None:
        self.told = told

    async def events(self, assistant: str, **asked: Any) -> AsyncIterator[tuple[float, bytes]]:
        for one in self.told:
            yield 0.0, one


@pytest.mark.parametrize(("late_ms", "good"), [(1000.0, True), (1000.1, False)])
def test_a_first_word_after_a_second_breaks_the_bench(late_ms: float, good: bool) -> None:
    assert (FIRST_MS, FIRST_AT_ALL_MS) == (20.0, 1000.0)
    table = Table()
    table.line("first words", None, late_ms, "ms", FIRST_AT_ALL_MS)
    table.line("what comes after", None, 0.0, "ms", FIRST_AT_ALL_MS)
    assert table.good is good


async def test_who_hears_no_word_has_not_heard_it_early() -> None:
    server: Any = Server(b'{"userMessage": "It is')
    assert await heard_in_run(server, "t", {}) > 0
    silent: Any = Server(b"{}")
    with pytest.raises(AssertionError, match="without a word"):
        await heard_in_run(silent, "t", {})


LENGTHS = [3.0, 6.0, 4.0, 5.0, 3.0]
"""The best with three at once: 3 + 5 beside 6 beside 4 + 3, so 8; in batches 6 + 5."""


def shot(begins: list[float]) -> Shooting:
    """Both scenes, with jobs that begin then in each and are so long."""
    jobs = [
        Job(
            id=f"{scene}/{begin}", vendor="replicate", model="m", key="k", given={}, input={}, seed=1,
            created_at=100 * scene + begin, starts_at=0, ends_at=None, ended_at=100 * scene + begin + length,
        )
        for scene in range(SCENES)
        for begin, length in zip(begins, LENGTHS, strict=True)
    ]  # fmt: skip
    return measured(jobs)


@pytest.mark.parametrize(
    ("begins", "took_s", "peak"),
    [
        ([0, 0, 0, 3, 4], 8.0, 3),  # as soon as a job has ended
        ([0, 0, 0, 3.3, 4.3], 8.3, 3),
        ([0, 0, 0, 6, 6], 11.0, 3),  # in batches
        ([0, 0, 0, 0, 0], 6.0, 5),  # more than may be made at once
    ],
)
def test_a_shooting_is_measured_against_the_best_schedule_of_its_own_jobs(
    begins: list[float], took_s: float, peak: int
) -> None:
    assert (SHOTS, AT_ONCE, engines.LATE) == (5, 3, 1.05)
    told = shot(begins)
    assert (told.best_s, told.batches_s) == (16.0, 22.0)
    assert told.took_s == pytest.approx(2 * took_s)
    assert told.peak == peak


@pytest.mark.parametrize(
    ("ours", "least", "good"), [(1.05, False, True), (1.06, False, False), (1.05, True, False)]
)
def test_a_bound_of_the_engines_can_be_broken_and_a_control_must_break_it(
    ours: float, least: bool, good: bool
) -> None:
    table = engines.Table()
    table.line("10 shots", 1.0, ours, "times", engines.LATE, least=least)
    assert table.good is good
