"""Whether it is things that a sentence is about: `The cakes are frozen`, `A balsa está velha`.

A pronoun behind such a sentence may mean them, and then no name of a person may stand for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.tokens import Token, tokenise
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

PAIR = 2
LONGEST = 7
"""Words at most before the verb of a subject that is looked at."""


@dataclass(frozen=True, kw_only=True)
class ThingsTold:
    """What the subject of a sentence is when it is nobody."""

    several: bool = False
    woman: bool | None = None
    """The gender of its article, which a pronoun shares; None where there is none."""


def things_told(text: str, grammar: Grammar, *, names: Sequence[str] = ()) -> ThingsTold | None:
    """The things that are the subject of a sentence; None where it is about people or nothing is sure."""
    table = bank(grammar.language)["clauses"]["things"]
    if sum(name.split()[0] in text for name in names) < PAIR:
        # `He has proof that the cakes are frozen`: the last thing that is said is about the cakes.
        text = re.split(rf"(?<!\w)(?:{table['reporting']}) ", text)[-1]
    tokens = [token for token in tokenise(text) if token.is_word]
    lead = " ".join(token.lower for token in tokens[:2])
    if any(lead == one or lead.startswith(f"{one} ") for one in table["owned_alone"]):
        return ThingsTold(several=True, woman=_sex(tokens, grammar))
    subject = _subject(tokens, grammar)
    known = {part.lower() for name in names for part in name.split()}
    persons = person_words(bank(grammar.language)["reading"])
    if not subject or any(
        token.lower in persons | known
        or _singular(token.lower) in persons
        or token.lower in grammar.pronouns
        or token.text[0].isupper()
        for token in subject[1:]
    ):
        return None
    noun = _head(subject[1:], grammar)
    return ThingsTold(several=_is_plural(noun, subject[0].lower, grammar), woman=_sex(subject, grammar))


def _subject(tokens: Sequence[Token], grammar: Grammar) -> list[Token]:
    """A determiner and what follows it up to the verb; nothing where the sentence begins otherwise."""
    if len(tokens) < 2 or tokens[0].lower not in grammar.determiners:
        return []
    for at, token in enumerate(tokens[1 : LONGEST + 1], start=1):
        form = grammar.form(token)
        if at > 1 and form is not None and (not form.bare or tokens[at - 1].lower.endswith("s")):
            return list(tokens[:at])
    return []


def _head(words: Sequence[Token], grammar: Grammar) -> str:
    """The noun: the last word before a preposition in English, the first one elsewhere."""
    ends = next((at for at, one in enumerate(words) if grammar.is_a(one, "prepositions")), len(words))
    own = words[: ends or 1]
    return (own[-1] if grammar.language == "en" else own[0]).lower


def _is_plural(noun: str, article: str, grammar: Grammar) -> bool:
    if grammar.drops_subjects:
        return article.endswith("s")
    return noun.endswith("s") and not noun.endswith("ss")


def _singular(word: str) -> str:
    return word.removesuffix("es") if word.endswith(("ores", "eres")) else word.removesuffix("s")


def _sex(subject: Sequence[Token], grammar: Grammar) -> bool | None:
    """The gender that the article tells."""
    table = bank(grammar.language)["clauses"]["things"]
    first = subject[0].lower
    if first in table["feminine"].split():
        return True
    return False if first in table["masculine"].split() else None
