"""Who is meant by an assistant's id: a graph's own assistant, or one that a user made."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from server.deps import House
from server.records import assistants
from state.errors import RecordNotFound

NAMESPACE = uuid.UUID("6ba7b821-9dad-11d1-80b4-00c04fd430c8")
"""As on LangGraph's own server, so that a link to an assistant holds on both; it never changes."""


@dataclass(frozen=True, kw_only=True)
class Assistant:
    """What a run needs to know of its assistant."""

    assistant_id: str
    graph_id: str
    config: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)


def system_id(graph_id: str) -> str:
    """The id of a graph's own assistant: the same in every process, for ever."""
    return str(uuid.uuid5(NAMESPACE, graph_id))


def system_assistants(house: House) -> list[dict[str, str]]:
    """One for every graph that this process knows."""
    return [{"assistant_id": system_id(name), "graph_id": name} for name in house.specs]


async def resolve_assistant(house: House, user_id: str, text: str) -> Assistant:
    """The assistant that an id or a graph's name means to this user; a graph's own costs no statement.

    Raises:
        RecordNotFound: nothing of theirs has this id, and no graph this name.
    """
    wanted = read_assistant_id(house, text)
    for one in system_assistants(house):
        if one["assistant_id"] == wanted:
            return Assistant(assistant_id=wanted, graph_id=one["graph_id"], metadata={"created_by": "system"})
    row = await assistants.get_assistant(house.database, wanted, user_id=user_id, system=[])
    return Assistant(
        assistant_id=wanted,
        graph_id=row["graph_id"],
        config=row["config"],
        context=row["context"],
        metadata=row["metadata"],
    )


def read_assistant_id(house: House, text: str) -> str:
    """The id in a text that is one already or a graph's name.

    Raises:
        RecordNotFound: it is neither.
    """
    if text in house.specs:
        return system_id(text)
    try:
        return str(uuid.UUID(text))
    except ValueError:
        known = ", ".join(sorted(house.specs))
        raise RecordNotFound(
            "There is no assistant of this id and no graph of this name.",
            user_action=f"Use an assistant's id or one of: {known}.",
        ) from None
