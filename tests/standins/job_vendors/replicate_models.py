"""What Replicate tells of its models: the object, its version, the schema as of Cog [rec models_get]."""

from typing import Any

from tests.standins.job_vendors.models import Model

MADE = "2026-01-01T00:00:00.000000Z"
HARDWARE = [
    {"sku": "cpu", "name": "CPU"}, {"sku": "gpu-t4", "name": "Nvidia T4 GPU"},
    {"sku": "gpu-a40-small", "name": "Nvidia A40 GPU"},
    {"sku": "gpu-a40-large", "name": "Nvidia A40 (Large) GPU"},
]  # fmt: skip
COLLECTIONS = {
    "next": None, "previous": None,
    "results": [{"name": "Text to video", "slug": "text-to-video", "description": "Models that make clips"}],
}  # fmt: skip
EMPTY = "mattt/empty"
"""A model without a version [rec models_get.yaml]."""


def model_object(model: Model) -> dict[str, Any]:
    """GET /v1/models/{owner}/{name}"""
    return {
        **_about(model.id), "description": f"A stand-in of {model.id}",
        "github_url": f"https://github.com/{model.id}", "paper_url": "https://arxiv.org/abs/0000.00000",
        "license_url": f"https://github.com/{model.id}/blob/main/LICENSE", "run_count": 1,
        "cover_image_url": "https://tjzk.replicate.delivery/cover.png", "is_official": model.official,
        "default_example": None, "latest_version": version_object(model),
    }  # fmt: skip


def empty_model() -> dict[str, Any]:
    """A model that nobody has pushed to."""
    names = ("description", "github_url", "paper_url", "license_url", "cover_image_url", "default_example")
    return {
        **_about(EMPTY), **dict.fromkeys(names), "run_count": 0, "is_official": False, "latest_version": None
    }  # fmt: skip


def _about(id: str) -> dict[str, Any]:
    owner, _, name = id.partition("/")
    return {"url": f"https://replicate.com/{id}", "owner": owner, "name": name, "visibility": "public"}


def version_object(model: Model, version: str = "") -> dict[str, Any]:
    """GET /v1/models/{owner}/{name}/versions/{id}"""
    return {
        "id": version or model.full_version, "created_at": MADE, "cog_version": "0.14.0",
        "openapi_schema": openapi(model),
    }  # fmt: skip


def openapi(model: Model) -> dict[str, Any]:
    """The parts of Cog's schema that say what may be sent and what comes; enums are parts of their own."""
    schema = model.schema()
    schemas: dict[str, Any] = {"Input": schema, "Output": _output(model), "Status": _status()}
    for number, (name, row) in enumerate(schema["properties"].items()):
        row |= {"title": name.replace("_", " ").title(), "x-order": number}
        if "enum" in row:
            schemas[name] = {"enum": row.pop("enum"), "type": row.pop("type"), "title": row.pop("title")}
            row["allOf"] = [{"$ref": f"#/components/schemas/{name}"}]
    return {
        "info": {"title": "Cog", "version": "0.1.0"}, "openapi": "3.0.2", "paths": {},
        "components": {"schemas": schemas},
    }  # fmt: skip


def _output(model: Model) -> dict[str, Any]:
    item = {"type": "string", "format": "uri"} if model.output != "words" else {"type": "string"}
    return {**item, "title": "Output"} if model.output == "uri" else {
        "type": "array", "items": item, "title": "Output"
    }  # fmt: skip


def _status() -> dict[str, Any]:
    known = ["starting", "processing", "succeeded", "canceled", "failed"]
    return {"enum": known, "type": "string", "title": "Status", "description": "An enumeration."}
