"""From a vendor's message to a reply: its text, how it ended, and what it took."""

from collections.abc import Mapping
from typing import Any

from langchain_core.messages import AIMessage, AIMessageChunk

from state.order import Usage
from tools.models.base import Finish
from tools.models.live.asked import Reply, ToolCall

LENGTH = frozenset({"length", "max_tokens", "max_output_tokens", "incomplete", "continuation"})
REFUSED = frozenset({"refusal"})
BLOCKED = frozenset(
    {
        "content_filter", "safety", "recitation", "blocklist", "prohibited_content", "spii", "language",
        "image_safety", "model_armor", "jailbreak",
    }
)  # fmt: skip
"""Finish and block reasons of all vendors in lower case."""
NO_ANSWER = frozenset({"queued", "in_progress", "cancelled", "failed"})
"""What the Responses API says of an answer that is not there, or not yet."""


def reply_of(message: AIMessage) -> Reply:
    """Read one whole message."""
    told, calls = _metadata(message), _tool_calls(message)
    text, refusal = text_of(message), _refusal(message)
    finish = _finish(told, has_calls=bool(calls), text=text, refused=bool(refusal))
    return Reply(
        text=text,
        finish=finish,
        usage=usage_of(message),
        tool_calls=calls,
        thoughts=_thoughts(message),
        reason=refusal or (_reason(told) if finish in ("blocked", "refused") else ""),
        native=_sendable(message),
    )


def text_of(message: AIMessage) -> str:
    """The words of a message, without thoughts and tool calls."""
    return str(message.text)


def finished(message: AIMessage) -> bool:
    """Whether the vendor said that this was all; a stream that was cut never does."""
    told = _metadata(message)
    status = told.get("status")
    return bool(told.get("finish_reason") or (status and status not in NO_ANSWER) or _block_reason(told))


def usage_of(message: AIMessage) -> Usage:
    """Tokens as the vendor counted them; nothing but zeros where it told none."""
    told: Mapping[str, Any] = message.usage_metadata or {}
    read: Mapping[str, Any] = told.get("input_token_details") or {}
    wrote: Mapping[str, Any] = told.get("output_token_details") or {}
    return Usage(
        prompt_tokens=int(told.get("input_tokens") or 0),
        completion_tokens=int(told.get("output_tokens") or 0),
        cached_tokens=int(read.get("cache_read") or 0),
        reasoning_tokens=int(wrote.get("reasoning") or 0),
    )


def _finish(told: Mapping[str, Any], *, has_calls: bool, text: str, refused: bool) -> Finish:
    said = str(told.get("finish_reason") or _incomplete(told) or "").lower()
    if refused or said in REFUSED:
        return "refused"
    if said in BLOCKED or _block_reason(told):
        return "blocked"
    if said in LENGTH:
        return "length"
    if has_calls:
        return "tool_calls"
    return "stop" if text.strip() else "empty"


def _incomplete(told: Mapping[str, Any]) -> str:
    """Why an answer of the Responses API is not whole."""
    if told.get("status") != "incomplete":
        return ""
    details = told.get("incomplete_details") or {}
    return str(details.get("reason") or "incomplete")


def _reason(told: Mapping[str, Any]) -> str:
    return str(_block_reason(told) or told.get("finish_reason") or _incomplete(told))


def _block_reason(told: Mapping[str, Any]) -> str:
    feedback = told.get("prompt_feedback") or {}
    reason = feedback.get("block_reason") or feedback.get("blockReason")
    return str(getattr(reason, "value", reason) or "")


def _refusal(message: AIMessage) -> str:
    if told := message.additional_kwargs.get("refusal"):
        return str(told)
    blocks = message.content if isinstance(message.content, list) else []
    said = [block.get("refusal") for block in blocks if isinstance(block, dict)]
    return " ".join(str(one) for one in said if one)


def _thoughts(message: AIMessage) -> str:
    """DeepSeek's beside its answer; those of the Responses API, whole or in short, in blocks before it."""
    if told := message.additional_kwargs.get("reasoning_content"):
        return str(told)
    blocks = message.content if isinstance(message.content, list) else []
    reasoning = [one for one in blocks if isinstance(one, dict) and one.get("type") == "reasoning"]
    parts = [part for one in reasoning for part in (one.get("content") or one.get("summary") or [])]
    return "".join(str(part.get("text") or "") for part in parts if isinstance(part, dict))


def _metadata(message: AIMessage) -> Mapping[str, Any]:
    return message.response_metadata or {}


def _tool_calls(message: AIMessage) -> tuple[ToolCall, ...]:
    return tuple(
        ToolCall(id=str(call["id"] or ""), name=call["name"], arguments=call["args"])
        for call in message.tool_calls
    )


def _sendable(message: AIMessage) -> AIMessage:
    """The message as it can be sent back: a merged chunk is no message of a history."""
    if not isinstance(message, AIMessageChunk):
        return message
    return AIMessage(
        content=message.content, tool_calls=message.tool_calls,
        additional_kwargs={k: v for k, v in message.additional_kwargs.items() if k != "tool_calls"},
        response_metadata=message.response_metadata, id=message.id,
    )  # fmt: skip
