"""Hearing notifications: one LISTEN connection, opened again whenever it is lost.

A notification is a hint and may be lost with its connection: whoever listens looks at the tables each time
that listening begins, and lives by them.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import psycopg
import structlog
from psycopg import AsyncConnection, sql
from psycopg.rows import DictRow

from state.errors import DatabaseDown
from tools.db.pool import connection_settings
from tools.db.reach import connected
from tools.ending import end_tasks

log = structlog.stdlib.get_logger(__name__)
RECONNECT_S = 1.0
Line = AsyncConnection[DictRow]
Hear = Callable[[str, str], None]
"""Called with the channel and the payload of a notification; must not wait."""
First = Callable[[Line], Awaitable[None]]
"""Called with a new connection before anything is heard on it."""


async def nothing_first(line: Line) -> None:
    """Nobody wants to do anything on the connection."""


@asynccontextmanager
async def listening(
    url: str, channels: Sequence[str], *, name: str, first: First = nothing_first
) -> AsyncIterator[Line]:
    """A connection on which these channels are heard, for the length of the block.

    Raises:
        DatabaseDown: nobody answers.
    """
    async with connected(url, **connection_settings(name)) as line:
        await first(line)
        for channel in channels:
            await line.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
        yield line


class Ear:
    """What a process hears on some channels of one database.

    `begins` is called whenever listening begins, the first time too: what was told before nobody heard.
    """

    def __init__(
        self,
        url: str,
        channels: Sequence[str],
        *,
        name: str,
        hear: Hear,
        begins: Callable[[], None],
        first: First = nothing_first,
    ) -> None:
        self._url, self._channels, self._name = url, tuple(channels), name
        self._hear, self._begins, self._first = hear, begins, first
        self.confirmed = asyncio.Event()
        """Set when the database has confirmed for the first time that it listens."""
        self._task: asyncio.Task[None] | None = None
        self.hears = False
        """Whether there is a connection to hear on now."""

    async def open(self) -> None:
        """Listen from now on; returns when the database has confirmed it."""
        if self._task is None:
            self._task = asyncio.create_task(self.run(), name=self._name)
        await self.confirmed.wait()

    async def close(self) -> None:
        """Stop listening; it can be opened again."""
        if self._task is not None:
            await end_tasks([self._task])
            self._task = None
            self.confirmed.clear()

    async def run(self) -> None:
        """Listen until cancelled; a lost connection is opened again."""
        while True:
            try:
                await self._listen()
            except (psycopg.OperationalError, psycopg.InterfaceError, DatabaseDown) as exc:
                log.warning("listener_lost", listener=self._name, problem=str(exc).strip())
            await asyncio.sleep(RECONNECT_S)

    async def _listen(self) -> None:
        async with listening(self._url, self._channels, name=self._name, first=self._first) as line:
            self._begins()
            self.hears = True
            self.confirmed.set()
            try:
                async for notice in line.notifies():
                    self._hear(notice.channel, notice.payload)
            finally:
                self.hears = False
