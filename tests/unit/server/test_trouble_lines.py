"""What the terminal says of a production's failure."""

from typing import Any

import pytest

from server.cli.troubles import trouble_lines

ERROR = {"code": "provider_timeout", "message": "GPT-5 fell silent.", "user_action": "Resume it."}
SAID, DO = "provider_timeout: GPT-5 fell silent.", "Resume it."


@pytest.mark.parametrize(
    ("more", "between"),
    [
        ({}, []),
        ({"model": "gpt-5", "provider": "openai"}, ["asked: gpt-5 at openai"]),
        ({"charged": {"billed_usd": "0.01", "unknown_usd": "0.00"}}, ["charged: $0.01"]),
        (
            {"model": "gpt-5", "charged": {"billed_usd": "0.00", "unknown_usd": "0.13"}},
            ["asked: gpt-5; charged: $0.00, and perhaps $0.13 of unknown price"],
        ),
        ({"charged": "much"}, []),
        ({"model": "gpt-5", "asked": True}, ["asked: gpt-5"]),
        ({"model": "gpt-5", "asked": False}, ["nobody was asked: gpt-5"]),
        (
            {"model": "gpt-5", "asked": False, "charged": {"billed_usd": "0.00", "unknown_usd": "0.00"}},
            ["nobody was asked: gpt-5; charged: $0.00"],
        ),
        (
            {"model": "gpt-5", "asked": False, "charged": {"billed_usd": "0.00055", "unknown_usd": "0.00"}},
            ["not asked: gpt-5; charged for this question so far: $0.00055"],
        ),
    ],
)
def test_a_failure_is_told_line_by_line(more: dict[str, Any], between: list[str]) -> None:
    assert trouble_lines({**ERROR, **more}, "p1") == [SAID, *between, DO]


def test_a_pause_ends_with_what_to_type() -> None:
    lines = trouble_lines({**ERROR, "ways": ["another_model"]}, "p1")
    assert lines[2:] == [
        "To resume: `greenlight resume p1`. With another model: `greenlight resume p1 --text-model MODEL`."
    ]


def test_who_could_stand_in_is_named_with_those_who_may_already() -> None:
    """What is said takes the place of what was said before, so all of them are typed."""
    details = {
        "proposal": {"provider": "fal", "model": "luma-ray-2", "price_usd": "0.60"},
        "agreed": ["veo-3.1"],
    }
    error = {**ERROR, "ways": ["stand_in"], "details": details}
    *_, typed = trouble_lines(error, "p1")
    assert typed.endswith(
        "To let luma-ray-2 make it: `greenlight resume p1 --stand-in veo-3.1 --stand-in luma-ray-2`."
    )
    *_, nothing = trouble_lines({**error, "details": {}}, "p1")
    assert nothing.endswith("To resume: `greenlight resume p1`."), "nobody is proposed"


def test_a_role_with_a_model_of_its_own_is_named_in_what_to_type() -> None:
    error = {**ERROR, "ways": ["another_model"], "role": "script_writer"}
    *_, typed = trouble_lines(error, "p1", {"text_models": {"script_writer": "gpt-5"}})
    assert typed.endswith("`greenlight resume p1 --text-role script_writer=MODEL`.")


def test_a_failure_of_an_older_version_is_told_as_far_as_it_is_known() -> None:
    assert trouble_lines({"code": "internal", "message": "It broke."}, "p1") == ["internal: It broke."]


def test_nothing_that_a_vendor_wrote_steers_the_terminal():
    escape = "\x1b[2J"
    error = {"code": "provider_busy", "message": f"busy{escape}", "model": f"gpt-5{escape}",
             "user_action": f"Resume.{escape}"}  # fmt: skip
    assert all(escape[0] not in line and "[2J" in line for line in trouble_lines(error, "p1"))
