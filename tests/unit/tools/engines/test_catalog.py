"""The mission's models, and refusals that say what is allowed."""

from typing import Any

import pytest

from state.errors import ProviderMisconfigured
from state.order import Medium
from tools.engines.catalog import model_card, models_for, recommended, tellable, validate_parameters

THE_FOUR = ("wan-2.5-t2v", "wan-2.5-t2v-fast", "veo-3.1", "veo-3.1-fast")
GOOD = {"duration": 8, "resolution": "1080p", "aspect_ratio": "16:9"}


def test_the_four_video_models_of_the_mission() -> None:
    """S1-37: range, expected time, features, exactly one recommended."""
    offered = {
        card.id: (card.price_range, card.expected_s, set(card.features))
        for card in models_for("video")
        if card.id in THE_FOUR
    }
    assert offered == {
        "wan-2.5-t2v": ("$0.05-0.15/s", 30, {"audio_sync", "prompt_expansion"}),
        "wan-2.5-t2v-fast": ("$0.05-0.15/s", 15, {"audio_sync"}),
        "veo-3.1": ("$0.08-0.12/s", 40, {"reference_images", "audio"}),
        "veo-3.1-fast": ("$0.06-0.09/s", 20, {"audio", "fast"}),
    }
    assert [card.id for card in models_for("video") if card.recommended] == ["wan-2.5-t2v-fast"]


def test_the_image_models_of_the_mission() -> None:
    """S1-38."""
    assert {"flux-schnell", "sdxl", "nano-banana"} <= {card.id for card in models_for("image")}


@pytest.mark.parametrize("medium", ["image", "video", "voice", "music"])
def test_every_medium_has_a_model_that_costs_nothing(medium: Medium) -> None:
    assert [card.price_range for card in models_for(medium) if card.provider == "previz"] == ["free"]


@pytest.mark.parametrize("model_id", THE_FOUR)
def test_the_mission_s_defaults_are_valid_everywhere(model_id: str) -> None:
    assert validate_parameters(model_id, GOOD) == []


@pytest.mark.parametrize(
    ("model_id", "changes", "error"),
    [
        ("wan-2.5-t2v", {"duration": 11}, "duration: wan-2.5-t2v cannot make 11 s; allowed are 1 to 10 s"),
        ("wan-2.5-t2v", {"duration": "8"}, "duration: '8' is not a number of seconds; allowed are 1 to 10"),
        ("veo-3.1", {"duration": 5}, "duration: veo-3.1 cannot make 5 s; allowed are 4, 6, 8 s"),
        ("veo-3.1", {"resolution": "480p"}, "resolution: veo-3.1 does not offer '480p'; allowed are 720p,"),
        ("veo-3.1", {"aspect_ratio": "1:1"}, "aspect_ratio: veo-3.1 does not offer '1:1'; allowed are 16:9,"),
        ("flux-schnell", {}, "duration: flux-schnell makes no pictures with a length; leave it out"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_field_and_what_is_allowed(
    model_id: str, changes: dict[str, Any], error: str
) -> None:
    errors = validate_parameters(model_id, {**GOOD, **changes})
    assert any(found.startswith(error) for found in errors)


def test_only_veo_takes_reference_images() -> None:
    """S1-39."""
    errors = {
        card.id: validate_parameters(card.id, {"reference_images": ["a.png"]})
        for card in models_for("video")
        if card.provider == "replicate"
    }
    assert [model for model, found in errors.items() if not found] == ["veo-3.1"]
    (refusal,) = errors["veo-3.1-fast"]
    assert refusal.startswith("reference_images: veo-3.1-fast takes none; models that do: veo-3.1")


def test_references_are_counted_and_need_their_shape() -> None:
    assert validate_parameters("veo-3.1", {"reference_images": 4}) == [
        "reference_images: veo-3.1 takes at most 3, not 4"
    ]
    tall = {**GOOD, "aspect_ratio": "9:16", "reference_images": 1}
    assert validate_parameters("veo-3.1", tall) == [
        "aspect_ratio: veo-3.1 takes reference pictures only with aspect_ratio 16:9"
    ]


def test_an_unknown_parameter_lists_the_known_ones() -> None:
    assert validate_parameters("veo-3.1", {"mood": "warm"})[0].startswith(
        "mood: veo-3.1 has no such parameter; known are duration, resolution"
    )


def test_an_unknown_model_lists_the_known_ones() -> None:
    assert validate_parameters("gen-9", GOOD)[0].startswith(
        "model_id: unknown model 'gen-9'; known are wan-2.5"
    )
    with pytest.raises(ProviderMisconfigured, match="known are"):
        model_card("gen-9")


def test_somebody_is_always_recommended() -> None:
    assert recommended("video").id == "wan-2.5-t2v-fast"
    assert {recommended(medium).provider for medium in ("voice", "music")} == {"previz"}


@pytest.mark.parametrize(("film", "drawn"), [("16:9", "3:2"), ("9:16", "2:3"), ("1:1", "1:1")])
def test_a_picture_is_drawn_in_the_nearest_shape_that_its_model_has(film: str, drawn: str):
    """Otherwise every panel of a wide film would be refused, and the film made without any."""
    told = tellable("gpt-image-1-mini", {"aspect_ratio": film})
    assert told == {"aspect_ratio": drawn}
    assert validate_parameters("gpt-image-1-mini", told) == []
    assert tellable("nano-banana-pro", {"aspect_ratio": film}) == {"aspect_ratio": film}


def test_a_clip_of_another_shape_is_refused_and_not_made():
    assert tellable("veo-3.1", {"aspect_ratio": "1:1"}) == {"aspect_ratio": "1:1"}
    assert validate_parameters("veo-3.1", {"aspect_ratio": "1:1"})
