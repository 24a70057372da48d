"""The gate before a provider: is its service left alone, is there a place for the job, may it leave now.

One statement asks all three (schema 0027), so that all workers share breakers and limits. Who must wait
for a token sleeps until the instant that the database has computed; who must wait for a place is rung.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from math import inf
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import structlog
from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state.errors import DatabaseDown, GreenlightError, ProviderBusy, ProviderError
from tools.clock import Clock
from tools.db.ear import listening
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ending import end_tasks
from tools.engines.calling import Pause
from tools.ledger.rows import OrderRow
from tools.orders.breakers import Breakers, asked_of
from tools.orders.limits import ProviderLimits, known_limits
from tools.orders.options import OrderOptions
from tools.orders.services import OUR_OWN

log = structlog.get_logger(__name__)
QUERIES = named_queries(Path(__file__).with_name("gate.sql"))
CHANNEL = "greenlight_slots"
LOOK_AGAIN_S = 30.0
"""How often whoever waits looks which jobs are its own: others of its production may have been sent."""
MOST_SLOT_WAIT_S = 1800.0
"""Who has found no place by then is told to come back."""
READS_AT_ONCE = 20
"""So many looks at jobs a process takes at a time; what it does not use is lost."""
JobEnds = Callable[[str], Awaitable[object]]
"""Returns when the job of an order has ended at its provider."""


class Gate:
    """Asked before every request that may start a job."""

    def __init__(
        self, database: Database, breakers: Breakers, options: OrderOptions, clock: Clock, job_ends: JobEnds
    ) -> None:
        self._database = database
        self._breakers = breakers
        self._options = options
        self._clock = clock
        self._job_ends = job_ends
        self._reads: Counter[str] = Counter()
        """By account: how many requests that only read may still leave without asking."""
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def enter(self, row: OrderRow, *, account: str = "") -> None:
        """Return when a request for this order may leave; its job has a place then.

        `account` is the id of the key that it will leave with, where that is not the place's: it has
        limits of its own.

        Raises:
            BreakerOpen: its service is left alone; nobody waits for that.
            ProviderBusy: the provider wants to be left alone for longer than anybody waits, or all places
                are taken for as long; `details["retry_after_s"]` says when to come back.
        """
        if row.provider in OUR_OWN:
            return
        seen = None
        while told := await self._ask(row, account, seen):
            if "full" in told:
                told = await self._a_place(row, account, seen) or {}
            if "busy_s" in told:
                raise _busy(row, told["busy_s"])
            if "wait_s" not in told:
                return
            await self._clock.sleep(told["wait_s"])
            seen = told["closes"]

    async def throttled(self, row: OrderRow, error: ProviderError, *, account: str = "") -> None:
        """The provider has said how long it wants to be left alone: that holds for everybody."""
        asked = error.details.get("retry_after_s")
        if error.kind == "throttled" and isinstance(asked, int | float) and row.provider not in OUR_OWN:
            await self._database.execute(
                QUERIES["close"], {"bucket": _bucket(row, account), "for_s": float(asked)}
            )
            log.info("provider_closed", provider=row.provider, for_s=asked)

    async def read(self, row: OrderRow) -> None:
        """Return when a request that only reads may leave: asked of the database once for many of them."""
        a_minute = limits_of(row.provider, self._options.limits).others_a_minute
        if a_minute is None:
            return
        bucket = f"{_bucket(row, row.key_id or '')} reads"
        while self._reads[bucket] <= 0:
            turns = a_minute / READS_AT_ONCE
            asked = {"bucket": bucket, "burst": turns, "a_second": turns / 60, "most_wait_s": inf}
            found = await self._database.fetch_one(QUERIES["read"], asked)
            self._reads[bucket] += READS_AT_ONCE
            if found and found["told"]:
                await self._clock.sleep(found["told"]["wait_s"])
        self._reads[bucket] -= 1

    def paced(self, row: OrderRow, pause: Pause) -> Pause:
        """The same pause between two looks at a job, and longer where all workers look too often together."""

        async def at_its_pace(seconds: float) -> None:
            await pause(seconds)
            await self.read(row)

        return at_its_pace

    async def _ask(self, row: OrderRow, account: str, seen: int | None) -> dict[str, Any] | None:
        """What the gate says: None or nothing but a trial is to go on."""
        asked = {**asked_of(row), **self._limits(row, account), "seen": seen}
        found = await self._database.fetch_one(QUERIES["enter"], {"asked": Jsonb(asked)})
        told: dict[str, Any] | None = found["told"] if found else None
        return self._breakers.heard(row, told)

    def _limits(self, row: OrderRow, account: str) -> dict[str, Any]:
        limits, options = limits_of(row.provider, self._options.limits), self._options
        a_minute = limits.creates_a_minute
        most_wait_s = options.backoff.longest_asked_s
        return {
            "bucket": _bucket(row, account),
            "burst": a_minute, "a_second": a_minute / 60 if a_minute else None, "most_wait_s": most_wait_s,
            "in_flight": limits.in_flight, "job_s": limits.ends_in_s,
            "hold_s": most_wait_s + 2 * options.submit_timeout_s + options.settle_s,
        }  # fmt: skip

    async def _a_place(self, row: OrderRow, account: str, seen: int | None) -> dict[str, Any] | None:
        """Wait until there is a place, one of this process at a time; what the gate says then."""
        bucket = _bucket(row, account)
        queue = self._queues.get(bucket) or self._queues.setdefault(bucket, asyncio.Lock())
        # Heard from before the first question on, so that none that becomes free is missed.
        hearing = listening(self._database.url, [CHANNEL], name="greenlight slots")
        async with self._own_jobs_watched(row, bucket), queue, hearing as line:
            give_up = asyncio.get_running_loop().time() + MOST_SLOT_WAIT_S
            while (told := await self._ask(row, account, seen)) and "full" in told:
                left_s = give_up - asyncio.get_running_loop().time()
                if left_s <= 0:
                    raise _busy(row, told["free_in_s"])
                await _rung(line, bucket, min(told["free_in_s"], left_s))
            return told

    @asynccontextmanager
    async def _own_jobs_watched(self, row: OrderRow, bucket: str) -> AsyncIterator[None]:
        """Whoever orders before it collects must see its own jobs end, or it would wait for itself."""
        watching = asyncio.create_task(self._watch_own_jobs(row, bucket), name="own jobs")
        try:
            yield
        finally:
            await end_tasks([watching])

    async def _watch_own_jobs(self, row: OrderRow, bucket: str) -> None:
        watched: dict[str, asyncio.Task[None]] = {}
        asked = {"bucket": bucket, "production_id": row.production_id}
        try:
            while True:
                for job in await self._database.fetch_all(QUERIES["own_jobs"], asked):
                    if job["call_key"] not in watched:
                        watched[job["call_key"]] = asyncio.create_task(self._see_it_end(job["call_key"]))
                await asyncio.sleep(LOOK_AGAIN_S)
        except DatabaseDown as error:
            log.info("jobs_not_watched", production_id=row.production_id, problem=error.message)
        finally:
            await end_tasks(watched.values())

    async def _see_it_end(self, call_key: str) -> None:
        try:
            await self._job_ends(call_key)
            await self._database.execute(QUERIES["over"], {"key": call_key})
        except GreenlightError as error:  # whoever collects it will meet the same
            log.info("job_not_watched", call_key=call_key, problem=error.message)


def _bucket(row: OrderRow, account: str) -> str:
    return f"{row.provider}/{account}"


def limits_of(provider: str, chosen: Mapping[str, ProviderLimits]) -> ProviderLimits:
    """The limits that hold for a provider here; none where nobody knows any."""
    return chosen.get(provider) or known_limits().get(provider) or ProviderLimits(name=provider)


async def _rung(line: AsyncConnection[DictRow], bucket: str, most_s: float) -> None:
    """Wait until a place of this account is told free, at most so long."""
    loop = asyncio.get_running_loop()
    until = loop.time() + most_s
    while (left_s := until - loop.time()) > 0:
        async for notice in line.notifies(timeout=left_s, stop_after=1):
            if notice.payload == bucket:
                return


def _busy(row: OrderRow, for_s: float) -> ProviderBusy:
    return ProviderBusy(
        f"{row.provider} takes no more for now", provider=row.provider, model=row.model, kind="throttled",
        details={"retry_after_s": for_s},
    )  # fmt: skip
