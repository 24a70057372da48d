"""Checks an answer against the schema its gate asked for, before any run exists.

The schemas are those pydantic writes, so this reads the words that pydantic uses.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from state.errors import ReviewRefused
from state.review import ReviewReply

Schema = Mapping[str, Any]
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
BOUNDS: dict[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
    "exclusiveMinimum": lambda value, bound: value > bound,
    "exclusiveMaximum": lambda value, bound: value < bound,
}
LENGTHS: dict[str, Callable[[Any, Any], bool]] = {
    "minLength": lambda value, bound: len(value) >= bound,
    "maxLength": lambda value, bound: len(value) <= bound,
    "minItems": lambda value, bound: len(value) >= bound,
    "maxItems": lambda value, bound: len(value) <= bound,
    "minProperties": lambda value, bound: len(value) >= bound,
    "maxProperties": lambda value, bound: len(value) <= bound,
}


def check_reply(schema: Schema | None, reply: Any) -> None:
    """Accept the reply or say what is wrong with it.

    Raises:
        ReviewRefused: names the field; the gate stays open.
    """
    if not schema:
        return
    if schema.get("title") == ReviewReply.__name__:
        _check_review(reply)
    problem = find_problem(schema, reply, schema.get("$defs", {}), "reply")
    if problem is not None:
        raise ReviewRefused(f"The answer does not fit the question: {problem}", details={"problem": problem})


def _check_review(reply: Any) -> None:
    try:
        ReviewReply.model_validate(reply)
    except ValidationError as exc:
        problems = [
            {"field": ".".join(str(part) for part in error["loc"]), "message": error["msg"]}
            for error in exc.errors()
        ]
        first = f"{problems[0]['field'] or 'reply'}: {problems[0]['message']}"
        raise ReviewRefused(
            f"The answer does not fit the question: {first}", details={"problems": problems}
        ) from exc


def find_problem(schema: Schema, value: Any, defs: Schema, at: str) -> str | None:
    """The first thing that is wrong, in words; None when the value fits."""
    if "$ref" in schema:
        return find_problem(defs.get(schema["$ref"].rsplit("/", 1)[-1], {}), value, defs, at)
    checks = (_of_type, _of_values, _of_choices, _within_bounds, _of_object, _of_array)
    return next((problem for check in checks if (problem := check(schema, value, defs, at))), None)


def _of_type(schema: Schema, value: Any, defs: Schema, at: str) -> str | None:
    names = schema.get("type")
    if names is None:
        return None
    allowed = [names] if isinstance(names, str) else list(names)
    return None if any(_is(value, name) for name in allowed) else f"{at} must be {' or '.join(allowed)}"


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool) and name != "boolean":
        return False
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, TYPES.get(name, (object,)))


def _of_values(schema: Schema, value: Any, defs: Schema, at: str) -> str | None:
    if "const" in schema and value != schema["const"]:
        return f"{at} must be {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{at} must be one of {', '.join(map(str, schema['enum']))}"
    return None


def _of_choices(schema: Schema, value: Any, defs: Schema, at: str) -> str | None:
    for part in schema.get("allOf", ()):
        if problem := find_problem(part, value, defs, at):
            return problem
    choices = schema.get("anyOf") or schema.get("oneOf")
    if not choices:
        return None
    problems = [find_problem(choice, value, defs, at) for choice in choices]
    return None if None in problems else problems[0]


def _within_bounds(schema: Schema, value: Any, defs: Schema, at: str) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        rules = BOUNDS
    elif isinstance(value, str | list | dict):
        rules = LENGTHS
    else:
        return None
    for word, holds in rules.items():
        if word in schema and not holds(value, schema[word]):
            return f"{at} breaks {word} {schema[word]}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{at} must match {schema['pattern']}"
    return None


def _of_object(schema: Schema, value: Any, defs: Schema, at: str) -> str | None:
    if not isinstance(value, dict):
        return None
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return f"{at}.{name} is missing"
    for name, item in value.items():
        rule = known.get(name, schema.get("additionalProperties", True))
        if rule is False:
            return f"{at}.{name} is not known"
        if isinstance(rule, Mapping) and (problem := find_problem(rule, item, defs, f"{at}.{name}")):
            return problem
    return None


def _of_array(schema: Schema, value: Any, defs: Schema, at: str) -> str | None:
    items = schema.get("items")
    if not isinstance(value, list) or not isinstance(items, Mapping):
        return None
    found = (find_problem(items, item, defs, f"{at}[{n}]") for n, item in enumerate(value))
    return next((problem for problem in found if problem), None)
