"""Which model a role gets: by its card, by what the run's context names, never a GPT-4 in the novela."""

from collections.abc import Sequence

import pytest

from state.errors import ModelBanned, ModelUnknown, ProviderMisconfigured, SettingInvalid
from state.writing import SceneDraft
from tests.fakes import FakeClock
from tests.scripts import a_novela_brief
from tools.models.base import ChatModel
from tools.models.choose import TextModels, Wanted, refuse_banned
from tools.models.fallback import InTurn
from tools.models.live.keys import LentKey
from tools.models.offline import OfflineWriter


class NoKeys:
    """Nobody is asked here."""

    async def lend(self, provider: str, *, but: Sequence[LentKey] = ()) -> LentKey:
        raise AssertionError(f"a key for {provider} was asked for")

    async def note_trouble(self, key: LentKey, trouble: str, *, rest_s: float) -> None:
        raise AssertionError("no key can have been refused")


def models(openai_model: str = "gpt-5") -> TextModels:
    return TextModels({}, lambda user: NoKeys(), FakeClock(), openai_model=openai_model)


def chosen(graph: str, role: str, wanted: Wanted, openai_model: str = "gpt-5") -> list[str]:
    """The ids of a role's model and of those behind it."""
    found: ChatModel = models(openai_model).for_role(graph, role, wanted, user_id="ana")
    return [one.name for one in found._models] if isinstance(found, InTurn) else [found.name]


@pytest.mark.parametrize(
    "name",
    ["gpt-4", "gpt-4o", "gpt-4.1", "gpt-4o-mini", "gpt-4-turbo", "GPT-4", "openai/gpt-4o", "gpt4",
     "chatgpt-4o-latest", "ft:gpt-4o:acme::1", "gpt-4-0613", "azure:gpt-4.1-nano"],
)  # fmt: skip
def test_gpt_4_family_is_refused_by_name(name: str):
    with pytest.raises(ModelBanned, match=name):
        refuse_banned(name)


@pytest.mark.parametrize(
    "name", ["gpt-5", "gpt-5-mini", "gpt-40b", "gpt4all-j", "gemini-3-pro", "offline-writer"]
)
def test_other_models_are_not(name: str):
    assert refuse_banned(name) == name


@pytest.mark.parametrize(
    "wanted",
    [Wanted(model="gpt-4o"), Wanted(by_role={"script_writer": "own/gpt-4"}),
     Wanted(model="gpt-5", fallbacks={"script_writer": "own/chatgpt-4o-latest"})],
)  # fmt: skip
def test_novela_refuses_them_anywhere_in_the_chain(wanted: Wanted):
    with pytest.raises(ModelBanned, match="gpt-4"):
        chosen("novela", "script_writer", wanted)


def test_novela_refuses_what_openai_model_names_too():
    with pytest.raises(ModelBanned, match=r"gpt-4\.1"):
        chosen("novela", "script_writer", Wanted(model="live"), openai_model="gpt-4.1")


def test_other_graphs_may_have_them():
    assert chosen("ad", "director", Wanted(model="own/gpt-4o")) == ["own/gpt-4o"]


def test_offline_writer_is_the_default():
    found = models().for_role("novela", "script_writer", Wanted(), user_id="ana")
    assert isinstance(found, OfflineWriter)


@pytest.mark.parametrize(
    ("graph", "role", "names"),
    [("novela", "script_writer", ["gpt-5"]), ("ad", "critic", ["gpt-5"]),
     ("director", "technical_writer", ["deepseek-chat"]),
     ("ugc", "script_writer", ["gemini-2.5-pro", "gemini-2.5-flash"]),
     ("ugc", "consistency_scorer", ["gemini-2.5-flash"]), ("copilot", "intent_reader", ["gemini-2.5-flash"])],
)  # fmt: skip
def test_live_gives_each_role_its_own(graph: str, role: str, names: list[str]):
    assert chosen(graph, role, Wanted(model="live")) == names


def test_openai_model_names_the_default_of_the_roles_that_have_openai():
    assert chosen("novela", "script_writer", Wanted(model="live"), openai_model="gpt-5-mini") == [
        "gpt-5-mini"
    ]


def test_one_model_for_all_has_nobody_behind_it():
    assert chosen("ugc", "script_writer", Wanted(model="gemini-2.5-pro")) == ["gemini-2.5-pro"]


def test_role_wins_over_the_one_for_all():
    wanted = Wanted(model="gpt-5", by_role={"system_integrator": "deepseek-chat"})
    assert chosen("novela", "system_integrator", wanted) == ["deepseek-chat"]
    assert chosen("novela", "script_writer", wanted) == ["gpt-5"]


def test_fallback_of_the_context_replaces_the_roles_own():
    wanted = Wanted(model="live", fallbacks={"script_writer": "gpt-5"})
    assert chosen("ugc", "script_writer", wanted) == ["gemini-2.5-pro", "gpt-5"]


def test_substitution_never_leaves_nobody_behind():
    wanted = Wanted(model="live", fallbacks={"script_writer": "gpt-5"}, may_stand_in=False)
    assert chosen("ugc", "script_writer", wanted) == ["gemini-2.5-pro"]


def test_model_of_an_own_server_needs_no_card():
    assert chosen("novela", "script_writer", Wanted(model="own/llama-3.3-70b")) == ["own/llama-3.3-70b"]


@pytest.mark.parametrize("name", ["nobody-1", "own/", ""])
def test_unknown_model_lists_the_known_ones(name: str):
    with pytest.raises(ModelUnknown, match=r"offline-writer, gpt-5.*own/NAME"):
        models().named(name, user_id="ana")


def test_unknown_role_lists_those_of_the_graph():
    with pytest.raises(SettingInvalid, match="script_writer, system_integrator, fallback_handler"):
        chosen("novela", "director", Wanted())


async def test_question_without_composer_is_a_typed_failure():
    class Told:
        text = system = digest = ""

    with pytest.raises(ProviderMisconfigured, match="no composer"):
        await OfflineWriter().answer(
            Told(), output=SceneDraft, input=a_novela_brief(), temperature=0.0, max_tokens=1
        )
