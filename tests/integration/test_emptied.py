"""How tests leave tables empty: with all that refers to them, and over a connection that may have ended."""

import psycopg
import pytest

from tests.postgres import _keep, empty_at, run_kept

MADE = """
insert into productions (production_id, user_id, graph, title, brief)
values ('00000000-0000-0000-0000-000000000001', 'local', 'novela', 'A title', '{}');
insert into runs (production_id, user_id, kind)
values ('00000000-0000-0000-0000-000000000001', 'local', 'start')
"""


def left(url: str) -> tuple[int, ...] | None:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "select (select count(*) from productions), (select count(*) from runs),"
            " (select count(*) from users)"
        ).fetchone()


def test_what_refers_to_a_table_goes_with_it_and_nothing_else(database_url: str) -> None:
    run_kept(database_url, MADE)
    assert left(database_url) == (1, 1, 1)
    empty_at(database_url, "productions")
    assert left(database_url) == (0, 0, 1)


def test_it_is_all_or_nothing(database_url: str) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        run_kept(database_url, f"{MADE}; select 1 / 0")
    assert left(database_url) == (0, 0, 1)


def test_whoever_ended_the_connection_ended_it_for_one_moment(database_url: str) -> None:
    run_kept(database_url, MADE)
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", [_keep(database_url).info.backend_pid])
    empty_at(database_url, "productions")
    assert left(database_url) == (0, 0, 1)


def test_the_way_of_whoever_connects_is_short_and_still_asks_for_the_password(database_url: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(database_url, password="another")
    with psycopg.connect(database_url) as connection:
        kept = connection.execute("select rolpassword from pg_authid where rolname = current_user").fetchone()
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$1:")
