"""What a failure of an engine is called for people and programs: data beside the tree, no second one.

The tree says what happened and drives what we do. This table says it in the director's words (mission rows
S3-58 to S3-61): a code, whether the same again may help, whether another engine may, and what to do.
"""

from typing import Literal

from pydantic import BaseModel

from state.errors.base import GreenlightError
from state.errors.made import (
    BreakerOpen,
    OrderParked,
    ProviderBusy,
    ProviderError,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
)

Role = Literal["preview", "production"]
"""A preview has one engine and no other behind it; what is produced has a chain."""
Event = Literal[
    "TIMEOUT", "RATE_LIMIT", "GENERATION_FAILED", "REFUSED", "INVALID", "NOT_PAID", "LEFT_ALONE", "PARKED"
]
UserAction = Literal["RETRY", "CONTACT_SUPPORT", "CHANGE_ENGINE"]
OF_THE_ACCOUNT = ("auth", "no_credit")


class EngineState(BaseModel, frozen=True):
    """One failure as it is told."""

    name: str
    """Engine and event, such as `KLING_TIMEOUT`."""
    code: str
    message: str = ""
    retryable: bool
    """Whether the same request to the same engine may help."""
    fallback_available: bool
    """Whether another engine may make it."""
    user_action: UserAction


Row = tuple[str, bool, bool, UserAction]
STATES: dict[tuple[Role, Event], Row] = {
    ("production", "TIMEOUT"): ("PRODUCTION_TIMEOUT", True, True, "RETRY"),
    ("production", "RATE_LIMIT"): ("EXTERNAL_RATE_LIMIT", False, True, "CHANGE_ENGINE"),
    ("production", "GENERATION_FAILED"): ("PRODUCTION_FAILED", True, True, "RETRY"),
    ("production", "REFUSED"): ("PRODUCTION_REFUSED", False, False, "CHANGE_ENGINE"),
    ("production", "INVALID"): ("PRODUCTION_INVALID", False, False, "CONTACT_SUPPORT"),
    ("production", "NOT_PAID"): ("EXTERNAL_ACCOUNT", False, True, "CONTACT_SUPPORT"),
    ("production", "LEFT_ALONE"): ("EXTERNAL_UNAVAILABLE", False, True, "CHANGE_ENGINE"),
    ("production", "PARKED"): ("PRODUCTION_UNKNOWN", False, False, "CONTACT_SUPPORT"),
    ("preview", "TIMEOUT"): ("PREVIEW_TIMEOUT", True, False, "RETRY"),
    ("preview", "RATE_LIMIT"): ("EXTERNAL_RATE_LIMIT", True, False, "RETRY"),
    ("preview", "GENERATION_FAILED"): ("PREVIEW_FAILED", True, False, "RETRY"),
    ("preview", "REFUSED"): ("PREVIEW_REFUSED", False, False, "CHANGE_ENGINE"),
    ("preview", "INVALID"): ("PREVIEW_INVALID", False, False, "CONTACT_SUPPORT"),
    ("preview", "NOT_PAID"): ("EXTERNAL_ACCOUNT", False, False, "CONTACT_SUPPORT"),
    ("preview", "LEFT_ALONE"): ("EXTERNAL_UNAVAILABLE", True, False, "RETRY"),
    ("preview", "PARKED"): ("PREVIEW_UNKNOWN", False, False, "CONTACT_SUPPORT"),
}
"""Code, whether it is retryable, whether a fallback may make it, what a person does."""
EVENTS: tuple[tuple[type[GreenlightError], Event], ...] = (
    (BreakerOpen, "LEFT_ALONE"),
    (ProviderBusy, "RATE_LIMIT"),
    (ProviderTimeout, "TIMEOUT"),
    (ProviderRefused, "REFUSED"),
    (ProviderMisconfigured, "INVALID"),
    (OrderParked, "PARKED"),
)
"""The first family that an error is of."""


def engine_state(error: GreenlightError, *, engine: str, role: Role, others: bool = True) -> EngineState:
    """How a failure of an engine is told. `engine` is its family; `others` is whether one is left to ask."""
    event = _event(error)
    code, retryable, fallback, action = STATES[role, event]
    if action == "CHANGE_ENGINE" and fallback and not others:
        action = "CONTACT_SUPPORT"
    return EngineState(
        name=f"{engine.upper().replace('-', '_')}_{event}", code=code, message=error.message,
        retryable=retryable, fallback_available=fallback and others, user_action=action,
    )  # fmt: skip


def _event(error: GreenlightError) -> Event:
    if isinstance(error, ProviderError) and error.kind in OF_THE_ACCOUNT:
        return "NOT_PAID"
    return next((event for family, event in EVENTS if isinstance(error, family)), "GENERATION_FAILED")
