"""Clauses that nobody who was told of does: a thing, a stranger, or what happens by itself."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.ledger.clause import WORD, Piece, words_of_class
from tools.models.offline.persons.people import person_words
from tools.models.offline.words.bank import bank

PAIR, PHRASE = 2, 3


def comes_a_thing(piece: Piece, head: str, tail: str, language: Language) -> bool:
    """`a una señora le llega el olor`: what stands behind the verb is nobody."""
    own = words_of_class("lacking", language) if not _is_reflexive(head) else frozenset[str]()
    coming = {verb.lemma for verb in piece.verbs[:1]} & (words_of_class("coming", language) | own)
    words = [word.lower() for word in WORD.findall(tail)]
    # `llega la misma noche` says when.
    timed = {*words[PAIR : PAIR + PHRASE]} & grammar_of(language).words["time_words"]
    return bool(coming and not timed and {*words[1:PAIR]} & grammar_of(language).determiners)


def _is_reflexive(head: str) -> bool:
    """`se queda el gato`: who keeps it does it."""
    return [word.lower() for word in WORD.findall(head)][-1:] == ["se"]


def happens_by_itself(piece: Piece, head: str, tail: str, language: Language) -> bool:
    """`Se abren las puertas`: several things behind the verb, and nobody who was told of does it."""
    verb = next(iter(piece.verbs), None)
    words = [word.lower() for word in WORD.findall(tail)][1:PAIR]
    alone = {word.lower() for word in WORD.findall(head)[-1:]} <= words_of_class("by_itself", language)
    by_itself = grammar_of(language).words.get("by_itself", frozenset())
    turned = verb is not None and verb.plural and verb.lemma in by_itself and bool(WORD.findall(head))
    return turned and alone and bool({*words} & grammar_of(language).determiners)


def has_noun(head: str, language: Language) -> bool:
    """Whether what leads to a verb is a subject of its own: `el tren parte`, `the hat falls`."""
    parts = [_last_part(head, language)]
    if head.rstrip().endswith(",") and head.count(",") >= PAIR:
        # `The cat, wearing a bow, looks up`: whoever it is stands before the aside.
        parts.append([word.lower() for word in WORD.findall(head.rstrip(" ,").rpartition(",")[0])])
    return any(_is_subject(one, language) for one in parts)


def _is_subject(words: list[str], language: Language) -> bool:
    grammar = grammar_of(language)
    if any(word in grammar.words["pronouns_someone"] for word in words):
        return True
    if words[:1] and words[0] in grammar.words["prepositions"]:
        # `En la cocina el gato duerme`: what the preposition leads to is no subject.
        words = words[PHRASE:]
    small = [word for word in words if _is_small(word, language)]
    led = [n for n, word in enumerate(words) if word in grammar.determiners]
    if not led or led[0] + 1 >= len(words):
        return bool(words) and words[0] in person_words(bank(language)["reading"])
    # `One night the cat leaves`: behind the time stands the subject.
    timed = [n for n in led if words[n + 1 : n + PAIR] and words[n + 1] in grammar.words["time_words"]]
    at = next((n for n in led if n not in timed), None)
    told = {one for n in timed for one in words[n : n + PAIR]}
    return at is not None and at + 1 < len(words) and all(one in small or one in told for one in words[:at])


def _last_part(head: str, language: Language) -> list[str]:
    """The words behind the last comma, whatever small words lead to the verb: `Bruno, the cat, then`."""
    parts = [[word.lower() for word in WORD.findall(part)] for part in head.split(",")]
    clitics = grammar_of(language).words["clitics"]
    while len(parts) > 1 and all(word in clitics for word in parts[-1]):
        parts.pop()
    return parts[-1]


def _is_small(word: str, language: Language) -> bool:
    kinds = ("adverbs", "leading", "opening", "negations", "clitics", "coordinators", "relatives")
    return any(word in grammar_of(language).words[kind] for kind in kinds) or word in words_of_class(
        "joints", language
    )


def is_passive(piece: Piece, words: Sequence[str], tail: str, language: Language) -> bool:
    """`Se abren las puertas`: a thing behind a plural verb is what opens."""
    plural = piece.verbs[0].plural if piece.verbs else False
    after = [word.lower() for word in WORD.findall(tail)][1:PAIR]
    led = bool({*after} & grammar_of(language).determiners)
    return plural and [*words] == ["se"] and led


def is_impersonal(piece: Piece, words: Sequence[str], language: Language) -> bool:
    """`there is no music`, `no hay chocolate`."""
    there = {verb.lemma for verb in piece.verbs[:1]} & words_of_class("impersonal", language)
    return bool(there or words_of_class("there", language) & {*words[-1:]})


def is_identity(piece: Piece, head: str, language: Language) -> bool:
    """`Es Julio, el novio de su hija`: who a name or a face belongs to, and nobody who is there."""
    words = {word.lower() for word in WORD.findall(head)}
    copulas = words_of_class("copulas", language)
    is_it = bool(piece.verbs) and piece.verbs[0].lemma in copulas and len(piece.verbs) == 1
    plain = words <= words_of_class("pointing", language)
    # `It is Ben` before `who knocks` has no mark at its end.
    return is_it and plain and piece.text.rstrip()[-1:] in (".", ",", ";", ":", "!", "?")
