"""When the sweeper looks next: now and then, and right after the first lease that would end."""

import pytest

from server.runs.slot import Slot
from server.runs.sweeper import AFTER_A_LEASE_S, Swept, _pause_s, sweep
from tests.integration.runs.conftest import StudioLot
from tests.integration.runs.test_choosing import queue, slot, take

__all__ = ["slot"]


async def test_a_look_says_when_the_first_lease_ends(lot: StudioLot, slot: Slot) -> None:
    assert (await sweep(lot.database)).lease_ends_s is None, "nobody drives anything"
    await queue(lot, "hog", count=2)
    assert await take(slot, ttl_s=30)
    assert await take(slot, ttl_s=600)
    ends_s = (await sweep(lot.database)).lease_ends_s
    assert ends_s is not None
    assert 0 < ends_s <= 30


@pytest.mark.parametrize(
    ("lease_ends_s", "least", "most"),
    [(None, 3.5, 6.5), (100.0, 3.5, 6.5), (0.4, 0.4, 0.4 + AFTER_A_LEASE_S[1])],
)
def test_the_next_look_is_right_after_a_lease_or_as_usual(
    lease_ends_s: float | None, least: float, most: float
) -> None:
    pauses = [_pause_s(Swept(0, lease_ends_s), 5.0) for _ in range(200)]
    assert least <= min(pauses)
    assert max(pauses) <= most
    assert len(set(pauses)) > 100, "many processes do not look together"
