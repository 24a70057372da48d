"""Which frames of its own a clip can be told."""

import pytest

from state.cost import Money, PlannedCall
from tools.orders.planned import told_frames


def a_clip(provider: str, model: str, seconds: int) -> PlannedCall:
    return PlannedCall(
        stage="take", item="1A", provider=provider, model=model, unit="second", units=seconds, price=Money(),
        parameters={"resolution": "720p", "aspect_ratio": "16:9"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("provider", "model", "seconds", "told"),
    [
        ("google", "google-veo-3.1-fast", 8, {"first", "last"}),
        ("google", "google-veo-3.1-fast", 20, {"first"}),
        ("replicate", "wan-2.5-t2v-fast", 5, set()),
        ("previz", "google-veo-3.1-fast", 8, set()),
    ],
    ids=["both", "made longer afterwards", "none", "drawn here"],
)
def test_a_frame_is_told_where_the_model_takes_one(
    provider: str, model: str, seconds: int, told: set[str]
) -> None:
    assert told_frames(a_clip(provider, model, min(seconds, 8)), seconds) == told
