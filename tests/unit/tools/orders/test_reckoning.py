"""The mission's sums for a video of 60 seconds, line by line."""

from decimal import Decimal

import pytest

from state.cost import Money
from tools.orders.reckoning import PREVIEW_LIMIT, preview_seconds, reckon


@pytest.mark.parametrize(
    ("line", "usd"),
    [("planning", "0.05"), ("keyframes", "0.02"), ("video", "1.80"), ("audio", "0.20"), ("critic", "0.09")],
)
def test_each_line(line: str, usd: str) -> None:
    """S4-086."""
    assert getattr(reckon(draft_s=60), line) == Money.usd(usd)


def test_a_second_of_each_model() -> None:
    """S4-086."""
    assert (reckon(draft_s=1).video, reckon(premium_s=1).video) == (Money.usd("0.03"), Money.usd("0.50"))


@pytest.mark.parametrize(
    ("draft_s", "usd", "fits"),
    [(40, "1.56", True), (54, "1.98", True), (55, "2.01", False), (60, "2.16", False)],
)
def test_what_of_a_preview_stays_under_two_dollars(draft_s: int, usd: str, fits: bool) -> None:
    """S4-087: the seed's 1.56 is met with the 40 seconds that it counts; 60 are 2.16, and 54 are the most."""
    total = reckon(draft_s=draft_s).total
    assert (total, total < PREVIEW_LIMIT) == (Money.usd(usd), fits)


def test_the_most_seconds_of_a_preview() -> None:
    """S4-087: six seconds out of the cache, or not shot, bring 60 under the limit."""
    assert preview_seconds() == Decimal(54)
    assert preview_seconds(Money.usd("1.98")) == Decimal(53), "under, not at"
    assert preview_seconds(Money.usd("0.10")) == Decimal(0)


def test_the_final() -> None:
    """S4-088: the parts make 11.56; the text's 11.54 is a slip."""
    assert reckon(draft_s=40, premium_s=20).total == Money.usd("11.56")
