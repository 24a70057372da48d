"""Subjects that are somebody, and nobody of the cast: `Mr. Holt, a baker, knocks`, `the village sings`."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.ledger.clause import WORD, Piece, called, words_of_class
from tools.models.offline.persons.groups import singular
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.names import is_given_name

NAME = re.compile(r"[^\W\d_a-zà-ÿ][\w\u2019'-]*")
APPOSED = re.compile(r"\s*(?:,[^,]+,|\([^)]*\),?)\s*")
"""What stands between a name and its verb and says who it is."""
HOW = ("ly", "ing", "mente", "ando", "endo", "indo")
"""Endings of words that open a sentence and say how something is done."""
NOBODY = frozenset(("nobody", "none", "nadie", "ninguém"))
NEAR, FIRST = 3, 2
NAMELESS = re.compile(r"(?<!\w)(?:an?|una?|uma?|some) (?:[\w'-]+ ){1,3}$", re.IGNORECASE)
REACH = 48
"""Letters before a relative clause in which its noun stands."""


def names_a_stranger(head: str, people: Sequence[Person], language: Language) -> bool:
    """Whether the subject before a verb is a name that nobody of the cast has."""
    known = {part.lower() for one in people for part in one.name.split()}
    return any(_is_subject(one, head, known, grammar_of(language)) for one in NAME.finditer(head))


def _is_subject(found: re.Match[str], head: str, known: set[str], grammar: Grammar) -> bool:
    word, after = found.group().lower().replace("\u2019", "'").removesuffix("'s"), head[found.end() :]
    before = [one.lower() for one in WORD.findall(head[: found.start()])]
    if word in known or _is_small(word, grammar) or (before and before[-1] in grammar.words["prepositions"]):
        return False
    if not all(_is_small(one, grammar) for one in WORD.findall(APPOSED.sub(" ", f"{after} ").lower())):
        return False
    if before or is_given_name(word):
        return True
    apposed = WORD.findall(after.lower())[:1] if after.startswith((",", " (")) else []
    if apposed:
        return apposed[0] in grammar.determiners
    # An English verb has its subject right before it.
    return not grammar.drops_subjects and not word.endswith(HOW) and not after.strip(" \"'\u201d")


def _is_small(word: str, grammar: Grammar) -> bool:
    kinds = (
        *("adverbs", "leading", "opening", "negations", "clitics", "coordinators", "relatives", "articles"),
        *("time_words", "prepositions", "possessives", "auxiliaries", "pronouns_first"),
    )
    closed = grammar.pronouns | words_of_class("joints", grammar.language)
    return word in closed or any(word in grammar.words[one] for one in kinds)


def is_of_people(head: str, tail: str, language: Language) -> bool:
    """Whether what does it is people: `a stag party's best man`, `el pueblo entero`, `llega una vecina`."""
    words = [word.lower() for word in WORD.findall(head.rstrip(" ,").rpartition(",")[2] or head)]
    grammar = grammar_of(language)
    if NOBODY & set(words):
        # `a woman nobody will talk about`: who is told of does nothing here.
        return False
    if words[:1] and words[0] in grammar.words["prepositions"]:
        # `In the pub a sailor sleeps`: what the first preposition leads to does nothing.
        words = words[NEAR:]
    while words and _is_small(words[-1], grammar):
        words = words[:-1]
    if not words and grammar.drops_subjects:
        behind = [word.lower() for word in WORD.findall(tail)][1 : FIRST + NEAR]
        led = next((at for at, word in enumerate(behind[:FIRST]) if word in grammar.determiners), None)
        words = behind[led + 1 : led + FIRST] if led is not None else []
    return any(_is_person(word, language) for word in _unowned(words, grammar))


def _unowned(words: Sequence[str], grammar: Grammar) -> list[str]:
    """The words before `of`: in `the door of the priest` nobody is told of."""
    end = next((at for at, one in enumerate(words) if at and one in grammar.words["prepositions"]), None)
    return [one for one in words[:end] if not one.endswith(("'s", "\u2019s"))]


def _is_person(word: str, language: Language) -> bool:
    reading = bank(language)["reading"]
    persons = person_words(reading)
    return bool({word, singular(word, reading)} & (persons | words_of_class("crowds", language)))


def is_of_a_nameless(
    words: Sequence[str], piece: Piece, fact: Fact, people: tuple[Person, ...], language: Language
) -> bool:
    """`hands it to a runaway` before `who sleeps there`: a noun that is nobody of the cast."""
    if not words or words[0] not in words_of_class("relative", language):
        return False
    text = fact.written or fact.text
    found = NAMELESS.search(text[max(0, piece.start - REACH) : piece.start])
    known = (called(one, people, language) for one in people)
    return found is not None and not any(re.search(one, found.group(), re.IGNORECASE) for one in known)
