"""The real OpenAI SDK and LangChain at the stand-in: responses."""

import json

import openai
import pytest
from langchain_openai import ChatOpenAI
from pydantic import BaseModel

from tests.standins.model_vendors import SENTENCE, Said, ToolCall, always, faults

CITY = {
    "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"],
    "additionalProperties": False,
}  # fmt: skip
TOOL = {"type": "function", "name": "look_up", "parameters": CITY, "strict": True}


class City(BaseModel):
    city: str


def langchain(vendors, lines, **more):
    return ChatOpenAI(
        base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key, max_retries=0,
        http_async_client=lines, stream_usage=True,
        **{"model": "gpt-5", **more},
    )  # fmt: skip


async def test_a_plain_answer(client, vendors):
    answer = await client.responses.create(model="gpt-5", input="Hello", instructions="Be kind.")
    assert (answer.output_text, answer.status, answer.usage.input_tokens) == (SENTENCE, "completed", 4)
    assert vendors.books.invoices[0].micro_usd == 4 * 1.25 + 20 * 10


async def test_events_come_in_their_order(client, vendors):
    vendors.openai.brain = always(
        Said(text="one two", reasoning="hm", calls=(ToolCall("look_up", {"city": "x"}),))
    )
    stream = await client.responses.create(
        model="gpt-5", input="Hello", stream=True, tools=[TOOL], reasoning={"summary": "auto"}
    )
    events = [event async for event in stream]
    assert [event.type.removeprefix("response.") for event in events] == [
        "created", "in_progress",
        "output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta",
        "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done",
        "output_item.added", "content_part.added", "output_text.delta", "output_text.delta",
        "output_text.done",
        "content_part.done", "output_item.done",
        "output_item.added", "function_call_arguments.delta", "function_call_arguments.delta",
        "function_call_arguments.done", "output_item.done", "completed",
    ]  # fmt: skip
    assert [event.sequence_number for event in events] == list(range(21))
    assert events[-1].response.output_text == "one two"


async def test_a_refusal_and_an_answer_that_is_cut(client, vendors):
    vendors.openai.brain = always(Said(refusal="No."))
    answer = await client.responses.create(model="gpt-5", input="Hello")
    assert answer.output[0].content[0].refusal == "No."
    vendors.openai.brain = always(Said(text="x" * 200))
    for stream in False, True:
        asked = {"model": "gpt-5", "input": "Hello", "max_output_tokens": 16}
        if stream:
            events = [event async for event in await client.responses.create(**asked, stream=True)]
            assert events[-1].type == "response.incomplete"
            answer = events[-1].response
        else:
            answer = await client.responses.create(**asked)
        assert (answer.status, answer.incomplete_details.reason) == ("incomplete", "max_output_tokens")
        assert answer.output_text == "x" * 64


async def test_tools_are_answered_by_their_id(client):
    answer = await client.responses.create(model="gpt-5", input="Hello", tools=[TOOL], tool_choice="required")
    call = answer.output[1]
    assert json.loads(call.arguments) == {"city": "stand-in"}
    output = {"type": "function_call_output", "call_id": call.call_id, "output": "Lima"}
    after = await client.responses.create(model="gpt-5", input=[output], previous_response_id=answer.id)
    assert after.output_text == SENTENCE
    with pytest.raises(openai.BadRequestError, match="No tool call found"):
        await client.responses.create(model="gpt-5", input=[output])


@pytest.mark.parametrize(
    ("model", "more", "code", "param"),
    [
        ("gpt-9", {}, "model_not_found", "model"),
        ("gpt-5", {"temperature": 0.7}, None, "temperature"),
        ("gpt-5", {"top_p": 0.7}, None, "top_p"),
        ("gpt-4o", {"temperature": -1}, "decimal_below_min_value", "temperature"),
        ("gpt-5", {"max_output_tokens": 9}, "integer_below_min_value", "max_output_tokens"),
        ("gpt-5", {"previous_response_id": "resp_x"}, "previous_response_not_found", "previous_response_id"),
        ("gpt-5", {"extra_body": {"messages": []}}, "unknown_parameter", "messages"),
        ("gpt-5", {"tools": [{"type": "web_search"}]}, None, "tools"),
        (
            "gpt-5", {"text": {"format": {"type": "json_schema", "name": "x", "strict": True,
            "schema": {"type": "object"}}}},
            "invalid_json_schema", "text.format.schema",
        ),
        ("gpt-4o", {"reasoning": {"effort": "low"}}, "unsupported_parameter", "reasoning.effort"),
    ],
)  # fmt: skip
async def test_what_the_real_one_rejects(client, vendors, model, more, code, param):
    with pytest.raises(openai.BadRequestError) as no:
        await client.responses.create(model=model, input="Hello", **more)
    assert (no.value.code, no.value.param) == (code, param)
    assert vendors.books.invoices == []


async def test_a_quota_that_ends_inside_a_stream(client, vendors):
    vendors.openai.faults.append(faults.failed_in_stream())
    with pytest.raises(openai.APIError, match="exceeded your current quota"):
        async for _ in await client.responses.create(model="gpt-5", input="Hello", stream=True):
            pass
    assert vendors.books.invoices == []


async def test_a_stream_that_is_cut(client, vendors):
    vendors.openai.faults.append(faults.cut(3))
    heard = []
    stream = await client.responses.create(model="gpt-4o", input="Hello", stream=True)
    with pytest.raises(openai.APIConnectionError):
        heard += [heard.append(event) async for event in stream]
    assert (
        "".join(event.delta for event in heard if event.type == "response.output_text.delta")
        == "The stand-in has "
    )
    assert vendors.books.invoices[0].completion_tokens == 5


@pytest.mark.parametrize("responses", [False, True])
async def test_langchain_speaks_with_both_endpoints(vendors, lines, responses):
    model = langchain(vendors, lines, use_responses_api=responses)
    assert (await model.ainvoke("Hello")).text == SENTENCE
    chunks = [chunk async for chunk in model.astream("Hello")]
    whole = sum(chunks[1:], chunks[0])
    assert (whole.text, whole.usage_metadata["output_tokens"]) == (SENTENCE, 20)
    assert await model.with_structured_output(City).ainvoke("Hello") == City(city="stand-in")
    called = await model.bind_tools([City], tool_choice="City").ainvoke("Hello")
    assert called.tool_calls[0]["args"] == {"city": "stand-in"}
    assert [kept.path for kept in vendors.openai.requests] == [
        "/v1/responses" if responses else "/v1/chat/completions"
    ] * 4


async def test_langchain_goes_to_responses_by_itself(vendors, lines):
    assert (await langchain(vendors, lines, model="gpt-5-pro").ainvoke("Hello")).text == SENTENCE
    assert vendors.openai.requests[0].path == "/v1/responses"
