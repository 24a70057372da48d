"""A production with a lease, a provider that outlives us, and workers that order from it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg.types.json import Jsonb

from state.cost import Money
from state.errors import ProviderError
from state.order import Delivery, Order, TextAnswer, Ticket, Usage
from tests.fakes import FakeClock, FakeEngine, FakeProvider, FakeStore
from tools.db.pool import Database
from tools.ledger.ledger import Ledger
from tools.ledger.rows import NO_KEY, OrderRow, SentWith
from tools.models.base import Booking, TextCall, TextEnd
from tools.orders.desk import FaultHook
from tools.orders.failures import kind_of
from tools.orders.lease import Lease, claim, current_lease
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.resilience.at_most import WATCH
from tools.resilience.retry import Backoff

CEILING = Money.usd("1.00")
TEXT_MOST = Usage(prompt_tokens=1000, completion_tokens=200)
TEXT_USAGE = Usage(prompt_tokens=120, completion_tokens=40)
TEXT_RESERVE = Money(micros=3250)
"""GPT-5 in edition 2026-11: 1.25 dollars a million tokens read, 10 written."""
TEXT_PRICE = Money(micros=550)


class ImpatientClock(FakeClock):
    """Sleeping lets every deadline of the ledger pass, so that no test waits for one."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database

    async def sleep(self, seconds: float) -> None:
        task = asyncio.current_task()
        if task is not None and task.get_name() == WATCH:  # cancelled when what it watches has ended
            await asyncio.Event().wait()
        await super().sleep(seconds)
        await self.database.execute(
            "update orders set submit_deadline = now() - interval '1 s' where submit_deadline is not null"
        )


async def no_fault(name: str) -> None:
    """Nothing goes wrong."""


@contextmanager
def working(lease: Lease) -> Iterator[None]:
    """Hold a lease as the runner does while it drives a graph."""
    token = current_lease.set(lease)
    try:
        yield
    finally:
        current_lease.reset(token)


@dataclass
class Worker:
    """One process: its orders, its lease."""

    orders: Orders
    lease: Lease
    engine: FakeEngine
    clock: FakeClock

    async def submit(self, order: Order, **more: Any) -> Ticket:
        with working(self.lease):
            return await self.orders.submit(order, **more)

    async def collect(self, ticket: Ticket) -> Delivery:
        with working(self.lease):
            return await self.orders.collect(ticket)

    async def place(self, order: Order, **more: Any) -> Delivery:
        with working(self.lease):
            return await self.orders.place(order, **more)

    async def ask(self, *arguments: Any, **more: Any) -> Any:
        with working(self.lease):
            return await self.orders.ask(*arguments, **more)


@dataclass
class Shop:
    """Makes productions, and workers that come one after another or at once."""

    database: Database
    store: FakeStore
    provider: FakeProvider = field(default_factory=FakeProvider)

    async def production(
        self, *, ceiling: Money = CEILING, parent: str | None = None, preproduction: str = "1000"
    ) -> str:
        """Paid calls need no approval up to `preproduction`."""
        row = await self.database.fetch_one(
            "insert into productions (user_id, graph, ceiling_micros, parent_production_id, context)"
            " values ('local', 'novela', %s, %s, %s) returning production_id::text",
            (ceiling.micros, parent, Jsonb({"preproduction_usd": preproduction})),
        )
        assert row is not None
        return str(row["production_id"])

    async def lease(self, production_id: str) -> Lease:
        """Take the production over, as after the death of whoever had it."""
        await self.database.execute(
            "update productions set lease_until = null where production_id = %s", (production_id,)
        )
        lease = await claim(self.database, production_id, owner="test", ttl_s=600)
        assert lease is not None
        return lease

    def orders(
        self,
        *,
        engine: FakeEngine | None = None,
        clock: FakeClock | None = None,
        fault: FaultHook = no_fault,
        ledger: Ledger | None = None,
        **options: Any,
    ) -> Orders:
        engine = engine or FakeEngine(self.provider)
        knobs = {"backoff": Backoff(tries=4, first_s=0.01), **options}
        return Orders(
            self.database, self.store, {"fake": engine}, ledger=ledger or Ledger(self.database),
            options=OrderOptions(**knobs), clock=clock or ImpatientClock(self.database), fault=fault,
        )  # fmt: skip

    async def worker(self, production_id: str, *, lease: Lease | None = None, **more: Any) -> Worker:
        engine = more.pop("engine", None) or FakeEngine(self.provider)
        clock = more.pop("clock", None) or ImpatientClock(self.database)
        orders = self.orders(engine=engine, clock=clock, **more)
        return Worker(orders, lease or await self.lease(production_id), engine, clock)

    async def row(self, call_key: str) -> dict[str, Any]:
        row = await self.database.fetch_one("select * from orders where call_key = %s", (call_key,))
        assert row is not None
        return dict(row)

    async def outcomes(self, call_key: str) -> list[str]:
        rows = await self.database.fetch_all(
            "select outcome from order_attempts where call_key = %s order by number", (call_key,)
        )
        return [row["outcome"] for row in rows]


class Writer:
    """A model that is paid by the token: counts how often it is asked, fails as often as it is told.

    A trouble with a kind is what the vendor said; any other is the end of the process.
    """

    def __init__(self, *troubles: BaseException, known: bool = True) -> None:
        self.troubles = list(troubles)
        self.calls = 0
        self._known = known

    async def __call__(self, booking: Booking) -> TextAnswer:
        self.calls += 1
        await booking.begin(TextCall(provider="openai", model="gpt-5", most=TEXT_MOST))
        if self.troubles:
            trouble = self.troubles.pop(0)
            if isinstance(trouble, ProviderError):
                unknown = trouble.kind == "ambiguous"
                booking.end(TextEnd(outcome=kind_of(trouble), usage=None if unknown else Usage()))
            raise trouble
        booking.end(TextEnd(outcome="done", usage=TEXT_USAGE if self._known else None))
        return TextAnswer(content={"zeta": self.calls, "alpha": [1, 2]}, usage=TEXT_USAGE)


class FrozenAfterArming(Ledger):
    """Between the intent and the request the process stops, and something else happens."""

    def __init__(self, shop: Shop, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__(shop.database)
        self._meanwhile = meanwhile

    async def arm(
        self,
        row: OrderRow,
        *,
        epoch: int,
        timeout_s: float,
        sent_with: SentWith = NO_KEY,
    ) -> OrderRow | None:
        armed = await super().arm(row, epoch=epoch, timeout_s=timeout_s, sent_with=sent_with)
        await self._meanwhile()
        return armed
