"""Bring an order to a job at the provider, with exactly one paid POST.

Every step compares and sets the ledger row, so of any number of processes that try at
once one sends, and whoever finds a POST of unknown fate asks the provider before anything
is sent again.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol, cast

import structlog

from state.errors import BreakerOpen, DatabaseDown, DeadlinePassed, OrderParked, ProviderError, ReplayDiverged
from state.order import EngineRequest, FailureKind
from tools.ending import end_tasks
from tools.engines.answers import AnswersWithFiles
from tools.engines.base import CannotTell, Engine
from tools.engines.files import Files
from tools.ledger.answers import StoredAnswer, note_answer
from tools.ledger.rows import OrderRow
from tools.orders.desk import Desk, to_the_end
from tools.orders.elsewhere import settled_elsewhere
from tools.orders.failures import error_of, kind_of, raise_public
from tools.orders.keys import NO_KEY, try_another
from tools.orders.looking import is_repeatable, jobs_since, known_by_rings, until_it_rings
from tools.orders.patience import patience_of
from tools.orders.reference_files import fetch_references
from tools.orders.retries import retries_of
from tools.orders.watched import provider_call
from tools.resilience.deadline import Deadline, current_deadline
from tools.resilience.retry import NO_JOB_YET, with_retries

log = structlog.get_logger(__name__)
LEFT_THERE = "it came in an archive and was never made; ask for it anew, at the price of this place"
CANNOT_BE_ASKED = "the provider cannot be asked for the job"
FATE_UNKNOWN = frozenset({"ambiguous", "internal"})
ID_PAUSES_S = (0.5, 1.0, 2.0, 4.0)
LOOK_EVERY_S = 0.25


class Adopt(Protocol):
    """Makes a job that was found this order's; None when another order has it."""

    async def __call__(self, row: OrderRow, external_id: str, *, epoch: int) -> OrderRow | None:
        """The order with its job."""


class Purchase:
    """One call's way from a row of the ledger to a job."""

    def __init__(self, desk: Desk, row: OrderRow, *, epoch: int, may_send: bool = True) -> None:
        self._desk, self._may_send = desk, may_send
        self._row = row
        self._epoch = epoch
        self._sends = 0
        self._key, self._answers_in_s = NO_KEY, desk.options.submit_timeout_s
        self._searched_for = 0
        """The attempt whose job was already looked for early."""
        self._untold = CANNOT_BE_ASKED
        """Why nobody can tell, when it was looked for last."""
        self._withheld: set[str] = set()
        """The user's keys that may not use this model."""

    async def buy(self, *, reopen: bool) -> OrderRow:
        """Go on from whatever state the row is in until it has a job, or a result.

        Raises:
            ProviderError: the order failed, now or earlier.
            OrderParked: nobody can tell what became of the request.
            DeadlinePassed: this process was held up each time that it was about to send, and sent nothing.
            LeaseLost: a successor has the production.
        """
        if self._row.elsewhere:
            return await self._left_there()
        if reopen and self._row.state == "failed" and self._row.may_be_sent:
            await self._now(await self._desk.ledger.reopen(self._row, epoch=self._epoch))
        async with self._desk.breakers.dispatch(lambda: self._row):
            while self._row.state == "intent":
                await self._step()
        return settled(self._row)

    async def look(self) -> OrderRow:
        """Find out what became of a request whose sender has gone, and send nothing.

        The order with its job, parked where nobody can tell, or free: no job was started. Unchanged while
        somebody may be sending it.

        Raises:
            ProviderError: the provider cannot be asked now; nothing is proven.
            KeyMissing, VaultError: there is no key to ask it with.
            LeaseLost: a successor has the production.
        """
        if self._row.state == "intent" and self._too_late_to_send():
            await self._reconcile()
        elif self._row.state == "intent" and self._row.submit_deadline is None and self._row.ask_since:
            await self._ask_first()
        return self._row

    async def _left_there(self) -> OrderRow:
        """Out of an archive: what it would cost here nobody has said, so nothing is sent for it."""
        ledger, row = self._desk.ledger, self._row
        if row.may_be_sent and row.state == "failed":
            raise self._error("expired", LEFT_THERE)
        if row.may_be_sent:
            await self._now(
                await ledger.fail(row, epoch=self._epoch, kind="expired", detail=LEFT_THERE, billed=False)
            )
        elif row.state == "intent":
            detail = "it may have been sent where its archive was made"
            await self._now(await ledger.park(row, epoch=self._epoch, detail=detail))
        return settled(self._row)

    async def _step(self) -> None:
        if self._row.submit_deadline is None:
            await (self._send_patiently() if self._row.ask_since is None else self._ask_first())
        elif self._row.recorded_id is not None or self._too_late_to_send():
            await self._reconcile()
        elif self._sender_is_gone() and self._searched_for != self._row.attempt:
            self._searched_for = self._row.attempt
            await self._reconcile()
        else:
            await self._desk.clock.sleep(min(LOOK_EVERY_S, self._row.deadline_in_s or 0.0))
            await self._now()

    def _too_late_to_send(self) -> bool:
        return self._row.deadline_in_s is not None and self._row.deadline_in_s <= 0

    def _sender_is_gone(self) -> bool:
        """Its job may be looked for at once; that there is none is believed only after the deadline."""
        return self._row.last_outcome == "lost" or self._row.owner_epoch != self._epoch

    async def _send_patiently(self) -> None:
        self._sends += 1
        backoff = retries_of(self._row, self._desk.options).backoff
        try:
            if self._sends > backoff.tries:
                raise self._error("not_sent", "the provider never had the request, in several tries")
            await with_retries(self._send, kinds=NO_JOB_YET, backoff=backoff, clock=self._desk.clock)
        except DeadlinePassed:
            # Nothing left this process. Whoever has the production now may send, and that may still be us.
            if self._sends >= backoff.tries:
                raise
        except ProviderError as error:
            kind = kind_of(error)
            if kind != "internal":  # our own bug says nothing about the job: the row stays to be reconciled
                await self._failed(error, kind)
            raise

    async def _failed(self, error: ProviderError, kind: FailureKind) -> None:
        if isinstance(error, BreakerOpen):
            await self._now()  # nothing left this time: how the attempt before it ended stays as it was
        outcome = (
            cast("FailureKind | None", self._row.last_outcome) if isinstance(error, BreakerOpen) else None
        )
        await self._desk.ledger.fail(
            self._row, epoch=self._epoch, kind=kind, detail=error.message, billed=False, outcome=outcome
        )

    async def _send(self) -> None:
        if self._row.state != "intent" or self._row.submit_deadline is not None:
            return
        engine, request = self._desk.engine_of(self._row), self._row.engine_request
        self._key = await self._desk.keys.lend(self._row, but=self._withheld)
        await self._desk.gate.enter(self._row, account=self._key.key_id or "")
        files = await fetch_references(self._desk.store, request)
        waits_s = max(self._desk.options.submit_timeout_s, patience_of(request.model).answers_in_s)
        self._answers_in_s = waits_s
        # Counted from before the database sets its own deadline, so that ours ends first.
        deadline = Deadline.after(waits_s, clock=self._desk.clock)
        armed = await self._desk.ledger.arm(
            self._row, epoch=self._epoch, timeout_s=waits_s + self._desk.options.settle_s,
            sent_with=self._key.sent_with,
        )  # fmt: skip
        await self._now(armed)
        if armed is not None:
            await to_the_end(self._post(engine, request, files, deadline))

    async def _post(self, engine: Engine, request: EngineRequest, files: Files, deadline: Deadline) -> None:
        try:
            external_id = await self._submit(engine, request, files, deadline)
        except DeadlinePassed as error:
            await self._nothing_sent("not_sent", error.message)
            raise
        except ProviderError as error:
            await self._refused(error)
            return
        # An answer that is a file lies in the store before anybody has its id.
        answer = await self._desk.answers_to(self._row).stored(engine, external_id)
        await self._now(await self._keep_id(external_id, answer))
        await self._desk.fault("after_id")
        await self._let_go(external_id, answer)

    async def _keep_id(self, external_id: str, answer: StoredAnswer | None) -> OrderRow | None:
        """Store the id of a paid job; a database that is down for seconds must not lose it."""
        for pause_s in ID_PAUSES_S:
            try:
                return await self._accepted(external_id, answer)
            except DatabaseDown:
                log.error("job_id_not_stored", call_key=self._row.call_key, external_id=external_id)
                await self._desk.clock.sleep(pause_s)
        return await self._accepted(external_id, answer)

    async def _accepted(self, external_id: str, answer: StoredAnswer | None) -> OrderRow | None:
        if answer is not None:
            await note_answer(self._desk.ledger.database, self._row, external_id, answer)
        return await self._desk.ledger.accept(self._row, external_id, epoch=self._epoch)

    async def _let_go(self, external_id: str, answer: StoredAnswer | None) -> None:
        engine = self._desk.engine_of(self._row)
        if answer is not None and isinstance(engine, AnswersWithFiles):
            await engine.let_go(external_id)

    async def _submit(self, engine: Engine, request: EngineRequest, files: Files, deadline: Deadline) -> str:
        token = current_deadline.set(deadline)
        try:
            await self._desk.fault("before_post")
            deadline.check()
            with provider_call(self._row, "submit"):
                async with asyncio.timeout(deadline.remaining_s()), self._desk.sending(self._row, self._key):
                    external_id = await engine.submit(request, call_key=self._row.call_key, files=files)
                await self._desk.fault("after_post")
            return external_id
        except TimeoutError as exc:
            raise self._error("ambiguous", f"no answer within {self._answers_in_s:g} s") from exc
        finally:
            current_deadline.reset(token)

    async def _refused(self, error: ProviderError) -> None:
        kind = kind_of(error)
        if kind in FATE_UNKNOWN:
            await self._desk.ledger.note_attempt(self._row, "lost", detail=error.message)
            await self._now()
            if kind == "ambiguous":
                return
        another = await try_another(self._desk.keys, self._row, self._key, error, self._withheld)
        if another or kind in NO_JOB_YET:
            await self._nothing_sent(kind, error.message)
            await self._desk.gate.throttled(self._row, error, account=self._key.key_id or "")
        if not another:
            raise_public(error)

    async def _nothing_sent(self, kind: FailureKind, detail: str) -> None:
        freed = await self._desk.ledger.not_sent(self._row, epoch=self._epoch, kind=kind, detail=detail)
        await self._now(freed)

    async def _reconcile(self) -> None:
        """Find out what became of the last POST: adopt its job, prove it absent, or park."""
        adopt = self._desk.ledger.adopt
        if self._row.recorded_id is None and await self._took_hinted(adopt):
            return
        candidates = await self._candidates_unless_it_rings()
        # The provider may have rung while it was asked.
        if await self._took(candidates or (), adopt) or await self._took_hinted(adopt):
            return
        if candidates is None and not (self._too_late_to_send() or self._row.last_outcome == "lost"):
            return await self._now()
        if candidates is None:
            detail = f"the answer was lost: {self._untold}"
            await self._now(await self._desk.ledger.park(self._row, epoch=self._epoch, detail=detail))
            return
        if candidates:  # another order was quicker: look again
            return await self._now()
        if self._too_late_to_send() or is_repeatable(self._desk.engine_of(self._row)):
            await self._desk.ledger.absent(self._row, epoch=self._epoch)
        await self._now()

    async def _ask_first(self) -> None:
        """Out of a backup: what the place it was taken from has bought since is taken, not bought again."""
        await self._now(await settled_elsewhere(self._desk, self._row, epoch=self._epoch))

    async def _took_hinted(self, adopt: Adopt) -> bool:
        """Whether the provider itself rang with a job of this order, and knows it under our key."""
        return await self._took(await known_by_rings(self._desk, self._row), adopt)

    async def _took(self, candidates: Sequence[str], adopt: Adopt) -> bool:
        """Whether one of these jobs is this order's now: the first that no other order has."""
        for external_id in candidates:
            adopted = await adopt(self._row, external_id, epoch=self._epoch)
            if adopted is not None:
                self._row = adopted
                await self._store_found(external_id)
                return True
        return False

    async def _store_found(self, external_id: str) -> None:
        """An answer that was found on this machine is from now on where every machine reads it."""
        answer = await self._desk.answers_to(self._row).stored(self._desk.engine_of(self._row), external_id)
        if answer is not None:
            await note_answer(self._desk.ledger.database, self._row, external_id, answer)
            await self._let_go(external_id, answer)

    async def _candidates_unless_it_rings(self) -> list[str] | None:
        """As `_candidates`; a list that takes its time is not waited for once the provider names the job."""
        search = asyncio.create_task(self._candidates())
        bell = asyncio.create_task(until_it_rings(self._desk, self._row))
        try:
            await asyncio.wait([search, bell], return_when=asyncio.FIRST_COMPLETED)
            return search.result() if search.done() else bell.result()
        finally:
            await end_tasks([search, bell])

    async def _candidates(self) -> list[str] | None:
        """Jobs that may be ours; None when nobody can tell."""
        if self._row.recorded_id is not None:
            return [self._row.recorded_id]
        try:
            return await jobs_since(self._desk, self._row, self._row.intent_at, may_send=self._may_send)
        except CannotTell as why:
            self._untold = str(why) or CANNOT_BE_ASKED
            return None

    async def _now(self, row: OrderRow | None = None) -> None:
        self._row = row or await self._desk.current(self._row.call_key)

    def _error(self, kind: FailureKind, message: str) -> ProviderError:
        return error_of(kind, message, provider=self._row.provider, model=self._row.model)


def parked_details(row: OrderRow) -> dict[str, str]:
    """What the pause says of an order that waits for a person."""
    return {"call_key": row.call_key, "reason": row.error_detail or ""}


def settled(row: OrderRow) -> OrderRow:
    """A row that has a job or a result.

    Raises:
        ProviderError: the order failed.
        OrderParked: it waits for a person.
        ReplayDiverged: it was never finished, and nothing may be ordered now.
    """
    if row.state == "failed":
        kind = row.error_kind or "internal"
        raise error_of(kind, row.error_detail or "", provider=row.provider, model=row.model)
    if row.state == "unknown":
        raise OrderParked(details=parked_details(row))
    if row.state == "intent":
        raise ReplayDiverged(details={"call_key": row.call_key})
    return row
