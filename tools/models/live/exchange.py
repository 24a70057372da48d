"""One exchange with a vendor: exactly one request, its answer in pieces as it comes, and what it took.

Retries, other keys and stand-ins are decided around this, each where it belongs.
"""

import json
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.messages.ai import add_ai_message_chunks

from state.errors import ProviderError, ProviderTimeout
from state.order import Usage
from tools.clock import Clock
from tools.ending import cancelled_once
from tools.models.base import Booking, TextCall, TextEnd
from tools.models.catalog import TextModelCard
from tools.models.live.answers import Answers
from tools.models.live.asked import Asked, Listener, Reply
from tools.models.live.failures import VENDOR_ERRORS, ours
from tools.models.live.inside import told_inside
from tools.models.live.messages import messages_of
from tools.models.live.parameters import most_output, parameters_of
from tools.models.live.reading import finished, reply_of, text_of
from tools.models.live.timing import at_most

NOTHING_CAME = "No generation chunks"
"""LangChain's words for an answer without a single piece."""
BYTES_PER_TOKEN = 4
"""About how long a token is, for what a vendor did not count."""
PICTURE_TOKENS = 3000
"""More than any of the vendors asks for one picture."""
FRAME_TOKENS = 200
"""What vendors add around roles, tools and shapes."""


class Exchange:
    """One request and its answer."""

    def __init__(self, client: BaseChatModel, card: TextModelCard, asked: Asked, *, clock: Clock) -> None:
        self._client, self._card, self._asked, self._clock = client, card, asked, clock
        self._messages = messages_of(asked)
        self._parameters = parameters_of(card, asked)
        self._heard: list[AIMessage] = []
        self._calling = ""
        self._letters = 0
        """Of the answer, by now."""

    async def run(self, booking: Booking, *, timeout_s: float, listener: Listener) -> Reply:
        """Send it and read the whole answer. What it took is told to the booking, however it ends.

        Raises:
            ProviderError: with its kind.
            BudgetError: nothing was sent.
        """
        await booking.begin(TextCall(provider=self._card.provider, model=self._card.id, most=self._most()))
        ended = TextEnd(outcome="ambiguous", detail="the caller went away")
        try:
            await self._listen(timeout_s, listener)
            reply = self._whole()
            ended = TextEnd(outcome="done", usage=reply.usage)
            return reply
        except ProviderError as error:
            ended = self._failed(error)
            raise
        finally:
            booking.end(ended)

    async def _listen(self, timeout_s: float, listener: Listener) -> None:
        try:
            async with at_most(timeout_s, clock=self._clock):
                await cancelled_once(self._read(listener))
        except TimeoutError as exc:
            said = f"gave no whole answer within {timeout_s:g} s; {self._so_far()}."
            raise self._lost(said, timeout_s=timeout_s) from exc
        except VENDOR_ERRORS as exc:
            raise ours(exc, self._card, now=self._clock.now(), heard=self._letters) from exc

    async def _read(self, listener: Listener) -> None:
        try:
            async with Answers():
                await (self._pieces(listener) if self._card.streams else self._at_once(listener))
        except ValueError as exc:
            if NOTHING_CAME in str(exc):
                raise self._lost("closed the line without an answer.") from exc
            if (told := told_inside(exc, begun=bool(self._heard))) is None:
                raise
            raise told from exc

    async def _pieces(self, listener: Listener) -> None:
        stream = self._client.astream(self._messages, **self._parameters)
        async with aclosing(stream):  # type: ignore[type-var]  # an async generator
            async for chunk in stream:
                self._heard.append(chunk)
                if text := text_of(chunk) or self._as_function(chunk):
                    self._letters += len(text)
                    listener.hear(text)

    async def _at_once(self, listener: Listener) -> None:
        message = await self._client.ainvoke(self._messages, **self._parameters)
        self._heard = [message]
        listener.hear(text_of(message))

    def _as_function(self, chunk: AIMessage) -> str:
        """A piece of the answer of a model that answers by calling a function."""
        parts = chunk.tool_call_chunks if isinstance(chunk, AIMessageChunk) else []
        for part in parts:
            self._calling = part["name"] or self._calling
        answers = self._asked.shape is not None and self._calling == self._asked.shape.__name__
        return "".join(part["args"] or "" for part in parts) if answers else ""

    def _whole(self) -> Reply:
        message = _joined(self._heard)
        if not finished(message):
            raise self._lost(f"stopped in the middle of its answer; {self._so_far()}.")
        reply = reply_of(message)
        return reply if reply.usage.total_tokens else self._counted(reply)

    def _counted(self, reply: Reply) -> Reply:
        """Our own count, where the vendor told none."""
        read = sum(len(str(message.content)) for message in self._messages) // BYTES_PER_TOKEN
        wrote = len(reply.text) // BYTES_PER_TOKEN
        return replace(reply, usage=Usage(prompt_tokens=read, completion_tokens=wrote, estimated=True))

    def _failed(self, error: ProviderError) -> TextEnd:
        """An error costs nothing, unless the answer had begun or nobody knows."""
        unknown = error.kind == "ambiguous" or bool(self._heard)
        return TextEnd(
            outcome=error.kind,  # type: ignore[arg-type]  # one of the kinds: `failures` made it
            usage=None if unknown else Usage(),
            detail=error.message,
        )

    def _so_far(self) -> str:
        return f"{self._letters} letters of it had come" if self._letters else "no word of it had come"

    def _lost(self, said: str, **details: float) -> ProviderTimeout:
        return ProviderTimeout(
            f"{self._card.title} at {self._card.provider} {said}",
            provider=self._card.provider, model=self._card.id, kind="ambiguous", details=details,
        )  # fmt: skip

    def _most(self) -> Usage:
        """More than it can take: a token is a byte at least."""
        words = [self._asked.system, self._asked.text]
        words += [f"{turn.reply.native}{turn.text}{turn.results}" for turn in self._asked.turns]
        size = len("".join(words).encode()) + len(json.dumps(self._parameters, default=str).encode())
        return Usage(
            prompt_tokens=size + PICTURE_TOKENS * len(self._asked.pictures) + FRAME_TOKENS,
            completion_tokens=most_output(self._card, self._asked),
        )


def _joined(heard: Sequence[AIMessage]) -> AIMessage:
    chunks = [one for one in heard if isinstance(one, AIMessageChunk)]
    return add_ai_message_chunks(*chunks) if chunks else heard[0]
