"""Yards, gates and roofs of a works, a mine or a port: who is there is still at that place."""

from collections.abc import Iterator
from functools import lru_cache

from state.script import Language, SetKind
from tools.models.offline.places.no_place import is_beside
from tools.models.offline.places.place_nouns import kinds_of_nouns, noun_pattern, nouns_at, singulars
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

LOW: frozenset[SetKind] = frozenset(
    ("salt_flats", "mine", "harbour", "farmyard", "field", "vineyard", "building_site")
)
"""Sites with no town below their roofs."""
SITES: frozenset[SetKind] = LOW | {
    "factory", "warehouse", "cold_store", "station", "garage", "winery", "roadside", "lighthouse",
}  # fmt: skip
"""Their yards and gates are part of what is drawn of them."""
STALLS: frozenset[SetKind] = frozenset(("market",))
"""Who is under their awnings is in no tent."""
OWN_YARDS: frozenset[SetKind] = frozenset(
    (
        "living_room", "kitchen", "bedroom", "classroom", "cell", "police_station", "church", "hospital",
        "lobby", "hallway", "courtroom", "village", "airport",
    )
)  # fmt: skip
"""Whose yard is a set of its own."""
GENITIVE: dict[Language, str] = {"en": r" of ", "es": r" (?:de|del) ", "pt-BR": r" (?:de|do|da|dos|das) "}


def site_of_part(text: str, match: re.Match[str], story: str, language: Language) -> SetKind | None:
    """The site that a noun is a part of, by the places told before it; None if it is of none."""
    held = _held(match.group().lower(), language)
    if not held:
        return None
    owner = re.match(GENITIVE[language], text[match.end() :])
    after = noun_pattern(language).search(text, match.end()) if owner is not None else None
    if after is not None and after.start() - match.end() < NEAR:
        kind = kinds_of_nouns(language)[after.group().lower()]
        return kind if kind in held else None
    if owner is not None and _somebody(language).match(text, match.end() + owner.end()):
        return None
    told = [*_places(text[: match.start()], language)][::-1] or [*_places(story, language)]
    return told[0] if told and told[0] in held else None


def hangs_there(text: str, match: re.Match[str], language: Language) -> bool:
    """`on the wall of the driving school`: in the house itself, and not in what one learns to drive."""
    walls: str = bank(language)["settings"]["parts"]["walls"]
    return re.search(walls, text[: match.start()], re.IGNORECASE) is not None


NEAR = 24
"""Letters behind a part in which it is said what it belongs to."""


@lru_cache(maxsize=4)
def _somebody(language: Language) -> re.Pattern[str]:
    """`the yard of her aunt`: nobody's works."""
    return re.compile(
        {"en": r"(?:his|her|their|my)\b", "es": r"(?:su|sus|mi)\b", "pt-BR": r"(?:seu|sua|meu|minha)\b"}[
            language
        ]
    )


def _held(noun: str, language: Language) -> frozenset[SetKind]:
    """The sites that a noun is a part of."""
    parts = bank(language)["settings"]["parts"]
    words = singulars(language).get(noun, frozenset((noun,)))
    if words & set(parts["yards"]):
        return SITES
    if words & set(parts["awnings"]):
        return STALLS
    return LOW if words & set(parts["roofs"]) else frozenset()


def _places(text: str, language: Language) -> Iterator[SetKind]:
    """Sites and houses that a text tells of; neither names nor words that seldom mean a place."""
    table = bank(language)["where"]
    which = {*table["determiners"]["words"], *table["prepositions"]["free"]}
    for one in nouns_at(text, language):
        noun = one.group().lower()
        kind = kinds_of_nouns(language)[noun]
        apart = kind not in SITES | STALLS | OWN_YARDS or _held(noun, language)
        if apart or is_beside(text, one, language, ridden=False):
            continue
        begins = one.start() == 0 or text[: one.start()].rstrip().endswith((".", "!", "?"))
        before = re.search(r"(\w+) $", text[: one.start()])
        told = before is not None and before.group(1).lower() in which
        doubtful = singulars(language)[noun] & set(table["doubtful"]["words"])
        if (one.group().islower() or begins) and (told or not doubtful):
            yield kind
