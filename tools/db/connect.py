"""The database of these settings: one that somebody runs, or the embedded one."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool

from state.errors import DatabaseDown, FolderUnwritable
from tools.db.embedded import ensure_embedded, release_embedded
from tools.db.halts import FORBIDS_ALL, refuse_if_halted
from tools.db.migrate import migrate
from tools.db.pool import CONNECT_AGAIN_S, Database, connection_settings
from tools.db.reach import connected
from tools.db.schema_version import check_schema
from tools.settings import Settings

log = logging.getLogger(__name__)


class EmbeddedDatabase(Database):
    """A pool on the embedded server: brings the server back when it died, lets it go when closed."""

    data_dir: Path | None = None

    def __init__(self, url: str, pool: AsyncConnectionPool[AsyncConnection[DictRow]]) -> None:
        super().__init__(url, pool)
        self._reviving = asyncio.Lock()
        self._again_at, self._why = 0.0, DatabaseDown()
        """Until when a server that did not start is left alone, and what it said."""

    @classmethod
    async def start(cls, data_dir: Path, *, max_size: int, name: str) -> Self:
        """Start the server if need be, bring its schema up to date, open a pool."""
        url = await ensure_embedded(data_dir)
        try:
            await migrate(url)
            database = await cls.open(url, max_size=max_size, name=name)
        except BaseException:
            await release_embedded(data_dir)
            raise
        database.data_dir = data_dir
        await _let_in(database)
        return database

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection[DictRow]]:
        """As `Database.connection`; after a failure the next call finds a server that runs.

        Raises:
            DatabaseDown: this call failed, and what it did may or may not have been done.
        """
        try:
            async with super().connection() as connection:
                yield connection
        except DatabaseDown:
            await self._revive()
            raise

    async def find_server(self) -> None:
        """Bring it back; where that fails it is tried again in some seconds, and by every call that fails."""
        try:
            await self._revive()
        except DatabaseDown as exc:
            log.warning("the embedded database is away: %s", exc)

    async def _revive(self) -> None:
        async with self._reviving:
            if (data_dir := self.data_dir) is None:
                return
            if time.monotonic() < self._again_at:
                raise type(self._why)(self._why.message, user_action=self._why.user_action)
            try:
                await self._start_again(data_dir)
            except DatabaseDown as exc:
                self._again_at, self._why = time.monotonic() + CONNECT_AGAIN_S, exc
                raise

    async def _start_again(self, data_dir: Path) -> None:
        try:
            await ensure_embedded(data_dir)
        except FolderUnwritable as exc:  # nothing of the set-up: the disk is full, or has gone
            raise DatabaseDown(exc.message, user_action=exc.user_action) from exc
        await release_embedded(data_dir)
        await self.pool.check()

    async def close(self) -> None:
        """Close every connection; the last user's server stops."""
        await super().close()
        if self.data_dir is not None:
            data_dir, self.data_dir = self.data_dir, None
            await release_embedded(data_dir)


async def open_database(settings: Settings, *, max_size: int = 16, name: str = "greenlight") -> Database:
    """Open the database that these settings name; close it to let an embedded server go.

    Raises:
        DatabaseDown: nobody answers, with the reason in one sentence.
        SchemaOutdated: a database that we do not run needs `greenlight migrate` first.
        DatabaseHalted: it was moved elsewhere, or is half filled.
        FolderUnwritable: the data folder cannot hold a database.
    """
    if settings.database_url is None:
        return await EmbeddedDatabase.start(settings.data_dir, max_size=max_size, name=name)
    url = settings.database_url.get_secret_value()
    # A pool hides the reason behind its time-out and tries for long; one connection tells at once.
    async with connected(url, **connection_settings(name)):
        pass
    database = await Database.open(url, max_size=max_size, name=name)
    await _let_in(database, checked=check_schema)
    return database


async def _let_in(
    database: Database, *, checked: Callable[[Database], Awaitable[None]] | None = None
) -> None:
    """Close it again if it has another schema, or is not to be worked on."""
    try:
        if checked is not None:
            await checked(database)
        await refuse_if_halted(database, FORBIDS_ALL)
    except BaseException:
        await database.close()
        raise


@asynccontextmanager
async def database_at(settings: Settings) -> AsyncIterator[str]:
    """The URL of the database of these settings, with an embedded server running; nothing in it is looked at.

    Raises:
        DatabaseDown, FolderUnwritable: an embedded server does not start.
    """
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    url = await ensure_embedded(settings.data_dir)
    try:
        yield url
    finally:
        await release_embedded(settings.data_dir)
