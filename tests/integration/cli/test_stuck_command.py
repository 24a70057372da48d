"""`greenlight stuck`: what was given up, why, and that it is tried again."""

import asyncio
from pathlib import Path

import psycopg
import pytest
from rich.console import Console
from typer.testing import CliRunner

from server.cli import stuck
from server.cli.verbs import app
from tools.settings import Settings

ONE = "11111111-1111-4111-8111-111111111111"
ROWS = f"""
insert into productions (production_id, user_id, graph, title, status, stage, error) values
('{ONE}', 'local', 'novela', 'A Door', 'failed', 'plan', '{{"code": "run_poisoned", "message": "why"}}');
insert into runs (production_id, user_id, kind, status, attempts, error)
select production_id, user_id, 'start', 'failed', 6, error from productions;
"""


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(ROWS)
    return Settings.model_validate({"data_dir": tmp_path, "database_url": database_url})


def told(found: stuck.Found) -> str:
    console = Console(record=True, width=140)
    stuck._print(found, console)
    return console.export_text()


def test_it_says_what_is_stuck_and_lets_it_go_on(settings: Settings) -> None:
    text = told(asyncio.run(stuck.look(settings)))
    assert ONE in text
    assert f"{ONE}: why" in text
    text = told(asyncio.run(stuck.look(settings, resume_all=True)))
    assert f"{ONE} goes on as soon as a worker is free" in text
    assert "nothing is stuck" in text
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as connection:
        assert connection.execute("select status from productions").fetchone() == ("queued",)
        assert connection.execute("select count(*) from procrastinate_jobs").fetchone() == (1,)


def test_its_name_of_before_still_works_and_is_not_shown() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output
    assert ("stuck" in shown, "parked" in shown) == (True, False)
    helped = CliRunner().invoke(app, ["parked", "--help"])
    assert (helped.exit_code, "got no further in five attempts" in " ".join(helped.output.split())) == (
        0,
        True,
    )
