"""Says that this process lives and renews its leases, from a thread: a busy event loop must not lose them.

One statement per beat does both, and brings back what somebody asked of this worker. A thread can also keep a
dead loop's leases alive for ever, so it stops when the loop has not answered for a long time.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row

from server.runs.roster import Doing, WorkerCard
from tools.db.pool import connection_settings
from tools.db.sql import named_queries
from tools.orders.lease import Lease

log = logging.getLogger(__name__)
SQL = named_queries(Path(__file__).with_name("queries.sql"))
HUNG_AFTER_S = 120.0


@dataclass(kw_only=True)
class Held:
    """One lease in hand and whom to tell about it; both are called on the loop."""

    lease: Lease
    until: float
    on_lost: Callable[[], None]
    on_cancel: Callable[[], None]


class LeaseKeeper:
    """Holds leases until they are let go or lost."""

    def __init__(self, url: str, card: WorkerCard, *, ttl_s: float) -> None:
        self._url = url
        self._card = card
        self._ttl_s = ttl_s
        self.state: Doing = "working"
        """What this worker says it does."""
        self.wanted: Doing = "working"
        """What an administrator last asked of it."""
        self.on_wanted: Callable[[], None] | None = None
        """Called on the loop when that has changed."""
        self._held: dict[str, Held] = {}
        self._lock = threading.Lock()
        self._awake = threading.Event()
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loop_seen = 0.0

    @property
    def ttl_s(self) -> float:
        """How long a lease lasts."""
        return self._ttl_s

    def start(self) -> None:
        """Begin; call it on the loop whose leases these are."""
        self._loop = asyncio.get_running_loop()
        self._loop_seen = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="lease keeper", daemon=True)
        self._thread.start()

    @property
    def lives(self) -> bool:
        """Whether somebody renews."""
        return self._thread is not None and self._thread.is_alive()

    async def stop(self) -> None:
        self._stopped = True
        self._awake.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    def beat_now(self) -> None:
        """Say at once what has changed, and hear what is wanted."""
        self._awake.set()

    def hold(self, lease: Lease, *, on_lost: Callable[[], None], on_cancel: Callable[[], None]) -> None:
        """Renew this lease from now on."""
        until = time.monotonic() + self._ttl_s
        with self._lock:
            self._held[lease.production_id] = Held(
                lease=lease, until=until, on_lost=on_lost, on_cancel=on_cancel
            )

    def let_go(self, lease: Lease) -> bool:
        """Renew it no longer; False when it was not in hand."""
        with self._lock:
            held = self._held.get(lease.production_id)
            if held is None or held.lease.epoch != lease.epoch:
                return False
            del self._held[lease.production_id]
            return True

    def _run(self) -> None:
        connection: psycopg.Connection[DictRow] | None = None
        while not self._next_beat():
            self._touch_loop()
            with self._lock:
                held = list(self._held.values())
            if self._loop_hangs():
                continue
            try:
                connection = connection or self._connect()
                self._beat(connection, held)
            except psycopg.Error as exc:
                log.warning("leases could not be renewed: %s", str(exc).strip())
                self._not_renewed(connection, held)
                connection = None
            except Exception:  # the worker loop: without this thread every lease is lost
                log.exception("leases could not be renewed")
                self._not_renewed(connection, held)
                connection = None
        if connection is not None:
            connection.close()

    def _not_renewed(self, connection: psycopg.Connection[DictRow] | None, held: list[Held]) -> None:
        """Whose time is over is lost; the next beat has another connection."""
        if connection is not None:
            connection.close()
        for one in held:
            if time.monotonic() > one.until:
                self._lose(one)

    def _next_beat(self) -> bool:
        """Wait for the next beat; True when there is none."""
        self._awake.wait(self._ttl_s / 3)
        self._awake.clear()
        return self._stopped

    def _connect(self) -> psycopg.Connection[DictRow]:
        settings: dict[str, Any] = connection_settings("greenlight-leases") | {"row_factory": dict_row}
        return psycopg.Connection[DictRow].connect(self._url, **settings)

    def _beat(self, connection: psycopg.Connection[DictRow], held: list[Held]) -> None:
        until = time.monotonic() + self._ttl_s
        params = self._card.params(ttl_s=self._ttl_s, state=self.state) | {
            "productions": [one.lease.production_id for one in held],
            "epochs": [one.lease.epoch for one in held],
        }
        rows = connection.execute(SQL["beat"], params).fetchall()
        self._hear(rows[0]["wanted"])
        kept = {row["production_id"]: row for row in rows}
        for one in held:
            row = kept.get(one.lease.production_id)
            if row is None:
                self._lose(one)
            else:
                one.until = until
                if row["cancel_requested"]:
                    self._tell(one.on_cancel)

    def _hear(self, wanted: Doing) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            if self.on_wanted is not None:
                self._tell(self.on_wanted)

    def _lose(self, held: Held) -> None:
        if self.let_go(held.lease):
            log.warning("lost the lease of %s, epoch %d", held.lease.production_id, held.lease.epoch)
            self._tell(held.on_lost)

    def _tell(self, callback: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(callback)

    def _touch_loop(self) -> None:
        self._tell(self._seen)

    def _seen(self) -> None:
        self._loop_seen = time.monotonic()

    def _loop_hangs(self) -> bool:
        return time.monotonic() - self._loop_seen > HUNG_AFTER_S
