"""The agents' functions as models call them: exact schemas, answers from facts, readable errors."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from nodes.agents.fallback_handler import FALLBACK, FallbackHandler
from nodes.agents.fallback_tools import DocumentationSearch
from nodes.agents.full_scene import full_scene
from nodes.agents.script_writer import WRITER, SceneWriter
from nodes.agents.system_integrator import INTEGRATOR, SystemIntegrator
from state.errors import ProviderTimeout
from state.writing import CheckSceneInput, FallbackInput, SceneDraft, SceneFacts
from tests.fake_models import Parrot, Recorder
from tests.unit.nodes.agents.answers import a_scene, scene_question
from tools.models.base import Tool
from tools.models.offline.advice import compose_advice
from tools.orders.quote import price_of

TEXT, WORDS, THINGS = {"type": "string"}, {"items": {"type": "string"}, "type": "array"}, {"type": "object"}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


SCHEMAS = {
    "generate_scene_prompt": _object(
        {
            "sceneNumber": {"type": "integer"}, "sceneDescription": TEXT, "characters": WORDS,
            "previousScenes": WORDS, "modelId": TEXT,
        },
        "sceneNumber", "sceneDescription", "modelId",
    ),
    "call_lambda_api": _object(
        {
            "endpoint": {"type": "string", "enum": ["generateMedia", "getStatus"]},
            "method": {"type": "string", "enum": ["GET", "POST"]}, "payload": THINGS,
        },
        "endpoint", "method",
    ),
    "calculate_cost": _object({"modelId": TEXT, "parameters": THINGS}, "modelId", "parameters"),
    "analyze_error": _object(
        {"errorCode": TEXT, "errorMessage": TEXT, "context": THINGS}, "errorCode", "errorMessage"
    ),
    "search_documentation": _object(
        {"query": {"type": "string", "minLength": 1, "maxLength": 500}, "modelId": TEXT}, "query"
    ),
}  # fmt: skip


async def nothing_found(query: str, model_id: str) -> list[str]:
    return []


def a_check(**changes: Any) -> CheckSceneInput:
    draft = SceneDraft.model_validate(full_scene(scene_question(), a_scene()))
    told = {
        "scene": draft.scene,
        "model_id": "veo-3.1",
        "parameters": {},
        "facts": SceneFacts(estimated="1.25"),
    }
    return CheckSceneInput.model_validate({**told, **changes})


def a_failure(**changes: Any) -> FallbackInput:
    told = {
        "action": "fix_provider_error",
        "error_code": "provider_timeout",
        "context": {"modelId": "veo-3.1"},
    }
    return FallbackInput.model_validate({**told, **changes})


def offered(search: DocumentationSearch | None = nothing_found) -> dict[str, Tool]:
    writer = SceneWriter(Parrot(), Recorder()).tools(scene_question())
    integrator = SystemIntegrator(Parrot(), Recorder()).tools(a_check())
    fallback = FallbackHandler(Parrot(), Recorder(), search=search).tools(a_failure())
    return {tool.name: tool for tool in (*writer, *integrator, *fallback)}


async def call(tool: str, **arguments: Any) -> Mapping[str, Any]:
    return await offered()[tool].run(arguments)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_tool_has_the_parameters_that_the_mission_names(name: str):
    assert plain(offered()[name].parameters) == SCHEMAS[name]


@pytest.mark.parametrize("definition", [WRITER, INTEGRATOR, FALLBACK])
def test_agents_are_described_with_the_tools_that_their_models_get(definition: Any):
    functions = [one for capability in definition.capabilities for one in capability.functions]
    for told in functions:
        tool = offered()[told["name"]]
        assert (told["description"], told["parameters"]) == (tool.description, tool.parameters)


def plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without what says that other fields are let through."""
    told = {name: dict(one) for name, one in schema["properties"].items()}
    for one in told.values():
        one.pop("additionalProperties", None)
    return {"type": schema["type"], "properties": told, "required": list(schema["required"])}


async def test_the_writer_learns_what_code_knows_of_its_scene():
    told = await call(
        "generate_scene_prompt", sceneNumber=1, sceneDescription="The key.", characters=["ana", "Marta"],
        previousScenes=[], modelId="veo-3.1-fast",
    )  # fmt: skip
    assert (told["seconds"], told["maxWords"], told["shots"], told["maxShotSeconds"]) == (6.0, 15, 3, 8)
    assert "no reference images" in told["modelRules"]
    assert not told["takesReferenceImages"]
    assert [one["name"] for one in told["characters"]] == ["Ana"]
    assert "olive skin" in told["characters"][0]["looks"]
    assert told["notInTheCast"] == ["Marta"]
    assert told["note"] == "This scene is made with previz-animatic, not with veo-3.1-fast."


async def test_the_writer_learns_what_earlier_scenes_left():
    first = SceneDraft.model_validate(full_scene(scene_question(), a_scene())).scene
    outline = scene_question().outline.model_copy(update={"number": 2})
    second = scene_question(outline=outline, previous_scenes=[first])
    tool = SceneWriter(Parrot(), Recorder()).tools(second)[0]
    told = await tool.run({"sceneNumber": 2, "sceneDescription": "", "modelId": "veo-3.1"})
    assert "Ana has the key" in told["previousScenes"][0]["notes"]
    assert told["previousScenes"][0]["last_line"] == "Ana: Then you won't miss it."


@pytest.mark.parametrize(("parameters", "units", "resolution"), [
    ({"duration": 8, "resolution": "1080p"}, 8, "1080p"), ({"duration": 4, "resolution": "720p"}, 4, "720p"),
])  # fmt: skip
async def test_a_cost_is_the_price_books(parameters: dict[str, Any], units: int, resolution: str):
    told = await call("calculate_cost", modelId="veo-3.1", parameters=parameters)
    exact = price_of("replicate", "veo-3.1", units, resolution=resolution).as_usd()
    assert told["breakdown"]["exact"] == str(exact)
    assert told["estimated"] == f"{exact:.2f}"


@pytest.mark.parametrize(("arguments", "words"), [
    ({"modelId": "veo-9", "parameters": {}}, "unknown model 'veo-9'"),
    ({"modelId": "veo-3.1", "parameters": {"duration": 61}}, "duration: veo-3.1 cannot make 61 s"),
    ({"modelId": "veo-3.1", "parameters": {"duration": 10**400}}, "duration: veo-3.1 cannot make inf s"),
    ({"modelId": "orchestra", "parameters": {"duration": -(10**400)}}, "orchestra cannot make -inf s"),
    ({"modelId": "veo-3.1", "parameters": {}}, "parameters.duration: say how many seconds"),
    ({"modelId": "veo-3.1"}, "parameters: Field required"),
    ({"modelId": "veo-3.1", "parameters": "8 s"}, "parameters: Input should be a valid dictionary"),
])  # fmt: skip
async def test_a_cost_that_cannot_be_told_is_refused_in_words(arguments: dict[str, Any], words: str):
    assert words in (await offered()["calculate_cost"].run(arguments))["error"]


async def test_a_status_is_answered_from_the_facts():
    told = await call("call_lambda_api", endpoint="getStatus", method="GET", payload={"jobId": "x"})
    assert told == {
        "sceneNumber": 1, "status": "not_ordered", "validation": {"isValid": True, "errors": []},
        "cost": {"estimated": "1.25"},
    }  # fmt: skip


async def test_nothing_can_be_ordered_by_a_model():
    told = await call("call_lambda_api", endpoint="generateMedia", method="POST", payload={"prompt": "x"})
    assert "ordered when its price has been approved by a person" in told["error"]


async def test_the_wrong_method_and_an_unknown_endpoint_are_told():
    wrong = await call("call_lambda_api", endpoint="getStatus", method="POST")
    assert wrong == {"error": "method: getStatus is called with GET"}
    assert "endpoint" in (await call("call_lambda_api", endpoint="deleteAll", method="GET"))["error"]


async def test_an_error_is_analysed_with_its_fixed_answer():
    told = await call(
        "analyze_error", errorCode="upload_failed", errorMessage="The disk is full.", context={"modelId": 5}
    )
    fixed = compose_advice(a_failure(error_code="upload_failed", errors=["The disk is full."]))
    assert told["suggestedActions"] == fixed.suggestedActions
    assert told["errorAnalysis"]["affectedComponent"] == "storage"


async def test_documentation_is_offered_only_where_a_search_is_on():
    async def search(query: str, model_id: str) -> list[str]:
        return [f"{model_id}: {query}"]

    assert "search_documentation" not in offered(search=None)
    told = await offered(search)["search_documentation"].run({"query": "clip lengths"})
    assert told == {"results": ["veo-3.1: clip lengths"]}
    other = await offered(search)["search_documentation"].run({"query": "x", "modelId": "wan-2.5-t2v"})
    assert other == {"results": ["wan-2.5-t2v: x"]}


async def test_a_search_that_fails_is_a_result_that_can_be_read():
    async def broken(query: str, model_id: str) -> list[str]:
        raise ProviderTimeout("The search did not answer.")

    told = await offered(broken)["search_documentation"].run({"query": "x"})
    assert told == {"error": "The search did not answer."}


NONSENSE: Sequence[Mapping[str, Any]] = [
    {}, {"sceneNumber": "first"}, {"endpoint": None, "method": []}, {"parameters": [1], "modelId": {}},
    {"errorCode": 5, "errorMessage": None, "context": "x"}, {"query": ""}, {"query": "q" * 501},
]  # fmt: skip


@pytest.mark.parametrize("name", SCHEMAS)
async def test_bad_arguments_never_raise(name: str):
    for arguments in NONSENSE:
        assert set(await offered()[name].run(arguments)) == {"error"}
