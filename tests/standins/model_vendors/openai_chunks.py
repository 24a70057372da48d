"""The chunks of a streamed chat completion, and what they share with the answer in one body."""

import itertools
import json
from typing import Any

from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.plans import Piece, Plan, Usage
from tests.standins.model_vendors.wire import EVENTS

NUMBERS = itertools.count(1)
CREATED = 1785000000
FINISH = {"stop": "stop", "length": "length", "filtered": "content_filter", "empty": "stop"}


class ChatEvents:
    """The chunks of one answer."""

    content_type = EVENTS["content-type"]

    def __init__(self, plan: Plan, model: Model) -> None:
        self._plan, self._head = plan, head(model, "chat.completion.chunk")
        self._ids = call_ids(plan)
        options = plan.asked.body.get("stream_options") or {}
        self._counts = bool(options.get("include_usage"))
        self._hides = options.get("include_obfuscation", True)
        self._opened = False

    def opening(self) -> bytes:
        """The role comes first; with a tool's call, in the same chunk as its name."""
        if self._plan.pieces and self._plan.pieces[0].kind == "call":
            return b""
        return self._chunk(self._open({"content": "", "refusal": None}))

    def piece(self, piece: Piece) -> bytes:
        if piece.kind == "reasoning":
            return b""  # it is counted and never shown
        if piece.kind == "call":
            return self._call(piece)
        return self._chunk({"content" if piece.kind == "text" else "refusal": piece.text})

    def closing(self) -> bytes:
        last = self._chunk({}, finish_of(self._plan))
        if self._counts:
            last += self._event([], usage_of(self._plan.usage))
        return last + b"data: [DONE]\n\n"

    def broken(self) -> bytes:
        return b'data: {"id":"chatcmpl-broken","choices":[{"ind\n\n'

    def failed(self, no: Rejected) -> bytes:
        return b"data: " + json.dumps(no.body).encode() + b"\n\n"

    def _open(self, delta: dict[str, Any]) -> dict[str, Any]:
        self._opened = True
        return {"role": "assistant", **delta}

    def _call(self, piece: Piece) -> bytes:
        called = b""
        if piece.first:
            name, call_id = self._plan.said.calls[piece.call].name, self._ids[piece.call]
            function = {"name": name, "arguments": ""}
            delta = {
                "tool_calls": [{"index": piece.call, "id": call_id, "type": "function", "function": function}]
            }
            called = self._chunk(
                delta if self._opened else self._open({"content": None, **delta, "refusal": None})
            )
        return called + self._chunk(
            {"tool_calls": [{"index": piece.call, "function": {"arguments": piece.text}}]}
        )

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        return self._event([{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}], None)

    def _event(self, choices: list[dict[str, Any]], usage: dict[str, Any] | None) -> bytes:
        event = {**self._head, "choices": choices}
        if self._counts:
            event["usage"] = usage
        if self._hides:
            event["obfuscation"] = "0Aa1Bb2Cc"[: 3 + len(str(choices)) % 6]
        return b"data: " + json.dumps(event, separators=(",", ":")).encode() + b"\n\n"


def head(model: Model, kind: str) -> dict[str, Any]:
    print_of = None if model.reasons and not model.id.startswith("o") else "fp_f5bdcc3276"
    return {
        "id": f"chatcmpl-standin{next(NUMBERS):08d}", "object": kind, "created": CREATED,
        "model": model.dated,
        "service_tier": "default", "system_fingerprint": print_of,
    }  # fmt: skip


def call_ids(plan: Plan) -> list[str]:
    return [call.id or f"call_standin{next(NUMBERS):08d}" for call in plan.said.calls]


def finish_of(plan: Plan) -> str:
    return "tool_calls" if plan.said.calls and plan.finish == "stop" else FINISH[plan.finish]


def usage_of(usage: Usage) -> dict[str, Any]:
    return {
        "prompt_tokens": usage.prompt, "completion_tokens": usage.output,
        "total_tokens": usage.prompt + usage.output,
        "prompt_tokens_details": {"cached_tokens": usage.cached, "audio_tokens": 0},
        "completion_tokens_details": {
            "reasoning_tokens": usage.reasoning, "audio_tokens": 0, "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    }  # fmt: skip
