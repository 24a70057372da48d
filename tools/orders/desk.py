"""What buying and collecting share: the ledger, the engines, the store, the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from state.errors import OrderError, ProviderMisconfigured
from tools.clock import Clock, SystemClock
from tools.engines.base import Engine
from tools.faults import fault_point
from tools.ledger.ledger import Ledger
from tools.ledger.rows import OrderRow
from tools.media.store import MediaStore
from tools.orders.options import OrderOptions

T = TypeVar("T")
FaultHook = Callable[[str], Awaitable[None]]
_finishing: set[asyncio.Task[Any]] = set()


@dataclass(kw_only=True)
class Desk:
    """The tools of one process that orders."""

    ledger: Ledger
    store: MediaStore
    engines: Mapping[str, Engine]
    options: OrderOptions = field(default_factory=OrderOptions)
    clock: Clock = field(default_factory=SystemClock)
    fault: FaultHook = fault_point
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

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
