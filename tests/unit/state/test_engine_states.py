"""What a failure of an engine is called: the rows of the mission, and whatever an order can end in."""

from typing import get_args

import pytest

from state.errors import (
    BreakerOpen,
    GreenlightError,
    KeyMissing,
    OrderParked,
    ProviderBusy,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
)
from state.errors.engine_states import STATES, EngineState, Event, Role, UserAction, engine_state

LOST = ProviderTimeout("no answer", kind="ambiguous")
FAST = ProviderBusy("slow down", kind="throttled")
DIED = ProviderFailed("runner died", kind="transient_job")
ROWS: dict[str, tuple[GreenlightError, str, Role, EngineState]] = {
    "S3-59": (LOST, "kling", "production", EngineState(
        name="KLING_TIMEOUT", code="PRODUCTION_TIMEOUT", message="no answer", retryable=True,
        fallback_available=True, user_action="RETRY",
    )),
    "S3-60": (FAST, "luma", "production", EngineState(
        name="LUMA_RATE_LIMIT", code="EXTERNAL_RATE_LIMIT", message="slow down", retryable=False,
        fallback_available=True, user_action="CHANGE_ENGINE",
    )),
    "S3-61": (DIED, "flux", "preview", EngineState(
        name="FLUX_GENERATION_FAILED", code="PREVIEW_FAILED", message="runner died", retryable=True,
        fallback_available=False, user_action="RETRY",
    )),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_the_missions_rows(row: str) -> None:
    error, engine, role, told = ROWS[row]
    assert engine_state(error, engine=engine, role=role) == told


def test_it_is_told_with_these_fields_and_actions() -> None:
    """S3-58."""
    told = engine_state(LOST, engine="kling", role="production").model_dump(mode="json")
    assert set(told) == {"name", "code", "message", "retryable", "fallback_available", "user_action"}
    assert set(get_args(UserAction)) == {"RETRY", "CONTACT_SUPPORT", "CHANGE_ENGINE"}


def test_each_event_is_told_of_a_preview_and_of_a_production() -> None:
    assert set(STATES) == {(role, event) for role in get_args(Role) for event in get_args(Event)}
    assert not any(fallback for (role, _), (_, _, fallback, _) in STATES.items() if role == "preview")


@pytest.mark.parametrize(
    ("error", "event"),
    [
        (BreakerOpen(kind="throttled"), "LEFT_ALONE"),
        (FAST, "RATE_LIMIT"),
        (LOST, "TIMEOUT"),
        (ProviderTimeout(kind="transient_job"), "TIMEOUT"),
        (DIED, "GENERATION_FAILED"),
        (ProviderFailed(kind="bad_output"), "GENERATION_FAILED"),
        (ProviderRefused(kind="refused"), "REFUSED"),
        (ProviderMisconfigured(kind="invalid"), "INVALID"),
        (ProviderMisconfigured(kind="no_credit"), "NOT_PAID"),
        (KeyMissing(kind="auth"), "NOT_PAID"),
        (OrderParked(), "PARKED"),
    ],
)
def test_every_end_of_an_order_has_an_event(error: GreenlightError, event: Event) -> None:
    assert engine_state(error, engine="nano-banana", role="production").name == f"NANO_BANANA_{event}"


def test_with_nobody_left_to_ask_no_other_engine_is_promised() -> None:
    alone = engine_state(FAST, engine="luma", role="production", others=False)
    assert (alone.fallback_available, alone.user_action) == (False, "CONTACT_SUPPORT")
