"""S4-036: the models of a video by tier, with their reference prices; another one is configuration alone."""

from pathlib import Path

import pytest

from state.cost import Money
from state.errors import PriceUnknown, ProviderMisconfigured
from tools.engines.catalog import model_card
from tools.orders import rate_card
from tools.orders.rate_card import CARD, rates, read_rates
from tools.orders.reckoning import reckon

MISSION = {
    ("video", "cheap"): ("Luma Photon", "second", "0.03"),
    ("video", "standard"): ("Pika 1.5", "second", "0.10"),
    ("video", "premium"): ("Runway Gen-3 Alpha", "second", "0.50"),
    ("image", "fast"): ("SDXL Turbo", "image", "0.002"),
    ("image", "quality"): ("Flux.1 dev", "image", "0.02"),
    ("audio", "music"): ("Suno Chirp v3.5", "call", "0.10"),
    ("audio", "sfx"): ("AudioGen", "call", "0.01"),
}


def test_every_figure_of_the_mission() -> None:
    told = {(one.medium, one.tier): (one.named, one.unit, one.price().dollars()) for one in rates()}
    assert told == MISSION
    assert {one.tier: one.piece_s for one in rates() if one.piece_s} == {"music": 30}, "$0.10 is for 30 s"


def test_what_makes_a_tier_here_is_in_the_catalogue_and_no_dearer_tier_in_a_draft() -> None:
    made = {(one.medium, one.tier): one.model for one in rates() if one.model}
    assert len(made) == 6, "effects are made on this machine"
    cards = {tier: model_card(model) for tier, model in made.items()}
    assert {cards["video", "cheap"].tier, cards["image", "fast"].tier} == {"draft"}
    assert {cards["video", "premium"].tier, cards["image", "quality"].tier} == {"final"}
    assert {tier[0]: card.medium for tier, card in cards.items()} == {
        "video": "video", "image": "image", "audio": "music",
    }  # fmt: skip


def another(folder: Path, old: str, new: str) -> Path:
    text = CARD.read_text("utf-8")
    assert text.count(old) == 1
    file = folder / "rate_card.toml"
    file.write_text(text.replace(old, new), "utf-8")
    return file


def test_another_model_and_another_price_are_words_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reckon(draft_s=60).video == Money.usd("1.80")
    changed = read_rates(another(tmp_path, 'line = "video-draft"', 'line = "video-standard"'))
    monkeypatch.setattr(rate_card, "rates", lambda: changed)
    assert reckon(draft_s=60).video == Money.usd("6.00")
    swapped = read_rates(another(tmp_path, 'model = "sdxl"', 'model = "flux-schnell"'))
    assert [one.model for one in swapped if one.tier == "fast"] == ["flux-schnell"]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [('model = "sdxl"', 'model = "sdxl-turbo"', ProviderMisconfigured),
     ('line = "keyframe"', 'line = "keyframes"', PriceUnknown)],
)  # fmt: skip
def test_a_word_that_nobody_knows_is_told(tmp_path: Path, old: str, new: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_rates(another(tmp_path, old, new))
