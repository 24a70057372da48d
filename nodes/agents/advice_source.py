"""Where a talk's answers come from: pieces of text as they are said, and the whole advice at the end.

`advice_source` is the one place that chooses. The fallback handler's advice is there all at once and is
told sentence by sentence; a chat model that streams is a second `AdviceSource` beside it.
"""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable

from nodes.agents.agent import TextKey
from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.look_up import look_up
from nodes.agents.said import AdviceSource, Piece, Said, Thinking, Told
from nodes.agents.spoken_advice import SpokenAdvice
from nodes.agents.wanted_models import asks_vendor, wanted_models
from state.context import RunContext
from state.cost import Money
from state.order import TextAnswer, TextOrder
from state.writing import FallbackAdvice, FallbackInput
from tools.models.base import UNBOOKED, Booking
from tools.models.offline import OfflineWriter
from tools.registry import Toolbox, toolbox

SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[”»\"')]*(?=\s)|$)\s*", re.DOTALL)


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
            if found := await self._handler.documentation(asked, advice):
                advice = await self._handler.documented(asked, found, key=key)
        for sentence in SENTENCE.findall(advice.userMessage):
            yield Piece(sentence)
        yield advice


class Aloud:
    """An advisor for the bus whose words are heard while it speaks."""

    def __init__(self, source: AdviceSource, hear: Callable[[Told], None]) -> None:
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
