"""Reads one production out of the database, as one moment saw it, into files without names.

They are gone with the process, however it ends; only one batch of rows is in memory.
"""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from prompts import FOLDER as PROMPTS
from prompts import load
from server.archives.format import (
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    MAX_ROWS_BYTES,
    ROWS,
    keys_in,
    member_of,
)
from state.errors import MediaMissing, RecordConflict, RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.requests import WEBHOOK_FIELDS
from tools.media.store import MediaStore
from tools.redaction import Redactor

SQL = named_queries(Path(__file__).with_name("read.sql"))
BATCH = 40
PAID_FOR = ("orders", "ancestor_orders")
TOLD = ("detail", "error_detail")
"""Columns with words of providers; they may quote what was sent."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One member of an archive that is being made."""

    name: str
    size: int
    sha256: str
    open: Callable[[], BinaryIO]


@dataclass(kw_only=True)
class Collected:
    """Everything of one production that goes into its archive, but the manifest."""

    graph: str
    graph_version: str
    title: str
    parts: list[Part] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    files: ExitStack = field(default_factory=ExitStack)
    """What is open until the archive is sent."""


class RowFile:
    """One table of the archive while it is written: its lines, its digest, the media it names."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - open until the archive is sent
        self._digest = hashlib.sha256()
        self.count = 0
        self.keys: set[tuple[str, str]] = set()

    def write(self, lines: list[bytes]) -> None:
        """Add lines, each a row."""
        for line in lines:
            self._digest.update(line + b"\n")
            self.file.write(line + b"\n")
            self.keys.update(keys_in(self.name, line))
        self.count += len(lines)

    def part(self) -> Part:
        """The finished member."""
        name, size = f"rows/{self.name}.jsonl", self.file.tell()
        return Part(name=name, size=size, sha256=self._digest.hexdigest(), open=self._again)

    def _again(self) -> BinaryIO:
        self.file.seek(0)
        return self.file


async def collect(
    database: Database,
    store: MediaStore,
    production_id: str,
    *,
    user_id: str,
    folder: Path,
    redact: Redactor,
) -> Collected:
    """Read a production that stands still, with the media it refers to.

    Raises:
        RunNotFound: there is no such production of this user.
        RecordConflict: it is running, about to run, or has nothing to archive.
        MediaMissing: a file that was paid for is gone, so the archive could not be replayed.
    """
    params = {"production": production_id, "user": user_id, "webhooks": sorted(WEBHOOK_FIELDS)}
    with ExitStack() as files:
        tables = {name: await asyncio.to_thread(RowFile, name, folder) for name in ROWS}
        for table in tables.values():
            files.callback(table.file.close)
        async with database.transaction(rests=True) as connection:
            await connection.execute(SQL["begin"])
            await connection.execute(SQL["zone"])
            found = await _standing_still(connection, params)
            for name in ROWS[:-1]:
                await _fill(connection, tables[name], params, redact=redact)
        await asyncio.to_thread(_fill_prompts, tables["prompts"])
        collected = _collected(found, tables)
        await _add_media(collected, store, tables, user_id=user_id)
        _check_size(collected)
        collected.files.enter_context(files.pop_all())
        return collected


def _check_size(collected: Collected) -> None:
    """What no server would take in is not made."""
    rows = sum(part.size for part in collected.parts if part.name.startswith("rows/"))
    whole = sum(part.size for part in collected.parts)
    if rows > MAX_ROWS_BYTES or whole > MAX_FILE_BYTES or len(collected.parts) > MAX_MEMBERS:
        raise RecordConflict(
            f"This production has {whole >> 20} MiB in {len(collected.parts)} files,"
            " more than an archive may hold.",
            user_action="Export its deliverables instead, file by file.",
        )


def _collected(found: DictRow, tables: dict[str, RowFile]) -> Collected:
    return Collected(
        graph=found["graph"],
        graph_version=found["graph_version"],
        title=found["title"],
        parts=[table.part() for table in tables.values()],
        counts={name: table.count for name, table in tables.items()},
    )


async def _standing_still(connection: AsyncConnection[DictRow], params: dict[str, Any]) -> DictRow:
    row = await (await connection.execute(SQL["state"], params)).fetchone()
    if row is None:
        raise RunNotFound()
    if row["status"] == "draft":
        raise RecordConflict(
            "Nothing ran here yet, so there is nothing to archive.", user_action="Start it first."
        )
    if row["held"] or row["live"] or row["status"] in ("queued", "running"):
        raise RecordConflict(
            "This production is running, and an archive holds one that stands still.",
            user_action="Wait until it has ended or asks something, or cancel it; then export it.",
            details={"passing": not row["live"] and row["status"] not in ("queued", "running")},
        )
    return row


async def _fill(
    connection: AsyncConnection[DictRow], table: RowFile, params: dict[str, Any], *, redact: Redactor
) -> None:
    async with connection.cursor(name=f"archive_{table.name}") as cursor:
        await cursor.execute(SQL[table.name], params)
        while rows := await cursor.fetchmany(BATCH):
            await asyncio.to_thread(_write, table, [row["line"] for row in rows], redact)


def _write(table: RowFile, lines: list[str], redact: Redactor) -> None:
    table.write([_cleaned(line, redact) for line in lines])


def _cleaned(line: str, redact: Redactor) -> bytes:
    """The row without secrets of this process, and without what a provider's words may quote."""
    line = redact.known(line)
    if not any(f'"{name}": "' in line for name in TOLD):
        return line.encode()
    row = orjson.loads(line)
    for name in TOLD:
        if isinstance(row.get(name), str):
            row[name] = redact.text(row[name])
    return orjson.dumps(row)


def _fill_prompts(table: RowFile) -> None:
    """The words that this program gives to models; an order holds the whole text that it was asked with."""
    for path in sorted(PROMPTS.glob("*/*.md")):
        prompt = load(path.relative_to(PROMPTS).with_suffix("").as_posix())
        table.write([orjson.dumps({"name": prompt.name, "digest": prompt.digest, "text": prompt.text})])


async def _add_media(
    collected: Collected, store: MediaStore, tables: dict[str, RowFile], *, user_id: str
) -> None:
    """Every object of this user that a row names, once and in order of its name.

    A key that somebody typed into a title opens nobody else's files, and need not exist.
    """
    paid_for = {key for name in PAID_FOR for key, owner in tables[name].keys if owner == user_id}
    named = {key for table in tables.values() for key, owner in table.keys if owner == user_id}
    for key in sorted(named, key=member_of):
        path = None
        with suppress(MediaMissing):
            path = await store.get(key)
        if path is not None:
            collected.parts.append(await asyncio.to_thread(_media_part, key, path))
        elif key in paid_for:
            raise MediaMissing(
                f"{key} is gone, and without it this production cannot be replayed",
                user_action="Put the file back into the media folder, then export again.",
            )
        else:
            collected.absent.append(key)


def _media_part(key: str, path: Path) -> Part:
    digest = key.rpartition("/")[2].partition(".")[0]
    return Part(name=member_of(key), size=path.stat().st_size, sha256=digest, open=lambda: path.open("rb"))


def sealed(parts: list[Part]) -> Iterator[dict[str, Any]]:
    """The members as the manifest tells them."""
    for part in parts:
        yield {"name": part.name, "size": part.size, "sha256": part.sha256}
