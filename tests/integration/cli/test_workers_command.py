"""`greenlight workers`: a table, the same as JSON, and a worker that is asked to drain."""

import asyncio
import json
from pathlib import Path

import psycopg
import pytest
from rich.console import Console

from server.cli import workers
from state.errors import RecordNotFound
from tests.integration.cli.test_command import BRIEF, Greenlight, brief_file, greenlight
from tools.settings import Settings

__all__ = ["greenlight"]
WORKER = "studio-1:4711:abc123"
ROWS = f"""
insert into workers (worker_id, host, pid, role, slots, version, lease_ttl_s)
values ('{WORKER}', 'studio-1', 4711, 'work', 8, '1.2', 15);
insert into productions (user_id, graph, title, status, epoch, lease_owner, lease_since, lease_until)
values ('local', 'novela', 'The [Door]', 'running', 2, '{WORKER}', now(), now() + interval '1 minute'),
       ('local', 'novela', 'Next', 'queued', 0, null, null, null);
insert into runs (production_id, user_id, kind)
select production_id, 'local', 'start' from productions where title = 'Next';
"""


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(ROWS)
    return Settings.model_validate({"data_dir": tmp_path, "database_url": database_url})


def test_the_table_says_who_drives_what_and_what_waits(settings: Settings) -> None:
    console = Console(record=True, width=120)
    workers._print(asyncio.run(workers.look(settings)), console)
    text = console.export_text()
    assert f"{WORKER}  work  working  1 of 8  1.2" in text
    assert "The [Door] (epoch 2, since" in text
    assert "waiting for a slot: 1 normal; the first for" in text


def test_without_workers_it_says_so(tmp_path: Path, database_url: str) -> None:
    console = Console(record=True)
    chosen = Settings.model_validate({"data_dir": tmp_path, "database_url": database_url})
    workers._print(asyncio.run(workers.look(chosen)), console)
    assert console.export_text().splitlines() == ["no worker", "nothing waits for a slot"]


def test_a_worker_is_asked_to_drain_and_to_work_again(settings: Settings) -> None:
    [row] = asyncio.run(workers.look(settings, drain=WORKER)).workers
    assert row["wanted"] == "draining"
    [row] = asyncio.run(workers.look(settings, undrain=WORKER)).workers
    assert row["wanted"] == "working"
    with pytest.raises(RecordNotFound):
        asyncio.run(workers.look(settings, drain="elsewhere:1:abcdef"))


def test_as_json_a_program_reads_it(settings: Settings, greenlight: Greenlight) -> None:
    assert settings.database_url is not None
    url = {"GREENLIGHT_DATABASE_URL": settings.database_url.get_secret_value()}
    told = json.loads(greenlight("workers", "--json", **url).stdout)
    assert [(one["worker_id"], one["busy"]) for one in told["workers"]] == [(WORKER, 1)]
    assert told["queue"]["normal"] == 1
    both = greenlight("workers", "--drain", WORKER, "--undrain", WORKER, **url)
    assert (both.returncode, "not both" in both.stderr) == (2, True)


def test_a_priority_that_there_is_not_is_one_sentence(tmp_path: Path, greenlight: Greenlight) -> None:
    run = greenlight("make", "novela", brief_file(tmp_path, json.dumps(BRIEF)), "--priority", "urgent")
    assert run.returncode == 2
    assert all(f"'{word}'" in run.stderr for word in ("urgent", "low", "normal", "high"))
    assert not (tmp_path / "data" / "database").exists()
