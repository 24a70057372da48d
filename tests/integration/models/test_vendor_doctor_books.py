"""`greenlight doctor --provider` is a paid call like any other: it can be stopped, and is in the books."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from server.vitals import trial
from tests.integration.cli.test_command import Greenlight, greenlight
from tests.integration.models.test_vendor_doctor import CHEAPEST, at, checked
from tests.standins.model_vendors import Vendors, faults, model_vendors
from tools.db.pool import Database
from tools.ledger.costs import Wanted, read_costs
from tools.ledger.stops import Stops
from tools.settings import Settings

__all__ = ["greenlight"]
BY = ("kind", "provider", "model", "user", "production")


@pytest.fixture
def settings(vendors: Vendors, tmp_path: Path, database_url: str) -> Settings:
    return at(vendors, tmp_path, database_url=database_url)


async def booked(database: Database) -> list[dict[str, Any]]:
    found = await read_costs(database, Wanted(user_id=None, by=BY), limit=10, offset=0)
    return [dict(row) for row in found.rows]


async def test_each_answer_is_booked_for_what_the_vendor_asks(
    vendors: Vendors, settings: Settings, database: Database
) -> None:
    for vendor in CHEAPEST:
        _, answer = await checked(settings, vendor)
        assert answer.message.endswith(
            f"${vendors.books.micro_usd(vendor) / 1_000_000:.6f}, "
            "booked for local (`greenlight costs --by provider,model`)"
        )
    rows = {row["provider"]: row for row in await booked(database)}
    for vendor, model in CHEAPEST.items():
        named = {"kind": "llm", "model": model, "user": "local", "production": ""}
        assert named.items() <= rows[vendor].items()
        assert rows[vendor]["billed"] == vendors.books.micro_usd(vendor) > 0
        assert rows[vendor]["reserved"] == rows[vendor]["unknown"] == 0


@pytest.mark.parametrize(("stopped", "requests"), [(None, 0), ("local", 0), ("ana", 2)])
async def test_while_spending_is_stopped_nobody_is_asked(
    vendors: Vendors, settings: Settings, database: Database, stopped: str | None, requests: int
) -> None:
    """Another user's stop is the control: then two requests leave."""
    await Stops(database).stop(stopped, by="local", reason="the bill is odd")

    found = await checked(settings, "openai")

    assert len(vendors.books.requests) == requests
    assert (len(await booked(database)) == 1) == bool(requests)
    if not requests:
        [only] = found
        assert (only.name, only.status) == ("spending", "failed")
        assert "the bill is odd (spending_stopped); nobody was asked" in only.message
        assert only.remedy


async def test_a_stop_does_not_hold_what_costs_nothing(
    vendors: Vendors, settings: Settings, database: Database
) -> None:
    vendors.openai.models = {"gpt-4o-mini": vendors.openai.models["gpt-4o-mini"]}
    await Stops(database).stop(None, by="local")
    models, answer = await checked(settings, "own")
    assert (models.status, answer.status) == ("ok", "ok")
    [row] = await booked(database)
    assert (row["model"], row["quoted"], row["billed"]) == ("own/gpt-4o-mini", 0, 0)


@pytest.mark.parametrize("begun", [True, False])
async def test_the_embedded_database_has_the_books_once_it_was_begun(
    vendors: Vendors, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    """Before that nothing is started for the sake of some millionths of a dollar, and the line says so."""
    opened: list[Settings] = []

    async def open_database(settings: Settings, **more: Any) -> Database:
        opened.append(settings)
        return await Database.open(database_url, **more)

    monkeypatch.setattr(trial, "open_database", open_database)
    if begun:
        (tmp_path / "database").mkdir()
        (tmp_path / "database" / "dsn").touch()
    _, answer = await checked(at(vendors, tmp_path), "deepseek")
    assert ("booked for local" in answer.message, len(opened)) == (begun, int(begun))
    assert ("not booked: there is no database here" in answer.message) != begun


async def test_without_its_database_it_does_not_spend(vendors: Vendors, tmp_path: Path) -> None:
    nobody = "postgresql://local:secret-of-nobody@127.0.0.1:1/none"
    [only] = await checked(at(vendors, tmp_path, database_url=nobody), "openai")
    assert (only.name, only.status, vendors.books.requests) == ("database", "failed", [])
    assert "secret-of-nobody" not in repr(only)


async def test_an_answer_that_was_lost_is_booked_as_unknown(
    vendors: Vendors, settings: Settings, database: Database
) -> None:
    vendors.openai.faults.append(faults.closed_unanswered())
    _, answer = await checked(settings, "openai")
    [row] = await booked(database)
    assert 0 < vendors.books.micro_usd() <= row["unknown"]
    most = f"{row['unknown'] / 1_000_000:f}".rstrip("0")
    assert f"; it may have cost ${most}, booked as unknown" in answer.message


async def test_a_refused_one_costs_nothing(vendors: Vendors, settings: Settings, database: Database) -> None:
    vendors.openai.faults.append(faults.quota_exhausted())
    _, answer = await checked(settings, "openai")
    [row] = await booked(database)
    assert (answer.status, row["billed"], row["unknown"], row["reserved"]) == ("failed", 0, 0, 0)


async def test_the_budget_of_the_day_holds_for_it(
    vendors: Vendors, settings: Settings, database: Database
) -> None:
    poor = settings.model_copy(update={"day_budget_usd": 0})
    _, answer = await checked(poor, "openai")
    assert "day_budget_exceeded" in answer.message
    assert vendors.books.posts() == []


def test_the_commands_tell_the_same_price(greenlight: Greenlight, database_url: str) -> None:
    with model_vendors() as vendors:
        env = {
            "DEEPSEEK_API_KEY": vendors.deepseek.key, "DEEPSEEK_BASE_URL": vendors.deepseek.url,
            "GREENLIGHT_DATABASE_URL": database_url, "COLUMNS": "200",
        }  # fmt: skip
        asked = greenlight("doctor", "--provider", "deepseek", "--json", **env)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("select greenlight_stop_spending(null, 'local', 'enough')")
        stopped = greenlight("doctor", "--provider", "deepseek", **env)
        sent = len(vendors.books.requests)
        costs = greenlight("costs", "--by", "kind,provider,model", **env)
        price = f"{vendors.books.micro_usd() / 1_000_000:f}"
    [_, answer] = json.loads(asked.stdout)
    assert f"${price}, booked for local" in answer["message"]
    assert (asked.returncode, stopped.returncode, sent) == (0, 1, 2)
    assert "spending_stopped" in stopped.stdout
    [line] = [line for line in costs.stdout.splitlines() if "deepseek-chat" in line]
    assert line.split()[:3] == ["llm", "deepseek", "deepseek-chat"]
    assert line.split()[6] == price.rstrip("0")
