"""Subjects behind their verb, and small words beside one that stand for somebody: `él la espera`."""

from collections.abc import Sequence
from dataclasses import dataclass

from state.script import Language
from tools.models.offline.ledger.clause import WORD, Piece, words_of_class
from tools.models.offline.words import patterns as re

BEFORE: dict[str, re.Pattern[str]] = {
    "es": re.compile(r"(?<!\w)(?P<one>l[oa]s?)\s+$", re.IGNORECASE),
    "pt-BR": re.compile(r"(?<!\w)(?P<one>[oa]s?)\s+$", re.IGNORECASE),
}
"""A pronoun right before a finite verb."""
BEHIND: dict[str, re.Pattern[str]] = {
    "es": re.compile(
        r"(?<!\w)(?P<verb>\w{2,}(?:[aeiáéí]r|[áéí]ndo|ando|endo))(?:se)?(?P<one>l[oa]s?)(?!\w)", re.IGNORECASE
    ),
    "pt-BR": re.compile(r"(?<!\w)(?P<verb>\w{2,})-(?P<one>[ln]?[oa]s?)(?!\w)", re.IGNORECASE),
}
"""A pronoun that hangs on a verb."""
WHOM = re.compile(
    r"\W*(?:(?:al|a la|a los|a las) (?:que|cual(?:es)?)|a quien(?:es)?|(?:ao|à|aos|às) qua(?:l|is)|a quem) "
    r"(?:[a-zà-ÿ]{1,4} ){0,2}$",
    re.IGNORECASE,
)
"""`al que enterraron`, `a quem levaram`: whom others did it to."""
CLITIC = re.compile(r"(?<!\w)(?:l[oae]s?|[oa]s?|lhes?) $", re.IGNORECASE)
DOUBLED = re.compile(r"\w+ a (?:él|ella|ellos|ellas|el[ea]s?|mí|mim|nosotr[oa]s|nós)(?!\w)", re.IGNORECASE)
"""`lo llevaron a él`."""
FRONTED = re.compile(r"^\W*A (?:\w+ ){1,4}l[oae]s?\s+$", re.IGNORECASE)
"""`A Rita la` before a verb: she does not do it."""

LEADS_TO_WHO = re.compile(
    r"\W*(?:quem|quien|(?:el|la|o|a|the one) que|the one who) [^.,;:!?]{2,60}? "
    r"(?:é|foi|es|era|fue|is|was) (?=[^\W\d_])",
    re.IGNORECASE,
)
"""`Quem aparece na porta é` before whoever does it."""


@dataclass(frozen=True, kw_only=True)
class ObjectPronoun:
    """One that stands for whom something is done to."""

    woman: bool
    several: bool


def object_pronouns(piece: Piece, language: Language) -> list[ObjectPronoun]:
    """Those of a clause whose verb is done to people: no `la compra`."""
    if language not in BEFORE:
        return []
    found = [
        one["one"]
        for verb in piece.verbs
        if (one := BEFORE[language].search(piece.text[: verb.start]))
        and _is_done_to_people(verb.lemma, language)
    ]
    found += [
        one["one"]
        for one in BEHIND[language].finditer(piece.text)
        if _may_be_of_people(one["verb"], language)
    ]
    return [_read(word.lower()) for word in found]


def object_leads(piece: Piece, language: Language) -> bool:
    """`La maneja Wilmer`, `Lo sigue su perro`: the object opens the clause, and its subject stands behind."""
    verb = next(iter(piece.verbs), None)
    words = WORD.findall(piece.text[: verb.start].lower()) if verb is not None else []
    return language == "es" and words in (["la"], ["lo"], ["las"], ["los"], ["y", "la"], ["y", "lo"])


def turned_round(text: str) -> tuple[str, str] | None:
    """`Quem abre é Ana, a vizinha`: who does it, who stands behind the copula, and then what is done."""
    found = LEADS_TO_WHO.match(text)
    return (text[found.end() :], found.group()) if found is not None else None


def pointed_out(before: str, named: Sequence[str]) -> str:
    """Whom `Es Ana`, `It is Ben` points out before a relative clause says what they do."""
    led = re.match(r"\W*(?:(?:y|e|and|mas|pero|but) )?(?:it['\u2019]s|it is|es|é) ", before, re.IGNORECASE)
    plain = not re.search(r"[,;:.!?]\W*$", before)
    return named[0] if led and plain and len(named) == 1 else ""


def is_done_by_others(piece: Piece, language: Language) -> bool:
    """`A Rita la mandan a Lima`: they who do it are nobody of whom was told."""
    verb = next(iter(piece.verbs), None)
    if language == "en" or verb is None or not verb.plural:
        return False
    head, tail = piece.text[: verb.start], piece.text[verb.start :]
    doubled = CLITIC.search(head) is not None and DOUBLED.match(tail) is not None
    fronted = language == "es" and FRONTED.match(head) is not None
    return fronted or doubled or WHOM.match(head) is not None


def _is_done_to_people(lemma: str, language: Language) -> bool:
    return lemma in words_of_class("personal", language) | words_of_class("to_people", language)


def _may_be_of_people(form: str, language: Language) -> bool:
    """Whether a form that a pronoun hangs on is of a verb of people, by its stem."""
    stem = re.sub(r"(?:[aeiáéíâê]r?|[áéí]ndo|[aei]ndo|ou|eu|iu|ram)$", "", form.lower())
    verbs = words_of_class("personal", language) | words_of_class("to_people", language)
    return len(stem) > 1 and any(re.sub(r"[aeio]r$", "", one) == stem for one in verbs)


def _read(word: str) -> ObjectPronoun:
    plain = word.lstrip("ln") or word
    return ObjectPronoun(woman=plain.startswith("a"), several=word.endswith("s"))
