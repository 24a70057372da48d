"""The novela graph's models: the GPT-4 family is refused in any spelling."""

import pytest

from state.errors import ModelBanned, ProviderMisconfigured
from state.writing import SceneDraft
from tests.scripts import a_novela_brief
from tools.models.choose import chat_model, refuse_banned
from tools.models.offline import OfflineWriter


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


def test_offline_writer_is_a_model():
    assert chat_model("offline-writer").name == "offline-writer"


def test_unknown_model_lists_the_known_ones():
    with pytest.raises(ProviderMisconfigured, match="offline-writer"):
        chat_model("nobody-1")


async def test_question_without_composer_is_a_typed_failure():
    class Told:
        text = system = digest = ""

    with pytest.raises(ProviderMisconfigured, match="no composer"):
        await OfflineWriter().answer(
            Told(), output=SceneDraft, input=a_novela_brief(), temperature=0.0, max_tokens=1
        )
