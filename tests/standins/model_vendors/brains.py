"""Ready-made brains: what most tests want a model to say."""

import json
from collections.abc import Awaitable, Iterable

from tests.standins.model_vendors.instances import instance
from tests.standins.model_vendors.talk import Asked, Brain, Said, ToolCall

THOUGHT = "What is wanted here?"
SENTENCE = "The stand-in has read this and answers with one sentence."


def dutiful(asked: Asked) -> Said:
    """Calls the tool that must be called, fits the schema that is wanted, says one sentence otherwise."""
    thought = THOUGHT if asked.thinks else ""
    if asked.tools and asked.tool_choice not in ("auto", "none"):
        named = [tool for tool in asked.tools if tool.name == asked.tool_choice] or asked.tools
        return Said(calls=(ToolCall(named[0].name, instance(named[0].parameters)),), reasoning=thought)
    if asked.schema is not None:
        made = instance(asked.schema) if asked.schema else {}
        return Said(text=json.dumps(made, ensure_ascii=False), reasoning=thought)
    return Said(text=SENTENCE, reasoning=thought)


def always(said: Said | str) -> Brain:
    """The same answer to everybody."""
    answer = Said(text=said) if isinstance(said, str) else said
    return lambda asked: answer


def script(answers: Iterable[Said | str | Brain]) -> Brain:
    """One answer after the other; afterwards `dutiful`."""
    left = list(answers)

    def say(asked: Asked) -> Said | Awaitable[Said]:
        said = left.pop(0) if left else dutiful
        if isinstance(said, str):
            return Said(text=said)
        return said if isinstance(said, Said) else said(asked)

    return say
