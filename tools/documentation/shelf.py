"""A small ranked search over passages that we ship: Okapi BM25, no network, no index file.

The shelf holds some fifty short passages, so it is scored as a whole for each question.
"""

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from state.script import Language
from tools.language import language_of, telling_words

K1, B = 1.5, 0.75
"""The usual weights of BM25: how soon a repeated word stops counting, how far a long passage stands back."""
OWN_MODEL, OWN_PROVIDER, OWN_KIND = 2.0, 1.25, 2.0
"""How much more a passage counts that is about the model, the provider or the failure asked about."""
SURELY = 1.0
"""Below this score a passage has nothing to do with the question."""
NOISE = Path(__file__).with_name("noise.toml")
TOKEN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One thing that is known, in each of our languages."""

    title: str
    text: dict[Language, str]
    source: str
    """Where it was read, so that it can be read again."""
    models: tuple[str, ...] = ()
    """Our ids of the models it is about; of none means of all of the provider's."""
    provider: str = ""
    kinds: tuple[str, ...] = ()
    """Error codes and failure kinds that it explains."""

    def concerns(self, asked: set[str], model_id: str, provider: str) -> bool:
        """Whether it may be told about this model: it is about it, about its provider, or about everything.

        Where no model is known, what is true of one provider only is told when that one is named.
        """
        if not (self.models or self.provider):
            return True
        if not model_id:
            return bool(self.models) or self.provider in asked
        return model_id in self.models or (not self.models and self.provider == provider)


@dataclass(frozen=True)
class Shelf:
    """Passages to look things up in."""

    passages: Sequence[Passage]
    providers: dict[str, str] = field(default_factory=dict)
    """Which provider each model is reached at."""

    def find(self, query: str, model_id: str = "", *, limit: int = 3) -> list[str]:
        """The passages that answer best, each with its source, in the query's language; often none."""
        language, provider = language_of(query), self.providers.get(model_id, "")
        # The model's own name would find every passage about it, whatever was asked.
        asked = set(tokens(query)) - set(tokens(model_id))
        pages = [
            (one, _page(one, language)) for one in self.passages if one.concerns(asked, model_id, provider)
        ]
        found = zip([one for one, _ in pages], _scores(asked, [page for _, page in pages]), strict=True)
        boosted = [(_boost(one, asked, model_id, provider) * score, one) for one, score in found]
        ranked = sorted(boosted, key=lambda each: -each[0])[:limit]
        return [_excerpt(one, language) for score, one in ranked if score >= SURELY]


def tokens(text: str) -> list[str]:
    """The words that tell something: lower case, without accents, model ids whole, plurals cut."""
    return [_stem(word) for word in TOKEN.findall(_plain(text.lower())) if word not in noise()]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and word.isalpha() else word


def _scores(asked: set[str], pages: list[Counter[str]]) -> list[float]:
    """BM25 of every page."""
    lengths = [sum(page.values()) for page in pages]
    usual = sum(lengths) / len(lengths) if lengths else 1.0
    rare = {word: _rarity(sum(word in page for page in pages), len(pages)) for word in asked}
    return [
        sum(
            rare[word] * page[word] * (K1 + 1) / (page[word] + K1 * (1 - B + B * length / usual))
            for word in asked
            if page[word]
        )
        for page, length in zip(pages, lengths, strict=True)
    ]


def _rarity(found: int, of: int) -> float:
    return math.log(1 + (of - found + 0.5) / (found + 0.5))


def _page(passage: Passage, language: Language) -> Counter[str]:
    about = " ".join((passage.title, *passage.models, passage.provider, *passage.kinds))
    return Counter(tokens(f"{about} {_words(passage, language)}"))


def _words(passage: Passage, language: Language) -> str:
    return passage.text.get(language) or passage.text["en"]


def _excerpt(passage: Passage, language: Language) -> str:
    return f"{_words(passage, language)} [{passage.source}]"


def _boost(passage: Passage, asked: set[str], model_id: str, provider: str) -> float:
    of_kind = OWN_KIND if asked & {_stem(kind) for kind in passage.kinds} else 1.0
    if model_id and model_id in passage.models:
        return of_kind * OWN_MODEL
    return of_kind * (OWN_PROVIDER if provider and passage.provider == provider else 1.0)


@lru_cache(maxsize=1)
def noise() -> frozenset[str]:
    """Words that any passage may have, without accents; they find nothing."""
    table = tomllib.loads(NOISE.read_text("utf-8"))
    small = {_plain(word) for words in telling_words().values() for word in words}
    return frozenset(small - set(table["about_films"].split()) | set(table["every_failure"].split()))


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
