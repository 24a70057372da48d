"""What the agents said to each other, readable in the order it was said."""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.records.novelas import Connection
from state.errors import RecordNotFound
from state.messages import AgentMessage
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


async def read_conversation(database: Database, conversation_id: str, *, user_id: str) -> list[DictRow]:
    """All messages of one conversation, oldest first.

    Raises:
        RecordNotFound: nobody said anything there, or it is another user's.
    """
    params = {"conversation": conversation_id, "user": user_id}
    rows = await database.fetch_all(SQL["of_conversation"], params)
    if not rows:
        raise RecordNotFound("No such conversation.", user_action="Check the id in the video's record.")
    return rows


async def list_messages(
    database: Database, novela_id: str, *, user_id: str, limit: int, offset: int, agent: str | None = None
) -> tuple[list[DictRow], int]:
    """A page of all messages about a novela, oldest first, and how many there are."""
    params = {"novela": novela_id, "user": user_id, "agent": agent, "limit": limit, "offset": offset}
    rows = await database.fetch_all(SQL["of_novela"], params)
    return rows, int(rows[0]["total"]) if rows else 0


async def write_message(connection: Connection, where: dict[str, Any], message: AgentMessage) -> None:
    """Keep a message; writing it twice changes nothing. A response marks its request as answered."""
    content, metadata = message.content, message.content.metadata
    answers = row_id(message.response_to) if message.response_to else None
    params = {
        **where,
        "id": row_id(message.id),
        "key": message.id,
        "conversation": message.conversation_id,
        "from_agent": message.from_agent,
        "to_agent": message.to_agent,
        "type": message.message_type,
        "action": content.action,
        "content": Jsonb(content.data),
        "metadata": Jsonb(metadata.model_dump(mode="json")),
        "scene": metadata.sceneNumber,
        "response_to": answers,
        "at": message.timestamp,
    }
    await connection.execute(SQL["write"], params)
    if answers and message.message_type in ("response", "error"):
        await connection.execute(SQL["mark_answered"], {"response_to": answers, "user": where["user"]})


async def link_scene(connection: Connection, where: dict[str, Any], *, episode: int, scene: int) -> None:
    """Messages that were sent before their scene had a row are about it all the same."""
    await connection.execute(SQL["link_scene"], {**where, "episode": episode, "scene": scene})


def row_id(message_id: str) -> UUID:
    """The row of a message: its own id where that is a UUID, else one made from it."""
    try:
        return UUID(message_id)
    except ValueError:
        return uuid5(NAMESPACE_URL, message_id)
