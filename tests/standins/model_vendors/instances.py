"""A minimal instance of a JSON schema: what a model that does its duty and no more would answer."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
TEXT = "stand-in"
DATES = {"date": "2026-01-31", "date-time": "2026-01-31T12:00:00Z", "time": "12:00:00Z"}


class Endless(ValueError):
    """The schema contains itself, and nothing ends it."""


def instance(schema: Schema) -> Any:
    """Something valid for `schema`, the same every time; of patterns and formats only dates are read."""
    return _make(schema, schema, ())


def _make(schema: Schema, root: Schema, inside: tuple[str, ...]) -> Any:
    """`inside` are the references that we are in the middle of."""
    if "$ref" in schema:
        ref = schema["$ref"]
        if ref in inside:
            raise Endless(ref)
        return _make(_find(ref, root), root, (*inside, ref))
    for fixed in ("const", "default"):
        if fixed in schema:
            return schema[fixed]
    if schema.get("enum"):
        return schema["enum"][0]
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return _first_that_ends(schema[choice], root, inside)
    if "allOf" in schema:
        return _make(_merged(schema, root), root, inside)
    return _of_type(schema, root, inside)


def _of_type(schema: Schema, root: Schema, inside: tuple[str, ...]) -> Any:
    match _kind(schema):
        case "object":
            return _object(schema, root, inside)
        case "array":
            return _array(schema, root, inside)
        case "string":
            return _string(schema)
        case "integer":
            return _number(schema, whole=True)
        case "number":
            return _number(schema, whole=False)
        case "boolean":
            return False
    return None


def _kind(schema: Schema) -> str:
    named = schema.get("type", "object" if "properties" in schema else "string")
    kinds = named if isinstance(named, list) else [named]
    return str(next((kind for kind in kinds if kind != "null"), "null")).lower()


def _find(ref: str, root: Schema) -> Schema:
    found: Any = root
    for step in ref.removeprefix("#").strip("/").split("/"):
        found = found[step.replace("~1", "/").replace("~0", "~")] if step else found
    return found  # type: ignore[no-any-return]  # a part of the schema


def _first_that_ends(choices: list[Schema], root: Schema, inside: tuple[str, ...]) -> Any:
    """Null only when there is nothing else."""
    for choice in sorted(choices, key=lambda one: _kind(one) == "null"):
        try:
            return _make(choice, root, inside)
        except Endless:
            continue
    raise Endless("no choice ends")


def _merged(schema: Schema, root: Schema) -> Schema:
    merged: dict[str, Any] = {name: value for name, value in schema.items() if name != "allOf"}
    for part in schema["allOf"]:
        part = _find(part["$ref"], root) if "$ref" in part else part
        for name, value in part.items():
            kept = merged.get(name)
            if isinstance(kept, dict) and isinstance(value, dict):
                value = {**kept, **value}
            elif isinstance(kept, list) and isinstance(value, list):
                value = [*kept, *value]
            merged[name] = value
    return merged


def _object(schema: Schema, root: Schema, inside: tuple[str, ...]) -> dict[str, Any]:
    properties = schema.get("properties", {})
    made = {name: _make(properties.get(name, {}), root, inside) for name in schema.get("required", [])}
    others = schema.get("additionalProperties")
    more = others if isinstance(others, Mapping) else {}
    for number in range(int(schema.get("minProperties", 0)) - len(made)):
        made[f"more_{number}"] = _make(more, root, inside)
    return made


def _array(schema: Schema, root: Schema, inside: tuple[str, ...]) -> list[Any]:
    made = [_make(one, root, inside) for one in schema.get("prefixItems", [])]
    items = schema.get("items") or {}
    for number in range(len(made), int(schema.get("minItems", 0))):
        if schema.get("uniqueItems") and "enum" in items:
            made.append(items["enum"][number])
        else:
            made.append(_other(_make(items, root, inside), number if schema.get("uniqueItems") else 0))
    return made


def _other(made: Any, number: int) -> Any:
    """As many different ones as are wanted."""
    if not number:
        return made
    return f"{made} {number}" if isinstance(made, str) else made + number


def _string(schema: Schema) -> str:
    text = DATES.get(schema.get("format", ""), TEXT)
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10**6))
    return (text * (least // len(text) + 1))[:least] if least > len(text) else text[:most]


def _number(schema: Schema, *, whole: bool) -> float | int:
    """The smallest that is allowed, or nought where that is."""
    least, most = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    step = schema.get("multipleOf", 1 if whole else 0)
    low = least if least is not None else above
    high = most if most is not None else below
    made: Any = 0 if low is None and (high is None or high > 0) else low if low is not None else high
    if made == above:
        more = 1 if whole else step or 1
        made = made + more if high is None or made + more < high else (made + high) / 2
    if low is None and made == below:
        made -= step or 1
    if step:
        made = -(-made // step) * step
    return int(made) if whole else made
