"""The set that a noun of a place means, alone and in its story."""

from collections.abc import Collection
from functools import lru_cache

from state.script import Language, SetKind
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.phrases import says
from tools.models.offline.words.tries import any_of

BOATS: frozenset[str] = frozenset(("boat_deck", "river_boat"))


@lru_cache(maxsize=8)
def kinds_of_nouns(language: Language) -> dict[str, SetKind]:
    """The set that each noun means, plurals with it."""
    own = {noun.lower(): kind for kind, nouns in bank(language)["where"]["nouns"].items() for noun in nouns}
    return {_plural(noun, language): kind for noun, kind in own.items()} | own


PLURALS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("s", "s"), ("sh", "shes"), ("ch", "ches"), ("x", "xes"), ("ay", "ays"), ("ey", "eys"), ("y", "ies"),
    ),
    "es": (
        ("s", "s"), ("ión", "iones"), ("ón", "ones"), ("án", "anes"), ("én", "enes"), ("ín", "ines"),
        ("ún", "unes"), ("z", "ces"), ("n", "nes"), ("l", "les"), ("r", "res"), ("d", "des"),
    ),
    "pt-BR": (
        ("s", "s"), ("ão", "ões"), ("m", "ns"), ("al", "ais"), ("el", "éis"), ("ol", "óis"), ("il", "is"),
        ("r", "res"), ("z", "zes"),
    ),
}  # fmt: skip
"""How a noun ends, and how many of it do."""


def _plural(noun: str, language: Language) -> str:
    """Several of a place: of a phrase its chief word, `salas de cine`."""
    head, space, tail = ("", "", noun) if language == "en" else noun.partition(" ")
    word = head or tail
    ending = next(((one, many) for one, many in PLURALS[language] if word.endswith(one)), ("", "s"))
    many = word.removesuffix(ending[0]) + ending[1]
    return f"{many}{space}{tail}" if head else many


@lru_cache(maxsize=8)
def noun_pattern(language: Language) -> re.Pattern[str]:
    """Any noun of a place, the longest each time."""
    return re.compile(rf"(?<![\w-]){any_of(kinds_of_nouns(language))}(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=1024)
def nouns_at(text: str, language: Language) -> tuple[re.Match[str], ...]:
    """Where the nouns of places stand in a text, the longest each time."""
    return tuple(noun_pattern(language).finditer(text))


def nouns_in(text: str, language: Language) -> list[str]:
    """All nouns of places in a text as they come, the longest each time."""
    return [match.group().lower() for match in nouns_at(text, language)]


def kind_in(noun: str, story: str, language: Language) -> SetKind:
    """The set that a noun means in that story."""
    table, kind = bank(language)["where"], kinds_of_nouns(language)[noun]
    singular = singulars(language).get(noun, frozenset((noun,)))
    if singular & set(table["small_craft"]["words"]) and says(story, table["signs"]["river"]) >= 0:
        return "river_boat" if kind in BOATS else "river"
    if (told := _homonym(singular, story, language)) is not None:
        return told
    for means in table["means"]:
        if singular & set(means["words"]) and says(story, table["signs"][means["sign"]]) >= 0:
            found: SetKind = means["kind"]
            return found
    return kind


def _homonym(noun: Collection[str], story: str, language: Language) -> SetKind | None:
    """What a noun of several senses means among the trades and the other nouns of its story."""
    return next((row["kind"] for row in _rows(noun, language, "places") if _fits(row, story)), None)


def _rows(noun: Collection[str], language: Language, table: str) -> list[Table]:
    return [row for row in bank(language)["homonyms"][table] if not set(noun).isdisjoint(row["words"])]


def _fits(row: Table, story: str) -> bool:
    near = "near" not in row or says(story, row["near"]) >= 0
    return near and ("unless" not in row or says(story, row["unless"]) < 0)


def is_meant(noun: str, story: str, language: Language) -> bool:
    """Whether a noun means its place in that story: a gate is an airport's only where somebody flies."""
    table = bank(language)["where"]
    bare = singulars(language).get(noun, frozenset((noun,)))
    rules = [only for only in table["only"] if bare & set(only["words"])]
    if bare & set(bank(language)["homonyms"]["told"]["words"]):
        return _homonym(bare, story, language) is not None
    told = all(says(story, table["signs"][only["sign"]]) >= 0 for only in rules)
    return told and all(_fits(row, story) for row in _rows(bare, language, "only"))


def singular_of(noun: str, language: Language) -> str:
    """One of several: `colectivos` are a bus and another."""
    return next(
        (one for one in singulars(language).get(noun, ()) if one != noun and len(one) < len(noun)), noun
    )


@lru_cache(maxsize=8)
def singulars(language: Language) -> dict[str, frozenset[str]]:
    """Every noun as it stands in a table, also for its plural."""
    nouns = [noun.lower() for listed in bank(language)["where"]["nouns"].values() for noun in listed]
    return {_plural(noun, language): frozenset((noun, _plural(noun, language))) for noun in nouns} | {
        noun: frozenset((noun,)) for noun in nouns
    }
