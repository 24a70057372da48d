"""The least that fits a schema, looked at by somebody else's validator."""

import jsonschema
import pytest

from tests.standins.model_vendors.instances import Endless, instance

TREE = {
    "$defs": {"Node": {"type": "object", "required": ["name", "next"], "properties": {
        "name": {"type": "string"}, "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
    }}},
    "$ref": "#/$defs/Node",
}  # fmt: skip
SCHEMAS = [
    ({"type": "string"}, "stand-in"),
    ({"type": "string", "minLength": 12, "maxLength": 14}, "stand-instan"),
    ({"type": "string", "maxLength": 3}, "sta"),
    ({"type": "string", "format": "date"}, "2026-01-31"),
    ({"type": ["null", "integer"], "minimum": 3}, 3),
    ({"type": "integer", "exclusiveMinimum": 3, "multipleOf": 5}, 5),
    ({"type": "integer", "maximum": -2}, -2),
    ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
    ({"type": "number", "exclusiveMaximum": 0}, -1),
    ({"type": "number", "minimum": 0.5, "maximum": 0.6}, 0.5),
    ({"enum": ["b", "a"]}, "b"),
    ({"const": 7}, 7),
    ({"anyOf": [{"type": "null"}, {"type": "boolean"}]}, False),
    ({"type": "array", "items": {"type": "integer"}}, []),
    ({"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True}, [0, 1, 2]),
    ({"type": "array", "items": {"enum": ["x", "y"]}, "minItems": 2, "uniqueItems": True}, ["x", "y"]),
    ({"type": "array", "prefixItems": [{"const": 1}, {"type": "null"}], "minItems": 2}, [1, None]),
    ({"type": "object", "properties": {"a": {"const": 1}, "b": {}}, "required": ["a"]}, {"a": 1}),
    ({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1}, {"more_0": 0}),
    ({"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"const": 1}}}]}, {"a": 1}),
    (TREE, {"name": "stand-in", "next": None}),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "wanted"), SCHEMAS)
def test_the_least_that_is_valid(schema, wanted):
    assert instance(schema) == wanted
    jsonschema.validate(wanted, schema)


def test_googles_own_kind_of_schema():
    schema = {
        "type": "OBJECT",
        "properties": {"n": {"type": "ARRAY", "items": {"type": "INTEGER"}, "minItems": "2"}},
    }
    assert instance({**schema, "required": ["n"]}) == {"n": [0, 0]}


def test_what_never_ends_is_said():
    loop = {"$defs": {"A": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/A"}}}}}
    with pytest.raises(Endless):
        instance({**loop, "$ref": "#/$defs/A"})
