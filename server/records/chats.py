"""What people and the fallback handler said to each other, session by session."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state.errors import RecordNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, kw_only=True)
class ChatMessage:
    """One message of a talk, before it is kept."""

    id: str
    session_id: str
    role: Literal["user", "assistant"]
    content: str
    error_context: dict[str, Any]
    """What was known when it was said."""
    novela_id: str | None = None
    agent_role: str | None = None


async def write_chat(database: Database, message: ChatMessage, *, user_id: str) -> None:
    """Keep a message."""
    params = {
        "id": message.id, "user": user_id, "session": message.session_id, "role": message.role,
        "content": message.content, "agent": message.agent_role, "novela": message.novela_id,
        "context": Jsonb(message.error_context),
    }  # fmt: skip
    await database.fetch_one(SQL["write"], params)


async def check_session(database: Database, session_id: str, *, user_id: str) -> None:
    """See whether a session is this user's.

    Raises:
        RecordNotFound: nobody said anything there, or it is another user's.
    """
    if await database.fetch_one(SQL["known"], {"session": session_id, "user": user_id}) is None:
        raise RecordNotFound("No such chat session.", user_action="Leave `sessionId` out to begin a new one.")


async def list_sessions(
    database: Database, *, user_id: str, limit: int, offset: int
) -> tuple[list[DictRow], int]:
    """A page of sessions, the one that was spoken in last first, and how many there are."""
    rows = await database.fetch_all(SQL["sessions"], {"user": user_id, "limit": limit, "offset": offset})
    return rows, int(rows[0]["total"]) if rows else 0


async def read_chat(
    database: Database, session_id: str, *, user_id: str, limit: int, before: UUID | None = None
) -> list[DictRow]:
    """The newest messages before a cursor, oldest first."""
    wanted = {"session": session_id, "user": user_id, "limit": limit, "before": before}
    rows = await database.fetch_all(SQL["messages"], wanted)
    return rows[::-1]
