"""Who may write here: the page and the API offer what has a key, and say what is missing for the rest."""

import re

import pytest
from pydantic import SecretStr

from server.sse import StreamLimits
from tests.integration.api.conftest import Lot, open_lot
from tests.integration.api.making import another_user
from tests.integration.api.test_pages import shown
from tools.db.pool import Database
from tools.models.catalog import text_models
from tools.settings import Settings

KEY = SecretStr("a-key-of-a-vendor-1234")
OPENAI = [card.id for card in text_models() if card.provider == "openai"]
GOOGLE = [card.id for card in text_models() if card.provider == "google"]


async def offered(lot: Lot) -> tuple[list[str], str]:
    """The choices on the form, and the note below them."""
    page = await shown(lot.client, "/new")
    [field] = re.findall(r'data-field="text_model" data-kind="choice".*?</div>', page, re.DOTALL)
    assert "Who writes it" in field
    [note] = re.findall(r'<p class="help">(.*?)</p>', field, re.DOTALL)
    return re.findall(r'<option value="([^"]*)"', field), note


async def here(lot: Lot) -> set[str]:
    data = (await lot.client.get("/api/models/text")).json()["data"]
    assert [model["id"] for model in data["models"]] == [card.id for card in text_models()]
    return {model["id"] for model in data["models"] if model["here"]}


async def test_without_a_key_there_is_the_offline_writer_and_what_to_set(lot: Lot) -> None:
    ids, note = await offered(lot)
    assert (ids, await here(lot)) == (["offline-writer"], set())
    for setting in ("OPENAI_API_KEY", "GOOGLE_API_KEY", "DEEPSEEK_API_KEY", "GREENLIGHT_MODEL_SERVER_URL"):
        assert setting in note


@pytest.mark.parametrize(
    ("told", "ids", "own"),
    [({"openai_api_key": KEY}, ["live", *OPENAI], False), ({"google_api_key": KEY}, GOOGLE, False),
     ({"google_api_key": KEY, "openai_model": "gemini-2.5-pro"}, ["live", *GOOGLE], False),
     ({"model_server_url": "http://127.0.0.1:9/v1"}, [], True)],
)  # fmt: skip
async def test_a_key_of_this_server_offers_its_models(
    database: Database,
    settings: Settings,
    limits: StreamLimits,
    told: dict[str, object],
    ids: list[str],
    own: bool,
) -> None:
    async with open_lot(database, settings.model_copy(update=told), limits) as lot:
        shown_ids, note = await offered(lot)
        assert shown_ids == ["offline-writer", *ids]
        assert await here(lot) == {one for one in ids if one != "live"}
        assert ("Tokens of a language model cost" in note, "own/NAME" in note) == (not own, own)


async def test_an_own_key_offers_its_models_until_it_is_used_up(lot: Lot) -> None:
    row = await lot.house.provider_keys.add("local", provider="google", label="mine", key=KEY)
    other = await another_user(lot)
    await lot.house.provider_keys.add(other, provider="openai", label="theirs", key=KEY)
    assert (await offered(lot))[0] == ["offline-writer", *GOOGLE], "and not what the other has"
    for status, count in {"rate_limited": len(GOOGLE), "exhausted": 0, "error": 0, "disabled": 0}.items():
        await lot.database.execute(
            "update provider_keys set status = %s where key_id = %s", [status, row["id"]]
        )
        assert len(await here(lot)) == count, status


async def test_what_live_means_is_told_by_role(lot: Lot) -> None:
    data = (await lot.client.get("/api/models/text")).json()["data"]
    assert [(role["role"], role["model"], role["here"]) for role in data["roles"]] == [
        ("script_writer", "gpt-5", False), ("system_integrator", "gpt-5", False),
        ("fallback_handler", "gpt-5", False),
    ]  # fmt: skip
    assert (data["ownServer"], len(data["settings"])) == (False, 4)


def of_role(page: str, knob: str, role: str) -> str:
    [group] = re.findall(rf'<details class="group" data-field="{knob}".*?</details>', page, re.DOTALL)
    [field] = re.findall(rf'<div class="field [^>]*data-field="{role}".*?</div>', group, re.DOTALL)
    return field


async def test_each_role_has_a_choice_with_what_it_costs(lot: Lot) -> None:
    """Nobody has to write JSON, and what has no key here is not offered."""
    await lot.house.provider_keys.add("local", provider="google", label="mine", key=KEY)
    page = await shown(lot.client, "/new")
    for knob, nobody in (("text_models", "As chosen for all"), ("text_fallbacks", "Nobody")):
        for role in ("script_writer", "system_integrator", "fallback_handler"):
            field = of_role(page, knob, role)
            assert re.findall(r'<option value="([^"]*)"', field) == ["", "offline-writer", *GOOGLE]
            assert (nobody in field, "Gemini 2.5 Flash · google · $0.30 in, $2.50 out" in field) == (
                True,
                True,
            )
    assert "JSON" not in page.partition("How it is made")[2]


async def test_a_model_of_ones_own_server_is_written_for_a_role(
    database: Database, settings: Settings, limits: StreamLimits
) -> None:
    there = settings.model_copy(update={"model_server_url": "http://127.0.0.1:9/v1"})
    async with open_lot(database, there, limits) as lot:
        field = of_role(await shown(lot.client, "/new"), "text_models", "script_writer")
    assert '<input type="text" value=""' in field
    assert '<datalist id="text_models-script_writer"><option value="offline-writer">' in field


async def test_what_fits_a_graph_and_a_tier_and_what_it_costs_is_told(lot: Lot) -> None:
    data = (await lot.client.get("/api/models/text?graph=novela&tier=draft")).json()["data"]
    fits = {model["id"]: model["fits"] for model in data["models"]}
    assert (fits["gpt-5"], fits["gpt-5-mini"]) == (False, True)
    [one] = [model for model in data["models"] if model["id"] == "gpt-5"]
    assert (one["inputUsd"], one["outputUsd"]) == ("1.25", "10")
    final = (await lot.client.get("/api/models/text")).json()["data"]
    assert all(model["fits"] for model in final["models"])
    assert len(data["roles"]) == 3
    assert (await lot.client.get("/api/models/text?graph=ad")).json()["data"]["roles"] == []
