"""Where a talk's answers come from: pieces of text as they are said, and the whole advice at the end.

`advice_source` is the one place that chooses. The fallback handler's advice is there all at once and is
told sentence by sentence; a chat model that streams is a second `AdviceSource` beside it.
"""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from nodes.agents.agent import TextKey
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.look_up import look_up
from state.context import RunContext
from state.cost import Money
from state.order import TextAnswer, TextOrder
from state.writing import FallbackAdvice, FallbackInput
from tools.models.base import UNBOOKED, Booking
from tools.models.offline import OfflineWriter

SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[”»\"')]*(?=\s)|$)\s*", re.DOTALL)


@dataclass(frozen=True)
class Thinking:
    """What is being done now."""

    doing: Literal["reading", "looking_up"]


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


def advice_source(context: RunContext) -> AdviceSource:
    """Who answers under this context. A chat model that streams is plugged in here.

    It is the offline writer, whatever model the production has: a talk belongs to no lease and no budget yet,
    and a request that nobody books must not be sent.
    """
    search = look_up if context.documentation else None
    return ComposedAdvice(FallbackHandler(OfflineWriter(), Unrecorded(), search=search))


class Unrecorded:
    """Asks and keeps nothing: a talk is no part of a production, so no replay needs its answers."""

    async def ask(
        self, order: TextOrder, call: Callable[[Booking], Awaitable[TextAnswer]], *, allowance: Money | None
    ) -> TextAnswer:
        """Make the call."""
        return await call(UNBOOKED)
