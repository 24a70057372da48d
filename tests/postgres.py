"""How tests run the embedded server: apart from their own event loops, in folders it can reach."""

import asyncio
import atexit
import signal
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import psutil
import psycopg
from psycopg import sql

from tools.db import postmaster
from tools.db.places import Places

GONE_S = 60
Death = Literal["killed", "immediate"]

_emptying: dict[tuple[int, str, tuple[str, ...]], sql.Composed] = {}
_kept: dict[str, psycopg.Connection] = {}

NAMED_BY = """
with recursive emptied (oid) as (
    select table_name::regclass::oid from unnest(%s::text[]) table_name
    union select c.conrelid from pg_constraint c join emptied e on c.confrelid = e.oid where c.contype = 'f'
)
select relnamespace::regnamespace::text, relname from pg_class join emptied using (oid)
"""


def run_apart(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run async work away from the loops of the tests: for session fixtures and plain tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


def in_database(url: str, name: str) -> str:
    """The same server, another database."""
    server, _, rest = url.rpartition("/")
    return f"{server}/{name}{rest[rest.find('?') :] if '?' in rest else ''}"


def end_server(folder: Path, how: Death = "killed") -> None:
    """End every process of the server of this folder: as the kernel does, or as `pg_ctl -m immediate`."""
    found = postmaster.running(Places(folder.resolve()).cluster)
    assert found is not None, "it runs"
    server = psutil.Process(found.pid)
    family = [server, *server.children(recursive=True)]
    if how == "immediate":
        server.send_signal(signal.SIGQUIT)
    else:
        for process in family:
            with suppress(psutil.NoSuchProcess):  # a worker whose work was done
                process.kill()
    deadline = time.monotonic() + GONE_S
    while any(_lives(process) for process in family):
        assert time.monotonic() < deadline, family
        time.sleep(0.01)  # whose child it is may be told; we are not


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it went between the two questions
        return False


def know_each_other_soon(admin: psycopg.Connection) -> None:
    """Prove the password by one round of hashing instead of 4096, which were most of a connection's work.

    Tests make some ten thousand connections, and this password is worth nothing.
    """
    password = admin.info.password
    admin.execute("set scram_iterations = 1")
    admin.execute(sql.SQL("alter role current_user password {}").format(sql.Literal(password)))


def reachable_folder(under: Path | None = None) -> Path:
    """A temporary folder that another account may enter; pytest's own may be 0700."""
    folder = Path(tempfile.mkdtemp(prefix="greenlight-tests-", dir=under))
    folder.chmod(0o755)
    return folder


def empty(connection: psycopg.Connection, *tables: str) -> None:
    """Leave nothing in these tables, nor in those that refer to them, as `truncate ... cascade` does.

    That one makes new files for each table and index: a hundred times the work of taking a few rows away.
    """
    where = (connection.info.port, connection.info.dbname, tables)
    if where not in _emptying:
        _emptying[where] = _deletions(connection, tables)
    connection.execute(_emptying[where], prepare=False)


def _deletions(connection: psycopg.Connection, tables: Sequence[str]) -> sql.Composed:
    """All of it as one text, which the server takes as one transaction: most of the time would be the way."""
    found = connection.execute(NAMED_BY, [list(tables)]).fetchall()
    names = [sql.Identifier(*name) for name in found]
    return sql.SQL("; ").join(
        [
            # Whoever still writes is waited for, as truncate does: the backend of a killed worker may.
            sql.SQL("lock table {} in share row exclusive mode").format(sql.SQL(", ").join(names)),
            sql.SQL("set local session_replication_role = replica"),
            *(sql.SQL("delete from {}").format(name) for name in names),
        ]
    )


def empty_at(url: str, *tables: str) -> None:
    """`empty`, over a connection that stays: what a new one has to read first is most of its work."""
    _over_kept(url, lambda connection: empty(connection, *tables))


def run_kept(url: str, statements: str) -> None:
    """These statements in one transaction, over the same connection."""
    _over_kept(url, lambda connection: connection.execute(statements.encode(), prepare=False))


def _over_kept(url: str, work: Callable[[psycopg.Connection], object]) -> None:
    """Do this in autocommit over the connection that stays open; again over a new one when it was ended."""
    try:
        work(_keep(url))
    except psycopg.OperationalError:  # some tests end whoever is connected
        _kept.pop(url).close()
        work(_keep(url))


def _keep(url: str) -> psycopg.Connection:
    if url not in _kept:
        _kept[url] = psycopg.connect(url, autocommit=True, application_name="kept by tests")
    return _kept[url]


@atexit.register
def _let_go() -> None:
    for connection in _kept.values():
        connection.close()
