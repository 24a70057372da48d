"""Every route, parameter and body of the API has words and an example."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from server.api import (
    admin,
    api_tokens,
    auth,
    erasure,
    novelas,
    productions,
    profile,
    provider_keys,
    videos,
    webhooks,
)
from server.app import PROTOCOL_ROUTERS, ROUTERS, create_app
from server.protocol import assistant_bodies, assistants, command_bodies, store_bodies, thread_filter
from tests.operations import operations_of
from tools.settings import Settings


def no_house(_: Settings) -> Any:
    raise AssertionError("the description needs no house")


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return create_app(Settings(), opener=no_house).openapi()


def test_the_routes_tell_the_same_operations(described: dict[str, Any]):
    """Who only needs the list reads the routes."""
    listed = [(method, path) for path, methods in described["paths"].items() for method in methods]
    assert sorted(operations_of(create_app(Settings(), opener=no_house))) == sorted(listed)


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_every_route_has_words_a_tag_and_a_described_answer(
    described: dict[str, Any],
) -> None:
    seen = dict(operations(described))
    assert len(seen) >= 25
    for name, operation in seen.items():
        assert operation.get("summary"), name
        assert operation.get("description", "").endswith("."), name
        assert operation.get("tags"), name
        good = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
        assert good, name
        assert all(answer.get("description") for answer in good), name


def test_every_parameter_is_described(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), f"{name}: {parameter['name']}"


def test_every_body_has_a_description_an_example_and_described_fields(described: dict[str, Any]) -> None:
    bodies = 0
    for name, operation in operations(described):
        if "requestBody" not in operation:
            continue
        if "application/json" not in operation["requestBody"]["content"]:
            continue  # a file: what it may be is its content type
        bodies += 1
        whole = operation["requestBody"]["content"]["application/json"]["schema"]
        sent, named = whole.get("items", whole), described["components"]["schemas"]
        schema = named[sent["$ref"].rpartition("/")[2]] if "$ref" in sent else sent
        assert schema.get("title"), name
        assert schema.get("description"), name
        assert schema.get("examples"), name
        # Ours forbid what they do not know; LangGraph's clients send more than any one server knows.
        forbids = schema.get("additionalProperties") is False
        assert forbids is name.partition(" ")[2].startswith("/api"), name
        for field, facts in schema["properties"].items():
            assert facts.get("description"), f"{name}: {field}"
    assert bodies >= 6


def test_every_field_that_is_answered_is_described(described: dict[str, Any]) -> None:
    ours = {
        name for name in described["components"]["schemas"] if name.endswith(("View", "Detail", "Accepted"))
    }
    assert len(ours) >= 15
    for name in ours:
        for field, facts in described["components"]["schemas"][name]["properties"].items():
            assert facts.get("description") or "$ref" in facts, f"{name}.{field}"


def test_every_example_of_a_body_is_a_valid_body() -> None:
    models: list[type[BaseModel]] = [
        productions.StartBody, productions.AnswerBody, novelas.NovelaBody, novelas.NovelaChange,
        videos.GenerateBody, videos.RegenerateBody, auth.RegisterBody, auth.LoginBody, auth.RefreshBody,
        auth.ForgottenBody, auth.ResetBody, profile.ProfileChange, profile.PasswordChange,
        api_tokens.TokenBody, erasure.EraseBody, admin.InviteBody,
        webhooks.NewWebhookBody, webhooks.WebhookChange,
        provider_keys.NewKeyBody, provider_keys.KeyChange, provider_keys.ReplacementBody,
        assistant_bodies.NewAssistant,
        assistant_bodies.AssistantFields, assistant_bodies.AssistantSearch, assistant_bodies.AssistantCount,
        assistant_bodies.VersionSearch, assistant_bodies.LatestVersion, store_bodies.NewItem,
        store_bodies.ItemPlace, store_bodies.ItemSearch, store_bodies.NamespaceSearch,
        command_bodies.Command, thread_filter.EventStreamBody,
    ]  # fmt: skip
    for model in models:
        extra: Any = model.model_config.get("json_schema_extra")
        for example in extra["examples"]:
            model.model_validate(example)


def test_a_route_without_words_would_be_found(described: dict[str, Any]) -> None:
    """The control."""
    app = create_app(Settings(), opener=no_house)
    app.add_api_route("/api/silent", lambda: None)
    assert not dict(operations(app.openapi()))["GET /api/silent"].get("description")


def test_no_router_is_left_out() -> None:
    names = {file.stem for file in Path(productions.__file__).parent.glob("*.py")}
    assert len(ROUTERS) == len(names - {"__init__", "wire"})
    spoken = Path(assistants.__file__).parent
    rooms = [file for file in spoken.glob("*.py") if "= APIRouter(" in file.read_text("utf-8")]
    assert len(PROTOCOL_ROUTERS) == len(rooms)
