"""Which models a start may name for its agents: said before anything is written."""

from typing import Any

import pytest

from server.briefs import check_text_models, read_context
from state.errors import BriefIncomplete
from tools.models.roles import roles_of


def refused(openai_model: str = "gpt-5", **context: Any) -> list[dict[str, str]]:
    """The wrong fields of a start with this context."""
    with pytest.raises(BriefIncomplete) as told:
        check_text_models("novela", read_context(context, user_id="ana"), openai_model=openai_model)
    fields: list[dict[str, str]] = told.value.details["fields"]
    assert told.value.message.startswith(fields[0]["field"])
    return fields


@pytest.mark.parametrize(
    "context",
    [{}, {"text_model": "live"}, {"text_model": "openai"}, {"text_model": "own/llama-3.3-70b"},
     {"text_models": {"script_writer": "live", "fallback_handler": "offline-writer"}},
     {"text_model": "live", "text_fallbacks": {"system_integrator": "gemini-2.5-flash"}}],
)  # fmt: skip
def test_what_there_is_may_be_named(context: dict[str, Any]):
    check_text_models("novela", read_context(context, user_id="ana"))


def test_unknown_model_is_named_with_those_there_are():
    [wrong] = refused(text_model="gpt-6")
    assert wrong["field"] == "context.text_model"
    assert "offline-writer, gpt-5, gpt-5-mini" in wrong["fix"]
    assert wrong["fix"].endswith("own/NAME, or live.")


def test_unknown_role_is_named_with_those_of_the_graph():
    [wrong] = refused(text_models={"director": "gpt-5"})
    assert wrong["field"] == "context.text_models.director"
    assert wrong["fix"] == "Use one of script_writer, system_integrator, fallback_handler."


@pytest.mark.parametrize("knob", ["text_models", "text_fallbacks"])
def test_novela_refuses_gpt_4_in_any_place(knob: str):
    [wrong] = refused(**{knob: {"script_writer": "own/gpt-4o"}})
    assert wrong["field"] == f"context.{knob}.script_writer"
    assert "GPT-4 family are refused" in wrong["problem"]


def test_live_stands_in_for_nobody():
    [wrong] = refused(text_fallbacks={"script_writer": "live"})
    assert "'live'" in wrong["problem"]


def test_everything_wrong_is_told_at_once():
    told = refused(text_model="gpt-6", text_models={"director": "gpt-7"}, text_fallbacks={"critic": "x"})
    assert [wrong["field"] for wrong in told] == [
        "context.text_model", "context.text_models.director", "context.text_models.director",
        "context.text_fallbacks.critic", "context.text_fallbacks.critic",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("named", "field", "draft"),
    [({"text_model": "gpt-5.4"}, "context.text_model", "gpt-5-mini"),
     ({"text_models": {"script_writer": "gemini-2.5-pro"}}, "context.text_models.script_writer",
      "gemini-2.5-flash"),
     ({"text_fallbacks": {"script_writer": "deepseek-reasoner"}}, "context.text_fallbacks.script_writer",
      "deepseek-chat")],
)  # fmt: skip
def test_a_draft_refuses_a_premium_model_and_names_its_draft(named: dict[str, Any], field: str, draft: str):
    [wrong] = refused(tier="draft", **named)
    assert wrong["field"] == field
    assert wrong["problem"].endswith("is a model of the final tier, and this is a draft")
    assert wrong["fix"] == f"Use {draft}, or set context.tier to final."
    check_text_models("novela", read_context({**named, "tier": "final"}, user_id="ana"))


@pytest.mark.parametrize("name", ["live", "openai", "offline-writer", "own/llama-3.3-70b", "gpt-5-nano"])
def test_a_draft_may_name_what_fits_it(name: str):
    check_text_models("novela", read_context({"tier": "draft", "text_model": name}, user_id="ana"))


def test_there_are_two_tiers():
    with pytest.raises(BriefIncomplete, match=r"context\.tier"):
        read_context({"tier": "premium"}, user_id="ana")


@pytest.mark.parametrize("named", ["gpt-4o", "gpt-99"])
@pytest.mark.parametrize(
    ("context", "fields"),
    [({"text_model": "live"}, ["context.text_model"]), ({"text_model": "openai"}, ["context.text_model"]),
     ({"text_models": {"script_writer": "live"}}, ["context.text_models.script_writer"]),
     ({"text_model": "live", "text_models": {"script_writer": "gpt-5"}}, ["context.text_model"]),
     ({"text_fallbacks": {"script_writer": "openai"}}, ["context.text_fallbacks.script_writer"])],
)  # fmt: skip
def test_what_live_means_is_looked_at(context: dict[str, Any], fields: list[str], named: str):
    told = refused(openai_model=named, **context)
    assert [wrong["field"] for wrong in told] == fields
    assert named in told[0]["problem"]


@pytest.mark.parametrize(
    "context",
    [{}, {"text_model": "gpt-5"},
     {"text_model": "live", "text_models": dict.fromkeys(roles_of("novela"), "gemini-2.5-pro")}],
)  # fmt: skip
def test_what_does_not_ask_it_may_start(context: dict[str, Any]):
    """The control: nobody has the model of OPENAI_MODEL."""
    check_text_models("novela", read_context(context, user_id="ana"), openai_model="gpt-4o")
