"""Disks that are really full: nothing is sent that is not in the ledger, nothing bought twice, all heals."""

import asyncio
import hashlib
import secrets
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from server.runs.accept import Runs
from server.runs.drive import MOST_ATTEMPTS
from server.runs.events import EventLog
from tests.acceptance.faults.conftest import DATABASE_MIB
from tests.acceptance.faults.own_postgres import OwnPostgres
from tests.acceptance.faults.replicas import free_port
from tests.acceptance.faults.small_disk import SmallDisk, small_disk
from tests.acceptance.faults.visitor import until_open
from tests.integration.machines.buying_worker import shopping_graphs
from tests.integration.machines.conftest import PATIENCE_S, Machines
from tools.db.pool import Database
from tools.media.local import KEEP_FREE_BYTES

QUICK = {"GREENLIGHT_LEASE_TTL_S": "0.5", "GREENLIGHT_SWEEP_EVERY_S": "0.2"}
STORE_MIB = KEEP_FREE_BYTES // (1 << 20) + 4
SHOTS = 2
RUN = {"assistant_id": "shopping", "if_not_exists": "create"}


@pytest.fixture
def store_disk() -> Iterator[SmallDisk]:
    with small_disk(STORE_MIB) as disk:
        yield disk


@pytest.fixture
def work_disk() -> Iterator[SmallDisk]:
    with small_disk(2) as disk:
        yield disk


async def until(database: Database, production_id: str, holds: Callable[[Any], bool]) -> Any:
    """The production's row when it is so; a row that changes tells nobody."""
    query = (
        "select p.epoch, p.status, p.error, r.attempts from productions p join runs r using (production_id)"
        " where production_id = %s"
    )
    async with asyncio.timeout(PATIENCE_S):
        while True:
            row = await database.fetch_one(query, [production_id])
            if holds(row):
                return row
            await asyncio.sleep(0.05)


async def waits_for_room(machines: Machines, disk: SmallDisk, code: str, *, claims: int) -> None:
    """A production meets a full disk so often, and ends when there is room."""
    disk.fill()
    before = machines.posts().total()
    production_id = await machines.shop(SHOTS)
    row = await until(machines.database, production_id, lambda row: row["epoch"] > claims)
    row = await until(machines.database, production_id, lambda row: row["error"] is not None)
    assert (row["error"]["code"], row["error"]["retryable"]) == (code, True)
    assert str(disk.folder) in row["error"]["message"], "it names the place"
    assert row["attempts"] <= 1, "no failed attempt"
    assert machines.posts().total() == before + 1, "the first shot was bought, and nothing else"
    orders = await machines.database.fetch_all(
        "select state from orders where production_id = %s", [production_id]
    )
    assert [order["state"] for order in orders] == ["submitted"]

    disk.make_room()
    assert await machines.ended(production_id) == "completed"
    row = await until(machines.database, production_id, lambda row: row["status"] == "completed")
    assert row["error"] is None
    assert set(machines.posts().values()) == {1}
    assert machines.posts().total() == before + SHOTS


async def test_a_full_store_and_a_full_work_folder_are_waited_out(
    machines: Machines, store_disk: SmallDisk, work_disk: SmallDisk
) -> None:
    media = store_disk.folder / "media"
    machines.start("near", **QUICK, GREENLIGHT_MEDIA=str(media), TMPDIR=str(work_disk.folder))
    assert await machines.ended(await machines.shop(1)) == "completed", "it has begun to work"
    await waits_for_room(machines, store_disk, "store_full", claims=MOST_ATTEMPTS)
    await waits_for_room(machines, work_disk, "work_folder_full", claims=1)
    assert all_whole(media)
    assert list((media / ".incoming").iterdir()) == []
    assert list(work_disk.folder.iterdir()) == [], "nothing is left in the work folder"


def all_whole(media: Path) -> bool:
    """Whether every stored file is what its name says, and there are some."""
    files = list(media.glob("*/*/*"))
    return bool(files) and all(hashlib.sha256(file.read_bytes()).hexdigest() in file.name for file in files)


@pytest.fixture
async def on_small_disk(
    tmp_path: Path, postgres: OwnPostgres, database_disk: SmallDisk
) -> AsyncIterator[tuple[Machines, str]]:
    """A worker and an API on an embedded database whose disk is small; the API's address."""
    database = await Database.open(postgres.url, max_size=4, name="test")
    events, port = EventLog(database, safety_s=0.5), free_port()
    machines = Machines(tmp_path, database, events, Runs(database, shopping_graphs()))
    where = {
        **QUICK, "GREENLIGHT_PORT": str(port), "GREENLIGHT_DATABASE_URL": "",
        "GREENLIGHT_DATA_DIR": str(postgres.folder), "GREENLIGHT_MEDIA": str(tmp_path / "media"),
    }  # fmt: skip
    try:
        machines.start("near", **where, SHOT_S="0.2")
        machines.start("api", words=("serve", "--no-work"), **where)
        yield machines, f"http://127.0.0.1:{port}"
    finally:
        await machines.close()


async def start_something_long(url: str) -> httpx.Response:
    """Accept a run whose input needs pages of its own in the database."""
    long = secrets.token_hex(200_000)
    body = RUN | {"input": {"shots": 0, "long": long}}
    async with httpx.AsyncClient(base_url=url, timeout=60, verify=False) as client:  # noqa: S501 - http
        return await client.post(f"/threads/{uuid.uuid4()}/runs", json=body)


@pytest.mark.soak
async def test_a_database_without_room_buys_nothing_unknown_and_heals(
    on_small_disk: tuple[Machines, str], database_disk: SmallDisk
) -> None:
    machines, url = on_small_disk
    shots = 12
    production_id = await machines.shop(shots)
    await machines.until(production_id, "collect_shot", "end")
    async with httpx.AsyncClient(base_url=url, verify=False) as client:  # noqa: S501 - http
        await until_open(client)  # where there is no room it could not even start
    database_disk.fill()
    answer = await start_something_long(url)
    assert answer.status_code in (503, 507), answer.text  # a new connection finds no room, either
    await asyncio.to_thread(break_down, machines.database.url)  # the log has no room either: the server dies
    answer = await start_something_long(url)
    assert answer.status_code in (503, 507), answer.text
    assert machines.posts().total() < shots

    database_disk.make_room()
    assert await machines.ended(production_id) == "completed"
    orders = await machines.database.fetch_all(
        "select call_key, state from orders where production_id = %s", [production_id]
    )
    assert {order["call_key"] for order in orders} == set(machines.posts())
    assert {order["state"] for order in orders} == {"done"}
    assert set(machines.posts().values()) == {1}
    assert [process.returncode for process in machines.running] == [None, None]


def break_down(url: str) -> None:
    """Make the server need a new segment of its log, which it cannot have."""
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(DATABASE_MIB):
            try:
                connection.execute("select pg_logical_emit_message(false, 'full', repeat('x', 1048576))")
            except psycopg.OperationalError:
                return
    raise AssertionError("it had room")
