"""OpenAI's SDK and LangChain's DeepSeek at the stand-in."""

import json
from decimal import Decimal

import openai
import pytest
from langchain_deepseek import ChatDeepSeek
from pydantic import BaseModel

from tests.standins.model_vendors import SENTENCE, Said, Tokens, ToolCall, always, faults
from tests.standins.model_vendors.brains import THOUGHT

HELLO = [{"role": "user", "content": "Hello"}]
CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
TOOL = {"type": "function", "function": {"name": "look_up", "parameters": CITY}}


class City(BaseModel):
    city: str


@pytest.fixture
async def client(vendors, lines):
    return openai.AsyncOpenAI(
        base_url=vendors.deepseek.url,
        api_key=vendors.deepseek.key,
        max_retries=0,
        timeout=20,
        http_client=lines,
    )


def langchain(vendors, lines, model="deepseek-chat"):
    return ChatDeepSeek(
        model=model, api_base=vendors.deepseek.url, api_key=vendors.deepseek.key, max_retries=0,
        stream_usage=True, http_async_client=lines
    )  # fmt: skip


async def ask(client, model="deepseek-chat", messages=HELLO, **more):
    return await client.chat.completions.create(model=model, messages=messages, **more)


@pytest.mark.parametrize("path", ["", "/v1", "/beta"])
async def test_a_plain_answer_at_each_address(client, vendors, path):
    vendors.deepseek.brain = always(Said("Hi.", tokens=Tokens(prompt=1000, cached=600)))
    answer = await ask(client.with_options(base_url=vendors.deepseek.url + path))
    assert (answer.choices[0].message.content, answer.model) == ("Hi.", "deepseek-chat")
    assert (answer.usage.prompt_cache_hit_tokens, answer.usage.prompt_cache_miss_tokens) == (600, 400)
    assert vendors.books.invoices[0].micro_usd == 129, "600 * .028 + 400 * .28 + 1 * .42 = 129.22"


async def test_thoughts_come_before_words(vendors, lines):
    model = langchain(vendors, lines, "deepseek-reasoner")
    assert (await model.ainvoke("Hello")).additional_kwargs["reasoning_content"] == THOUGHT
    chunks = [chunk async for chunk in model.astream("Hello")]
    kinds = [
        "t" if chunk.additional_kwargs.get("reasoning_content") else "w"
        for chunk in chunks
        if chunk.content or chunk.additional_kwargs.get("reasoning_content")
    ]
    assert "".join(kinds) == "tttt" + "w" * 10
    whole = sum(chunks[1:], chunks[0])
    assert (whole.text, whole.usage_metadata["output_token_details"]["reasoning"]) == (SENTENCE, 5)


async def test_langchain_gets_a_structure_by_a_tool(vendors, lines):
    model = langchain(vendors, lines)
    assert await model.with_structured_output(City).ainvoke("Hello") == City(city="stand-in")
    assert "tools" in vendors.deepseek.requests[0].body
    made = await model.with_structured_output(None, method="json_mode").ainvoke("As JSON, please")
    assert made == {}


async def test_a_reasoner_is_not_told_which_tool_to_use(vendors, lines):
    with pytest.raises(openai.BadRequestError, match="does not support this tool_choice"):
        await langchain(vendors, lines, "deepseek-reasoner").with_structured_output(City).ainvoke("Hello")


@pytest.mark.parametrize("stream", [False, True])
async def test_a_reasoner_wants_its_thoughts_back_with_its_calls(client, vendors, stream):
    vendors.deepseek.brain = always(
        Said(reasoning="I must look.", calls=(ToolCall("look_up", {"city": "x"}, "call_1"),))
    )
    if stream:
        chunks = [chunk async for chunk in await ask(client, "deepseek-reasoner", tools=[TOOL], stream=True)]
        said = "".join(
            call.function.arguments for chunk in chunks for call in chunk.choices[0].delta.tool_calls or []
        )
        assert (json.loads(said), chunks[-1].choices[0].finish_reason) == ({"city": "x"}, "tool_calls")
        assert chunks[-1].usage.completion_tokens > 0
    else:
        got = (await ask(client, "deepseek-reasoner", tools=[TOOL])).choices[0].message
        assert got.reasoning_content == "I must look."
    call = {"id": "call_1", "type": "function", "function": {"name": "look_up", "arguments": "{}"}}
    brought = {"role": "tool", "tool_call_id": "call_1", "content": "Lima"}
    vendors.deepseek.brain = always("Lima.")
    called = {"role": "assistant", "content": "", "tool_calls": [call]}
    with pytest.raises(openai.BadRequestError, match=r"Missing `reasoning_content` field.*index 1"):
        await ask(client, "deepseek-reasoner", [*HELLO, called, brought], tools=[TOOL])
    await ask(client, "deepseek-reasoner", [*HELLO, {**called, "reasoning_content": "I must look."}, brought])
    await ask(client, "deepseek-chat", [*HELLO, called, brought])


PICTURE = [
    {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,"}}]}
]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"model": "deepseek-9"}, "Model Not Exist"),
        ({"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": CITY}}},
        "unavailable now"),
        ({"response_format": {"type": "json_object"}}, "must contain the word 'json'"),
        ({"max_tokens": 8193}, r"valid range of max_tokens is \[1, 8192\]"),
        ({"temperature": 2.5}, "valid range of temperature"),
        ({"messages": PICTURE}, "unknown variant `image_url`, expected `text`"),
        ({"messages": [{"role": "developer", "content": "x"}]}, "unknown variant `developer`"),
        ({"messages": [{"role": "user", "content": "x" * 4 * 131073}]}, "maximum context length is 131072 "
        "tokens"),
    ],
)  # fmt: skip
async def test_what_the_real_one_rejects(client, vendors, more, words):
    with pytest.raises(openai.BadRequestError, match=words) as no:
        await ask(client, **more)
    assert no.value.body["code"] == "invalid_request_error"
    assert vendors.books.invoices == []


async def test_what_is_no_use_to_it_is_passed_over(client):
    await ask(client, max_tokens=8192, temperature=2, extra_body={"nonsense": 1})
    await ask(client, "deepseek-reasoner", temperature=0.7, top_p=0.3)


async def test_wrong_keys_and_empty_accounts(client, vendors):
    with pytest.raises(openai.AuthenticationError, match=r"Your api key: \*\*\*\*rong is invalid"):
        await ask(client.with_options(api_key="sk-wrong"))
    vendors.deepseek.balances[vendors.deepseek.key] = Decimal("0.000001")
    await ask(client)
    with pytest.raises(openai.APIStatusError) as no:
        await ask(client)
    assert (no.value.status_code, no.value.body["message"]) == (402, "Insufficient Balance")
    balance = await client.get("/user/balance", cast_to=dict)
    assert (balance["is_available"], balance["balance_infos"][0]["total_balance"]) == (False, "0.00")
    assert "deepseek-chat" in [model.id async for model in client.models.list()]


@pytest.mark.parametrize(
    ("fault", "status"), [(faults.busy(), 429), (faults.no_balance(), 402), (faults.overloaded(), 503),
                          (faults.server_error(), 500), (faults.key_refused(), 401)],
)  # fmt: skip
async def test_faults_are_told_in_its_words(client, vendors, fault, status):
    vendors.deepseek.faults.append(fault)
    with pytest.raises(openai.APIStatusError) as no:
        await ask(client)
    assert (no.value.status_code, no.value.body["code"]) == (status, "invalid_request_error")


async def test_a_prompt_that_is_a_risk(client, vendors):
    vendors.deepseek.brain = always(Said(finish="blocked"))
    with pytest.raises(openai.BadRequestError, match="Content Exists Risk"):
        await ask(client)
    vendors.deepseek.brain = always(Said(finish="filtered", text="I "))
    assert (await ask(client)).choices[0].finish_reason == "content_filter"
