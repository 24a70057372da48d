"""`greenlight doctor --provider`: the list of models, the cheapest answer, and what it cost."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.vitals.vendors import check_vendor
from tests.integration.cli.test_command import Greenlight, greenlight
from tests.integration.models.asking import HandClock
from tests.standins.model_vendors import Vendors, faults, model_vendors
from tools.db.doctor import Check
from tools.settings import Settings

__all__ = ["greenlight"]
CHEAPEST = {"openai": "gpt-5-nano", "google": "gemini-2.5-flash", "deepseek": "deepseek-chat"}
WANTED = {
    "openai": "gpt-5 is there",
    "google": "gemini-2.5-flash, gemini-2.5-pro are there",
    "deepseek": "deepseek-chat is there",
}


def at(vendors: Vendors, tmp_path: Path, **other: Any) -> Settings:
    told = {
        "openai_api_key": vendors.openai.key, "openai_base_url": f"{vendors.openai.url}/v1",
        "google_api_key": vendors.google.key, "google_base_url": vendors.google.url,
        "deepseek_api_key": vendors.deepseek.key, "deepseek_base_url": vendors.deepseek.url,
        "model_server_url": f"{vendors.openai.url}/v1", "model_server_key": vendors.openai.key,
    }  # fmt: skip
    return Settings.model_validate({"data_dir": tmp_path, **told, **other})


async def checked(settings: Settings, vendor: Any) -> list[Check]:
    return await check_vendor(settings, vendor, clock=HandClock(30.0))


@pytest.fixture
def settings(vendors: Vendors, tmp_path: Path) -> Settings:
    return at(vendors, tmp_path)


@pytest.mark.parametrize("vendor", CHEAPEST)
async def test_the_list_is_asked_first_and_then_the_cheapest_model(
    vendors: Vendors, settings: Settings, vendor: Any
):
    """S1-05."""
    models, answer = await checked(settings, vendor)

    assert (models.status, answer.status) == ("ok", "ok")
    assert WANTED[vendor] in models.message
    first, second = vendors.books.requests
    assert (first.method, second.method) == ("GET", "POST")
    (invoice,) = vendors.books.invoices
    assert (invoice.model, invoice.completion_tokens <= 16) == (CHEAPEST[vendor], True)
    assert f"{invoice.prompt_tokens} tokens read, {invoice.completion_tokens} written, $" in answer.message


async def test_what_it_cost_is_told_to_the_micro_dollar(vendors: Vendors, settings: Settings):
    _, answer = await checked(settings, "openai")

    told = f"${vendors.books.micro_usd() / 1_000_000:.6f}, not booked: there is no database here"
    assert answer.message.endswith(f", {told}")


async def test_a_server_of_ones_own_is_asked_for_the_first_model_it_names(
    vendors: Vendors, settings: Settings
):
    vendors.openai.models = {name: vendors.openai.models[name] for name in ("gpt-4o-mini", "gpt-4o")}

    models, answer = await checked(settings, "own")

    assert (models.status, models.message, answer.status) == ("ok", "2 offered", "ok")
    assert vendors.books.invoices[0].model == "gpt-4o-mini"


async def test_a_model_that_is_not_offered_is_named(vendors: Vendors, settings: Settings):
    """S1-05, without gpt-5."""
    del vendors.openai.models["gpt-5"]

    models, answer = await checked(settings, "openai")

    assert (models.status, answer.status) == ("failed", "ok")
    assert models.message.endswith("offered; gpt-5 is not")
    assert "OPENAI_MODEL" in models.remedy


@pytest.mark.parametrize("vendor", [*CHEAPEST, "own"])
async def test_without_a_key_nobody_is_asked(vendors: Vendors, tmp_path: Path, vendor: Any):
    none = dict.fromkeys(["openai_api_key", "google_api_key", "deepseek_api_key", "model_server_url"])

    (only,) = await checked(at(vendors, tmp_path, **none), vendor)

    assert (only.status, vendors.books.requests) == ("failed", [])
    assert only.remedy.startswith("Set ")


@pytest.mark.parametrize("vendor", [*CHEAPEST, "own"])
async def test_a_wrong_key_is_said_and_not_shown(vendors: Vendors, tmp_path: Path, vendor: Any):
    names = ["openai_api_key", "google_api_key", "deepseek_api_key", "model_server_key"]
    wrong = at(vendors, tmp_path, **dict.fromkeys(names, "sk-kanari-0123456789"))

    (only,) = await checked(wrong, vendor)

    assert (only.name, only.status) == (f"{vendor} models", "failed")
    assert "key_not_taken" in only.message
    assert "kanari" not in repr(only)
    assert only.remedy


async def test_an_empty_account_is_said_with_what_to_do(vendors: Vendors, settings: Settings):
    vendors.deepseek.faults.append(faults.no_balance())

    models, answer = await checked(settings, "deepseek")

    assert (models.status, answer.status) == ("ok", "failed")
    assert "Insufficient Balance" in answer.message
    assert answer.remedy


async def test_a_vendor_that_is_not_there_is_said(vendors: Vendors, settings: Settings):
    await vendors.stop()

    (only,) = await checked(settings, "google")

    assert (only.name, only.status) == ("google models", "failed")


def test_the_command_tells_it_and_asks_nobody_without_the_option(greenlight: Greenlight):
    with model_vendors() as vendors:
        env = {"DEEPSEEK_API_KEY": vendors.deepseek.key, "DEEPSEEK_BASE_URL": vendors.deepseek.url}
        plain = greenlight("doctor", "--quick", "--json", **env)
        assert vendors.books.requests == []
        asked = greenlight("doctor", "--provider", "deepseek", **env)
        unknown = greenlight("doctor", "--provider", "acme", **env)

    lines = {check["name"]: check for check in json.loads(plain.stdout)}
    assert "set: DEEPSEEK_API_KEY" in lines["keys"]["message"]
    assert vendors.deepseek.key not in plain.stdout + asked.stdout
    assert [line.split()[:3] for line in asked.stdout.splitlines()] == [
        ["ok", "deepseek", "models"], ["ok", "deepseek", "answer"],
    ]  # fmt: skip
    assert (asked.returncode, unknown.returncode) == (0, 2)
