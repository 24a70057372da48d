"""The fields that Gemini knows. It is strict about names, and takes each in camelCase and in snake_case."""

import re
from collections.abc import Mapping
from typing import Any

from tests.standins.model_vendors.errors import google_error

ANY: Any = "any"
BLOB = {"mimeType": ANY, "data": ANY, "displayName": ANY}
PART = {
    "text": ANY, "thought": ANY, "thoughtSignature": ANY, "inlineData": BLOB,
    "fileData": {"mimeType": ANY, "fileUri": ANY, "displayName": ANY},
    "functionCall": {"id": ANY, "name": ANY, "args": ANY, "partialArgs": ANY, "willContinue": ANY},
    "functionResponse": {
        "id": ANY, "name": ANY, "response": ANY, "willContinue": ANY, "scheduling": ANY, "parts": ANY
    },
    "executableCode": ANY, "codeExecutionResult": ANY, "videoMetadata": ANY, "mediaResolution": ANY,
    "partMetadata": ANY,
}  # fmt: skip
CONTENT = {"parts": [PART], "role": ANY}
SCHEMA: dict[str, Any] = {
    "anyOf": "schemas", "default": ANY, "description": ANY, "enum": ANY, "example": ANY, "format": ANY,
    "items": "schema", "maxItems": ANY, "maxLength": ANY, "maxProperties": ANY, "maximum": ANY,
    "minItems": ANY,
    "minLength": ANY, "minProperties": ANY, "minimum": ANY, "nullable": ANY, "pattern": ANY,
    "properties": "map of schemas", "propertyOrdering": ANY, "required": ANY, "title": ANY, "type": ANY,
}  # fmt: skip
GENERATION = {
    "temperature": ANY, "topP": ANY, "topK": ANY, "candidateCount": ANY, "maxOutputTokens": ANY,
    "stopSequences": ANY, "responseLogprobs": ANY, "logprobs": ANY, "presencePenalty": ANY,
    "frequencyPenalty": ANY, "seed": ANY, "responseMimeType": ANY, "responseSchema": "schema",
    "responseJsonSchema": ANY, "_responseJsonSchema": ANY, "responseModalities": ANY, "mediaResolution": ANY,
    "speechConfig": ANY, "imageConfig": ANY, "enableEnhancedCivicAnswers": ANY,
    "thinkingConfig": {"includeThoughts": ANY, "thinkingBudget": ANY, "thinkingLevel": ANY},
}  # fmt: skip
DECLARATION = {
    "description": ANY, "name": ANY, "parameters": "schema", "parametersJsonSchema": ANY,
    "response": "schema",
    "responseJsonSchema": ANY, "behavior": ANY,
}  # fmt: skip
TOOL = {
    "functionDeclarations": [DECLARATION], "googleSearch": ANY, "googleSearchRetrieval": ANY,
    "codeExecution": ANY,
    "urlContext": ANY, "computerUse": ANY, "fileSearch": ANY, "googleMaps": ANY,
}  # fmt: skip
REQUEST = {
    "model": ANY, "contents": [CONTENT], "systemInstruction": CONTENT, "generationConfig": GENERATION,
    "tools": [TOOL], "safetySettings": [{"category": ANY, "threshold": ANY}], "cachedContent": ANY,
    "serviceTier": ANY, "store": ANY, "labels": ANY,
    "toolConfig": {
        "functionCallingConfig": {"mode": ANY, "allowedFunctionNames": ANY}, "retrievalConfig": ANY,
        "includeServerSideToolInvocations": ANY,
    },
}  # fmt: skip


def read(body: Any, spec: Any = REQUEST, where: str = "") -> Any:
    """The message with its fields in camelCase. Raises `Rejected` for a name that nobody knows."""
    if spec is ANY:
        return body
    if spec == "map of schemas":
        return {
            name: read(part, SCHEMA, f"{where}[{number}].value")
            for number, (name, part) in enumerate(body.items())
        }
    if spec == "schemas" or isinstance(spec, list):
        inner = SCHEMA if spec == "schemas" else spec[0]
        many = body if isinstance(body, list) else [body]
        return [read(one, inner, f"{where}[{number}]") for number, one in enumerate(many)]
    known = SCHEMA if spec == "schema" else spec
    if not isinstance(body, Mapping):
        told = "string" if isinstance(body, str) else "value"
        raise _invalid(f"Invalid value at '{where}' ({told}), \"{body}\"", where)
    return {camel(name): _field(name, value, known, where) for name, value in body.items()}


def _field(name: str, value: Any, known: Mapping[str, Any], where: str) -> Any:
    if camel(name) not in known:
        at = f" at '{where}'" if where else ""
        raise _invalid(f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.', where)
    step = _snake(camel(name))
    return read(value, known[camel(name)], f"{where}.{step}" if where else step)


def _invalid(message: str, where: str) -> Exception:
    violation = {"description": message, **({"field": where} if where else {})}
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    return google_error(400, "INVALID_ARGUMENT", message, [detail])


def camel(name: str) -> str:
    return name[:1] + re.sub(r"_([a-z])", lambda found: found[1].upper(), name[1:])


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", lambda found: "_" + found[1].lower(), name)


def check_schema(schema: Mapping[str, Any], where: str) -> None:
    """What Gemini looks for in its own kind of schema. Raises `Rejected`."""
    kind = str(schema.get("type", "")).upper()
    if kind == "OBJECT" and not schema.get("properties"):
        raise _wrong(f"{where}.properties: should be non-empty for OBJECT type")
    if kind == "ARRAY" and "items" not in schema:
        raise _wrong(f"{where}.items: missing field.")
    for number, name in enumerate(schema.get("required", [])):
        if name not in schema.get("properties", {}):
            raise _wrong(f"{where}.required[{number}]: property is not defined")
    for name, part in schema.get("properties", {}).items():
        check_schema(part, f"{where}.properties[{name}]")
    for number, part in enumerate(schema.get("anyOf", [])):
        check_schema(part, f"{where}.any_of[{number}]")
    if "items" in schema:
        check_schema(schema["items"], f"{where}.items")


def _wrong(what: str) -> Exception:
    return google_error(400, "INVALID_ARGUMENT", f"* GenerateContentRequest.{what}\n")
