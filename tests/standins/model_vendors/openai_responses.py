"""POST /v1/responses: how OpenAI reads a question and puts an answer together."""

import json
from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors import openai_fields as fields
from tests.standins.model_vendors import openai_input as reading
from tests.standins.model_vendors.errors import Rejected, openai_error
from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.openai_body import Body
from tests.standins.model_vendors.openai_chat import blocked, schema_of
from tests.standins.model_vendors.openai_events import ResponseEvents
from tests.standins.model_vendors.openai_messages import choice_of_tool
from tests.standins.model_vendors.plans import Plan, prompt_tokens
from tests.standins.model_vendors.talk import Asked
from tests.standins.model_vendors.wire import Request


class ResponsesDialect:
    """Keeps the answers that may be gone on from by `previous_response_id`."""

    def __init__(self, models: Mapping[str, Model]) -> None:
        self.models = models
        self._kept: dict[str, list[Any]] = {}

    def unknown_model(self, model_id: str) -> Rejected:
        return openai_error(
            400, f"The requested model '{model_id}' does not exist.", param="model", code="model_not_found"
        )

    def read(self, body: Mapping[str, Any], model: Model, request: Request, key: str) -> Asked:
        for name in body:
            if name not in fields.RESPONSES:
                raise openai_error(400, f"Unknown parameter: '{name}'.", param=name, code="unknown_parameter")
        if body.get("background"):
            raise openai_error(400, "Background mode is not supported with this model.", param="background")
        _check_numbers(body, model)
        sent = self._before(body) + _items(body.get("input"))
        system, turns = reading.conversation(sent or None, body.get("instructions"), model)
        tools = reading.tools_offered(body.get("tools"))
        return Asked(
            vendor="openai", model=model.id, system=system, turns=turns, body=body, key=key,
            schema=_schema_wanted(body), tools=tools, tool_choice=choice_of_tool(_choice(body), tools),
            stream=bool(body.get("stream")), max_output_tokens=body.get("max_output_tokens"),
            temperature=body.get("temperature"), path=request.path,
            thinks=model.thinks((body.get("reasoning") or {}).get("effort")),
        )  # fmt: skip

    def _before(self, body: Mapping[str, Any]) -> list[Any]:
        before = body.get("previous_response_id")
        if before is None:
            return []
        if before not in self._kept:
            raise openai_error(
                400, f"Previous response with id '{before}' not found.", param="previous_response_id",
                code="previous_response_not_found",
            )  # fmt: skip
        return self._kept[before]

    def admit(self, plan: Plan) -> None:
        model = self.models[plan.asked.model]
        if prompt_tokens(plan.asked) > model.context - (model.max_output if model.reasons else 0):
            raise openai_error(
                400, "Your input exceeds the context window of this model. Please adjust your input and try "
                "again.",
                param="input", code="context_length_exceeded",
            )  # fmt: skip
        if plan.finish == "blocked":
            raise blocked()

    def whole(self, plan: Plan) -> Mapping[str, Any]:
        return self._remember(plan, Body(plan, self.models[plan.asked.model])).finished()

    def stream(self, plan: Plan) -> ResponseEvents:
        return ResponseEvents(plan, self._remember(plan, Body(plan, self.models[plan.asked.model])))

    def _remember(self, plan: Plan, body: Body) -> Body:
        if plan.asked.body.get("store", True):
            self._kept[body.id] = (
                self._before(plan.asked.body) + _items(plan.asked.body.get("input")) + body.items
            )
        return body


def _items(sent: Any) -> list[Any]:
    return [{"role": "user", "content": sent}] if isinstance(sent, str) else list(sent or [])


def _choice(body: Mapping[str, Any]) -> Any:
    """Nothing to choose from is no mistake here: the SDKs send `auto` all the same."""
    choice = body.get("tool_choice")
    return None if choice in ("auto", "none") and not body.get("tools") else choice


def _check_numbers(body: Mapping[str, Any], model: Model) -> None:
    fields.check_ranges(body)
    effort = (body.get("reasoning") or {}).get("effort")
    fields.check_effort(effort, model, "reasoning.effort")
    fields.check_sampling(body, model, effort, chat=False)
    fields.check_verbosity((body.get("text") or {}).get("verbosity"), model, "text.verbosity")
    fields.check_limit(body.get("max_output_tokens"), model, "max_output_tokens")


def _schema_wanted(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    wanted = (body.get("text") or {}).get("format") or {"type": "text"}
    match wanted.get("type"):
        case "text":
            return None
        case "json_object":
            if "json" not in json.dumps(body["input"]).lower():
                raise openai_error(
                    400, "Response input messages must contain the word 'json' in some form to use "
                    "'text.format' "
                    "of type 'json_object'.", param="input",
                )  # fmt: skip
            return {}
        case "json_schema":
            return schema_of(wanted, "text.format.schema", "text.format", "invalid_json_schema")
    raise openai_error(
        400, f"Invalid value: '{wanted.get('type')}'. Supported values are: 'json_object', 'json_schema', "
        "and "
        "'text'.", param="text.format.type", code="invalid_value",
    )  # fmt: skip
