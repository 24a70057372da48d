"""Which model each role has, and how patient we are: the mission's figures."""

import pytest

from state.errors import ProviderTimeout, SettingInvalid
from tools.models.catalog import text_card
from tools.models.live.patience import Patience
from tools.models.roles import OPENAI_MODEL, RoleCard, role_card, roles, roles_of

PRO, FLASH = "gemini-2.5-pro", "gemini-2.5-flash"
FIGURES = [
    # S1-02
    ("novela", "script_writer", OPENAI_MODEL, (), 120, 3, 1),
    ("novela", "system_integrator", OPENAI_MODEL, (), 120, 3, 1),
    ("novela", "fallback_handler", OPENAI_MODEL, (), 60, 3, 1),
    # S2-116: 30 s, 3 attempts
    *(("ad", role, OPENAI_MODEL, (), 30, 3, 1) for role in ("director", "critic", "scene_writer", "cohesor")),
    # S3-52: 3 retries from 2 s, 60 s; S3-53: the same, 30 s
    ("director", "brand_analyst", PRO, (), 60, 4, 2),
    ("director", "technical_writer", "deepseek-chat", (), 30, 4, 2),
    # S5-029, S5-032: Pro, then Flash; S5-031: but for the scoring, which is Flash's alone
    *(("ugc", role, PRO, (FLASH,), 60, 3, 1) for role in ("script_writer", "prompt_writer", "dna_reader")),
    ("ugc", "consistency_scorer", FLASH, (), 60, 3, 1),
    # S5-032; S5-093: after 5 s it is CHAT
    ("copilot", "intent_reader", FLASH, (), 5, 1, 1),
]


def figures(card: RoleCard) -> tuple[object, ...]:
    return (
        card.graph, card.role, card.model, card.fallback, card.timeout_s, card.tries, card.first_s,
    )  # fmt: skip


def test_every_role_has_the_missions_figures():
    assert [figures(card) for card in roles()] == FIGURES


def test_every_model_of_a_role_is_in_the_catalogue():
    named = {name for card in roles() for name in (card.model, *card.fallback)} - {OPENAI_MODEL}
    assert {text_card(name).id for name in named} == named


@pytest.mark.parametrize(
    ("graph", "role", "pauses"),
    [("ad", "director", [1, 2]), ("director", "brand_analyst", [2, 4, 8]), ("copilot", "intent_reader", [])],
)
def test_pauses_double_exactly(graph: str, role: str, pauses: list[float]):
    card = role_card(graph, role)
    backoff = Patience(timeout_s=card.timeout_s, tries=card.tries, first_s=card.first_s).backoff
    lost = ProviderTimeout("lost", provider="openai", model="gpt-5", kind="ambiguous")
    assert [backoff.pause_s(failures, lost) for failures in range(1, card.tries)] == pauses


def test_unknown_role_is_named_with_those_there_are():
    assert roles_of("novela") == ("script_writer", "system_integrator", "fallback_handler")
    with pytest.raises(SettingInvalid, match="'poet' is no role of novela; there are script_writer"):
        role_card("novela", "poet")
    with pytest.raises(SettingInvalid, match="there are none"):
        role_card("opera", "poet")
