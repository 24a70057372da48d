"""The candidates of Gemini's answers, in one body and in events."""

import json
from typing import Any

from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.plans import PICTURE_TOKENS, Piece, Plan, Usage

RATINGS = (
    "HARM_CATEGORY_HATE_SPEECH", "HARM_CATEGORY_DANGEROUS_CONTENT", "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_SEXUALLY_EXPLICIT",
)  # fmt: skip
CALLED = "Model generated function call(s)."


class Parts:
    """One answer and what it is made of."""

    def __init__(self, plan: Plan, model: Model, number: str, signature: str) -> None:
        self._plan, self._model, self._number, self.signature = plan, model, number, signature
        thinking = (plan.asked.body.get("generationConfig") or {}).get("thinkingConfig") or {}
        self._shows_thoughts = thinking.get("includeThoughts") or thinking.get("include_thoughts")

    def whole(self) -> dict[str, Any]:
        plan = self._plan
        if plan.finish == "blocked":
            return self.blocked()
        parts: list[dict[str, Any]] = (
            [{"text": plan.said.reasoning, "thought": True}] if self._thoughts() else []
        )
        if plan.said.text or plan.said.refusal:
            parts.append({"text": plan.said.text or plan.said.refusal})
        parts += self.calls()
        if self.signature and parts and not plan.said.calls:
            parts[-1]["thoughtSignature"] = self.signature
        content: dict[str, Any] = {"parts": parts, "role": "model"} if parts else {"role": "model"}
        answer = self.event(content, plan.usage, last=True)
        if plan.said.calls and self._model.reasons:
            answer["candidates"][0]["finishMessage"] = CALLED
        if parts and not self._model.reasons:
            answer["candidates"][0]["avgLogprobs"] = -0.0001
        return answer

    def piece(self, piece: Piece, usage: Usage) -> dict[str, Any] | None:
        """An event for this piece, if it is one that is told."""
        match piece.kind:
            case "reasoning":
                part: dict[str, Any] = {"text": piece.text, "thought": True}
                return self.event({"parts": [part], "role": "model"}, usage) if self._thoughts() else None
            case "call":
                part = self.calls()[piece.call] if piece.first and self.calls() else {}
                return self.event({"parts": [part], "role": "model"}, usage) if part else None
            case "refusal":
                return None
        return self.event({"parts": [{"text": piece.text}], "role": "model"}, usage)

    def last(self) -> dict[str, Any]:
        """The event that says why it ended."""
        if self._plan.finish == "blocked":
            return self.blocked()
        part: dict[str, Any] = {"text": ""}
        if self.signature and not self._plan.said.calls:
            part["thoughtSignature"] = self.signature
        return self.event({"parts": [part], "role": "model"}, self._plan.usage, last=True)

    def blocked(self) -> dict[str, Any]:
        usage = self._plan.usage
        return {
            "promptFeedback": {"blockReason": self._plan.said.reason or "PROHIBITED_CONTENT"},
            "usageMetadata": {"promptTokenCount": usage.prompt, "totalTokenCount": usage.prompt},
            "modelVersion": self._model.dated, "responseId": self._number,
        }  # fmt: skip

    def calls(self) -> list[dict[str, Any]]:
        """A call that was cut in its middle is none."""
        made: list[dict[str, Any]] = []
        for call in self._plan.said.calls if self._plan.finish != "length" else ():
            arguments = json.loads(call.text)
            made.append(
                {
                    "functionCall": {
                        "name": call.name,
                        "args": arguments,
                        **({"id": call.id} if call.id else {}),
                    }
                }
            )
        if made and self.signature:
            made[0]["thoughtSignature"] = self.signature
        return made

    def event(self, content: dict[str, Any], usage: Usage, *, last: bool = False) -> dict[str, Any]:
        candidate: dict[str, Any] = {"content": content}
        if self._model.reasons:
            candidate["index"] = 0
        if last:
            candidate |= self._finish()
        return {
            "candidates": [candidate], "usageMetadata": self.usage(usage), "modelVersion": self._model.dated,
            "responseId": self._number,
        }  # fmt: skip

    def _finish(self) -> dict[str, Any]:
        said = self._plan.said
        if said.finish == "filtered" or (said.refusal and not said.text):
            ratings: list[dict[str, Any]] = [
                {"category": one, "probability": "NEGLIGIBLE"} for one in RATINGS
            ]
            ratings[0] |= {"probability": "HIGH", "blocked": True}
            return {"content": {}, "finishReason": said.reason or "SAFETY", "safetyRatings": ratings}
        if said.finish == "length":
            return {"finishReason": "MAX_TOKENS"}
        if said.finish == "empty":
            return {"content": {"role": "model"}, "finishReason": said.reason or "STOP"}
        return {"finishReason": said.reason or "STOP"}

    def usage(self, usage: Usage) -> dict[str, Any]:
        seen = self._plan.asked.pictures * PICTURE_TOKENS
        details = [{"modality": "TEXT", "tokenCount": max(0, usage.prompt - seen)}]
        if seen:
            details.append({"modality": "IMAGE", "tokenCount": seen})
        told: dict[str, Any] = {"promptTokenCount": usage.prompt}
        if usage.completion:
            told["candidatesTokenCount"] = usage.completion
            if not self._model.reasons:
                told["candidatesTokensDetails"] = [{"modality": "TEXT", "tokenCount": usage.completion}]
        told["totalTokenCount"] = usage.prompt + usage.output
        if usage.cached:
            told["cachedContentTokenCount"] = usage.cached
        told["promptTokensDetails"] = details
        if usage.reasoning:
            told["thoughtsTokenCount"] = usage.reasoning
        return {**told, "serviceTier": "standard"}

    def _thoughts(self) -> bool:
        return bool(self._shows_thoughts and self._plan.said.reasoning)
