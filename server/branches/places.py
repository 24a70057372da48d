"""Where a branch leaves: one stored state, with the states of the levels above it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg.rows import DictRow

from server.runs.graph_spec import GraphSpec
from state.errors import RecordConflict, RecordNotFound, RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_name("branches.sql"))


@dataclass(frozen=True, kw_only=True)
class Place:
    """One state of one production."""

    production_id: str
    graph: str
    title: str
    context: dict[str, Any]
    checkpoint_id: str
    namespace: str = ""
    """Empty for the graph itself, `storyboard_loop:<task>` inside a subgraph."""
    above: dict[str, str] = field(default_factory=dict)
    """The states that this one stands in, by namespace; empty for the graph itself."""
    whole: bool = False
    """It is the newest: everything that was done in it so far belongs to it."""

    @property
    def aims(self) -> dict[str, str]:
        """The aimed state of every level. At the newest, all below the root follows by itself."""
        if self.whole:
            return {"": self.above.get("", self.checkpoint_id)}
        return {**self.above, self.namespace: self.checkpoint_id}

    @property
    def owners(self) -> list[str]:
        """The tasks, from the root down, inside which this state lies."""
        return [part.rpartition(":")[2] for part in self.namespace.split("|") if part]


async def find_production(database: Database, production_id: str, *, user_id: str) -> DictRow:
    """The production that is to be branched.

    Raises:
        RunNotFound: there is no such production of this user.
    """
    row = await database.fetch_one(SQL["source"], {"production": production_id, "user": user_id})
    if row is None:
        raise RunNotFound()
    return row


async def find_place(
    database: Database,
    production_id: str,
    *,
    user_id: str,
    checkpoint_id: str | None,
    graphs: Mapping[str, GraphSpec],
) -> Place:
    """The state with this id, or the newest.

    Raises:
        RunNotFound: there is no such production of this user.
        RecordNotFound: it has no such checkpoint.
        RecordConflict: it has no state yet, or its graph is not known here.
    """
    row = await find_production(database, production_id, user_id=user_id)
    if row["head"] is None:
        raise RecordConflict(
            "This production has no checkpoint yet.", user_action="Wait until its first step is done."
        )
    if row["graph"] not in graphs:
        raise RecordConflict(
            f"The graph {row['graph']!r} of this production is not known here.",
            user_action="Ask a server that has this graph.",
        )
    facts = {name: row[name] for name in ("production_id", "graph", "title", "context")}
    if checkpoint_id is None:
        return Place(**facts, checkpoint_id=row["head"], whole=True)
    found = await database.fetch_one(SQL["state"], {"source": production_id, "checkpoint": checkpoint_id})
    if found is None:
        raise RecordNotFound(
            "There is no such checkpoint in this production.", user_action="Choose one that is listed."
        )
    return Place(
        **facts, checkpoint_id=checkpoint_id, namespace=found["namespace"], above=found["parents"],
        whole=found["newest"],
    )  # fmt: skip
