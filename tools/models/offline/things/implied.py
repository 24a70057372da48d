"""Words that are a picture only because of what the story has told: `the machine`, a sleeve, a left shoe.

The words of a language are in `implied` of its `pictures.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.things.picturing import Found, found_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.pictures.library import PORTRAITS, pictures

GARMENTS = frozenset((
    "suit_jacket", "hung_jacket", "coat", "dress", "wedding_dress", "shirt", "blouse", "dressing_gown",
    "poncho", "kimono", "lab_coat",
))  # fmt: skip
PLAIN_SHOES = frozenset(("shoes", "one_shoe"))
SHOES = ("satin_shoes", "high_heels", "ballet_shoes", "baby_shoes", "dress_shoes", "trainer")
"""Kinds of shoe: where the story has told one of them, plain shoes are those."""
SHOE = re.compile(r"(?:shoe|heel|zapato|zapatito|tac[oó]n|sapat|salto)", re.IGNORECASE)
TIERED = "tiered_cake"
ONE_OF = {"dress_shoes": "one_shoe"}
"""What one of such a pair is drawn as."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a word is that picture."""

    word: re.Pattern[str]
    picture: str
    """Empty for a part of the garment that the story tells of."""
    story: re.Pattern[str]
    here: re.Pattern[str] | None
    is_verb: bool = False
    """Whether the word is what is done with it: `plays`."""


def implied_in(text: str, language: Language, story: str) -> list[Found]:
    """Pictures that single words of a sentence mean in this story; the first rule for a word decides."""
    found: dict[int, Found] = {}
    for rule, picture in _told(language, story):
        if rule.here and not rule.here.search(text):
            continue
        for one in rule.word.finditer(text):
            noun = pictures()[picture].words[language][0] if rule.is_verb else one[0]
            found.setdefault(one.start(), Found(start=one.start(), end=one.end(), noun=noun, picture=picture))
    return list(found.values())


@lru_cache(maxsize=64)
def _told(language: Language, story: str) -> tuple[tuple[Rule, str], ...]:
    """The rules that hold in this story, each with its picture: asked for every sentence of it."""
    pairs = [(rule, rule.picture or garment_of(story, language)) for rule in _rules(language)]
    return tuple((rule, picture) for rule, picture in pairs if picture and rule.story.search(story))


@lru_cache(maxsize=64)
def garment_of(story: str, language: Language) -> str:
    """The garment that a story tells of first; empty when it tells of none."""
    return next((one.picture for one in found_in(story, language) if one.picture in GARMENTS), "")


@lru_cache(maxsize=64)
def kinds_told(story: str, language: Language) -> Mapping[str, str]:
    """What plain shoes and pictures are in this story: `her satin shoes` make the left shoe one of satin."""
    # `zapatillas` are other shoes than the story's `zapatos`.
    told = {
        one.picture
        for one in found_in(story, language)
        if SHOE.match(one.noun.split()[-1 if language == "en" else 0])
    }
    kind = [one for one in SHOES if one in told]
    if len(kind) != 1:
        return {**_tiers(story, language), **_sitter(story, language), **_photographed(story, language)}
    shoes = {plain: kind[0] if plain == "shoes" else ONE_OF.get(kind[0], kind[0]) for plain in PLAIN_SHOES}
    return {**shoes, **_tiers(story, language), **_sitter(story, language), **_photographed(story, language)}


def _tiers(story: str, language: Language) -> Mapping[str, str]:
    """A story with a wedding cake calls it `the cake`."""
    return {"cake": TIERED} if any(one.picture == TIERED for one in found_in(story, language)) else {}


def _sitter(story: str, language: Language) -> Mapping[str, str]:
    """Whom a story's picture shows: `the picture is the portrait of her cat` holds wherever it hangs."""
    told = {one.picture for one in found_in(story, language)} & set(PORTRAITS)
    return {"painting": told.pop()} if len(told) == 1 else {}


def _photographed(story: str, language: Language) -> Mapping[str, str]:
    """`a photo of his mother` shows no man, here or later."""
    told = re.search(bank(language)["pictures"]["photo_of_woman"], story, re.IGNORECASE)
    return {"photo": "photo_of_woman"} if told else {}


@lru_cache(maxsize=4)
def _rules(language: Language) -> tuple[Rule, ...]:
    listed: list[Table] = bank(language)["pictures"]["implied"]
    return tuple(
        Rule(
            word=re.compile(rf"(?<!\w)(?:{row['of']})(?!\w)", re.IGNORECASE),
            picture=row["picture"],
            story=re.compile(row["story"], re.IGNORECASE),
            here=re.compile(row["here"], re.IGNORECASE) if "here" in row else None,
            is_verb=bool(row.get("verb")),
        )
        for row in listed
    )
