"""The front door: a run is in the database, with its doorbell rung, before anybody is told so."""

import uuid
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.limits.quotas import Quotas, insert_within
from server.runs.amounts import ceiling_micros, with_amounts
from server.runs.asked import replies_of
from server.runs.graph_spec import GraphSpec
from server.runs.payloads import dump
from server.runs.production_state import ProductionState, RunAccepted
from server.runs.reply_check import check_reply
from state.errors import BriefRefused, RecordConflict, ReviewRefused, RunNotFound, StaleReview
from state.locks import locked_in
from state.priority import PRIORITIES, Priority
from state.tier import Tier, tier_of
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.faults import fault_point

SQL = named_queries(Path(__file__).with_name("queries.sql"))
REPEAT_WINDOW_S = 10
KEYS = uuid.UUID("5b0f8c1e-6f0d-4f5e-9a54-6c0a7f3b2d11")


class Runs:
    """Starts, answers, continues and cancels productions; other people's are not found."""

    def __init__(
        self, database: Database, graphs: Mapping[str, GraphSpec], *, quotas: Quotas | None = None
    ) -> None:
        self._quotas = quotas
        self._database = database
        self._graphs = graphs

    async def start(
        self,
        *,
        user_id: str,
        graph: str,
        title: str,
        brief: dict[str, Any],
        context: dict[str, Any],
        novela_id: str | None = None,
        episode_number: int | None = None,
        production_id: str | None = None,
        idempotency_key: str = "",
        priority: Priority = "normal",
    ) -> RunAccepted:
        """Accept a new production, or a new start of one that has ended, which keeps its priority.

        Raises:
            BriefRefused: no such graph, or the context does not fit it.
            RunNotFound: the production is another user's.
            RecordConflict: the production is running, waits at a gate, or was begun in the other tier.
        """
        spec = self._spec(graph)
        _check_context(spec, context)
        ids = _ids(user_id, production_id, idempotency_key)
        row = {
            **ids, "user": user_id, "graph": graph, "version": spec.version, "title": title,
            "novela": novela_id, "episode": episode_number, "brief": Jsonb(brief, dump),
            "context": Jsonb(with_amounts(context) | {"user_id": user_id}, dump),
            "input": Jsonb(spec.input_of(brief), dump),
            "ceiling": ceiling_micros(context), "priority": PRIORITIES[priority],
        }  # fmt: skip
        made = await insert_within(self._quotas, self._database, SQL["start_new"], row, generates=True)
        if made is not None:
            await fault_point("after_accept", again=partial(self._ring, ids["production"]))
            return RunAccepted(production_id=ids["production"], run_id=ids["run"])
        return await self._start_again(user_id, ids, spec.input_of(brief), tier_of(context))

    async def _start_again(
        self, user_id: str, ids: dict[str, str], graph_input: dict[str, Any], tier: Tier
    ) -> RunAccepted:
        async with self._database.transaction() as connection:
            production = await self._lock(connection, ids["production"], user_id)
            earlier = await _one(connection, "run_by_id", ids)
            if earlier is not None:
                return RunAccepted(production_id=ids["production"], run_id=earlier["run_id"], repeated=True)
            if tier != tier_of(production["context"]):
                raise other_tier(tier_of(production["context"]))
            if production["status"] == "paused" and production["interrupts"]:
                waiting = [interrupt["id"] for interrupt in production["interrupts"]]
                raise RecordConflict(
                    "This production waits at a gate.",
                    user_action="Answer the gate, or cancel the production first.",
                    details={"interrupt_ids": waiting},
                )
            if production["status"] in ("queued", "running"):
                raise RecordConflict(
                    "This production is running.", user_action="Wait for it or cancel it first."
                )
            if production["began"]:
                refuse_locked(production["context"])
                graph_input = self._spec(production["graph"]).again_of(graph_input, start_cause(ids["run"]))
            return await _add_run(
                connection, ids["production"], user_id, "start", graph_input,
                run_id=ids["run"], quotas=self._quotas,
            )  # fmt: skip

    async def answer(
        self, *, user_id: str, production_id: str, interrupt_id: str | None, reply: dict[str, Any]
    ) -> RunAccepted:
        """Accept the answer to a gate; of several at once exactly one.

        Raises:
            RunNotFound: there is no such production of this user.
            StaleReview: the gate was answered already or is no longer open.
            ReviewRefused: the reply does not fit, or no gate was named and several are open.
        """
        production = await self._gate(production_id, user_id)
        if (repeated := _repeated(production, interrupt_id, reply)) is not None:
            return repeated
        interrupt = _bind(production, interrupt_id)
        self._check(production["graph"], interrupt, reply)
        taken = await self._take_answer(production | {"user_id": user_id}, interrupt, reply)
        if taken is None:  # somebody came first since the look above: perhaps with the same answer
            production = await self._gate(production_id, user_id)
            taken = _repeated(production, interrupt["id"], reply)
        if taken is None:
            raise StaleReview()
        return taken

    async def _gate(self, production_id: str, user_id: str) -> DictRow:
        """What is asked now, with the answer that was given a moment ago."""
        asked = {"production": _uuid(production_id), "user": user_id, "window": REPEAT_WINDOW_S}
        production = await self._database.fetch_one(SQL["gate"], asked)
        if production is None:
            raise RunNotFound()
        return production

    async def _take_answer(
        self, production: DictRow, interrupt: dict[str, Any], reply: dict[str, Any]
    ) -> RunAccepted | None:
        """The update's row lock lets one answer through; the next one finds the gate closed: None."""
        run_id = str(uuid.uuid4())
        params = {
            "run": run_id,
            "production": production["production_id"],
            "user": production["user_id"],
            "asked": Jsonb([{"id": interrupt["id"]}], dump),
            "input": Jsonb({"interrupt_id": interrupt["id"], "reply": reply}, dump),
        }
        taken = await insert_within(self._quotas, self._database, SQL["take_answer"], params, generates=False)
        if taken is None:
            return None
        await fault_point("after_accept", again=partial(self._ring, production["production_id"]))
        return RunAccepted(production_id=production["production_id"], run_id=run_id)

    async def _ring(self, production_id: str) -> None:
        await self._database.execute(SQL["ring"], {"production": production_id})

    async def resume(
        self, *, user_id: str, production_id: str, context: Mapping[str, Any] | None = None
    ) -> RunAccepted:
        """Go on with a production that failed or was cancelled, from its last checkpoint.

        `context` are knobs, checked, that replace those of the start from now on.

        Raises:
            RunNotFound: there is no such production of this user.
            RecordConflict: it neither failed nor was cancelled.
        """
        async with self._database.transaction() as connection:
            production = await self._lock(connection, production_id, user_id)
            stopped = production["status"] == "paused" and not production["interrupts"]
            if production["status"] not in ("failed", "cancelled") and not stopped:
                raise RecordConflict(
                    f"This production is {production['status']}, so there is nothing to continue.",
                    user_action="Only a failed or cancelled production can be continued.",
                )
            if context:
                changed = {"production": production_id, "context": Jsonb(dict(context), dump)}
                await connection.execute(SQL["change_context"], changed)
            return await _add_run(connection, production_id, user_id, "continue", None, quotas=self._quotas)

    async def cancel(self, *, user_id: str, production_id: str) -> None:
        """End a production: at once if nobody drives it, otherwise its worker stops it. Twice is once.

        Raises:
            RunNotFound: there is no such production of this user.
            RecordConflict: it has ended already.
        """
        async with self._database.transaction() as connection:
            production = await self._lock(connection, production_id, user_id)
            if production["status"] == "cancelled":
                return
            if production["status"] in ("completed", "failed"):
                raise RecordConflict(
                    f"This production has {production['status']}.",
                    user_action="There is nothing left to cancel.",
                )
            params: dict[str, Any] = {"production": production_id}
            await connection.execute(SQL["drop_waiting"], params | {"run": None})
            if production["held"] and production["status"] != "paused":
                await connection.execute(SQL["ask_to_cancel"], params)
                return
            run = await _one(connection, "latest_run", params)
            await connection.execute(SQL["cancel_now"], params | {"run": run["run_id"] if run else None})

    async def state(self, *, user_id: str, production_id: str) -> ProductionState:
        """The production as it is now.

        Raises:
            RunNotFound: there is no such production of this user.
        """
        params = {"production": _uuid(production_id), "user": user_id}
        row = await self._database.fetch_one(SQL["state"], params)
        if row is None:
            raise RunNotFound()
        return ProductionState(**row)

    async def _lock(self, connection: AsyncConnection[DictRow], production_id: str, user_id: str) -> DictRow:
        row = await _one(connection, "lock_production", {"production": _uuid(production_id)})
        if row is None or row["user_id"] != user_id or row["deleted_at"] is not None:
            raise RunNotFound()
        return row

    def _check(self, graph: str, interrupt: dict[str, Any], reply: dict[str, Any]) -> None:
        check_reply(interrupt["response_schema"], reply)
        self._spec(graph).validate_reply(interrupt["value"], reply)

    def _spec(self, graph: str) -> GraphSpec:
        if graph not in self._graphs:
            raise BriefRefused(
                f"There is no graph {graph!r}.",
                user_action=f"Choose one of: {', '.join(sorted(self._graphs))}.",
                details={"field": "graph", "known": sorted(self._graphs)},
            )
        return self._graphs[graph]


def other_tier(tier: Tier) -> RecordConflict:
    """The refusal of a run that asks for another tier than its production has."""
    return RecordConflict(
        f"context.tier: this production was begun as {tier}, and that does not change.",
        user_action=f"Leave context.tier out or send {tier}; for the other tier fork it, or start a new one.",
        details={"field": "context.tier", "tier": tier},
    )


def refuse_locked(context: Mapping[str, Any]) -> None:
    """See that nothing is locked which a new film on the same thread would throw away.

    Raises:
        RecordConflict: there is; the shots are named.
    """
    if locked := locked_in(context):
        raise RecordConflict(
            f"Locked: {', '.join(locked)}. A new start would make all of it anew.",
            user_action="Unlock them first, or start another production.",
            details={"locked": locked},
        )


def start_cause(run_id: str) -> str:
    """What the orders of a later start are caused by."""
    return f"start:{run_id}"


async def _one(connection: AsyncConnection[DictRow], query: str, params: Mapping[str, Any]) -> DictRow | None:
    return await (await connection.execute(SQL[query], params)).fetchone()


async def _add_run(
    connection: AsyncConnection[DictRow],
    production_id: str,
    user_id: str,
    kind: str,
    graph_input: dict[str, Any] | None,
    *,
    run_id: str | None = None,
    quotas: Quotas | None = None,
) -> RunAccepted:
    run_id = run_id or str(uuid.uuid4())
    params = {
        "run": run_id,
        "production": production_id,
        "user": user_id,
        "kind": kind,
        "input": None if graph_input is None else Jsonb(graph_input, dump),
    }
    await connection.execute(SQL["add_run"], params)
    if quotas is not None:
        await quotas.check(connection, user_id, generates=kind == "start")
    return RunAccepted(production_id=production_id, run_id=run_id)


def _repeated(production: DictRow, interrupt_id: str | None, reply: dict[str, Any]) -> RunAccepted | None:
    """The run of the same answer a moment ago: a double click answers one gate, not two."""
    if interrupt_id is not None and interrupt_id in {one["id"] for one in production["interrupts"]}:
        return None
    latest = production["latest"]
    replies = replies_of(latest["input"]) if latest is not None else {}
    if latest is None or reply not in replies.values():
        return None
    if interrupt_id is not None and replies.get(interrupt_id) != reply:
        return None
    return RunAccepted(production_id=production["production_id"], run_id=latest["run_id"], repeated=True)


def _bind(production: DictRow, interrupt_id: str | None) -> dict[str, Any]:
    """The open gate that is meant."""
    waiting = {one["id"]: one for one in production["interrupts"]} if production["status"] == "paused" else {}
    if interrupt_id is None and len(waiting) > 1:
        raise ReviewRefused(
            "Several gates are open; name the one you answer.", details={"interrupt_ids": sorted(waiting)}
        )
    chosen = next(iter(waiting), None) if interrupt_id is None else interrupt_id
    if chosen not in waiting:
        raise StaleReview(details={"interrupt_ids": sorted(waiting)})
    found: dict[str, Any] = waiting[chosen]
    return found


def _ids(user_id: str, production_id: str | None, key: str) -> dict[str, str]:
    """Ids that follow from the idempotency key, so that a repeated request meets its first row."""
    if not key:
        return {
            "production": _uuid(production_id) if production_id else str(uuid.uuid4()),
            "run": str(uuid.uuid4()),
        }
    production = _uuid(production_id) if production_id else str(uuid.uuid5(KEYS, f"{user_id}\n{key}"))
    return {"production": production, "run": str(uuid.uuid5(KEYS, f"{user_id}\n{key}\n{production}"))}


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError as exc:
        raise RunNotFound() from exc


def _check_context(spec: GraphSpec, context: Mapping[str, Any]) -> None:
    schema = spec.graph.context_schema
    if schema is None or not is_dataclass(schema):
        return
    known = {field.name for field in fields(schema)}
    if unknown := sorted(set(context) - known):
        raise BriefRefused(
            f"context.{unknown[0]} is not known.",
            user_action=f"Known are: {', '.join(sorted(known))}.",
            details={"field": f"context.{unknown[0]}", "known": sorted(known)},
        )
