"""The event log: one sequence per production, the source of every stream that anybody sees.

Methods are the channel names of LangGraph's thread streaming; both of its protocols and our own
event names are projections of these rows. Ids come from checkpoints and tasks, so writing an
event twice is harmless.
"""

import asyncio
import logging
import math
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from psycopg.rows import DictRow

from server.runs.payloads import dump, load
from server.runs.tail import Batch, Tail, Watch
from state.errors import DatabaseDown, LeaseLost, RunNotFound
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ending import end_tasks
from tools.faults import fault_point
from tools.orders.lease import Lease
from tools.telemetry.meters import EVENTS

SQL = named_queries(Path(__file__).with_name("queries.sql"))
log = logging.getLogger(__name__)
PAGE = 500
SAFETY_READ_S = 5.0
SOON_S = 0.05
"""A run that another process drives, or that is over already, is read from the table by then."""
FINAL = frozenset({"completed", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that has no place in the sequence yet."""

    event_id: str
    method: str
    payload: Any
    namespace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the log."""

    seq: int
    event_id: str
    run_id: str | None
    namespace: tuple[str, ...]
    method: str
    payload: Any
    at: datetime

    @property
    def ends(self) -> str | None:
        """The state in which the production came to its end here; None for every other event."""
        if self.method != "lifecycle" or self.namespace:
            return None
        status = self.payload.get("status")
        return status if status in FINAL else None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run left its production."""

    status: str
    values: dict[str, Any] | None = None
    interrupts: Sequence[dict[str, Any]] = ()
    error: dict[str, Any] | None = None


class CancelWanted(Exception):
    """A run cannot pause: its production is to end."""


class EventLog:
    """Appends events under a lease and lets anybody follow them."""

    def __init__(self, database: Database, *, safety_s: float = SAFETY_READ_S) -> None:
        self._database = database
        self._safety_s = safety_s
        self._safety_net: asyncio.Task[None] | None = None
        self._origin = uuid.uuid4().hex[:12]
        self.tail = Tail(database.url, origin=self._origin)
        self.on_written: Callable[[str, Sequence[Draft]], None] | None = None
        """Called with what this process has just written; must return at once."""
        self.on_background: Callable[[asyncio.Task[None]], None] | None = None
        """Called once with work that goes on as long as the log is open, so that somebody sees it die."""

    async def close(self) -> None:
        """Stop listening; followers end."""
        net, self._safety_net = self._safety_net, None
        await end_tasks([net])
        await self.tail.close()

    async def append(
        self, lease: Lease, run_id: str, drafts: Sequence[Draft], *, stage: str | None = None
    ) -> int:
        """Write events in order, in one statement; the last sequence number.

        Raises:
            LeaseLost: a successor writes for this production now.
        """
        row = await self._write("append", lease, run_id, drafts, stage, {})
        return int(row["base"]) + len(drafts)

    async def finish(
        self, lease: Lease, run_id: str, drafts: Sequence[Draft], ending: Ending, *, stage: str | None = None
    ) -> int:
        """Write the last events, end the run and give the lease back, in one statement.

        Raises:
            LeaseLost: a successor writes for this production now.
            CancelWanted: it would pause, and somebody has cancelled it; nothing was written.
        """
        more = {
            "status": ending.status,
            "values": None if ending.values is None else dump(ending.values),
            "interrupts": dump(list(ending.interrupts)),
            "error": None if ending.error is None else dump(ending.error),
        }
        row = await self._write("finish", lease, run_id, drafts, stage, more)
        return int(row["base"]) + len(drafts)

    async def _write(
        self,
        query: str,
        lease: Lease,
        run_id: str,
        drafts: Sequence[Draft],
        stage: str | None,
        more: dict[str, Any],
    ) -> DictRow:
        text = dump(_rows(drafts))
        params = more | {"drafts": text, "count": len(drafts), "run": run_id, "stage": stage}
        params |= {"production": lease.production_id, "epoch": lease.epoch}
        write = partial(self._database.fetch_one, SQL[query], params | {"origin": self._origin})
        # An end is told once: between two of them somebody may have answered.
        await fault_point("before_events", again=write if query == "append" else None)
        row = await write()
        if row is None:
            raise LeaseLost()
        if row.get("cancelled"):
            raise CancelWanted
        for method, many in Counter(draft.method for draft in drafts).items():
            EVENTS.labels(method).inc(many)
        whole = row["stored"] == len(drafts)
        told = _as_events(text, run_id, row) if whole and self.tail.is_watched(lease.production_id) else []
        batch = Batch(after=row["base"] if whole else None, events=told)
        await fault_point("after_events", again=partial(self._tell, lease.production_id, drafts, batch))
        await self._tell(lease.production_id, drafts, batch)
        return row

    async def _tell(self, production_id: str, drafts: Sequence[Draft], batch: Batch) -> None:
        """Everybody in this process who wants to know."""
        if self.on_written is not None:
            self.on_written(production_id, drafts)
        self.tail.deliver(production_id, batch)

    async def read(
        self, production_id: str, *, after: int, limit: int = PAGE, owner: str | None = None
    ) -> tuple[list[Event], DictRow]:
        """The next events, with the production's `status` and `last_seq` as they are now.

        Raises:
            RunNotFound: there is no such production, or it is not the owner's.
        """
        params = {"production": production_id, "after": after, "limit": limit, "owner": owner}
        rows = await self._database.fetch_all(SQL["read_events"], params)
        if not rows:
            raise RunNotFound()
        return [_event(row) for row in rows if row["seq"] is not None], rows[0]

    async def follow(
        self,
        production_id: str,
        *,
        after: int = 0,
        until_end: bool = False,
        owner: str | None = None,
        begins: bool = False,
        gaps: bool = False,
    ) -> AsyncGenerator[Event, None]:
        """Replay what follows `after`, then go on live; with `until_end`, stop when it has ended.

        With `gaps` an event `cleared`, which is in no log, says once that some of what follows `after` was
        cleared, and up to which number; it comes before whatever is left.

        With an `owner` it need not be there yet: nothing comes until it is, and is theirs. With `begins`
        nothing followed `after` a moment ago: what comes first is waited for before the table is read.
        """
        async with self.tail.watch(production_id, owner=owner) as watch:
            self._spread_safety_net()
            position = after
            batch = await _soon(watch) if begins else None
            caught_up, told_to = False, position if gaps else math.inf
            while True:
                if caught_up:
                    batch = await watch.next()
                if batch is not None and batch.after == position:
                    events, ended = batch.events, bool(batch.events and batch.events[-1].ends)
                    caught_up = True
                elif caught_up and batch is not None and batch.events and batch.events[-1].seq <= position:
                    continue
                else:
                    events, ended, gap = await self._page(production_id, position, watch)
                    caught_up = len(events) < PAGE
                    if gap is not None and gap.payload["through"] > max(position, told_to):
                        told_to = gap.payload["through"]
                        yield gap
                for n in range(len(events)):  # no name may keep a row alive while nothing happens
                    position = events[n].seq
                    yield events[n]
                watch.seen = max(watch.seen, position if events else -1)
                if until_end and ended:
                    return
                batch = None
                del events

    async def _page(
        self, production_id: str, after: int, watch: Watch
    ) -> tuple[list[Event], bool, Event | None]:
        """The next events, whether they are the last, and what to tell of those that were cleared."""
        try:
            events, production = await self.read(production_id, after=after, owner=watch.owner)
        except DatabaseDown as exc:  # a follower outlives a database that restarts; the safety net wakes it
            log.warning("cannot read events: %s", exc)
            return [], False, None
        except RunNotFound:
            if watch.owner is None:
                raise
            return [], False, None
        position = events[-1].seq if events else after
        if len(events) < PAGE:
            watch.seen = production["last_seq"]
        ended = production["status"] in FINAL and position >= production["last_seq"]
        return events, ended, _gap(production, after)

    def _spread_safety_net(self) -> None:
        if self._safety_net is None:
            self._safety_net = asyncio.create_task(self._catch_up(), name="event safety net")
            if self.on_background is not None:
                self.on_background(self._safety_net)

    async def _catch_up(self) -> None:
        """A notification can get lost: look now and then, in one statement for all who follow."""
        while True:
            await asyncio.sleep(self._safety_s)
            watched = self.tail.watched
            if not watched:
                continue
            try:
                rows = await self._database.fetch_all(SQL["last_seqs"], {"productions": watched})
            except DatabaseDown as exc:
                log.warning("cannot look for events: %s", exc)
                continue
            self.tail.wake_behind({row["production_id"]: (row["user_id"], row["last_seq"]) for row in rows})


async def _soon(watch: Watch) -> Batch | None:
    """What comes first of a run that was accepted a moment ago; None when it does not come at once."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SOON_S):
            return await watch.next()
    return None


def split_namespace(text: str) -> tuple[str, ...]:
    """A namespace as langgraph writes it, in its parts; the root has none."""
    return tuple(text.split("|")) if text else ()


def _rows(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    return [
        {
            "n": n,
            "id": draft.event_id,
            "ns": "|".join(draft.namespace),
            "method": draft.method,
            "payload": draft.payload,
        }
        for n, draft in enumerate(drafts, start=1)
    ]


def _as_events(drafts: str, run_id: str, row: DictRow) -> list[Event]:
    """What a reader of the table would get."""
    return [
        Event(
            row["base"] + draft["n"],
            draft["id"],
            run_id,
            split_namespace(draft["ns"]),
            draft["method"],
            draft["payload"],
            row["at"],
        )
        for draft in load(drafts)
    ]


def _gap(production: DictRow, after: int) -> Event | None:
    """What says that there was more; it has the place of the last event that was seen."""
    if production["events_cleared_to"] <= after:
        return None
    payload = {"through": production["events_cleared_to"]}
    return Event(after, f"cleared:{after}", None, (), "cleared", payload, production["events_cleared_at"])


def _event(row: DictRow) -> Event:
    return Event(
        row["seq"],
        row["event_id"],
        row["run_id"],
        tuple(row["namespace"]),
        row["method"],
        row["payload"],
        row["at"],
    )
