"""Streams as dictionaries: the same request as OpenAI's package sends, and the same pieces."""

import json
from typing import Any

import httpx2
import pytest
from openai import APIError, AsyncOpenAI

from tools.models.live.plain import PlainCompletions

PIECES = [
    {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-5",
     "choices": [{"index": 0, "delta": {"role": "assistant", "content": "Ola", "refusal": None}}]},
    {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-5", "new": {"field": [1]},
     "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
    {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-5", "choices": [],
     "usage": {"prompt_tokens": 3, "completion_tokens": 1, "total_tokens": 4}},
]  # fmt: skip
ASKED: dict[str, Any] = {
    "model": "gpt-5", "messages": [{"role": "user", "content": "Olá"}], "max_completion_tokens": 9,
    "stream": True, "stream_options": {"include_usage": True},
    "tools": [{"type": "function", "function": {"name": "cut", "parameters": {"type": "object"}}}],
    "extra_body": {"response_format": {"type": "json_object"}},
}  # fmt: skip


class Vendor:
    """Answers each request with the same lines, and keeps what it was sent."""

    def __init__(self, *lines: str) -> None:
        self.lines = "".join(f"data: {line}\n\n" for line in lines)
        self.requests: list[httpx2.Request] = []
        lines_to_us = httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))
        self.client = AsyncOpenAI(
            api_key="k", base_url="https://vendor.test/v1", max_retries=0, http_client=lines_to_us
        )

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, text=self.lines)


def whole() -> Vendor:
    return Vendor(*map(json.dumps, PIECES), "[DONE]")


async def heard(stream: Any) -> list[Any]:
    return [piece async for piece in stream]


async def test_the_request_is_that_of_the_package() -> None:
    vendor = whole()
    await heard(await vendor.client.chat.completions.create(**ASKED))
    await heard(await PlainCompletions(vendor.client).create(**ASKED))
    typed, plain = vendor.requests
    assert (plain.method, plain.url) == (typed.method, typed.url)
    assert json.loads(plain.content) == json.loads(typed.content)
    assert dict(plain.headers) == dict(typed.headers)
    assert json.loads(plain.content)["response_format"] == {"type": "json_object"}


async def test_the_pieces_are_those_that_came() -> None:
    vendor = whole()
    typed = await heard(await vendor.client.chat.completions.create(**ASKED))
    plain = await heard(await PlainCompletions(vendor.client).create(**ASKED))
    assert plain == PIECES
    assert [piece.model_dump(exclude_unset=True) for piece in typed] == plain


async def test_an_error_inside_a_stream_is_the_packages_own() -> None:
    vendor = Vendor(json.dumps(PIECES[0]), '{"error": {"message": "the server had an error"}}')
    with pytest.raises(APIError, match="the server had an error"):
        await heard(await PlainCompletions(vendor.client).create(**ASKED))


async def test_a_parameter_that_nobody_knows_is_not_sent() -> None:
    vendor = whole()
    with pytest.raises(TypeError, match="nobody_knows_this"):
        await PlainCompletions(vendor.client).create(**ASKED, nobody_knows_this=1)
    assert vendor.requests == []


async def test_what_is_for_the_request_itself_goes_the_packages_way() -> None:
    vendor = whole()
    stream = await PlainCompletions(vendor.client).create(**ASKED, extra_headers={"x-shot": "12A"})
    assert (await heard(stream))[0].choices[0].delta.content == "Ola"
    assert vendor.requests[0].headers["x-shot"] == "12A"
