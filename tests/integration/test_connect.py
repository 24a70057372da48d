"""The database that the settings name: an own one, or the embedded one."""

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from state.errors import DatabaseDown, FolderUnwritable, SchemaOutdated
from tests.postgres import end_server
from tools.db import postmaster
from tools.db.connect import open_database
from tools.db.places import Places
from tools.db.pool import Database
from tools.settings import Settings


def named(url: str, folder: Path) -> Settings:
    return Settings(database_url=SecretStr(url), data_dir=folder)


def untouched(folder: Path) -> bool:
    return not any(folder.iterdir())


async def until_it_runs(database: Database, query: str) -> None:
    running = "select 1 from pg_stat_activity where query = %s and wait_event = 'PgSleep'"
    while not await database.fetch_one(running, [query]):
        await asyncio.sleep(0)


async def test_without_a_url_the_embedded_one_is_ready_to_use(data_dir: Path):
    database = await open_database(Settings(data_dir=data_dir))

    assert await database.fetch_one("select user_id from users") == {"user_id": "local"}
    await database.execute("insert into users (user_id) values ('ana')")
    await database.close()
    assert postmaster.running(Places(data_dir).cluster) is None

    again = await open_database(Settings(data_dir=data_dir))
    assert await again.fetch_one("select count(*) as people from users") == {"people": 2}
    await again.close()


async def test_a_server_that_was_killed_is_back_for_the_next_call(data_dir: Path):
    """What it was doing fails; whoever asked nothing at that moment does not notice."""
    database, people = (
        await open_database(Settings(data_dir=data_dir)),
        "select count(*) as people from users",
    )
    await database.execute("insert into users (user_id) values ('ana')")
    asked = asyncio.create_task(database.fetch_one("select pg_sleep(60)"))
    await until_it_runs(database, "select pg_sleep(60)")
    await asyncio.to_thread(end_server, data_dir)
    with pytest.raises(DatabaseDown):
        await asked
    assert await database.fetch_one(people) == {"people": 2}

    await asyncio.to_thread(end_server, data_dir)
    assert await database.fetch_one(people) == {"people": 2}
    await database.close()
    assert postmaster.running(Places(data_dir).cluster) is None


async def test_a_named_database_is_used_as_it_is(database_url: str, tmp_path: Path):
    database = await open_database(named(database_url, tmp_path))

    assert await database.fetch_one("select 1 as one") == {"one": 1}
    await database.close()
    assert untouched(tmp_path)


async def test_a_named_database_is_never_migrated_on_the_way(empty_database_url: str, tmp_path: Path):
    with pytest.raises(SchemaOutdated) as caught:
        await open_database(named(empty_database_url, tmp_path))

    assert "greenlight migrate" in caught.value.user_action


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://me:secret@127.0.0.1:1/x", "refused"),
        ("postgresql://me:secret@127.0.0.1:notaport/x", "port"),
        ("nonsense", "missing"),
    ],
)
async def test_a_database_that_is_down_is_one_sentence(url: str, words: str, tmp_path: Path):
    with pytest.raises(DatabaseDown, match=words) as caught:
        await open_database(named(url, tmp_path))

    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


async def test_a_wrong_password_is_told_at_once(database_url: str, tmp_path: Path):
    scheme, _, place = database_url.partition("@")
    wrong = f"{scheme.rpartition(':')[0]}:wrong@{place}"

    with pytest.raises(DatabaseDown, match="password authentication failed"):
        await open_database(named(wrong, tmp_path))


async def test_a_data_folder_in_the_way_is_one_sentence(tmp_path: Path):
    (tmp_path / "data").write_text("a file")

    with pytest.raises(FolderUnwritable):
        await open_database(Settings(data_dir=tmp_path / "data"))
