"""Premium models and their drafts: what the catalogues say, and what is made of it."""

from dataclasses import dataclass

import pytest

from state.errors import PremiumInDraft, SettingInvalid
from state.tier import ModelTier, alike, fits, tier_of
from tools.engines.catalog import ModelCard, catalog, engine_tier, made_in, model_card
from tools.ledger.pricing import price_entry, text_entry
from tools.models.catalog import OFFLINE, TextModelCard, text_card, text_models, text_tier
from tools.tiers import model_in, with_drafts

PREMIUM = [card for card in catalog() if card.tier == "final"]
PREMIUM_TEXT = [card for card in text_models() if card.tier == "final"]


@dataclass(frozen=True)
class Card:
    id: str
    provider: str = "shop"
    tier: ModelTier = "draft"
    draft: str = ""
    medium: str = "image"


GRAND = Card("grand", tier="final", draft="plain")


def test_the_premium_models_and_what_makes_it_in_a_draft() -> None:
    assert {card.id: card.draft for card in PREMIUM} == {
        "wan-2.5-t2v": "wan-2.5-t2v-fast", "veo-3.1": "veo-3.1-fast", "veo-3": "veo-3-fast",
        "nano-banana": "sdxl", "nano-banana-2": "sdxl", "nano-banana-pro": "sdxl", "flux-dev": "flux-schnell",
        "fal-flux-dev": "fal-flux-schnell", "kling-2.1-pro": "kling-2.5-turbo",
        "luma-ray-2": "luma-ray-2-flash", "fal-video-upscaler": "",
        "google-veo-3.1": "google-veo-3.1-fast", "google-veo-2": "", "google-nano-banana-pro": "",
        "gpt-image-2.5-sunburst": "gpt-image-2.5-flare", "gpt-image-2": "gpt-image-2.5-flare",
        "gpt-image-1.5": "gpt-image-1-mini", "tts-1-hd": "tts-1",
    }  # fmt: skip
    assert {card.draft for card in PREMIUM_TEXT} == {"gpt-5-mini", "gemini-2.5-flash", "deepseek-chat"}


@pytest.mark.parametrize("card", [card for card in PREMIUM if card.draft], ids=lambda card: card.id)
def test_a_draft_is_no_dearer_and_takes_every_brief_of_its_premium_model(card: ModelCard) -> None:
    draft = model_card(card.draft)
    dear, cheap = (price_entry(one.provider, one.id) for one in (card, draft))
    assert (cheap.unit, cheap.low <= dear.low, cheap.high <= dear.high) == (dear.unit, True, True)
    assert draft.durations_s == card.durations_s
    assert set(draft.resolutions) >= set(card.resolutions)
    assert set(draft.aspect_ratios) >= set(card.aspect_ratios)


@pytest.mark.parametrize("card", PREMIUM_TEXT, ids=lambda card: card.id)
def test_a_text_draft_is_no_dearer_and_sees_what_the_other_sees(card: TextModelCard) -> None:
    draft = text_card(card.draft)
    dear, cheap = (text_entry(one.provider, one.id) for one in (card, draft))
    assert (cheap.input <= dear.input, cheap.output <= dear.output) == (True, True)
    assert (draft.vision, draft.context_tokens) == (card.vision, card.context_tokens)


def test_what_is_made_here_fits_every_tier_and_what_nobody_knows_is_premium() -> None:
    assert {card.tier for card in catalog() if card.provider == "previz"} == {"any"}
    assert [text_tier(name) for name in (OFFLINE, "own/llama-3.3-70b", "gpt-7")] == ["any", "any", "final"]
    assert [engine_tier(name) for name in ("orchestra", "gen-9")] == ["any", "final"]


def test_only_a_draft_takes_another_model() -> None:
    assert [made_in("draft", name) for name in ("veo-3.1", "veo-3.1-fast", "orchestra")] == [
        "veo-3.1-fast", "veo-3.1-fast", "orchestra",
    ]  # fmt: skip
    assert made_in("final", "veo-3.1") == "veo-3.1"


def test_without_a_draft_it_is_refused_by_name() -> None:
    alone = Card("alone", tier="final")
    assert model_in("final", alone) == "alone"
    with pytest.raises(PremiumInDraft, match="alone") as refused:
        model_in("draft", alone)
    assert refused.value.details == {"model": "alone"}


@pytest.mark.parametrize(
    ("cards", "problem"),
    [
        ([GRAND], "no such model"),
        ([GRAND, Card("plain", provider="other")], "provider is another one"),
        ([GRAND, Card("plain", medium="video")], "medium is another one"),
        ([GRAND, Card("plain", tier="final")], "of the final tier itself"),
        ([GRAND, Card("plain", tier="any")], "fits both tiers"),
        ([Card("plain"), Card("cheap", draft="plain")], "only a model of the final tier"),
    ],
)
def test_a_draft_that_is_none_is_found_when_the_catalogue_is_read(cards: list[Card], problem: str) -> None:
    with pytest.raises(SettingInvalid, match=f"as the draft of .*{problem}"):
        with_drafts(cards, "medium")


def test_what_is_wrong_is_wrong_for_these_fields_alone() -> None:
    assert len(with_drafts([GRAND, Card("plain", medium="video")])) == 2


def test_productions_from_before_there_were_tiers_are_final() -> None:
    assert [tier_of(context) for context in ({}, {"tier": "final"}, {"tier": "draft"})] == [
        "final", "final", "draft",
    ]  # fmt: skip
    assert (fits("final", "draft"), fits("final", "final"), fits("any", "draft")) == (False, True, True)
    assert (alike("final", "draft"), alike("any", "final"), alike("draft", "draft")) == (False, True, True)
