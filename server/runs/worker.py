"""The worker of a process: slots that drive productions, the doorbell, the sweeper, the lease keeper."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool

from server.runs.drive import MOST_ATTEMPTS, SQL, Drive, Studio
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from server.runs.lease_keeper import LeaseKeeper
from server.runs.queue import QUEUE, BellWorker, doorbell, doorbell_pool
from server.runs.saver import require_strict_msgpack
from server.runs.shortcut import Accept
from server.runs.slot import Claim, Slot
from server.runs.sweeper import sweep_forever
from server.runs.unwind import runs_to_unwind, unwind
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
        lease_ttl_s: float = 15.0,
        sweep_every_s: float = 5.0,
        most_attempts: int = MOST_ATTEMPTS,
    ) -> None:
        self._database = database
        self._graphs = graphs
        self._lease_ttl_s = lease_ttl_s
        self._sweep_every_s = sweep_every_s
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        self._keeper = LeaseKeeper(database.url, ttl_s=lease_ttl_s)
        self._studio = Studio(
            database=database, events=events, keeper=self._keeper, most_attempts=most_attempts
        )
        self._slots = [Slot(database.url, graphs) for _ in range(slots)]
        self._free: asyncio.LifoQueue[Slot] = asyncio.LifoQueue()
        self._drives: dict[str, Drive] = {}
        self._asked_to_cancel: set[str] = set()
        self._claiming: set[str] = set()
        self._draining = False
        self._pool: AsyncConnectionPool[Any] | None = None
        self._tasks: list[asyncio.Task[Any]] = []
        self._bell: BellWorker | None = None
        self._shortcut = events.tail.shortcut
        self._direct: set[asyncio.Task[None]] = set()
        """What came past the queue."""

    async def start(self) -> None:
        """Take work from now on.

        Raises:
            SettingInvalid: checkpoints could make Python import what they name.
        """
        require_strict_msgpack()
        await asyncio.gather(*(slot.open() for slot in self._slots))  # the first run on a slot need not wait
        for slot in self._slots:
            self._free.put_nowait(slot)
        self._keeper.start()
        self._pool = doorbell_pool(self._database.url)
        await self._pool.open(wait=True)
        app = doorbell(self.advance)
        await app.open_async(self._pool)
        self._studio.events.tail.on_control = self._hear_cancel
        await self._studio.events.tail.open()
        self._tasks = [
            asyncio.create_task(self._answer(app), name="doorbell"),
            asyncio.create_task(sweep_forever(self._database, every_s=self._sweep_every_s), name="sweeper"),
        ]
        self._shortcut.seat, self._shortcut.drive = self._begin_now, self._drive_now
        self._shortcut.ring = self._ring

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

        After `timeout_s` a run is stopped in the middle of its step.
        """
        self._draining = True
        self._shortcut.seat = self._shortcut.drive = None
        if self._bell is not None:
            self._bell.stop()  # type: ignore[no-untyped-call]  # procrastinate
        for drive in list(self._drives.values()):
            drive.drain()
        if not self._tasks:
            return
        _, late = await asyncio.wait({*self._tasks[:1], *self._direct}, timeout=timeout_s)
        if late:
            for drive in list(self._drives.values()):
                drive.hand_over()
            await asyncio.wait(late)

    async def stop(self, *, timeout_s: float | None = None) -> None:
        """Drain, then close everything that `start` opened."""
        await self.drain(timeout_s=timeout_s)
        await end_tasks(self._tasks)
        await self._keeper.stop()
        for slot in self._slots:
            await slot.close()
        if self._pool is not None:
            await self._pool.close()
        self._studio.events.tail.on_control = self._studio.events.tail.on_job = None

    async def advance(self, production_id: str) -> None:
        """Drive the production's waiting run, if nobody does."""
        if self._draining:  # fetched a moment too late: pass it on
            await self._database.execute(SQL["ring"], {"production": production_id})
            return
        await self._advance_on(await self._free.get(), production_id)

    def _drive_now(self, production_id: str, job: int) -> bool:
        """Take the short way with what this process has just accepted, if a slot is free."""
        if self._draining or self._free.empty():
            return False
        self._go(self._advance_on(self._free.get_nowait(), production_id, job=job), production_id)
        return True

    async def _begin_now(self, production_id: str, accept: Accept) -> DictRow | None:
        """Have a run accepted by the slot that drives it; None when there is no slot for it.

        The slot goes on in a task of ours, so that a request that is cut off leaves no run half begun.
        """
        if self._draining or self._free.empty():
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

    async def _advance_on(self, slot: Slot, production_id: str, *, job: int | None = None) -> None:
        try:
            again = await self._advance_once(slot, production_id, job=job)
            while again and not self._draining:
                again = await self._advance_once(slot, production_id)
        except Exception:  # the worker loop: one production's trouble is not the others'
            log.exception("could not advance production %s", production_id)
            self._ring()  # its job may be in the queue still
        finally:
            self._free.put_nowait(slot)

    async def _begin_on(
        self, slot: Slot, production_id: str, accept: Accept, told: "asyncio.Future[DictRow | None]"
    ) -> None:
        try:
            with self._claims(production_id):
                begun = await slot.begin(production_id, accept, owner=self._owner, ttl_s=self._lease_ttl_s)
                drive = None if begun is None else self._drive_of(slot, begun[1])
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

    async def _advance_once(self, slot: Slot, production_id: str, *, job: int | None = None) -> bool:
        """Claim and drive; True when a run appeared while the claim found none."""
        with self._claims(production_id):
            claim = await slot.claim(production_id, owner=self._owner, ttl_s=self._lease_ttl_s, job=job)
            if claim is None:
                return False
            if claim.run_id is None:
                return await self._let_in(slot, claim)
            drive = self._drive_of(slot, claim)
        await self._drive(drive, production_id)
        return False

    @contextmanager
    def _claims(self, production_id: str) -> Iterator[None]:
        """Somebody may ask to cancel a run before its claim is known here; without a drive it is not ours."""
        self._claiming.add(production_id)
        try:
            yield
        finally:
            self._claiming.discard(production_id)
            if production_id not in self._drives:
                self._asked_to_cancel.discard(production_id)

    def _drive_of(self, slot: Slot, claim: Claim) -> Drive:
        drive = Drive(self._studio, slot, self._graphs[claim.graph], claim)
        self._drives[claim.lease.production_id] = drive
        return drive

    async def _drive(self, drive: Drive, production_id: str) -> None:
        try:
            if production_id in self._asked_to_cancel:
                drive.cancel()
            if self._draining:
                drive.drain()
            await drive.run()
        finally:
            del self._drives[production_id]
            self._asked_to_cancel.discard(production_id)

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

    def _hear_cancel(self, production_id: str) -> None:
        if production_id in self._drives:
            self._drives[production_id].cancel()
        elif production_id in self._claiming:
            self._asked_to_cancel.add(production_id)


async def work_until_stopped(worker: Worker, *, timeout_s: float | None = None) -> None:
    """Run the worker until SIGTERM or SIGINT, then drain it."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, asked.set)
    await worker.start()
    await asked.wait()
    await worker.stop(timeout_s=timeout_s)
