"""The advice of a model, heard while it writes: the words for the person, out of its JSON.

What is heard is always the beginning of what is kept: where an answer begins again (another try, another
model, a repair, the next round with tools), the words before it are taken back.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

import structlog
from langchain_core.utils.json import parse_partial_json

from nodes.agents.agent import Role, TextKey
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.said import AdviceSource, Piece, Said, StandIn, TakenBack, Thinking
from state.errors import ProviderError, SpendingBlocked
from state.order import TextAnswer
from state.writing import FallbackAdvice, FallbackInput
from tools.ending import end_tasks
from tools.models.base import Listener, current_listener
from tools.models.catalog import OFFLINE
from tools.models.offline import OfflineWriter

log = structlog.get_logger(__name__)


class SpokenAdvice:
    """A model's advice as it comes.

    When it cannot be had (no money, no key, nobody there) the other source answers: whoever asks why
    nothing goes on must not be told that nothing goes on.
    """

    def __init__(self, handler: FallbackHandler, otherwise: AdviceSource) -> None:
        self._handler, self._otherwise = handler, otherwise

    async def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        """Say the message as it comes; what it wants looked up is looked up once, and it answers again."""
        standing = False
        yield Thinking("reading")
        try:
            async with aclosing(self._answered(asked, key)) as told:
                async for one in told:
                    standing = (standing or isinstance(one, Piece)) and not isinstance(one, TakenBack)
                    yield one
        except (SpendingBlocked, ProviderError) as error:
            log.warning("talk_without_model", code=error.code, problem=error.message)
            if standing:
                yield TakenBack()
            yield Thinking("without_model")
            yield StandIn(OfflineWriter.provider, OFFLINE, self._handler.model.name)
            async with aclosing(self._otherwise.advise(asked, key=key)) as told:
                async for one in told:
                    yield one

    async def _answered(self, asked: FallbackInput, key: TextKey) -> AsyncGenerator[Said, None]:
        found: list[str] = []
        async with aclosing(self._told(lambda: self._handler.first(asked, key=key))) as told:
            async for one in told:
                if isinstance(one, FallbackAdvice) and self._handler.wants_documentation(one):
                    yield Thinking("looking_up")
                    found = await self._handler.documentation(asked, one)
                if not (isinstance(one, FallbackAdvice) and found):
                    yield one
        if not found:
            return
        yield TakenBack()
        async with aclosing(self._told(lambda: self._handler.documented(asked, found, key=key))) as told:
            async for one in told:
                yield one

    async def _told(self, ask: Callable[[], Awaitable[FallbackAdvice]]) -> AsyncGenerator[Said, None]:
        heard = MessageHeard()
        self._handler.on_stand_in = heard.stood_in
        asking = asyncio.create_task(_asked(ask, heard))
        try:
            while (said := await heard.told.get()) is not None:
                yield said
            advice = await asking
        finally:
            await end_tasks([asking])
        for rest in heard.rest_of(advice.userMessage):
            yield rest
        yield advice


class MessageHeard(Listener):
    """Takes `userMessage` out of JSON that is still being written."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[Piece | TakenBack | StandIn | None] = asyncio.Queue()
        self._json, self._said = "", ""

    def hear(self, piece: str) -> None:
        """What is new of the message is told."""
        self._json += piece
        message = _message_in(self._json)
        if message.startswith(self._said) and len(message) > len(self._said):
            self.told.put_nowait(Piece(message[len(self._said) :]))
            self._said = message

    def anew(self) -> None:
        """What was said is taken back, and what comes now is heard from its beginning."""
        if self._said:
            self.told.put_nowait(TakenBack())
        self._json, self._said = "", ""

    def stood_in(self, role: Role, answer: TextAnswer) -> None:
        """Another model than the one that was asked for has answered."""
        self.told.put_nowait(StandIn(answer.provider, answer.model, answer.instead_of))

    def rest_of(self, message: str) -> list[Piece | TakenBack]:
        """What must still be said so that exactly the whole message was said."""
        if message.startswith(self._said):
            rest = message[len(self._said) :]
            return [Piece(rest)] if rest else []
        return [TakenBack(), Piece(message)]


async def _asked(ask: Callable[[], Awaitable[FallbackAdvice]], heard: MessageHeard) -> FallbackAdvice:
    current_listener.set(heard)  # in this task alone
    try:
        return await ask()
    finally:
        heard.told.put_nowait(None)


def _message_in(json_so_far: str) -> str:
    try:
        found = parse_partial_json(json_so_far)
    except json.JSONDecodeError:
        return ""
    message = found.get("userMessage") if isinstance(found, dict) else None
    return message if isinstance(message, str) else ""
