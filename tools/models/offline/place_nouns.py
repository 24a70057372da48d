"""The set that a noun of a place means, alone and in its story."""

from functools import lru_cache

from state.script import Language, SetKind
from tools.models.offline import patterns as re
from tools.models.offline.bank import bank
from tools.models.offline.phrases import says

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
    nouns = sorted(kinds_of_nouns(language), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, nouns))})(?![\w-])", re.IGNORECASE)


def nouns_in(text: str, language: Language) -> list[str]:
    """All nouns of places in a text as they come, the longest each time."""
    return [match.group().lower() for match in noun_pattern(language).finditer(text)]


def kind_in(noun: str, story: str, language: Language) -> SetKind:
    """The set that a noun means in that story."""
    table, kind = bank(language)["where"], kinds_of_nouns(language)[noun]
    singular = singulars(language).get(noun, frozenset((noun,)))
    if singular & set(table["small_craft"]["words"]) and says(story, table["signs"]["river"]) >= 0:
        return "river_boat" if kind in BOATS else "river"
    for means in table["means"]:
        if singular & set(means["words"]) and says(story, table["signs"][means["sign"]]) >= 0:
            found: SetKind = means["kind"]
            return found
    return kind


def is_meant(noun: str, story: str, language: Language) -> bool:
    """Whether a noun means its place in that story: a gate is an airport's only where somebody flies."""
    table = bank(language)["where"]
    bare = singulars(language).get(noun, frozenset((noun,)))
    rules = [only for only in table["only"] if bare & set(only["words"])]
    return all(says(story, table["signs"][only["sign"]]) >= 0 for only in rules)


@lru_cache(maxsize=8)
def singulars(language: Language) -> dict[str, frozenset[str]]:
    """Every noun as it stands in a table, also for its plural."""
    nouns = [noun.lower() for listed in bank(language)["where"]["nouns"].values() for noun in listed]
    return {_plural(noun, language): frozenset((noun, _plural(noun, language))) for noun in nouns} | {
        noun: frozenset((noun,)) for noun in nouns
    }
