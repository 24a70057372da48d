"""One LISTEN connection per process wakes every follower and every runner in it.

A notification carries ids only. Batches that this process wrote itself are handed to its
followers directly; everybody else reads the table.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection

from server.runs.shortcut import Shortcut
from tools.db.ear import Ear
from tools.telemetry.meters import FOLLOWERS

CONTROL, JOBS = "greenlight_control", "procrastinate_queue_v1#productions"
NOTICES = "greenlight_notices"
CHANNELS = ("greenlight_events", CONTROL, JOBS, NOTICES)
NOBODY = "-"
"""In the place of the event log that wrote, where a statement did."""
MOST_WAITING = 64


@dataclass(frozen=True, slots=True)
class Batch:
    """Events that follow `after` without a gap; `after` None means: something is new, read the table."""

    after: int | None
    events: list[Any]


WAKE = Batch(after=None, events=[])


class Watch:
    """One follower's view of one production. There may be thousands, so an idle one holds next to nothing."""

    __slots__ = ("_bell", "_waiting", "owner", "seen")

    def __init__(self, owner: str | None = None) -> None:
        self.owner = owner
        """Whose production it has to be; None for a follower that asked somebody else."""
        self.seen = -1
        """The number in the log up to which this follower has read."""
        self._waiting: list[Batch] = []
        self._bell: asyncio.Future[None] | None = None

    def put(self, batch: Batch) -> None:
        if len(self._waiting) >= MOST_WAITING:  # a slow follower reads the table instead of filling memory
            self._waiting.clear()
            batch = WAKE
        self._waiting.append(batch)
        if self._bell is not None and not self._bell.done():
            self._bell.set_result(None)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits to be read."""
        return not self._waiting

    async def next(self) -> Batch:
        """The next batch, however long it takes."""
        while not self._waiting:
            self._bell = asyncio.get_running_loop().create_future()
            try:
                await self._bell
            finally:
                self._bell = None
        return self._waiting.pop(0)


class Tail:
    """The process's ear on the database."""

    def __init__(self, url: str, *, origin: str) -> None:
        self._origin = origin
        self._watches: dict[str, set[Watch]] = defaultdict(set)
        self._ear = Ear(
            url,
            CHANNELS,
            name="greenlight-tail",
            hear=self._hear,
            begins=self._look_around,
            first=self._shown,
        )
        self.on_control: Callable[[str], None] | None = None
        """Called with the id of a production that somebody asked to cancel."""
        self.on_connect: Callable[[AsyncConnection[Any]], Awaitable[None]] | None = None
        """Called with each new connection, before anything is heard on it."""
        self.on_job: Callable[[], None] | None = None
        """Called when the queue may hold a new job."""
        self.on_notice: Callable[[], None] | None = None
        """Called when the outbox may hold something new."""
        self.shortcut = Shortcut()
        """What this process accepts and drives itself."""
        self.on_unlogged: Callable[[str], None] | None = None
        """Called with the id of a production for which a statement wrote events, and no event log did."""

    @property
    def hears(self) -> bool:
        """Whether there is a connection to hear on now."""
        return self._ear.hears

    async def open(self) -> None:
        """Listen from now on; returns when the database has confirmed it."""
        await self._ear.open()

    async def close(self) -> None:
        """Stop listening."""
        await self._ear.close()

    def is_watched(self, production_id: str) -> bool:
        return production_id in self._watches

    @property
    def watched(self) -> list[str]:
        """The productions that somebody follows."""
        return list(self._watches)

    def wake_behind(self, logs: Mapping[str, tuple[str, int]]) -> None:
        """Wake those who do not know that there is more: `logs` holds owner and last number by production."""
        for production_id, watches in self._watches.items():
            user_id, last_seq = logs.get(production_id, ("", 0))
            for watch in watches:
                # Without an owner it was there once: the follower is to find out that it has gone.
                gone = production_id not in logs and watch.owner is None
                behind = watch.seen < last_seq and watch.owner in (None, user_id)
                if watch.is_idle and (gone or behind):
                    watch.put(WAKE)

    @asynccontextmanager
    async def watch(self, production_id: str, *, owner: str | None = None) -> AsyncIterator[Watch]:
        """Watch one production. Open the watch before the first read and nothing is missed."""
        await self.open()
        watch = Watch(owner)
        self._watches[production_id].add(watch)
        FOLLOWERS.inc()
        try:
            yield watch
        finally:
            FOLLOWERS.dec()
            self._watches[production_id].discard(watch)
            if not self._watches[production_id]:
                del self._watches[production_id]

    def deliver(self, production_id: str, batch: Batch) -> None:
        for watch in self._watches.get(production_id, ()):
            watch.put(batch)

    async def _shown(self, connection: AsyncConnection[Any]) -> None:
        if self.on_connect is not None:
            await self.on_connect(connection)

    def _look_around(self) -> None:
        """What came while nobody listened."""
        for production_id in list(self._watches):
            self.deliver(production_id, WAKE)
        self.shortcut.begin_anew()
        for ring in (self.on_job, self.on_notice):
            if ring is not None:
                ring()

    def _hear(self, channel: str, payload: str) -> None:
        if channel == CONTROL and self.on_control is not None:
            self.on_control(payload)
        elif channel == JOBS and self.on_job is not None:
            if not self.shortcut.heard(_job_of(payload)):
                self.on_job()
        elif channel == NOTICES and self.on_notice is not None:
            self.on_notice()
        elif channel == "greenlight_events":
            self._hear_events(payload)

    def _hear_events(self, payload: str) -> None:
        production_id, _, origin = payload.split(" ")
        if origin != self._origin:
            self.deliver(production_id, WAKE)
            if origin == NOBODY and self.on_unlogged is not None:
                self.on_unlogged(production_id)


def _job_of(payload: str) -> int:
    """The job that procrastinate tells of; 0 when it tells of none."""
    try:
        return int(json.loads(payload)["job_id"])
    except (ValueError, KeyError, TypeError):
        return 0
