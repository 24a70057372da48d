"""Nouns of places in a list of wares: `gets rid of them: planters, beehives, a pulpit` names no place."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.tokens import tokenise
from tools.models.offline.places.place_nouns import singulars
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

REACH = 200
"""Letters on either side of a noun in which its list stands."""
MOST_WORDS = 4
"""Of one thing in a list."""
SEVERAL = 2
CLAUSE = re.compile(r"(?:he|she|it|they|we|ella|ellos|ellas|ela|ele|eles|elas|[A-Z]\w+) \w+")
"""Who does something begins a clause, and no thing of a list."""


def is_listed_thing(text: str, match: re.Match[str], language: Language) -> bool:
    """Whether a noun is one of the things behind a colon that a clause with a verb speaks of.

    A list behind words of going is a way, and behind words for places it is of places.
    """
    head, colon, led = _sentence_before(text, match).rpartition(": ")
    if not colon or (led.strip() and "," not in led):
        return False
    rest = re.split(r"[.!?;:]", text[match.end() : match.end() + REACH])[0]
    items = _listed(f"{led}{match.group()}{rest}", language)
    if len(items) < SEVERAL or any(len(one.split()) > MOST_WORDS or CLAUSE.match(one) for one in items):
        return False
    return _acts(head, language) and not _leads(head, language)


def is_bare_plural(text: str, match: re.Match[str], language: Language) -> bool:
    """`they sell honey, beehives and wax`: several of a thing in a list, without an article."""
    before, noun = _sentence_before(text, match), match.group().lower()
    plural = len(singulars(language).get(noun, ())) > 1
    listed = re.search(r"\w, $", before) is not None
    goes_on = re.match(rf"(?:, | (?:{_joints(language)}) )\w+(?: \w+)?[.,;]", text[match.end() :]) is not None
    return plural and listed and goes_on and not _leads(before, language)


def _sentence_before(text: str, match: re.Match[str]) -> str:
    return re.split(r"[.!?;]\s", text[max(0, match.start() - REACH) : match.start()])[-1]


def _listed(words: str, language: Language) -> list[str]:
    return [
        one
        for one in re.split(rf", (?:(?:{_joints(language)}) )?| (?:{_joints(language)}) ", words)
        if one.strip()
    ]


def _joints(language: Language) -> str:
    return {"en": "and|or", "es": "y|e|o|u", "pt-BR": "e|ou"}[language]


def _acts(words: str, language: Language) -> bool:
    """Whether a verb that is no noun stands in them: `he pinta letreros`."""
    finite = grammar_of(language).verbs.finite
    return any(one.lower in finite for one in tokenise(words))


def _leads(words: str, language: Language) -> bool:
    return _way(language).search(words) is not None


@lru_cache(maxsize=4)
def _way(language: Language) -> re.Pattern[str]:
    """Words for places, and verbs of going from one to the next."""
    table = bank(language)["settings"]["lists"]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*table['places'], *table['ways']])})(?!\w)", re.IGNORECASE)
