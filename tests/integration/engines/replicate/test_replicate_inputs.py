"""What is sent for each model, and what is refused before anything is sent."""

from pathlib import Path
from typing import Any

import pytest

from state.errors import ProviderMisconfigured
from state.order import EngineRequest
from tests.integration.engines.replicate.replicate_shop import Shop, a_picture, an_order, pictures
from tools.engines.catalog import catalog, model_card
from tools.engines.live.schema import schemas
from tools.engines.replicate.inputs import INPUTS
from tools.ffmpeg.probe import probe

IMAGE: dict[str, Any] = {"prompt": "Ana in the kitchen"}
CLIP = {"prompt": "Ana turns round"}
SILENT = {"generate_audio": False}
HD: dict[str, Any] = {"width": 1920, "height": 1080}
VEO = {**CLIP, **SILENT, "seed": 7, "aspect_ratio": "16:9", "duration": 4, "resolution": "720p"}
SENT: list[tuple[EngineRequest, dict[str, Any]]] = [
    (an_order("flux-schnell"), {**IMAGE, "seed": 7, "aspect_ratio": "16:9", "output_format": "png"}),
    (
        an_order("flux-dev", width=900, height=1600, seed=2**31 + 5, negative_prompt="rain"),
        {**IMAGE, "seed": 5, "aspect_ratio": "9:16", "output_format": "png"},
    ),
    (
        an_order("sdxl", **HD, negative_prompt="rain"),
        {**IMAGE, "negative_prompt": "rain", "seed": 7, "width": 1368, "height": 768},
    ),
    (an_order("nano-banana"), {**IMAGE, "aspect_ratio": "16:9", "output_format": "png"}),
    (
        an_order("nano-banana-2", parameters={"aspect_ratio": "3:4"}),
        {**IMAGE, "aspect_ratio": "3:4", "output_format": "png"},
    ),
    (
        an_order("nano-banana-pro", **HD),
        {**IMAGE, "aspect_ratio": "16:9", "output_format": "png", "resolution": "2K"},
    ),
    (
        an_order("wan-2.5-t2v", "video", duration_s=5.2, parameters={"resolution": "480p"}),
        {**CLIP, "size": "832*480", "duration": 10, "seed": 7},
    ),
    (
        an_order(
            "wan-2.5-t2v-fast", "video", width=1080, height=1920, negative_prompt="rain",
            parameters={"duration": 8, "seed": 11, "enable_prompt_expansion": False, "generate_audio": True},
        ),
        {
            **CLIP, "size": "1080*1920", "duration": 10, "seed": 11, "negative_prompt": "rain",
            "enable_prompt_expansion": False,
        },
    ),
    (an_order("veo-3.1", "video", duration_s=3.9), VEO),
    (
        an_order("veo-3.1-fast", "video", **HD, duration_s=4.1, parameters={"generate_audio": True}),
        {**VEO, "duration": 6, "resolution": "1080p", "generate_audio": True},
    ),
    (an_order("veo-3", "video", duration_s=8, negative_prompt="rain"),
     {**VEO, "duration": 8, "negative_prompt": "rain"}),
    (an_order("veo-3-fast", "video", parameters={"duration": 6, "aspect_ratio": "9:16"}),
     {**VEO, "duration": 6, "aspect_ratio": "9:16"}),
    (
        an_order("music-1.5", "music", lyrics="La la la la la la la"),
        {"prompt": "warm strings, drama, 84 BPM", "lyrics": "La la la la la la la"},
    ),
    (
        an_order("stable-audio-2.5", "music"),
        {"prompt": "warm strings, drama, 84 BPM", "duration": 4, "seed": 7},
    ),
    (
        an_order("musicgen", "music", duration_s=4.2),
        {"prompt": "warm strings, drama, 84 BPM", "duration": 5, "seed": 7},
    ),
]  # fmt: skip
KIND = {"image": "png", "video": "mp4", "music": ("mp3", "wav")}


@pytest.mark.parametrize(("request_", "sent"), SENT, ids=[one.model for one, _ in SENT])
async def test_each_model_is_sent_what_it_takes_and_nothing_else(
    shop: Shop, tmp_path: Path, request_: EngineRequest, sent: dict[str, Any]
) -> None:
    """And gives a real file of the right kind, S2-119."""
    external_id = await shop.submit(request_)

    assert shop.job.model == model_card(request_.model).vendor
    assert shop.job.given == sent
    assert shop.job.ignored == []
    assert (await shop.engine.wait(external_id)).state == "succeeded"
    fetched = await shop.engine.fetch(external_id, tmp_path)
    assert fetched.path.suffix.removeprefix(".") in KIND[request_.medium]
    facts = await probe(fetched.path)
    assert (facts.video_codec is not None) == (request_.medium != "music")
    assert fetched.seed == sent.get("seed")


def test_every_model_of_the_catalogue_is_tried_and_has_its_schema() -> None:
    mine = {card.id: card.vendor for card in catalog() if card.provider == "replicate"}
    assert set(mine) == {request.model for request, _ in SENT} | {"kling-v2.1"}
    assert set(mine.values()) == set(schemas(INPUTS))
    assert not any(one.verified for one in schemas(INPUTS).values()), "nobody has called one of them yet"


async def test_official_models_are_ordered_by_name_and_others_by_their_version(shop: Shop) -> None:
    for model in ("flux-schnell", "sdxl"):
        await shop.submit(an_order(model))
    await shop.submit(an_order("musicgen", "music"))

    named, pinned, newest = shop.orders
    assert (named.path, set(named.body)) == (
        "/v1/models/black-forest-labs/flux-schnell/predictions",
        {"input"},
    )
    assert (pinned.path, pinned.body["version"][:8]) == ("/v1/predictions", "39ed52f2")
    assert (newest.path, newest.body["version"][:8]) == ("/v1/predictions", "2b5dc5f2")


async def test_the_same_order_is_the_same_input_and_the_same_seed(shop: Shop) -> None:
    """S4-043."""
    for _ in range(2):
        await shop.submit(an_order("veo-3.1-fast", "video", seed=4711))
    first, second = shop.vendors.books.orders("replicate")
    assert first.given == second.given
    assert first.given["seed"] == 4711


async def test_as_many_references_as_the_model_takes_are_sent_in_their_order(
    shop: Shop, tmp_path: Path
) -> None:
    media, files = pictures(tmp_path, "a", "b", "c", "d")
    await shop.submit(an_order("veo-3.1", "video", duration_s=7, references=media), files)
    (order,) = shop.orders
    sent = order.body["input"]["reference_images"]
    assert len(sent) == 3
    assert len(set(sent)) == 3
    assert (order.body["input"]["duration"], shop.job.ignored) == (8, [])


async def test_a_first_and_a_last_frame_go_where_the_model_has_them(shop: Shop, tmp_path: Path) -> None:
    """S4-039. References stay at home: a model follows one of the two."""
    (first, last, other), files = pictures(tmp_path, "a", "b", "c")
    frames = {"first_frame": first, "last_frame": last, "duration_s": 4}
    await shop.submit(an_order("veo-3.1", "video", references=[other], **frames), files)
    await shop.submit(an_order("kling-v2.1", "video", **HD, **frames), files)

    veo, kling = (one.body["input"] for one in shop.orders)
    assert {"image", "last_frame"} <= set(veo)
    assert "reference_images" not in veo
    pro = {"mode": "pro", "duration": 5, **CLIP}
    assert {name: value for name, value in kling.items() if not name.endswith("_image")} == pro
    assert (kling["start_image"], kling["end_image"]) == (veo["image"], veo["last_frame"])
    assert [job.ignored for job in shop.vendors.books.orders("replicate")] == [[], []]


async def test_a_picture_to_be_changed_is_sent_with_how_much(shop: Shop, tmp_path: Path) -> None:
    (source, looked_at), files = pictures(tmp_path, "a", "b")
    await shop.submit(an_order("flux-dev", source=source, parameters={"strength": 0.4}), files)
    await shop.submit(an_order("nano-banana", source=source, references=[looked_at]), files)
    await shop.submit(an_order("sdxl", references=[looked_at]), files)

    dev, banana, sdxl = (one.body["input"] for one in shop.orders)
    assert dev["prompt_strength"] == 0.4
    assert banana["image_input"] == [dev["image"], sdxl["image"]]


@pytest.mark.parametrize(
    ("model", "medium", "changes", "field", "says"),
    [
        ("flux-schnell", "voice", {}, "model", "makes no voice"),
        ("flux-schnell", "image", {"parameters": {"aspect_ratio": "7:1"}}, "aspect_ratio", "allowed are 1:1"),
        ("flux-schnell", "image", {"references": ["a"]}, "reference_images", "takes none"),
        ("flux-schnell", "image", {"source": "a"}, "source", "takes none"),
        ("flux-schnell", "image", {"parameters": {"mood": "warm"}}, "mood", "no such parameter"),
        ("flux-dev", "image", {"source": "a", "parameters": {"strength": 1.5}}, "prompt_strength",
         "more than 1"),
        ("flux-dev", "image", {"parameters": {"seed": "x"}}, "seed", "is no integer"),
        ("nano-banana", "image", {"prompt": ""}, "prompt", "less than 1"),
        ("wan-2.5-t2v", "video", {"duration_s": 10.5}, "duration", "10 s at most"),
        ("wan-2.5-t2v", "video", {"parameters": {"duration": 11}}, "duration", "allowed are 1 to 10"),
        ("veo-3.1-fast", "video", {"parameters": {"resolution": "480p"}}, "resolution", "480p"),
        ("wan-2.5-t2v", "video", {"parameters": {"aspect_ratio": "1:1"}}, "aspect_ratio", "no 1:1"),
        ("wan-2.5-t2v", "video", {"references": ["a"]}, "reference_images", "takes none"),
        ("wan-2.5-t2v", "video", {"first_frame": "a"}, "first_frame", "takes none"),
        ("veo-3.1", "video", {"parameters": {"duration": 5}}, "duration", "allowed are 4, 6, 8"),
        ("veo-3.1", "video", {"parameters": {"duration": "8"}}, "duration", "not a number"),
        ("veo-3.1", "video", {"parameters": {"resolution": "4k"}}, "resolution", "allowed are 720p"),
        ("veo-3.1", "video", {"references": ["a"]}, "duration", "only with duration 8"),
        ("veo-3.1", "video", {"extends": "a"}, "extends", "makes no clip longer"),
        ("veo-3.1", "video", {"parameters": {"generate_audio": "yes"}}, "generate_audio", "is no flag"),
        ("veo-3.1-fast", "video", {"references": ["a"]}, "reference_images", "models that do: veo-3.1"),
        ("veo-3", "video", {"last_frame": "a"}, "last_frame", "takes none"),
        ("kling-v2.1", "video", {}, "first_frame", "needs a picture"),
        ("kling-v2.1", "video", {"first_frame": "a", "last_frame": "a"}, "resolution", "at 1080p only"),
        ("music-1.5", "music", {}, "lyrics", "less than 10"),
        ("music-1.5", "music", {"lyrics": "la" * 9, "prompt": "x" * 301}, "prompt", "more than 300"),
        ("stable-audio-2.5", "music", {"duration_s": 191}, "duration", "more than 190"),
        ("stable-audio-2.5", "music", {"lyrics": "la la la la"}, "lyrics", "does not sing"),
    ],
)  # fmt: skip
async def test_what_a_model_cannot_make_names_the_field_and_leaves_nothing(
    shop: Shop, tmp_path: Path, model: str, medium: str, changes: dict[str, Any], field: str, says: str
) -> None:
    """S1-39 among them."""
    media, path = a_picture(tmp_path, "a", noisy=True)
    given = {name: _in_place(value, media) for name, value in changes.items()}

    with pytest.raises(ProviderMisconfigured) as refused:
        await shop.submit(an_order(model, medium, **given), {media.key: path})

    told = [(one["field"], one["problem"]) for one in refused.value.details["fields"]]
    assert [name for name, problem in told if says in problem] == [field], told
    assert refused.value.kind == "invalid"
    assert says in refused.value.message
    assert "nothing was sent" in refused.value.user_action
    assert shop.requests == []


def _in_place(value: Any, media: Any) -> Any:
    if value == ["a"]:
        return [media]
    return media if value == "a" else value


async def test_a_missing_file_is_told_before_anything_is_sent(shop: Shop, tmp_path: Path) -> None:
    media, _ = a_picture(tmp_path, "a")
    with pytest.raises(ProviderMisconfigured, match="not handed over"):
        await shop.submit(an_order("nano-banana", references=[media]))
    assert shop.requests == []
