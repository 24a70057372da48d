"""What the vendor says of its models today, read with its own package, and what comes of a change."""

from typing import Any

import pytest
from pydantic import SecretStr

from state.errors import ProviderError, ProviderMisconfigured
from tests.integration.engines.replicate.replicate_shop import KEY, Answers, Shop, an_order, answering
from tests.standins.model_vendors.wire import Out, Request
from tools.engines.calling import Calling, calling
from tools.engines.catalog import catalog
from tools.engines.live.schema import schemas
from tools.engines.replicate.inputs import INPUTS
from tools.engines.replicate.versions import VendorVersion, unlike

MUSIC = an_order("musicgen", "music")
VERSION = "a" * 64


def described(**properties: Any) -> dict[str, Any]:
    schema = {"components": {"schemas": {"Input": {"properties": properties, "required": ["prompt"]}}}}
    version = {
        "id": VERSION, "created_at": "2026-01-01T00:00:00Z", "cog_version": "0.9", "openapi_schema": schema,
    }  # fmt: skip
    return {
        "url": "u", "owner": "meta", "name": "musicgen", "description": None, "visibility": "public",
        "github_url": None, "paper_url": None, "license_url": None, "run_count": 1, "cover_image_url": None,
        "default_example": None, "latest_version": version,
    }  # fmt: skip


@pytest.mark.parametrize("model", [card.id for card in catalog() if card.provider == "replicate"])
async def test_the_vendor_s_stand_in_has_the_same_fields(shop: Shop, model: str) -> None:
    """Written by another hand from the same pages."""
    with calling(Calling(key=SecretStr(shop.vendors.replicate.key))):
        assert await shop.bare.differences(model) == []
    assert shop.orders == []


def test_a_field_that_is_gone_or_needed_now_is_told() -> None:
    ours = schemas(INPUTS)["minimax/music-1.5"]
    fields = dict.fromkeys({*ours.fields, "mood"} - {"bitrate"})
    now = VendorVersion("1", fields, frozenset({"prompt", "lyrics", "mood"}))
    assert unlike(ours, now) == [
        "bitrate: minimax/music-1.5 has no such field any more", "mood: minimax/music-1.5 needs it now",
    ]  # fmt: skip


async def test_the_newest_version_is_ordered_and_looked_up_by_no_post() -> None:
    came: list[Request] = []

    async def answer(request: Request, out: Out) -> None:
        came.append(request)
        if request.method == "GET":
            await out.json(200, described(prompt={}, duration={}, seed={}))
        else:
            await out.json(201, {"id": "one"})

    async with answering(answer) as engine:
        assert await engine.submit(MUSIC, call_key=KEY) == "one"
    assert [(one.method, one.path) for one in came] == [
        ("GET", "/v1/models/meta/musicgen"), ("POST", "/v1/predictions"),
    ]  # fmt: skip
    assert VERSION.encode() in came[1].body


async def test_a_newest_version_that_lacks_what_we_would_send_is_not_ordered() -> None:
    answers = Answers(200, described(prompt={}))
    async with answering(answers.answer) as engine:
        with pytest.raises(ProviderMisconfigured, match="takes no duration, seed any more") as refused:
            await engine.submit(MUSIC, call_key=KEY)
    assert [one["field"] for one in refused.value.details["fields"]] == ["duration", "seed"]
    assert {one.method for one in answers.came} == {"GET"}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, [], "not_sent"), (200, {}, "not_sent"), (200, b"<html>", "not_sent"),
        (200, {**described(), "latest_version": None}, "invalid"),
        (404, {"detail": "no such model"}, "invalid"), (401, {}, "auth"), (500, {}, "not_sent"),
    ],
)  # fmt: skip
async def test_a_version_that_cannot_be_read_is_no_order(status: int, body: Any, kind: str) -> None:
    answers = Answers(status, body)
    async with answering(answers.answer) as engine:
        with pytest.raises(ProviderError) as failed:
            await engine.submit(MUSIC, call_key=KEY)
    assert failed.value.kind == kind
    assert {one.method for one in answers.came} == {"GET"}
