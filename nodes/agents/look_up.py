"""Documentation look-up for the fallback handler (S1-17): notes, model cards and prices on one shelf."""

import asyncio
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from nodes.agents.model_rules import MODEL_RULES
from state.errors import PriceUnknown
from state.script import Language
from tools.documentation.notes import notes
from tools.documentation.shelf import Passage, Shelf
from tools.engines.catalog import ModelCard, catalog
from tools.ledger.pricing import newest_edition, price_entry

SOURCE = "model catalogue; price book {edition}"
WORDS = Path(__file__).with_suffix(".toml")
LANGUAGES: tuple[Language, ...] = ("en", "es", "pt-BR")


async def look_up(query: str, model_id: str) -> list[str]:
    """What is known about a question and a model, best first, each with its source; often nothing."""
    return await asyncio.to_thread(lambda: shelf().find(query, model_id))


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """All that can be looked up."""
    words = tomllib.loads(WORDS.read_text("utf-8"))
    cards = catalog()
    about = tuple(_passage(card, words) for card in cards)
    return Shelf((*notes(), *about), {card.id: card.provider for card in cards})


def _passage(card: ModelCard, words: dict[str, Any]) -> Passage:
    text = {language: _card_words(card, words[language]) for language in LANGUAGES}
    if rule := MODEL_RULES.get(card.id):
        text["en"] = f"{text['en']} {rule}"
    return Passage(
        title=f"{card.title} {words['asked']}", text=text, models=(card.id,), provider=card.provider,
        source=SOURCE.format(edition=newest_edition()),
    )  # fmt: skip


def _card_words(card: ModelCard, words: dict[str, Any]) -> str:
    given = (
        str(card.durations_s or "").replace(" to ", "-"),
        ", ".join(card.resolutions),
        ", ".join(card.aspect_ratios),
        str(card.reference_images or ""),
    )
    facts = ", ".join(form.format(value) for form, value in zip(words["facts"], given, strict=True) if value)
    medium, price = words["medium"][card.medium], _price(card, words)
    told: str = words["card"].format(
        title=card.title, medium=medium, price=price, facts=f": {facts}" if facts else ""
    )
    return told


def _price(card: ModelCard, words: dict[str, Any]) -> str:
    try:
        entry = price_entry(card.provider, card.id)
    except PriceUnknown:
        return card.price_range
    if not entry.high:
        return str(words["free"])
    amount = f"${entry.low}" if entry.low == entry.high else f"${entry.low}-{entry.high}"
    return f"{amount} {words['unit'][entry.unit]}"
