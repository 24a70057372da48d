"""Answers of 200 that are no answers: what gateways and new servers of vendors may send, per dialect."""

import json
from typing import Any

GOOD = json.dumps({"city": "Tokyo", "country": "Japan"})
HUGE = 3_000_000_000
UNSAID: dict[str, bytes] = {
    "a list": b"data: []\n\n", "a number": b"data: 5\n\n", "null": b"data: null\n\n",
    "words": b'data: "no"\n\n', "no UTF-8": b"data: \xff\xfe\xfa\n\n", "nothing": b"",
    "html": b"<html>busy</html>",
}  # fmt: skip


def events(*parts: Any) -> bytes:
    return "".join(f"data: {json.dumps(part)}\n\n" for part in parts).encode()


def chunk(delta: Any, finish: Any = None, **more: Any) -> dict[str, Any]:
    told = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "any"}
    return told | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]} | more


def chat(*deltas: Any, finish: Any = "stop", usage: Any = None) -> bytes:
    counted = () if usage is None else (chunk({}) | {"choices": [], "usage": usage},)
    return events(*map(chunk, deltas), chunk({}, finish), *counted) + b"data: [DONE]\n\n"


def called(function: Any, **more: Any) -> bytes:
    return chat({"tool_calls": [{"index": 0, "id": "x", "function": function} | more]}, finish="tool_calls")


def counts(prompt: Any, written: Any, **more: Any) -> dict[str, Any]:
    return {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": 15} | more


SAID = {"role": "assistant", "content": GOOD}
CHAT = UNSAID | {
    "choices null": events(chunk({}) | {"choices": None}),
    "choices of null": events(chunk({}) | {"choices": [None]}),
    "no choices": events({"id": "c"}),
    "delta null": events(chunk(None)),
    "content a number": chat({"role": "assistant", "content": 5}),
    "content a list": chat({"role": "assistant", "content": [{"type": "text", "text": "x"}]}),
    "finish a number": chat({"content": "{}"}, finish=5),
    "function null": called(None),
    "arguments a number": called({"name": "look_up", "arguments": 5}),
    "arguments a list": called({"name": "look_up", "arguments": [1]}),
    "index a word": called({"name": "look_up", "arguments": "{"}, index="a"),
    "name a number": called({"name": 5, "arguments": "{}"}),
    "usage a word": chat(SAID, usage="many"),
    "usage words": chat(SAID, usage=counts("many", "few")),
    "usage half a token": chat(SAID, usage=counts(10.5, 5.5)),
    "usage null": chat(SAID, usage=counts(None, None)),
    "usage negative": chat(SAID, usage=counts(-10, 5)),
    "usage huge": chat(SAID, usage=counts(HUGE, 5)),
    "cached negative": chat(SAID, usage=counts(10, 5, prompt_tokens_details={"cached_tokens": -5})),
    "cached huge": chat(SAID, usage=counts(10, 5, prompt_tokens_details={"cached_tokens": HUGE})),
}


def completed(output: Any, **usage: Any) -> bytes:
    counted = {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15} | usage
    told = {
        "id": "r", "object": "response", "created_at": 1, "model": "any", "status": "completed",
        "error": None, "incomplete_details": None, "instructions": None, "metadata": {}, "output": output,
        "parallel_tool_calls": True, "temperature": 1, "tool_choice": "auto", "tools": [], "top_p": 1,
        "usage": counted,
    }  # fmt: skip
    delta = {
        "type": "response.output_text.delta", "item_id": "m", "output_index": 0, "content_index": 0,
        "delta": GOOD, "sequence_number": 1, "logprobs": [],
    }  # fmt: skip
    return events(delta, {"type": "response.completed", "response": told, "sequence_number": 2})


RESPONSES = UNSAID | {
    "response null": events({"type": "response.completed", "response": None}),
    "no response": events({"type": "response.completed"}),
    "delta a number": events({"type": "response.output_text.delta", "delta": 5}),
    "item null": events({"type": "response.output_item.added", "output_index": 0, "item": None}),
    "output null": completed(None),
    "output a word": completed("x"),
    "output of null": completed([None]),
    "call without a name": completed([{"type": "function_call", "id": "f", "call_id": "c", "arguments": 5}]),
    "usage words": completed([], input_tokens="many"),
    "usage half a token": completed([], input_tokens=10.5),
    "usage negative": completed([], input_tokens=-10),
    "usage huge": completed([], input_tokens=HUGE),
    "cached negative": completed([], input_tokens_details={"cached_tokens": -5}),
}


def gemini(parts: Any = None, finish: Any = "STOP", usage: Any = None) -> bytes:
    said = [{"text": GOOD}] if parts is None else parts
    told = {"content": {"role": "model", "parts": said}, "finishReason": finish}
    return events({"candidates": [told], "modelVersion": "any", "usageMetadata": usage or {}})


def google_counts(prompt: Any, **more: Any) -> dict[str, Any]:
    return {"promptTokenCount": prompt, "candidatesTokenCount": 5, "totalTokenCount": 15} | more


GEMINI = UNSAID | {
    "candidates null": events({"candidates": None}),
    "candidates a word": events({"candidates": "x"}),
    "candidates of null": events({"candidates": [None]}),
    "parts null": events({"candidates": [{"content": {"parts": None}, "finishReason": "STOP"}]}),
    "parts of null": gemini([None]),
    "text a number": gemini([{"text": 5}]),
    "call null": gemini([{"functionCall": None}]),
    "arguments a word": gemini([{"functionCall": {"name": "look_up", "args": "x"}}]),
    "finish a novelty": gemini(finish="NOVEL_REASON"),
    "finish a number": gemini(finish=5),
    "usage words": gemini(usage=google_counts("many")),
    "usage half a token": gemini(usage=google_counts(10.5)),
    "usage negative": gemini(usage=google_counts(-10)),
    "usage huge": gemini(usage=google_counts(HUGE)),
    "cached negative": gemini(usage=google_counts(10, cachedContentTokenCount=-5)),
}
DIALECTS = {"gpt-5": CHAT, "deepseek-chat": CHAT, "gpt-5-pro": RESPONSES, "gemini-2.5-pro": GEMINI}
