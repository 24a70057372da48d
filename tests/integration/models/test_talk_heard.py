"""What is heard of a talk is its answer: words that turn out not to belong to it are taken back (S1-74)."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from nodes.agents import agent, spoken_advice
from nodes.agents.advice_source import ComposedAdvice, Unrecorded
from nodes.agents.agent import TextKey
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.fallback_tools import DocumentationSearch
from nodes.agents.said import Piece, Said, StandIn, TakenBack, Thinking
from nodes.agents.spoken_advice import SpokenAdvice
from state.writing import FallbackAdvice, FallbackInput
from tests.integration.models.asking import a_line, ring_for, vendor_of
from tests.standins.model_vendors import Said as Answer
from tests.standins.model_vendors import ToolCall, Vendors, always, faults, script
from tools.models import fallback
from tools.models.base import ChatModel
from tools.models.catalog import text_card
from tools.models.fallback import InTurn
from tools.models.live import model as live_model
from tools.models.live.clients import Clients
from tools.models.live.model import LiveModel
from tools.models.offline import OfflineWriter

ADVICE: dict[str, Any] = {
    "userMessage": "The words of this shot were refused; it is told in a milder way now.",
    "errorAnalysis": {"type": "refused", "rootCause": "the words", "affectedComponent": "the engine"},
    "solution": {"immediate": "Try it with milder words.", "longTerm": "Keep to what is seen."},
    "suggestedActions": ["retry"], "needsInternetSearch": False, "parameters": {}, "prompt": "",
}  # fmt: skip
FIRST = {**ADVICE, "userMessage": "These are the first words, and nobody keeps any of them at all."}
UNFIT = {name: value for name, value in FIRST.items() if name != "solution"}
CALL = ToolCall("analyze_error", {"errorCode": "x", "errorMessage": "y", "context": {}})
KEY = TextKey(production_id="p", stage="advice", item="t")
ASKED = FallbackInput(action="answer_complaint", context={"message": "why?"})
Speak = Callable[..., Awaitable[list[Said]]]


@pytest.fixture
def speak(vendors: Vendors, clients: Clients) -> Speak:
    """Everything that is said by these models, each standing in for the one before."""

    async def said(*names: str, search: DocumentationSearch | None = None) -> list[Said]:
        cards = [text_card(name) for name in names]
        models: list[ChatModel] = [
            LiveModel(a_line(card, clients, ring_for(vendors, card))) for card in cards
        ]
        handler = FallbackHandler(
            models[0] if len(models) == 1 else InTurn(models), Unrecorded(), search=search
        )
        composed = ComposedAdvice(FallbackHandler(OfflineWriter(), Unrecorded()))
        return [one async for one in SpokenAdvice(handler, composed).advise(ASKED, key=KEY)]

    return said


def kept(said: list[Said]) -> list[str]:
    """The pieces that stand: those after what was taken back last."""
    gone = max((at for at, one in enumerate(said) if isinstance(one, TakenBack)), default=-1)
    return [one.text for one in said[gone + 1 :] if isinstance(one, Piece)]


def takes_back(said: list[Said]) -> int:
    return sum(isinstance(one, TakenBack) for one in said)


def cut_then_another(vendors: Vendors) -> list[str]:
    vendors.openai.brain = always(Answer(text=json.dumps(FIRST)))
    vendors.openai.faults.append(faults.cut(6))
    vendors.google.brain = always(Answer(text=json.dumps(ADVICE)))
    return ["gpt-5", "gemini-2.5-flash"]


def mended(vendors: Vendors) -> list[str]:
    vendors.openai.brain = script([Answer(text=json.dumps(UNFIT)), Answer(text=json.dumps(ADVICE))])
    return ["gpt-5"]


def words_then_tools(vendors: Vendors) -> list[str]:
    first = Answer(text=json.dumps(FIRST), calls=(CALL,))
    vendors.openai.brain = script([first, Answer(text=json.dumps(ADVICE))])
    return ["gpt-5"]


BROKEN = [cut_then_another, mended, words_then_tools]
NAMES = ["another model answers", "the answer is mended", "a tool is asked for"]


@pytest.mark.parametrize("happens", BROKEN, ids=NAMES)
async def test_words_that_do_not_count_are_taken_back_and_the_answer_streams(
    vendors: Vendors, speak: Speak, happens: Callable[[Vendors], list[str]]
):
    said = await speak(*happens(vendors))
    assert isinstance(said[-1], FallbackAdvice)
    assert takes_back(said) == 1
    assert len(kept(said)) > 1
    assert "".join(kept(said)) == said[-1].userMessage == ADVICE["userMessage"]


@pytest.mark.parametrize("happens", BROKEN, ids=NAMES)
async def test_control_without_the_word_the_answer_comes_as_one_piece(
    vendors: Vendors, speak: Speak, happens: Any, monkeypatch: pytest.MonkeyPatch
):
    for place in (agent, fallback, live_model):
        monkeypatch.setattr(place, "heard_anew", lambda: None)
    assert len(kept(await speak(*happens(vendors)))) == 1


async def test_who_stood_in_is_said_once_and_only_where_somebody_did(vendors: Vendors, speak: Speak):
    said = await speak(*cut_then_another(vendors))
    told = [one for one in said if isinstance(one, StandIn)]
    assert told == [StandIn("google", "gemini-2.5-flash", "gpt-5")]
    vendors.openai.brain = always(Answer(text=json.dumps(ADVICE)))
    assert not [one for one in await speak("gpt-5", "gemini-2.5-flash") if isinstance(one, StandIn)]


async def test_plain_words_before_a_tool_hold_nothing_up(vendors: Vendors, speak: Speak):
    """They are no JSON, so nothing of them was said and nothing is taken back."""
    first = Answer(text="Let me look at that error first.", calls=(CALL,))
    vendors.openai.brain = script([first, Answer(text=json.dumps(ADVICE))])
    said = await speak("gpt-5")
    assert (takes_back(said), "".join(kept(said))) == (0, ADVICE["userMessage"])
    assert len(kept(said)) > 1


@pytest.mark.parametrize("name", ["gpt-5", "gemini-2.5-flash", "deepseek-chat"])
async def test_when_nobody_ends_the_answer_what_was_said_of_it_is_taken_back(
    vendors: Vendors, speak: Speak, name: str
):
    """The writer that needs no model answers, instead of an error after half a sentence."""
    vendor = vendor_of(vendors, text_card(name))
    vendor.brain = always(Answer(text=json.dumps(FIRST)))
    vendor.faults.append(faults.cut(6))
    said = await speak(name)
    assert isinstance(said[-1], FallbackAdvice)
    assert takes_back(said) == 1
    assert said[said.index(Thinking("without_model")) + 1] == StandIn("offline", "offline-writer", name)
    assert "".join(kept(said)) == said[-1].userMessage != FIRST["userMessage"]


@pytest.mark.parametrize(("found", "kept_of", "asked"), [(["It takes three."], ADVICE, 2), ([], FIRST, 1)])
async def test_what_a_model_asks_to_be_looked_up_is_looked_up_once(
    vendors: Vendors, speak: Speak, found: list[str], kept_of: dict[str, Any], asked: int
):
    """S1-17: the second answer is heard in place of the first, and its own wish is not followed again."""
    first, second = ({**one, "needsInternetSearch": True} for one in (FIRST, ADVICE))
    vendors.openai.brain = script([Answer(text=json.dumps(first)), Answer(text=json.dumps(second))])
    looked: list[str] = []

    async def search(query: str, model_id: str) -> list[str]:
        looked.append(query)
        return found

    said = await speak("gpt-5", search=search)
    assert len(looked) == 1
    assert len(vendors.openai.requests) == asked
    assert (found[0] in str(vendors.openai.requests[-1].body)) if found else takes_back(said) == 0
    assert isinstance(said[-1], FallbackAdvice)
    assert "".join(kept(said)) == said[-1].userMessage == kept_of["userMessage"]
    assert Thinking("looking_up") in said
    assert sum(isinstance(one, FallbackAdvice) for one in said) == 1


async def test_nothing_is_looked_up_where_the_look_up_is_off(vendors: Vendors, speak: Speak):
    vendors.openai.brain = always(Answer(text=json.dumps({**FIRST, "needsInternetSearch": True})))
    said = await speak("gpt-5")
    assert Thinking("looking_up") not in said
    assert len(vendors.openai.requests) == 1


def test_a_message_that_was_never_heard_right_is_said_whole_at_the_end():
    heard = spoken_advice.MessageHeard()
    heard.hear('{"userMessage": "So it beg')
    assert heard.rest_of("So it begins.") == [Piece("ins.")]
    assert heard.rest_of("It began.") == [TakenBack(), Piece("It began.")]
    assert spoken_advice.MessageHeard().rest_of("") == []
