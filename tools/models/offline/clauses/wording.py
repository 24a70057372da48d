"""The text of a fact: the brief's own words, with a name for a pronoun only where that is certain."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tools.models.offline.clauses.deeds import COPULAS
from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.heard import Heard
from tools.models.offline.clauses.parse import Parts
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.tokens import Token
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.naming import in_sentence

AND = {"en": "and", "es": "y", "pt-BR": "e"}
HOURS = (
    "christmas|new|monday|tuesday|wednesday|thursday|friday|saturday|sunday|raining|snowing|one|two|three"
    "|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|noon|summer|winter|spring|autumn|january"
    "|february|march|april|may|june|july|august|september|october|november|december"
)
IMPERSONAL_IT = re.compile(
    r"it(?:['\u2019]s| is| was| turns| seems| rains| snows| takes| happens| dawns)"
    r"(?= (?:out|that|as|not|\d|almost|nearly|still|only|late|dark|too|the (?:last|first)"
    rf"|the (?:\w+ ){{0,2}}(?:day|night|morning|evening|year|eve)|{HOURS})(?!\w)|$|[ ,.]*$)",
    re.IGNORECASE,
)
POINTING = {
    "en": frozenset(("it", "this", "that", "these", "those", "one", "both", "neither", "its", "their")),
    "es": frozenset(("esto", "eso", "aquello", "ello", "ambos", "ambas")),
    "pt-BR": frozenset(("isso", "isto", "aquilo", "ambos", "ambas")),
}
"""Words that mean nothing without the sentence before, when no noun follows them."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """How a stretch of a sentence is told."""

    text: str
    agent: Person | None = None
    """Whom the pronoun or the left-out subject means."""
    unplaced: bool = False
    """It begins with a pronoun that could mean several: it stays with what was said before."""
    several: bool = False
    """It leaves out two people whom the sentence before named."""
    pronoun: bool = False
    """It keeps a pronoun, though everybody knows whom it means."""


class Wording:
    """Decides what may be replaced, from what was heard before."""

    def __init__(self, grammar: Grammar, heard: Heard) -> None:
        self.grammar = grammar
        self.heard = heard

    def placed(self, word: str, before: str) -> bool:
        """Whether a stretch that begins with this word can be told behind these."""
        words, grammar = self.grammar.words, self.grammar
        if word in words["pronouns_she"] | words["pronouns_he"]:
            return self.heard.meant(woman=word in words["pronouns_she"], before=before) is not None
        if word in words["pronouns_someone"]:
            return True
        return word not in grammar.pronouns | POINTING[grammar.language]

    def told(self, text: str, tokens: Sequence[Token], parts: Parts | None, *, sentence: str) -> Told:
        """The stretch with its first pronoun named, when exactly one can be meant."""
        first = tokens[0].lower if tokens else ""
        words = self.grammar.words
        at = parts.subject[0] if parts and parts.subject[0] < parts.subject[1] else 0
        subject = tokens[at].lower if tokens else ""
        before = sentence[: tokens[at].start] if tokens else ""
        if subject in words["pronouns_she"] | words["pronouns_he"]:
            woman = subject in words["pronouns_she"]
            told = self._named(text, tokens, at, self.heard.meant(woman=woman, before=before))
            inside = self.heard.fitting(sentence[tokens[0].start : tokens[at].start], woman=woman)
            return replace(told, unplaced=told.unplaced and not inside)
        if subject in words["pronouns_they"] and subject not in POINTING[self.grammar.language]:
            return self._both(text, tokens, at, parts)
        if self.grammar.language == "en" and first in ("her", "his"):
            return self._owned(text, tokens, first, sentence[: tokens[0].start])
        if first in POINTING[self.grammar.language]:
            return Told(text=text, unplaced=not IMPERSONAL_IT.match(text) and not self._has_noun(tokens))
        return Told(text=text)

    def left_out(self, text: str, tokens: Sequence[Token], parts: Parts) -> Told:
        """A sentence without a subject: named when only one person was spoken of, else kept in its place."""
        led = parts.verb[0] != 0
        if parts.form.plural and len(self.heard.both()) == 2:
            return Told(text=text, pronoun=True, several=not led or parts.lead[1] > 0)
        who = None if parts.form.plural else self.heard.alone()
        if led:
            # `Entre el cuarto y el quinto se corta la luz`: what follows the verb may be who does it.
            certain = not self._may_turn(tokens, parts) and parts.form.base not in COPULAS
            return Told(text=text, agent=who if certain else None, pronoun=True)
        if who is None or self._may_turn(tokens, parts):
            return Told(text=text, unplaced=True)
        if who.unnamed:
            return Told(text=text, agent=who, pronoun=True)
        return Told(text=f"{self._opening(who)} {text[:1].lower()}{text[1:]}", agent=who)

    def _may_turn(self, tokens: Sequence[Token], parts: Parts) -> bool:
        """`Arde la casa`: a noun behind a verb that needs none may be who does it."""
        at = parts.verb[1]
        if self.grammar.language == "es" and at < len(tokens) and self._is_named(tokens[at]):
            # `Abre Iván`: whom something is done to has `a` before the name.
            return True
        by_itself = any(token.lower == "se" for token in tokens[slice(*parts.verb)])
        noun = at < len(tokens) and tokens[at].lower in self.grammar.determiners
        noun = noun and not (at + 1 < len(tokens) and tokens[at + 1].lower in self.grammar.verbs.bases)
        return noun and (by_itself or parts.form.base not in self.grammar.words["with_object"])

    def _is_named(self, token: Token) -> bool:
        names = {part for one in self.heard.people for part in one.name.split()}
        return token.text[:1].isupper() and token.text in names

    def _named(self, text: str, tokens: Sequence[Token], at: int, who: Person | None) -> Told:
        if who is None:
            return Told(text=text, unplaced=True)
        if who.unnamed:
            return Told(text=text, agent=who, pronoun=True)
        name = self._opening(who) if at == 0 else in_sentence(who.name, self.grammar.language)
        return Told(text=_replaced(text, tokens, at, name), agent=who)

    def _opening(self, who: Person) -> str:
        """`El doctor Rincón`, as a sentence begins with it."""
        name = in_sentence(who.name, self.grammar.language)
        return name[:1].upper() + name[1:]

    def _both(self, text: str, tokens: Sequence[Token], at: int, parts: Parts | None) -> Told:
        if self._is_of_things(tokens, at, parts):
            return Told(text=text, unplaced=True)
        who = self.heard.both()
        if len(who) != 2 or any(one.unnamed for one in who):
            return Told(text=text, unplaced=len(who) != 2, pronoun=True)
        names = f"{who[0].name} {AND[self.grammar.language]} {who[1].name}"
        return Told(text=_replaced(text, tokens, at, names))

    def _is_of_things(self, tokens: Sequence[Token], at: int, parts: Parts | None) -> bool:
        """`They all have been` of marrows: no two people, or nothing that people alone would do."""
        table = bank(self.grammar.language)["clauses"]["things"]
        near = {token.lower for token in tokens[at + 1 : at + 3]}
        if near & {*table["more_than_two"].split()}:
            return True
        if not self.heard.may_be_things():
            return False
        behind = tokens[parts.verb[1] :] if parts else ()
        done_to = bool(behind) and behind[0].lower in self.grammar.determiners
        return not done_to or (parts is not None and parts.form.base in COPULAS)

    def _owned(self, text: str, tokens: Sequence[Token], first: str, before: str) -> Told:
        """`Her brother Mateo` says whose brother, when only one woman can be meant."""
        who = self.heard.meant(woman=first == "her", before=before)
        if who is None or who.unnamed or len(tokens) < 2 or any(
            part in (token.text for token in tokens[1:4]) for part in who.name.split()
        ):  # fmt: skip
            return Told(text=text, pronoun=who is None)
        return Told(text=_replaced(text, tokens, 0, f"{who.name}'s"))

    def _has_noun(self, tokens: Sequence[Token]) -> bool:
        """`This night`, `Both sisters`, `One evening`: the word only belongs to its noun."""
        if len(tokens) < 2 or tokens[0].lower in ("it", "esto", "eso", "isso", "isto", "aquilo", "aquello"):
            return False
        after = tokens[1]
        closed = any(self.grammar.is_a(after, name) for name in ("auxiliaries", "prepositions", "adverbs"))
        form = self.grammar.form(after)
        return after.is_word and not closed and (form is None or form.bare)


def _replaced(text: str, tokens: Sequence[Token], at: int, name: str) -> str:
    """The text with one of its words replaced; tokens count from the text's own start."""
    start = tokens[at].start - tokens[0].start
    end = tokens[at].end - tokens[0].start
    return f"{text[:start]}{name}{text[end:]}"
