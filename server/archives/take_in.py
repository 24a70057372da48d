"""Imports an archive: everything is checked, then one transaction writes it, then it is there whole.

The one who imports owns all of it. Nothing that arrives goes on by itself: it has ended, or it waits.
"""

import asyncio
import errno
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.archives.arrived import Arrived, lines_of, unpacked
from server.archives.format import ROWS, key_of
from server.archives.renaming import Renaming
from server.archives.rewrite import rewritten
from server.archives.send import work_folder
from server.archives.terms import MOST, as_it_ran, terms_here
from server.archives.unpack import Parcel, Progress, open_parcel
from server.deps import House
from server.records.project import project_all
from state.errors import ArchiveRefused, MediaMissing, RecordConflict, StoreFull
from tools.db.sql import named_queries
from tools.media.incoming import check_room
from tools.media.local import KEEP_FREE_BYTES
from tools.media.store import MediaStore

SQL = named_queries(Path(__file__).with_name("write.sql"))
BATCH_BYTES = 2 * 1024**2
STORED = ("novela", "ancestors", "ancestor_runs", "ancestor_events", "ancestor_orders", "production", "runs",
          "checkpoints", "blobs", "writes", "events", "orders", "attempts", "replay_calls",
          "cut", "cut_versions")  # fmt: skip
"""The order in which rows may refer to each other; the prompts are for reading."""
AS_NEW = "Import it with `as_new=true` (`greenlight import --as-new`): it then gets an id of its own."


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A production that is here now."""

    production_id: str
    title: str
    status: str
    counts: dict[str, int]
    media: int


def _silent(count: int) -> None:
    """Nobody watches."""


async def take_in(
    house: House, file: BinaryIO, *, user_id: str, as_new: bool = False, progress: Progress = _silent
) -> Imported:
    """Check an archive and make its production one of this user's.

    Raises:
        ArchiveRefused: it is no archive, was changed, means harm, or is for another server.
        RecordConflict: what it holds is here already; `as_new` makes a copy.
        StoreFull: no room for its media; nothing stays.
    """
    parent = await asyncio.to_thread(work_folder, house.settings.data_dir)
    with tempfile.TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as folder:
        try:
            arrived = await asyncio.to_thread(_checked, house, file, Path(folder), progress)
        except OSError as exc:
            if exc.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise StoreFull from exc
            raise
        return await _store(house, arrived, user_id=user_id, as_new=as_new)


def _checked(house: House, file: BinaryIO, folder: Path, progress: Progress) -> Arrived:
    parcel = open_parcel(file)
    try:
        _check_graph(house, parcel)
        check_room(folder, sum(member.size for member in parcel.manifest.members), KEEP_FREE_BYTES)
        return unpacked(parcel, folder, house.specs[parcel.manifest.graph].graph, progress)
    finally:
        parcel.close()


def _check_graph(house: House, parcel: Parcel) -> None:
    graph, made_with = parcel.manifest.graph, parcel.manifest.graph_version
    known = house.specs[graph].version if graph in house.specs else ""
    if not known:
        raise ArchiveRefused(
            f"The archive is of the graph {graph!r}, which this server does not have.",
            user_action=f"It has: {', '.join(sorted(house.specs))}.",
        )
    if made_with != known:
        raise ArchiveRefused(
            f"The archive is of version {made_with} of the graph {graph}; here is {known}.",
            user_action="Import it with the version of Greenlight that made it.",
        )


async def _store(house: House, arrived: Arrived, *, user_id: str, as_new: bool) -> Imported:
    placed: list[str] = []
    try:
        async with house.database.transaction(rests=True) as connection:
            renaming = await _renaming(connection, arrived, user_id=user_id, as_new=as_new)
            await _write(connection, arrived, renaming, user_id=user_id)
            await _place_media(house.store, arrived, placed, user_id=user_id)
    except (psycopg.errors.UniqueViolation, psycopg.errors.IntegrityError) as exc:
        await _take_back(house.store, placed)
        if isinstance(exc, psycopg.errors.UniqueViolation):
            raise RecordConflict("Something in this archive is here already.", user_action=AS_NEW) from exc
        raise ArchiveRefused("The rows of the archive do not fit together.") from exc
    except psycopg.DataError as exc:
        await _take_back(house.store, placed)
        raise ArchiveRefused("A row of the archive holds a value that cannot be stored.") from exc
    except BaseException:
        await _take_back(house.store, placed)
        raise
    assert arrived.production is not None  # noqa: S101 - checked before anything was written
    return Imported(
        production_id=renaming.id(arrived.production_id),
        title=arrived.production.title,
        status=arrived.production.status,
        counts={name: arrived.manifest.counts.get(name, 0) for name in ROWS},
        media=len(arrived.manifest.media),
    )


async def _renaming(
    connection: AsyncConnection[DictRow], arrived: Arrived, *, user_id: str, as_new: bool
) -> Renaming:
    """What must be called otherwise here. Without `as_new` a production keeps its id or stays out."""
    line = [one.production_id for one in arrived.ancestors]
    taken = await _taken(connection, [arrived.production_id, *line], user_id=user_id)
    novela = {arrived.novela_id} if arrived.novela_id else set()
    if as_new:
        return Renaming(user_id, {arrived.production_id, *line, *arrived.ids, *novela})
    here = taken.get(arrived.production_id)
    if here is not None and not here["stands_in"]:
        raise RecordConflict("A production with this id is here already.", user_action=AS_NEW)
    if any(name in taken and not taken[name]["own"] for name in line):
        raise RecordConflict(
            "What this production branched from has an id that is taken.", user_action=AS_NEW
        )
    return Renaming(user_id, novela if await _novela_taken(connection, arrived.novela_id) else ())


async def _taken(connection: AsyncConnection[DictRow], ids: list[str], *, user_id: str) -> dict[str, DictRow]:
    cursor = await connection.execute(SQL["taken"], {"ids": ids, "user": user_id})
    return {row["id"]: row for row in await cursor.fetchall()}


async def _novela_taken(connection: AsyncConnection[DictRow], novela_id: str | None) -> bool:
    """A novela of this id is somebody's, perhaps ours: what arrives never changes what was here."""
    if novela_id is None:
        return False
    cursor = await connection.execute(SQL["novela_taken"], {"id": novela_id})
    return await cursor.fetchone() is not None


async def _write(
    connection: AsyncConnection[DictRow], arrived: Arrived, renaming: Renaming, *, user_id: str
) -> None:
    place = {"production": renaming.id(arrived.production_id), "user": user_id, **_terms(arrived)}
    children = await (await connection.execute(SQL["take_place"], place)).fetchall()
    for name in STORED:
        async for rows in _batches(name, arrived.rows(name), renaming):
            await connection.execute(SQL[name], place | {"rows": rows})
    async for rows in _batches("ancestors", arrived.rows("ancestors"), renaming):
        await connection.execute(SQL["ancestors_linked"], place | {"rows": rows})
    if children:
        await connection.execute(SQL["adopt_children"], place | {"children": [row["id"] for row in children]})
    async with _library_kept(connection, arrived, user_id=user_id):
        await project_all(connection, place["production"])
        await connection.execute(SQL["spoken"], place)


def _terms(arrived: Arrived) -> dict[str, Any]:
    context = {} if arrived.production is None else arrived.production.context
    held, ran = terms_here(context), as_it_ran(context)
    return {"terms": Jsonb(held), "ran": Jsonb(ran), "most": MOST.micros}


@asynccontextmanager
async def _library_kept(
    connection: AsyncConnection[DictRow], arrived: Arrived, *, user_id: str
) -> AsyncIterator[None]:
    """Rows of the library that were here before are as they were."""
    keys = [f"{kind}/{user_id}/{file}" for kind, _, file in (key.split("/") for key in arrived.keys)]
    cursor = await connection.execute(SQL["library_before"], {"user": user_id, "keys": keys})
    before = await cursor.fetchall()
    yield
    rows = orjson.dumps(before, default=str).decode()
    await connection.execute(SQL["library_restore"], {"user": user_id, "rows": rows})


async def _batches(name: str, path: Path, renaming: Renaming) -> AsyncIterator[str]:
    """The rows of a table as JSON arrays of a bearable size, named as they are named here."""
    lines = _joined(name, path, renaming)
    while (rows := await asyncio.to_thread(next, lines, None)) is not None:
        yield rows


def _joined(name: str, path: Path, renaming: Renaming) -> Iterator[str]:
    waiting: list[str] = []
    size = 0
    for line in lines_of(path):
        waiting.append(rewritten(name, line.decode(), renaming))
        size += len(line)
        if size >= BATCH_BYTES:
            yield f"[{','.join(waiting)}]"
            waiting, size = [], 0
    if waiting:
        yield f"[{','.join(waiting)}]"


async def _place_media(store: MediaStore, arrived: Arrived, placed: list[str], *, user_id: str) -> None:
    """Put every object into the store; `placed` tells which were not there before."""
    for name, path in arrived.media():
        key = key_of(name, user_id)
        try:
            await store.size(key)
        except MediaMissing:
            placed.append(key)
            stored = await store.put(path, user_id=user_id)
            if stored.key != key:
                placed.append(stored.key)
                raise ArchiveRefused(f"{name} is not what its name says.") from None


async def _take_back(store: MediaStore, placed: list[str]) -> None:
    for key in placed:
        await store.delete(key)
