"""Whole rounds with tools through LangChain, as an agent goes: call, result, answer."""

import pytest
from langchain_core.exceptions import ModelInvalidRequestError
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_deepseek import ChatDeepSeek
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI
from pydantic import BaseModel

from tests.standins.model_vendors import Said, ToolCall, script
from tests.unit.standins.gemini import NO_CERTIFICATES


class look_up(BaseModel):
    city: str


KINDS = ["chat", "responses", "deepseek-chat", "gemini-2.5-flash", "gemini-3-pro-preview"]
CALLS = (ToolCall("look_up", {"city": "Lima"}), ToolCall("look_up", {"city": "Bonn"}))


@pytest.fixture(params=KINDS)
async def model(request, vendors, lines):
    kind = request.param
    if kind.startswith("gemini"):
        made = ChatGoogleGenerativeAI(
            model=kind,
            google_api_key=vendors.google.key,
            base_url=vendors.google.url,
            max_retries=1,
            client_args=NO_CERTIFICATES,
        )
        yield made
        await made.client.aio.aclose()
        made.client.close()
    elif kind.startswith("deepseek"):
        yield deepseek(vendors, lines, kind)
    else:
        yield ChatOpenAI(
            model="gpt-5", base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key, max_retries=0,
            http_async_client=lines, use_responses_api=kind == "responses",
        )  # fmt: skip


def deepseek(vendors, lines, name):
    return ChatDeepSeek(
        model=name, api_base=vendors.deepseek.url, api_key=vendors.deepseek.key, max_retries=0,
        http_async_client=lines,
    )  # fmt: skip


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_tool_is_called_and_its_result_heard(model, vendors, streamed):
    heard = []
    answer = lambda asked: heard.append(asked) or Said("Both are far.")  # noqa: E731
    vendors.think_with(script([Said(reasoning="hm", calls=CALLS), answer]))
    tools = model.bind_tools([look_up])
    question = HumanMessage("How far?")
    called = await tools.ainvoke([question]) if not streamed else await _streamed(tools, question)
    assert [call["args"]["city"] for call in called.tool_calls] == ["Lima", "Bonn"]
    results = [ToolMessage("9", tool_call_id=call["id"], name="look_up") for call in called.tool_calls]
    assert (await tools.ainvoke([question, called, *results])).text == "Both are far."
    assert [turn.role for turn in heard[0].turns if turn.role == "tool"] == ["tool", "tool"]
    assert len(vendors.books.invoices) == 2


async def _streamed(tools, question):
    chunks = [chunk async for chunk in tools.astream([question])]
    return sum(chunks[1:], chunks[0])


async def test_langchain_does_not_give_deepseeks_thoughts_back(vendors, lines):
    """No round with tools ends on a model that thinks unless the client adds `reasoning_content` itself."""
    vendors.think_with(script([Said(reasoning="hm", calls=CALLS[:1])]))
    tools = deepseek(vendors, lines, "deepseek-reasoner").bind_tools([look_up])
    called = await tools.ainvoke([HumanMessage("How far?")])
    assert called.additional_kwargs["reasoning_content"] == "hm"
    result = ToolMessage("9", tool_call_id=called.tool_calls[0]["id"])
    with pytest.raises(ModelInvalidRequestError, match="Missing `reasoning_content` field"):
        await tools.ainvoke([HumanMessage("How far?"), called, result])
