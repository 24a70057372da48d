"""When something is sent again: spread, bounded, and not before its receiver wants it."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from server.hooks.schedule import (
    LONGEST_REST_S,
    LONGEST_WAIT_S,
    REST_AFTER,
    RETRIES_S,
    read_retry_after,
    rest_for,
    retry_in,
)

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_full_jitter_spreads_from_nothing_to_the_step() -> None:
    spread = random.Random(1).uniform  # noqa: S311 - jitter needs no secrecy
    for step, longest in enumerate(RETRIES_S):
        waits = [retry_in(step, spread=spread) for _ in range(500)]
        assert all(wait is not None and 0 <= wait <= longest for wait in waits)
        assert min(w for w in waits if w is not None) < longest * 0.05
        assert max(w for w in waits if w is not None) > longest * 0.95
    assert retry_in(len(RETRIES_S)) is None


def test_what_is_asked_for_is_the_least_and_has_an_end() -> None:
    assert retry_in(0, 600.0) == 600.0
    assert retry_in(0, 10 * LONGEST_WAIT_S) == LONGEST_WAIT_S
    assert retry_in(6, 1.0, spread=lambda low, high: high) == RETRIES_S[6]


def test_an_endpoint_rests_longer_and_longer_up_to_a_bound() -> None:
    rests = [rest_for(count, spread=lambda low, high: high) for count in range(1, 20)]
    assert rests[: REST_AFTER - 1] == [0.0] * (REST_AFTER - 1)
    assert rests[REST_AFTER - 1 : REST_AFTER + 2] == [30.0, 60.0, 120.0]
    assert rests[-1] == LONGEST_REST_S
    assert rest_for(10**6) <= LONGEST_REST_S
    assert rest_for(1, 90.0) == 90.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0), (" 120 ", 120.0), ("0", None), ("-5", None), ("1e9", None), ("soon", None),
        ("", None), (None, None), ("99999999999999999999", LONGEST_WAIT_S), ("٣", 3.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), None),
        ("Wed, 01 Jan 2099 00:00:00 GMT", LONGEST_WAIT_S), ("Wed, 99 Foo 2099 00:00:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_both_forms(text: str | None, seconds: float | None) -> None:
    assert read_retry_after(text, NOW) == seconds
