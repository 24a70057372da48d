"""`greenlight tidy`: counts, and clears only with --delete."""

import asyncio
from pathlib import Path

import psycopg
import pytest
from rich.console import Console

from server.cli import tidy
from server.upkeep.rules import Rules
from state.errors import DatabaseHalted
from tests.integration.cli.test_command import Greenlight, greenlight
from tools.settings import Settings

__all__ = ["greenlight"]
ROWS = """
insert into productions (user_id, graph, title, status, state_updated_at, created_at)
select 'local', 'novela', 'A door', status, now() - interval '90 d', now() - interval '90 d'
from unnest(array['completed', 'paused']) as status;
"""
KEPT = "select status from productions where cleared_at is null order by 1"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(ROWS)
    return Settings.model_validate({"data_dir": tmp_path, "database_url": database_url})


def kept(settings: Settings) -> list[str]:
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as connection:
        return [row[0] for row in connection.execute(KEPT)]


def test_the_table_says_what_would_go_and_what_has_gone(settings: Settings) -> None:
    rules, texts = Rules(productions=30), []
    for delete in (False, True):
        console = Console(record=True, width=100)
        tidy.show(asyncio.run(tidy.work(settings, rules, delete=delete)), console)
        texts.append(console.export_text())
        assert kept(settings) == (["paused"] if delete else ["completed", "paused"])
    assert "would go" in texts[0]
    assert "Nothing was changed; --delete clears it." in texts[0]
    assert "--delete" not in texts[1]


def test_a_place_that_stands_still_is_not_tidied(settings: Settings) -> None:
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value(), autocommit=True) as connection:
        connection.execute("insert into halts (reason) values ('restored')")
    with pytest.raises(DatabaseHalted):
        asyncio.run(tidy.work(settings, Rules(productions=30), delete=True))
    assert kept(settings) == ["completed", "paused"]


def test_without_a_wish_it_says_how_to_ask(settings: Settings, greenlight: Greenlight) -> None:
    assert settings.database_url is not None
    url = {"GREENLIGHT_DATABASE_URL": settings.database_url.get_secret_value()}
    told = greenlight("tidy", "--delete", **url)
    assert (told.returncode, "Everything is kept" in told.stdout) == (0, True)
    both = greenlight("tidy", "--delete", "--dry-run", "--productions", "30", **url)
    assert (both.returncode, "not both" in both.stderr) == (2, True)
