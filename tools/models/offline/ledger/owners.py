"""Whose a thing is: who only owns it is not there for it, and whose moustache it is tells who is touched."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.ledger.clause import words_of_class
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

OWNED = {
    "en": r"(?<!\w)(?:{own})(?!\w)(?: (?P<first>[\w'-]+))?(?: (?P<second>\w+))?",
    "pt-BR": (
        r"(?:(?<!\w)(?:[oa]s?|n[oa]s?|d[oa]s?|uma?) (?P<first>\w+)(?: (?P<second>\w+))? )?"
        r"(?<!\w)(?:{own})(?!\w)"
    ),
}
"""`his pumpkin`, `o ponto dela`, with the words of what is owned."""
OWN: dict[tuple[str, bool], str] = {
    ("en", True): "her|herself", ("en", False): "his|him|himself",
    ("pt-BR", True): "dela|nela|ela", ("pt-BR", False): "dele|nele|ele",
}  # fmt: skip


def is_only_owner(text: str, language: Language, *, woman: bool) -> bool:
    """`creeps in with a tape, and his pumpkin is huge`: he has it, and is not there; his hand would be he."""
    own = OWN.get((language, woman), "")
    found = [*re.finditer(OWNED[language].replace("{own}", own), text, re.IGNORECASE)] if own else []
    return bool(found) and all(_is_owned(one, language) for one in found)


def _is_owned(found: re.Match[str], language: Language) -> bool:
    """Whether a thing is owned in these words, and no part of somebody."""
    first, second = (found["first"] or "").lower(), (found["second"] or "").lower()
    grammar = grammar_of(language)
    closed = grammar.determiners.union(
        *(grammar.words[kind] for kind in ("prepositions", "adverbs", "coordinators", "relatives", "leading"))
    )
    whole = found.group().lower().split()[0 if language == "en" else -1]
    plain = whole in ("his", "her", "dele", "dela")
    return (
        plain
        and bool(first)
        and first not in closed
        and not words_of_class("body", language) & {first, second}
    )


def owner_of(text: str, people: Sequence[Person], doers: Sequence[str], language: Language) -> str:
    """`le pasa un dedo por el bigote`: the only one who has one; nobody where whoever does it has."""
    features = bank(language)["ledger"]["features"]
    for feature, words in features.items():
        if not re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE):
            continue
        having = [one.name for one in people if feature in one.features]
        if len(having) == 1 and having[0] not in doers and doers:
            return having[0]
    return ""
