"""What buying and collecting share: the ledger, the engines, the store, the clock."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from state.errors import OrderError, ProviderError, ProviderMisconfigured
from tools.clock import Clock, SystemClock
from tools.engines.base import Engine, JobStatus
from tools.engines.calling import Calling, Pause, calling
from tools.faults import fault_point
from tools.ledger.ledger import Ledger
from tools.ledger.rows import OrderRow
from tools.media.store import MediaStore
from tools.orders.breakers import Breakers
from tools.orders.gate import Gate
from tools.orders.keys import EngineKey, EngineKeys, NoKeys, of_another_account
from tools.orders.options import OrderOptions
from tools.orders.rings import Rings
from tools.orders.stored_answers import StoredAnswers

T = TypeVar("T")
FaultHook = Callable[[str], Awaitable[None]]
_finishing: set[asyncio.Task[Any]] = set()


def nowhere(row: OrderRow) -> str:
    """Providers cannot reach us."""
    return ""


@dataclass(kw_only=True)
class Desk:
    """The tools of one process that orders."""

    ledger: Ledger
    store: MediaStore
    engines: Mapping[str, Engine]
    options: OrderOptions = field(default_factory=OrderOptions)
    clock: Clock = field(default_factory=SystemClock)
    fault: FaultHook = fault_point
    keys: EngineKeys = field(default_factory=NoKeys)
    webhook_of: Callable[[OrderRow], str] = nowhere
    """Where the provider of an order may ring."""
    rings: Rings | None = None
    """Hears when it does."""
    breakers: Breakers = field(init=False)
    gate: Gate = field(init=False)
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def __post_init__(self) -> None:
        database = self.ledger.database
        self.breakers = Breakers(database, self.clock)
        self.gate = Gate(database, self.breakers, self.options, self.clock, self.job_ends)

    def engine_of(self, row: OrderRow) -> Engine:
        """The engine that a row was ordered from.

        Raises:
            ProviderMisconfigured: there is none in this process.
        """
        engine = self.engines.get(row.provider)
        if engine is None:
            known = ", ".join(sorted(self.engines)) or "none"
            raise ProviderMisconfigured(
                f"no engine for provider {row.provider!r}; set up are {known}",
                provider=row.provider, model=row.model, kind="auth",
            )  # fmt: skip
        return engine

    @asynccontextmanager
    async def sending(self, row: OrderRow, key: EngineKey) -> AsyncIterator[None]:
        """Inside, the row's engine is called with this key."""
        webhook_url = self.webhook_of(row)
        pause: Pause = self.clock.sleep
        if webhook_url and self.rings is not None:
            pause = self.rings.pause_for(row.call_key)
        sent_ago_s = None if row.submit_deadline is None else max(0.0, -(row.deadline_in_s or 0.0))
        call = Calling(
            key=key.secret, webhook_url=webhook_url, pause=self.gate.paced(row, pause),
            answers=self.answers_to(row), sent_ago_s=sent_ago_s,
            unowned=lambda found: self.ledger.unowned(row, found),
        )  # fmt: skip
        with calling(call):
            yield

    def answers_to(self, row: OrderRow) -> StoredAnswers:
        """Where answers to this order lie that are files."""
        return StoredAnswers(self.ledger.database, self.store, row)

    @asynccontextmanager
    async def asking(self, row: OrderRow, key: EngineKey | None = None) -> AsyncIterator[EngineKey]:
        """Inside, the row's engine is asked about its job with the key that it was sent with, or this one.

        Raises:
            KeyMissing, VaultError: there is none that could ask.
        """
        key = key or await self.keys.lend_again(row)
        async with self.sending(row, key):
            try:
                yield key
            except ProviderError as error:
                if (told := of_another_account(error, key, row)) is not error:
                    raise told from error
                raise

    async def job_ends(self, call_key: str) -> JobStatus:
        """Wait until the job of an order has ended at its provider, whoever collects it.

        Raises:
            ProviderError, VaultError: it cannot be asked about.
        """
        row = await self.current(call_key)
        async with self.asking(row):
            return await self.engine_of(row).wait(row.external_id or "")

    async def current(self, call_key: str) -> OrderRow:
        """The row as it is now.

        Raises:
            OrderError: it was never ordered.
        """
        row = await self.ledger.read(call_key)
        if row is None:
            raise OrderError(f"there is no order {call_key}")
        return row

    def lock(self, name: str) -> asyncio.Lock:
        """One lock per name, so that doubled calls in one process do not even reach the database."""
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = asyncio.Lock()
        return lock


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Finish the work even when the caller is cancelled meanwhile, then let the caller go.

    Between the POST and its stored id a cancellation would lose a paid job.
    """
    task = asyncio.create_task(work)
    _finishing.add(task)
    task.add_done_callback(_finished)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def _finished(task: "asyncio.Task[Any]") -> None:
    """The caller may be gone, also if it was cancelled more than once; what happened is in the ledger."""
    _finishing.discard(task)
    if not task.cancelled():
        task.exception()
