"""Renews the leases this process holds, from a thread of its own: a busy event loop must not lose them.

A thread can also keep a dead loop's leases alive for ever, so it stops when the loop has not
answered for a long time.
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

    def __init__(self, url: str, *, ttl_s: float) -> None:
        self._url = url
        self._ttl_s = ttl_s
        self._held: dict[str, Held] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loop_seen = 0.0

    def start(self) -> None:
        """Begin; call it on the loop whose leases these are."""
        self._loop = asyncio.get_running_loop()
        self._loop_seen = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="lease keeper", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

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
        while not self._stop.wait(self._ttl_s / 3):
            self._touch_loop()
            with self._lock:
                held = list(self._held.values())
            if not held or self._loop_hangs():
                continue
            try:
                connection = connection or self._connect()
                self._renew(connection, held)
            except psycopg.OperationalError as exc:
                log.warning("leases could not be renewed: %s", str(exc).strip())
                connection = None
                for one in held:
                    if time.monotonic() > one.until:
                        self._lose(one)
        if connection is not None:
            connection.close()

    def _connect(self) -> psycopg.Connection[DictRow]:
        settings: dict[str, Any] = connection_settings("greenlight-leases") | {"row_factory": dict_row}
        return psycopg.Connection[DictRow].connect(self._url, **settings)

    def _renew(self, connection: psycopg.Connection[DictRow], held: list[Held]) -> None:
        until = time.monotonic() + self._ttl_s
        params = {
            "ttl": self._ttl_s,
            "productions": [one.lease.production_id for one in held],
            "epochs": [one.lease.epoch for one in held],
        }
        kept = {row["production_id"]: row for row in connection.execute(SQL["renew_all"], params)}
        for one in held:
            row = kept.get(one.lease.production_id)
            if row is None:
                self._lose(one)
            else:
                one.until = until
                if row["cancel_requested"]:
                    self._tell(one.on_cancel)

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
