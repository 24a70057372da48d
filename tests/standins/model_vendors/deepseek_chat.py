"""POST /chat/completions of DeepSeek: OpenAI's question, other limits, and the thoughts in the answer."""

import json
from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors.deepseek_chunks import DeepSeekEvents, head_of, usage_of
from tests.standins.model_vendors.errors import Rejected, openai_error
from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.openai_chunks import call_ids, finish_of
from tests.standins.model_vendors.openai_messages import choice_of_tool, conversation, tools_offered
from tests.standins.model_vendors.plans import Plan, prompt_tokens
from tests.standins.model_vendors.talk import Asked
from tests.standins.model_vendors.wire import Request

MORE = "For more information, please refer to https://api-docs.deepseek.com/guides/thinking_mode#tool-calls"
TARGET = "Failed to deserialize the JSON body into the target type: "


def no(message: str, status: int = 400, kind: str = "invalid_request_error") -> Rejected:
    """Every error of DeepSeek has the same code, whatever its type."""
    return openai_error(status, message, kind=kind, code="invalid_request_error")


class DeepSeekDialect:
    """Fields that it does not know are passed over, as the real one does."""

    def __init__(self, models: Mapping[str, Model]) -> None:
        self.models = models

    def unknown_model(self, model_id: str) -> Rejected:
        return no("Model Not Exist")

    def read(self, body: Mapping[str, Any], model: Model, request: Request, key: str) -> Asked:
        _check_messages(body.get("messages"))
        thinks = _thinks(body, model)
        try:
            system, turns = conversation(body["messages"], model)
            tools = tools_offered(body.get("tools"))
            choice = choice_of_tool(body.get("tool_choice"), tools)
        except Rejected as other:
            raise no(other.body["error"]["message"]) from other
        if thinks:
            _check_thinking(body, choice, model)
        _check_numbers(body, model)
        return Asked(
            vendor="deepseek", model=model.id, system=system, turns=turns, body=body, key=key,
            schema=_schema_wanted(body), tools=tools, tool_choice=choice, stream=bool(body.get("stream")),
            max_output_tokens=body.get("max_tokens"), temperature=body.get("temperature"), path=request.path,
            thinks=thinks,
        )  # fmt: skip

    def admit(self, plan: Plan) -> None:
        model, sent = self.models[plan.asked.model], prompt_tokens(plan.asked)
        wanted = plan.asked.max_output_tokens or 0
        if sent + wanted > model.context:
            raise no(
                f"This model's maximum context length is {model.context} tokens. However, you requested "
                f"{sent + wanted} tokens ({sent} in the messages, {wanted} in the completion). Please "
                "reduce the "
                "length of the messages or completion."
            )
        if plan.finish == "blocked":
            raise no("Content Exists Risk")

    def whole(self, plan: Plan) -> Mapping[str, Any]:
        said, message = plan.said, dict[str, Any]({"role": "assistant"})
        message["content"] = said.text or said.refusal
        if plan.asked.thinks:
            message["reasoning_content"] = said.reasoning
        if said.calls:
            message["tool_calls"] = [
                {
                    "index": n,
                    "id": call_id,
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.text},
                }
                for n, (call, call_id) in enumerate(zip(said.calls, call_ids(plan), strict=True))
            ]
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish_of(plan)}
        return {**head_of(plan, "chat.completion"), "choices": [choice], "usage": usage_of(plan)}

    def stream(self, plan: Plan) -> DeepSeekEvents:
        return DeepSeekEvents(plan)


def _thinks(body: Mapping[str, Any], model: Model) -> bool:
    told = (body.get("thinking") or {}).get("type")
    return told == "enabled" or (model.reasons and told != "disabled")


def _check_messages(messages: Any) -> None:
    if not isinstance(messages, list) or not messages:
        raise no(TARGET + "missing field `messages` at line 1 column 2", 422)
    roles = ("system", "user", "assistant", "tool")
    for number, message in enumerate(messages):
        if message.get("role") not in roles:
            known = ", ".join(f"`{role}`" for role in (*roles, "latest_reminder"))
            raise no(
                f"{TARGET}messages[{number}].role: unknown variant `{message.get('role')}`, expected one of "
                f"{known} "
                "at line 1 column 30"
            )
        content = message.get("content")
        for part in content if isinstance(content, list) else []:
            if part.get("type") != "text":
                raise no(
                    f"{TARGET}messages[{number}]: unknown variant `{part.get('type')}`, expected `text` at "
                    "line 1 "
                    "column 60"
                )


def _check_thinking(body: Mapping[str, Any], choice: str, model: Model) -> None:
    if choice not in ("auto", "none"):
        raise no("deepseek-reasoner does not support this tool_choice")
    if body.get("logprobs") or body.get("top_logprobs"):
        raise no("deepseek-reasoner does not support logprobs")
    messages = body["messages"]
    asked = max((n for n, one in enumerate(messages) if one["role"] == "user"), default=0)
    for number, message in enumerate(messages):
        if number > asked and message.get("tool_calls") and "reasoning_content" not in message:
            if model.id == "deepseek-reasoner":
                raise no(
                    "Missing `reasoning_content` field in the assistant message at message index "
                    f"{number}. {MORE}"
                )
            raise no("The `reasoning_content` in the thinking mode must be passed back to the API.")


def _check_numbers(body: Mapping[str, Any], model: Model) -> None:
    for name, least, most in ("temperature", 0, 2), ("top_p", 0, 1):
        value = body.get(name)
        if value is not None and not least <= value <= most:
            raise no(f"Invalid {name} value, the valid range of {name} is [{least}, {most}]")
    wanted = body.get("max_tokens")
    if wanted is not None and not 1 <= wanted <= model.max_output:
        raise no(f"Invalid max_tokens value, the valid range of max_tokens is [1, {model.max_output}]")
    if body.get("n") not in (None, 1):
        raise no("Invalid n value (currently only n = 1 is supported)")


def _schema_wanted(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    kind = (body.get("response_format") or {"type": "text"}).get("type")
    if kind == "text":
        return None
    if kind != "json_object":
        raise no("This response_format type is unavailable now")
    if "json" not in json.dumps(body["messages"]).lower():
        raise no(
            "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'."
        )
    return {}
