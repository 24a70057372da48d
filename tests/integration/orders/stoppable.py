"""Jobs that go on until their provider is told to stop them, and who tells it."""

from state.cost import Money
from state.errors import ProviderFailed
from state.order import Order
from tests.fakes import FakeEngine, FakeProvider
from tests.integration.orders.shop import Shop, Worker
from tools.db.pool import Database
from tools.engines.base import JobStatus, Reconcile
from tools.ledger.cancels import CancelBooks
from tools.orders.cancelling import Cancelling

CENT = Money.usd("0.01")
C = CENT.micros
CANCEL = (
    "update productions set status = 'cancelled', epoch = epoch + 1, lease_owner = null, lease_until = null"
)
DELETE = "update productions set deleted_at = now(), lease_owner = null, lease_until = null"
STOPPED = JobStatus(state="cancelled")
NEVER_BEGAN = JobStatus(state="cancelled", billed=False)
NOBODY_SAYS = JobStatus(state="cancelled", billed=None)
GOES_ON = JobStatus(state="running")


class Stoppable(FakeEngine):
    """Its jobs go on until they are told to stop; then they are what `fate` says. Made jobs stay made."""

    def __init__(
        self, provider: FakeProvider, *, fate: JobStatus = STOPPED, reconcile: Reconcile = "findable"
    ) -> None:
        super().__init__(provider, reconcile=reconcile)
        self.fate, self.told, self.unreachable = fate, list[str](), 0
        self.made = set[str]()

    async def status(self, external_id: str) -> JobStatus:
        if external_id in self.made:
            return JobStatus(state="succeeded")
        known = await super().status(external_id)
        return known if known.state != "succeeded" else self.fate if external_id in self.told else GOES_ON

    async def cancel(self, external_id: str) -> None:
        if self.unreachable:
            self.unreachable -= 1
            raise ProviderFailed("away", provider=self.provider, kind="not_sent")
        self.told.append(external_id)


def stopping(worker: Worker, database: Database, *, most: int = 8) -> Cancelling:
    """With tries that follow each other at once."""
    return Cancelling(worker.orders._desk, CancelBooks(database, most=most, pause_s=0))


async def resumed(shop: Shop, worker: Worker) -> Worker:
    await shop.database.execute("update productions set status = 'running'")
    return await shop.worker(worker.lease.production_id, engine=worker.engine)


async def booked(shop: Shop, order: Order) -> tuple[str, int, int, int, int]:
    """State, and what is reserved, billed, refunded and unknown."""
    row = await shop.row(order.call_key)
    return (
        row["state"], row["cost_reserved"], row["cost_actual"], row["cost_refunded"], row["cost_unknown"]
    )  # fmt: skip
