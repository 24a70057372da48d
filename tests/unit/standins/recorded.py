"""What a vendor once said, read from a recording as the answer of a brain; and the shape of any answer."""

import json
from collections.abc import Iterator
from typing import Any

from tests.standins.cassette_player import Exchange
from tests.standins.model_vendors import Said, Tokens, ToolCall

FINISH = {
    "length": "length", "MAX_TOKENS": "length", "SAFETY": "filtered", "content_filter": "filtered",
    "incomplete": "length",
}  # fmt: skip


def events(body: bytes) -> list[Any]:
    """The JSON of an answer, of each event of a stream, or of each member of an array."""
    text = body.decode()
    if text.startswith(("data:", "event:")):
        lines = (line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: "))
        return [json.loads(line) for line in lines if line != "[DONE]"]
    read = json.loads(text)
    return read if isinstance(read, list) else [read]


def said_in(exchange: Exchange) -> Said:
    """The answer of a recording, with its counts."""
    told = events(exchange.body)
    if "generateContent" in exchange.path or "streamGenerateContent" in exchange.path:
        return _gemini(told)
    return _response(told) if exchange.path.endswith("/responses") else _chat(told)


def _chat(told: list[Any]) -> Said:
    words: dict[str, str] = {}
    calls: dict[int, list[str]] = {}
    finish, usage = "stop", {}
    for event in told:
        usage = event.get("usage") or usage
        for choice in event["choices"]:
            message = choice.get("message") or choice["delta"]
            finish = choice["finish_reason"] or finish
            for name in ("content", "reasoning_content", "refusal"):
                words[name] = words.get(name, "") + (message.get(name) or "")
            for number, call in enumerate(message.get("tool_calls") or []):
                kept = calls.setdefault(call.get("index", number), ["", ""])
                kept[0] += call["function"].get("name") or ""
                kept[1] += call["function"]["arguments"]
    thought = (usage.get("completion_tokens_details") or {}).get("reasoning_tokens", 0)
    tokens = Tokens(
        usage["prompt_tokens"], usage["prompt_tokens_details"]["cached_tokens"],
        usage["completion_tokens"] - thought, thought,
    )  # fmt: skip
    made = tuple(ToolCall(*call) for call in calls.values())
    text, thoughts, refusal = (words.get(one, "") for one in ("content", "reasoning_content", "refusal"))
    return Said(text, made, thoughts, refusal, FINISH.get(finish, "stop"), tokens=tokens)


def _response(told: list[Any]) -> Said:
    answer = told[-1].get("response", told[-1])
    items = answer["output"]
    parts = [part for item in items for part in item.get("content", [])]
    text = "".join(part["text"] for part in parts if part["type"] == "output_text")
    calls = tuple(
        ToolCall(item["name"], item["arguments"], item["call_id"])
        for item in items
        if item["type"] == "function_call"
    )
    usage = answer["usage"]
    thought = usage["output_tokens_details"]["reasoning_tokens"]
    cached = usage["input_tokens_details"]["cached_tokens"]
    tokens = Tokens(usage["input_tokens"], cached, usage["output_tokens"] - thought, thought)
    return Said(text, calls, finish=FINISH.get(answer["status"], "stop"), tokens=tokens)


def _gemini(told: list[Any]) -> Said:
    found = [one for event in told for one in event.get("candidates", [])]
    parts = [part for one in found for part in one["content"].get("parts", [])]
    calls = tuple(
        ToolCall(part["functionCall"]["name"], part["functionCall"]["args"])
        for part in parts
        if "functionCall" in part
    )
    text = "".join(part.get("text", "") for part in parts if not part.get("thought"))
    thoughts = "".join(part.get("text", "") for part in parts if part.get("thought"))
    usage = told[-1]["usageMetadata"]
    tokens = Tokens(
        usage["promptTokenCount"], usage.get("cachedContentTokenCount", 0),
        usage.get("candidatesTokenCount", 0), usage.get("thoughtsTokenCount", 0),
    )  # fmt: skip
    finish = FINISH.get((found or [{}])[-1].get("finishReason"), "stop")
    return Said(text, calls, thoughts, finish=finish, tokens=tokens)


def shape(told: list[Any]) -> set[str]:
    """The names of all fields with the types of their values, such as `usage.total_tokens: number`."""
    return {line for event in told for line in _lines(event, "")}


def _lines(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _lines(inner, f"{at}.{name}".lstrip("."))
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _lines(inner, f"{at}[]")
    else:
        yield f"{at}: {_kind(value)}"


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "text"
    return "object" if isinstance(value, dict) else "list"
