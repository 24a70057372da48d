"""First names: who bears one is somebody, and a woman or a man."""

from functools import lru_cache

from state.script import Presentation
from tools.models.offline.words.bank import shared, structure


@lru_cache(maxsize=1)
def given_names() -> dict[Presentation, frozenset[str]]:
    """All first names we know, in lower case."""
    first, more = structure()["given_names"], shared("given_names")
    return {
        "woman": frozenset(first["woman"]) | frozenset(more["woman"].split()) - frozenset(first["man"]),
        "man": frozenset(first["man"]) | frozenset(more["man"].split()) - frozenset(first["woman"]),
    }


def is_given_name(name: str) -> bool:
    """Whether a word is a first name we know."""
    return any(name.lower() in names for names in given_names().values())


def sex_of_name(name: str) -> Presentation | None:
    """Woman or man, where a first name says which."""
    return next((sex for sex, names in given_names().items() if name.lower() in names), None)


SMALL = 2
"""Letters of a part of a name that calls nobody: `El`, `da`."""
SHORT_HONOURS = (
    "Mr", "Mrs", "Ms", "Dr", "Dra", "Drs", "Sr", "Sra", "Srta", "Srs", "St", "Mt", "Prof", "Profa", "Rev",
    "Fr", "Pe", "Capt", "Cap", "Sgt", "Sgto", "Cpl", "Pvt", "Lt", "Ten", "Tte", "Cmdr", "Cmte", "Col", "Cel",
    "Gen", "Gral", "Maj", "Insp", "Det", "Del", "Lic", "Ing", "Arq", "Abg", "Hon", "Pres", "Gov", "Sen",
)  # fmt: skip
"""Honours as they are shortened: the full stop behind one ends no sentence."""
SHORTENED = "|".join(rf"(?<=\b{one})\." for one in SHORT_HONOURS)
"""A full stop that ends no sentence."""
HONOURS = frozenset((
    "mr", "mrs", "ms", "sr", "sra", "srta", "dr", "dra", "rev", "sgt", "sgto", "capt", "lt", "prof", "profa",
    "insp", "lic",
))  # fmt: skip
"""Those that nobody is called: there are people of the name of Sen."""
STOPPED = "".join(rf"(?<!\b{one}\.)" for one in SHORT_HONOURS)
"""Before a blank: the full stop there is none of a shortened honour."""
BEFORE_NAMES = frozenset((
    "the", "los", "las", "mrs", "miss", "sir", "sra", "dra", "don", "doña", "dona", "seu", "señor", "señora",
    "tío", "tía", "tio", "tia", "uncle", "aunt", *HONOURS,
))  # fmt: skip
"""What stands before a name and is none."""


def name_parts(name: str) -> list[str]:
    """The parts by which somebody is called: `Sen` for Mr Sen, `inspector` for El inspector."""
    words = name.split()
    # `Jo`, `Bo`: two letters call somebody where they are a first name that stands first.
    short = {word for word in words[:1] if word[0].isupper() and is_given_name(word)}
    parts = [part for part in words if len(part) > SMALL or part in short]
    return [part for part in parts if part.lower().rstrip(".") not in BEFORE_NAMES]


def short_name(name: str) -> str:
    """What somebody is called for short; the whole name where nothing of it is one."""
    return next(iter(name_parts(name) or name.split()), "")
