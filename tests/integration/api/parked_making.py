"""Orders of unknown fate in a house's books."""

from psycopg.types.json import Jsonb

from server.runs.failures import paused
from state import errors
from tests.builders import an_image_request
from tests.fakes import FakeEngine, FakeProvider
from tests.integration.api.conftest import Lot
from tools.ledger.ledger import Ledger
from tools.ledger.requests import request_hash
from tools.orders.desk import Desk
from tools.orders.parked import ParkedOrders

PARK = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
                    model, request, request_hash, owner_epoch, webhook_token, state, attempt, cost_quoted,
                    cost_unknown, error_kind, error_detail)
select %(key)s, production_id, user_id, 'take', %(item)s, 'first', 1, 'video', 'fake', 'fake-image',
       %(request)s, %(hash)s, epoch, md5(%(key)s), 'unknown', 1, 400000, 400000, 'ambiguous',
       'the answer was lost and the provider cannot be asked for the job'
from productions where production_id = %(production)s
"""
SENT = """
insert into order_attempts (call_key, number, epoch, provider, outcome, ended_at)
values (%(key)s, 1, 0, 'fake', 'unknown', now())
"""


async def a_parked_order(lot: Lot, production: str, item: str = "1A") -> str:
    """Its key. The production pauses by it."""
    key, request = f"{production}:take:{item}:first", an_image_request().model_dump(mode="json")
    values = {
        "key": key, "production": production, "item": item, "request": Jsonb(request),
        "hash": request_hash(request),
    }  # fmt: skip
    await lot.database.execute(PARK, values)
    await lot.database.execute(SENT, values)
    await lot.runs.set(production, status="paused", interrupts=[])
    error = paused(errors.OrderParked(details={"call_key": key}))
    await lot.database.execute(
        "update productions set error = %s where production_id = %s", [Jsonb(error), production]
    )
    return key


def a_provider(lot: Lot) -> FakeProvider:
    """Where the house asks about jobs from now on."""
    provider = FakeProvider()
    desk = Desk(
        ledger=Ledger(lot.database), store=lot.store,
        engines={"fake": FakeEngine(provider, reconcile="blind")},
    )  # fmt: skip
    lot.house.__dict__["parked"] = ParkedOrders(desk)
    return provider
