"""The demo's episode with its three roles split over three vendors, one take refused at first."""

import json
from pathlib import Path
from typing import Any

import pytest

from state.writing import SceneDraft, SeriesPlan
from tests.acceptance.live_house import ADVICE, live_house, report
from tests.acceptance.studio_lot import Walk, begin
from tests.acceptance.test_live_novela import SPLIT, text_orders
from tests.acceptance.test_novela_troubles import make_moody
from tests.standins.model_vendors import Asked, Said

DEMO = json.loads((Path(__file__).parents[2] / "examples" / "novela.json").read_text("utf-8"))


class Remembering:
    """Says what the offline writer said to the same words, as shortly as it can be said."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, Any]] = {}

    async def learn(self, walk: Walk) -> None:
        for row in await text_orders(walk):
            said, shape = row["result"]["content"], SceneDraft if row["stage"] == "script" else SeriesPlan
            if row["stage"] in ("script", "plan"):
                said = shape.model_validate(said).model_dump(mode="json", exclude_defaults=True)
            self.answers[row["request"]["prompt"]] = said

    def __call__(self, asked: Asked) -> Said:
        words = f"{asked.system}\n\n{asked.turns[0].text}"
        if asked.turns[0].text.startswith("# Check"):
            return Said(text=json.dumps(report(asked.turns[0].text)))
        known = next((said for prompt, said in self.answers.items() if words.startswith(prompt)), ADVICE)
        return Said(text=json.dumps(known, ensure_ascii=False))


@pytest.mark.nightly
async def test_the_demo_is_written_by_three_vendors(database_url: str, tmp_path: Path, voice_models: Path):
    brain = Remembering()
    brief = {**DEMO, "model_id": "previz-animatic", "resolution": "180p"}
    async with live_house(database_url, tmp_path / "data", voice_models) as (parts, vendors, _):
        vendors.think_with(brain)
        offline = await begin(parts, review="auto", **brief)
        await offline.to_end()
        await brain.learn(offline)
        make_moody(parts, 1)
        walk = await begin(parts, review="auto", context={"text_models": SPLIT}, **brief)
        state = await walk.to_end()
        assert "master.mp4" in (state.values or {})["deliverables"]
        text = await text_orders(walk)
        assert {(row["request"]["agent"], row["model"]) for row in text} == set(SPLIT.items())
        assert {invoice.vendor for invoice in vendors.books.invoices} == {"openai", "google", "deepseek"}
        assert sum(row["cost_actual"] for row in text) == vendors.books.micro_usd() > 0
        assert await taken(walk) == await taken(offline), "the same staging makes the same film"


async def taken(walk: Walk) -> dict[str, str]:
    return {row["item"]: row["sha256"] for row in await walk.orders("take")}
