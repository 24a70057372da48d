"""Where a sentence may be told as two: only at joints behind which a whole clause begins.

What stays together is told as it was written. Relative clauses, causes, conditions, reported
speech and whatever shares a subject are never torn from the words they belong to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.models.offline.clauses.numbers import within_number
from tools.models.offline.clauses.parse import Parser, Parts
from tools.models.offline.clauses.tokens import Token
from tools.models.offline.clauses.verbs import is_verb_here

HARD = frozenset((";", ":", "\u2014", "\u2013"))
DASHES = frozenset(("\u2014", "\u2013"))
ADDING = frozenset(("and", "y", "e"))
TURNING = frozenset(("but", "pero", "mas", "porém"))
LEAST_WORDS = 4
LONG = 28
"""Words beyond which a clause behind a comma may be told alone although something before it is dependent."""
LATEST_VERB = 14
DEPENDENT = frozenset(
    ("that", "who", "which", "whose", "where", "if", "whether", "when", "while", "because", "until", "unless",
     "although", "though", "before", "after", "since", "as", "que", "quien", "quienes", "quem", "donde",
     "onde", "si", "se", "cuando", "quando", "mientras", "enquanto", "porque", "hasta", "até", "aunque",
     "embora", "como", "cuyo", "cuya", "cujo", "cuja", "antes", "para", "sin", "sem", "to")
)  # fmt: skip
REPORTED = frozenset(("that", "que", "if", "whether", "si", "se"))
Placed = Callable[[str, str], bool]
"""Whether everybody knows whom a pronoun means behind these words: `(pronoun, what was said before)`."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of a sentence that can be told alone: token numbers."""

    start: int
    end: int
    opener: int = 0
    """How many words at its start only join it to what was said: the `But` of `But Bruno leaves`."""


def spans_of(sentence: str, tokens: Sequence[Token], parser: Parser, placed: Placed) -> list[Span]:
    """The stretches of a sentence in order; one for all of it when it cannot be cut cleanly."""
    found: list[Span] = []
    start, opener, at = 0, 0, 1
    while at < len(tokens) - 1:
        wide = _joint(tokens, at, parser)
        left, right = tokens[start + opener : at], tokens[at + wide :]
        if wide and _both_stand(sentence, tokens, left, right, at, parser, placed):
            found.append(Span(start=start, end=at, opener=opener))
            opener = int(tokens[at + wide - 1].lower in TURNING)
            start = at + wide - opener
            at = start + opener
        at += 1
    return [*found, Span(start=start, end=len(tokens), opener=opener)]


def _joint(tokens: Sequence[Token], at: int, parser: Parser) -> int:
    """How many words and marks join here: `;`, `, but`, `and`; 0 for none."""
    token, after = tokens[at], tokens[at + 1].lower
    inside = sum(one.text == "(" for one in tokens[:at]) > sum(one.text == ")" for one in tokens[:at])
    if inside or (token.text in DASHES and sum(one.text in DASHES for one in tokens) != 1):
        return 0
    if token.text in HARD or token.text == ",":
        joined = after in ADDING | TURNING
        return 2 if joined else int(token.text in HARD)
    return int(token.lower in ADDING | TURNING and not within_number(tokens, at, parser.grammar.language))


def _both_stand(
    sentence: str, tokens: Sequence[Token], left: Sequence[Token], right: Sequence[Token], at: int,
    parser: Parser, placed: Placed,
) -> bool:  # fmt: skip
    if min(_words(left), _words(right)) < LEAST_WORDS or not _is_whole(left, parser):
        return False
    adding = tokens[at].lower in ADDING or (tokens[at].text == "," and tokens[at + 1].lower in ADDING)
    far = tokens[at].text == "," and _words(tokens) > LONG
    if adding and (_is_series(left, parser) or _holds_on(left, parser, far=far)):
        return False
    parts = parser.parse(right)
    if parts is None or not _has_own_subject(right, parts, parser) or not is_verb_here(right, parts, parser):
        return False
    if _is_participle(left, right, parts, parser):
        return False
    subject = right[parts.subject[0]].lower
    return placed(subject, sentence[left[0].start : left[-1].end])


def _words(tokens: Sequence[Token]) -> int:
    return sum(token.is_word for token in tokens)


def _is_whole(left: Sequence[Token], parser: Parser) -> bool:
    """Whether the words before a joint hold a main clause, and nothing in them is left open."""
    parts = parser.parse(left)
    if parts is None or not is_verb_here(left, parts, parser):
        return False
    if left[0].lower in DEPENDENT or parser.grammar.is_a(left[0], "leading"):
        comma = next((at for at, token in enumerate(left) if token.text == ","), None)
        return comma is not None and parser.parse(left[comma + 1 :]) is not None
    return True


def _holds_on(left: Sequence[Token], parser: Parser, *, far: bool) -> bool:
    """Whether what is added may still depend on a word before: `says that the house is sold and ...`."""
    reported = any(
        token.lower in REPORTED and parser.grammar.form(left[at - 1]) is not None
        for at, token in enumerate(left) if at
    )  # fmt: skip
    if reported or far:
        return reported
    last = max((at for at, token in enumerate(left) if token.text in ",;:"), default=-1)
    return any(token.lower in DEPENDENT for token in left[last + 1 :])


def _is_series(left: Sequence[Token], parser: Parser) -> bool:
    """`The dripping stops, someone turns over, and ...`: clauses in a row are told in one breath."""
    for at in (at for at, token in enumerate(left) if token.text == "," and at > 1):
        parts, right = parser.parse(left[at + 1 :]), left[at + 1 :]
        own = parts is not None and _has_own_subject(right, parts, parser) and not parts.lead[1]
        if own and parser.parse(left[:at]) is not None and left[0].lower not in DEPENDENT:
            return True
    return False


def _has_own_subject(right: Sequence[Token], parts: Parts, parser: Parser) -> bool:
    """A name, a noun with its article or a pronoun before the verb, led by a time or a place at most."""
    grammar, (begin, end) = parser.grammar, parts.subject
    if begin >= end or parts.verb[0] > LATEST_VERB:
        return False
    subject, lead = right[begin:end], right[:begin]
    first = subject[0]
    named = first.lower in parser.names or (first.text[0].isupper() and begin + 1 == end)
    someone = first.lower in grammar.pronouns and (len(subject) == 1 or subject[1].text == ",")
    noun = first.lower in grammar.determiners and len(subject) > 1
    if not (named or someone or noun) or any(token.lower in DEPENDENT for token in subject[1:]):
        return False
    if right[parts.verb[0] - 1].lower in ADDING | TURNING or subject[-1].lower in ADDING | TURNING:
        # `hands over the letter / and the box and asks`: nobody asks but who hands it over.
        return False
    opens = not lead or grammar.is_a(lead[0], "prepositions") or _is_time(lead, parser)
    commas = sum(token.text == "," for token in right[begin : parts.verb[0]])
    closed = commas == 0 or (commas == 2 and right[parts.verb[0] - 1].text == ",")
    inner = any(
        token.lower in DEPENDENT - {"before", "after", "since", "to", "até", "hasta"} for token in lead
    )
    return opens and closed and not inner and not any(token.text in ";:" for token in subject)


def _is_time(lead: Sequence[Token], parser: Parser) -> bool:
    return any(parser.grammar.is_a(token, "time_words") for token in lead) or parser.grammar.is_a(
        lead[0], "adverbs"
    )


def _is_participle(left: Sequence[Token], right: Sequence[Token], parts: Parts, parser: Parser) -> bool:
    """`and the letter signed by her father`: in a story of today an English past is a participle."""
    word = right[parts.verb[0]].lower
    if parser.grammar.language != "en" or word not in parser.grammar.verbs.participles:
        return False
    before = parser.parse(left)
    by = any(token.lower == "by" for token in right[parts.verb[1] : parts.verb[1] + 1])
    return by or (before is not None and before.form.tense == "present" and parts.form.tense == "past")
