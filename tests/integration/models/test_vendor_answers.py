"""Every way of asking a model, at the stand-ins of all vendors."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from state.errors import ProviderRefused
from state.order import Usage
from tests.integration.models.asking import (
    City,
    Noted,
    a_line,
    ask_for_city,
    in_words,
    ring_for,
    vendor_of,
)
from tests.standins.model_vendors import (
    SENTENCE,
    Gate,
    Invoice,
    Said,
    Tokens,
    ToolCall,
    Vendors,
    always,
    script,
)
from tools.models.base import Picture, Tool
from tools.models.catalog import TextModelCard, text_card, text_models
from tools.models.live.asked import Listener, Reply
from tools.models.live.clients import Clients
from tools.models.live.line import Line
from tools.models.live.model import LiveModel

OWN = "own/gpt-4o"
EACH = ["gpt-5", "gpt-5-pro", "gpt-5.1", "gemini-2.5-pro", "gemini-2.5-flash", "deepseek-chat", OWN]
ALL = [*(card.id for card in text_models()), OWN]
CITY = {"city": "Lima", "country": "Peru"}
PNG = Picture(b"\x89PNG\r\n\x1a\n", "image/png")


@pytest.fixture
def line(vendors: Vendors, clients: Clients, request: pytest.FixtureRequest) -> Line:
    card = text_card(request.param)
    return a_line(card, clients, ring_for(vendors, card))


def tokens(invoice: Invoice) -> Usage:
    """What the vendor billed."""
    return Usage(
        prompt_tokens=invoice.prompt_tokens, completion_tokens=invoice.completion_tokens,
        cached_tokens=invoice.cached_tokens, reasoning_tokens=invoice.reasoning_tokens,
    )  # fmt: skip


def knows_cities(card: TextModelCard) -> Any:
    """A brain that gives the city in the way that this model is asked for it."""
    if card.shape == "tool":
        return always(Said(calls=(ToolCall("City", CITY),)))
    return always('{"city": "Lima", "country": "Peru"}')


def look_up(ran: list[Mapping[str, Any]]) -> Tool:
    async def run(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        ran.append(arguments)
        return {"country": "Peru"}

    shape = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}
    return Tool(name="look_up", description="Look a word up.", parameters=shape, run=run)


@pytest.mark.parametrize("line", EACH, indirect=True)
async def test_words_are_read_and_booked_as_the_vendor_bills_them(vendors: Vendors, line: Line):
    booking = Noted()
    said = Said(text=SENTENCE, tokens=Tokens(cached=3))
    vendors.think_with(always(said))

    reply = await line.ask(in_words(), booking, Listener())

    (invoice,) = vendors.books.invoices
    assert (reply.text, reply.finish, reply.usage) == (SENTENCE, "stop", tokens(invoice))
    assert invoice.cached_tokens == 3
    assert [ended.usage for ended in booking.ended] == [tokens(invoice)]
    (begun,) = booking.begun
    assert begun.most.prompt_tokens >= invoice.prompt_tokens
    assert begun.most.completion_tokens >= invoice.completion_tokens


@pytest.mark.parametrize("line", ALL, indirect=True)
async def test_an_answer_has_the_shape_that_is_asked_for(vendors: Vendors, line: Line):
    vendors.think_with(knows_cities(line.card))
    booking = Noted()

    answer = await ask_for_city(line, booking)

    (invoice,) = vendors.books.invoices
    assert (City.model_validate(answer.content), answer.wrong) == (City(**CITY), "")
    assert (answer.model, answer.provider) == (line.card.id, line.card.provider)
    assert answer.usage == tokens(invoice) == booking.ended[0].usage


@pytest.mark.parametrize("line", EACH, indirect=True)
async def test_tools_are_run_until_it_answers(vendors: Vendors, line: Line):
    calls = Said(calls=(ToolCall("look_up", {"word": "Lima"}),))
    vendors.think_with(script([calls, calls, knows_cities(line.card)]))
    booking, ran = Noted(), list[Mapping[str, Any]]()

    answer = await ask_for_city(line, booking, [look_up(ran)])

    assert ran == [{"word": "Lima"}] * 2
    assert answer.content == CITY
    assert len(vendors.books.invoices) == len(booking.ended) == 3
    assert answer.usage == sum((tokens(one) for one in vendors.books.invoices), Usage())


@pytest.mark.parametrize("line", EACH, indirect=True)
async def test_who_asks_for_tools_without_end_is_given_none_at_last(vendors: Vendors, line: Line):
    calls = Said(calls=(ToolCall("look_up", {"word": "Lima"}),))
    vendors.think_with(script([calls, calls, calls, knows_cities(line.card)]))
    ran = list[Mapping[str, Any]]()

    answer = await ask_for_city(line, Noted(), [look_up(ran)])

    assert (len(ran), answer.content) == (3, CITY)
    offered = str(vendor_of(vendors, line.card).requests[-1].body.get("tools", ""))
    assert "look_up" not in offered


@pytest.mark.parametrize("line", [name for name in EACH if text_card(name).vision], indirect=True)
async def test_pictures_are_seen(vendors: Vendors, line: Line):
    seen = list[int]()
    vendors.think_with(lambda asked: seen.append(asked.pictures) or Said(text='{"city": "Lima"}'))  # type: ignore[func-returns-value]

    answer = await ask_for_city(line, Noted(), pictures=[PNG, PNG])

    assert (seen, answer.content) == ([2], {"city": "Lima"})


@pytest.mark.parametrize("line", EACH, indirect=True)
async def test_an_answer_is_heard_as_it_comes(vendors: Vendors, line: Line):
    """S1-03: each piece at once, and together they are the text."""
    gate = Gate(1)
    vendors.think_with(
        always(Said(text="One two three.", pieces=("One ", "two ", "three."), before_piece=gate))
    )
    stream = LiveModel(line).stream(in_words())

    first = await anext(stream)
    assert (first, gate.opened.is_set) == ("One ", False)
    gate.open()
    rest = [piece async for piece in stream]

    assert rest[:-1] == ["two ", "three."]
    assert isinstance(rest[-1], Reply)
    assert rest[-1].text == "One two three."


@pytest.mark.parametrize("line", EACH, indirect=True)
async def test_who_goes_away_hangs_up(vendors: Vendors, line: Line):
    gate, booking = Gate(1), Noted()
    vendors.think_with(always(Said(text="One two three.", before_piece=gate)))
    hung_up = vendors.books.when(lambda book: "client hung up" in [one.outcome for one in book.requests])
    asking = asyncio.create_task(line.ask(in_words(), booking, Listener()))
    await gate.reached.heard()

    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    await asyncio.wait_for(hung_up.heard(), 10)
    assert [(ended.outcome, ended.usage) for ended in booking.ended] == [("ambiguous", None)]


@pytest.mark.parametrize("line", [one for one in EACH if one != "gemini-2.5-pro"], indirect=True)
async def test_an_answer_that_is_cut_says_so(vendors: Vendors, line: Line):
    line = replace(line, card=line.card.model_copy(update={"thinking_tokens": 0}))
    vendors.think_with(always('{"city": "' + "x" * 2000 + '"}'))

    answer = await ask_for_city(line, Noted(), max_tokens=20)

    assert answer.content == {}
    assert answer.wrong == "it was cut off at 20 tokens; say the same in fewer words"
    assert answer.usage == tokens(vendors.books.invoices[0])


@pytest.mark.parametrize("line", ["gpt-5", "gpt-5-pro", "own/gpt-4o"], indirect=True)
async def test_a_refusal_is_a_result_with_its_reason(vendors: Vendors, line: Line):
    vendors.think_with(always(Said(refusal="I will not do that.")))
    booking = Noted()

    with pytest.raises(ProviderRefused, match="I will not do that") as refused:
        await ask_for_city(line, booking)

    assert refused.value.kind == "refused"
    assert [ended.usage for ended in booking.ended] == [tokens(one) for one in vendors.books.invoices]


@pytest.mark.parametrize("line", ["gpt-5", "gemini-2.5-flash", "deepseek-chat"], indirect=True)
async def test_a_filter_is_named(vendors: Vendors, line: Line):
    vendors.think_with(always(Said(text="Half an ans", finish="filtered")))

    with pytest.raises(ProviderRefused, match=f"The filter of {line.card.provider} refused"):
        await ask_for_city(line, Noted())


@pytest.mark.parametrize("line", EACH, indirect=True)
async def test_an_empty_answer_is_told(vendors: Vendors, line: Line):
    vendors.think_with(always(Said(finish="empty")))

    answer = await ask_for_city(line, Noted())

    assert (answer.content, answer.wrong) == ({}, "it was empty")
