"""Places that are only seen or heard from where people are, or hold somebody else: no way leads there."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.places.lexicon import Mention, where
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.phrases import says

OPENING = 4
"""Words in which a sentence names what it tells of."""
NEAR = 26
"""Letters behind a noun in which it is said that it lies elsewhere."""


def is_passing(text: str, place: Mention, language: Language) -> bool:
    """Whether a sentence puts nobody of the scene into a place that it names."""
    start = max((one.end() for one in re.finditer(r"[.!?;]\s", text[: place.start])), default=0)
    before, after = text[start : place.start], text[place.start + len(place.name) :]
    fronted = re.match(rf"[^,.;:!?]{{0,{NEAR}}},", after) is not None
    if fronted and _leads(before, language) and not _is_only_heard(before, after, language):
        return False
    if _is_far(after, language) or _is_looked_at(before, language) or _is_window(place, before, language):
        return True
    if _is_which(before, language):
        return True
    if _goes(language).search(before) is not None:
        return False
    return (
        _is_seen_in_glass(before, language)
        or _is_elsewhere(before, language)
        or _is_only_heard(before, after, language)
    )


WATER = frozenset(("river", "lake", "canal", "beach", "harbour", "cliff", "field", "bridge"))
"""What a boat is on, or comes near."""


def is_sailed(text: str, place: Mention, language: Language) -> bool:
    """`mid-river`, `the ferry swings towards the weir`: whoever is aboard is still aboard."""
    table = where(language)["afloat"]
    before = text[: place.start]
    near = rf"(?<!\w)(?:{_listed([*table['mid'], *table['towards']])})(?: |-)(?:[\w-]+ )?$"
    return place.kind in WATER and re.search(near, before, re.IGNORECASE) is not None


def _leads(before: str, language: Language) -> bool:
    """`At the pub next door, the best man weeps`: whoever the sentence tells of is there."""
    words = before.lower().split()
    joints = where(language)["prepositions"]["lead"]
    which = {*where(language)["determiners"]["words"]}
    loose = [one for one in words[1:] if one not in which]
    return bool(words) and words[0] in joints and len(loose) <= 1


def _is_far(after: str, language: Language) -> bool:
    """`the car opposite`, `el coche de enfrente`."""
    near = re.split(r"[,.;:!?]", after)[0][:NEAR]
    return 0 <= says(near, _table(language)["far"]) <= 2


def _is_which(before: str, language: Language) -> bool:
    """`phones her sister, who works at the airport`: the clause only tells who she is."""
    relatives = _listed(bank(language)["settings"]["spoken"]["relatives"])
    return re.search(rf", (?:{relatives}) [^,;:]*$", before, re.IGNORECASE) is not None


def _is_window(place: Mention, before: str, language: Language) -> bool:
    """`Pela vitrine ela vê o marido`: a shop's window is looked through, nobody goes there."""
    through = _table(language)["through"]
    return place.name.lower() in _table(language)["windows"] and before.lower().endswith(
        tuple(f"{one} " for one in through)
    )


def _is_looked_at(before: str, language: Language) -> bool:
    """`olha para a varanda`: the place is all that somebody looks at."""
    return _looked(language).search(before) is not None


def _is_seen_in_glass(before: str, language: Language) -> bool:
    """`lo ve por el espejo, parado en la vereda`."""
    return says(before, _table(language)["glass"]) >= 0


def _is_elsewhere(before: str, language: Language) -> bool:
    """`atiende la farmacia, con su ayudante dormido en la bodega`."""
    return _beside(language).search(before) is not None


def _is_only_heard(before: str, after: str, language: Language) -> bool:
    """`No corredor, o barulho do rodo para`: what is there is a sound, a light or a thing."""
    words = before.lower().split()
    opens = len(words) < OPENING and (not words or words[0] in where(language)["prepositions"]["lead"])
    first = after if opens else re.split(r"[,:]\s", before)[-1]
    told = re.findall(r"[^\W\d_]+", first.lower())[: OPENING - opens]
    return any(word in _table(language)["senses"] for word in told)


@lru_cache(maxsize=4)
def _looked(language: Language) -> re.Pattern[str]:
    which = _listed(where(language)["determiners"]["words"])
    looks = _listed(_table(language)["looks"])
    to = {"en": r"(?:at |to |out at )?", "es": r"(?:a |hacia |al )?", "pt-BR": r"(?:para |pra |à |ao )?"}[
        language
    ]
    return re.compile(rf"(?<!\w)(?:{looks}) {to}(?:(?:{which}) )?(?:[\w-]+ )?$", re.IGNORECASE)


@lru_cache(maxsize=4)
def _beside(language: Language) -> re.Pattern[str]:
    table = _table(language)
    return re.compile(
        rf"(?<!\w)(?:{_listed(table['with'])}) (?:{_listed(table['whose'])}) [^,.;:]+$", re.IGNORECASE
    )


@lru_cache(maxsize=4)
def _goes(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_listed(_table(language)['goes'])})(?!\w)", re.IGNORECASE)


def _listed(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _table(language: Language) -> Table:
    table: Table = bank(language)["main_place"]
    return table
