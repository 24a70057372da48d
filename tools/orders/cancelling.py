"""Stop jobs at the providers that have them: of what was cancelled or deleted, or where a stop says so.

Whoever cancels never waits for a provider: once nobody drives the production any more, each provider is told,
with the key that the job was sent with, and asked what became of it. What was made all the same is paid, so
it is brought home: a production that is resumed, or a branch of it, uses it. A job whose id was lost is
looked for first, as whoever drives would; nothing is ever sent.
"""

import asyncio
import random
from contextlib import suppress
from dataclasses import replace

import structlog

from state.errors import DatabaseDown, GreenlightError, LeaseLost
from state.order import FailureKind
from tools.engines.base import JobStatus
from tools.ledger.cancels import Cancel, CancelBooks
from tools.ledger.parked import ParkedLedger
from tools.ledger.rows import OrderRow
from tools.orders.buying import Purchase
from tools.orders.collecting import Collector, kind_of_end
from tools.orders.desk import Desk
from tools.orders.watched import provider_call

log = structlog.get_logger(__name__)
AT_ONCE = 16
ASKS_FOR_S = 60.0
"""A provider that does not answer for so long is tried again later."""
ENDED = ("failed", "cancelled")
DELETED = "it was made after its production was deleted"
NOBODY_CAN_TELL = (
    "the answer was lost, and the provider could not be asked for the job before it was given up"
)


class Cancelling:
    """Stops jobs. Holds no state: which are to be stopped, and how often that was tried, is in the ledger."""

    def __init__(self, desk: Desk, books: CancelBooks | None = None) -> None:
        self._desk = desk
        self._books = books or CancelBooks(desk.ledger.database)
        self._parked = ParkedLedger(desk.ledger)

    async def round(self, *, erased: str | None = None) -> int:
        """Try once whatever is due; how many tries that were. Others in the meantime try others.

        With a user all that is theirs, before it is `erased`: afterwards nobody knows of it.
        """
        due = await self._books.due(limit=AT_ONCE, erased=erased)
        await asyncio.gather(*(self._try(one) for one in due))
        await self._books.never_sent(limit=AT_ONCE)
        await self._parked.give_up_deleted(limit=AT_ONCE)
        return len(due)

    async def _try(self, one: Cancel) -> None:
        try:
            if await (self._found(one) if one.row.state == "intent" else self._ended(one)) or not one.last:
                return
        except LeaseLost:
            return  # it goes on: whoever drives it finds the job
        except (GreenlightError, TimeoutError) as error:
            problem = str(error) or "no answer"
            log.warning("job_not_stopped", call_key=one.row.call_key, last=one.last, problem=problem)
        except Exception:  # the loop of a worker: one engine's trouble is not the others'
            log.exception("job_not_stopped", call_key=one.row.call_key, last=one.last)
        if one.last and not one.driven:
            await self._nobody_knows(one)

    async def _nobody_knows(self, one: Cancel) -> None:
        if one.row.state != "intent":
            await self._books.nobody_knows(one.row, epoch=one.epoch)
            return
        with suppress(LeaseLost):  # it goes on: whoever drives it asks again
            await self._desk.ledger.park(one.row, epoch=one.epoch, detail=NOBODY_CAN_TELL)

    async def _found(self, one: Cancel) -> bool:
        """Look for the job of a request without an answer, and stop it; whether that is done."""
        row = await self._desk.current(one.row.call_key)
        async with asyncio.timeout(ASKS_FOR_S):
            row = await Purchase(self._desk, row, epoch=one.epoch, may_send=False).look()
        if row.state != "submitted":  # parked, or free of what was held for it
            return row.state != "intent" or row.may_be_sent
        found = await self._books.found(row, epoch=one.epoch)
        if found is None:
            raise LeaseLost(details={"call_key": row.call_key, "epoch": one.epoch})
        log.info("lost_job_found", call_key=row.call_key, external_id=row.external_id)
        await self._ended(replace(one, row=found, last=False))
        return True

    async def _ended(self, one: Cancel) -> bool:
        """Tell the provider, once, and book what became of the job if it has come to an end."""
        async with asyncio.timeout(ASKS_FOR_S), self._desk.asking(one.row):
            row = one.row if one.row.cancel_told_at else await self._told(one)
            if one.driven:
                return False
            with provider_call(row, "status"):
                status = await self._desk.engine_of(row).status(row.external_id or "")
        if status.state in ENDED:
            await self._stopped(replace(one, row=row), status)
        elif status.state == "succeeded":
            await self._made_all_the_same(replace(one, row=row))
        return status.state in (*ENDED, "succeeded")

    async def _told(self, one: Cancel) -> OrderRow:
        with provider_call(one.row, "cancel"):
            await self._desk.engine_of(one.row).cancel(one.row.external_id or "")
        told = await self._books.told(one.row, epoch=one.epoch)
        if told is None:
            raise LeaseLost(details={"call_key": one.row.call_key, "epoch": one.epoch})
        return told

    async def _stopped(self, one: Cancel, status: JobStatus) -> None:
        """The provider's rule counts: what it says is not billed is given back."""
        kind: FailureKind = kind_of_end(status, one.row)
        detail = status.error or "it was stopped with its production"
        await self._desk.ledger.fail(one.row, epoch=one.epoch, kind=kind, detail=detail, billed=status.billed)
        log.info("job_stopped", call_key=one.row.call_key, billed=status.billed)

    async def _made_all_the_same(self, one: Cancel) -> None:
        if one.unwanted:
            await self._desk.ledger.fail(
                one.row, epoch=one.epoch, kind="expired", detail=DELETED, billed=True
            )
        else:
            # What cannot be used is not bought again for a production that has ended.
            desk = replace(self._desk, options=replace(self._desk.options, new_attempts={}))
            await Collector(desk, epoch=one.epoch).bring(one.row)
        log.info("job_made_all_the_same", call_key=one.row.call_key)


async def stop_all(cancelling: Cancelling, user_id: str, *, within_s: float) -> None:
    """Stop all jobs of a user who is about to be erased; who does not answer in time holds nobody up."""
    try:
        async with asyncio.timeout(within_s):
            while await cancelling.round(erased=user_id) == AT_ONCE:
                pass
    except TimeoutError:
        log.warning("jobs_not_stopped", within_s=within_s)


async def cancel_forever(cancelling: Cancelling, *, every_s: float) -> None:
    """Try now and then, jittered, so that many processes do not look together."""
    while True:
        try:
            while await cancelling.round() == AT_ONCE:
                pass
        except DatabaseDown as exc:
            log.warning("cannot_stop_jobs", problem=exc.message)
        await asyncio.sleep(every_s * random.uniform(0.7, 1.3))  # noqa: S311 - jitter needs no secrecy
