"""Answering a replay's gates with the replies that were given then, in their order.

A replay asks the same questions under other ids: ids follow from checkpoints, and a replay
makes its own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from state.errors import ReplayDiverged
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("queries.sql"))


async def recorded_replies(
    database: Database, replies: Mapping[str, Any], pending: Mapping[str, Any], *, user_id: str
) -> dict[str, Any]:
    """The recorded replies under the ids of the questions that are open now.

    Where several are open, each reply goes to the question that was asked with the same words.

    Raises:
        ReplayDiverged: nothing is asked, or nothing of what was asked then.
    """
    unbound = {name: reply for name, reply in replies.items() if name not in pending}
    bound = {name: reply for name, reply in replies.items() if name in pending}
    if not unbound:
        return bound
    if len(replies) == len(pending) == 1:
        return dict.fromkeys(pending, next(iter(replies.values())))
    params = {"user": user_id, "ids": list(unbound)}
    asked = {row["id"]: row["question"] for row in await database.fetch_all(SQL["asked_then"], params)}
    for name, reply in unbound.items():
        again = [one for one, question in pending.items() if question == asked.get(name) and one not in bound]
        if not again:
            raise ReplayDiverged(
                "A recorded answer has no question to answer.",
                details={"interrupt_id": name, "open": sorted(pending)},
            )
        bound[again[0]] = reply
    return bound
