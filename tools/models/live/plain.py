"""The pieces of a streamed answer as the JSON that came.

OpenAI's package builds typed objects of every piece and of what is asked, and LangChain makes dictionaries
of them again: a third of all that an answer of forty pieces costs us. LangChain takes dictionaries as well.
"""

import inspect
from typing import Any

from openai import AsyncOpenAI, AsyncStream
from openai.resources.chat.completions import AsyncCompletions

BESIDE_THE_BODY = frozenset({"self", "extra_headers", "extra_query", "timeout"})
"""What the package takes for the request itself: we send none of it."""
IN_THE_BODY = frozenset(inspect.signature(AsyncCompletions.create).parameters) - BESIDE_THE_BODY


class PlainCompletions:
    """Stands where LangChain's client has the package's `chat.completions`; only its streams are other.

    The request is the same: the package posts it, with its headers, errors and ending.
    """

    def __init__(self, client: AsyncOpenAI) -> None:
        self._client = client
        self._typed = client.chat.completions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._typed, name)

    async def create(self, **payload: Any) -> Any:
        """An answer; a stream of dictionaries where one was asked for.

        Raises:
            TypeError: nobody knows one of the parameters.
        """
        if not payload.get("stream") or not payload.keys() <= IN_THE_BODY:
            return await self._typed.create(**payload)
        more = payload.pop("extra_body", None)
        return await self._client.post(
            "/chat/completions",
            body=payload,
            cast_to=object,
            options={"extra_json": more} if more else {},
            stream=True,
            stream_cls=AsyncStream[object],
        )
