"""Cutting a sentence into clauses, only where both sides can stand alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.numbers import within_number
from tools.models.offline.clauses.parse import Parser
from tools.models.offline.clauses.people import Person, by_role, named_in
from tools.models.offline.clauses.tokens import Token

HARD = (";", "\u2014", "\u2013")
QUOTES = frozenset('"\u201c\u201d\u00ab\u00bb()')


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a sentence that is one clause."""

    tokens: tuple[Token, ...]
    subject: Person | None = None
    """Whom a relative clause is about; it then begins with its verb."""


def pieces_of(tokens: Sequence[Token], parser: Parser, people: Sequence[Person], text: str) -> list[Piece]:
    """The clauses of a sentence in order; one piece when nothing can be cut safely."""
    found: list[Piece] = []
    for part in _cut(_opened(tokens, parser), parser):
        found += _relatives(part, parser, people, text)
    return [piece for piece in found if piece.tokens]


def _opened(tokens: Sequence[Token], parser: Parser) -> list[Sequence[Token]]:
    """`When Tomas dies, his daughters fight` is two clauses; other openings stay with their main clause."""
    if not tokens or not parser.grammar.is_a(tokens[0], "opening"):
        return [tokens]
    for at in (at for at, token in enumerate(tokens) if token.text == ","):
        left, right = tokens[1:at], tokens[at + 1 :]
        if parser.parse(left) is not None and parser.starts_clause(right):
            return [left, right]
    return [tokens]


def _cut(parts: Sequence[Sequence[Token]], parser: Parser) -> list[Sequence[Token]]:
    found: list[Sequence[Token]] = []
    for part in parts:
        start, at = 0, 1
        while at < len(part):
            wide = _separator(part, at, parser.grammar)
            if wide and _both_stand(part, start, at, wide, parser):
                found.append(part[start:at])
                start = at = at + wide
            at += 1
        found.append(part[start:])
    return found


def _separator(tokens: Sequence[Token], at: int, grammar: Grammar) -> int:
    """How many words and marks separate here: `;`, `, but`, `and`, `, while`; 0 for none."""
    token = tokens[at]
    if token.text in HARD:
        return 1
    joins: tuple[str, ...] = ("coordinators", "opening")
    if token.text == "," and at + 1 < len(tokens):
        after = tokens[at + 1]
        return 2 if any(grammar.is_a(after, name) for name in joins) and after.lower != "as" else 1
    joins = ("coordinators",)
    if within_number(tokens, at, grammar.language):
        return 0
    if token.lower in ("as", "nor", "ni", "nem", "or", "ou", "sino"):
        return 0
    return 1 if any(grammar.is_a(token, name) for name in joins) else 0


def _both_stand(part: Sequence[Token], start: int, at: int, wide: int, parser: Parser) -> bool:
    left, right = part[start:at], part[at + wide :]
    if not right or _inside_lead(left, parser):
        return False
    if parser.parse(left, shared=start > 0) is None:
        return False
    if _within_until(left, right, parser):
        return False
    bare_comma = part[at].text == "," and wide == 1
    if bare_comma and not (_own_subject(right, parser) or _goes_on(left, right, start, parser)):
        return False
    return parser.starts_clause(right)


def _within_until(left: Sequence[Token], right: Sequence[Token], parser: Parser) -> bool:
    """`hasta que Paula se enferma y se queda`: a verb alone goes on with whoever came last."""
    if not parser.grammar.drops_subjects:
        return False
    opens = [
        at for at, token in enumerate(left[:-1])
        if token.lower in ("hasta", "até", "para", "sin", "sem") and left[at + 1].lower == "que"
    ]  # fmt: skip
    own = parser.parse(right)
    return bool(opens) and own is not None and own.subject[0] >= own.subject[1]


def _own_subject(right: Sequence[Token], parser: Parser) -> bool:
    """After a mere comma only somebody by name, or a pronoun, begins a clause of their own."""
    verb = parser.parse(right)
    if verb is None or verb.verb[0] > 4:
        return False
    named = any(token.lower in parser.names for token in right[: verb.verb[0]])
    return named or right[0].lower in parser.grammar.pronouns


def _goes_on(left: Sequence[Token], right: Sequence[Token], start: int, parser: Parser) -> bool:
    """`entra no carro, manda seguir e adormece`: a list of what one person does; or of short clauses."""
    grammar = parser.grammar
    if grammar.language != "pt-BR":
        return False
    done, more = parser.parse(left, shared=start > 0), parser.parse(right, shared=True)
    closes = start > 0 or any(token.lower == "e" for token in right)
    if any(token.text in ";:" for token in left) or done is None or more is None or not closes:
        return False
    same = (done.form.tense, done.form.plural) == (more.form.tense, more.form.plural)
    if more.verb[0] == 0:
        return same and not any(token.text == "," for token in left[: done.verb[0]])
    return right[0].lower in grammar.words["articles"] and more.subject == (0, 2) and more.verb[0] == 2


def _inside_lead(left: Sequence[Token], parser: Parser) -> bool:
    """`If she sells and he leaves, ...`: nothing is cut before the main clause has begun."""
    opens = parser.grammar.is_a(left[0], "leading") or parser.grammar.is_a(left[0], "opening")
    return opens and not any(token.text == "," for token in left)


def _relatives(tokens: Sequence[Token], parser: Parser, people: Sequence[Person], text: str) -> list[Piece]:
    """`Ernesto, who signed the sale, hides` is two clauses about Ernesto."""
    whole = [Piece(tokens=tuple(tokens))]
    for at in range(1, len(tokens) - 2):
        opens = tokens[at].text == "," and parser.grammar.is_a(tokens[at + 1], "relatives")
        if not opens or tokens[at + 1].lower in (
            "whose",
            "where",
            "cuyo",
            "cuya",
            "donde",
            "onde",
            "cujo",
            "cuja",
        ):
            continue
        who = _before(tokens, at, parser, people, text)
        if who is None:
            continue
        close = next((i for i in range(at + 2, len(tokens)) if tokens[i].text == ","), len(tokens))
        inner, rest = tokens[at + 2 : close], tokens[close + 1 :]
        # An aside before the relative clause keeps the comma that closes it.
        aside = tokens[close : close + 1] if any(token.text == "," for token in tokens[:at]) else ()
        main = [*tokens[:at], *aside, *rest]
        told = parser.parse(inner, shared=True)
        if told is None or told.form.base in ("be", "ser") or (rest and not parser.starts_clause(rest)):
            # What somebody is stays an aside: `Abril, who is a lawyer, needs both signatures`.
            continue
        if parser.parse(main, shared=True) is None:
            continue
        return [*_relatives(main, parser, people, text), Piece(tokens=tuple(inner), subject=who)]
    return whole


def _before(
    tokens: Sequence[Token], at: int, parser: Parser, people: Sequence[Person], text: str
) -> Person | None:
    phrase = text[tokens[max(0, at - 3)].start : tokens[at - 1].end]
    last = tokens[at - 1].lower
    named = [one for one in named_in(phrase, people, owned=False) if last in one.name.lower().split()]
    return named[-1] if named else by_role(phrase, people, parser.grammar)
