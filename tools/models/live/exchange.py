"""One exchange with a vendor: exactly one request, its answer in pieces as it comes, and what it took.

Retries, other keys and stand-ins are decided around this, each where it belongs.
"""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing, contextmanager
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
from tools.models.live.failures import UNREADABLE, VENDOR_ERRORS, ours
from tools.models.live.inside import told_inside
from tools.models.live.messages import messages_of
from tools.models.live.parameters import most_output, parameters_of
from tools.models.live.reading import finished, reply_of, text_of
from tools.resilience.at_most import at_most

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

    def __init__(
        self,
        client: BaseChatModel,
        card: TextModelCard,
        asked: Asked,
        *,
        clock: Clock,
        own_key: bool = False,
    ) -> None:
        self._client, self._card, self._asked, self._clock = client, card, asked, clock
        self._own_key = own_key
        self._messages = messages_of(asked)
        self._parameters = parameters_of(card, asked)
        self._answers = Answers()
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
        card = self._card
        await booking.begin(
            TextCall(provider=card.provider, model=card.id, most=self._most(), own_key=self._own_key)
        )
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
        async with self._answers:
            await (self._pieces(listener) if self._card.streams else self._at_once(listener))

    async def _pieces(self, listener: Listener) -> None:
        stream = self._client.astream(self._messages, **self._parameters)
        async with aclosing(stream):  # type: ignore[type-var]  # an async generator
            while (text := await self._next_text(stream)) is not None:
                if text:
                    self._letters += len(text)
                    listener.hear(text)

    async def _next_text(self, stream: AsyncIterator[AIMessageChunk]) -> str | None:
        """The words of the next piece; None after the last."""
        with self._reading():
            chunk = await anext(stream, None)
            if chunk is None:
                return None
            self._heard.append(chunk)
            return text_of(chunk) or self._as_function(chunk)

    async def _at_once(self, listener: Listener) -> None:
        with self._reading():
            message = await self._client.ainvoke(self._messages, **self._parameters)
            self._heard = [message]
            text = text_of(message)
        listener.hear(text)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The one place where what a vendor sent is read: whatever that raises becomes an error of ours.

        Before anything was answered, it is a mistake in what we ask, and stays what it is.
        """
        try:
            yield
        except VENDOR_ERRORS:
            raise
        except UNREADABLE as exc:
            if (told := self._unread(exc)) is None:
                raise
            raise told from exc

    def _unread(self, error: Exception) -> Exception | None:
        if NOTHING_CAME in str(error):
            return self._lost("closed the line without an answer.")
        if isinstance(error, ValueError) and (told := told_inside(error, begun=bool(self._heard))):
            return told
        if not self._answers.begun:
            return None
        return self._lost(f"sent an answer that cannot be read ({type(error).__name__}).")

    def _as_function(self, chunk: AIMessage) -> str:
        """A piece of the answer of a model that answers by calling a function."""
        parts = chunk.tool_call_chunks if isinstance(chunk, AIMessageChunk) else []
        for part in parts:
            self._calling = part["name"] or self._calling
        answers = self._asked.shape is not None and self._calling == self._asked.shape.__name__
        return "".join(part["args"] or "" for part in parts) if answers else ""

    def _whole(self) -> Reply:
        with self._reading():
            message = _joined(self._heard)
            if not finished(message):
                raise self._lost(f"stopped in the middle of its answer; {self._so_far()}.")
            reply = reply_of(message)
        told = reply.usage.total_tokens and reply.usage.is_count
        return reply if told else self._counted(reply)

    def _counted(self, reply: Reply) -> Reply:
        """Our own count, where the vendor told none, or none that can be."""
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
