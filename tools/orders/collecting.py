"""Bring a submitted order to `done`: wait, fetch, store the bytes, then book."""

import asyncio
from contextlib import nullcontext, suppress
from pathlib import Path

import structlog

from state.errors import (
    NotApproved,
    OrderParked,
    ProviderError,
    ProviderTimeout,
    SpendingBlocked,
    UploadRejected,
)
from state.media import MediaRef
from state.order import FailureKind
from tools.engines.base import Fetched, JobStatus, MakesAgain
from tools.engines.calling import telling
from tools.ledger.cancels import CancelBooks
from tools.ledger.refusals import about
from tools.ledger.rows import OrderRow
from tools.orders.buying import Purchase, parked_details, settled
from tools.orders.desk import Desk
from tools.orders.failures import error_of, kind_of, raise_waiting
from tools.orders.homeward import has_left_its_place, takes_a_place
from tools.orders.keys import is_unseen
from tools.orders.patience import Begins, JobTooLong, in_time
from tools.orders.reference_files import fetch_references
from tools.orders.retries import retries_of
from tools.orders.services import OUR_OWN
from tools.orders.verifying import verify
from tools.orders.watched import provider_call
from tools.resilience.at_most import at_most
from tools.resilience.retry import READ_AGAIN, with_retries
from tools.work_folder import work_folder

STOPS_IN_S = 300.0
"""How long a provider may take to stop a job, or to end one that it does not stop."""
UNSEEN = "{said} Then say that it is this job, or give it up, and resume."
ENDLESS = (
    "Look at the provider's own pages whether it was made after all. Then say that it is this job, and it is"
    " waited for once more, or give it up, and resume."
)
log = structlog.get_logger(__name__)
ENDS_THE_JOB = frozenset({"transient_job", "refused", "bad_output", "expired"})
"""Kinds that say something about the job; any other error is about asking, and asking goes on later."""


class JobEnded(Exception):
    """The job is over and left no usable result. Never leaves this file."""

    def __init__(
        self, kind: FailureKind, detail: str, *, billed: bool | None = True, too_late: bool = False
    ) -> None:
        super().__init__(detail)
        self.too_late = too_late
        self.kind: FailureKind = kind
        self.detail = detail
        self.billed = billed


class Collector:
    """Waits for one order's job, or for the one that replaces it."""

    def __init__(self, desk: Desk, *, epoch: int) -> None:
        self._desk = desk
        self._epoch = epoch

    async def collect(self, row: OrderRow) -> OrderRow:
        """Return the row once its media lie in our store.

        Raises:
            ProviderError: the job ended without a usable result, or cannot be asked about now.
            LeaseLost: a successor has the production.
            SpendingBlocked: the job died and another may not be paid for now; collect it again later.
        """
        while row.state != "done":
            # Its job died when no other could be paid for, or be sent: now perhaps it can.
            waits = row.state == "failed" and row.error_kind in ("no_credit", "throttled")
            if row.state != "submitted":
                await takes_a_place()
            row = await self._bought(row, reopen=waits or row.called_off)
            if row.state == "submitted":
                row = await self._finish(row)
        return row

    async def bring(self, row: OrderRow) -> OrderRow:
        """Store what a job has made, of which that is known; nothing is bought. Raises as `collect`."""
        return await self._finish(row)

    async def _bought(self, row: OrderRow, *, reopen: bool) -> OrderRow:
        try:
            bought = await Purchase(self._desk, row, epoch=self._epoch).buy(reopen=reopen)
        except NotApproved:
            # What it was billed when it was stopped has used its approval up: that is its end.
            if not row.called_off:
                raise
            return settled(row)
        if bought.state == "submitted" and bought.cancel_epoch is not None:
            books = CancelBooks(self._desk.ledger.database)
            return await books.wanted_again(bought, epoch=self._epoch) or bought
        return bought

    async def _finish(self, row: OrderRow) -> OrderRow:
        try:
            fetched, media = await self._bring_home(row)
        except JobEnded as ended:
            await self._desk.breakers.failed(row, ended.kind, of_job=True)
            return await self._ended(row, ended)
        await self._desk.breakers.finished(row)
        await self._desk.fault("before_done")
        done = await self._desk.ledger.deliver(
            row, epoch=self._epoch, media=media, extra=fetched.extra, seed=fetched.seed
        )
        await self._desk.fault("after_done")
        return done or await self._desk.current(row.call_key)

    async def _bring_home(self, row: OrderRow) -> tuple[Fetched, MediaRef]:
        try:
            await self._wait(row)
            has_left_its_place()
            async with work_folder("order", inside=self._desk.options.work_dir) as folder:
                fetched = await self._fetch(row, folder)
                media = await self._store(row, fetched.path)
        except ProviderError as error:
            if is_unseen(error):
                await self._parked(row, error.message, UNSEEN.format(said=error.user_action))
            if error.kind not in ENDS_THE_JOB:
                raise_waiting(error)
            raise JobEnded(kind_of(error), error.message) from error
        await self._desk.fault("after_bytes")
        return fetched, media

    async def _parked(self, row: OrderRow, why: str, action: str) -> None:
        """What may be paid and cannot be had here is bought again only if a person says so.

        Raises:
            OrderParked: unless the order has moved on meanwhile.
        """
        parked = await self._desk.ledger.park_job(row, epoch=self._epoch, detail=why)
        if parked is not None:
            raise OrderParked(details=parked_details(parked), user_action=action)

    async def _wait(self, row: OrderRow) -> None:
        try:
            status = await self._ended_as(row)
        except ProviderError as error:
            if error.kind != "expired" or not await self._made_again(row):
                raise
            status = await self._ended_as(row)
        if status.state == "cancelled":  # perhaps by us, since this was read
            row = await self._desk.current(row.call_key)
        if status.state != "succeeded":
            raise JobEnded(kind_of_end(status, row), status.error, billed=status.billed)

    async def _ended_as(self, row: OrderRow) -> JobStatus:
        """How the job ended.

        Raises:
            JobEnded: it took too long and was stopped at the provider.
            OrderParked: it takes too long and cannot be stopped: nothing is made instead of it.
        """
        try:
            async with in_time(row, self._desk.clock) as begins:
                return await self._look(row, begins)
        except JobTooLong as late:
            return await self._stopped(row, late)

    async def _stopped(self, row: OrderRow, late: JobTooLong) -> JobStatus:
        """A job that may still run is ours: whoever made another one instead would pay for both."""
        log.warning("job_too_long", call_key=row.call_key, limit_s=late.limit_s)
        async with self._desk.asking(row):
            with suppress(ProviderError), provider_call(row, "cancel"):
                await self._desk.engine_of(row).cancel(row.external_id or "")
        try:
            async with at_most(STOPS_IN_S, clock=self._desk.clock):
                status = await self._look(row)
        except TimeoutError as exc:
            still = f"{row.model} made nothing within {late.limit_s:g} s, and {row.provider} does not stop it"
            await self._parked(row, still, ENDLESS)
            raise error_of("ambiguous", still, provider=row.provider, model=row.model) from exc
        if status.state == "succeeded":  # it was done in the last moment, and is paid
            return status
        raise JobEnded("transient_job", str(late), billed=status.billed, too_late=True)

    async def _look(self, row: OrderRow, begins: Begins | None = None) -> JobStatus:
        engine = self._desk.engine_of(row)

        async def wait() -> JobStatus:
            with provider_call(row, "wait"):
                async with self._desk.asking(row):
                    with telling(begins) if begins else nullcontext():
                        return await engine.wait(row.external_id or "")

        return await with_retries(
            wait, kinds=READ_AGAIN, backoff=self._desk.options.backoff, clock=self._desk.clock
        )

    async def _made_again(self, row: OrderRow) -> bool:
        """Whether a job that another machine took, and that costs nothing, is made on this one now."""
        engine = self._desk.engine_of(row)
        if not isinstance(engine, MakesAgain):
            return False
        files = await fetch_references(self._desk.store, row.engine_request)
        made = await engine.make_again(row.engine_request, call_key=row.call_key, files=files)
        return made == row.external_id

    async def _fetch(self, row: OrderRow, folder: Path) -> Fetched:
        engine = self._desk.engine_of(row)

        async def fetch() -> Fetched:
            with provider_call(row, "fetch"):
                async with self._desk.asking(row):
                    fetched = await engine.fetch(row.external_id or "", folder)
                await self._desk.fault("during_download")
            return fetched

        return await with_retries(
            fetch, kinds=READ_AGAIN, backoff=self._desk.options.backoff, clock=self._desk.clock
        )

    async def _store(self, row: OrderRow, path: Path) -> MediaRef:
        if await asyncio.to_thread(_is_empty, path):
            raise JobEnded("bad_output", "the file is empty")
        if row.provider not in OUR_OWN:  # what is drawn here is looked at where it is drawn
            await verify(path, row.engine_request)
        try:
            return await self._desk.store.put(path, user_id=row.user_id)
        except UploadRejected as exc:
            raise JobEnded("bad_output", exc.message) from exc

    async def _ended(self, row: OrderRow, ended: JobEnded) -> OrderRow:
        """One new attempt where the kind allows it and its bound is not reached, otherwise the end."""
        ledger, epoch = self._desk.ledger, self._epoch
        error = _public(ended, row)
        retries = retries_of(row, self._desk.options)
        many = retries.new_jobs if ended.kind == "transient_job" else None
        allowed = self._desk.options.new_attempts.get(ended.kind, 0) if many is None else many
        before = await ledger.outcomes(row, ended.kind)
        # What an archive brought was neither priced nor approved here: another one is asked for anew.
        if not row.elsewhere and before < allowed:
            try:
                if pause_s := retries.pause_s(before + 1):
                    await self._desk.clock.sleep(pause_s)
                again = await ledger.redo(
                    row, epoch=epoch, kind=ended.kind, detail=ended.detail, billed=ended.billed
                )
                return again or await self._desk.current(row.call_key)
            except NotApproved:
                # It was billed: whether another one is bought is for whoever approved this one.
                log.info("not_made_again", call_key=row.call_key, kind=ended.kind)
            except SpendingBlocked as refused:
                failed = await ledger.fail(
                    row, epoch=epoch, kind="no_credit", detail=ended.detail, billed=ended.billed,
                    outcome=ended.kind,
                )  # fmt: skip
                about(refused, failed or row)
                raise
        await ledger.fail(row, epoch=epoch, kind=ended.kind, detail=ended.detail, billed=ended.billed)
        raise error


def _public(ended: JobEnded, row: OrderRow) -> ProviderError:
    if not ended.too_late:
        return error_of(ended.kind, ended.detail, provider=row.provider, model=row.model)
    return ProviderTimeout(
        ended.detail, provider=row.provider, model=row.model, kind=ended.kind,
        user_action="It was stopped there. Ask for it again, or choose another engine.",
    )  # fmt: skip


def kind_of_end(status: JobStatus, row: OrderRow) -> FailureKind:
    """Why a job made nothing, of those kinds that say something about a job."""
    if status.state == "cancelled" and row.cancel_tries:
        return "transient_job"  # by us, and it may be made again
    return status.kind if status.kind in ENDS_THE_JOB | {"invalid"} else _of_a_job(status.kind)


def _is_empty(path: Path) -> bool:
    return not path.is_file() or path.stat().st_size == 0


def _of_a_job(kind: FailureKind) -> FailureKind:
    """A job that ended cannot be said to be not sent or of unknown fate."""
    return "transient_job" if kind in ("not_sent", "throttled") else "internal"
