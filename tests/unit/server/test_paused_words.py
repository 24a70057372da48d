"""What is said of a failure that a run pauses by: nothing happens by itself any more."""

import pytest

from server import ways
from server.runs.failures import as_json, paused
from state import errors
from state.errors import GreenlightError

PAUSING = [
    errors.KeyMissing, errors.KeyNotTaken, errors.VendorCreditUsedUp, errors.ModelUnknown,
    errors.ModelWithheld, errors.ContextTooLong, errors.ProviderBusy, errors.ProviderTimeout,
    errors.NotServedHere,
    errors.AnswerUnusable, errors.BudgetExceeded, errors.QuoteChanged, errors.PriceUnknown,
]  # fmt: skip
BY_ITSELF = ("Wait", "is tried again", "being found out", "goes on where it stopped")
OF_ONE_SURFACE = ("greenlight ", "/api/", "--", "`", " ID")
"""What only the terminal or only a program can use."""


@pytest.mark.parametrize("family", PAUSING)
def test_a_pause_says_what_helps_in_nobodys_dialect_and_promises_nothing(
    family: type[GreenlightError],
) -> None:
    told = paused(family())["user_action"]
    assert told
    assert not [word for word in (*BY_ITSELF, *OF_ONE_SURFACE) if word in told], told


@pytest.mark.parametrize("family", PAUSING)
def test_every_surface_says_each_way_with_the_production_it_is_about(family: type[GreenlightError]) -> None:
    error = paused(family()) | {"provider": "google"}
    typed, sent = ways.commands(error, "p1"), ways.requests(error, "p1")
    assert typed.startswith("To resume: `greenlight resume p1`.")
    assert [one["name"] for one in sent] == ["resume", *family.ways]
    assert typed.count("`") == 2 * len(sent)
    assert not [left for left in ("{", "ID", "None") if left in typed + str([one["path"] for one in sent])]


def test_what_helps_is_a_command_and_a_request() -> None:
    error = paused(errors.ModelUnknown(provider="google", model="gemini-9"))
    assert ways.commands(error, "p1").split(". ")[1:] == [
        "With another model: `greenlight resume p1 --text-model MODEL`",
        "To add a key of your own: `greenlight keys add google LABEL`.",
    ]
    model, key = ways.requests(error, "p1")[1:]
    assert (model["path"], model["fill"]) == ("/api/productions/p1/resume", ["context.text_model"])
    assert key["body"] == {"provider": "google", "label": "", "key": ""}
    assert ways.commands(errors.ModelUnknown().__dict__, "p1") == "", "nothing pauses by it"


OF_ROLES = {"script_writer": "gpt-5", "system_integrator": "own/odd name{x}"}


@pytest.mark.parametrize("role", ["script_writer", "fallback_handler", ""])
def test_a_role_with_a_model_of_its_own_is_given_another_and_the_others_keep_theirs(role: str) -> None:
    """What is chosen for all would change nothing for it; for the others it is what helps."""
    error = errors.ProviderTimeout(provider="openai", model="gpt-5")
    error.role = role
    told = paused(error)
    typed, [_, model] = ways.commands(told, "p1", OF_ROLES), ways.requests(told, "p1", OF_ROLES)
    if role in OF_ROLES:
        command = "greenlight resume p1 --text-role script_writer=MODEL --text-role"
        assert (
            f"With another model as script_writer: `{command} system_integrator='own/odd name{{x}}'`."
            in typed
        )
        assert model["body"] == {"context": {"text_models": {**OF_ROLES, "script_writer": ""}}}
        assert model["fill"] == ["context.text_models.script_writer"]
    else:
        assert "With another model: `greenlight resume p1 --text-model MODEL`." in typed
        assert model["fill"] == ["context.text_model"]


@pytest.mark.parametrize("engine", [False, True])
def test_where_an_engine_fails_no_other_language_model_is_offered(engine: bool) -> None:
    error = errors.ProviderMisconfigured(provider="fal", model="veo")
    error.engine = engine
    assert paused(error)["ways"] == (["own_key"] if engine else ["another_model", "own_key"])


@pytest.mark.parametrize("family", [errors.ProviderBusy, errors.ProviderTimeout])
def test_between_two_tries_the_advice_stays_to_wait(family: type[GreenlightError]) -> None:
    assert as_json(family())["user_action"].startswith("Wait")


def test_what_stops_a_run_before_anybody_is_asked_was_charged_nothing() -> None:
    nothing = {"billed_usd": "0.00", "unknown_usd": "0.00"}
    stopped, silent = paused(errors.ModelUnknown()), paused(errors.ProviderTimeout())
    assert (stopped["charged"], stopped["asked"]) == (nothing, False)
    assert not {"charged", "asked"} & set(silent), "nobody knows"
