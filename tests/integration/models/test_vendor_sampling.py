"""What a model does not take is sent on no path; the stand-in refuses it as the real one does."""

from dataclasses import replace
from typing import Any

import pytest

from nodes.agents.agent import Agent, AgentDefinition, TextKey
from prompts import RenderedPrompt
from state.errors import ProviderMisconfigured
from state.order import TextAnswer, TextOrder
from tests.integration.models.asking import (
    City,
    Noted,
    Nothing,
    Ring,
    Words,
    a_line,
    ask_for_city,
    at_vendors,
    in_words,
    ring_for,
)
from tests.standins.model_vendors import Said, ToolCall, Vendors, always, faults, script
from tools.clock import SystemClock
from tools.models.base import Tool
from tools.models.catalog import DATED, TextModelCard, text_card, text_models
from tools.models.choose import TextModels, Wanted
from tools.models.live.asked import Listener, Turn
from tools.models.live.clients import Clients
from tools.models.live.model import LiveModel

SAMPLING = {"temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "seed"}
TAKES_NONE = [card for card in text_models() if card.provider == "openai" and card.sampling == "no"]
LIMA = '{"city": "Lima", "country": "Peru"}'


def sent(vendors: Vendors) -> list[Any]:
    """Each request was taken; the bodies."""
    assert [one.outcome for one in vendors.openai.requests if one.outcome.startswith("rejected")] == []
    return [one.body for one in vendors.openai.requests]


async def idle(arguments: Any) -> Any:
    return {}


LOOK = Tool(name="look", description="Look.", parameters={"type": "object", "properties": {}}, run=idle)


@pytest.mark.parametrize("card", TAKES_NONE, ids=lambda card: card.id)
async def test_no_path_sends_a_model_what_it_does_not_take(
    vendors: Vendors, clients: Clients, card: TextModelCard
):
    line = a_line(card, clients, ring_for(vendors, card))
    hot = in_words(temperature=0.9, top_p=0.5)
    vendors.openai.brain = script(["One.", "Two.", Said(calls=(ToolCall("look"),)), LIMA, LIMA, "Again."])

    plain = await line.ask(hot, Noted(), Listener())  # words
    async for _ in LiveModel(line).stream(hot):  # streamed
        pass
    await ask_for_city(line, Noted(), [LOOK], temperature=0.9)  # tools, then the shape
    await ask_for_city(line, Noted(), temperature=0.0)  # the shape alone
    again = in_words(temperature=0.9, turns=(Turn(reply=plain, text="That was wrong."),))
    await line.ask(again, Noted(), Listener())  # repaired

    bodies = sent(vendors)
    assert len(bodies) == 6
    assert [SAMPLING & set(body) for body in bodies] == [set()] * 6


async def test_nor_does_a_model_that_stands_in_for_another(vendors: Vendors):
    vendors.think_with(always(LIMA))
    vendors.google.faults += [faults.key_refused()]
    keys = Ring([vendors.openai.key])
    models = TextModels(at_vendors(vendors), lambda user: keys, SystemClock())
    wanted = Wanted(model="gemini-2.5-flash", fallbacks={"script_writer": "gpt-5"})

    answer = await models.for_role("ugc", "script_writer", wanted, user_id="me").answer(
        Words(), output=City, input=Nothing(), temperature=0.9, max_tokens=100
    )
    await models.close()

    assert (answer.model, answer.instead_of) == ("gpt-5", "gemini-2.5-flash")
    assert [SAMPLING & set(body) for body in sent(vendors)] == [set()]


@pytest.mark.parametrize(
    "card", [card for card in TAKES_NONE if card.api == "chat"], ids=lambda card: card.id
)
async def test_the_stand_in_would_have_refused_it(vendors: Vendors, clients: Clients, card: TextModelCard):
    """The control: a card that says the model takes it. By its other API LangChain leaves it out itself."""
    wrong = card.model_copy(update={"sampling": "yes"})
    booking = Noted()

    with pytest.raises(ProviderMisconfigured, match="temperature") as refused:
        await a_line(wrong, clients, ring_for(vendors, card)).ask(
            in_words(temperature=0.9), booking, Listener()
        )

    assert refused.value.details["field"] == "temperature"
    assert [one.outcome[:12] for one in vendors.openai.requests] == ["rejected 400"]
    assert [ended.outcome for ended in booking.ended] == ["invalid"]


GATEWAY = [
    "gpt-5", "gpt-5-mini", "gpt-5.1", "gpt-5.5", "openai/gpt-5-2025-08-07", "GPT-5-nano:free",
    "o3-mini", "gpt-5.9",
]  # fmt: skip


def behind_a_gateway(vendors: Vendors, name: str) -> TextModelCard:
    """The stand-in as a gateway knows its models."""
    card, models = text_card(f"own/{name}"), vendors.openai.models
    plain = DATED.sub("", name.rpartition("/")[2].lower())
    models[name] = replace(models.get(plain) or models["gpt-5.6"], id=name)
    return card


@pytest.mark.parametrize("name", GATEWAY)
async def test_a_gateway_to_openai_is_sent_what_openai_takes(vendors: Vendors, clients: Clients, name: str):
    """Done-when 5: by plain words, streamed, with tools and in a shape."""
    card = behind_a_gateway(vendors, name)
    line = a_line(card, clients, ring_for(vendors, card))
    hot = in_words(temperature=0.9, top_p=0.5)
    vendors.openai.brain = script(["One.", "Two.", Said(calls=(ToolCall("look"),)), LIMA, LIMA])

    await line.ask(hot, Noted(), Listener())
    async for _ in LiveModel(line).stream(hot):
        pass
    await ask_for_city(line, Noted(), [LOOK], temperature=0.9)
    await ask_for_city(line, Noted(), temperature=0.0)

    bodies = sent(vendors)
    assert [body["model"] for body in bodies] == [name] * 5
    assert ["max_tokens" in body for body in bodies] == [False] * 5
    if card.sampling == "no":
        assert [SAMPLING & set(body) for body in bodies] == [set()] * 5


@pytest.mark.parametrize("name", GATEWAY)
async def test_a_gateway_would_have_refused_what_any_server_takes(
    vendors: Vendors, clients: Clients, name: str
):
    """The control: a card as a server has it whose models nobody knows."""
    behind_a_gateway(vendors, name)
    card = text_card("own/any").model_copy(update={"vendor": name})

    with pytest.raises(ProviderMisconfigured, match=r"temperature|max_tokens"):
        await a_line(card, clients, ring_for(vendors, card)).ask(
            in_words(temperature=0.9), Noted(), Listener()
        )


@pytest.mark.parametrize(("name", "takes"), [
    ("gpt-5", "no"), ("azure/gpt-5-mini-2025-08-07", "no"), ("gpt-5.1-2025-11-13", "unless_reasoning"),
    ("gpt-5.3-codex", "no"), ("o1", "no"), ("o1-preview", "no"), ("openai/o3-2025-04-16", "no"),
    ("o4-mini", "no"),
    ("deepseek-reasoner", "no"), ("gemini-2.5-pro-001", "yes"), ("gpt-oss-120b", "yes"), ("gpt-4o", "yes"),
    ("gpt-50", "yes"), ("o1labs", "yes"), ("olmo-2", "yes"), ("llama-3.3-70b", "yes"), ("qwen3:8b", "yes"),
])  # fmt: skip
def test_a_model_of_ones_own_takes_what_its_name_says(name: str, takes: str):
    card = text_card(f"own/{name}")
    assert (card.sampling, card.provider, card.vendor) == (takes, "openai_compatible", name)


@pytest.mark.parametrize(("effort", "goes"), [("none", True), ("low", False)])
async def test_some_take_it_only_when_they_do_not_reason(
    vendors: Vendors, clients: Clients, effort: Any, goes: bool
):
    card = text_card("gpt-5.1")

    await a_line(card, clients, ring_for(vendors, card)).ask(
        in_words(temperature=0.9, effort=effort), Noted(), Listener()
    )

    (body,) = sent(vendors)
    assert ("temperature" in body, body["reasoning_effort"]) == (goes, effort)


@pytest.mark.parametrize("name", ["gemini-2.5-flash", "deepseek-chat", "own/gpt-4o"])
async def test_the_others_are_told_how_bold_to_be(vendors: Vendors, clients: Clients, name: str):
    card = text_card(name)

    await a_line(card, clients, ring_for(vendors, card)).ask(
        in_words(temperature=0.9, top_p=0.5), Noted(), Listener()
    )

    (request,) = vendors.books.requests
    told = request.body.get("generationConfig", request.body)
    assert (told["temperature"], told.get("top_p", told.get("topP"))) == (0.9, 0.5)


class Geographer(Agent[Nothing, City]):
    """An agent whose temperature no GPT-5 takes."""

    definition = AgentDefinition(
        id="geographer", name="Geographer", role="script_writer", system_prompt="novela/script_writer",
        temperature=0.9, max_tokens=200, capabilities=(),
    )  # fmt: skip
    output = City

    def prompt(self, input: Nothing) -> RenderedPrompt:
        return RenderedPrompt(text="Which city? In JSON.", system="You know cities.", digest="")


class Kept:
    """Records nothing."""

    async def ask(self, order: TextOrder, call: Any, *, allowance: Any) -> TextAnswer:
        return await call(Noted())


async def test_an_answer_that_is_repaired_is_asked_for_in_the_same_way(vendors: Vendors, clients: Clients):
    vendors.openai.brain = script(["no JSON at all", LIMA])
    model = LiveModel(a_line(text_card("gpt-5"), clients, ring_for(vendors, text_card("gpt-5"))))

    city = await Geographer(model, Kept()).run(Nothing(), key=TextKey(production_id="p", stage="s", item="i"))

    first, second = sent(vendors)
    assert city == City(city="Lima", country="Peru")
    assert SAMPLING & {*first, *second} == set()
    assert set(first) == set(second)
    assert "it is no JSON" in str(second["messages"])
