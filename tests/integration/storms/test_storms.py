"""Productions at four vendors that fail: all end or pause with a reason, nothing is sent or paid twice."""

import os
from pathlib import Path

import pytest

from tests.integration.orders.shop import Shop
from tests.integration.storms.storm import Storm, Weather
from tests.integration.storms.weather import ASKED_FOR, AT_THE_FARM, EVERYTHING, table

NOT_AT = {
    "replicate": (), "fal": (), "google": (),
    "openai": ("expired address", "filtered video", "died", "look lost"),
}  # fmt: skip
"""What cannot happen at whom: OpenAI answers with the file, and makes no clips."""
SEED = int(os.environ.get("STORM_SEED", "7"))
VENDORS = ("replicate", "fal", "google", "openai", "previz")


def told(weather: Weather) -> None:
    """What it was like, for whoever runs it with -s."""
    print(f"\n{table(weather.happened, VENDORS)}")
    print(f"orders {dict(weather.ends)}\nproductions {dict(weather.rests)} {dict(weather.fates)}")
    print(f"{weather.settled} unknown prices settled, {weather.billed} micro-dollars billed")


async def test_each_kind_of_fault_in_a_few_productions(shop: Shop, tmp_path: Path) -> None:
    weather = await Storm(shop, tmp_path, SEED, 0.6).until_all_has_happened(8, 20)
    told(weather)
    assert set(ASKED_FOR) <= weather.kinds()
    assert weather.ends["done"] > 0


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("productions", "share"), [(200, 0.3), (50, 0.6)])
async def test_a_storm(shop: Shop, tmp_path: Path, productions: int, share: float) -> None:
    weather = await Storm(shop, tmp_path, SEED, share).over(productions)
    told(weather)
    assert sum(weather.rests.values()) == productions
    assert min(weather.fates[one] for one in ("killed", "cancelled")) > 0
    wanted = {(vendor, kind) for vendor, never in NOT_AT.items() for kind in set(EVERYTHING) - set(never)}
    wanted |= {("previz", kind) for kind in AT_THE_FARM}
    assert wanted <= {cell for cell, many in weather.happened.items() if many}
