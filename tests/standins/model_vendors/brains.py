"""Ready-made brains: what most tests want a model to say."""

import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from tests.standins.model_vendors.instances import instance
from tests.standins.model_vendors.talk import Asked, Brain, Json, Said, ToolCall

THOUGHT = "What is wanted here?"
SENTENCE = "The stand-in has read this and answers with one sentence."
Answer = Said | str | Brain


def dutiful(asked: Asked) -> Said:
    """Calls the tool that must be called, fits the schema that is wanted, says one sentence otherwise.

    Where only some JSON object is wanted, it looks for a schema in what it was told, as models do.
    """
    thought = THOUGHT if asked.thinks else ""
    if asked.tools and asked.tool_choice not in ("auto", "none"):
        named = [tool for tool in asked.tools if tool.name == asked.tool_choice] or asked.tools
        return Said(calls=(ToolCall(named[0].name, instance(named[0].parameters)),), reasoning=thought)
    if asked.schema is not None:
        schema = asked.schema or schema_told(asked)
        return Said(json.dumps(instance(schema) if schema else {}, ensure_ascii=False), reasoning=thought)
    return Said(SENTENCE, reasoning=thought)


def schema_told(asked: Asked) -> Json | None:
    """The last JSON schema of an object that stands in the words themselves."""
    text, found, reader = asked.text, None, json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        end = start + 1
        try:
            read, end = reader.raw_decode(text, start)
            found = read if "properties" in read else found
        except ValueError:
            pass  # a brace, and no JSON
        start = text.find("{", end)
    return found


def always(answer: Answer) -> Brain:
    """The same answer to everybody."""
    return lambda asked: _say(answer, asked)


def script(answers: Iterable[Answer]) -> Brain:
    """One answer after the other; afterwards `dutiful`."""
    left = list(answers)
    return lambda asked: _say(left.pop(0) if left else dutiful, asked)


def rules(*cases: tuple[Callable[[Asked], Any], Answer], otherwise: Answer = dutiful) -> Brain:
    """The answer of the first case whose question it is: `rules((lambda asked: asked.schema, "{}"))`."""

    def say(asked: Asked) -> Said | Awaitable[Said]:
        return _say(next((answer for fits, answer in cases if fits(asked)), otherwise), asked)

    return say


def _say(answer: Answer, asked: Asked) -> Said | Awaitable[Said]:
    if isinstance(answer, str):
        return Said(text=answer)
    return answer if isinstance(answer, Said) else answer(asked)
