"""Prompts: strict fields, and digests that change when a word does."""

import pytest

from prompts import FOLDER, PromptError, load, render

DIGESTS = {
    "fallback_handler": "25edef811882",
    "fallback_handler_advise": "1e37d0d5130a",
    "script_writer": "fd8786146a5b",
    "script_writer_plan": "bb4d70860a78",
    "script_writer_revise": "70d969cbd832",
    "script_writer_scene": "4ffb623e2168",
    "system_integrator": "0083c2a6effa",
    "system_integrator_check": "fa5b35f87127",
}


def test_unknown_prompt_is_named():
    with pytest.raises(PromptError, match="novela/nothing"):
        load("novela/nothing")


@pytest.mark.parametrize("name", ["../state/script", "novela", "novela/../novela/script_writer", ""])
def test_a_name_cannot_leave_the_folder(name: str):
    with pytest.raises(PromptError):
        load(name)


def test_missing_and_unused_fields_are_errors():
    fields = dict.fromkeys(load("novela/fallback_handler_advise").fields, "x")
    render("novela/fallback_handler_advise", **fields)
    with pytest.raises(PromptError, match="language"):
        render("novela/fallback_handler_advise", **{k: v for k, v in fields.items() if k != "language"})
    with pytest.raises(PromptError, match="extra"):
        render("novela/fallback_handler_advise", **fields, extra="x")


def test_braces_in_a_value_are_not_filled_again():
    fields = dict.fromkeys(load("novela/fallback_handler_advise").fields, "{{ language }}")
    assert "{{ language }}" in render("novela/fallback_handler_advise", **fields).text


def test_digest_covers_the_system_words_and_every_field():
    fields = dict.fromkeys(load("novela/fallback_handler_advise").fields, "x")
    plain = render("novela/fallback_handler_advise", **fields).digest
    with_system = render("novela/fallback_handler_advise", system="novela/fallback_handler", **fields).digest
    other = render("novela/fallback_handler_advise", **{**fields, "errors": "y"}).digest
    assert len({plain, with_system, other}) == 3


def test_digests_are_those_we_reviewed():
    """A changed prompt is a decision: renew the digest here in the same commit."""
    found = {path.stem: load(f"novela/{path.stem}").digest[:12] for path in (FOLDER / "novela").glob("*.md")}
    assert found == DIGESTS


@pytest.mark.parametrize("part", ["Characters", "Setting", "Action and emotion", "Camera", "Continuity"])
def test_scene_prompt_asks_for_its_five_parts(part: str):
    assert f"**{part}**" in load("novela/script_writer_scene").text
