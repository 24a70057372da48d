"""What people are told about an error: its own words if it is ours, nothing of the inside if not."""

from typing import Any

from langgraph.errors import GraphRecursionError

from state.errors import GreenlightError, RunError
from tools.redaction import REDACT


def as_json(error: GreenlightError) -> dict[str, Any]:
    """An error of ours for the production's row and the event log."""
    return {
        "code": error.code,
        "message": REDACT.text(error.message),
        "user_action": REDACT.text(error.user_action),
        "retryable": error.retryable,
        "details": REDACT.value(error.details),
    }


def shown(error: BaseException, *, run_id: str) -> dict[str, Any]:
    """What may be shown of any error."""
    if isinstance(error, GreenlightError):
        return as_json(error)
    if isinstance(error, GraphRecursionError):
        return as_json(RunError("The graph took more steps than its limit allows."))
    return as_json(
        GreenlightError("Something went wrong inside; the log has the details.", details={"run_id": run_id})
    )
