"""S1-36, S1-41, S1-43: what a series costs is told before anything is made, with two decimals."""

from decimal import Decimal
from typing import Any

import pytest

from server import estimates
from tests.integration.api.conftest import Lot
from tests.integration.api.making import NOVELA
from tools.engines.catalog import models_for, validate_parameters

URL = "/api/novelas/estimate"
ROW = {
    "modelId": "veo-3.1",
    "duration": 8,
    "resolution": "1080p",
    "targetEpisodes": 10,
    "scenesPerEpisode": 1,
}


async def asked(lot: Lot, **changes: Any) -> dict[str, Any]:
    answer = await lot.client.get(URL, params={**ROW, **changes})
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def test_ten_episodes_of_eight_seconds(lot: Lot) -> None:
    """The row's own figures: a video for each episode."""
    assert await asked(lot) == {
        "costPerVideo": "0.96", "videoCount": 10, "totalCost": "9.60",
        "breakdown": {"model": "veo-3.1", "duration": 8, "resolution": "1080p", "videoCount": 10},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"modelId": "veo-3.1-fast"}, ("0.72", 10, "7.20")), ({"duration": 4}, ("0.48", 10, "4.80")),
     ({"resolution": "720p"}, ("0.64", 10, "6.40")), ({"targetEpisodes": 1}, ("0.96", 1, "0.96")),
     ({"scenesPerEpisode": 4}, ("0.96", 40, "38.40")), ({"targetEpisodes": 50}, ("0.96", 50, "48.00")),
     ({"modelId": "wan-2.5-t2v", "duration": 5}, ("0.75", 10, "7.50"))],
)  # fmt: skip
async def test_the_estimate_follows_what_is_asked(
    lot: Lot, changes: dict[str, Any], told: tuple[str, int, str]
) -> None:
    found = await asked(lot, **changes)
    assert (found["costPerVideo"], found["videoCount"], found["totalCost"]) == told
    for table in ("novelas", "productions", "orders"):
        assert await lot.database.fetch_all(f"select 1 from {table}") == []


async def test_a_novela_is_answered_with_its_estimate(lot: Lot) -> None:
    sent = {**NOVELA, "defaultModelId": "veo-3.1", "targetEpisodes": 10}
    made = (await lot.client.post("/api/novelas", json=sent)).json()["data"]
    count = 10 * estimates.SCENES
    assert made["estimate"] == await asked(lot, scenesPerEpisode=estimates.SCENES)
    assert (made["estimate"]["videoCount"], made["estimatedCost"]) == (count, 0.96 * count)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"modelId": "sora"}, "modelId"), ({"duration": 5}, "duration"), ({"resolution": "8k"}, "resolution"),
     ({"targetEpisodes": 0}, "targetEpisodes"), ({"targetEpisodes": 51}, "targetEpisodes"),
     ({"scenesPerEpisode": 13}, "scenesPerEpisode")],
)  # fmt: skip
async def test_what_cannot_be_made_is_not_priced(lot: Lot, changes: dict[str, Any], field: str) -> None:
    answer = await lot.client.get(URL, params={**ROW, **changes})
    assert answer.status_code == 422
    assert field in answer.json()["error"]["details"]["fields"][0]["field"]


def test_two_decimals_lose_nothing_of_any_price() -> None:
    """So the total is what a reader works out from the two others."""
    for card in models_for("video"):
        for resolution in card.resolutions:
            for seconds in range(1, 61):
                kind = {"duration": seconds, "resolution": resolution}
                if not validate_parameters(card.id, kind):
                    price = estimates.scene(model_id=card.id, parameters=kind).as_usd()
                    assert price == price.quantize(Decimal("0.01")), (card.id, kind)
