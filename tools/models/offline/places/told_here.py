"""What a text tells of the here and now of its scene.

What somebody says, reads, remembers or writes of themselves is left out: it is of another place and hour.
"""

from functools import lru_cache

from state.script import Language
from tools.models.offline.places.asked_for import without_requests
from tools.models.offline.places.lexicon import where
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

QUOTATION = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb")


def unquoted(text: str, story: str = "") -> str:
    """A text without what somebody says or reads in it: words in quotes tell of no place.

    Of a clause that was cut out of a quotation of the `story` nothing is left.
    """
    bare = QUOTATION.sub(" ", text).strip()
    opened, closed = re.search(r"[\u201c\u00ab\"]", bare), re.search(r"[\u201d\u00bb]", bare)
    bare = bare[: opened.start()] if opened else bare
    bare = bare[closed.end() :] if closed else bare
    core = bare.strip(" .!?")
    inside = any(core in quote.group() for quote in QUOTATION.finditer(story)) if core else False
    outside = core in QUOTATION.sub(" ", story)
    return "" if inside and not outside else bare


def told_here(text: str, language: Language, story: str = "") -> str:
    """A text without what it only reports: what somebody says, remembers, dreams or hears over a line.

    Neither the place nor the hour of such words is that of the scene.
    """
    if _is_of_a_picture(text, language, story):
        return ""
    told = without_requests(without_asides(unquoted(text, story), language), language)
    told = without_pictures(told, language)
    return _childhood(language).sub("", _reported(language).sub(" ", told))


SHORTEST = 8
"""A clause of fewer letters may be found anywhere."""


def _is_of_a_picture(text: str, language: Language, story: str) -> bool:
    """Whether a clause was cut out of words that only say what is drawn, or heard over a telephone."""
    core = text.strip(" .!?").casefold()[1:]
    return len(core) >= SHORTEST and any(core in one for one in _pictures_of(story, language))


@lru_cache(maxsize=32)
def _pictures_of(story: str, language: Language) -> tuple[str, ...]:
    return tuple(one.group().partition(":")[2].casefold() for one in _pictured(language).finditer(story))


@lru_cache(maxsize=8)
def _pictured(language: Language) -> re.Pattern[str]:
    """`proyecta el final: un beso en un muelle`, `in the photo a boy stands on a pier`: nobody is there."""
    return re.compile("|".join(bank(language)["settings"]["pictured"]["patterns"]), re.IGNORECASE)


def without_pictures(text: str, language: Language) -> str:
    """A text without what is only drawn, projected or photographed in it."""
    return _pictured(language).sub(" ", text)


def without_asides(text: str, language: Language) -> str:
    """A text without what its writer says of themselves: `sorry, typing on the train` is no journey."""
    return _aside(language).sub("", text)


@lru_cache(maxsize=8)
def _aside(language: Language) -> re.Pattern[str]:
    """A sentence, or a bracket in one, in which somebody writes to whoever makes the film."""
    writes = bank(language)["settings"]["spoken"]["writes"]
    return re.compile(
        rf"(?:(?<=[.!?]) |^|\()[^.!?()]*(?<!\w)(?:{'|'.join(writes)})(?!\w)[^.!?()]*[.!?)]*", re.I
    )


@lru_cache(maxsize=8)
def _childhood(language: Language) -> re.Pattern[str]:
    """`los dos, de niños, en esa misma iglesia`: the picture shows it, nobody is there."""
    phrases = "|".join(map(re.escape, bank(language)["settings"]["childhood"]["words"]))
    return re.compile(rf", (?:{phrases})(?!\w)[^.!?;]*", re.IGNORECASE)


@lru_cache(maxsize=8)
def _reported(language: Language) -> re.Pattern[str]:
    phrases = sorted(where(language)["reported"]["words"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)[^.!?;:,]*", re.IGNORECASE)
