"""A trial over the API: the price, the approval of exactly that price, how far it is; and nobody else's."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.sse import StreamLimits
from server.trials.plan import plan_of
from server.trials.trials import Trials
from server.trials.verified import doubts
from state.cost import Money
from tests.integration.api.conftest import Lot, open_lot
from tests.integration.api.making import another_user
from tests.standins.job_vendors import JobVendors, job_vendors_here
from tools.db.pool import Database
from tools.engines.catalog import model_card
from tools.registry import open_toolbox
from tools.settings import Settings

ASKED = {"spendUsd": "0.10", "kinds": ["picture", "clip"]}
ROUTE = "/api/providers/replicate/trial"


@dataclass
class Trying:
    """A house that tries, and the books of whom it tries."""

    lot: Lot
    vendors: JobVendors
    trials: Trials

    async def post(self, **more: Any) -> httpx.Response:
        return await self.lot.client.post(ROUTE, json={**ASKED, **more})

    async def quoted(self, **more: Any) -> str:
        return str((await self.post(**more)).json()["data"]["plan"]["quoteId"])

    def ordered(self) -> int:
        return len(self.vendors.books.orders("replicate"))

    async def ended(self, production_id: str) -> dict[str, Any]:
        """A trial that was begun over the API, when it is over."""
        running = [task for task in asyncio.all_tasks() if task.get_name() == f"trial {production_id}"]
        await asyncio.gather(*running)
        answer = await self.lot.client.get(f"/api/providers/replicate/trials/{production_id}")
        data: dict[str, Any] = answer.json()["data"]
        return data


@pytest.fixture
async def trying(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[Trying]:
    async with job_vendors_here() as vendors:
        settings = Settings.model_validate({
            "data_dir": tmp_path, "link_secret": "a-secret-for-the-tests", "database_url": database_url,
            "replicate_api_token": vendors.replicate.key, "replicate_base_url": vendors.replicate.url,
        })  # fmt: skip
        tools = await open_toolbox(settings)
        trials = Trials(tools)
        try:
            async with open_lot(database, settings, StreamLimits(), trials=trials) as lot:
                yield Trying(lot, vendors, trials)
        finally:
            await trials.close()
            await tools.close()


async def test_the_price_comes_first_and_its_approval_buys_it_once(trying: Trying) -> None:
    priced = await trying.post()
    plan = priced.json()["data"]["plan"]
    assert (priced.status_code, trying.ordered()) == (200, 0)
    assert [line["kind"] for line in plan["calls"]] == ["picture"]
    assert [line["kind"] for line in plan["leftOut"]] == ["clip"]

    begun = await trying.post(quoteId=plan["quoteId"])
    assert begun.status_code == 202, begun.text
    trial = await trying.ended(begun.json()["data"]["productionId"])
    assert (trial["state"], trying.ordered()) == ("good", 1)
    assert trial["billedUsd"] == plan["totalUsd"]
    assert [call["file"]["mime"].partition("/")[0] for call in trial["calls"]] == ["image"]


async def test_what_was_approved_is_one_users_one_ceiling_and_one_price(trying: Trying) -> None:
    quote = await trying.quoted()
    other = await another_user(trying.lot)
    theirs = plan_of("replicate", Money.usd("0.10"), ("picture", "clip")).approval_of(other)
    for changed in ({"quoteId": theirs}, {"quoteId": quote, "spendUsd": "0.11"},
                    {"quoteId": quote, "kinds": ["music"]}):  # fmt: skip
        refused = await trying.post(**changed)
        assert refused.status_code in (409, 422), refused.text
        assert "quote" in refused.text
    assert trying.ordered() == 0
    assert (await trying.post(quoteId=quote)).status_code == 202, "the control: the same that was priced"


@pytest.mark.parametrize(
    "odd", [{"spend": "0.10"}, {"model": "veo-3.1"}, {"spendUsd": "-1"}, {"spendUsd": "1001"}, {"kinds": []},
            {"kinds": ["hat"]}],
)  # fmt: skip
async def test_what_nobody_asked_for_is_refused(trying: Trying, odd: dict[str, Any]) -> None:
    assert (await trying.post(**odd)).status_code == 422


async def test_another_users_trial_is_not_there(trying: Trying) -> None:
    other = await another_user(trying.lot)
    plan = plan_of("replicate", Money.usd("0.10"), ("picture",))
    trial, _ = await trying.trials.begin(plan, user_id=other)
    route = f"/api/providers/replicate/trials/{trial.production_id}"
    assert (await trying.lot.client.get(route)).status_code == 404
    assert (await trying.post()).json()["data"]["productionId"] is None, "and is not gone on with"
    await trying.lot.database.execute("update trials set user_id = 'local'")
    assert (await trying.lot.client.get(route)).status_code == 200, "the control: their own is there"


async def test_models_say_what_is_in_doubt_and_when_they_were_tried(trying: Trying) -> None:
    before = await models(trying)
    assert {model["triedAt"] for model in before.values()} == {None}
    for one, model in before.items():
        assert tuple(model["unverified"]) == doubts(model_card(one))
        assert ("facts" in model["unverified"]) is not model["verified"]

    begun = await trying.post(quoteId=await trying.quoted())
    await trying.ended(begun.json()["data"]["productionId"])
    after = await models(trying)
    tried = {one for one, model in after.items() if model["triedAt"] is not None}
    assert tried == {"flux-schnell"}
    assert datetime.fromisoformat(after["flux-schnell"]["triedAt"]).tzinfo is not None
    assert after["flux-schnell"]["unverified"] == before["flux-schnell"]["unverified"], "a trial is no bill"


async def models(trying: Trying) -> dict[str, dict[str, Any]]:
    data = (await trying.lot.client.get("/api/models")).json()["data"]
    return {model["id"]: model for medium in ("video", "image", "voice", "music") for model in data[medium]}
