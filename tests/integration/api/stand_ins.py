"""The real front door, remembering what was asked, and a hand that writes events as a runner would."""

import uuid
from dataclasses import replace
from typing import Any

from langgraph.graph import END, START, StateGraph
from psycopg.types.json import Jsonb
from typing_extensions import TypedDict

from server.runs.accept import Runs
from server.runs.graph_spec import GraphSpec
from server.runs.production_state import ProductionState, RunAccepted
from state.context import RunContext
from state.review import ReviewReply
from tools.db.pool import Database

APPEND = """
with owner as (
    update productions set last_seq = last_seq + 1, status = coalesce(%(status)s, status)
    where production_id = %(id)s returning production_id, last_seq
), written as (
    insert into events (production_id, seq, event_id, method, payload)
    select production_id, last_seq, 'e' || last_seq, %(method)s, %(payload)s from owner
)
select last_seq from owner
"""


class Nothing(TypedDict, total=False):
    brief: dict[str, Any]


def idle_graph() -> GraphSpec:
    """A graph that nobody drives here."""
    graph = StateGraph(Nothing, context_schema=RunContext)
    graph.add_node("rest", lambda state: {})
    graph.add_edge(START, "rest")
    graph.add_edge("rest", END)
    return GraphSpec(graph=graph.compile())


class RememberingRuns(Runs):
    """Opens gates by hand, because no worker does."""

    def __init__(self, database: Database) -> None:
        self.specs = {"novela": idle_graph()}
        super().__init__(database, self.specs)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.made: dict[str, dict[str, Any]] = {}
        """What a graph would have written into the state of a production."""

    async def start(self, **asked: Any) -> RunAccepted:
        self.calls.append(("start", asked))
        return await super().start(**asked)

    async def state(self, **asked: Any) -> ProductionState:
        state = await super().state(**asked)
        return replace(state, values={**state.values, **self.made.get(asked["production_id"], {})})

    async def answer(self, **asked: Any) -> RunAccepted:
        accepted = await super().answer(**asked)
        self.calls.append(("answer", asked))
        return accepted

    async def resume(self, **asked: Any) -> RunAccepted:
        self.calls.append(("resume", asked))
        return await super().resume(**asked)

    async def cancel(self, **asked: Any) -> None:
        self.calls.append(("cancel", asked))
        await super().cancel(**asked)

    async def set(self, production_id: str, *, status: str, interrupts: list[dict[str, Any]]) -> None:
        """Put a production into a status; its run is over unless it is running."""
        await self._database.execute(
            "update productions set status = %s, interrupts = %s where production_id = %s",
            [status, Jsonb(interrupts), production_id],
        )
        await self._database.execute(
            "update runs set status = %s where production_id = %s and status in ('queued', 'running')",
            [status, production_id],
        )

    async def open_gate(self, production_id: str, gate: str, *items: str, **more: Any) -> str:
        """The production waits at this gate."""
        identity = uuid.uuid4().hex
        asked = [{"item": item, "title": item} for item in items]
        value = {"gate": gate, "round": 1, "title": gate, "question": "?", "items": asked, **more}
        schema = ReviewReply.model_json_schema()
        waiting = {"id": identity, "value": value, "response_schema": schema, "namespace": []}
        await self.set(production_id, status="paused", interrupts=[waiting])
        return identity


class Hand:
    """Writes events into the log without a lease."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.quiet = False
        """True: nobody is told, as when the process dies right after writing."""

    async def tell(self, production_id: str, method: str, payload: Any, *, status: str | None = None) -> int:
        """Append one event; with a status, the production ends with it."""
        row = await self._database.fetch_one(
            APPEND, {"id": production_id, "method": method, "payload": Jsonb(payload), "status": status}
        )
        assert row is not None
        if not self.quiet:
            ring = f"{production_id} {row['last_seq']} -"
            await self._database.execute("select pg_notify('greenlight_events', %s)", [ring])
        return int(row["last_seq"])
