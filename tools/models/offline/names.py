"""First names: who bears one is somebody, and a woman or a man."""

from functools import lru_cache

from state.script import Presentation
from tools.models.offline.bank import shared, structure


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
