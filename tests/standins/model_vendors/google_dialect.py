"""generateContent and streamGenerateContent: how Gemini reads a question and words an answer."""

import base64
import itertools
from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors import google_fields as fields
from tests.standins.model_vendors.errors import Rejected, google_error
from tests.standins.model_vendors.google_contents import (
    check_signatures,
    choice_of_tool,
    invalid,
    tools_offered,
    turns_of,
    words_of,
)  # fmt: skip
from tests.standins.model_vendors.google_events import ArrayEvents, ServerEvents
from tests.standins.model_vendors.google_parts import Parts
from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.plans import Plan, prompt_tokens
from tests.standins.model_vendors.talk import Asked
from tests.standins.model_vendors.wire import Request

NUMBERS = itertools.count(1)
TYPES = ("text/plain", "application/json", "application/xml", "application/yaml", "text/x.enum")


class GeminiDialect:
    """Remembers the signatures that it gave."""

    def __init__(self, models: Mapping[str, Model]) -> None:
        self.models = models
        self.signed: set[str] | None = set()

    def unknown_model(self, model_id: str) -> Rejected:
        return google_error(
            404, "NOT_FOUND", f"models/{model_id} is not found for API version v1beta, or is not supported "
            "for "
            "generateContent. Call ModelService.ListModels to see the list of available models and their "
            "supported "
            "methods.",
        )  # fmt: skip

    def read(self, body: Mapping[str, Any], model: Model, request: Request, key: str) -> Asked:
        sent = fields.read(body)
        turns = turns_of(sent.get("contents"))
        tools = tools_offered(sent.get("tools", []))
        wanted = sent.get("generationConfig") or {}
        _check_numbers(wanted, model)
        _check_thinking(wanted.get("thinkingConfig") or {}, model)
        schema = _schema_wanted(wanted)
        _check_declarations(sent.get("tools", []))
        if schema is not None and tools and not model.signs:
            raise invalid("Function calling with a response mime type: 'application/json' is unsupported")
        if model.signs:
            check_signatures(sent["contents"], self.signed)
        return Asked(
            vendor="google", model=model.id, system=words_of(sent.get("systemInstruction")), turns=turns,
            body=body,
            key=key, schema=schema, tools=tools, tool_choice=choice_of_tool(sent.get("toolConfig") or {},
            tools),
            stream=request.path.endswith(":streamGenerateContent"), temperature=wanted.get("temperature"),
            max_output_tokens=wanted.get("maxOutputTokens"), path=request.path + _alt(request),
            thinks=model.reasons and (wanted.get("thinkingConfig") or {}).get("thinkingBudget") != 0,
        )  # fmt: skip

    def admit(self, plan: Plan) -> None:
        model, sent = self.models[plan.asked.model], prompt_tokens(plan.asked)
        if sent > model.context:
            raise invalid(
                f"The input token count ({sent}) exceeds the maximum number of tokens allowed "
                f"({model.context})."
            )

    def whole(self, plan: Plan) -> Mapping[str, Any]:
        return self._parts(plan).whole()

    def stream(self, plan: Plan) -> ArrayEvents | ServerEvents:
        events = ServerEvents if plan.asked.path.endswith("?alt=sse") else ArrayEvents
        return events(plan, self._parts(plan))

    def _parts(self, plan: Plan) -> Parts:
        model = self.models[plan.asked.model]
        calls, thought = bool(plan.said.calls), bool(plan.usage.reasoning)
        signs = (model.signs and (calls or thought)) or (thought and bool(plan.asked.tools))
        return Parts(plan, model, f"standin-response-{next(NUMBERS)}", self._sign() if signs else "")

    def _sign(self) -> str:
        signature = base64.b64encode(f"stand-in?>signature{next(NUMBERS)}".encode()).decode()
        if self.signed is not None:
            self.signed.add(signature)
        return signature


def _check_declarations(tools: list[Mapping[str, Any]]) -> None:
    declared = [one for tool in tools for one in tool.get("functionDeclarations", [])]
    for number, one in enumerate(declared):
        if "parameters" in one:
            fields.check_schema(one["parameters"], f"tools[0].function_declarations[{number}].parameters")


def _alt(request: Request) -> str:
    return "?alt=sse" if request.query.get("alt") == "sse" else ""


def _check_numbers(wanted: Mapping[str, Any], model: Model) -> None:
    for name, least, most in ("temperature", 0, 2), ("topP", 0, 1):
        value = wanted.get(name)
        if value is not None and not least <= value <= most:
            told = "top_p" if name == "topP" else name
            raise invalid(
                f"* GenerateContentRequest.generation_config.{told}: {told} must be in the range "
                f"[{least:.1f}, "
                f"{most:.1f}].\n"
            )
    if wanted.get("candidateCount", 1) != 1:
        raise invalid("Multiple candidates is not enabled for this model")
    limit = wanted.get("maxOutputTokens")
    if limit is not None and not 1 <= limit <= model.max_output:
        raise invalid(
            f"Unable to submit request because it has a maxOutputTokens value of {limit} but the supported "
            "range is "
            f"from 1 (inclusive) to {model.max_output + 1} (exclusive). Update the value and try again."
        )


def _check_thinking(thinking: Mapping[str, Any], model: Model) -> None:
    budget, level = thinking.get("thinkingBudget"), thinking.get("thinkingLevel")
    if (budget is not None or level is not None) and not model.reasons:
        raise invalid("Thinking is not enabled for this model")
    if budget is not None and level is not None:
        raise invalid("You can only set only one of thinking budget and thinking level.")
    if level is not None and "level" not in model.efforts:
        raise invalid("Thinking level is not supported for this model.")
    if budget == 0 and "always" in model.efforts:
        raise invalid("Budget 0 is invalid. This model only works in thinking mode.")


def _schema_wanted(wanted: Mapping[str, Any]) -> Mapping[str, Any] | None:
    kind = wanted.get("responseMimeType") or "text/plain"
    if kind not in TYPES:
        raise invalid(
            "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are "
            "`text/plain`, "
            "`application/json`, `application/xml`, `application/yaml` and `text/x.enum`.\n"
        )
    own, standard = wanted.get("responseSchema"), wanted.get("responseJsonSchema")
    if own is not None and standard is not None:
        raise invalid("Only one of response_schema and response_json_schema can be set.")
    if own is not None:
        fields.check_schema(own, "generation_config.response_schema")
    schema = standard if own is None else own
    if kind == "application/json":
        return schema or {}
    if schema is not None and kind == "text/plain":
        raise invalid(
            "* GenerateContentRequest.generation_config.response_schema: response schema is only supported "
            "with "
            "response mime type application/json or text/x.enum.\n"
        )
    return schema


def counted(asked: Asked) -> dict[str, Any]:
    """The answer of countTokens."""
    total = prompt_tokens(asked)
    return {"totalTokens": total, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": total}]}


def listed(model: Model) -> dict[str, Any]:
    return {
        "name": f"models/{model.id}", "version": "001", "displayName": model.id, "description": "A stand-in.",
        "inputTokenLimit": model.context, "outputTokenLimit": model.max_output,
        "supportedGenerationMethods": ["generateContent", "countTokens"], "temperature": 1, "topP": 0.95,
        "topK": 64,
        "maxTemperature": 2, "thinking": model.reasons,
    }  # fmt: skip
