"""One drive of one run: from the claim to a pause, an end, or handing it back."""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.constants import TAG_HIDDEN
from langgraph.errors import GraphDrained
from langgraph.runtime import RunControl
from langgraph.types import Command
from psycopg import OperationalError

from server.runs import reconcile
from server.runs.asked import RunOptions, replies_of
from server.runs.events import CancelWanted, Draft, Ending, EventLog
from server.runs.failures import as_json, is_away, paused, poisoned, shown, trouble_of
from server.runs.graph_spec import AnyGraph, GraphSpec
from server.runs.lease_keeper import LeaseKeeper
from server.runs.payloads import dump
from server.runs.recorder import STREAM_MODES, Recorder
from server.runs.replay import recorded_replies
from server.runs.signatures import recorded_signatures
from server.runs.slot import Claim, Slot
from server.runs.watched import RunWatch
from server.runs.words import WORDS, Words
from server.runs.writer import EventWriter
from state.errors import (
    AnswerUnusable,
    BreakerOpen,
    DatabaseDown,
    DatabaseFull,
    EnginesFailed,
    GreenlightError,
    LeaseLost,
    ModelBanned,
    OrderParked,
    PriceUnknown,
    ProviderBusy,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
    SpendingBlocked,
    StandInProposed,
    StoreFull,
    StoreUnreachable,
    VaultError,
    WorkFolderFull,
)
from state.locks import locked_in, pinned
from state.order import BY_HAND
from state.tier import tier_of
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ending import end_tasks
from tools.faults import fault_point
from tools.orders.homeward import homeward
from tools.orders.lease import current_lease
from tools.orders.replaying import Replay, current_replay

log = logging.getLogger(__name__)
SQL = named_queries(Path(__file__).with_name("queries.sql"))
MOST_ATTEMPTS = 5
POSTPONE_S, LONGEST_POSTPONE_S = 2.0, 60.0
POSTPONE_WITHIN_S, POSTPONE_AGAIN_S = 30.0, 0.5
"""While the database is away a slot has nothing better to do than to wait for it."""
END_AGAIN_S = 5.0
"""A step that is cancelled first brings its paid calls to an end; that takes a moment."""
STRICT_RESUME = "__pregel_strict_resume"
NO_ROOM = (DatabaseFull, StoreFull, WorkFolderFull)
"""What somebody has to make room for: the run is tried again for as long as that takes."""
AWAY = (OperationalError, DatabaseDown, StoreUnreachable, *NO_ROOM)
"""What the run is not to blame for: it is tried again."""
MADE = frozenset({"updates", "custom"})
"""What nodes have made and the log would keep; a whole state is weighed when it is stored."""


@dataclass(frozen=True, kw_only=True)
class Studio:
    """What every drive of a worker shares."""

    database: Database
    events: EventLog
    keeper: LeaseKeeper
    most_attempts: int = MOST_ATTEMPTS


MENDABLE = (
    SpendingBlocked, PriceUnknown, ModelBanned, VaultError, ProviderMisconfigured, ProviderBusy,
    ProviderTimeout, ProviderRefused, BreakerOpen, AnswerUnusable, EnginesFailed, StandInProposed,
    OrderParked,
)  # fmt: skip
"""No money, price, key or credit, a model that may not be used, a vendor that cannot be had, does not answer
as asked or will not answer these words, engines that are left alone or that a person may have replaced, or
an order of unknown fate: somebody mends it."""


class Drive:
    """Drives the claimed run on a slot. `drain` and `cancel` may be called at any time."""

    def __init__(self, studio: Studio, slot: Slot, spec: GraphSpec, claim: Claim) -> None:
        assert claim.run_id is not None  # noqa: S101 - the worker drives only claims with a run
        self._studio = studio
        self._slot = slot
        self._spec = spec
        self._claim = claim
        self._run_id = claim.run_id
        self._options = RunOptions.model_validate(claim.options)
        self._control = RunControl()
        self._task: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None
        self._reason = "cancel" if claim.cancel_requested else ""
        self._replay = _replay_of(claim, studio.database)
        self._recorder = Recorder(run_id=self._run_id, epoch=claim.lease.epoch, graph_name=claim.graph)
        self._writer = EventWriter(studio.events, claim.lease, self._run_id, written=set())
        self._words = Words(self._keep_words)
        self._consumed = False
        """Whether a predecessor has made a checkpoint of this run already."""
        self._watch = RunWatch(claim, self._run_id)

    def drain(self) -> None:
        """Stop at the next step's border; the run goes back to the queue."""
        self._control.request_drain("shutdown")

    def cancel(self) -> None:
        """End the run now, as somebody asked."""
        self._stop("cancel")

    def hand_over(self) -> None:
        """Stop now, in the middle of a step; the run goes back to the queue."""
        self._stop("hand over")

    def _stop(self, reason: str) -> None:
        if not self._reason:
            self._reason = reason
            self._end_graph()

    def _end_graph(self) -> None:
        """A cancellation can get lost in a library's wait, so somebody insists."""
        self._words.close()
        if self._task is not None:
            ending = end_tasks([self._task], again_s=END_AGAIN_S)
            self._ending = asyncio.create_task(ending, name=f"end {self._run_id}")

    async def run(self) -> None:
        """Drive until the run pauses, ends, is handed back, or belongs to somebody else."""
        with self._watch.driven():
            await self._run()

    async def _run(self) -> None:
        token, replaying = current_lease.set(self._claim.lease), current_replay.set(self._replay)
        self._studio.keeper.hold(
            self._claim.lease, on_lost=lambda: self._stop("lost"), on_cancel=lambda: self._stop("cancel")
        )
        try:
            await self._to_its_end()
        except LeaseLost:
            self._watch.status = "lost"
            log.warning("production %s belongs to another worker now", self._claim.lease.production_id)
        except AWAY as error:
            known = isinstance(error, NO_ROOM)  # and may be met every few seconds for hours
            log.warning(
                "run %s is tried again, it cannot go on now: %s", self._run_id, error, exc_info=not known
            )
            await self._postpone(error)
        finally:
            await self._writer.abandon()
            self._studio.keeper.let_go(self._claim.lease)
            current_lease.reset(token)
            current_replay.reset(replaying)

    async def _to_its_end(self) -> None:
        if self._claim.redriven and not await self._caught_up():
            return
        if not self._reason and self._claim.attempts > self._studio.most_attempts:
            return await self._fail(poisoned(self._claim.attempts - 1, self._claim.trouble))
        self._task = asyncio.create_task(self._stream(), name=f"run {self._run_id}")
        if self._reason:
            self._end_graph()
        await self._await_graph(self._task)

    async def _caught_up(self) -> bool:
        """Complete the log of a predecessor; a run whose log cannot be completed fails, with all kept."""
        try:
            await self._catch_up()
        except (LeaseLost, *AWAY):
            raise
        except Exception as error:  # the top of a run, as for its graph
            await self._fail(error)
            return False
        return True

    async def _await_graph(self, task: asyncio.Task[None]) -> None:
        try:
            await task
        except asyncio.CancelledError:
            await self._stopped()
        except GraphDrained:
            await self._hand_back()
        except (LeaseLost, *AWAY):
            raise
        except MENDABLE as error:
            await self._until_mended(error)
        except Exception as error:  # the top of a run: whatever a node raises ends here
            await self._fail(error)
        else:
            await self._reached_the_end()

    async def _stopped(self) -> None:
        """Somebody stopped the graph; without a reason the process is going down."""
        if self._reason == "lost":
            raise LeaseLost()
        if self._reason == "cancel":
            await self._end_cancelled()
        else:
            await self._hand_back()

    async def _end_cancelled(self) -> None:
        drafts = self._recorder.end("interrupted", "cancelled")
        await self._finish(drafts, Ending("cancelled", self._summary()))

    async def _reached_the_end(self) -> None:
        if self._reason == "cancel":  # asked while the last step was being stored
            await self._end_cancelled()
        elif self._recorder.interrupts or self._recorder.left_over:
            drafts = self._recorder.end("interrupted", "paused")
            questions = list(self._recorder.interrupts.values())
            try:
                await self._finish(drafts, Ending("paused", self._summary(), questions))
            except CancelWanted:
                await self._end_cancelled()
        else:
            drafts = self._recorder.end("completed", "completed")
            await self._finish(drafts, Ending("completed", self._summary()))

    async def _until_mended(self, error: GreenlightError) -> None:
        """Pause and say why: once it is mended it is resumed where it was, and nothing is bought twice."""
        if self._replay is not None:
            return await self._fail(error)
        log.warning("run %s pauses: %s", self._run_id, error.message)
        told = paused(error)
        self._recorder.interrupts.clear()  # a question beside it is asked again by the run that goes on
        try:
            drafts = self._recorder.end("interrupted", "paused", told)
            await self._finish(drafts, Ending("paused", self._summary(), error=told))
        except CancelWanted:
            await self._end_cancelled()

    async def _finish(self, drafts: Sequence[Draft], ending: Ending) -> None:
        await fault_point("before_pause" if ending.status == "paused" else "before_end")
        await self._writer.finish(drafts, ending)
        await fault_point("after_end")
        self._watch.ended(ending, self._recorder.values or {})

    async def _fail(self, error: Exception) -> None:
        if self._replay is not None:  # what was to follow has nothing to follow
            error = self._replay.diverged or error
            params = {"production": self._claim.lease.production_id, "run": None}
            await self._studio.database.execute(SQL["drop_waiting"], params)
        log.error("run %s failed", self._run_id, exc_info=error)
        told = shown(error, run_id=self._run_id)
        drafts = self._recorder.end("failed", "failed", told)
        await self._finish(drafts, Ending("failed", self._summary(), error=told))

    async def _hand_back(self) -> None:
        await self._writer.flush()
        await fault_point("before_hand_back")
        await self._studio.database.execute(SQL["hand_back"], self._place() | {"run": self._run_id})

    async def _postpone(self, error: Exception) -> None:
        """Give the run back for later. Nobody who waits for this process to stop is held up."""
        params = self._place() | {
            "run": self._run_id,
            "trouble": dump(trouble_of(error)),
            **self._wait(error),
        }
        until = time.monotonic() + POSTPONE_WITHIN_S
        while True:
            try:
                await self._studio.database.execute(SQL["postpone"], params)
            except DatabaseDown:
                if not self._reason and time.monotonic() < until:
                    await asyncio.sleep(POSTPONE_AGAIN_S)
                    continue
                log.warning("run %s waits until its lease runs out", self._run_id)
            return

    def _wait(self, error: Exception) -> dict[str, Any]:
        """How long it waits, and what is said of it: a person must see soon that there is no room."""
        if isinstance(error, NO_ROOM):
            shown_now, longest = dump(as_json(error)), self._studio.keeper.ttl_s
        else:
            shown_now, longest = None, LONGEST_POSTPONE_S
        return {
            "run": self._run_id, "seconds": min(POSTPONE_S, longest), "longest": longest,
            "error": shown_now, "trouble": dump(trouble_of(error)), "blameless": is_away(error),
        }  # fmt: skip

    async def _catch_up(self) -> None:
        """A predecessor drove this run: the log may lag behind its checkpoints."""
        graph, runs = self._slot.graph(self._claim.graph), [self._run_id]
        self._consumed = await reconcile.was_consumed(
            self._studio.database, self._claim.lease.production_id, runs
        )
        written = await reconcile.written_ids(self._studio.database, self._claim)
        self._writer = EventWriter(self._studio.events, self._claim.lease, self._run_id, written=written)
        self._writer.put(self._recorder.begin())
        self._writer.put(
            await reconcile.missing_events(self._studio.database, graph, self._claim, self._recorder)
        )

    async def _stream(self) -> None:
        async with homeward():
            await self._stream_graph()

    async def _stream_graph(self) -> None:
        graph = self._slot.graph(self._claim.graph)
        await self._keep_locks()
        graph_input = await self._input(graph)
        self._writer.start().add_done_callback(self._writer_ended)
        self._writer.put(self._recorder.begin())
        self._slot.saver.words = self._words
        await fault_point("before_input")
        told: Any = graph.astream(
            graph_input,
            self._config(),
            context=self._context(graph),
            stream_mode=STREAM_MODES,
            subgraphs=True,
            durability="sync",
            control=self._control,
            interrupt_before=self._options.stop_before,
            interrupt_after=self._options.stop_after,
        )
        async with aclosing(told):  # whatever ends the reading, no task of this drive outlives it
            try:
                async for namespace, mode, chunk in told:
                    with self._words.hearing():
                        await self._take(tuple(namespace), mode, chunk)
            finally:
                self._words.close()

    async def _take(self, namespace: tuple[str, ...], mode: str, chunk: Any) -> None:
        if mode == "checkpoints":
            await self._slot.saver.settled(chunk["config"]["configurable"]["checkpoint_id"])
        if self._replay is not None and self._replay.diverged is not None:
            raise self._replay.diverged
        if mode in MADE:
            for node, made in chunk.items() if mode == "updates" else [("event", chunk)]:
                self._slot.limits.check(made, "question" if node == "__interrupt__" else "")
        drafts = self._recorder.record(namespace, mode, chunk)
        if mode == "tasks":
            self._watch.task(namespace, chunk)
        if mode not in WORDS:
            self._writer.stage = self._spec.stage_of(self._recorder.values or {}) or self._recorder.stage
        self._writer.put(drafts)
        if mode == "tasks" and "triggers" not in chunk:
            self._words.over(chunk["id"])
        if self._writer.is_behind:
            await self._writer.caught_up()

    async def _keep_words(self) -> None:
        await self._writer.keep_words()

    def _writer_ended(self, pump: asyncio.Task[None]) -> None:
        if not pump.cancelled() and pump.exception() is not None:
            self._stop("lost" if isinstance(pump.exception(), LeaseLost) else "hand over")

    async def _input(self, graph: AnyGraph) -> Any:
        """What this drive feeds the graph: never the same input or answer twice."""
        claim = self._claim
        if claim.kind == "continue" and not self._options.commands:
            return None if self._options.checkpoint_id else await self._unread_start()
        if self._consumed:
            return None
        if claim.kind == "start":
            return claim.input
        if claim.kind == "continue":
            return await self._command(graph)
        return await self._answers(graph)

    async def _command(self, graph: AnyGraph, *, resume: dict[str, Any] | None = None) -> Command[Any]:
        """The command of this run; a change of the state goes with what the graph wants to be told of it."""
        asked = self._options
        if asked.update is not None:
            head = await graph.aget_state(self._config())
            pairs = list(asked.update.items() if isinstance(asked.update, dict) else asked.update)
            told = self._spec.update_of(dict(pairs), head.values or {}, f"{BY_HAND}{self._run_id}")
            more = [pair for pair in told.items() if pair[0] not in dict(pairs)]
            pins = pinned(head.values or {}, self._locked)
            asked = asked.model_copy(
                update={"update": [*pairs, *more, *([("causes", pins)] if pins else [])]}
            )
        return asked.command(resume=resume)

    async def _answers(self, graph: AnyGraph) -> Command[Any] | None:
        """The answers that were not taken yet; those that were are in the checkpoints."""
        replies = replies_of(self._claim.input)
        if self._claim.redriven or self._replay is not None:
            pending = await reconcile.pending_interrupts(graph, self._claim.lease.production_id)
            if self._replay is not None and (pending or not self._claim.redriven):
                replies = await recorded_replies(
                    self._studio.database, replies, pending, user_id=self._claim.lease.user_id
                )
            replies = {name: reply for name, reply in replies.items() if name in pending}
        return await self._command(graph, resume=replies) if replies else None

    async def _unread_start(self) -> Any:
        """A run that continues needs no input, unless the start it continues never got anywhere."""
        database, production_id = self._studio.database, self._claim.lease.production_id
        origin = await database.fetch_one(SQL["origin_run"], {"production": production_id})
        if origin is None:
            return None
        consumed = await reconcile.was_consumed(database, production_id, [origin["run_id"], self._run_id])
        return None if consumed else origin["input"]

    def _config(self) -> RunnableConfig:
        asked = self._options
        configurable = asked.configurable | {
            "thread_id": self._claim.lease.production_id, STRICT_RESUME: True
        }  # fmt: skip
        if asked.checkpoint_id and not self._consumed:  # once it has made a checkpoint it goes on from that
            configurable |= {"checkpoint_id": asked.checkpoint_id, "checkpoint_ns": asked.checkpoint_ns}
        return {
            "configurable": configurable,
            "metadata": asked.metadata | {"run_id": self._run_id},
            # With langgraph's own word for it no step of the run would be told at all.
            "tags": [tag for tag in asked.tags if tag != TAG_HIDDEN],
            "recursion_limit": min(
                asked.recursion_limit or self._spec.recursion_limit, self._spec.recursion_limit
            ),
            "max_concurrency": self._spec.max_concurrency,
        }

    def _context(self, graph: AnyGraph) -> Any:
        schema = graph.context_schema
        if schema is None or not is_dataclass(schema):
            return None
        known = {field.name for field in fields(schema)}
        context = self._claim.context
        # Whose it is and its tier are the production's: no run says otherwise.
        fixed = {"user_id": self._claim.lease.user_id, "tier": tier_of(context)}
        given = context | self._options.context | fixed | {"locked": self._locked}
        return {name: value for name, value in given.items() if name in known}

    def _summary(self) -> dict[str, Any] | None:
        return None if self._recorder.values is None else self._spec.summary_of(self._recorder.values)

    @property
    def _locked(self) -> list[str]:
        return locked_in(self._claim.context, self._options.context)

    async def _keep_locks(self) -> None:
        """Write down what is locked in this run, so that a replay of it goes by the same."""
        if self._replay is None and (locked := self._locked) != locked_in(self._options.context):
            params = self._place() | {"run": self._run_id, "locked": dump(locked)}
            await self._studio.database.execute(SQL["keep_locks"], params)

    def _place(self) -> dict[str, Any]:
        return {"production": self._claim.lease.production_id, "epoch": self._claim.lease.epoch}


def _replay_of(claim: Claim, database: Database) -> Replay | None:
    if claim.replay_of is None:
        return None
    signatures = partial(recorded_signatures, database, claim.replay_of)
    return Replay(
        production_id=claim.lease.production_id, source_id=claim.replay_of, signatures=signatures
    )  # fmt: skip
