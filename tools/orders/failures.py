"""From failure kinds to errors, and from errors to the values that nodes return."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, get_args

from state.errors import (
    BreakerOpen,
    BudgetError,
    DeadlinePassed,
    EnginesFailed,
    GreenlightError,
    LeaseLost,
    MediaError,
    OrderChanged,
    OrderParked,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
    SpendingBlocked,
    StandInProposed,
    StoreFull,
    StoreRefused,
    StoreUnreachable,
    WorkFolderFull,
)
from state.order import FailureKind, Order, OrderFailure, Ticket
from tools.redaction import REDACT

ERRORS: dict[FailureKind, type[ProviderError]] = {
    "not_sent": ProviderTimeout,
    "throttled": ProviderBusy,
    "ambiguous": ProviderTimeout,
    "refused": ProviderRefused,
    "invalid": ProviderMisconfigured,
    "auth": ProviderMisconfigured,
    "no_credit": ProviderMisconfigured,
}
VALUES: tuple[tuple[type[GreenlightError], FailureKind], ...] = (
    (BudgetError, "no_credit"),
    (OrderChanged, "invalid"),
    (DeadlinePassed, "not_sent"),
    (MediaError, "bad_output"),
)
NOT_THE_ORDERS_FAULT = (
    StoreUnreachable, StoreFull, StoreRefused, WorkFolderFull, SpendingBlocked, OrderParked, EnginesFailed,
    StandInProposed,
)  # fmt: skip
"""What passes without another order: a store that answers, has room or takes our keys again, a limit that is
raised, a person who says what became of a request or who may stand in, engines that can be had again."""
NOT_NOW = (ProviderBusy, BreakerOpen)
"""Nothing was bought, and the error says when it can be: the run pauses until then."""
KINDS: dict[str, FailureKind] = {kind: kind for kind in get_args(FailureKind)}
MESSAGE_LENGTH = 500


def error_of(kind: FailureKind, message: str, *, provider: str, model: str) -> ProviderError:
    """The public error for a failure of this kind."""
    return ERRORS.get(kind, ProviderFailed)(message or None, provider=provider, model=model, kind=kind)


@contextmanager
def of_an_engine() -> Iterator[None]:
    """What stops an order of an engine is told as that: no other language model helps."""
    try:
        yield
    except GreenlightError as error:
        error.engine = True
        raise


def raise_public(error: ProviderError) -> NoReturn:
    """Raise an engine's error in the class that fits its kind; what an engine chose is kept.

    Raises:
        ProviderError: always.
    """
    if type(error) is not ProviderError:
        raise error
    public = error_of(kind_of(error), error.message, provider=error.provider, model=error.model)
    public.details = error.details
    raise public from error


def raise_waiting(error: ProviderError) -> NoReturn:
    """Raise an error of asking about a job that was paid: it goes on, so nothing is ordered instead of it.

    Raises:
        ProviderError: always; `job_waits` says so.
    """
    try:
        raise_public(error)
    except ProviderError as public:
        public.job_waits = True
        raise


def kind_of(error: ProviderError) -> FailureKind:
    """The kind an error carries; anything unheard of is our own bug."""
    return KINDS.get(error.kind, "internal")


def failure_of(error: GreenlightError, source: Order | Ticket) -> OrderFailure:
    """The value that a worker returns instead of raising.

    Raises:
        LeaseLost: never made a value, because a worker that lost the lease must stop.
        GreenlightError: what is no outcome of an order, such as a job that cannot be asked about, a database
            or a store that is down, money that may not be spent, providers that say when they can be asked, a
            request that a person has to look up: the run pauses.
    """
    kind = _kind(error)
    if kind is None or isinstance(error, LeaseLost) or error.job_waits:
        raise error
    provider, model = _made_by(source)
    return OrderFailure(
        call_key=source.call_key,
        provider=provider,
        model=model,
        kind=kind,
        message=REDACT.text(error.message)[:MESSAGE_LENGTH],
        user_action=REDACT.text(error.user_action),
        tried=REDACT.value(error.details.get("tried", [])),
    )


def _kind(error: GreenlightError) -> FailureKind | None:
    if isinstance(error, NOT_NOW) and "retry_at" in error.details:
        return None
    if isinstance(error, NOT_THE_ORDERS_FAULT):
        return None
    if isinstance(error, ProviderError):
        return kind_of(error)
    return next((kind for family, kind in VALUES if isinstance(error, family)), None)


def _made_by(source: Order | Ticket) -> tuple[str, str]:
    asked = source.request if isinstance(source, Order) else source
    return asked.provider, asked.model
