"""Who does what to what, for those who draw it: only what the words leave no doubt about."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.models.offline.clauses.parse import NOUN_WORDS, Parser, Parts
from tools.models.offline.clauses.people import OF, Person, by_role, named_in
from tools.models.offline.clauses.tokens import Token
from tools.models.offline.persons.people import person_words
from tools.models.offline.words.bank import bank

TO = frozenset(("a", "al", "to", "ao", "à", "para"))
COPULAS = frozenset(
    ("be", "seem", "become", "look", "appear", "remain", "ser", "estar", "parecer", "quedar", "ficar",
     "virar", "resultar", "permanecer", "permanecer", "llamar", "haber", "haver")
)  # fmt: skip
TAKING = frozenset(
    ("sacar", "quitar", "robar", "tomar", "retirar", "arrancar", "bajar", "tirar", "roubar", "pegar",
     "retirar", "trazer", "traer", "recibir", "receber", "salvar", "separar", "tirar")
)  # fmt: skip
"""After these `de la caja` is where something is taken from, no part of its name."""
AFTER_HER = frozenset(
    ("more", "back", "again", "away", "up", "down", "off", "out", "home", "alone", "less", "here", "there",
     "go", "better", "late", "so", "too", "anyway", "once", "twice")
)  # fmt: skip
LONGEST = 8


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What a clause does to whom."""

    object: str = ""
    person: Person | None = None


def deed_of(sentence: str, tokens: Sequence[Token], parts: Parts, lemma: str, parser: Parser) -> Deed:
    """The direct object as written, and the person of the cast it is done to."""
    at = parts.verb[1]
    while at < len(tokens) and parser.grammar.is_a(tokens[at], "adverbs"):
        at += 1
    if not lemma or lemma in COPULAS or at >= len(tokens):
        return Deed()
    person, end = _person_at(sentence, tokens, at, parser)
    if person is not None:
        return Deed(object=_thing_at(sentence, tokens, end, lemma, parser)[0], person=person)
    thing, end = _thing_at(sentence, tokens, at, lemma, parser)
    given = _person_at(sentence, tokens, end, parser)[0] if thing and _leads_to(tokens, end) else None
    return Deed(object=thing, person=given)


def _leads_to(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].lower in TO


def _person_at(sentence: str, tokens: Sequence[Token], at: int, parser: Parser) -> tuple[Person | None, int]:
    """Somebody of the cast right here, behind `a` or `to` at most."""
    start = at + 1 if _leads_to(tokens, at) else at
    near = tokens[start : start + NOUN_WORDS]
    for wide in range(len(near), 0, -1):
        words = near[:wide]
        if any(not token.is_word or token.lower in OF for token in words):
            continue
        phrase = sentence[words[0].start : words[-1].end]
        named = [
            one for one in named_in(phrase, parser.people, owned=False) if words[-1].text in one.name.split()
        ]
        plain = all(token.text in named[0].name.split() for token in words) if named else False
        joined = any(parser.grammar.is_a(token, "prepositions") for token in words)
        titled = bool(named) and words[0].lower in parser.grammar.determiners and not joined
        if named and (plain or titled) and not words[-1].text.endswith("s'"):
            return named[0], start + wide
        role = by_role(phrase, parser.people, parser.grammar)
        begins = words[0].lower in parser.grammar.determiners
        if role is not None and words[-1].lower in role.role_words and wide > 1 and begins:
            return role, start + wide
    return None, at


def _thing_at(sentence: str, tokens: Sequence[Token], at: int, lemma: str, parser: Parser) -> tuple[str, int]:
    """A noun phrase with its determiner that is no person and no time."""
    grammar = parser.grammar
    if at >= len(tokens) or tokens[at].lower not in grammar.determiners:
        return "", at
    if tokens[at].lower == "a" and at + 1 < len(tokens) and tokens[at + 1].lower in grammar.verbs.bases:
        return "", at
    if tokens[at].lower == "her" and at + 1 < len(tokens) and tokens[at + 1].lower in AFTER_HER:
        return "", at
    end = _noun_end(tokens, at, parser)
    more = end + 1
    if more < len(tokens) and tokens[end].lower in OF and tokens[more].is_word:
        taken = lemma in TAKING and (
            tokens[end].lower not in ("de", "of") or tokens[more].lower in grammar.determiners
        )
        asks = tokens[more].lower in ("quién", "quien", "quem", "que", "qué", "cómo", "como", "whom", "which")
        end = end if taken or asks else _noun_end(tokens, more, parser)
    words = tokens[at:end]
    people = person_words(bank(grammar.language)["reading"])
    timed = any(grammar.is_a(token, "time_words") for token in words)
    if len(words) < 2 or timed or any(token.lower in people for token in words):
        return "", at
    return sentence[words[0].start : words[-1].end], end


def _noun_end(tokens: Sequence[Token], at: int, parser: Parser) -> int:
    grammar, end = parser.grammar, at + 1
    open_classes = (
        "time_words",
        "personal_verbs",
        "by_itself",
        "articles",
        "not_verbs",
        "homographs",
        "with_object",
    )
    closed = [words for name, words in grammar.words.items() if name not in open_classes]
    while end < len(tokens) and end < at + LONGEST:
        token = tokens[end]
        small = any(token.lower in words for words in closed) and not (
            token.lower in grammar.words["possessives"] and end == at + 1
        )
        if not token.is_word or small or _is_verb_after(tokens, at, end, parser):
            break
        end += 1
    return end


def _is_verb_after(tokens: Sequence[Token], at: int, end: int, parser: Parser) -> bool:
    """A verb behind a whole noun: `a letter he sent`, `la bota gira`; the last of two nouns is none."""
    grammar, token = parser.grammar, tokens[end]
    if grammar.is_a(token, "articles") and end > at + 1:
        return True
    if token.lower.endswith(("ndo", "mente")) or (token.lower.endswith("ly") and end > at + 1):
        return True
    if end == at + 1:
        return False
    if grammar.language == "en" and token.lower in grammar.verbs.participles and end > at + 1:
        return True
    form = grammar.form(token)
    last = (
        end + 1 >= len(tokens) or not tokens[end + 1].is_word or grammar.is_a(tokens[end + 1], "prepositions")
    )
    return form is not None and not form.bare and not (last and grammar.language == "en")
