"""Google's SDK and LangChain at the stand-in of the Gemini API."""

import base64
import json

import httpx
import pytest
from google import genai
from google.genai import errors, types
from langchain_google_genai import ChatGoogleGenerativeAI
from pydantic import BaseModel

from tests.standins.model_vendors import SENTENCE, Gate, Said, Signal, Tokens, ToolCall, always, faults
from tests.standins.model_vendors.brains import THOUGHT
from tests.unit.standins.gemini import LOOK_UP, ask, stream

CALL = Said(calls=(ToolCall("look_up", {"city": "Lima"}),))


class City(BaseModel):
    city: str
    people: list[str]


@pytest.fixture
async def langchain(vendors):
    made = ChatGoogleGenerativeAI(
        model="gemini-2.5-flash",
        google_api_key=vendors.google.key,
        base_url=vendors.google.url,
        max_retries=1,
    )
    yield made
    await made.client.aio.aclose()
    made.client.close()


async def test_a_plain_answer_says_what_was_used(gemini, vendors):
    answer = await ask(gemini, system_instruction="Be kind.")
    used = answer.usage_metadata
    assert (answer.text, answer.candidates[0].finish_reason) == (SENTENCE, "STOP")
    assert (used.prompt_token_count, used.candidates_token_count, used.thoughts_token_count) == (4, 15, 5)
    assert used.total_token_count == 24
    assert vendors.books.invoices[0].micro_usd == 51, "4 * .30 + 20 * 2.50 = 51.2"


async def test_a_stream_counts_as_it_goes(gemini, vendors):
    events = await stream(gemini, thinking_config=types.ThinkingConfig(include_thoughts=True))
    parts = [part for event in events for part in event.candidates[0].content.parts]
    assert "".join(part.text for part in parts if part.thought) == THOUGHT
    assert "".join(part.text for part in parts if not part.thought) == SENTENCE
    counts = [event.usage_metadata.candidates_token_count or 0 for event in events]
    assert counts == sorted(counts)
    assert (counts[-1], events[-1].candidates[0].finish_reason) == (15, "STOP")


async def test_pieces_leave_one_by_one(gemini, vendors):
    gate = Gate(1)
    vendors.google.brain = always(Said("one two", before_piece=gate))
    events = await gemini.aio.models.generate_content_stream(model="gemini-2.0-flash", contents="Hello")
    assert (await anext(events)).text == "one "
    gate.open()
    assert [event.text async for event in events] == ["two", ""]


def test_blocking_clients_are_served_too(vendors):
    with genai.Client(
        api_key=vendors.google.key, http_options=types.HttpOptions(base_url=vendors.google.url)
    ) as client:
        assert client.models.generate_content(model="gemini-2.5-flash", contents="Hello").text == SENTENCE


async def test_a_stream_without_events_is_one_array(vendors):
    async with httpx.AsyncClient(base_url=vendors.google.url) as web:
        path = "/v1beta/models/gemini-2.5-flash:streamGenerateContent"
        asked = {"contents": [{"parts": [{"text": "Hello"}]}]}
        answer = await web.post(path, params={"key": vendors.google.key}, json=asked)
        said = "".join(event["candidates"][0]["content"]["parts"][0]["text"] for event in answer.json())
        assert (said, answer.headers["content-type"]) == (SENTENCE, "application/json; charset=UTF-8")
        no = await web.post(path, params={"key": vendors.google.key}, json={"nonsense": 1})
        assert no.json()[0]["error"]["status"] == "INVALID_ARGUMENT"


async def test_both_kinds_of_schemas_are_kept(gemini, vendors):
    for config in {"response_schema": City}, {"response_json_schema": City.model_json_schema()}:
        answer = await ask(gemini, response_mime_type="application/json", **config)
        assert json.loads(answer.text) == {"city": "stand-in", "people": []}


@pytest.mark.parametrize("streamed", [False, True])
async def test_signatures_must_come_back_with_the_calls(gemini, vendors, streamed):
    vendors.google.brain = always(CALL)
    asked = {"model": "gemini-3-pro-preview", "tools": [LOOK_UP]}
    if streamed:
        content = (await stream(gemini, **asked))[0].candidates[0].content
    else:
        content = (await ask(gemini, **asked)).candidates[0].content
    call = content.parts[0]
    assert (call.function_call.args, bool(call.thought_signature)) == ({"city": "Lima"}, True)
    vendors.google.brain = always("Lima.")
    brought = types.Content(
        role="user", parts=[types.Part.from_function_response(name="look_up", response={"a": 1})]
    )
    hello = types.Content(role="user", parts=[types.Part(text="Hello")])
    assert (await ask(gemini, [hello, content, brought], **asked)).text == "Lima."
    for signature, words in (
        (None, "missing a thought_signature"),
        (b"made up", "Corrupted thought signature"),
    ):
        content.parts[0].thought_signature = signature
        with pytest.raises(errors.ClientError, match=words):
            await ask(gemini, [hello, content, brought], **asked)
    content.parts[0].thought_signature = b"skip_thought_signature_validator"
    await ask(gemini, [hello, content, brought], **asked)
    content.parts[0].thought_signature = None
    await ask(gemini, [hello, content, brought], model="gemini-2.5-flash", tools=[LOOK_UP])
    with pytest.raises(errors.ClientError, match="number of function response parts is equal"):
        await ask(gemini, [hello, content, hello], model="gemini-2.5-flash", tools=[LOOK_UP])


async def test_a_forced_call_and_pictures(gemini, vendors):
    calling = types.FunctionCallingConfig(mode="ANY", allowed_function_names=["look_up"])
    picture = types.Part.from_bytes(data=b"png", mime_type="image/png")
    answer = await ask(
        gemini, [picture, "What is it?"], tools=[LOOK_UP],
        tool_config=types.ToolConfig(function_calling_config=calling),
    )  # fmt: skip
    assert answer.function_calls[0].args == {"city": "stand-in"}
    details = {
        detail.modality.value: detail.token_count for detail in answer.usage_metadata.prompt_tokens_details
    }
    assert details["IMAGE"] == 500


async def test_answers_that_are_none(gemini, vendors):
    vendors.google.brain = always(Said(finish="blocked"))
    answer = await ask(gemini)
    assert (answer.candidates, answer.prompt_feedback.block_reason) == (None, "PROHIBITED_CONTENT")
    assert vendors.books.invoices[0].completion_tokens == 0
    vendors.google.brain = always(Said(finish="filtered"))
    answer = await ask(gemini)
    assert (answer.text, answer.candidates[0].finish_reason) == (None, "SAFETY")
    assert answer.candidates[0].safety_ratings[0].blocked
    vendors.google.brain = always(Said(finish="empty", reason="RECITATION"))
    assert (await ask(gemini)).candidates[0].finish_reason == "RECITATION"
    vendors.google.brain = always(Said("An answer", reasoning="x" * 80))
    answer = await ask(gemini, max_output_tokens=20)
    assert (answer.text, answer.candidates[0].finish_reason) == (None, "MAX_TOKENS")
    assert (await ask(gemini, max_output_tokens=21)).text == "An a"
    vendors.google.brain = always(Said("x", tokens=Tokens(prompt=1000, cached=900, reasoning=0)))
    assert (await ask(gemini)).usage_metadata.cached_content_token_count == 900
    assert vendors.books.invoices[-1].micro_usd == 60, "100 * .3 + 900 * .03 + 1 * 2.5 = 59.5"


@pytest.mark.parametrize(
    ("fault", "error", "status", "billed"),
    [
        (faults.busy(34.4), errors.ClientError, "RESOURCE_EXHAUSTED", False),
        (faults.quota_exhausted(), errors.ClientError, "RESOURCE_EXHAUSTED", False),
        (faults.key_refused(), errors.ClientError, "INVALID_ARGUMENT", False),
        (faults.server_error(), errors.ServerError, "INTERNAL", False),
        (faults.server_error(504, billed=True), errors.ServerError, "DEADLINE_EXCEEDED", True),
        (faults.overloaded(), errors.ServerError, "UNAVAILABLE", False),
        (faults.gateway_page(), errors.ServerError, "Bad Gateway", False),
        (faults.closed_unanswered(), Exception, None, True),
    ],
)
async def test_faults_are_told_in_its_words(gemini, vendors, fault, error, status, billed):
    vendors.google.faults.append(fault)
    if fault.kind == "unanswered":
        vendors.google.faults.append(fault)  # its HTTP library asks once more by itself
    with pytest.raises(error) as no:
        await ask(gemini)
    assert getattr(no.value, "status", None) == status
    assert bool(vendors.books.invoices) == billed
    if fault.retry_after_s:
        assert no.value.details["error"]["details"][1]["retryDelay"] == "34.4s"
        assert "retry-after" not in no.value.response.headers


async def test_a_stream_that_is_cut_or_hangs(gemini, vendors):
    release = Signal()
    vendors.google.brain = always(Said("one two three"))
    vendors.google.faults += [faults.cut(2), faults.stream_hangs(1, release)]
    with pytest.raises(Exception, match=r"(?i)payload|closed|incomplete"):
        await stream(gemini, model="gemini-2.0-flash")
    assert vendors.books.invoices[0].completion_tokens == 2
    events = await gemini.aio.models.generate_content_stream(model="gemini-2.0-flash", contents="Hello")
    assert (await anext(events)).text == "one "
    release.set()
    assert "".join([event.text async for event in events]) == "two three"


async def test_langchain(langchain, vendors):
    assert (await langchain.ainvoke("Hello")).text == SENTENCE
    chunks = [chunk async for chunk in langchain.astream("Hello")]
    whole = sum(chunks[1:], chunks[0])
    assert (whole.text, whole.usage_metadata["output_tokens"]) == (SENTENCE, 20)
    assert (await langchain.with_structured_output(City).ainvoke("Hello")).city == "stand-in"
    called = await langchain.bind_tools([City], tool_choice="City").ainvoke("Hello")
    assert called.tool_calls[0]["args"] == {"city": "stand-in", "people": []}
    picture = {"type": "image_url", "image_url": "data:image/png;base64," + base64.b64encode(b"png").decode()}
    seen = []
    vendors.google.brain = lambda asked: seen.append(asked.pictures) or Said("A png.")
    await langchain.ainvoke([("user", [{"type": "text", "text": "What?"}, picture])])
    assert seen == [1]
