"""A run engine and an event log that keep the promises of the real ones without a graph."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from pydantic import ValidationError

from server.records.project import Projector
from state.errors import RecordConflict, ReviewRefused, RunNotFound, StaleReview
from state.review import ReviewReply
from tools.db.pool import Database

FINAL = ("completed", "failed", "cancelled")


@dataclass(frozen=True)
class StandInAccepted:
    production_id: str
    run_id: str
    repeated: bool = False


@dataclass(frozen=True)
class StandInState:
    status: str
    stage: str
    values: dict[str, Any]
    interrupts: list[dict[str, Any]]
    error: dict[str, Any] | None
    seq: int


@dataclass(frozen=True)
class StandInEvent:
    seq: int
    event_id: str
    namespace: tuple[str, ...]
    method: str
    payload: Any
    at: datetime


@dataclass
class StandInRuns:
    """Records what was asked of it; gates are opened by the test."""

    database: Database
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def start(self, *, user_id: str, idempotency_key: str = "", **asked: Any) -> StandInAccepted:
        key = idempotency_key or uuid.uuid4().hex
        production = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{user_id}/{key}"))
        made = await self.database.execute(
            "insert into productions (production_id, user_id, graph, title, novela_id, episode_number, brief,"
            " context) values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
            [
                production, user_id, asked["graph"], asked["title"], asked.get("novela_id"),
                asked.get("episode_number"), Jsonb(asked["brief"]), Jsonb(asked["context"]),
            ],
        )  # fmt: skip
        self.calls.append(("start", {"user_id": user_id, **asked}))
        return await self._run(production, user_id, "start", repeated=made == 0)

    async def answer(
        self, *, user_id: str, production_id: str, interrupt_id: str | None, reply: dict[str, Any]
    ) -> StandInAccepted:
        state = await self.state(user_id=user_id, production_id=production_id)
        if not state.interrupts or interrupt_id not in (None, state.interrupts[0]["id"]):
            raise StaleReview()
        try:
            ReviewReply.model_validate(reply)
        except ValidationError as exc:
            raise ReviewRefused(f"reply: {exc.errors()[0]['msg']}") from exc
        self.calls.append(("answer", {"production_id": production_id, "reply": reply}))
        await self.set(production_id, status="running", interrupts=[])
        return await self._run(production_id, user_id, "resume")

    async def resume(self, *, user_id: str, production_id: str) -> StandInAccepted:
        state = await self.state(user_id=user_id, production_id=production_id)
        if state.status not in ("failed", "cancelled"):
            raise RecordConflict()
        self.calls.append(("resume", {"production_id": production_id}))
        await self.set(production_id, status="queued", interrupts=[])
        return await self._run(production_id, user_id, "continue")

    async def cancel(self, *, user_id: str, production_id: str) -> None:
        await self.state(user_id=user_id, production_id=production_id)
        self.calls.append(("cancel", {"production_id": production_id}))
        await self.set(production_id, status="cancelled", interrupts=[])

    async def state(self, *, user_id: str, production_id: str) -> StandInState:
        row = await self.database.fetch_one(
            "select * from productions where production_id = %s and user_id = %s", [production_id, user_id]
        )
        if row is None:
            raise RunNotFound()
        return StandInState(
            row["status"], row["stage"], row["values"], row["interrupts"], row["error"], row["last_seq"]
        )

    async def set(self, production_id: str, *, status: str, interrupts: list[dict[str, Any]]) -> None:
        await self.database.execute(
            "update productions set status = %s, interrupts = %s where production_id = %s",
            [status, Jsonb(interrupts), production_id],
        )

    async def open_gate(self, production_id: str, gate: str, *items: str, **more: Any) -> str:
        """The production waits at this gate."""
        identity = uuid.uuid4().hex
        value = {"gate": gate, "round": 1, "items": [{"item": item, "title": item} for item in items], **more}
        waiting = {"id": identity, "value": value, "response_schema": {"title": "ReviewReply"}}
        await self.set(production_id, status="paused", interrupts=[waiting])
        return identity

    async def _run(
        self, production: str, user_id: str, kind: str, *, repeated: bool = False
    ) -> StandInAccepted:
        await self.database.execute(
            "update runs set status = 'completed' where production_id = %s", [production]
        )
        run = await self.database.fetch_one(
            "insert into runs (production_id, user_id, kind) values (%s, %s, %s) returning run_id",
            [production, user_id, kind],
        )
        return StandInAccepted(production, str(run["run_id"]) if run else "", repeated)


class StandInEvents:
    """An event log in the real table, without leases."""

    def __init__(self, database: Database, projector: Projector) -> None:
        self._database = database
        self._projector = projector
        self._news = asyncio.Condition()

    async def tell(self, production_id: str, method: str, payload: Any) -> int:
        """Append one event, as a runner would."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "update productions set last_seq = last_seq + 1 where production_id = %s returning last_seq",
                [production_id],
            )
            row = await cursor.fetchone()
            assert row is not None
            await connection.execute(
                "insert into events (production_id, seq, event_id, method, payload) values (%s, %s, %s, %s, %s)",
                [production_id, row["last_seq"], f"e{row['last_seq']}", method, Jsonb(payload)],
            )
        self._projector.written(production_id, [(method, payload)])
        async with self._news:
            self._news.notify_all()
        return int(row["last_seq"])

    async def follow(
        self, production_id: str, *, after: int = 0, until_end: bool = False
    ) -> AsyncIterator[StandInEvent]:
        while True:
            async with self._news:
                rows = await self._database.fetch_all(
                    "select seq, event_id, method, payload, at from events"
                    " where production_id = %s and seq > %s order by seq",
                    [production_id, after],
                )
                if not rows:
                    if until_end and await self._ended(production_id):
                        return
                    await self._news.wait()
            for row in rows:
                after = row["seq"]
                yield StandInEvent(after, row["event_id"], (), row["method"], row["payload"], row["at"])

    async def _ended(self, production_id: str) -> bool:
        row = await self._database.fetch_one(
            "select status from productions where production_id = %s", [production_id]
        )
        return row is not None and row["status"] in FINAL
