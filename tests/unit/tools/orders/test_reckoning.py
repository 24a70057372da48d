"""The mission's sums for a video of 60 seconds, line by line."""

import pytest

from state.cost import Money
from state.errors import BriefIncomplete
from state.tier import Tier
from tools.orders.reckoning import PREVIEW_LIMIT, preview_seconds, reckon, reckon_video


@pytest.mark.parametrize(
    ("line", "usd"),
    [("planning", "0.05"), ("keyframes", "0.02"), ("video", "1.80"), ("audio", "0.20"), ("critic", "0.09")],
)
def test_each_line(line: str, usd: str) -> None:
    """S4-086."""
    assert getattr(reckon_video(60, tier="draft"), line) == Money.usd(usd)


def test_a_second_of_each_model() -> None:
    """S4-086."""
    assert (reckon(draft_s=1).video, reckon(premium_s=1).video) == (Money.usd("0.03"), Money.usd("0.50"))


@pytest.mark.parametrize(
    ("draft_s", "usd", "fits"),
    [(40, "1.56", True), (54, "1.98", True), (55, "2.01", False), (60, "2.16", False)],
)
def test_what_of_a_preview_stays_under_two_dollars(draft_s: int, usd: str, fits: bool) -> None:
    """S4-087: the seed's 1.56 is met with the 40 seconds that it counts; 60 are 2.16, and 54 are the most."""
    total = reckon_video(draft_s, tier="draft").total
    assert (total, total < PREVIEW_LIMIT) == (Money.usd(usd), fits)


def test_the_most_seconds_of_a_preview() -> None:
    """S4-087: six seconds out of the cache, or not shot, bring 60 under the limit."""
    assert preview_seconds() == 54
    assert preview_seconds(Money.usd("1.98")) == 53, "under, not at"
    assert preview_seconds(Money.usd("0.10")) == 0


@pytest.mark.parametrize("premium_s", [None, 20])
def test_the_final(premium_s: int | None) -> None:
    """S4-088: the parts make 11.56; the text's 11.54 is a slip."""
    found = reckon_video(60, premium_s=premium_s)
    assert (found.draft_s, found.premium_s, found.total) == (40, 20, Money.usd("11.56"))
    assert {kind: str(price) for kind, price in found.by_kind().items()} == {
        "video": "$11.20", "image": "$0.02", "audio": "$0.20", "llm": "$0.14",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "premium_s", "split"),
    [(6, None, (4, 2)), (180, None, (120, 60)), (7, None, (5, 2)), (60, 0, (60, 0)), (60, 60, (0, 60))],
)
def test_a_third_of_a_final_is_premium_unless_somebody_says(
    seconds: int, premium_s: int | None, split: tuple[int, int]
) -> None:
    found = reckon_video(seconds, premium_s=premium_s)
    assert (found.draft_s, found.premium_s) == split


@pytest.mark.parametrize(
    ("seconds", "tier", "premium_s", "told"),
    [(5, "final", None, "seconds: a video has 6 to 180, not 5"), (181, "draft", None, "seconds: a video has"),
     (-60, "draft", None, "seconds"), (60, "draft", 1, "premiumSeconds: nothing of a draft is made by"),
     (60, "final", 61, "premiumSeconds: 61 of 60 seconds"), (60, "final", -1, "premiumSeconds: -1 of 60")],
)  # fmt: skip
def test_what_no_video_can_be_is_named(seconds: int, tier: Tier, premium_s: int | None, told: str) -> None:
    with pytest.raises(BriefIncomplete, match=told) as wrong:
        reckon_video(seconds, tier=tier, premium_s=premium_s)
    assert wrong.value.details["fields"][0]["fix"] == wrong.value.user_action
