"""The fallback handler answers a person, over the bus, and is heard while it speaks (S1-23, S1-66, S1-74)."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from langgraph.runtime import Runtime

from nodes.agents import patterns
from nodes.agents.advice_source import Aloud, advice_source
from nodes.agents.agent import TextKey
from nodes.agents.bus import Conversation
from nodes.agents.said import Piece, StandIn, TakenBack, Told
from nodes.reporting import report, tell
from state.advice import AdviceState
from state.context import RunContext
from state.events import MessageSent
from state.messages import AgentMessage
from tools.clock import SystemClock

WORDS = Path(__file__).with_suffix(".toml")
TALK = "chat"
"""Conversations of people are called `chat:<session>`; a production's begin with its id."""


async def answer_complaint(state: AdviceState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Question and answer become messages of the bus; pieces of the answer are told as they come."""

    def hear(said: Told) -> None:
        if isinstance(said, Piece):
            return report(runtime, "agent:text", text=said.text)
        if isinstance(said, TakenBack):
            return report(runtime, "agent:anew", agent="fallback_handler")
        if isinstance(said, StandIn):
            return stood_in(said)
        words = thinking_words()[state.language][said.doing]
        return report(runtime, "agent:thinking", agent="fallback_handler", doing=said.doing, text=words)

    def stood_in(by: StandIn) -> None:
        words = thinking_words()[state.language]["stood_in"].format(model=by.model, instead_of=by.instead_of)
        told = {"provider": by.provider, "model": by.model, "insteadOf": by.instead_of, "text": words}
        report(runtime, "agent:stand_in", **told)

    def emit(message: AgentMessage) -> None:
        tell(runtime, MessageSent(message=message))

    conversation = Conversation(
        production_id=TALK, name=state.conversation, part=state.turn_id, emit=emit, clock=SystemClock(),
        novela_id=(state.context.get("novela") or {}).get("id"),
    )  # fmt: skip
    key = TextKey(production_id=TALK, stage="advice", item=state.turn_id)
    production = str((state.context.get("production") or {}).get("id") or "")
    source = await advice_source(runtime.context, production)
    advice = await patterns.answer_complaint(
        conversation, Aloud(source, hear), state.message, key=key,
        error_code=state.error_code, language=state.language, context=state.context,
    )  # fmt: skip
    return {"advice": advice.model_dump(mode="json")}


@lru_cache(maxsize=1)
def thinking_words() -> dict[str, Any]:
    """What is said while it works, by language."""
    return tomllib.loads(WORDS.read_text("utf-8"))
