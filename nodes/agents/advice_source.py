"""Where a talk's answers come from: pieces of text as they are said, and the whole advice at the end.

`advice_source` is the one place that chooses. The fallback handler's advice is there all at once and is
told sentence by sentence; a chat model that streams is a second `AdviceSource` beside it.
"""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal, Protocol

import structlog
from langchain_core.utils.json import parse_partial_json

from nodes.agents.agent import TextKey
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.look_up import look_up
from nodes.agents.wanted_models import asks_vendor, wanted_models
from state.context import RunContext
from state.cost import Money
from state.errors import ProviderError, SpendingBlocked
from state.order import TextAnswer, TextOrder
from state.writing import FallbackAdvice, FallbackInput
from tools.ending import end_tasks
from tools.models.base import UNBOOKED, Booking, Listener, current_listener
from tools.models.offline import OfflineWriter
from tools.registry import Toolbox, toolbox

log = structlog.get_logger(__name__)
SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[”»\"')]*(?=\s)|$)\s*", re.DOTALL)


@dataclass(frozen=True)
class Thinking:
    """What is being done now."""

    doing: Literal["reading", "looking_up", "without_model"]


@dataclass(frozen=True)
class Piece:
    """The next piece of the answer. All pieces together are the advice's `userMessage`."""

    text: str


Said = Thinking | Piece | FallbackAdvice
"""What a source says; the advice is the last of it, and there is exactly one."""


class AdviceSource(Protocol):
    """Answers a person while it thinks."""

    def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        """Say the answer in pieces, then give the whole advice.

        Raises:
            ProviderError: the model failed; what was said so far is no answer.
        """


class ComposedAdvice:
    """The fallback handler's advice, told sentence by sentence."""

    def __init__(self, handler: FallbackHandler) -> None:
        self._handler = handler

    async def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        """Advise, look up what the advice asks for, and say it."""
        yield Thinking("reading")
        advice = await self._handler.first(asked, key=key)
        if self._handler.wants_documentation(advice):
            yield Thinking("looking_up")
            advice = await self._handler.documented(asked, advice, key=key)
        for sentence in SENTENCE.findall(advice.userMessage):
            yield Piece(sentence)
        yield advice


class Aloud:
    """An advisor for the bus whose words are heard while it speaks."""

    def __init__(self, source: AdviceSource, hear: Callable[[Thinking | Piece], None]) -> None:
        self._source, self._hear = source, hear

    async def run(self, input: FallbackInput, *, key: TextKey) -> FallbackAdvice:
        """The whole advice; its pieces are heard before."""
        advice: FallbackAdvice | None = None
        async for said in self._source.advise(input, key=key):
            if isinstance(said, FallbackAdvice):
                advice = said
            else:
                self._hear(said)
        if advice is None:
            raise ValueError("an advice source ended without its advice")
        return advice


class SpokenAdvice:
    """The advice of a model, heard while it writes: the words for the person, out of its JSON.

    When it cannot be asked (no money, no key, nobody there) the other source answers: whoever asks why
    nothing goes on must not be told that nothing goes on.
    """

    def __init__(self, handler: FallbackHandler, otherwise: AdviceSource) -> None:
        self._handler, self._otherwise = handler, otherwise

    async def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        """Say the message as it comes. What the model wants to know it looks up by its own tools."""
        said = False
        yield Thinking("reading")
        try:
            async with aclosing(self._told(asked, key)) as told:
                async for one in told:
                    said = True
                    yield one
        except (SpendingBlocked, ProviderError) as error:
            if said:
                raise
            log.warning("talk_without_model", code=error.code, problem=error.message)
            yield Thinking("without_model")
            async with aclosing(self._otherwise.advise(asked, key=key)) as told:
                async for one in told:
                    yield one

    async def _told(self, asked: FallbackInput, key: TextKey) -> AsyncGenerator[Said, None]:
        heard = MessageHeard()
        asking = asyncio.create_task(self._asked(asked, key, heard))
        try:
            while (words := await heard.pieces.get()) is not None:
                yield Piece(words)
            advice = await asking
        finally:
            await end_tasks([asking])
        if rest := heard.rest_of(advice.userMessage):
            yield Piece(rest)
        yield advice

    async def _asked(self, asked: FallbackInput, key: TextKey, heard: "MessageHeard") -> FallbackAdvice:
        current_listener.set(heard)  # in this task alone
        try:
            return await self._handler.first(asked, key=key)
        finally:
            heard.pieces.put_nowait(None)


class MessageHeard(Listener):
    """Takes `userMessage` out of JSON that is still being written."""

    def __init__(self) -> None:
        self.pieces: asyncio.Queue[str | None] = asyncio.Queue()
        self._json, self._said, self._first = "", "", True

    def hear(self, piece: str) -> None:
        """What is new of the message is told."""
        self._json += piece
        message = _message_in(self._json)
        if self._first and message.startswith(self._said) and len(message) > len(self._said):
            self.pieces.put_nowait(message[len(self._said) :])
            self._said = message

    def anew(self) -> None:
        """What was said cannot be taken back: the rest is told at the end, if it still fits."""
        self._json, self._first = "", False

    def rest_of(self, message: str) -> str:
        """What of the whole message was not said yet."""
        return message[len(self._said) :] if message.startswith(self._said) else ""


def _message_in(json_so_far: str) -> str:
    try:
        found = parse_partial_json(json_so_far)
    except json.JSONDecodeError:
        return ""
    message = found.get("userMessage") if isinstance(found, dict) else None
    return message if isinstance(message, str) else ""


async def advice_source(context: RunContext, production_id: str = "") -> AdviceSource:
    """Who answers under this context: the model of the production's fallback handler, or the offline writer.

    A model is asked for a production only: its budget pays, and its books tell. What belongs to none is
    answered for nothing.

    Raises:
        ModelBanned, ModelUnknown: the context names a model that nobody may or can ask.
    """
    search = look_up if context.documentation else None
    wanted = wanted_models(context)
    composed = ComposedAdvice(FallbackHandler(OfflineWriter(), Unrecorded(), search=search))
    if not production_id or not asks_vendor(wanted, "fallback_handler"):
        return composed
    tools = await toolbox()
    model = tools.models.for_role("novela", "fallback_handler", wanted, user_id=context.user_id)
    books = Beside(tools, production_id, Money.usd(context.text_allowance_usd))
    return SpokenAdvice(FallbackHandler(model, books, search=search), composed)


class Beside:
    """Records a talk in the books of its production, beside whoever drives that."""

    def __init__(self, tools: Toolbox, production_id: str, allowance: Money) -> None:
        self._tools, self._production_id, self._allowance = tools, production_id, allowance

    async def ask(
        self, order: TextOrder, call: Callable[[Booking], Awaitable[TextAnswer]], *, allowance: Money | None
    ) -> TextAnswer:
        """Ask within the production's allowance for text."""
        asked = order.model_copy(update={"production_id": self._production_id, "stage": "talk"})
        return await self._tools.orders.ask(asked, call, allowance=self._allowance, driven=False)


class Unrecorded:
    """Asks and keeps nothing: a talk is no part of a production, so no replay needs its answers."""

    async def ask(
        self, order: TextOrder, call: Callable[[Booking], Awaitable[TextAnswer]], *, allowance: Money | None
    ) -> TextAnswer:
        """Make the call."""
        return await call(UNBOOKED)
