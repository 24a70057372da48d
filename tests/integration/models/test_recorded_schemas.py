"""The shape of the answer that we ask for is the one that the recorded client asked for, wherever it did."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.integration.models.all_cases import CASES, quoted, recorded
from tests.integration.models.cases import Case, play
from tests.standins.cassette_player import playing
from tools.models.live import parameters

PLACES = (
    ("response_format", "json_schema", "schema"), ("text", "format", "schema"),
    ("generationConfig", "responseSchema"), ("generationConfig", "responseJsonSchema"),
    ("generationConfig", "response_schema"), ("generationConfig", "response_json_schema"),
)  # fmt: skip
"""Where a schema of the answer stands, by vendor and age of the client."""
PARAMETERS = ("parameters", "parametersJsonSchema", "parameters_json_schema")
SHAPED = [case for case in CASES if case.shape is not None]


def schemas(body: Mapping[str, Any], case: Case) -> Iterator[Any]:
    """What is asked for as the answer's shape: as a format, or as the function that is the answer."""
    for place in PLACES:
        found: Any = body
        for name in place:
            found = found.get(name) if isinstance(found, Mapping) else None
        if found:
            yield meant(found, found)
    for tool in body.get("tools", []):
        for one in (tool.get("function"), tool, *tool.get("functionDeclarations", [])):
            if isinstance(one, Mapping) and case.shape and one.get("name") == case.shape.__name__:
                told = next((one[name] for name in PARAMETERS if one.get(name)), {})
                yield meant(told, told)


def meant(schema: Any, whole: Any) -> Any:
    """What a schema asks for, without names and words, and with all that is told elsewhere in its place."""
    if "$ref" in schema:
        return meant(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    told: dict[str, Any] = {"type": str(schema.get("type", "")).lower()}
    if fields := schema.get("properties"):
        told["properties"] = {name: meant(one, whole) for name, one in fields.items()}
        told["required"] = sorted(schema.get("required", []))
    if "items" in schema:
        told["items"] = meant(schema["items"], whole)
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        told["choices"] = [meant(one, whole) for one in choices]
    if values := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        told["values"] = values
    return told


async def pairs(case: Case) -> list[tuple[list[Any], list[Any]]]:
    """Of each request: our schemas and the recorded client's, where it sent one."""
    async with playing(case.file, *quoted(case)) as player:
        await play(case, player)
    both = zip(player.bodies(), recorded(case), strict=True)
    found = [
        (list(schemas(sent, case)), list(schemas(json.loads(exchange.sent), case)))
        for sent, exchange in both
        if exchange.sent
    ]
    return [(ours, theirs) for ours, theirs in found if theirs]


@pytest.mark.parametrize("case", SHAPED, ids=lambda case: case.title)
async def test_the_shape_is_asked_for_as_it_was_recorded(case: Case):
    for ours, theirs in await pairs(case):
        assert ours == theirs


async def test_recordings_of_every_way_to_ask_for_a_shape_are_compared():
    told = {place for case in SHAPED for place in ways(case)}
    assert told == {"format", "function", "gemini"}


def ways(case: Case) -> Iterator[str]:
    for exchange in recorded(case):
        body = json.loads(exchange.sent or "{}")
        if list(schemas(body, case)):
            yield "gemini" if "contents" in body else "function" if case.card.shape == "tool" else "format"


@pytest.mark.parametrize("open_schema", [{"type": "object"}, {"type": "object", "properties": {}}])
async def test_control_a_shape_that_asks_for_nothing_is_noticed(
    open_schema: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(parameters, "schema_of", lambda shape: dict(open_schema))
    for case in SHAPED:
        compared = await pairs(case)
        assert all(ours != theirs for ours, theirs in compared), case.title
