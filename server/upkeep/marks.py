"""Which media files are named by anything that stays.

Every table that holds data is read whole, as one moment saw it: whoever adds a column or a table need not
think of this. Texts that are kept name files as well (a cut names its clips), so they are read, too.
"""

from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field

from psycopg import AsyncConnection, sql
from psycopg.rows import DictRow

from state.errors import MediaMissing
from tools.db.copying import Snapshot, TableShape, snapshot
from tools.media.named import keys_in, keys_of
from tools.media.store import MediaStore

OF_PRODUCTIONS = ("productions", "runs", "events", "orders", "production_files", "replay_calls")
OF_THREADS = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
LIBRARY = "media_library"
TEXT = "text/"
TOLD_ONLY = frozenset({"audit_logs"})
"""They say what was done with a file, and need it no more."""


async def marked(connection: AsyncConnection[DictRow], *, without: list[str]) -> set[str]:
    """The keys that any row names, as if these productions were cleared already.

    A row of the library alone keeps no file of a cleared production, unless it is a scene's of a novela.
    """
    found: set[str] = set()
    async with snapshot(connection) as moment:
        async for keys in _in_rows(moment, without):
            found |= keys
    return found


@dataclass(frozen=True, kw_only=True)
class Named:
    """Which of the files that were asked for are named by rows."""

    keys: set[str] = field(default_factory=set)
    owners: dict[str, set[str]] = field(default_factory=dict)
    """By key the ids of productions, threads and cuts whose rows name it, where a row says so."""
    texts: set[str] = field(default_factory=set)
    """All texts that rows name: they may name files themselves."""


async def named_by(
    connection: AsyncConnection[DictRow], user_id: str, wanted: set[str], *, without: list[str]
) -> Named:
    """Which of these files of a user are named by any row that is not known to be somebody else's.

    `without` are ids of items of the library that do not count.
    """
    found = Named()
    async with snapshot(connection) as moment:
        for table in (one for one in moment.tables if one.name not in TOLD_ONLY):
            async for row in moment.rows(table, kept=_of_user(table, user_id, without)):
                keys = keys_of(row, table)
                found.texts.update(key for key in keys if key.startswith(TEXT))
                for key in keys & wanted:
                    found.keys.add(key)
                    found.owners.setdefault(key, set()).update(_owner(row, table))
    return found


async def in_texts(store: MediaStore, keys: Iterable[str]) -> set[str]:
    """What the texts among these files name, and what texts among that name."""
    found: set[str] = set()
    waiting = {key for key in keys if key.startswith(TEXT)}
    seen = set(waiting)
    while waiting:
        named = await _in_text(store, waiting.pop())
        found |= named
        fresh = {key for key in named if key.startswith(TEXT)} - seen
        seen |= fresh
        waiting |= fresh
    return found


async def _in_rows(moment: Snapshot, without: list[str]) -> AsyncGenerator[set[str]]:
    kept = _kept(without)
    for table in moment.tables:
        async for row in moment.rows(table, kept=kept.get(table.name)):
            if keys := keys_of(row, table):
                yield keys


def _kept(without: list[str]) -> dict[str, sql.Composable]:
    """The rows that count, of tables in which not all do."""
    ids = sql.SQL("{}::uuid[]").format(sql.Literal(without))
    weak = sql.SQL(
        "not coalesce(video_id is null and production_id in (select production_id from productions"
        " where cleared_at is not null or production_id = any({})), false)"
    )
    kept: dict[str, sql.Composable] = {LIBRARY: weak.format(ids)}
    if without:
        kept |= {table: sql.SQL("production_id <> all({})").format(ids) for table in OF_PRODUCTIONS}
        kept |= {table: sql.SQL("thread_id <> all({}::text[])").format(ids) for table in OF_THREADS}
        versions = "cut_id not in (select cut_id from cuts where production_id = any({}))"
        kept |= {"cut_versions": sql.SQL(versions).format(ids)}
    return kept


def _of_user(table: TableShape, user_id: str, without: list[str]) -> sql.Composable:
    """A column that a later table brings is read as well: only what is known to be another's is left out."""
    mine = sql.Literal(user_id)
    rules: list[sql.Composable] = [sql.SQL("true")]
    if "user_id" in table.columns:
        rules.append(sql.SQL("(user_id = {mine} or user_id is null)").format(mine=mine))
    for column, name in (("production_id", "production_id"), ("thread_id", "production_id::text")):
        if column in table.columns and table.name != "productions":
            theirs = "({} not in (select {} from productions where user_id <> {})) is not false"
            rules.append(sql.SQL(theirs).format(sql.SQL(column), sql.SQL(name), mine))
    if table.name == LIBRARY:
        rules.append(sql.SQL("id <> all({}::uuid[])").format(sql.Literal(without)))
    return sql.SQL(" and ").join(rules)


def _owner(row: bytes, table: TableShape) -> set[str]:
    for column in ("production_id", "thread_id", "cut_id"):
        if column in table.columns:
            value = row.rstrip(b"\n").split(b"\t")[table.columns.index(column)].decode()
            return set() if value == "\\N" else {value}
    return set()


async def _in_text(store: MediaStore, key: str) -> set[str]:
    try:
        return keys_in(b"".join([chunk async for chunk in store.stream(key)]))
    except MediaMissing:
        return set()
