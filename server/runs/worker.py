"""The worker of a process: slots that drive productions, the doorbell, the sweeper, the lease keeper."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool

from server.runs import roster
from server.runs.drive import MOST_ATTEMPTS, SQL, Drive, Studio
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from server.runs.lease_keeper import LeaseKeeper
from server.runs.queue import QUEUE, BellWorker, doorbell, doorbell_pool
from server.runs.roster import Role, own_card
from server.runs.saver import require_strict_msgpack
from server.runs.shortcut import Accept
from server.runs.sizes import SizeLimits
from server.runs.slot import Claim, Slot
from server.runs.stop_signals import StopSignals
from server.runs.sweeper import sweep_forever
from server.runs.unwind import runs_to_unwind, unwind
from state.cost import Money
from state.errors import DatabaseDown
from tools.db.pool import Database
from tools.ending import end_tasks

log = logging.getLogger(__name__)
ANSWER_AGAIN_S = 1.0


class Worker:
    """Drives up to `slots` productions at the same time."""

    def __init__(
        self,
        database: Database,
        graphs: Mapping[str, GraphSpec],
        events: EventLog,
        *,
        slots: int = 8,
        lease_ttl_s: float = 6.0,
        sweep_every_s: float = 5.0,
        patience_s: float = 600.0,
        drain_s: float = 20.0,
        most_attempts: int = MOST_ATTEMPTS,
        limits: SizeLimits | None = None,
        text_alert: Money | None = None,
        role: Role = "work",
        version: str = "",
    ) -> None:
        self._database = database
        self._graphs = graphs
        self._lease_ttl_s = lease_ttl_s
        self._sweep_every_s = sweep_every_s
        self._text_alert = text_alert
        self._patience_s = patience_s
        self._drain_s = drain_s
        self._card = own_card(role=role, slots=slots, version=version)
        self._owner = self._card.worker_id
        self._keeper = LeaseKeeper(database.url, self._card, ttl_s=lease_ttl_s)
        self._studio = Studio(
            database=database, events=events, keeper=self._keeper, most_attempts=most_attempts
        )
        self._slots = [Slot(database.url, graphs, limits) for _ in range(slots)]
        self._free: asyncio.LifoQueue[Slot] = asyncio.LifoQueue()
        self._drives: dict[str, Drive] = {}
        self._claiming: dict[object, set[str]] = {}
        """What somebody asked to cancel while a claim was under way, by the claim."""
        self._turns = 0
        """Jobs that wait here for a slot."""
        self._draining = self._stopping = self._hurried = False
        self._turning: asyncio.Task[None] | None = None
        self._pool: AsyncConnectionPool[Any] | None = None
        self._tasks: list[asyncio.Task[Any]] = []
        self._bell: BellWorker | None = None
        self._shortcut = events.tail.shortcut
        self._direct: set[asyncio.Task[None]] = set()
        """What came past the queue."""

    @property
    def worker_id(self) -> str:
        """Names this worker to its administrator, and as the owner of its leases."""
        return self._owner

    @property
    def busy(self) -> int:
        """Productions that it drives now."""
        return len(self._drives)

    @property
    def is_draining(self) -> bool:
        """Whether it takes no more work."""
        return self._draining

    @property
    def trouble(self) -> str:
        """Why it will never drive anything again; empty while it does, and before and after."""
        if self._stopping or not self._tasks:
            return ""
        if not self._keeper.lives:
            return "nobody renews its leases"
        doorbell, sweeper = self._tasks[:2]
        if sweeper.done() or (doorbell.done() and not self._draining):
            return "it hears of no work any more"
        return ""

    async def start(self) -> None:
        """Take work from now on.

        Raises:
            SettingInvalid: checkpoints could make Python import what they name.
        """
        require_strict_msgpack()
        await asyncio.gather(*(slot.open() for slot in self._slots))  # the first run on a slot need not wait
        for slot in self._slots:
            self._free.put_nowait(slot)
        await self._sign_in()
        self._pool = doorbell_pool(self._database.url)
        await self._pool.open(wait=True)
        self._studio.events.tail.on_control = self._hear_control
        await self._studio.events.tail.open()
        sweeper = sweep_forever(self._database, every_s=self._sweep_every_s, text_alert=self._text_alert)
        self._tasks = [await self._open_doors(), asyncio.create_task(sweeper, name="sweeper")]
        self._shortcut.ring = self._ring

    async def _sign_in(self) -> None:
        first = self._card.params(ttl_s=self._lease_ttl_s, state="working")
        await self._database.execute(SQL["beat"], first | {"productions": [], "epochs": []})
        self._keeper.on_wanted = self._hear_wish
        self._keeper.start()

    async def _open_doors(self) -> "asyncio.Task[None]":
        """Take work; the task that answers the doorbell."""
        assert self._pool is not None  # noqa: S101 - `start` has opened it
        app = doorbell(self.advance)
        await app.open_async(self._pool)
        self._shortcut.seat, self._shortcut.drive = self._begin_now, self._drive_now
        return asyncio.create_task(self._answer(app), name="doorbell")

    async def _answer(self, app: App) -> None:
        """Answer the doorbell. Procrastinate's worker stops when the database does, so a new one follows."""
        while not self._draining:
            self._bell = self._answering(app)
            self._studio.events.tail.on_job = self._bell.ring
            try:
                await self._bell.run()  # type: ignore[no-untyped-call]  # procrastinate
            except ConnectorException as exc:
                log.warning("the doorbell fell silent: %s", exc)
            if not self._draining:
                await asyncio.sleep(ANSWER_AGAIN_S)

    def _answering(self, app: App) -> BellWorker:
        return BellWorker(
            app,
            queues=[QUEUE],
            name=self._owner,
            concurrency=len(self._slots),
            delete_jobs="always",
        )

    async def drain(self, *, timeout_s: float | None = None) -> None:
        """Take no more work, bring every run to its next step's border and hand it back.

        After `timeout_s`, or when somebody says `hurry`, a run is stopped in the middle of its step.
        """
        self._draining, self._keeper.state = True, "draining"
        self._keeper.beat_now()
        self._shortcut.seat = self._shortcut.drive = None
        if self._bell is not None:
            self._bell.stop()  # type: ignore[no-untyped-call]  # procrastinate
        for drive in list(self._drives.values()):
            drive.drain()
        if not self._tasks:
            return
        _, late = await asyncio.wait({*self._tasks[:1], *self._direct}, timeout=timeout_s)
        if late:
            self.hurry()
            await asyncio.wait(late)

    def hurry(self) -> None:
        """Stop what is being drained in the middle of its step; another worker runs the step again."""
        self._hurried = True
        for drive in list(self._drives.values()):
            drive.hand_over()

    async def stop(self, *, timeout_s: float | None = None) -> None:
        """Drain, then close everything that `start` opened."""
        self._stopping = True
        await self.drain(timeout_s=timeout_s)
        await end_tasks([*self._tasks, *([self._turning] if self._turning else [])])
        await self._keeper.stop()
        await self._sign_out()
        for slot in self._slots:
            await slot.close()
        if self._pool is not None:
            await self._pool.close()
        self._studio.events.tail.on_control = self._studio.events.tail.on_job = None

    async def _sign_out(self) -> None:
        try:
            await roster.leave(self._database, self._owner)
        except DatabaseDown as exc:
            log.warning("could not sign out, %s is shown as lost for a day: %s", self._owner, exc)

    def _hear_wish(self) -> None:
        """An administrator asked this worker to take no more work, or to take work again."""
        if self._turning is None or self._turning.done():
            self._turning = asyncio.create_task(self._turn(), name="drain or work")

    async def _turn(self) -> None:
        while not self._stopping and self._draining != (self._keeper.wanted == "draining"):
            if not self._draining:
                log.info("asked to drain: %s", self._owner)
                await self.drain(timeout_s=self._drain_s)
                continue
            self._draining = self._hurried = False
            self._tasks[0] = await self._open_doors()
            self._keeper.state = "working"
            self._keeper.beat_now()

    async def advance(self, production_id: str) -> None:
        """Give a slot a turn: it drives what is most due. The production is only why it was rung."""
        self._turns += 1
        try:
            slot = await self._free.get()
        finally:
            self._turns -= 1
        if self._draining:  # fetched a moment too late: pass it on
            self._free.put_nowait(slot)
            await self._database.execute(SQL["ring"], {"production": production_id})
            return
        await self._advance_on(slot)

    def _may_pass(self) -> bool:
        """Whether a slot is free and nobody waits for one, here or, as far as is known, in the queue."""
        waits = self._turns > 0 or (self._bell is not None and not self._bell.is_quiet)
        return not (self._draining or waits or self._free.empty())

    def _drive_now(self, production_id: str, job: int) -> bool:
        """Take the short way with what this process has just accepted, if a slot is free."""
        if not self._may_pass():
            return False
        self._go(self._advance_on(self._free.get_nowait(), production_id, job=job), production_id)
        return True

    async def _begin_now(self, production_id: str, accept: Accept) -> DictRow | None:
        """Have a run accepted by the slot that drives it; None when there is no slot for it.

        The slot goes on in a task of ours, so that a request that is cut off leaves no run half begun.
        """
        if not self._may_pass():
            return None
        slot = self._free.get_nowait()
        if not slot.is_ready:
            self._free.put_nowait(slot)
            return None
        told: asyncio.Future[DictRow | None] = asyncio.get_running_loop().create_future()
        self._go(self._begin_on(slot, production_id, accept, told), production_id)
        return await told

    def _go(self, work: Coroutine[Any, Any, None], production_id: str) -> None:
        task = asyncio.create_task(work, name=f"advance {production_id}")
        self._direct.add(task)
        task.add_done_callback(self._direct.discard)

    def _ring(self) -> None:
        if self._bell is not None:
            self._bell.ring()

    async def _advance_on(
        self, slot: Slot, production_id: str | None = None, *, job: int | None = None
    ) -> None:
        try:
            again = await self._advance_once(slot, production_id, job=job)
            while again and not self._draining:
                again = await self._advance_once(slot, again)
        except Exception:  # the worker loop: one production's trouble is not the others'
            log.exception("could not advance production %s", production_id or "that is most due")
            self._ring()  # its job may be in the queue still
        finally:
            self._free.put_nowait(slot)

    async def _begin_on(
        self, slot: Slot, production_id: str, accept: Accept, told: "asyncio.Future[DictRow | None]"
    ) -> None:
        try:
            with self._claims() as cancelled:
                begun = await slot.begin(production_id, accept, owner=self._owner, ttl_s=self._lease_ttl_s)
                drive = None if begun is None else self._drive_of(slot, begun[1], cancelled)
            if not told.done():  # the request may have been cut off
                told.set_result(None if begun is None else begun[0])
            if drive is not None:
                await self._drive(drive, production_id)
        except Exception as exc:  # what the door is not told of is the worker's, as in `_advance_on`
            if told.done():
                log.exception("could not drive production %s", production_id)
            else:
                told.set_exception(exc)
        finally:
            told.cancel()
            self._free.put_nowait(slot)

    async def _advance_once(
        self, slot: Slot, production_id: str | None, *, job: int | None = None
    ) -> str | None:
        """Claim and drive this production, or what is most due; the one in which a run appeared meanwhile."""
        with self._claims() as cancelled:
            claim = await self._claim(slot, production_id, job)
            if claim is None:
                return None
            production_id = claim.lease.production_id
            if claim.run_id is None:
                return production_id if await self._let_in(slot, claim) else None
            drive = self._drive_of(slot, claim, cancelled)
        await self._drive(drive, production_id)
        return None

    async def _claim(self, slot: Slot, production_id: str | None, job: int | None) -> Claim | None:
        terms: dict[str, Any] = {"owner": self._owner, "ttl_s": self._lease_ttl_s}
        if production_id is None:
            return await slot.claim_next(**terms, patience_s=self._patience_s)
        return await slot.claim(production_id, **terms, job=job)

    @contextmanager
    def _claims(self) -> Iterator[set[str]]:
        """Somebody may ask to cancel a run before its claim is known here: what was asked for meanwhile."""
        claim, heard = object(), set[str]()
        self._claiming[claim] = heard
        try:
            yield heard
        finally:
            del self._claiming[claim]

    def _drive_of(self, slot: Slot, claim: Claim, cancelled: set[str]) -> Drive:
        production_id = claim.lease.production_id
        drive = self._drives[production_id] = Drive(self._studio, slot, self._graphs[claim.graph], claim)
        if production_id in cancelled:
            drive.cancel()
        return drive

    async def _drive(self, drive: Drive, production_id: str) -> None:
        try:
            if self._draining:
                drive.drain()
            if self._hurried:
                drive.hand_over()
            await drive.run()
        finally:
            if self._drives.get(production_id) is drive:  # it may have been lost, and taken up again here
                del self._drives[production_id]

    async def _let_in(self, slot: Slot, claim: Claim) -> bool:
        """Nothing lives here: undo what is to be undone, then let the next waiting run in."""
        production_id = claim.lease.production_id
        runs = await runs_to_unwind(self._database, production_id)
        if runs and claim.graph:
            await unwind(self._database, slot, self._graphs[claim.graph], claim, runs)
            waiting = False
        else:
            waiting = await self._unclaim(claim)
        entered = await self._database.fetch_one(SQL["let_in"], {"production": production_id})
        return waiting or entered is not None

    async def _unclaim(self, claim: Claim) -> bool:
        params = {"production": claim.lease.production_id, "epoch": claim.lease.epoch}
        row = await self._database.fetch_one(SQL["unclaim"], params)
        return bool(row and row["waiting"])

    def _hear_control(self, told: str) -> None:
        """Somebody asked to cancel a production, or has asked something of a worker."""
        if told == self._owner:
            self._keeper.beat_now()
        elif told in self._drives:
            self._drives[told].cancel()
        else:
            for heard in self._claiming.values():
                heard.add(told)


async def work_until_stopped(worker: Worker, *, timeout_s: float | None = None) -> None:
    """Run the worker until SIGTERM or SIGINT, then drain it; a second signal hurries."""
    with StopSignals() as signals:
        signals.on_second = worker.hurry
        await worker.start()
        await signals.asked.wait()
        await worker.stop(timeout_s=timeout_s)
