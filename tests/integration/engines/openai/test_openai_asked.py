"""What OpenAI is asked for, model by model, and what is not even sent."""

from typing import Any

import pytest

from state.errors import ProviderMisconfigured
from state.media import MediaRef
from tests.integration.engines.openai.openai_house import House, a_line, a_panel
from tools.engines.catalog import models_for
from tools.engines.live.schema import schemas
from tools.engines.openai.asking import INPUTS, LARGEST_PICTURE, asked_for

FREE, FIXED = (
    ("gpt-image-2.5-sunburst", "gpt-image-2.5-flare", "gpt-image-2"),
    ("gpt-image-1.5", "gpt-image-1-mini"),
)
QUALITY = {"final": "medium", "draft": "low"}
SIZES = {
    "16:9": "1536x864", "9:16": "864x1536", "1:1": "1024x1024", "3:2": "1536x1024", "2:3": "1024x1536",
    "4:3": "1408x1056", "3:4": "1056x1408", "21:9": "1792x768",
}  # fmt: skip
CARDS = {
    card.id: card for medium in ("image", "voice") for card in models_for(medium) if card.provider == "openai"
}


def a_file(key: str, mime: str) -> MediaRef:
    """It is not at hand."""
    return MediaRef(key=key, mime=mime, sha256="a", size_bytes=1)


@pytest.mark.parametrize("model", [*FREE, *FIXED])
async def test_every_model_of_pictures_takes_what_it_is_sent(model: str, house: House) -> None:
    await house.made(a_panel(model=model, parameters={"aspect_ratio": "3:2"}))
    assert house.asked == {
        "model": model, "prompt": "Ana in the kitchen", "n": 1, "output_format": "png",
        "size": "1536x1024", "quality": QUALITY[CARDS[model].tier],
    }  # fmt: skip


@pytest.mark.parametrize("model", ["gpt-4o-mini-tts", "tts-1", "tts-1-hd"])
async def test_every_model_of_voices_takes_what_it_is_sent(model: str, house: House) -> None:
    await house.made(a_line(model=model, expression="tender", speed=1.25))
    told = {"instructions": "Sound tender."} if model == "gpt-4o-mini-tts" else {}
    assert house.asked == {
        "model": model, "input": "Good morning.", "voice": "coral", "response_format": "wav", "speed": 1.25,
        **told,
    }  # fmt: skip


def test_every_shape_of_the_cards_has_a_size_of_its_own() -> None:
    for card in CARDS.values():
        for ratio in card.aspect_ratios:
            asked = asked_for(a_panel(model=card.id, parameters={"aspect_ratio": ratio}), {})
            assert asked.fields["size"] == SIZES[ratio]


def test_free_sizes_keep_the_vendor_s_rule() -> None:
    """openai 3.52: both sides divisible by 16, between 1:3 and 3:1, at most 3840x2160."""
    for name in FREE:
        for size in schemas(INPUTS)[name].fields["size"].only:
            wide, high = map(int, str(size).split("x"))
            assert (wide % 16, high % 16, 1 / 3 <= wide / high <= 3) == (0, 0, True)
            assert wide * high <= 3840 * 2160


def test_every_card_has_its_fields_and_nobody_has_seen_them_live() -> None:
    assert {card.vendor for card in CARDS.values()} == set(schemas(INPUTS))
    assert not any(one.verified for one in (*schemas(INPUTS).values(), *CARDS.values()))


@pytest.mark.parametrize(("width", "height", "size"), [(1920, 1080, "1536x864"), (1080, 1350, "1056x1408")])
def test_without_a_priced_shape_the_nearest_is_asked_for(width: int, height: int, size: str) -> None:
    assert asked_for(a_panel(model="gpt-image-2", width=width, height=height), {}).fields["size"] == size


def test_what_is_not_wanted_and_how_it_is_said_reach_the_model() -> None:
    assert (
        asked_for(a_panel(negative_prompt="text"), {}).fields["prompt"].endswith("Not in the picture: text")
    )
    line = a_line(expression="sad", parameters={"style": "Whisper.", "rate": 0.9})
    assert asked_for(line, {}).fields["instructions"] == "Whisper."
    assert asked_for(line, {}).fields["speed"] == 0.9


async def test_references_go_along_in_order_and_what_is_left_out_is_told(house: House, pictures: Any) -> None:
    refs, files = pictures(18)
    panel = a_panel(source=refs[17], references=[*refs[:17], refs[0]])
    fetched = await house.made(panel, files)
    sent = house.asked.pop("files")
    assert [one["field"] for one in sent] == ["image[]"] * 16
    assert [one["name"] for one in sent[:2]] == ["1.png", "2.png"]
    assert fetched.extra["left_out"] == ["image/u/15.png", "image/u/16.png"]
    assert fetched.extra["usage"]["input_tokens"] > 16 * 300
    assert house.asked["quality"] == "low"


async def test_a_source_comes_first(house: House, pictures: Any) -> None:
    refs, files = pictures(2)
    asked = asked_for(a_panel(source=refs[1], references=[refs[0]]), files)
    assert asked.pictures == (files[refs[1].key], files[refs[0].key])
    assert asked.path == "images/edits"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (a_panel(parameters={"aspect_ratio": "16:9"}), "aspect_ratio"),
        (a_panel(parameters={"resolution": "4k"}), "resolution"),
        (a_panel(parameters={"quality": "max"}), "quality"),
        (a_panel(prompt="x" * 32001), "prompt"),
        (a_line(voice_id="ana"), "voice"),
        (a_line(model="tts-1", voice_id="marin"), "voice"),
        (a_line(model="tts-1", parameters={"style": "Whisper."}), "instructions"),
        (a_line(parameters={"pitch": 2}), "pitch"),
        (a_line(parameters={"rate": 5}), "speed"),
        (a_panel(references=[a_file("image/u/a.gif", "image/gif")]), "image"),
        (a_panel(references=[a_file("image/u/a.png", "image/png")]), "image"),
    ],
)  # fmt: skip
async def test_what_a_model_does_not_take_is_refused_by_field_and_nothing_is_sent(
    request_: Any, field: str, house: House
) -> None:
    with pytest.raises(ProviderMisconfigured) as no:
        await house.submit(request_)
    assert (no.value.kind, [one["field"] for one in no.value.details["fields"]]) == ("invalid", [field])
    assert "nothing was sent" in no.value.user_action
    assert (house.posts, house.vendors.openai.requests) == (0, [])


async def test_a_picture_that_is_too_large_is_not_sent(house: House, pictures: Any) -> None:
    refs, files = pictures(1)
    with files[refs[0].key].open("r+b") as file:
        file.truncate(LARGEST_PICTURE)
    with pytest.raises(ProviderMisconfigured, match="50000000 bytes are too many"):
        await house.submit(a_panel(references=refs), files)
    assert house.posts == 0


async def test_a_model_of_somebody_else_is_refused(house: House) -> None:
    for request in (a_panel(model="flux-schnell"), a_panel(model="tts-1"), a_panel(model="gpt-image-9")):
        with pytest.raises(ProviderMisconfigured) as no:
            await house.submit(request)
        assert no.value.kind == "invalid"
    assert house.posts == 0
