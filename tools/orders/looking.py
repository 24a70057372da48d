"""Looking for the jobs of an order at its provider: what is asked is read only, and never starts one."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from state.errors import ProviderError
from tools.engines.base import CannotTell, Engine, JobStatus, NamesJobs
from tools.ledger.rings import hinted_ids
from tools.ledger.rows import OrderRow
from tools.orders.desk import Desk
from tools.orders.keys import EngineKey, is_unseen
from tools.orders.watched import provider_call
from tools.resilience.retry import READ_AGAIN, with_retries

NO_SUCH_JOB = frozenset({"expired", "invalid"})
RINGS_AGAIN_S = 60.0
"""The net below a ring that is not heard."""
OTHER_KEY = "it was ordered with another key: the one that is there now may not see the job"
CLOCK_SKEW = timedelta(minutes=2)
"""How far a provider's clock may be behind ours when jobs are looked for by time."""


async def is_known(desk: Desk, row: OrderRow, external_id: str, *, key: EngineKey | None = None) -> bool:
    """Whether the provider has this job, for the key that the order was sent with unless another is given.

    Raises:
        ProviderError: it could not be asked, so nothing is proven.
    """
    engine = desk.engine_of(row)

    async def look() -> JobStatus:
        with provider_call(row, "status"):
            async with desk.asking(row, key):
                return await engine.status(external_id)

    try:
        await with_retries(look, kinds=READ_AGAIN, backoff=desk.options.backoff, clock=desk.clock)
    except ProviderError as error:
        if error.kind not in NO_SUCH_JOB and not is_unseen(error):
            raise
        return False
    return True


async def known_by_rings(desk: Desk, row: OrderRow) -> list[str]:
    """The jobs that the provider itself rang with for this order, and knows under our key.

    Raises:
        ProviderError: it could not be asked about one, so nothing is proven.
    """
    hinted = await hinted_ids(desk.ledger.database, row.call_key)
    named = [external_id_of(desk.engine_of(row), row, job_id) for job_id in hinted]
    return [one for one in named if await is_known(desk, row, one)]


async def until_it_rings(desk: Desk, row: OrderRow) -> list[str]:
    """The jobs that the provider rings with, once there is one that it knows. Asks nothing before it rings.

    Waits for ever where it cannot ring. Only reads, so it may be ended at any time.
    """
    if desk.rings is None or not desk.webhook_of(row):
        await asyncio.Event().wait()
    pause = desk.rings.pause_for(row.call_key) if desk.rings else desk.clock.sleep
    refused = set[str]()
    while True:
        hinted = set(await hinted_ids(desk.ledger.database, row.call_key)) - refused
        with suppress(ProviderError):  # it cannot be asked now: whoever waits goes on without
            if hinted and (known := await known_by_rings(desk, row)):
                return known
            refused |= hinted
        await pause(RINGS_AGAIN_S)


async def jobs_since(
    desk: Desk, row: OrderRow, moment: datetime, *, key: EngineKey | None = None, may_send: bool = True
) -> list[str]:
    """Jobs with this order's request since then, in the account of the key, that no order has or had.

    Where it `may_send` it again nobody need look for what a provider answers with the first one's job.

    Raises:
        CannotTell: nobody can tell whether there is one.
        ProviderError: the provider could not be asked now.
    """
    engine = desk.engine_of(row)
    if may_send and is_repeatable(engine):
        return []

    async def find() -> list[str]:
        with provider_call(row, "find"):
            async with desk.asking(row, key) as asked_with:
                if asked_with.is_other:  # another account may list nothing, and that proves nothing
                    raise CannotTell(OTHER_KEY)
                since = moment - CLOCK_SKEW
                return await engine.find(row.engine_request, call_key=row.call_key, since=since)

    seen: list[str] = []
    while True:
        found = await with_retries(find, kinds=READ_AGAIN, backoff=desk.options.backoff, clock=desk.clock)
        free = await desk.ledger.unowned(row, found) if found else []
        if free or not found or found == seen:
            return free
        seen = found  # another order has taken one since it was found: what is there besides?


def is_repeatable(engine: Engine) -> bool:
    """Whether the provider itself answers a repeated request with the first one's job."""
    return engine.reconcile == "idempotent_submit"


def external_id_of(engine: Engine, row: OrderRow, job_id: str) -> str:
    """What a job is called here that a provider calls so."""
    if "/" in job_id or not isinstance(engine, NamesJobs):  # whole already
        return job_id
    return engine.external_id_of(row.engine_request, job_id)
