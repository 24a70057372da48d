"""What the loops of deaths and of full disks would see: the same outage at the worst moment, a guard away.

Each is played with all guards as well, so that what is seen comes of the guard and not of the moment.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server.runs.accept import Runs
from server.runs.events import EventLog
from tests.acceptance.faults.own_postgres import OwnPostgres
from tests.acceptance.faults.small_disk import SmallDisk, small_disk
from tests.acceptance.faults.test_database_deaths import SHORT
from tests.acceptance.faults.test_full_disks import QUICK, STORE_MIB, break_down, until
from tests.acceptance.faults.unguarded_buyer import PROGRAM
from tests.integration.machines.buying_worker import shopping_graphs
from tests.integration.machines.conftest import PATIENCE_S, Machines
from tools.db.pool import Database
from tools.faults import LOG_NAME

pytestmark = pytest.mark.soak
SHOTS = 4
HELD_MS = 3000
"""So long the worker stands at its worst moment: the database goes meanwhile."""


@asynccontextmanager
async def buying(postgres: OwnPostgres, folder: Path, guard_off: str, **env: str) -> AsyncIterator[Machines]:
    """One worker on a database of a test's own, a guard away."""
    database = await Database.open(postgres.url, max_size=4, name="test")
    events = EventLog(database, safety_s=0.5)
    machines = Machines(folder, database, events, Runs(database, shopping_graphs()), program=PROGRAM)
    (folder / "near").mkdir()
    (folder / "near" / LOG_NAME).touch()
    try:
        machines.start("near", GUARD_OFF=guard_off, **env)
        yield machines
    finally:
        await machines.close()


async def worst_moment(log: Path) -> None:
    """Until the worker stands at its fault point: another process writes the line."""
    async with asyncio.timeout(PATIENCE_S):
        while not await asyncio.to_thread(log.read_text):
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("guard_off", "ended", "most"),
    [("", "completed", 1), ("ledger", "completed", 2), ("waiting", "failed", 1)],
)
async def test_a_death_of_the_database_between_an_order_and_its_id(
    postgres: OwnPostgres, tmp_path: Path, guard_off: str, ended: str, most: int
) -> None:
    """Without the ledger it is sent again; with nothing waited for, the run fails of it."""
    fault = f"after_post:2=delay:{HELD_MS}"
    async with buying(postgres, tmp_path, guard_off, **SHORT, GREENLIGHT_FAULT=fault) as machines:
        production_id = await machines.shop(SHOTS)
        await worst_moment(tmp_path / "near" / LOG_NAME)
        await postgres.die("killed")
        await postgres.start()
        assert await machines.ended(production_id) == ended
        assert max(machines.posts().values()) == most


@pytest.mark.parametrize("guard_off", ["", "intent"])
async def test_a_database_without_room_just_before_an_order_is_noted(
    postgres: OwnPostgres, database_disk: SmallDisk, tmp_path: Path, guard_off: str
) -> None:
    """Sent before it is noted, it is paid while nothing says so, and paid again when there is room."""
    fault = f"before_intent:2=delay:{HELD_MS}"
    where = {
        **QUICK, "GREENLIGHT_FAULT": fault, "GREENLIGHT_LEASE_TTL_S": "5", "GREENLIGHT_DATABASE_URL": "",
        "GREENLIGHT_DATA_DIR": str(postgres.folder), "GREENLIGHT_MEDIA": str(tmp_path / "media"),
    }  # fmt: skip
    (postgres.folder / LOG_NAME).write_text("")
    async with buying(postgres, tmp_path, guard_off, **where) as machines:
        production_id = await machines.shop(SHOTS)
        await worst_moment(postgres.folder / LOG_NAME)
        noted = await machines.database.fetch_all(
            "select call_key from orders where production_id = %s", [production_id]
        )
        paid_unknown = set(machines.posts()) - {order["call_key"] for order in noted}
        database_disk.fill()
        await asyncio.to_thread(break_down, machines.database.url)
        database_disk.make_room()
        assert await machines.ended(production_id) == "completed"
        assert (len(paid_unknown), max(machines.posts().values())) == ((1, 2) if guard_off else (0, 1))


@pytest.mark.parametrize(("guard_off", "ended"), [("", "completed"), ("waiting", "failed")])
async def test_a_store_without_room(
    postgres: OwnPostgres, tmp_path: Path, guard_off: str, ended: str
) -> None:
    """With nothing waited for, the run fails of it and heals never."""
    with small_disk(STORE_MIB) as disk:
        where = {**QUICK, "GREENLIGHT_MEDIA": str(disk.folder / "media")}
        async with buying(postgres, tmp_path, guard_off, **where) as machines:
            assert await machines.ended(await machines.shop(1)) == "completed", "it has begun to work"
            disk.fill()
            production_id = await machines.shop(SHOTS)
            row = await until(machines.database, production_id, lambda row: row["error"] is not None)
            assert row["error"]["code"] == "store_full"
            disk.make_room()
            assert await machines.ended(production_id) == ended
