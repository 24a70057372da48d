"""Reads what a person wants: CHAT, VIDEO_NEEDS_INPUT or VIDEO_READY (S5-092, S5-093).

Everything that is not exactly an intent within five seconds is CHAT, because a chat costs nothing and
starts nothing.
"""

import asyncio

import structlog

from nodes.agents.agent import Agent, AgentDefinition, Capability, TextKey
from nodes.agents.told import as_json, schema
from prompts import RenderedPrompt, render
from state.errors import BudgetError, ProviderError, VaultError
from state.intent import Intent, IntentAnswer, IntentInput
from tools.clock import Clock
from tools.ending import end_tasks

log = structlog.get_logger(__name__)
LIMIT_S = 5.0
"""So long the reader may think; an answer that comes with the limit or after it is none."""
INTENTS = {intent.value: intent for intent in Intent}
INTENT_READER = AgentDefinition(
    id="intent-reader",
    name="Intent Reader",
    role="intent_reader",
    system_prompt="copilot/intent_reader",
    temperature=0.0,
    max_tokens=500,
    capabilities=(
        Capability(
            name="read_intent", description="Tells a chat from a wish for a video, and spends nothing."
        ),
    ),
)


class IntentReader(Agent[IntentInput, IntentAnswer]):
    """Reads one message."""

    definition = INTENT_READER
    output = IntentAnswer

    def prompt(self, input: IntentInput) -> RenderedPrompt:
        """Render the message, marked as data, with what is known."""
        return render(
            "copilot/read_intent",
            system=INTENT_READER.system_prompt,
            message=_as_data(input.message),
            history=_as_data(list(input.history)),
            avatar=_as_data(input.avatar),
            product=_as_data(input.product),
            schema=schema(IntentAnswer),
        )


async def read_intent(
    reader: IntentReader, input: IntentInput, *, key: TextKey, clock: Clock, limit_s: float = LIMIT_S
) -> Intent:
    """What the person wants; CHAT when the model is slow, fails, may not be asked, or says no intent."""
    began = clock.monotonic()
    asking = asyncio.ensure_future(reader.run(input, key=key))
    waiting = asyncio.ensure_future(clock.sleep(limit_s))
    try:
        await asyncio.wait({asking, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done() or clock.monotonic() - began >= limit_s:
            return Intent.CHAT
        return INTENTS.get(asking.result().intent, Intent.CHAT)
    except (ProviderError, BudgetError, VaultError) as error:
        log.warning("intent_unread", code=error.code, problem=error.message)
        return Intent.CHAT
    finally:
        await end_tasks([asking, waiting])


def _as_data(value: object) -> str:
    """JSON that cannot end the mark it stands in."""
    return as_json(value).replace("<", "\\u003c")
