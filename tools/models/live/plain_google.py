"""The pieces of Gemini's streams, read once.

Google's package renames every field of a piece, throws away what it does not know, compares each with its
declared type and then checks all of it again: more than half of all that an answer of forty pieces costs.
A piece that says nothing but text, thoughts, calls and counts is read here; any other is the package's.
"""

import base64
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from typing import Any, TypeAlias, TypeVar

from google import genai
from google.genai import types
from google.genai.models import AsyncModels
from pydantic import BaseModel

Pieces: TypeAlias = AsyncIterator[types.GenerateContentResponse]
Fields: TypeAlias = Mapping[str, tuple[str, Callable[[Any], Any]]]
"""By the name in the JSON: the field of the package's type, and what reads it."""
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


class PlainModels:
    """Stands where LangChain's client has the package's `aio.models`; only its streams are other.

    The request is the package's, with its headers, errors and ending: it is sent through it.
    """

    def __init__(self, client: genai.Client) -> None:
        self._typed = client.aio.models
        self._line = client._api_client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._typed, name)

    async def generate_content_stream(self, **asked: Any) -> Pieces:
        """The pieces of an answer. Raises, here or while they are read, what the package raises."""
        heard = _Overheard(self._line)
        models: Any = AsyncModels(heard)  # type: ignore[arg-type]  # it stands in for the line
        return heard.filled(await models.generate_content_stream(**_asked_once(asked)))

    async def generate_content(self, **asked: Any) -> types.GenerateContentResponse:
        """The whole answer. Raises what the package raises."""
        return await self._typed.generate_content(**_asked_once(asked))


def _asked_once(asked: Mapping[str, Any]) -> dict[str, Any]:
    """An answer that could be continued ends there: the package would ask, and pay, for more by itself."""
    config = asked.get("config") or {}
    told = config if isinstance(config, dict) else config.model_copy(deep=False)
    if isinstance(told, dict):
        return {**asked, "config": {**told, "automatic_continuation": False}}
    told.automatic_continuation = False
    return {**asked, "config": told}


class _Overheard:
    """The package's line for one stream. The package gets an empty piece for each that is read here."""

    def __init__(self, line: Any) -> None:
        self._line = line
        self._read: types.GenerateContentResponse | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)

    async def async_request_streamed(self, *asked: Any) -> AsyncIterator[types.HttpResponse]:
        return self._emptied(await self._line.async_request_streamed(*asked))

    async def _emptied(self, answers: AsyncIterator[types.HttpResponse]) -> AsyncIterator[types.HttpResponse]:
        async with _closing(answers):
            async for answer in answers:
                self._read = plain_piece(answer.body or "")
                read = types.HttpResponse.model_construct(headers=answer.headers)
                yield answer if self._read is None else read

    async def filled(self, pieces: Pieces) -> Pieces:
        """The package's pieces, and ours in place of its empty ones."""
        async with _closing(pieces):
            async for typed in pieces:
                yield self._read or typed


def _closing(stream: AsyncIterator[Any]) -> AbstractAsyncContextManager[Any]:
    """Whoever goes before the end closes what it read from: else its line is open until it is collected."""
    return aclosing(stream) if isinstance(stream, AsyncGenerator) else nullcontext()


def plain_piece(body: str) -> types.GenerateContentResponse | None:
    """What the package would make of a piece, without how its counts divide, which LangChain passes over.

    None: the piece says something that is not read here.
    """
    try:
        read = _RESPONSE(json.loads(body))
    except (_Other, ValueError):
        return None
    return read if read.candidates else None


class _Other(Exception):
    """A piece that says something else."""


def _made(model: type[M], fields: Fields, passed_over: Iterable[str] = ()) -> Callable[[Any], M]:
    empty = model.model_construct()  # whose copies cost a tenth of what it costs itself
    passed_over = frozenset(passed_over)
    known = fields.keys() | passed_over

    def read(said: Any) -> M:
        if type(said) is not dict or not said.keys() <= known:
            raise _Other
        heard = ((fields[key], value) for key, value in said.items() if key not in passed_over)
        return empty.model_copy(update={name: reading(value) for (name, reading), value in heard})

    return read


def _just(kind: type) -> Callable[[Any], Any]:
    def read(said: Any) -> Any:
        if type(said) is not kind:
            raise _Other
        return said

    return read


def _each(reading: Callable[[Any], T]) -> Callable[[Any], list[T]]:
    def read(said: Any) -> list[T]:
        if type(said) is not list or not said:
            raise _Other
        return [reading(one) for one in said]

    return read


def _signature(said: Any) -> bytes:
    try:
        return base64.b64decode(said, validate=True)
    except (TypeError, ValueError):
        raise _Other from None


def _finish(said: Any) -> types.FinishReason:
    if type(said) is not str or said not in _ENDINGS:
        raise _Other
    return types.FinishReason(said)


_ENDINGS = frozenset({"STOP", "MAX_TOKENS"})
"""How an answer ends that has nothing more to say; the package reads the others."""
_CALL: Fields = {"id": ("id", _just(str)), "name": ("name", _just(str)), "args": ("args", _just(dict))}
_PART: Fields = {
    "text": ("text", _just(str)),
    "thought": ("thought", _just(bool)),
    "thoughtSignature": ("thought_signature", _signature),
    "functionCall": ("function_call", _made(types.FunctionCall, _CALL)),
}
_CONTENT: Fields = {"parts": ("parts", _each(_made(types.Part, _PART))), "role": ("role", _just(str))}
_CANDIDATE: Fields = {
    "content": ("content", _made(types.Content, _CONTENT)),
    "finishReason": ("finish_reason", _finish),
    "index": ("index", _just(int)),
}
_USAGE: Fields = {
    "promptTokenCount": ("prompt_token_count", _just(int)),
    "candidatesTokenCount": ("candidates_token_count", _just(int)),
    "thoughtsTokenCount": ("thoughts_token_count", _just(int)),
    "cachedContentTokenCount": ("cached_content_token_count", _just(int)),
    "totalTokenCount": ("total_token_count", _just(int)),
}
_DIVIDED = ("promptTokensDetails", "candidatesTokensDetails", "cacheTokensDetails", "serviceTier")
_COUNTS = _made(types.GenerateContentResponseUsageMetadata, _USAGE, passed_over=_DIVIDED)
_RESPONSE = _made(
    types.GenerateContentResponse,
    {
        "candidates": ("candidates", _each(_made(types.Candidate, _CANDIDATE))),
        "usageMetadata": ("usage_metadata", _COUNTS),
        "modelVersion": ("model_version", _just(str)),
        "responseId": ("response_id", _just(str)),
    },
)
