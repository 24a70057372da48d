"""The cards of Google's models against what is checked before sending, and the mission's choices."""

from typing import Any

import pytest

from tools.engines.catalog import ModelCard, catalog, model_card, validate_parameters
from tools.engines.google.asked import only, schema_of
from tools.ledger.pricing import price_entry

CARDS = [card for card in catalog() if card.provider == "google"]


def most_pictures(card: ModelCard) -> int:
    fields = schema_of(card).fields
    described = fields.get("referenceImages" if card.medium == "video" else "images")
    return int(described.most or 0) if described else 0


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_offers_what_its_model_takes(card: ModelCard) -> None:
    """What is quoted by the one is sent by the other."""
    lengths = card.durations_s.only if card.durations_s else ()
    sizes = only(card, "resolution") or only(card, "imageSize")
    assert only(card, "durationSeconds") == lengths
    assert only(card, "aspectRatio") == card.aspect_ratios
    assert sizes == (card.resolutions if card.id != "google-veo-2" else ()), "Veo 2 cannot be told one"
    assert most_pictures(card) == card.reference_images
    assert ("video" in schema_of(card).fields) is (card.extension_s == 7)
    frames = [name for name in ("image", "lastFrame") if name in schema_of(card).fields]
    assert len(frames) == len(card.frames)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_what_nobody_has_asked_live_is_not_called_verified(card: ModelCard) -> None:
    described, price = schema_of(card), price_entry("google", card.id)
    assert (card.verified, described.verified, price.verified) == (False, False, False)
    assert card.source
    assert card.read_on is not None


def test_the_models_of_the_mission_are_offered() -> None:
    """S5-030; what each is called at Google is data (S5-032)."""
    assert {card.id: card.vendor for card in CARDS} == {
        "google-veo-3.1": "veo-3.1-generate-preview",
        "google-veo-3.1-fast": "veo-3.1-fast-generate-preview",
        "google-veo-2": "veo-2.0-generate-001",
        "google-nano-banana": "gemini-2.5-flash-image",
        "google-nano-banana-pro": "gemini-3-pro-image-preview",
        "gemini-tts": "gemini-2.5-flash-preview-tts",
    }


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({"duration": 4, "resolution": "720p", "aspect_ratio": "16:9"}, ""),
        ({"duration": 6, "aspect_ratio": "9:16"}, ""),
        ({"duration": 8, "resolution": "1080p"}, ""),
        ({"duration": 8, "resolution": "4k"}, ""),
        ({"duration": 8, "reference_images": 3}, ""),
        ({"duration": 5}, "duration: google-veo-3.1 cannot make 5 s"),
        ({"duration": 10}, "duration: google-veo-3.1 cannot make 10 s"),
        ({"resolution": "480p"}, "resolution: google-veo-3.1 does not offer '480p'"),
        ({"aspect_ratio": "1:1"}, "aspect_ratio: google-veo-3.1 does not offer '1:1'"),
        ({"reference_images": 4}, "reference_images: google-veo-3.1 takes at most 3"),
        ({"duration": 4, "reference_images": 1}, "duration: google-veo-3.1 takes reference pictures only"),
    ],
)
def test_a_clip_of_veo_is_checked_when_it_is_quoted(parameters: dict[str, Any], wrong: str) -> None:
    """S5-054. Veo itself makes no square clips, whatever the row says of the mission's form."""
    found = validate_parameters("google-veo-3.1", parameters)
    assert [one.startswith(wrong) for one in found] == ([True] if wrong else [])


def test_a_draft_of_veo_is_made_by_its_faster_sister() -> None:
    assert model_card("google-veo-3.1").draft == "google-veo-3.1-fast"
