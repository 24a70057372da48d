"""Whether this process lives, and whether it can take work now: with reasons, for monitors and balancers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from server.vitals.text_model import SeenModel
from state.errors import GreenlightError, StoreUnreachable
from tools.db.pool import Database
from tools.db.schema_version import check_schema
from tools.media.store import MediaStore

STORE_LOOKS_LAST_S = 10.0
"""A bucket is paid by the request, and balancers ask every second."""
PATIENCE_S = 3.0


class Listens(Protocol):
    """The ear on the database."""

    @property
    def hears(self) -> bool:
        """Whether there is a connection to hear on now."""


class Works(Protocol):
    """The worker."""

    @property
    def trouble(self) -> str:
        """Why it will never take work again; empty while it does."""

    @property
    def is_draining(self) -> bool:
        """Whether it was asked to take no more."""


@dataclass(frozen=True)
class Part:
    """One thing that was looked at."""

    name: str
    problem: str = ""

    @property
    def ok(self) -> bool:
        return not self.problem


@dataclass(kw_only=True)
class Vitals:
    """Looks at the parts of a process. Made before they are there; whoever opens one adds it."""

    database: Database
    store: MediaStore
    ear: Listens
    worker: Works | None = None
    """None in a process that drives nothing."""
    text_model: SeenModel
    """The language model that agents ask by default; no reason to send nobody here."""
    stopping: bool = False
    background: list["asyncio.Task[None]"] = field(default_factory=list)
    _store_seen: tuple[float, str] | None = None

    def stop(self) -> None:
        """The process was asked to end: nobody is to be sent here any more."""
        self.stopping = True

    def alive(self) -> list[Part]:
        """What cannot mend itself. Answering at all shows that the event loop turns."""
        died = [Part(task.get_name(), "it has ended by an error") for task in self.background if _died(task)]
        worker = [Part("worker", self.worker.trouble)] if self.worker is not None else []
        return [*worker, *died]

    async def ready(self) -> list[Part]:
        """All parts, and why nobody should be sent here, if there is a reason."""
        database = Part("database", await _problem(lambda: self.database.fetch_one("select 1 as one")))
        schema = Part(
            "schema", await _problem(lambda: check_schema(self.database)) if database.ok else "unknown"
        )
        return [
            database, schema, Part("store", await self._store()),
            Part("listener", "" if self.ear.hears else "it hears nothing from the database"),
            Part("drain", self._leaving()), *self.alive(),
        ]  # fmt: skip

    def _leaving(self) -> str:
        if self.stopping:
            return "the process is stopping"
        return "the worker takes no more work" if self.worker is not None and self.worker.is_draining else ""

    async def _store(self) -> str:
        now = time.monotonic()
        if self._store_seen is None or now - self._store_seen[0] > STORE_LOOKS_LAST_S:
            self._store_seen = (now, await _problem(self.store.identity))
        return self._store_seen[1]


async def _problem(look: Callable[[], Awaitable[object]]) -> str:
    """What is wrong, in words without addresses; empty when nothing is."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            await look()
    except TimeoutError:
        return f"no answer within {PATIENCE_S:g} s"
    except StoreUnreachable:
        return "the media store does not answer"
    except GreenlightError as exc:
        return exc.code
    return ""


def _died(task: "asyncio.Task[None]") -> bool:
    return task.done() and not task.cancelled() and task.exception() is not None
