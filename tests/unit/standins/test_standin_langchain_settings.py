"""What LangChain sends on to a GPT-5 that does not take it: our clients must not lean on it."""

import pytest
from langchain_core.exceptions import ModelInvalidRequestError
from langchain_openai import ChatOpenAI


@pytest.fixture
def gpt(vendors, lines):
    def make(model="gpt-5", **more):
        return ChatOpenAI(
            model=model, base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key, max_retries=0,
            http_async_client=lines, **more,
        )  # fmt: skip

    return make


async def test_it_drops_a_temperature_only_where_it_is_made(gpt, vendors):
    await gpt(temperature=0.7, max_tokens=50).ainvoke("Hello")
    assert "temperature" not in vendors.openai.requests[0].body
    assert vendors.openai.requests[0].body["max_completion_tokens"] == 50
    with pytest.raises(ModelInvalidRequestError, match="'temperature' does not support"):
        await gpt().bind(temperature=0.7).ainvoke("Hello")
    with pytest.raises(ModelInvalidRequestError, match="'temperature' does not support"):
        await gpt().ainvoke("Hello", temperature=0.7)
    assert len(vendors.books.invoices) == 1


async def test_it_keeps_what_else_is_not_taken(gpt):
    for more in {"top_p": 0.9}, {"presence_penalty": 0.5}, {"stop": ["x"]}:
        with pytest.raises(ModelInvalidRequestError, match="is not supported with this model"):
            await gpt(**more).ainvoke("Hello")


async def test_without_effort_all_is_taken(gpt):
    answer = await gpt("gpt-5.1", reasoning_effort="none", temperature=0.7, verbosity="low").ainvoke("Hello")
    assert answer.response_metadata["model_name"] == "gpt-5.1-2025-11-13"


async def test_no_tokens_are_counted_behind_an_address_of_ones_own(gpt, vendors):
    chunks = [chunk async for chunk in gpt("gpt-4o").astream("Hello")]
    assert sum(chunks[1:], chunks[0]).usage_metadata is None
    chunks = [chunk async for chunk in gpt("gpt-4o", stream_usage=True).astream("Hello")]
    assert sum(chunks[1:], chunks[0]).usage_metadata["output_tokens"] == 15
    assert [invoice.completion_tokens for invoice in vendors.books.invoices] == [15, 15], (
        "billed all the same"
    )
