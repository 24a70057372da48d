"""The schema is made once, by one process, and is recognised with one statement."""

import asyncio

import psycopg
import pytest

from state.errors import DatabaseDown, SchemaOutdated
from tools.db.migrate import LOCK_KEY, build_at, known_numbers, migrate
from tools.db.pool import Database
from tools.db.schema_version import check_schema

LIBRARIES = {"checkpointer": "2.0.0", "store": "2.0.0"}


async def test_a_new_database_gets_every_part(empty_database_url: str):
    steps = await migrate(empty_database_url)

    assert [step.split()[0] for step in steps[:4]] == ["procrastinate", "checkpointer", "store", "house"]
    await check_schema(empty_database_url)


async def test_a_current_database_is_left_alone(database_url: str):
    assert await migrate(database_url) == []


async def test_two_at_once_make_it_once(empty_database_url: str):
    first, second = await asyncio.gather(migrate(empty_database_url), migrate(empty_database_url))

    assert sorted([bool(first), bool(second)]) == [False, True]
    await check_schema(empty_database_url)


async def test_who_waits_for_the_lock_gives_up_in_the_end(empty_database_url: str):
    async with await psycopg.AsyncConnection.connect(empty_database_url, autocommit=True) as other:
        await other.execute("select pg_advisory_lock(%s)", [LOCK_KEY])
        with pytest.raises(DatabaseDown, match="another process has been migrating"):
            await migrate(empty_database_url, lock_timeout_s=0.1)


async def test_a_half_done_migration_is_finished(empty_database_url: str):
    await migrate(empty_database_url)
    async with await psycopg.AsyncConnection.connect(empty_database_url, autocommit=True) as other:
        await other.execute("delete from schema_parts where part in ('checkpointer', 'compression')")

    assert [step.split()[0] for step in await migrate(empty_database_url)] == ["checkpointer"]


async def test_a_database_from_before_there_was_a_store_gets_one(empty_database_url: str):
    await migrate(empty_database_url)
    async with await psycopg.AsyncConnection.connect(empty_database_url, autocommit=True) as other:
        await other.execute("delete from schema_parts where part = 'store'")
        await other.execute("drop table store, store_migrations")
    with pytest.raises(SchemaOutdated, match="store schema none"):
        await check_schema(empty_database_url)

    steps = await migrate(empty_database_url)
    assert steps[0].split()[0] == "store"
    await check_schema(empty_database_url)


async def test_tables_are_made_as_they_were_then_and_migrated_on(empty_database_url: str):
    """As for a backup of an earlier program: our revision 4, and the libraries' first statements."""
    numbers = {"checkpointer": 4, "store": 0}
    await build_at(empty_database_url, house="0004", numbered=numbers, libraries=LIBRARIES)
    with pytest.raises(SchemaOutdated):
        await check_schema(empty_database_url)
    async with await psycopg.AsyncConnection.connect(empty_database_url, autocommit=True) as other:
        await other.execute(
            "insert into users (user_id, display_name) values ('ana', 'Ana')"
        )  # a column of then

    await migrate(empty_database_url)
    await check_schema(empty_database_url)
    async with await psycopg.AsyncConnection.connect(empty_database_url, autocommit=True) as other:
        named = await (await other.execute("select name from users where user_id = 'ana'")).fetchone()
        steps = await (await other.execute("select max(v) from checkpoint_migrations")).fetchone()
    assert (named, steps) == (("Ana",), ((await known_numbers())["checkpointer"],))


OF_TWO = """
insert into users (user_id) values ('ana'), ('ben');
insert into productions (user_id, graph) values ('ana', 'novela'), ('ben', 'novela');
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, owner_epoch, webhook_token)
select user_id || ':key', production_id, user_id, 's', 'i', 'first', 1, 'video', 'fal',
    'm', '{}', '', 1, user_id
from productions;
insert into order_attempts (call_key, number, epoch, provider)
select call_key, n, 1, 'fal' from orders, generate_series(1, 2) n;
"""


async def test_what_was_asked_before_says_whose_it_is(empty_database_url: str):
    await build_at(empty_database_url, house="0023", numbered=await known_numbers(), libraries=LIBRARIES)
    async with await psycopg.AsyncConnection.connect(empty_database_url, autocommit=True) as other:
        await other.execute(OF_TWO)
        before = await (await other.execute("select * from order_attempts order by 1")).fetchall()

        await migrate(empty_database_url)
        after = await (await other.execute("select * from order_attempts order by 1")).fetchall()
        owners = await (await other.execute("select user_id, call_key from order_attempts")).fetchall()
    assert [row[: len(before[0])] for row in after] == before
    assert sorted(owner for owner, _ in owners) == ["ana", "ana", "ben", "ben"]
    assert all(key == f"{owner}:key" for owner, key in owners)


BROUGHT = """
insert into users (user_id) values ('ana');
insert into productions (user_id, graph) values ('ana', 'novela');
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, owner_epoch, webhook_token, state, imported_micros)
select key, production_id, 'ana', 's', 'i', key, n, 'video', 'fal', 'm', '{}', '', 1, key, state, micros
from productions, (values ('there', 1, 'intent', 0), ('sent there', 2, 'submitted', 0),
    ('sent here', 3, 'submitted', 0), ('done', 4, 'done', 0), ('own', 5, 'intent', null))
    as one (key, n, state, micros);
update orders set media = '{}' where state = 'done';
insert into order_attempts (call_key, number, epoch, provider, imported)
values ('sent there', 1, 1, 'fal', true), ('sent here', 1, 1, 'fal', true), ('sent here', 2, 1, 'fal', false);
"""


async def test_what_an_archive_brought_is_marked_unless_it_was_sent_from_here(empty_database_url: str):
    await build_at(empty_database_url, house="0023", numbered=await known_numbers(), libraries=LIBRARIES)
    async with await psycopg.AsyncConnection.connect(empty_database_url, autocommit=True) as other:
        await other.execute(BROUGHT)
        await migrate(empty_database_url)
        marked = await (
            await other.execute("select call_key from orders where elsewhere order by 1")
        ).fetchall()
    assert marked == [("sent there",), ("there",)]


async def test_an_empty_database_is_refused(empty_database_url: str):
    with pytest.raises(SchemaOutdated, match="never migrated"):
        await check_schema(empty_database_url)


@pytest.mark.parametrize(("version", "words"), [("0000", "this program needs"), ("9999", "newer than")])
async def test_another_version_is_refused(database: Database, version: str, words: str):
    await database.execute("update alembic_version set version_num = %s", [version])

    with pytest.raises(SchemaOutdated, match=words):
        await check_schema(database)


async def test_nobody_there_is_one_sentence():
    with pytest.raises(DatabaseDown, match=r"(?i)refused") as caught:
        await migrate("postgresql://nobody:secret@127.0.0.1:1/none")

    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


async def test_a_fresh_database_has_the_local_user(database: Database):
    row = await database.fetch_one("select user_id from users")

    assert row == {"user_id": "local"}
