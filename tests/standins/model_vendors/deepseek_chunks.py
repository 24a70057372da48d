"""The chunks of a streamed answer of DeepSeek, and what they share with the answer in one body."""

import json
import uuid
from typing import Any

from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.openai_chunks import CREATED, call_ids, finish_of
from tests.standins.model_vendors.plans import Piece, Plan, Usage
from tests.standins.model_vendors.wire import EVENTS

PRINT = "fp_eaab8d114b_prod0820_fp8_kvcache"


class DeepSeekEvents:
    """The chunks of one answer; the last one with a choice carries the usage."""

    content_type = EVENTS["content-type"]

    def __init__(self, plan: Plan) -> None:
        self._plan, self._thinks = plan, plan.asked.thinks
        self._head, self._ids = head_of(plan, "chat.completion.chunk"), call_ids(plan)

    def opening(self) -> bytes:
        thinking = {"content": None, "reasoning_content": ""}
        return self._chunk({"role": "assistant", **(thinking if self._thinks else {"content": ""})})

    def piece(self, piece: Piece) -> bytes:
        match piece.kind:
            case "reasoning":
                return (
                    self._chunk({"content": None, "reasoning_content": piece.text}) if self._thinks else b""
                )
            case "call":
                return self._call(piece)
        return self._chunk(self._words(piece.text))

    def closing(self) -> bytes:
        last = self._chunk(self._words(""), finish_of(self._plan), usage_of(self._plan))
        return last + b"data: [DONE]\n\n"

    def broken(self) -> bytes:
        return b'data: {"id":"broken","choices":[{"ind\n\n'

    def failed(self, no: Rejected) -> bytes:
        return b"data: " + json.dumps(no.body).encode() + b"\n\n"

    def _words(self, text: str) -> dict[str, Any]:
        return {"content": text, "reasoning_content": None} if self._thinks else {"content": text}

    def _call(self, piece: Piece) -> bytes:
        begun, place = b"", {"index": piece.call}
        if piece.first:
            function = {"name": self._plan.said.calls[piece.call].name, "arguments": ""}
            whole = {**place, "id": self._ids[piece.call], "type": "function", "function": function}
            begun = self._chunk({"tool_calls": [whole]})
        return begun + self._chunk({"tool_calls": [{**place, "function": {"arguments": piece.text}}]})

    def _chunk(self, delta: dict[str, Any], finish: str | None = None, usage: Any = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        event = {**self._head, "choices": [choice], "usage": usage}
        return b"data: " + json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode() + b"\n\n"


def usage_of(plan: Plan) -> dict[str, Any]:
    usage: Usage = plan.usage
    counted = {
        "prompt_tokens": usage.prompt, "completion_tokens": usage.output,
        "total_tokens": usage.prompt + usage.output, "prompt_tokens_details": {"cached_tokens": usage.cached},
        "prompt_cache_hit_tokens": usage.cached, "prompt_cache_miss_tokens": usage.prompt - usage.cached,
    }  # fmt: skip
    thought = {"completion_tokens_details": {"reasoning_tokens": usage.reasoning}}
    return {**counted, **thought} if plan.asked.thinks else counted


def head_of(plan: Plan, kind: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()), "object": kind, "created": CREATED, "model": plan.asked.model,
        "system_fingerprint": PRINT,
    }  # fmt: skip
