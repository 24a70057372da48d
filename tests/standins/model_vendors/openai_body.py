"""The object `response`, as it stands in answers and in the events of a stream."""

import itertools
from typing import Any

from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.openai_chunks import CREATED, call_ids
from tests.standins.model_vendors.plans import Plan

NUMBERS = itertools.count(1)
OPAQUE = "gAAAAABpstandin" * 4
THINKING = {"context": "current_turn", "mode": "standard", "summary": None}
TOOL_USAGE = {
    "image_gen": {
        "input_tokens": 0, "input_tokens_details": {"image_tokens": 0, "text_tokens": 0}, "output_tokens": 0,
        "output_tokens_details": {"image_tokens": 0, "text_tokens": 0}, "total_tokens": 0,
    },
    "web_search": {"num_requests": 0},
}  # fmt: skip
PHASED = ("gpt-5.5", "gpt-5.6")
STATUS = {"length": "max_output_tokens", "filtered": "content_filter"}


class Body:
    """One response and the items of its output."""

    def __init__(self, plan: Plan, model: Model) -> None:
        number = next(NUMBERS)
        self.id = f"resp_standin{number:032d}"
        self.plan, self.model, self._number = plan, model, number
        self.calls = call_ids(plan)
        self.items = self._items()

    def started(self, status: str = "in_progress") -> dict[str, Any]:
        """Before there is an answer."""
        asked, reasons = self.plan.asked.body, self.model.reasons
        text, reasoning = asked.get("text") or {}, asked.get("reasoning") or {}
        effort = reasoning.get("effort") or (self.model.effort if reasons else None)
        return {
            "id": self.id, "object": "response", "created_at": CREATED, "status": status, "background": False,
            "billing": {"payer": "developer"}, "completed_at": None, "error": None, "frequency_penalty": 0.0,
            "incomplete_details": None, "instructions": asked.get("instructions"),
            "max_output_tokens": asked.get("max_output_tokens"), "max_tool_calls": None,
            "model": self.model.dated, "moderation": None, "output": [], "parallel_tool_calls": True,
            "presence_penalty": 0.0, "previous_response_id": asked.get("previous_response_id"),
            "prompt_cache_key": None, "prompt_cache_retention": "in_memory",
            "reasoning": {**THINKING, "effort": effort, **reasoning}, "safety_identifier": None,
            "service_tier": "auto", "store": asked.get("store", True),
            "temperature": float(1 if asked.get("temperature") is None else asked["temperature"]),
            "text": {"format": self._format(), "verbosity": text.get("verbosity") or "medium"},
            "tool_choice": asked.get("tool_choice") or "auto", "tool_usage": TOOL_USAGE,
            "tools": self._tools(),
            "top_logprobs": 0,
            "top_p": 1.0, "truncation": "disabled", "usage": None, "user": None, "metadata": {},
        }  # fmt: skip

    @property
    def status(self) -> str:
        return "incomplete" if self.plan.finish in STATUS else "completed"

    def finished(self) -> dict[str, Any]:
        reason, usage = STATUS.get(self.plan.finish), self.plan.usage
        return {
            **self.started(self.status), "output": self.items, "service_tier": "default",
            "completed_at": None if reason else CREATED + 1,
            "incomplete_details": {"reason": reason} if reason else None,
            "usage": {
                "input_tokens": usage.prompt,
                "input_tokens_details": {"cached_tokens": usage.cached, "cache_write_tokens": 0},
                "output_tokens": usage.output,
                "output_tokens_details": {"reasoning_tokens": usage.reasoning},
                "total_tokens": usage.prompt + usage.output,
            },
        }  # fmt: skip

    def _items(self) -> list[dict[str, Any]]:
        said, items = self.plan.said, []
        if self.plan.usage.reasoning:
            items.append(self._thought())
        if said.text or said.refusal or (not said.calls and self.plan.finish != "length"):
            items.append(self._message())
        for number, call in enumerate(said.calls):
            items.append({
                "type": "function_call", "id": f"fc_standin{self._number:08d}{number}",
                "call_id": self.calls[number],
                "name": call.name, "arguments": call.text, "status": self.status,
            })  # fmt: skip
        return items

    def _thought(self) -> dict[str, Any]:
        asked = self.plan.asked.body
        thought: dict[str, Any] = {
            "type": "reasoning",
            "id": f"rs_standin{self._number:08d}",
            "summary": [],
            "content": [],
        }
        if (asked.get("reasoning") or {}).get("summary") and self.plan.said.reasoning:
            thought["summary"] = [{"type": "summary_text", "text": self.plan.said.reasoning}]
        if "reasoning.encrypted_content" in (asked.get("include") or []):
            thought["encrypted_content"] = OPAQUE
        return thought

    def _message(self) -> dict[str, Any]:
        said = self.plan.said
        part = {"type": "output_text", "text": said.text, "annotations": [], "logprobs": []}
        content = [{"type": "refusal", "refusal": said.refusal}] if said.refusal else [part]
        phase = {"phase": "final_answer"} if self.model.id.startswith(PHASED) else {}
        return {
            **phase, "type": "message", "id": f"msg_standin{self._number:08d}", "status": self.status,
            "role": "assistant",
            "content": [] if self.plan.finish == "empty" else content,
        }  # fmt: skip

    def _format(self) -> dict[str, Any]:
        wanted = (self.plan.asked.body.get("text") or {}).get("format") or {"type": "text"}
        return {**wanted, "description": wanted.get("description")} if "schema" in wanted else wanted

    def _tools(self) -> list[dict[str, Any]]:
        tools = self.plan.asked.body.get("tools") or []
        return [
            {**tool, "description": tool.get("description") or None, "strict": tool.get("strict", True)}
            for tool in tools
        ]
