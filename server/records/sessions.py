"""One session per user: opened on first use, moved forward by every call.

It is kept in memory and written back now and then, so that a call costs no statement.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import structlog

from state.errors import DatabaseDown
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
WRITE_BACK_S = 5.0
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Session:
    """Who is here, since when, and when they last asked for something."""

    id: UUID
    user_id: str
    created_at: datetime
    last_activity: datetime


class Sessions:
    """The sessions of this process."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._open: dict[str, Session] = {}
        self._written: dict[str, datetime] = {}

    async def touch(self, user_id: str) -> Session:
        """Note a call of this user; the same session every time, a later `last_activity`."""
        session = self._open.get(user_id) or await self._read(user_id)
        # A clock that stands still between two calls must not hide the second one.
        moved = max(self._clock.now(), session.last_activity + timedelta(microseconds=1))
        session = replace(session, last_activity=moved)
        self._open[user_id] = session
        if (moved - self._written[user_id]).total_seconds() >= WRITE_BACK_S:
            await self._write(session)
        return session

    async def flush(self) -> None:
        """Write every session back, as the process ends."""
        for session in self._open.values():
            await self._write(session)

    async def _read(self, user_id: str) -> Session:
        row = await self._database.fetch_one(SQL["open"], {"user": user_id})
        if row is None:
            raise RuntimeError("an upsert that returns its row gave none")
        self._written[user_id] = row["last_activity"]
        return Session(
            id=row["session_id"],
            user_id=user_id,
            created_at=row["created_at"],
            last_activity=row["last_activity"],
        )

    async def _write(self, session: Session) -> None:
        self._written[session.user_id] = session.last_activity
        try:
            await self._database.execute(SQL["touch"], {"user": session.user_id, "at": session.last_activity})
        except DatabaseDown as exc:
            # Memory has it, and a call that needs no database must not fail for this.
            log.warning("session_not_written", problem=exc.message)
