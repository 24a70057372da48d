"""A vendor's model behind the seam of all text models: questions in, JSON of the wanted shape out."""

import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic import BaseModel

from state.errors import ProviderRefused
from state.order import Usage
from tools.models.base import (
    UNBOOKED,
    Booking,
    ModelAnswer,
    Picture,
    PromptText,
    Tool,
    current_listener,
    heard_anew,
)
from tools.models.catalog import Effort, TextModelCard
from tools.models.live.asked import Asked, Listener, Reply, ToolResult, Turn
from tools.models.live.failures import REFUSED_ACTION
from tools.models.live.line import Line
from tools.models.live.pieces import Anew, as_pieces

MOST_ROUNDS = 4
"""How often a model may ask for tools before it must answer."""
FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?```\s*\Z", re.S)


class LiveModel:
    """One model of a vendor, for one user. It sends what the catalogue says that the model takes."""

    def __init__(self, line: Line, *, effort: Effort | None = None) -> None:
        self._line, self._effort = line, effort
        self.card: TextModelCard = line.card
        self.name = line.card.id
        self.provider: str = line.card.provider

    async def answer(
        self,
        prompt: PromptText,
        *,
        output: type[BaseModel],
        input: BaseModel,
        temperature: float,
        max_tokens: int,
        tools: Sequence[Tool] = (),
        pictures: Sequence[Picture] = (),
        booking: Booking = UNBOOKED,
    ) -> ModelAnswer:
        """Ask; while the model asks for tools, run them and go on.

        Raises:
            ProviderError: with its failure kind; `refused` when the model or its vendor will not answer.
            BudgetError: the next request must not be sent.
        """
        asked = Asked(
            system=prompt.system, text=prompt.text, shape=output, temperature=temperature,
            max_tokens=max_tokens, effort=self._effort, tools=tools, pictures=pictures,
        )  # fmt: skip
        return await self._answered(asked, booking)

    def stream(self, asked: Asked, *, booking: Booking = UNBOOKED) -> AsyncIterator[str | Anew | Reply]:
        """The words of an answer as they come, and at the end the whole of it.

        Raises:
            ProviderError, BudgetError: as `answer`.
        """
        return as_pieces(lambda listener: self._line.ask(asked, booking, listener))

    async def _answered(self, asked: Asked, booking: Booking) -> ModelAnswer:
        usage, turns = Usage(), list[Turn]()
        for left in reversed(range(MOST_ROUNDS)):
            last = Asked(**{**vars(asked), "turns": tuple(turns), "tools": asked.tools if left else ()})
            reply = await self._line.ask(last, booking, current_listener.get() or Listener())
            usage += reply.usage
            if (wanted := self._wants_tools(reply, asked)) and left:
                turns.append(Turn(reply=reply, results=await _run(wanted, asked.tools)))
                heard_anew()
                continue
            return self._read(reply, asked, usage)
        raise AssertionError("the last round answers")

    def _wants_tools(self, reply: Reply, asked: Asked) -> Reply | None:
        """The reply, where it asks for a tool of ours and does not answer yet."""
        names = {tool.name for tool in asked.tools}
        asks = any(call.name in names for call in reply.tool_calls)
        return reply if asks and reply.finish == "tool_calls" else None

    def _read(self, reply: Reply, asked: Asked, usage: Usage) -> ModelAnswer:
        self._check(reply)
        content, wrong = _content(reply, asked)
        return ModelAnswer(
            content=content, usage=usage, provider=self.card.provider, model=self.card.id, wrong=wrong,
            cut=reply.finish == "length",
        )  # fmt: skip

    def _check(self, reply: Reply) -> None:
        """A model that will not answer is not asked the same again."""
        if reply.finish not in ("refused", "blocked"):
            return
        title, provider = self.card.title, self.card.provider
        filtered = f"The filter of {provider} refused what {title} was asked or has said"
        who = f"{title} at {provider} refused" if reply.finish == "refused" else filtered
        raise ProviderRefused(
            f"{who}: {reply.reason or 'no reason was given'}",
            provider=self.card.provider, model=self.card.id, kind="refused", user_action=REFUSED_ACTION,
            details={"finish": reply.finish, "reason": reply.reason},
        )  # fmt: skip


def _content(reply: Reply, asked: Asked) -> tuple[Mapping[str, Any], str]:
    """The JSON object of an answer, or what is wrong with it in words that the model can mend it by."""
    # First of all: a call whose arguments were cut off is read as if it had ended there.
    if reply.finish == "length":
        return {}, f"it was cut off at {asked.max_tokens} tokens; say the same in fewer words"
    shape = asked.shape.__name__ if asked.shape else ""
    for call in reply.tool_calls:
        if call.name == shape:
            return call.arguments, ""
    if reply.finish == "empty":
        return {}, "it was empty"
    fenced = FENCE.match(reply.text)
    try:
        content = json.loads(fenced.group(1) if fenced else reply.text)
    except json.JSONDecodeError as exc:
        return {}, f"it is no JSON: {exc.msg} at character {exc.pos}"
    except (ValueError, RecursionError):
        return {}, "it holds a number or a nesting that nobody can read"
    if not isinstance(content, dict):
        return {}, "it is not one JSON object"
    return content, ""


async def _run(reply: Reply, tools: Sequence[Tool]) -> tuple[ToolResult, ...]:
    """Every call gets a result: vendors refuse a conversation in which one is missing."""
    known = {tool.name: tool for tool in tools}
    results = []
    for call in reply.tool_calls:
        tool = known.get(call.name)
        if tool is None:
            said: Mapping[str, Any] = {"error": f"there is no tool {call.name}; there are {', '.join(known)}"}
        else:
            said = await tool.run(_opened(call.arguments, tool))
        results.append(ToolResult(call=call, text=json.dumps(said, ensure_ascii=False, default=str)))
    return tuple(results)


def _opened(arguments: Mapping[str, Any], tool: Tool) -> Mapping[str, Any]:
    """Objects that came as JSON in a string, as objects; what is none stays for the tool to refuse."""
    kinds = {name: one.get("type") for name, one in tool.parameters.get("properties", {}).items()}
    opened = dict(arguments)
    for name, value in arguments.items():
        if kinds.get(name) == "object" and isinstance(value, str):
            with suppress(ValueError, RecursionError):
                opened[name] = json.loads(value)
    return opened
