"""POST /v1/chat/completions: how OpenAI reads a question and words an answer."""

import json
from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors import openai_fields as fields
from tests.standins.model_vendors.errors import Rejected, openai_error
from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.openai_chunks import ChatEvents, call_ids, finish_of, head, usage_of
from tests.standins.model_vendors.openai_messages import choice_of_tool, conversation, tools_offered
from tests.standins.model_vendors.openai_strict import check_object, check_strict
from tests.standins.model_vendors.plans import Plan, prompt_tokens
from tests.standins.model_vendors.talk import Asked
from tests.standins.model_vendors.wire import Request


class ChatDialect:
    """One for all calls: it keeps nothing."""

    def __init__(self, models: Mapping[str, Model]) -> None:
        self.models = models

    def unknown_model(self, model_id: str) -> Rejected:
        return openai_error(
            404,
            f"The model `{model_id}` does not exist or you do not have access to it.",
            code="model_not_found",
        )

    def read(self, body: Mapping[str, Any], model: Model, request: Request, key: str) -> Asked:
        for name in body:
            if name not in fields.CHAT:
                raise openai_error(400, f"Unrecognized request argument supplied: {name}")
        if "chat" not in model.endpoints:
            raise openai_error(
                404,
                "This model is only supported in v1/responses and not in v1/chat/completions.",
                param="model",
            )
        _check_numbers(body, model)
        system, turns = conversation(body.get("messages"), model)
        tools = tools_offered(body.get("tools"))
        _check_strict_tools(body.get("tools") or [])
        return Asked(
            vendor="openai", model=model.id, system=system, turns=turns, body=body, key=key,
            schema=_schema_wanted(body), tools=tools, tool_choice=choice_of_tool(body.get("tool_choice"),
            tools),
            stream=bool(body.get("stream")), temperature=body.get("temperature"), path=request.path,
            thinks=model.thinks(body.get("reasoning_effort")),
            max_output_tokens=body.get("max_completion_tokens") or body.get("max_tokens"),
        )  # fmt: skip

    def admit(self, plan: Plan) -> None:
        model, sent = self.models[plan.asked.model], prompt_tokens(plan.asked)
        room = model.context - (model.max_output if model.reasons else 0)
        if sent > room:
            raise too_long(model, sent, room)
        if plan.finish == "blocked":
            raise blocked()

    def whole(self, plan: Plan) -> Mapping[str, Any]:
        said, model = plan.said, self.models[plan.asked.model]
        message: dict[str, Any] = {
            "role": "assistant", "content": said.text or None, "refusal": said.refusal or None,
            "annotations": []
        }  # fmt: skip
        if not said.calls and not said.refusal:
            message["content"] = said.text
        if said.calls:
            message["tool_calls"] = [
                {"id": call_id, "type": "function", "function": {"name": call.name, "arguments": call.text}}
                for call, call_id in zip(said.calls, call_ids(plan), strict=True)
            ]
        choice: dict[str, Any] = {"index": 0, "message": message, "finish_reason": finish_of(plan)}
        if not model.reasons:
            choice["logprobs"] = None
        return {**head(model, "chat.completion"), "choices": [choice], "usage": usage_of(plan.usage)}

    def stream(self, plan: Plan) -> ChatEvents:
        return ChatEvents(plan, self.models[plan.asked.model])


def too_long(model: Model, sent: int, room: int) -> Rejected:
    """The two wordings of one refusal: of models that reason, and of the others."""
    if model.reasons:
        told = f"Input tokens exceed the configured limit of {room} tokens. Your messages resulted in "
        f"{sent} tokens."
    else:
        told = f"This model's maximum context length is {room} tokens. However, your messages resulted in "
        f"{sent} tokens."
    return openai_error(
        400,
        f"{told} Please reduce the length of the messages.",
        param="messages",
        code="context_length_exceeded",
    )


def blocked() -> Rejected:
    """What OpenAI says to a prompt that it will not look at."""
    return openai_error(
        400, "Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try "
        "again "
        "with a different prompt: https://platform.openai.com/docs/guides/reasoning#advice-on-prompting",
        code="invalid_prompt",
    )  # fmt: skip


def _check_numbers(body: Mapping[str, Any], model: Model) -> None:
    fields.check_ranges(body)
    if body.get("n") not in (None, 1):
        raise openai_error(
            400, f"Unsupported value: 'n' does not support {body['n']} with this model. Only the default "
            "(1) value "
            "is supported.", param="n", code="unsupported_value",
        )  # fmt: skip
    fields.check_effort(body.get("reasoning_effort"), model, "reasoning_effort")
    fields.check_sampling(body, model, body.get("reasoning_effort"), chat=True)
    fields.check_verbosity(body.get("verbosity"), model, "verbosity")
    if model.reasons and body.get("max_tokens") is not None:
        raise fields.unsupported("max_tokens", " Use 'max_completion_tokens' instead.")
    if model.reasons and body.get("stop") is not None:
        raise fields.unsupported("stop")
    if model.id.startswith("o") and body.get("parallel_tool_calls") is not None:
        raise fields.unsupported("parallel_tool_calls")
    for name in ("max_tokens", "max_completion_tokens"):
        fields.check_limit(body.get(name), model, name)
    if body.get("stream_options") is not None and not body.get("stream"):
        raise openai_error(
            400,
            "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
            param="stream_options",
        )
    if body.get("metadata") and not body.get("store"):
        raise openai_error(400, "The 'metadata' parameter is only allowed when 'store' is enabled.")


def _schema_wanted(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    wanted = body.get("response_format") or {"type": "text"}
    match wanted.get("type"):
        case "text":
            return None
        case "json_object":
            if "json" not in json.dumps(body["messages"]).lower():
                raise openai_error(
                    400, "'messages' must contain the word 'json' in some form, to use 'response_format' of "
                    "type "
                    "'json_object'.", param="messages",
                )  # fmt: skip
            return {}
        case "json_schema":
            return schema_of(
                wanted.get("json_schema") or {}, "response_format", "response_format.json_schema"
            )
    raise openai_error(
        400, f"Invalid value: '{wanted.get('type')}'. Supported values are: 'json_object', 'json_schema', "
        "and 'text'.",
        param="response_format.type", code="invalid_value",
    )  # fmt: skip


def schema_of(named: Mapping[str, Any], param: str, where: str, code: str | None = None) -> Mapping[str, Any]:
    """The schema of a `json_schema` format. Raises `Rejected`."""
    name, schema = named.get("name"), named.get("schema")
    if not name:
        raise openai_error(
            400, f"Missing required parameter: '{where}.name'.", param=f"{where}.name",
            code="missing_required_parameter",
        )  # fmt: skip
    fields_name = f"response_format '{name}'"
    check_object(schema, fields_name, param, code)
    if named.get("strict"):
        check_strict(schema, fields_name, param, code)
    assert isinstance(schema, Mapping)
    return schema


def _check_strict_tools(tools: list[Mapping[str, Any]]) -> None:
    for number, tool in enumerate(tools):
        function = tool["function"]
        where = f"tools[{number}].function.parameters"
        if function.get("strict"):
            check_strict(
                function.get("parameters"),
                f"function '{function['name']}'",
                where,
                "invalid_function_parameters",
            )
        elif function.get("parameters") is not None:
            check_object(
                function["parameters"], f"function '{function['name']}'", where, "invalid_function_parameters"
            )
