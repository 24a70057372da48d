"""The real OpenAI SDK at the stand-in: chat completions."""

import json

import openai
import pytest

from tests.standins.model_vendors import SENTENCE, Said, Tokens, ToolCall, Vendors, always

HELLO = [{"role": "user", "content": "Hello"}]
CITY = {
    "type": "object", "properties": {"city": {"type": "string"}, "people": {"type": "integer"}},
    "required": ["city", "people"], "additionalProperties": False,
}  # fmt: skip
TOOL = {"type": "function", "function": {"name": "look_up", "parameters": CITY, "strict": True}}
PNG = "data:image/png;base64,iVBORw0KGgo="


async def test_a_plain_answer_says_what_was_used(client, vendors):
    answer = await client.chat.completions.create(model="gpt-5", messages=HELLO)

    assert answer.choices[0].message.content == SENTENCE
    assert answer.model == "gpt-5-2025-08-07"
    invoice = vendors.books.invoices[0]
    assert (invoice.prompt_tokens, invoice.completion_tokens) == (2, 20) == (
        answer.usage.prompt_tokens, answer.usage.completion_tokens,
    )  # fmt: skip
    assert (invoice.reasoning_tokens, answer.usage.completion_tokens_details.reasoning_tokens) == (5, 5)
    assert invoice.micro_usd == 203, "2 * 1.25 + 20 * 10 = 202.5, half a one rounded up"


async def test_a_stream_counts_only_when_asked(client, vendors):
    for options, counts in ({"include_usage": True}, [None, 20]), (None, [None]):
        more = {"stream_options": options} if options else {}
        stream = await client.chat.completions.create(model="gpt-5", messages=HELLO, stream=True, **more)
        chunks = [chunk async for chunk in stream]
        said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        assert said == SENTENCE
        found = {chunk.usage.completion_tokens if chunk.usage else None for chunk in chunks}
        assert found == set(counts)
    assert [invoice.completion_tokens for invoice in vendors.books.invoices] == [20, 20], (
        "billed all the same"
    )


@pytest.mark.parametrize("stream", [False, True])
async def test_a_tool_is_called_and_its_answer_taken(client, vendors, stream):
    call = ToolCall("look_up", {"city": "Lima", "people": 3})
    vendors.openai.brain = always(Said(calls=(call,)))
    asked = {"model": "gpt-5", "messages": HELLO, "tools": [TOOL]}

    async with client.chat.completions.stream(**asked) as events:
        got = await events.get_final_completion() if stream else None
    got = got or await client.chat.completions.create(**asked)

    made = got.choices[0].message.tool_calls[0]
    assert (made.function.name, json.loads(made.function.arguments)) == ("look_up", call.arguments)
    assert got.choices[0].finish_reason == "tool_calls"
    turns = [
        *HELLO,
        got.choices[0].message.model_dump(
            exclude_none=True, exclude={"tool_calls": {0: {"function": {"parsed_arguments"}}}}
        ),
    ]
    heard = []
    vendors.openai.brain = lambda asked: heard.append(asked) or Said(text="Three.")
    await client.chat.completions.create(
        model="gpt-5",
        tools=[TOOL],
        messages=[*turns, {"role": "tool", "tool_call_id": made.id, "content": "3"}],
    )
    assert [turn.role for turn in heard[0].turns] == ["user", "assistant", "tool"]
    assert heard[0].turns[1].calls[0].name == "look_up"


async def test_an_answer_fits_the_schema(client, vendors):
    wanted = {"type": "json_schema", "json_schema": {"name": "city", "schema": CITY, "strict": True}}
    answer = await client.chat.completions.create(model="gpt-5", messages=HELLO, response_format=wanted)
    assert json.loads(answer.choices[0].message.content) == {"city": "stand-in", "people": 0}


async def test_what_does_not_fit_is_cut(client, vendors):
    answer = await client.chat.completions.create(model="gpt-4o", messages=HELLO, max_completion_tokens=3)
    assert (answer.choices[0].message.content, answer.choices[0].finish_reason) == (SENTENCE[:12], "length")
    vendors.openai.brain = always(Said("An answer.", reasoning="x" * 400))
    answer = await client.chat.completions.create(model="gpt-5", messages=HELLO, max_completion_tokens=50)
    assert (answer.choices[0].message.content, answer.usage.completion_tokens) == ("", 50), "all was thought"
    assert answer.usage.completion_tokens_details.reasoning_tokens == 50


async def test_pictures_a_refusal_and_counts_of_ones_own(client, vendors):
    vendors.openai.brain = always(
        Said(refusal="No.", tokens=Tokens(prompt=100, cached=40, completion=2, reasoning=7))
    )
    content = [{"type": "text", "text": "This?"}, {"type": "image_url", "image_url": {"url": PNG}}]
    answer = await client.chat.completions.create(
        model="gpt-5", messages=[{"role": "user", "content": content}]
    )
    assert (answer.choices[0].message.refusal, answer.choices[0].message.content) == ("No.", None)
    assert (answer.usage.prompt_tokens_details.cached_tokens, answer.usage.completion_tokens) == (40, 9)
    assert vendors.books.micro_usd("openai", "gpt-5", vendors.openai.key) == 60 * 1.25 + 40 * 0.125 + 9 * 10


def strict(schema):
    return {
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "x", "schema": schema, "strict": True},
        }
    }


def having(**properties):
    return {**CITY, "properties": {**CITY["properties"], **properties}}


REJECTED = [
    ("gpt-5", {"temperature": 0.5}, 400, "unsupported_value", "temperature"),
    ("gpt-5-mini", {"temperature": 0}, 400, "unsupported_value", "temperature"),
    ("gpt-5", {"top_p": 0.9}, 400, "unsupported_parameter", "top_p"),
    ("gpt-5", {"presence_penalty": 0.1}, 400, "unsupported_parameter", "presence_penalty"),
    ("gpt-5", {"logprobs": True}, 400, "unsupported_parameter", "logprobs"),
    ("o3-mini", {"frequency_penalty": 1}, 400, "unsupported_parameter", "frequency_penalty"),
    ("gpt-5", {"max_tokens": 5}, 400, "unsupported_parameter", "max_tokens"),
    ("o3-mini", {"max_tokens": 5}, 400, "unsupported_parameter", "max_tokens"),
    ("gpt-5.1", {"temperature": 0.7, "reasoning_effort": "low"}, 400, "unsupported_value", "temperature"),
    ("gpt-5", {"reasoning_effort": "none"}, 400, "unsupported_value", "reasoning_effort"),
    ("gpt-4o", {"reasoning_effort": "low"}, 400, None, None),
    ("gpt-4o", {"verbosity": "low"}, 400, "unsupported_value", "verbosity"),
    ("gpt-4o", {"temperature": 3}, 400, "decimal_above_max_value", "temperature"),
    ("gpt-4o", {"n": 2}, 400, "unsupported_value", "n"),
    ("gpt-4o", {"extra_body": {"nonsense": 1}}, 400, None, None),
    ("gpt-4o", {"max_tokens": 99999}, 400, "invalid_value", "max_tokens"),
    ("gpt-5", {"metadata": {"a": "b"}}, 400, None, None),
    ("gpt-4o", {"response_format": {"type": "json_object"}}, 400, None, "messages"),
    ("gpt-4o", strict({**CITY, "additionalProperties": True}), 400, None, "response_format"),
    ("gpt-4o", strict({**CITY, "required": ["city"]}), 400, None, "response_format"),
    ("gpt-4o", strict({"anyOf": [CITY]}), 400, None, "response_format"),
    ("gpt-4o", strict(having(city={"type": "string", "minLength": 1})), 400, None, "response_format"),
    ("gpt-5-pro", {}, 404, None, "model"),
    ("gpt-9", {}, 404, "model_not_found", None),
]  # fmt: skip


@pytest.mark.parametrize(("model", "more", "status", "code", "param"), REJECTED)
async def test_what_the_real_one_rejects(client, vendors, model, more, status, code, param):
    with pytest.raises(openai.APIStatusError) as no:
        await client.chat.completions.create(model=model, messages=HELLO, **more)
    assert (no.value.status_code, no.value.code, no.value.param) == (status, code, param)
    assert vendors.books.invoices == []


async def test_what_the_real_one_takes(client):
    for model, more in [
        ("gpt-5", {"temperature": 1, "max_completion_tokens": 9, "reasoning_effort": "minimal",
        "verbosity": "low"}),
        ("gpt-5.1", {"temperature": 0.7, "reasoning_effort": "none", "top_p": 0.9}),
        ("gpt-5.1", {"temperature": 0.7}),
        ("gpt-4o", {"temperature": 0.7, "top_p": 0.5, "max_tokens": 9, "stop": ["x"], "logprobs": True}),
        ("gpt-4o", strict(having(city={"type": "string", "pattern": "x"}))),
    ]:  # fmt: skip
        await client.chat.completions.create(model=model, messages=HELLO, **more)


async def test_tools_must_be_answered(client):
    called = {
        "role": "assistant",
        "tool_calls": [{"id": "a", "type": "function", "function": {"name": "x", "arguments": "{}"}}],
    }
    for messages in [*HELLO, called], [*HELLO, {"role": "tool", "tool_call_id": "a", "content": ""}]:
        with pytest.raises(openai.BadRequestError, match="tool_call"):
            await client.chat.completions.create(model="gpt-4o", messages=messages)


async def test_a_context_that_is_too_long(client, vendors):
    vendors.openai.models["gpt-4o"] = vendors.openai.models["gpt-4o"].shrunk(context=10)
    with pytest.raises(openai.BadRequestError) as no:
        await client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "x" * 41}])
    assert no.value.code == "context_length_exceeded"
    await client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "x" * 40}])


async def test_keys_are_looked_at_first(client, vendors):
    for key in "Bearer sk-wrong-and-long-enough-to-show", "":
        stranger = client.with_options(default_headers={"Authorization": key})
        with pytest.raises(openai.AuthenticationError):
            await stranger.chat.completions.create(model="gpt-9", messages=HELLO)
        with pytest.raises(openai.AuthenticationError):
            await stranger.models.list()
    vendors.openai.keys.add("sk-second")
    await client.with_options(api_key="sk-second").chat.completions.create(model="gpt-5", messages=HELLO)
    assert vendors.books.totals() == {("openai", "gpt-5", "sk-second"): 203}


async def test_a_server_in_ones_own_cellar(client, vendors):
    vendors.openai.open_to_all = True
    vendors.openai.offer("llama", like="gpt-4o", max_output=5)
    answer = await client.with_options(api_key="none").chat.completions.create(model="llama", messages=HELLO)
    assert (answer.model, answer.choices[0].finish_reason) == ("llama", "length")


async def test_models_are_listed(client):
    assert "gpt-5" in [model.id async for model in client.models.list()]
    assert (await client.models.retrieve("gpt-5")).id == "gpt-5"
    with pytest.raises(openai.NotFoundError):
        await client.models.retrieve("gpt-9")


def test_blocking_clients_are_served_too(vendors: Vendors):
    with openai.OpenAI(base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key) as client:
        assert (
            client.chat.completions.create(model="gpt-5", messages=HELLO).choices[0].message.content
            == SENTENCE
        )
