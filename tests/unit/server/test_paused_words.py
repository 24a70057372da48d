"""What is said of a failure that a run pauses by: nothing happens by itself any more."""

import pytest

from server.runs.failures import as_json, paused
from state import errors
from state.errors import GreenlightError

RESUME = " To resume: `Resume where it stopped` on its page, or `greenlight resume p1`."
PAUSING = [
    errors.KeyMissing, errors.KeyNotTaken, errors.VendorCreditUsedUp, errors.ModelUnknown,
    errors.ContextTooLong, errors.ProviderBusy, errors.ProviderTimeout, errors.AnswerUnusable,
    errors.BudgetExceeded, errors.QuoteChanged, errors.PriceUnknown,
]  # fmt: skip
BY_ITSELF = ("Wait", "is tried again", "being found out", "goes on where it stopped")


@pytest.mark.parametrize("family", PAUSING)
def test_a_pause_says_how_to_resume_and_promises_nothing(family: type[GreenlightError]) -> None:
    told = paused(family(), production_id="p1")["user_action"]
    assert told.endswith(RESUME)
    assert not [word for word in BY_ITSELF if word in told], told


@pytest.mark.parametrize("family", [errors.ProviderBusy, errors.ProviderTimeout])
def test_between_two_tries_the_advice_stays_to_wait(family: type[GreenlightError]) -> None:
    assert as_json(family())["user_action"].startswith("Wait")


def test_what_stops_a_run_before_anybody_is_asked_was_charged_nothing() -> None:
    nothing = {"billed_usd": "0.00", "unknown_usd": "0.00"}
    assert paused(errors.ModelUnknown(), production_id="p1")["charged"] == nothing
    assert "charged" not in paused(errors.ProviderTimeout(), production_id="p1"), "nobody knows"
