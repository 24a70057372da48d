"""Gemini's streams read once: the request of Google's package, and what LangChain would have heard."""

import json
from typing import Any

import httpx
import pytest
from google import genai
from google.genai.errors import ClientError
from google.genai.types import GenerateContentConfig, HttpOptions
from langchain_google_genai.chat_models import _response_to_result

from tests.standins.cassette_player import exchanges
from tests.unit.standins.recorded import events
from tools.models.live.plain_google import PlainModels, plain_piece

COUNTS = {"promptTokenCount": 15, "candidatesTokenCount": 4, "thoughtsTokenCount": 2, "totalTokenCount": 21,
          "cachedContentTokenCount": 3, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 15}],
          "serviceTier": "standard"}  # fmt: skip
RATING = {"category": "HARM_CATEGORY_HARASSMENT", "probability": "LOW"}
ASKED: dict[str, Any] = {
    "model": "gemini-2.5-flash", "contents": [{"role": "user", "parts": [{"text": "Olá"}]}],
    "config": {"system_instruction": "Speak as Rosa.", "max_output_tokens": 9},
}  # fmt: skip


def piece(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    candidate = {"content": {"parts": list(parts), "role": "model"}, "index": 0, **more}
    return {
        "candidates": [candidate],
        "usageMetadata": COUNTS,
        "modelVersion": "gemini-2.5-flash",
        "responseId": "r",
    }


PLAIN = {
    "text": piece({"text": "Não vá"}),
    "thoughts": piece(
        {"text": "She leaves.", "thought": True}, {"text": "Vá", "thoughtSignature": "AQIDBA=="}
    ),
    "a call": piece({"functionCall": {"name": "cut", "args": {"to": [1, None]}, "id": "c1"}}),
    "no parts": piece() | {"candidates": [{"content": {"role": "model"}, "finishReason": "MAX_TOKENS"}]},
    "the end": piece({"text": ""}, finishReason="STOP"),
}
OTHER = {
    "a field of tomorrow": piece({"text": "Oi"}) | {"modelStatus": {}},
    "a part of tomorrow": piece({"text": "Oi", "speechMetadata": {}}),
    "a picture": piece({"inlineData": {"mimeType": "image/png", "data": "AQID"}}),
    "another end": piece({"text": "Oi"}, finishReason="SAFETY"),
    "an end of tomorrow": piece({"text": "Oi"}, finishReason="TIRED"),
    "an end that is none": piece({"text": "Oi"}, finishReason=["STOP"]),
    "ratings": piece({"text": "Oi"}, safetyRatings=[RATING]),
    "a refused prompt": {"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": COUNTS},
    "no candidate": {"usageMetadata": COUNTS, "modelVersion": "gemini-2.5-flash"},
    "a count that is none": piece({"text": "Oi"}) | {"usageMetadata": {"promptTokenCount": "15"}},
    "a text that is none": piece({"text": None}),
    "a signature that is none": piece({"text": "Oi", "thoughtSignature": "?"}),
}  # fmt: skip


class Google:
    """Answers each request with the same pieces, and keeps what it was sent."""

    def __init__(self, *pieces: dict[str, Any]) -> None:
        self.lines = "".join(f"data: {json.dumps(one)}\r\n\r\n" for one in pieces)
        self.requests: list[httpx.Request] = []
        self.last_after = 99
        """After so many requests an answer has nothing to go on with."""
        lines = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        options = HttpOptions(base_url="https://vendor.test", httpx_async_client=lines)
        self.client = genai.Client(vertexai=False, api_key="k", http_options=options)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        over = f"data: {json.dumps(PLAIN['the end'])}\r\n\r\n"
        said = over if len(self.requests) > self.last_after else self.lines
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, text=said)


async def heard(models: Any) -> list[Any]:
    return [one async for one in await models.generate_content_stream(**ASKED)]


def to_langchain(one: Any) -> dict[str, Any]:
    return _response_to_result(one, stream=True).model_dump()


@pytest.fixture(autouse=True)
def same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """LangChain names a call that has no id of its own by chance."""
    monkeypatch.setattr("uuid.uuid4", lambda: "by chance")


async def both(*pieces: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """What LangChain makes of a stream of these: from the package, and from us."""
    google = Google(*pieces)
    typed = await heard(google.client.aio.models)
    ours = await heard(PlainModels(google.client))
    return list(map(to_langchain, typed)), list(map(to_langchain, ours))


async def test_the_request_is_that_of_the_package() -> None:
    google = Google(PLAIN["text"])
    await heard(google.client.aio.models)
    await heard(PlainModels(google.client))
    typed, plain = google.requests
    assert (plain.method, plain.url) == (typed.method, typed.url)
    assert json.loads(plain.content) == json.loads(typed.content)
    assert dict(plain.headers) == dict(typed.headers)
    assert b"Speak as Rosa." in plain.content


@pytest.mark.parametrize("said", PLAIN.values(), ids=PLAIN)
async def test_langchain_hears_the_same(said: dict[str, Any]) -> None:
    typed, ours = await both(said)
    assert ours == typed
    assert plain_piece(json.dumps(said)) is not None


@pytest.mark.parametrize("said", OTHER.values(), ids=OTHER)
def test_whatever_else_a_piece_says_is_the_packages_to_read(said: dict[str, Any]) -> None:
    assert plain_piece(json.dumps(said)) is None


@pytest.mark.parametrize("body", ["", "[]", "null", '"STOP"', '{"candidates'])
def test_what_is_no_piece_is_the_packages_to_read(body: str) -> None:
    assert plain_piece(body) is None


async def test_a_stream_of_both_kinds_keeps_its_order_and_its_counts() -> None:
    other = [OTHER[name] for name in ("a field of tomorrow", "a picture", "another end", "ratings")]
    typed, ours = await both(*PLAIN.values(), *other, *reversed(PLAIN.values()), *other)
    assert ours == typed
    assert len(ours) == 2 * (len(PLAIN) + len(other))


@pytest.mark.parametrize("name", ["stream_text", "stream_tool_thought_signature"])
async def test_langchain_hears_the_same_of_what_google_really_said(name: str) -> None:
    for exchange in exchanges(f"google/{name}.yaml"):
        pieces = events(exchange.body)
        typed, ours = await both(*pieces)
        assert ours == typed
        assert all(plain_piece(json.dumps(one)) for one in pieces)


@pytest.mark.parametrize("models", [lambda client: client.aio.models, PlainModels], ids=["package", "ours"])
async def test_an_error_inside_a_stream_is_the_packages_own(models: Any) -> None:
    broken = {"error": {"code": 429, "message": "the quota is used up", "status": "RESOURCE_EXHAUSTED"}}
    google = Google(PLAIN["text"], broken)
    with pytest.raises(ClientError, match="the quota is used up"):
        await heard(models(google.client))


@pytest.mark.parametrize("end", ["STOP", "CONTINUATION"])
@pytest.mark.parametrize("config", [ASKED["config"], None, GenerateContentConfig(max_output_tokens=9)])
async def test_an_answer_that_could_go_on_is_not_asked_to(end: str, config: Any) -> None:
    """Google's package would send request after request of its own, none of them booked."""
    going_on = piece({"text": "Vá"}, continuationToken="AQID")
    google = Google(going_on, piece({"text": "..."}, finishReason=end))
    pieces = [one async for one in await PlainModels(google.client).generate_content_stream(
        **{**ASKED, "config": config})]  # fmt: skip
    assert (len(google.requests), len(pieces)) == (1, 2)


async def test_the_package_would_ask_for_more() -> None:
    """The control."""
    google = Google(piece({"text": "Vá"}, continuationToken="AQID", finishReason="CONTINUATION"))
    google.last_after = 2
    await heard(google.client.aio.models)
    assert len(google.requests) > 1


async def test_a_whole_answer_is_the_packages() -> None:
    google = Google()
    google.lines = json.dumps(PLAIN["the end"])
    said = await PlainModels(google.client).generate_content(**ASKED)
    assert said.candidates[0].finish_reason == "STOP"
    assert len(google.requests) == 1
