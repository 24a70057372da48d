"""`greenlight admin`: the first administrator, from the machine itself."""

import asyncio
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from server.accounts.accounts import open_accounts
from server.cli import admin
from state.errors import AccountsOff, BriefIncomplete, RecordNotFound
from tools.clock import SystemClock
from tools.db.pool import Database
from tools.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path, "database_url": database_url, "auth_mode": "token"})


def appoint(settings: Settings, email: str, *, remove: bool = False, link: bool = False) -> list[str]:
    return asyncio.run(admin.appoint(settings, email, remove=remove, link=link))


def role(settings: Settings) -> list[tuple[str, str]]:
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as connection:
        return connection.execute("select email, role from users where email is not null").fetchall()


def test_a_new_address_gets_an_account_and_a_link_that_sets_its_password(settings: Settings) -> None:
    told = appoint(settings, "root@example.org")
    assert told[:2] == ["opened an account for root@example.org", "root@example.org is now an administrator"]
    assert role(settings) == [("root@example.org", "admin")]
    asyncio.run(set_and_log_in(settings, told[2].partition("#")[2]))


async def set_and_log_in(settings: Settings, token: str) -> None:
    assert settings.database_url is not None
    database = await Database.open(settings.database_url.get_secret_value())
    accounts = open_accounts(settings, database, SystemClock())
    await accounts.reset_password(token, "a long sentence")
    assert (await accounts.log_in(email="root@example.org", password="a long sentence"))["role"] == "admin"
    await database.close()


def test_an_administrator_can_be_one_no_longer(settings: Settings) -> None:
    appoint(settings, "root@example.org")
    assert appoint(settings, "ROOT@example.org", remove=True) == [
        "ROOT@example.org is no longer an administrator"
    ]
    assert role(settings) == [("root@example.org", "user")]


def test_what_cannot_be_is_one_sentence(settings: Settings) -> None:
    with pytest.raises(RecordNotFound):
        appoint(settings, "nobody@example.org", remove=True)
    with pytest.raises(BriefIncomplete):
        appoint(settings, "no address")
    with pytest.raises(AccountsOff):
        appoint(settings.model_copy(update={"auth_mode": "none"}), "root@example.org")
    assert role(settings) == []


def test_the_help_says_what_it_needs() -> None:
    from server.cli.verbs import app

    assert "needs the database, not a" in CliRunner().invoke(app, ["admin", "--help"]).output
