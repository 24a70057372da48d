"""What people are told about an error: its own words if it is ours, nothing of the inside if not."""

from typing import Any

from langgraph.errors import GraphRecursionError

from state.cost import Charged
from state.errors import (
    BudgetError,
    ConfigurationError,
    DatabaseDown,
    GreenlightError,
    ProviderMisconfigured,
    RunError,
    RunPoisoned,
    StoreFull,
    StoreUnreachable,
    WorkFolderFull,
)
from tools.db.pool import CONNECTION_LOST
from tools.redaction import REDACT

NEVER_ASKED = (BudgetError, ProviderMisconfigured, ConfigurationError)
"""What stops a run outside of any question stops it before anybody is asked."""
AWAY_CLASSES = frozenset({"08", "53", "57"})
"""Of Postgres's error codes: no connection, no room or connection left, the server is being stopped."""
STOOD_STILL = "25P03"
"""The process was stopped in the middle of a transaction, and the server has ended it."""


def as_json(error: GreenlightError) -> dict[str, Any]:
    """An error of ours for the production's row and the event log: who was asked and what it cost, too."""
    return {
        "code": error.code,
        "message": REDACT.text(error.message),
        "user_action": REDACT.text(error.user_action),
        "retryable": error.retryable,
        "details": REDACT.value(error.details),
        **({"provider": error.provider} if error.provider else {}),
        **({"model": error.model} if error.model else {}),
        **({"role": error.role} if error.role else {}),
        **({} if error.asked is None else {"asked": error.asked}),
        **({} if error.charged is None else {"charged": _amounts(error.charged)}),
    }


def _amounts(charged: Charged) -> dict[str, str]:
    return {"billed_usd": charged.billed.dollars(), "unknown_usd": charged.unknown.dollars()}


def paused(error: GreenlightError) -> dict[str, Any]:
    """A failure that a run pauses by: nothing happens by itself any more. `ways` are what else helps."""
    if error.charged is None and isinstance(error, NEVER_ASKED):
        error.charged, error.asked = Charged(), False
    told = as_json(error)
    # What the failure itself says, as when a provider will be there again, says more than its class.
    own = error.user_action != error.default_action
    mends = error.user_action if own or not error.paused_action else error.paused_action
    ways = [way for way in error.ways if not (error.engine and way == "another_model")]
    return {**told, "user_action": REDACT.text(mends), "ways": ways}


def shown(error: BaseException, *, run_id: str) -> dict[str, Any]:
    """What may be shown of any error."""
    if isinstance(error, GreenlightError):
        return as_json(error)
    if isinstance(error, GraphRecursionError):
        return as_json(RunError("The graph took more steps than its limit allows."))
    return as_json(
        GreenlightError("Something went wrong inside; the log has the details.", details={"run_id": run_id})
    )


def is_away(error: BaseException | None) -> bool:
    """Whether the database or the store could not be reached, or had no room: no fault of the run.

    A statement that Postgres will never take (a limit of its own, a lock that is not given) is an
    `OperationalError` as well, and would be tried for ever.
    """
    if isinstance(error, (StoreUnreachable, StoreFull, WorkFolderFull)):
        return True
    if isinstance(error, DatabaseDown):
        return error.__cause__ is None or is_away(error.__cause__)
    if not isinstance(error, CONNECTION_LOST):
        return False
    return error.sqlstate == STOOD_STILL or (error.sqlstate or "08")[:2] in AWAY_CLASSES


def poisoned(attempts: int, trouble: dict[str, Any] | None) -> RunPoisoned:
    """What is said of a run that got nowhere so often, with what is known of the last time."""
    if trouble is None:
        return RunPoisoned(
            "This run was started several times and never got any further; its worker died each time.",
            details={"attempts": attempts},
        )
    return RunPoisoned(
        f"This run was started several times and never got any further: {trouble['message']}",
        details={"attempts": attempts, "last": trouble},
    )


def trouble_of(error: Exception) -> dict[str, Any]:
    """What is kept of a failure of the database or the store: who runs the server reads it."""
    if isinstance(error, GreenlightError):
        return as_json(error)
    return as_json(DatabaseDown(str(error).strip().partition("\n")[0] or None))
