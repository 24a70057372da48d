"""Which media files are named by anything that stays.

Every table that holds data is read whole, as one moment saw it: whoever adds a column or a table need not
think of this. Texts that are kept name files as well (a cut names its clips), so they are read, too.
"""

from collections.abc import AsyncGenerator, Iterable

from psycopg import AsyncConnection, sql
from psycopg.rows import DictRow

from state.errors import MediaMissing
from tools.db.copying import Snapshot, snapshot
from tools.media.named import keys_in, keys_of
from tools.media.store import MediaStore

OF_PRODUCTIONS = ("productions", "runs", "events", "orders", "production_files", "replay_calls")
OF_THREADS = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
LIBRARY = "media_library"
TEXT = "text/"


async def marked(connection: AsyncConnection[DictRow], *, without: list[str]) -> set[str]:
    """The keys that any row names, as if these productions were cleared already.

    A row of the library alone keeps no file of a cleared production, unless it is a scene's of a novela.
    """
    found: set[str] = set()
    async with snapshot(connection) as moment:
        async for keys in _in_rows(moment, without):
            found |= keys
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


async def _in_text(store: MediaStore, key: str) -> set[str]:
    try:
        return keys_in(b"".join([chunk async for chunk in store.stream(key)]))
    except MediaMissing:
        return set()
