"""Which text models a draft has, and who may stand in for whom."""

import pytest

from nodes.agents.wanted_models import wanted_models
from state.context import RunContext
from state.errors import ModelBanned, PremiumInDraft
from state.tier import Tier
from tests.unit.tools.models.test_choose import chosen
from tools.models import choose
from tools.models.catalog import text_tier
from tools.models.choose import Wanted
from tools.models.roles import role_card, roles

LIVE = RunContext(text_model="live", tier="draft")


@pytest.mark.parametrize("card", roles(), ids=lambda card: f"{card.graph}-{card.role}")
def test_in_a_draft_no_role_has_anybody_of_the_final_tier(card):
    for policy in ("never", "ask", "same_tier", "any"):
        context = RunContext(text_model="live", tier="draft", substitution=policy)
        names = chosen(card.graph, card.role, wanted_models(context), openai_model="gpt-5.5")
        assert {text_tier(name) for name in names} == {"draft"}


@pytest.mark.parametrize(
    ("tier", "names"), [("draft", ["gemini-2.5-flash"]), ("final", ["gemini-2.5-pro", "gemini-2.5-flash"])]
)
def test_pro_and_its_flash_are_flash_alone_in_a_draft(tier: Tier, names: list[str]):
    assert chosen("ugc", "script_writer", Wanted(model="live", tier=tier)) == names


@pytest.mark.parametrize(
    ("openai_model", "asked"),
    [("gpt-5", "gpt-5-mini"), ("gpt-5-pro", "gpt-5-mini"), ("gpt-5-nano", "gpt-5-nano"),
     ("gemini-2.5-pro", "gemini-2.5-flash"), ("own/llama-3.3-70b", "own/llama-3.3-70b")],
)  # fmt: skip
def test_openai_model_has_its_draft_asked_whoever_says_openai(openai_model: str, asked: str):
    for said in ("live", "openai"):
        wanted = Wanted(model=said, tier="draft")
        assert chosen("novela", "script_writer", wanted, openai_model=openai_model) == [asked]


def test_a_refused_model_is_refused_before_anybody_looks_for_its_draft():
    with pytest.raises(ModelBanned):
        chosen("novela", "script_writer", wanted_models(LIVE), openai_model="gpt-4.1")


def test_what_is_wrong_with_a_model_says_for_which_role_it_was_chosen():
    with pytest.raises(ModelBanned) as refused:
        chosen("novela", "system_integrator", Wanted(by_role={"system_integrator": "gpt-4.1"}))
    assert refused.value.role == "system_integrator"


@pytest.mark.parametrize(
    "wanted",
    [Wanted(model="gpt-5", tier="draft"), Wanted(by_role={"script_writer": "gpt-5"}, tier="draft"),
     Wanted(model="gpt-5-mini", fallbacks={"script_writer": "gpt-5"}, tier="draft")],
)  # fmt: skip
def test_a_premium_model_that_somebody_names_is_refused_in_a_draft(wanted: Wanted):
    with pytest.raises(PremiumInDraft, match="gpt-5 is a model of the final tier") as refused:
        chosen("novela", "script_writer", wanted)
    assert refused.value.details == {"model": "gpt-5", "draft": "gpt-5-mini"}


@pytest.mark.parametrize("name", ["offline-writer", "own/llama-3.3-70b", "gpt-5-mini", "deepseek-chat"])
def test_what_fits_may_be_named(name: str):
    assert chosen("novela", "script_writer", Wanted(model=name, tier="draft")) == [name]


POLICIES = {"never": (False, False), "same_tier": (False, True), "ask": (False, False), "any": (True, True)}
"""Whether Flash stands in for Pro: where the role says nothing of tiers, and where it allows for any."""


@pytest.mark.parametrize("allowed", [False, True])
@pytest.mark.parametrize("policy", POLICIES)
def test_a_roles_own_stand_in_of_another_tier_needs_its_role_or_any(
    monkeypatch: pytest.MonkeyPatch, policy, allowed: bool
):
    """S5-029: Pro, then Flash, is what the mission wants of these roles, and nobody else is downgraded."""
    card = role_card("ugc", "script_writer").model_copy(update={"fallback_of_any_tier": allowed})
    monkeypatch.setattr(choose, "role_card", lambda graph, role: card)
    context = RunContext(text_model="live", substitution=policy)

    found = chosen("ugc", "script_writer", wanted_models(context))

    assert found == ["gemini-2.5-pro", *(["gemini-2.5-flash"] if POLICIES[policy][allowed] else [])]


def test_only_the_roles_of_the_missions_table_allow_for_another_tier():
    """S5-029, S5-031."""
    allowed = {(card.graph, card.role) for card in roles() if card.fallback_of_any_tier}
    assert allowed == {("ugc", role) for role in ("script_writer", "prompt_writer", "dna_reader")}


def test_who_is_named_stands_in_whatever_their_tier():
    context = RunContext(text_model="gemini-2.5-pro", text_fallbacks={"script_writer": "gpt-5-mini"})
    assert chosen("ugc", "script_writer", wanted_models(context)) == ["gemini-2.5-pro", "gpt-5-mini"]
