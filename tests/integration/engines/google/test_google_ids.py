"""Which model Google is asked for is a word of the catalogue: another word is another request (S5-032).

Imagen 4 is not among them: Google's own client no longer asks for it, and Nano Banana draws instead.
The texts' ids are those of `tools/models/roles.toml`.
"""

from typing import Any

import pytest

from state.errors import ProviderError, ProviderMisconfigured
from state.order import Medium
from tests.integration.engines.google.ordering import FAST, MADE_BY, NANO, PRO, VEO, Shop, asked
from tools.engines import catalog
from tools.engines.google import asked as words

DEFAULTS: dict[Medium, tuple[str, str]] = {
    "video": (VEO, "veo-3.1-generate-preview"),
    "image": (NANO, "gemini-2.5-flash-image"),
    "voice": ("gemini-tts", "gemini-2.5-flash-preview-tts"),
}


def model_asked(shop: Shop) -> str:
    path: str = shop.vendors.books.posts("google")[-1].path
    return path.rpartition("/")[2].partition(":")[0]


def called(monkeypatch: pytest.MonkeyPatch, model_id: str, vendor: str) -> None:
    """The catalogue as it is with another word for a model."""
    cards = tuple(
        card.model_copy(update={"vendor": vendor}) if card.id == model_id else card
        for card in catalog.catalog()
    )
    monkeypatch.setattr(catalog, "catalog", lambda: cards)


@pytest.mark.parametrize("medium", DEFAULTS)
async def test_each_request_carries_the_configured_id(shop: Shop, medium: Medium) -> None:
    model, vendor = DEFAULTS[medium]
    assert MADE_BY[medium] == model
    await shop.ends(asked(medium))
    assert model_asked(shop) == vendor


@pytest.mark.parametrize(
    ("medium", "model", "other"),
    [("video", VEO, "veo-3.1-fast-generate-preview"), ("video", FAST, "veo-3.1-generate-preview"),
     ("image", PRO, "gemini-2.5-flash-image")],
)  # fmt: skip
async def test_another_word_is_another_request(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, medium: Medium, model: str, other: str
) -> None:
    called(monkeypatch, model, other)
    await shop.ends(asked(medium, model=model))
    assert model_asked(shop) == other


async def test_a_word_whose_fields_nobody_described_is_never_sent(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    called(monkeypatch, "gemini-tts", "gemini-9-tts")
    with pytest.raises(ProviderMisconfigured, match="stands nowhere"):
        await shop.ends(asked("voice"))
    assert shop.posted == 0
    described: dict[str, Any] = dict(words.schemas(words.INPUTS))
    described["gemini-9-tts"] = described["gemini-2.5-flash-preview-tts"]
    monkeypatch.setattr(words, "schemas", lambda _: described)
    with pytest.raises(ProviderError):  # the stand-in sells no such model
        await shop.ends(asked("voice"))
    assert model_asked(shop) == "gemini-9-tts"
