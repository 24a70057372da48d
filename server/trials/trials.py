"""Runs trials: one real call after the other, each an order like any other, so nothing is paid twice.

A process that dies leaves its trial as it is. Whoever begins it again within the hour goes on with the same
orders: a job that was paid is fetched, and only what never left is sent.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from functools import partial

import structlog

from server.trials import book
from server.trials.asked import order_of, text_order_of, words
from server.trials.book import State, Trial
from server.trials.plan import Line, Plan
from server.vitals.trial import Books
from state.errors import (
    BudgetExceeded,
    GreenlightError,
    LeaseLost,
    NotApproved,
    OrderChanged,
    OrderParked,
    PriceUnknown,
    ProviderError,
    QuoteChanged,
    TextAllowanceUsedUp,
)
from state.media import MediaRef
from state.order import TextAnswer
from tools.db.halts import FORBIDS_WORK, refuse_if_halted
from tools.ending import end_tasks
from tools.faults import arm, fault_point
from tools.ledger.ledger import Ledger
from tools.model_keys import UsersKeys
from tools.models.base import Booking
from tools.models.live.asked import Asked, Reply
from tools.models.live.patience import Patience
from tools.orders.desk import FaultHook
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.orders.pricing import submit_priced
from tools.orders.webhook_urls import webhook_url_of
from tools.registry import Toolbox, open_toolbox
from tools.settings import Settings

Hear = Callable[[Line, State, GreenlightError | None], Awaitable[None]]
"""Is told of each step of a call."""
Told = Callable[[State, GreenlightError | None], Awaitable[None]]
"""The same, of one call."""
PASSED: dict[str, State] = {"after_post": "sent", "during_download": "downloaded"}
"""The points on an order's way that a person is told of."""
PATIENCE = Patience(timeout_s=60.0, tries=1)
OUTCOMES = frozenset({"refused", "invalid", "transient_job", "bad_output", "expired", "internal"})
"""Kinds of failure after which the same order is not sent again."""
REFUSED_FOR_GOOD = (
    BudgetExceeded, TextAllowanceUsedUp, NotApproved, QuoteChanged, PriceUnknown, OrderChanged,
)  # fmt: skip
"""What a trial cannot get over: its ceiling and its plan stay what they were."""
OF_THE_KEY = frozenset({"auth", "no_credit"})
"""After these no other call of the same provider is sent."""
log = structlog.stdlib.get_logger(__name__)
_passing: ContextVar[Callable[[State], Awaitable[None]] | None] = ContextVar("_passing", default=None)


@asynccontextmanager
async def open_trials(settings: Settings) -> AsyncIterator[tuple["Trials", Toolbox]]:
    """Trials in a process that does nothing else.

    Raises:
        ConfigurationError, DatabaseError: one sentence each.
    """
    arm(settings)
    tools = await open_toolbox(settings)
    try:
        await refuse_if_halted(tools.database, FORBIDS_WORK)
        yield Trials(tools), tools
    finally:
        await tools.close()


async def _nobody(line: Line, state: State, error: GreenlightError | None) -> None:
    """Only the database is told."""


class Trials:
    """Begins trials and runs them, for one process."""

    def __init__(self, tools: Toolbox, *, fault: FaultHook = fault_point) -> None:
        self._tools = tools
        self._fault = fault
        self._running: dict[str, asyncio.Task[None]] = {}

    async def close(self) -> None:
        """Leave those that run here as they are: what was sent is found again."""
        await end_tasks(self._running.values())

    async def begin(self, plan: Plan, *, user_id: str) -> tuple[Trial, bool]:
        """The trial of this plan, or the one of this provider that is not over; whether it is new.

        Raises:
            KeyMissing, VaultError: there is no key that could be used. Nothing was written.
            SpendingStopped: for everybody, or for this user.
        """
        database = self._tools.database
        await Books(Ledger(database), user_id).refuse_if_stopped()
        await self._check_key(plan, user_id)
        production_id, new = await book.begin(database, plan, user_id=user_id)
        return await self.read(production_id, user_id=user_id), new

    async def read(self, production_id: str, *, user_id: str) -> Trial:
        """A trial of this user.

        Raises:
            RecordNotFound: there is none.
        """
        return await book.read(self._tools.database, production_id, user_id=user_id)

    def start(self, trial: Trial) -> None:
        """Run it in the background, unless it runs here or elsewhere, or is over."""
        running = self._running.get(trial.production_id)
        if trial.ended_at is not None or trial.held or (running is not None and not running.done()):
            return
        task = asyncio.create_task(self._in_background(trial), name=f"trial {trial.production_id}")
        self._running[trial.production_id] = task
        task.add_done_callback(lambda _: self._running.pop(trial.production_id, None))

    async def run(self, trial: Trial, hear: Hear = _nobody) -> Trial:
        """Make the calls that have come to nothing yet, the cheapest first; how it is then.

        Raises:
            LeaseLost: another process is at work on it.
            DatabaseError: nothing can be written now; it is gone on with later.
        """
        orders = self._orders()
        try:
            await orders.approve(trial.production_id, trial.approved, cause="trial")
            over = await self._calls(orders, trial, hear)
        finally:
            await orders.close()
        await book.end(self._tools.database, trial.production_id, over=over)
        return await self.read(trial.production_id, user_id=trial.user_id)

    async def _in_background(self, trial: Trial) -> None:
        try:
            await self.run(trial)
        except GreenlightError as error:
            log.warning("trial_stopped", production_id=trial.production_id, error=error.message)

    async def _calls(self, orders: Orders, trial: Trial, hear: Hear) -> bool:
        """Whether all of them have come to something."""
        over, refused = True, False
        for call in trial.calls:
            told = partial(self._tell, trial, call.line, hear)
            if call.state == "checked":
                continue
            if refused:
                await told("not_sent", None)
                over = False
                continue
            error = await self._call(orders, trial, call.line, told)
            over = over and (error is None or _comes_to_an_end(error))
            refused = isinstance(error, ProviderError) and error.kind in OF_THE_KEY
        return over

    async def _call(self, orders: Orders, trial: Trial, line: Line, told: Told) -> GreenlightError | None:
        """Make one call to its end; what it ended in where that was no result."""
        token = _passing.set(lambda state: told(state, None))
        try:
            media = None
            if line.kind == "text":
                await self._asked(orders, trial, line, told)
            else:
                media = await self._bought(orders, trial, line, told)
        except LeaseLost:
            raise
        except GreenlightError as error:
            await told("failed", error)
            return error
        finally:
            _passing.reset(token)
        await book.keep(self._tools.database, trial.production_id, line, media)
        await told("checked", None)
        return None

    async def _bought(self, orders: Orders, trial: Trial, line: Line, told: Told) -> MediaRef:
        ticket = await submit_priced(orders, order_of(line.call, trial.production_id), line.call)
        await told("running", None)
        return (await orders.collect(ticket)).media

    async def _asked(self, orders: Orders, trial: Trial, line: Line, told: Told) -> None:
        asked = Asked(system="", text=words()["text"]["prompt"], max_tokens=words()["text"]["tokens"])
        model = self._tools.models.named(line.call.model, user_id=trial.user_id, patience=PATIENCE)

        async def ask(booking: Booking) -> TextAnswer:
            await told("sent", None)
            *_, reply = [piece async for piece in model.stream(asked, booking=booking)]
            assert isinstance(reply, Reply)  # noqa: S101  # the whole comes last
            said = {"content": {"text": reply.text}, "provider": line.call.provider, "model": line.call.model}
            return TextAnswer.model_validate({**said, "usage": reply.usage})

        await orders.ask(text_order_of(line.call, trial.production_id), ask, allowance=line.price)

    async def _tell(
        self, trial: Trial, line: Line, hear: Hear, state: State, error: GreenlightError | None
    ) -> None:
        await book.mark(self._tools.database, trial.production_id, line.kind, state, error)
        await hear(line, state, error)

    def _orders(self) -> Orders:
        """Of its own, so that its leases are given back when it is over, and its steps are heard."""
        tools = self._tools
        return Orders(
            tools.database, tools.media, tools.engines, options=OrderOptions.from_settings(tools.settings),
            clock=tools.clock, fault=self._passed, keys=tools.engine_keys,
            webhook_of=partial(webhook_url_of, settings=tools.settings), rings=tools.rings,
        )  # fmt: skip

    async def _passed(self, point: str) -> None:
        if (state := PASSED.get(point)) is not None and (tell := _passing.get()) is not None:
            # Telling must not stop what is paid for: the next step says it again.
            with suppress(GreenlightError):
                await tell(state)
        await self._fault(point)

    async def _check_key(self, plan: Plan, user_id: str) -> None:
        """Before anything is written: without a key nothing can be tried."""
        if any(line.kind != "text" for line in plan.lines) and self._tools.engine_keys is not None:
            await self._tools.engine_keys.refuse_if_missing(user_id, plan.provider)
        for line in plan.lines:
            if line.kind == "text" and plan.provider in ("openai", "google", "deepseek"):
                keys = UsersKeys(user_id, self._tools.provider_keys, self._tools.settings)
                await keys.lend(plan.provider)


def _comes_to_an_end(error: GreenlightError) -> bool:
    """Whether asking again would say the same: then this call is over."""
    if isinstance(error, OrderParked) or error.job_waits:
        return False
    if isinstance(error, ProviderError):
        return error.kind in OUTCOMES
    return isinstance(error, REFUSED_FOR_GOOD)
