"""What the judge of long lives sees, and what it lets pass."""

import pytest

from tests.integration.memory.judge import grown, table

STEADY = {"rss_mib": 200.0, "files": 40, "connections": 20, "tasks": 30, "threads": 9, "scratch": 0}


def series(**per_minute: float) -> list[dict[str, float]]:
    """Twenty minutes in which these grow by so much each."""
    return [
        {name: value + per_minute.get(name, 0) * minute for name, value in STEADY.items()}
        for minute in range(20)
    ]


def test_a_steady_life_passes() -> None:
    assert grown(series()) == []


@pytest.mark.parametrize("name", [name for name in STEADY if name != "rss_mib"])
def test_a_count_that_grows_by_one_every_four_minutes_is_told(name: str) -> None:
    [told] = grown(series(**{name: 0.25}))
    assert told.startswith(name)


def test_memory_that_grows_by_two_percent_in_twelve_minutes_is_told() -> None:
    assert grown(series(rss_mib=0.33)) == []
    [told] = grown(series(rss_mib=0.40))
    assert told.startswith("rss_mib: 207.6 at minute 20, at most 206.9")


def test_objects_that_pile_up_are_told() -> None:
    piling = [{"objects": 300_000.0 + 90 * n} for n in range(20)]
    assert grown(piling) == ["objects: 301710.0 at minute 20, at most 301630.0 is allowed"]
    assert grown([{"objects": 300_000.0 + 80 * n} for n in range(20)]) == []


def test_what_fills_up_before_the_eighth_minute_is_no_leak() -> None:
    filling = [minute | {"rss_mib": min(200.0, 100 + 20 * n)} for n, minute in enumerate(series())]
    assert grown(filling) == []


def test_a_share_that_others_left_is_no_leak() -> None:
    assert grown([minute | {"pss_mib": 150.0 + n} for n, minute in enumerate(series())]) == []


def test_pools_may_breathe() -> None:
    breathing = [minute | {"connections": 20 + n % 3} for n, minute in enumerate(series())]
    assert grown(breathing) == []


def test_a_life_that_was_cut_short_proves_nothing() -> None:
    assert grown(series()[:19]) == ["19 minutes of 20 were seen"]


def test_the_table_has_a_line_per_minute() -> None:
    assert len(table(series()).splitlines()) == 21
