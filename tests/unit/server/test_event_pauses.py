"""How long a drive collects its events: by its habit, and longer where writing them is slow."""

from server.runs.writer import LINGER_S, LONGEST_S, pause_after


def test_a_quick_write_is_followed_by_the_usual_pause() -> None:
    assert pause_after(0.0) == pause_after(0.008) == LINGER_S


def test_a_slow_write_is_followed_by_a_longer_one_within_reason() -> None:
    assert pause_after(0.05) == 0.2
    assert pause_after(30) == LONGEST_S
