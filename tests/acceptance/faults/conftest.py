"""Film sets with a farm each: a test of its own, or several that work beside each other."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import psycopg
import pytest

from tests.acceptance.faults.day_set import DaySet, day_set
from tests.acceptance.faults.film_set import FilmSet, film_set
from tests.acceptance.faults.own_postgres import OwnPostgres
from tests.acceptance.faults.small_disk import SmallDisk, small_disk, why_not
from tests.conftest import fresh_database
from tests.integration.machines import conftest as places
from tests.postgres import reachable_folder, run_apart
from tests.standins.farm_process import FarmProcess
from tools.db.embedded import stop_embedded
from tools.db.migrate import migrate

DATABASE_MIB = 256
machines = places.machines


@pytest.fixture
def farm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FarmProcess]:
    """A farm for this test alone; one that draws for real in the long form only.

    A worker that dies between noting an order and sending it leaves the next one to look for
    the job by what was asked. At a farm where another database had asked the same, that one's
    job would be found and adopted, and the farm would never be asked for it: an order too few.
    """
    folder = tmp_path / "farm"
    folder.mkdir()
    with FarmProcess(folder, hasty=request.node.get_closest_marker("soak") is None) as running:
        yield running


@pytest.fixture
async def scene(tmp_path: Path, database_url: str, farm: FarmProcess) -> AsyncIterator[FilmSet]:
    async with film_set(tmp_path, database_url, farm) as opened:
        yield opened


@pytest.fixture
async def day(tmp_path: Path, database_url: str) -> AsyncIterator[DaySet]:
    """A set for shooting days."""
    async with day_set(tmp_path, database_url) as opened:
        yield opened


@pytest.fixture
def other_database_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


@pytest.fixture
async def lanes(tmp_path: Path, database_url: str, other_database_url: str) -> AsyncIterator[list[FilmSet]]:
    """Two sets that share nothing: half of a kill is waiting for the next worker.

    At one farm they would adopt each other's jobs: the same brief asks for the same
    pictures, and neither database knows what the other one owns.
    """
    async with AsyncExitStack() as stack:
        opened = []
        for number, url in enumerate((database_url, other_database_url)):
            folder = tmp_path / str(number)
            folder.mkdir()
            farm = stack.enter_context(FarmProcess(folder))
            opened.append(await stack.enter_async_context(film_set(folder, url, farm)))
        yield opened


@pytest.fixture(scope="session")
def database_disk() -> Iterator[SmallDisk]:
    """A disk for a database, with room for little more."""
    with small_disk(DATABASE_MIB) as disk:
        yield disk


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[OwnPostgres]:
    """A migrated server that may be killed, on the small disk where there can be one."""
    disk = None if why_not() else request.getfixturevalue("database_disk")
    folder = disk.folder / "data" if disk else reachable_folder()
    server = OwnPostgres(folder)
    run_apart(server.start)
    run_apart(lambda: migrate(server.url))
    yield server
    run_apart(lambda: stop_embedded(folder))
    shutil.rmtree(folder)
