"""What OpenAI takes as a strict schema: a part of JSON schema, checked before anything is answered."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.standins.model_vendors.errors import openai_error

DEPTH, PROPERTIES = 10, 5000
KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "prefixItems", "enum", "const",
    "anyOf",
    "$ref", "$defs", "definitions", "description", "title", "pattern", "format", "multipleOf", "minimum",
    "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "$schema", "$id",
}  # fmt: skip
FORMATS = {
    "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"
}  # fmt: skip
Found = Iterator[tuple[tuple[str, ...], str]]


def check_strict(schema: Any, what: str, param: str, code: str | None = None) -> None:
    """Raise what OpenAI says about the first thing in `schema` that strict mode does not take."""
    for context, trouble in _troubles(schema, schema, (), 1):
        where = "(" + ", ".join(f"'{step}'" for step in context) + (",)" if len(context) == 1 else ")")
        raise openai_error(
            400, f"Invalid schema for {what}: In context={where}, {trouble}", param=param, code=code
        )


def check_object(schema: Any, what: str, param: str, code: str | None = None) -> None:
    """The root must be an object, strict or not."""
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    if kind != "object":
        told = "null" if kind is None else kind
        raise openai_error(
            400, f"Invalid schema for {what}: schema must be a JSON Schema of 'type: \"object\"', "
            f"got 'type: \"{'None' if told == 'null' else told}\"'.", param=param, code=code,
        )  # fmt: skip


def _troubles(schema: Any, root: Any, context: tuple[str, ...], depth: int) -> Found:
    if depth > DEPTH + 1:
        yield context, f"the schema has more than {DEPTH} levels of nesting."
        return
    if not isinstance(schema, Mapping):
        yield context, f"{schema!r} is not of type 'object', 'boolean'."
        return
    yield from _words(schema, context)
    if schema.get("type") == "object" or "properties" in schema:
        yield from _object(schema, context)
    for step, part, deeper in _parts(schema):
        yield from _troubles(part, root, (*context, *step), depth + deeper)
    if not context and _count(schema) > PROPERTIES:
        yield context, f"the schema has more than {PROPERTIES} properties."


def _words(schema: Mapping[str, Any], context: tuple[str, ...]) -> Found:
    if "$ref" in schema and set(schema) - {"$ref"}:
        yield context, f"$ref cannot have keywords {set(schema) - {'$ref'}}."
    for word in schema:
        if word not in KNOWN:
            yield context, f"'{word}' is not permitted."
    if not set(schema) & {"type", "$ref", "anyOf", "enum", "const"}:
        yield context, "schema must have a 'type' key."
    if schema.get("format", "date") not in FORMATS:
        yield context, f"'format' {schema['format']!r} is not a valid format."
    if schema.get("type") == "array" and not {"items", "prefixItems"} & set(schema):
        yield context, "array schema missing items."


def _object(schema: Mapping[str, Any], context: tuple[str, ...]) -> Found:
    if schema.get("additionalProperties") is not False:
        yield context, "'additionalProperties' is required to be supplied and to be false."
    required, properties = schema.get("required"), schema.get("properties", {})
    told = "'required' is required to be supplied and to be an array including every key in properties."
    for name in properties:
        if name not in (required or []):
            yield context, f"{told} Missing '{name}'."
    for name in required or []:
        if name not in properties:
            yield context, f"{told} Extra required key '{name}' supplied."


def _parts(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any, int]]:
    for name, part in schema.get("properties", {}).items():
        yield ("properties", name), part, 1
    for word in ("$defs", "definitions"):
        for name, part in schema.get(word, {}).items():
            yield (word, name), part, 0
    if "items" in schema:
        yield ("items",), schema["items"], 1
    for number, part in enumerate(schema.get("anyOf", [])):
        yield ("anyOf", str(number)), part, 0


def _count(schema: Any) -> int:
    if isinstance(schema, list):
        return sum(map(_count, schema))
    if not isinstance(schema, Mapping):
        return 0
    own = len(schema["properties"]) if isinstance(schema.get("properties"), Mapping) else 0
    return own + sum(map(_count, schema.values()))
