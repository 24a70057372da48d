"""Google serves some countries only: that is no lack of credit, and no fault of the question."""

from datetime import UTC, datetime

import pytest
from google.genai.errors import ClientError

from state.errors import KeyNotTaken, ModelWithheld, NotServedHere, ProviderMisconfigured
from tools.models.catalog import text_card
from tools.models.live.failures import ours
from tools.resilience.forbidden import is_elsewhere

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SAID = "User location is not supported for the API use."


def told(status: int, words: str) -> Exception:
    body = {"error": {"code": status, "message": words, "status": "FAILED_PRECONDITION"}}
    return ours(ClientError(status, body), text_card("gemini-2.5-flash"), now=NOW)


@pytest.mark.parametrize("words", [SAID, f"{SAID[:-1]} without a billing account linked."])
def test_a_place_that_is_not_served_is_called_so(words: str) -> None:
    error = told(400, words)
    assert isinstance(error, NotServedHere)
    assert (error.kind, error.retryable) == ("auth", False)
    assert isinstance(error, ModelWithheld), "the key rests no more than one that may not use a model"


def test_other_words_mean_what_they_meant() -> None:
    assert type(told(400, "location is not a field")) is ProviderMisconfigured
    assert type(told(401, "no")) is KeyNotTaken


@pytest.mark.parametrize(
    "words",
    [
        "It is not available in your country",
        "not supported in your region yet",
        "Country, region, or territory not supported",
    ],
)
def test_others_say_it_in_words_of_their_own(words: str) -> None:
    assert is_elsewhere(words)
