"""A key keeps its file wherever it stands: in any column of any table that there is, now or later."""

import psycopg
import pytest
from psycopg import AsyncConnection, sql
from psycopg.rows import dict_row

from server.upkeep.marks import in_texts, marked
from tests.conftest import fresh_database
from tests.integration.upkeep.conftest import Place
from tools.db import copying
from tools.media.keys import media_key

CAN_HOLD = """
select c.relname::text as "table", a.attname::text as "column", a.atttypid::regtype::text as type
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and a.attgenerated = ''
  and a.atttypid::regtype::text in ('text', 'character varying', 'json', 'jsonb', 'text[]', 'bytea',
                                    'character', 'character varying[]', 'jsonb[]', 'bytea[]', 'name', 'xml')
order by 1, 2
"""
NO_DATA = {
    "alembic_version", "checkpoint_migrations", "halts", "provider_limits", "rate_limit_buckets",
    "schema_parts", "store_migrations", "vector_migrations",
}  # fmt: skip
"""How the schema was made, who may work on it, and what was asked for within a minute. Jobs name ids only."""
VALUES = {
    "text[]": "array['x', {}]", "bytea": "convert_to(chr(254) || {}, 'latin1') || '\\x0009'::bytea",
    "json": "json_build_object('a', jsonb_build_array({}))",
    "jsonb": "jsonb_build_object('a', jsonb_build_array({}))",
}  # fmt: skip


@pytest.fixture
def open_url(postgres_url, postgres_admin):
    """A database whose tables take anything: no references, no checks, nothing that must be there."""
    for url in fresh_database(postgres_url, postgres_admin):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(OPENED)
        yield url


OPENED = """
do $$
declare one record;
begin
    for one in select conrelid::regclass::text as named, conname from pg_constraint
               where connamespace = current_schema()::regnamespace and conrelid <> 0 and contype <> 'n'
    loop
        execute format('alter table %s drop constraint if exists %I cascade', one.named, one.conname);
    end loop;
    for one in select indexrelid::regclass::text as named
               from pg_index i join pg_class c on c.oid = i.indexrelid
               where c.relnamespace = current_schema()::regnamespace
    loop
        execute 'drop index if exists ' || one.named;
    end loop;
    for one in select attrelid::regclass::text as named, attname
               from pg_attribute a join pg_class c on c.oid = a.attrelid
               where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attnum > 0
                 and a.attnotnull and not a.attisdropped and a.attidentity = ''
    loop
        execute format('alter table %s alter column %I drop not null', one.named, one.attname);
    end loop;
end $$
"""


async def test_no_column_is_forgotten(open_url: str) -> None:
    """A new table or column is in here by itself; what is no data has to be named above."""
    async with await AsyncConnection.connect(open_url, autocommit=True, row_factory=dict_row) as connection:
        columns = await (await connection.execute(CAN_HOLD)).fetchall()
        columns = [
            c for c in columns if c["table"] not in NO_DATA and not c["table"].startswith("procrastinate_")
        ]
        planted = {}
        await connection.execute("set session_replication_role = replica")
        for number, column in enumerate(columns):
            key = media_key("video", "local", f"{number:064x}", "mp4")
            planted[key] = f"{column['table']}.{column['column']} ({column['type']})"
            value = VALUES.get(column["type"], "{}").format(f"'{key}'::text")
            await connection.execute(
                sql.SQL("insert into {} ({}) values ({})").format(
                    sql.Identifier(column["table"]), sql.Identifier(column["column"]), sql.SQL(value)
                )
            )
        found = await marked(connection, without=[])
    assert len(planted) > 150, "the catalogue was not read"
    assert [where for key, where in planted.items() if key not in found] == []


async def test_a_column_that_is_not_read_is_noticed(open_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with one column left out, the key in it is not found."""
    dropped = "not a.attisdropped"
    statement = copying.SQL["tables"].replace(dropped, f"{dropped} and a.attname <> 'plan'")
    monkeypatch.setitem(copying.SQL, "tables", statement)
    key = media_key("video", "local", "a" * 64, "mp4")
    async with await AsyncConnection.connect(open_url, autocommit=True, row_factory=dict_row) as connection:
        await connection.execute("insert into novelas (plan) values (%s)", [f'"{key}"'])
        assert key not in await marked(connection, without=[])
        monkeypatch.undo()
        assert key in await marked(connection, without=[])


async def test_texts_name_files_and_texts_that_name_files(place: Place) -> None:
    clip = media_key("video", "local", "b" * 64, "mp4")
    inner = await place.store.put_bytes(f'{{"clip": "{clip}"}}'.encode(), user_id="local")
    outer = await place.store.put_bytes(f'{{"cut": "{inner.key}"}}'.encode(), user_id="local")
    gone = media_key("text", "local", "c" * 64, "json")
    assert await in_texts(place.store, {outer.key, gone}) == {inner.key, clip}
