"""A minimal instance of a JSON schema: what a model that does its duty and no more would answer."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
DEPTH = 40
TEXT = "stand-in"


def instance(schema: Schema, root: Schema | None = None, depth: int = 0) -> Any:
    """Something valid for `schema`, the same every time; of patterns and formats only dates are read."""
    root = schema if root is None else root
    if depth > DEPTH:
        raise ValueError("the schema never ends")
    if "$ref" in schema:
        return instance(_find(schema["$ref"], root), root, depth + 1)
    for fixed in ("const", "default"):
        if fixed in schema:
            return schema[fixed]
    if schema.get("enum"):
        return schema["enum"][0]
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return _first_that_ends(schema[choice], root, depth)
    if "allOf" in schema:
        return instance(_merged(schema, root), root, depth + 1)
    return _of_type(schema, root, depth)


def _of_type(schema: Schema, root: Schema, depth: int) -> Any:
    named = schema.get("type", "object" if "properties" in schema else "string")
    kind = str(named[0] if isinstance(named, list) else named).lower()
    match kind:
        case "object":
            return _object(schema, root, depth)
        case "array":
            return _array(schema, root, depth)
        case "string":
            return _string(schema)
        case "integer" | "number":
            return _number(schema, whole=kind == "integer")
        case "boolean":
            return False
    return None


def _find(ref: str, root: Schema) -> Schema:
    found: Any = root
    for step in ref.removeprefix("#").strip("/").split("/"):
        found = found[step] if step else found
    return found  # type: ignore[no-any-return]


def _first_that_ends(choices: list[Schema], root: Schema, depth: int) -> Any:
    """The first choice that is not null and does not contain itself for ever."""
    for choice in sorted(choices, key=lambda one: one.get("type") in ("null", "NULL")):
        try:
            return instance(choice, root, depth + 1)
        except ValueError:
            continue
    raise ValueError("the schema never ends")


def _merged(schema: Schema, root: Schema) -> Schema:
    merged: dict[str, Any] = {name: value for name, value in schema.items() if name != "allOf"}
    for part in schema["allOf"]:
        part = _find(part["$ref"], root) if "$ref" in part else part
        for name, value in part.items():
            kept = merged.get(name)
            merged[name] = {**kept, **value} if isinstance(kept, dict) and isinstance(value, dict) else value
    return merged


def _object(schema: Schema, root: Schema, depth: int) -> dict[str, Any]:
    wanted = schema.get("required", [])
    properties = schema.get("properties", {})
    made = {name: instance(properties.get(name, {}), root, depth + 1) for name in wanted}
    for number in range(schema.get("minProperties", 0) - len(made)):
        made[f"more_{number}"] = TEXT
    return made


def _array(schema: Schema, root: Schema, depth: int) -> list[Any]:
    first = [instance(one, root, depth + 1) for one in schema.get("prefixItems", [])]
    more = range(len(first), int(schema.get("minItems", 0)))
    return first + [_different(instance(schema.get("items", {}), root, depth + 1), n, schema) for n in more]


def _different(made: Any, number: int, schema: Schema) -> Any:
    if not schema.get("uniqueItems") or not number:
        return made
    return f"{made} {number}" if isinstance(made, str) else made + number


def _string(schema: Schema) -> str:
    text = {"date": "2026-01-31", "date-time": "2026-01-31T12:00:00Z", "time": "12:00:00Z"}.get(
        schema.get("format", ""), TEXT
    )
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10**6))
    return (text * (least // len(text) + 1))[:least] if least > len(text) else text[:most]


def _number(schema: Schema, *, whole: bool) -> float | int:
    step = schema.get("multipleOf", 1 if whole else 0)
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    most = schema.get("maximum", schema.get("exclusiveMaximum"))
    if least is None:
        least = min(0, most) if most is not None else 0
    if least == schema.get("exclusiveMinimum") and "minimum" not in schema:
        least = least + 1 if whole or most is None else (least + most) / 2
    elif most is not None and least == schema.get("exclusiveMaximum"):
        least -= 1
    least = -(-least // step) * step if step else least
    return int(least) if whole else least
