"""The front door for LangGraph clients: a run is in the database before anybody is told so.

What the stock servers let pass in silence is refused here before a row exists: new input on a
thread that waits for a person, an answer to a question that is closed, an answer that does not fit.

Two ways in, with the same refusals: by a free slot of this process, which accepts and claims in one
statement (`begin.sql`), or with the thread locked and a job for whoever is rung for (`queries.sql`).
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.limits.quotas import Quotas
from server.runs.accept import SQL as QUEUE_SQL
from server.runs.accept import other_tier, refuse_locked, start_cause
from server.runs.graph_spec import GraphSpec
from server.runs.payloads import dump
from server.runs.reply_check import check_reply
from server.runs.shortcut import Shortcut
from server.threads.answers import bind_answers
from server.threads.asked_run import AskedRun
from state.cost import Money
from state.errors import BriefRefused, RecordConflict, RunNotFound, StaleReview
from state.tier import tier_of
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.faults import fault_point

SQL = named_queries(Path(__file__).with_name("queries.sql"))
BEGIN = named_queries(Path(__file__).with_name("begin.sql"))
REPEAT_WINDOW_S = 10
LIVE = ("queued", "running")
CHANGED_AT = {
    "ceiling_usd": "POST /api/productions/{production_id}/ceiling changes it.",
    "preproduction_usd": "It is said when the production starts.",
}

Connection = AsyncConnection[DictRow]


class ThreadRuns:
    """Creates runs on threads; other people's threads are not found."""

    def __init__(
        self,
        database: Database,
        graphs: Mapping[str, GraphSpec],
        *,
        quotas: Quotas | None = None,
        shortcut: Shortcut | None = None,
    ) -> None:
        self._quotas = quotas
        self._shortcut = shortcut or Shortcut()
        self._database = database
        self._graphs = graphs

    async def create(self, asked: AskedRun) -> DictRow:
        """Accept a run; its row.

        Raises:
            RunNotFound: there is no such thread of this user, and none is to be made.
            RecordConflict: the thread is busy, of another graph or tier, or waits for an answer that this is
                not.
            StaleReview: the question was answered already or is no longer open.
            ReviewRefused: an answer does not fit its question.
            QuotaUsedUp: the user has what a user may have for now.
            BriefRefused: the production may cost something else than the run says.
        """
        return await self._at_once(asked) or (await self.create_all([asked]))[0]

    async def _at_once(self, asked: AskedRun) -> DictRow | None:
        """The row of a run that a free slot has accepted and drives; None leaves it to `create_all`."""
        if not _may_begin_at_once(asked):
            return None
        thread_id = asked.thread_id or str(uuid.uuid4())
        accept = partial(self._begin, replace(asked, thread_id=thread_id))
        return await self._shortcut.begin(thread_id, accept)

    async def _begin(self, asked: AskedRun, connection: Connection, lease: dict[str, Any]) -> DictRow | None:
        """Accept and claim in one statement, where nothing but the run itself has to be written.

        What is seen before is not locked: the statement takes the thread only as it was seen, and whoever
        comes second finds that out by a look of its own, in `create_all`.
        """
        if asked.if_not_exists == "create" and asked.input is not None and not asked.resumes:
            new = {"production_id": asked.thread_id, "began": False, "last_seq": 0}
            params = self._facts(asked) | self._run_of(new, asked) | lease
            if (row := await self._taken(connection, "begin_new", params)) is not None:
                return row
        look = {"production": asked.thread_id, "user": asked.user_id, "digest": asked.digest}
        thread = await (await connection.execute(BEGIN["look"], look)).fetchone()
        if thread is None or not _is_plain(thread, asked):
            return None
        asked = _at_the_head(thread, asked)
        answers = self._answers(thread, asked) if asked.resumes else None
        params = self._run_of(thread, asked, answers=answers) | _seen(thread, answers) | lease
        return await self._taken(connection, "go_on", params)

    async def _taken(self, connection: Connection, query: str, params: dict[str, Any]) -> DictRow | None:
        """The row of the run; where there are quotas only when it is within them."""
        if self._quotas is None:
            return await (await connection.execute(BEGIN[query], params)).fetchone()
        async with connection.transaction():
            row = await (await connection.execute(BEGIN[query], params)).fetchone()
            if row is not None:
                await self._quotas.check(connection, params["user"], generates=params["kind"] == "start")
            return row

    async def create_all(self, several: Sequence[AskedRun]) -> list[DictRow]:
        """Accept these runs, all or none; their rows. Raises as `create`."""
        accepted: list[DictRow] = []
        try:
            async with self._database.transaction() as connection:
                for asked in several:
                    accepted.append(await self._create(connection, asked))
        except BaseException:
            for row in accepted:
                self._shortcut.forget(row.get("job"))
            raise
        await fault_point("after_accept")
        for row in accepted:
            if row["status"] == "queued" and row.get("job") is not None:  # not one that is shown again
                self._shortcut.offer(row["thread_id"], row["job"])
        return accepted

    async def _create(self, connection: Connection, asked: AskedRun) -> DictRow:
        if asked.thread_id is None and asked.digest:  # no row to wait at
            await connection.execute(SQL["lock_body"], {"user": asked.user_id, "digest": asked.digest})
        thread = await self._thread(connection, asked, asked.thread_id) if asked.thread_id else None
        if (earlier := await self._repeated(connection, asked)) is not None:
            return await _read(connection, asked.user_id, earlier["production_id"], earlier["run_id"])
        thread = thread or await self._thread(connection, asked, str(uuid.uuid4()))
        await self._commission(connection, thread, asked)
        await _refuse_other_limits(connection, thread["production_id"], asked.limits)
        return await self._accept(connection, thread, asked)

    async def _repeated(self, connection: Connection, asked: AskedRun) -> DictRow | None:
        if not asked.digest:
            return None
        params = {
            "user": asked.user_id, "digest": asked.digest, "window": REPEAT_WINDOW_S,
            "keyed": bool(asked.idempotency_key),
        }  # fmt: skip
        return await fetch_one(connection, "repeated", params)

    async def _thread(self, connection: Connection, asked: AskedRun, thread_id: str) -> DictRow:
        """The thread's row, locked; made where that is allowed."""
        place, thread = {"production": thread_id}, None
        if asked.if_not_exists == "create":
            thread = await fetch_one(connection, "take_thread", self._facts(asked) | place)
        if thread is None:  # also when somebody made it in the same moment
            thread = await fetch_one(connection, "lock_thread", place)
        if thread is None or thread["user_id"] != asked.user_id or thread["deleted_at"] is not None:
            raise RunNotFound("There is no such thread.")
        return thread

    async def _commission(self, connection: Connection, thread: DictRow, asked: AskedRun) -> None:
        """A draft becomes what its first run makes of it; everything else stays what it is."""
        place = {"production": thread["production_id"]}
        if thread["graph"] not in ("", asked.graph):
            raise RecordConflict(
                f"This thread makes {thread['graph']!r}, not {asked.graph!r}.",
                user_action="Start the other graph on a thread of its own.",
            )
        if not thread["blank"] and _other_tier(thread, asked):
            raise other_tier(tier_of(thread["context"]))
        mark = _mark(asked)
        if thread["graph"] == "" or (thread["blank"] and asked.input is not None):
            await connection.execute(SQL["commission"], self._facts(asked) | place)
        if not mark.items() <= thread["metadata"].items():
            await connection.execute(SQL["mark_thread"], place | {"metadata": Jsonb(mark)})

    def _facts(self, asked: AskedRun) -> dict[str, Any]:
        first = asked.commission
        metadata = _mark(asked)
        metadata |= {} if asked.keeps_thread else {"throw_away": True}
        return {
            "user": asked.user_id, "graph": asked.graph, "version": self._graphs[asked.graph].version,
            "title": first.title, "brief": Jsonb(first.brief, dump), "context": Jsonb(first.context, dump),
            "novela": first.novela_id, "episode": first.episode_number, "ceiling": first.ceiling_micros,
            "metadata": Jsonb(metadata, dump),
        }  # fmt: skip

    async def _accept(self, connection: Connection, thread: DictRow, asked: AskedRun) -> DictRow:
        asked = _at_the_head(thread, asked)
        if asked.options.update is not None:
            await refuse_open_orders(connection, thread["production_id"])
        if thread["status"] in LIVE:
            return await self._beside(connection, thread, asked)
        if asked.resumes:
            return await self._answer(connection, thread, asked)
        if thread["interrupts"] and thread["status"] == "paused" and asked.input is not None:
            return await self._instead(connection, thread, asked)
        return await self._add(connection, thread, asked)

    async def _beside(self, connection: Connection, thread: DictRow, asked: AskedRun) -> DictRow:
        """The thread has a live run."""
        if asked.resumes:
            raise StaleReview("This thread is running; no question is open.")
        if asked.strategy == "reject":
            raise RecordConflict(
                "This thread has a run that goes on.",
                user_action="Wait for it, cancel it, or send another multitask_strategy.",
            )
        if asked.strategy != "enqueue":
            params = {"production": thread["production_id"], "action": asked.strategy, "run": None}
            await connection.execute(QUEUE_SQL["drop_waiting"], params)
            await connection.execute(SQL["stop_live"], params)
        return await self._add(connection, thread, asked, status="waiting")

    async def _instead(self, connection: Connection, thread: DictRow, asked: AskedRun) -> DictRow:
        """New input on a thread that waits for a person: only when the client says that it means it."""
        if asked.multitask not in ("interrupt", "rollback"):
            waiting = [one["id"] for one in thread["interrupts"]]
            raise RecordConflict(
                f"This thread waits for an answer to {', '.join(waiting)}.",
                user_action="Answer with command.resume, or send multitask_strategy interrupt or rollback"
                " to drop the question.",
                details={"interrupt_ids": waiting},
            )
        if asked.multitask == "interrupt":
            return await self._add(connection, thread, asked)
        await connection.execute(SQL["unwind_last"], {"production": thread["production_id"]})
        return await self._add(connection, thread, asked, status="waiting")

    async def _answer(self, connection: Connection, thread: DictRow, asked: AskedRun) -> DictRow:
        return await self._add(connection, thread, asked, answers=self._answers(thread, asked))

    def _answers(self, thread: DictRow, asked: AskedRun) -> dict[str, Any]:
        """The input of a run that answers, checked against what is asked."""
        open_now = thread["interrupts"] if thread["status"] == "paused" else []
        replies = bind_answers(open_now, asked.resume)
        spec = self._graphs[asked.graph]
        for interrupt in open_now:
            if interrupt["id"] in replies:
                check_reply(interrupt["response_schema"], replies[interrupt["id"]])
                spec.validate_reply(interrupt["value"], replies[interrupt["id"]])
        return {"replies": replies}

    async def _add(
        self,
        connection: Connection,
        thread: DictRow,
        asked: AskedRun,
        *,
        status: str = "queued",
        answers: dict[str, Any] | None = None,
    ) -> DictRow:
        later = asked.after_seconds > 0
        params = self._run_of(thread, asked, answers=answers)
        params |= {"status": "waiting" if later else status, "after": asked.after_seconds}
        row = await fetch_one(connection, "add_run", params)
        assert row is not None  # noqa: S101 - an insert without a conflict
        if self._quotas is not None:
            await self._quotas.check(connection, asked.user_id, generates=params["kind"] == "start")
        if row["status"] == "queued":
            self._shortcut.expect(row["job"])
        return row

    def _run_of(
        self, thread: Mapping[str, Any], asked: AskedRun, *, answers: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """What is written of the run itself."""
        given = answers if answers is not None else asked.input
        kind = "resume" if answers is not None else "continue" if asked.input is None else "start"
        run_id = str(uuid.uuid4())
        if kind == "start" and thread["began"]:
            refuse_locked(thread["context"])
            given = self._graphs[asked.graph].again_of(asked.input or {}, start_cause(run_id))
        return {
            "run": run_id, "production": thread["production_id"], "user": asked.user_id,
            "kind": kind,
            "input": None if given is None else Jsonb(given, dump), "assistant": asked.assistant_id,
            "run_metadata": Jsonb(asked.metadata, dump),
            "kwargs": Jsonb(asked.kwargs, dump), "multitask": asked.strategy,
            "options": Jsonb(asked.options.model_dump(exclude_defaults=True), dump), "digest": asked.digest,
            "last_seq": thread["last_seq"],
        }  # fmt: skip


def _mark(asked: AskedRun) -> dict[str, Any]:
    """What clients list their threads by."""
    return {"graph_id": asked.graph, "assistant_id": asked.assistant_id}


def _may_begin_at_once(asked: AskedRun) -> bool:
    """Whether nothing but a run is asked for; a repeat without a thread has no row to meet itself at."""
    nameless = asked.thread_id is None and bool(asked.digest)
    return not nameless and asked.after_seconds <= 0 and asked.options.update is None


def _is_plain(thread: DictRow, asked: AskedRun) -> bool:
    """Whether nothing stands in the way of this run, and nothing but the run has to be written.

    A start is not plain before another one has begun: only a lock tells which of two is the first.
    """
    if asked.limits:
        return False
    if thread["user_id"] != asked.user_id or thread["deleted_at"] is not None or thread["repeated"]:
        return False
    if thread["graph"] != asked.graph or not _mark(asked).items() <= thread["metadata"].items():
        return False
    if _other_tier(thread, asked):
        return False
    starts = asked.input is not None and not asked.resumes
    asks = thread["status"] == "paused" and bool(thread["interrupts"])
    return thread["idle"] and thread["status"] not in LIVE and not (starts and (asks or not thread["began"]))


def _other_tier(thread: Mapping[str, Any], asked: AskedRun) -> bool:
    """Whether the run asks for another tier than the production was begun in."""
    said = asked.options.context.get("tier")
    return said is not None and said != tier_of(thread["context"])


def _seen(thread: DictRow, answers: dict[str, Any] | None) -> dict[str, Any]:
    """How the thread has to be still when the run begins."""
    answered = [{"id": one} for one in answers["replies"]] if answers else []
    return {"seen_epoch": thread["epoch"], "seen_status": thread["status"], "answered": Jsonb(answered)}


def _at_the_head(thread: DictRow, asked: AskedRun) -> AskedRun:
    """Some clients name the head with everything they send; langgraph would take that for time travel."""
    named = asked.options.checkpoint_id
    if named is None:
        return asked
    if named == thread["head"] and not asked.options.checkpoint_ns:
        return replace(asked, options=asked.options.model_copy(update={"checkpoint_id": None}))
    if asked.resumes:
        raise StaleReview(
            "The answer names a checkpoint that the thread has moved past.",
            user_action="Read the thread's state and answer what is open now, or fork from that checkpoint.",
            details={"checkpoint_id": named, "head": thread["head"]},
        )
    return asked


async def _refuse_other_limits(connection: Connection, thread_id: str, limits: Mapping[str, str]) -> None:
    """What a production may cost is said once; a run that says something else would do nothing in silence.

    Clients that send the same context with every run go on, also after somebody has raised the ceiling.
    """
    now = await fetch_one(connection, "limits", {"production": thread_id}) if limits else None
    for name, said in limits.items():
        wanted = Money.usd(said).micros
        if now is None or wanted in now[name]:
            continue
        raise BriefRefused(
            f"context.{name}: a run cannot change what its production may cost; it has"
            f" {Money(micros=now[name][0])}, not {Money(micros=wanted)}. {CHANGED_AT[name]}",
            user_action=f"Leave {name} out of this run. {CHANGED_AT[name]}",
            details={"field": f"context.{name}", "now_micros": now[name][0], "asked_micros": wanted},
        )


async def refuse_open_orders(connection: Connection, thread_id: str) -> None:
    """Refuse a change of the state while orders are on their way: they would be bought again under its cause.

    Raises:
        RecordConflict: there are such orders.
    """
    if await fetch_one(connection, "open_order", {"production": thread_id}) is not None:
        raise RecordConflict(
            "Orders of this thread are on their way.",
            user_action="Let it run on until they are collected, or decide on those that are parked.",
        )


async def fetch_one(connection: Connection, query: str, params: Mapping[str, Any]) -> DictRow | None:
    return await (await connection.execute(SQL[query], params)).fetchone()


async def _read(connection: Connection, user_id: str, thread_id: str, run_id: str) -> DictRow:
    row = await fetch_one(connection, "read_run", {"run": run_id, "production": thread_id, "user": user_id})
    if row is None:
        raise RunNotFound()
    return row
