"""Fixtures for everybody: a database of one's own, a data folder the server can reach."""

import gc
import os
import shutil
import ssl
import tempfile
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
import structlog
from psycopg import sql

from tests.command_lines import walk_once
from tests.postgres import in_database, know_each_other_soon, reachable_folder, run_apart
from tools.db.embedded import ensure_embedded, stop_embedded
from tools.db.migrate import migrate
from tools.db.pool import Database

pytest_plugins = ("tests.s3_buckets",)
MEMORY = Path("/dev/shm")  # noqa: S108 - for tests, each in a folder of its own
MEMORY_NEEDED = 4 * 2**30
"""A whole suite leaves about one, and the databases of its tests are as large again."""
TEMPLATE = "greenlight_template"
HERE = Path(__file__).parent
GROUPS = {
    "paced": (
        "acceptance/faults/", "acceptance/test_two_machines.py", "integration/machines/",
        "integration/hooks/test_kills.py", "integration/orders/test_lease_keeper.py",
        "integration/orders/test_order_kill.py", "integration/runs/", "integration/load/",
        "integration/memory/",
    ),
    "served": (
        "acceptance/test_gates_survive.py", "acceptance/test_javascript", "acceptance/test_python_sdk.py",
        "acceptance/test_studio.py", "integration/api/test_serving.py",
        "integration/protocol/test_javascript", "integration/test_embedded.py",
    ),
    "spoken": ("integration/previz_sound/",),
    "mastered": (
        "integration/quality/", "integration/post/test_copied_clips.py",
        "integration/post/test_words_on_pixels.py",
    ),
    "any_request": ("integration/api/test_any_request.py",),
}  # fmt: skip
"""What kills workers or lets leases run out, what starts whole servers and what starts voices: a worker each.

So has what first makes films, or an app, for many tests: other workers would each make them again.
"""

TABLES = ("unit/tools/models/", "unit/tools/engines/")
"""What the offline writer and the drawing board make of hundreds of cases: tables of them, without a mark."""
TABLE, TABLES_EACH = 4, 3
"""So many cases of one test are a table, and every third of them is for each day."""

# Ten thousand tests are a million objects, and nothing of them ever goes: to look for garbage among
# them over and over would be a tenth of the suite. What a test leaves is still looked at, in larger heaps.
gc.set_threshold(20_000, 20, 20)
gc.disable()  # until they are collected


def pytest_configure(config: pytest.Config) -> None:
    """Enter each folder once, and keep what tests write in memory where there is enough.

    Half of the time of their databases is the disk's.
    """
    walk_once(config)
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED:
        tempfile.tempdir = str(MEMORY)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before xdist reads the marks, after the order is drawn
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Let one worker run a group, one after the other: two at once would only wait for each other.

    Groups come first and then whole episodes, in any order: at the end all other workers would wait for the
    last of them.
    """
    for item in items:
        for group in (name for name, paths in GROUPS.items() if _place(item).startswith(paths)):
            item.add_marker(pytest.mark.xdist_group(group))
    _leave_breadth_to_the_night(items)
    yield
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """When it begins, in a run of several workers."""
    if item.get_closest_marker("xdist_group"):
        return 0
    return 1 if _place(item).startswith("acceptance/") else 2


def _leave_breadth_to_the_night(items: list[pytest.Item]) -> None:
    """Of what is marked `breadth(n)` every n-th is for each day, always the same; the rest is `nightly`."""
    alike: defaultdict[str, list[pytest.Function]] = defaultdict(list)
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            alike[f"{item.path}::{item.originalname}"].append(item)
    for many in alike.values():
        many.sort(key=lambda item: tuple(item.callspec.indices.values()))
        each = _breadth(many)
        for number, item in enumerate(many):
            if number % each:
                item.add_marker(pytest.mark.nightly)


def _breadth(alike: list[pytest.Function]) -> int:
    """Every how many of these are for each day."""
    mark = alike[0].get_closest_marker("breadth")
    if mark is not None:
        return int(mark.args[0])
    return TABLES_EACH if len(alike) >= TABLE and _place(alike[0]).startswith(TABLES) else 1


def _place(item: pytest.Item) -> str:
    """Its file from this folder on, without the words of paths: there are thousands."""
    return item.nodeid.removeprefix(f"{HERE.name}/")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave the collected tests alone; refuse to go on when xdist would drop their groups without a word."""
    gc.collect()
    gc.freeze()
    gc.enable()
    if not hasattr(session.config, "workerinput") or not session.config.getvalue("loadgroup"):
        return
    lost = [
        item.nodeid
        for item in session.items
        if item.get_closest_marker("xdist_group") and "@" not in item.nodeid
    ]
    if lost:
        raise pytest.UsageError(f"pytest-xdist does not see the groups of this pytest: {lost[0]}")


@pytest.fixture(scope="session", autouse=True)
def plain_tracebacks() -> None:
    """Show what crashed in a few lines: with all its values, as the default is, that takes minutes."""
    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])


@pytest.fixture(scope="session", autouse=True)
def certificates_read_once() -> Iterator[None]:
    """Each client would read everybody's certificates anew, 26 ms a time, to speak plain http to a test."""
    read = ssl.create_default_context
    once = cache(read)

    def context(purpose: ssl.Purpose = ssl.Purpose.SERVER_AUTH, **files: Any) -> ssl.SSLContext:
        return (once if purpose is ssl.Purpose.SERVER_AUTH else read)(purpose, **files)

    with patch.object(ssl, "create_default_context", context):
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """One embedded server for all tests, with a migrated database to copy."""
    folder = reachable_folder()
    url = run_apart(lambda: ensure_embedded(folder, durable=False))
    with psycopg.connect(url, autocommit=True) as admin:
        know_each_other_soon(admin)
        admin.execute(f"create database {TEMPLATE}")
    run_apart(lambda: migrate(in_database(url, TEMPLATE)))
    yield url
    run_apart(lambda: stop_embedded(folder))
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_admin(postgres_url: str) -> Iterator[psycopg.Connection]:
    """The connection that makes and drops databases."""
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        yield admin


@pytest.fixture
def empty_database_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """A database without any tables."""
    yield from fresh_database(postgres_url, postgres_admin, "template1")


@pytest.fixture
def database_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """A migrated database for this test alone."""
    yield from fresh_database(postgres_url, postgres_admin)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open pool on a database for this test alone."""
    opened = await Database.open(database_url, max_size=8, name="test")
    yield opened
    await opened.close()


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data folder in which an embedded server can run; stopped and removed afterwards."""
    folder = reachable_folder()
    yield folder
    run_apart(lambda: stop_embedded(folder))
    shutil.rmtree(folder)


PATIENCE = "set statement_timeout = '2s'"
HALF_MADE = "select pg_terminate_backend(pid) from pg_stat_activity where state = 'starting'"


def fresh_database(url: str, admin: psycopg.Connection, template: str = TEMPLATE) -> Iterator[str]:
    """A database that goes when the test is over: `yield from` it in a fixture."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    made = sql.SQL("create database {} template {} strategy file_copy")
    admin.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
    yield in_database(url, name)
    dropped = sql.SQL("drop database {} with (force)").format(sql.Identifier(name))
    admin.execute(PATIENCE)
    try:
        admin.execute(dropped)
    except psycopg.errors.QueryCanceled:
        # A verb that ended by an error can leave a connection half made in this process, and the
        # server would wait a minute for its next word.
        admin.execute(HALF_MADE)
        admin.execute(dropped)
    finally:
        admin.execute("reset statement_timeout")
