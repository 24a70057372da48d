"""One clause as the parts of a fact: whom it is about, its verb and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from state.script import Language
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.clauses.memory import Memory
from tools.models.offline.clauses.parse import Parser, Parts, noun_end
from tools.models.offline.clauses.people import OF, Person, by_role, named_in, people_words
from tools.models.offline.clauses.pointing import Pointing
from tools.models.offline.clauses.split import Piece
from tools.models.offline.clauses.tokens import Token, tokenise
from tools.models.offline.words import patterns as re

TOGETHER = frozenset(("os dois", "as duas"))
AND = {"en": "and", "es": "y", "pt-BR": "e"}
HONORIFICS = frozenset(("don", "doña", "dona"))
STANDS = frozenset(("está", "estão", "estava", "fica", "ficava", "mora", "dorme"))
"""After a place these have their subject behind them: `na maca está o homem`."""
END_MARKS = " .,;:!\u2026\u2014\u2013-"


@dataclass(frozen=True, kw_only=True)
class Clause:
    """The parts of one clause that was read."""

    tokens: tuple[Token, ...]
    parts: Parts
    who: tuple[Person, ...]
    """The people of the cast that its subject is."""
    subject: str
    verb: str
    rest: str
    lead: str
    about: tuple[str, ...]
    behind: bool = False
    """Its subject stands behind its verb."""


class Clauses(Pointing):
    """Reads single clauses about the same people; what one said the next may point to."""

    def __init__(self, language: Language, people: Sequence[Person]) -> None:
        self.grammar: Grammar = grammar_of(language)
        self.people = people
        self.parser = Parser(self.grammar, people)
        self.memory = Memory(people=people, grammar=self.grammar)
        self.introduced: set[str] = set()

    def clause(self, sentence: str, piece: Piece) -> Clause | None:
        """The parts of a clause; None when it cannot be read."""
        tokens = [token for token in piece.tokens if token.is_word or token.text not in "?"]
        while tokens and not tokens[0].is_word:
            tokens = tokens[1:]
        parts = self.parser.parse(tokens)
        if parts is None or self._tangled(tokens, parts):
            return None
        verb = _lower(_slice(sentence, tokens, parts.verb))
        after = _slice(sentence, tokens, (parts.verb[1], len(tokens))).rstrip(END_MARKS)
        shown = self._of_the_cast(after)
        after = self._with_names(after)
        # After a mark that ends the clause nothing belongs to its verb.
        ends = (":", ";", ",") if self.grammar.language == "pt-BR" else (":", ";")
        rest = "" if after[:1] in ends else after.strip(END_MARKS)
        turned = self._turned(sentence, tokens, parts)
        who, subject, spoken, _ = turned or self._subject(sentence, tokens, parts)
        if not subject:
            return None
        if turned:
            rest = _behind(rest, spoken)
            first = tokenise(rest)[:1]
            if first and self.grammar.is_a(first[0], "coordinators"):
                return None
        elif self._runs_on(tokens[parts.verb[1] :]):
            return None
        lead = _slice(sentence, tokens, parts.lead).strip(END_MARKS)
        about = self._about(lead, verb, rest, subject, who=who, shown=shown)
        self._remember(rest, who, about)
        return Clause(
            tokens=tuple(tokens), parts=parts, who=who, subject=subject, verb=verb, rest=rest, lead=lead,
            about=tuple(dict.fromkeys([*about, *(one.name for one in who[1:] if one in self.people)])),
            behind=bool(turned),
        )  # fmt: skip

    def _tangled(self, tokens: Sequence[Token], parts: Parts) -> bool:
        """A verb that may belong to a word of the lead: `the film that the priest had cut`."""
        lead = tokens[slice(*parts.lead)]
        before = tokens[parts.verb[0] - 1].lower if parts.verb[0] else ""
        that = parts.subject[0] > 0 and tokens[parts.subject[0]].lower == "that"
        if self.grammar.language == "en" and (before == "there" or that):
            return True
        closed = not lead or lead[-1].text == "," or self.grammar.is_a(lead[0], "leading")
        inner = any(self.grammar.is_a(token, "relatives") for token in lead[1:])
        if inner and not closed:
            return True
        subject = tokens[slice(*parts.subject)]
        if len(subject) == 1 and subject[0].lower in self.grammar.determiners - self.grammar.pronouns:
            return True
        commas = sum(token.text == "," for token in tokens[parts.subject[0] : parts.verb[0]])
        named = sum(token.lower in self.parser.names for token in tokens[slice(*parts.subject)])
        open_aside = commas == 2 and tokens[parts.verb[0] - 1].text != ","
        return parts.subject[0] < parts.subject[1] and (
            (commas == 1 and named < 2) or open_aside or (commas > 2 and named < 2)
        )

    def _about(
        self, lead: str, verb: str, rest: str, subject: str, *, who: tuple[Person, ...], shown: list[Person]
    ) -> list[str]:
        about = [one.name for one in named_in(f"{lead} {rest}", self.people) if one not in who]
        about += [one.name for one in shown if one not in who and one.name not in about]
        about += [one.name for one in self.owner(subject, verb, rest, who) if one.name not in about]
        if not about:
            about += [one.name for one in self.clitic(verb, rest, who)]
        return about + [one.name for one in self.clitics(verb, rest, who) if one.name not in about]

    def _remember(self, rest: str, who: tuple[Person, ...], about: list[str]) -> None:
        self.memory.hear(rest, who)
        self.memory.last = (*who, *(one for one in self.people if one.name in about))

    def _runs_on(self, after: Sequence[Token]) -> bool:
        """`Nadie habla, solo se oye el mar`: a second clause that nothing joins to the first."""
        if not self.grammar.drops_subjects or len(after) < 2 or after[0].text != ",":
            return False
        closed = any(self.grammar.is_a(after[1], name) for name in ("relatives", "prepositions", "leading"))
        return not closed and self.parser.has_verb(after[1:])

    def _of_the_cast(self, rest: str) -> list[Person]:
        """Whom a clause speaks of by what they are: `a boy who never speaks`."""
        words = self.grammar.determiners
        return [
            one for one in self.people
            if one.unnamed and re.search(
                rf"(?<!\w)(?:{'|'.join(map(re.escape, words))}) (?:[\w-]+ )?{re.escape(one.role)}(?![\w-])",
                rest, re.IGNORECASE,
            )
        ]  # fmt: skip

    def _with_names(self, rest: str) -> str:
        """`the boy` is called by the name the film gives him, unless the words go on to say which boy."""
        if self.grammar.language != "en":
            return rest
        for one in self.people:
            role = re.escape(one.role.partition(",")[0])
            known = one.unnamed and one.name in self.introduced
            if known or (not one.unnamed and "\\ " in role):
                alone = r"(?![\w-])(?! (?:who|that|of|in|from|with))"
                rest = re.sub(rf"(?<!\w)the (?:new |old |young )?{role}{alone}", one.name, rest)
        return rest

    def _turned(
        self, sentence: str, tokens: Sequence[Token], parts: Parts
    ) -> tuple[tuple[Person, ...], str, str, bool] | None:
        """A subject behind its verb, `llega un hombre`; nothing at all for `hay seis platos`."""
        first = tokens[parts.verb[1] - 1].lower
        by_itself = self._happens_by_itself(tokens, parts) or self._nobody_does(tokens, parts)
        if parts.subject[0] >= parts.subject[1] and by_itself:
            return (), "", "", False
        if parts.subject[0] < parts.subject[1] or first not in self.grammar.words["inverted"]:
            return None
        rest = tokens[parts.verb[1] :]
        if not rest or first in self.grammar.words["existential"]:
            return ((), "", "", False) if rest else None
        if len(rest) > 1 and rest[1].lower in self.grammar.verbs.bases and self.grammar.language == "pt-BR":
            # `começa a afiar`: a preposition, no article.
            return None
        while len(rest) > 1 and rest[0].lower in HONORIFICS:
            rest = rest[1:]
        opens = rest[0].lower in self.grammar.determiners or rest[0].text[0].isupper()
        if not opens or self.grammar.is_a(tokens[parts.verb[0]], "clitics"):
            return None
        end = noun_end(rest, self.grammar)
        if len(rest) > end and rest[end].lower == "que":
            # `sube una mujer que llora`: what she does belongs to her.
            end = len(rest)
        while len(rest) > end + 1 and rest[end].lower in OF and rest[end + 1].text[0].islower():
            end += 1 + noun_end(rest[end + 1 :], self.grammar)
        return self._behind_verb(sentence, rest, end)

    def _behind_verb(
        self, sentence: str, rest: Sequence[Token], end: int
    ) -> tuple[tuple[Person, ...], str, str, bool]:
        """Who `un solo espectador, Eladio,` is: the name may follow in an aside."""
        phrase = _slice(sentence, rest, (0, end))
        aside = end + 1 < len(rest) and rest[end].text == "," and rest[end + 1].lower in self.parser.names
        named = people_words(_slice(sentence, rest, (0, end + 3 if aside else end)), self.people)
        person = named[0] if named else by_role(phrase, self.people, self.grammar)
        if person is not None:
            return (person,), person.name, phrase, False
        other = self.memory.stranger(phrase)
        return (other,) if other else (), _small(phrase, self.grammar), phrase, False

    def _happens_by_itself(self, tokens: Sequence[Token], parts: Parts) -> bool:
        """`se abre la puerta`, `se le olvida la cita`: it is not who was spoken of that does it."""
        words = [token.lower for token in tokens[slice(*parts.verb)]]
        after = tokens[parts.verb[1] :]
        if self.grammar.language != "es" or "se" not in words:
            return False
        if {"le", "les"} & set(words):
            return True
        noun = bool(after) and after[0].lower in ("el", "la", "los", "las", "un", "una")
        return noun and parts.form.base in self.grammar.words["by_itself"]

    def _nobody_does(self, tokens: Sequence[Token], parts: Parts) -> bool:
        """`fica claro que`, `na maca está o homem`: the subject comes later, nobody was left out."""
        spoken = " ".join(token.lower for token in tokens[parts.verb[0] :])
        if any(re.match(pattern, spoken) for pattern in self.grammar.kinds["impersonal"]):
            return True
        after = tokens[parts.verb[1]].lower if parts.verb[1] < len(tokens) else ""
        stands = tokens[parts.verb[1] - 1].lower in STANDS or tokens[parts.verb[0]].lower in STANDS
        led = parts.lead[1] > 0 and self.grammar.is_a(tokens[0], "prepositions")
        return bool(led and stands and after in self.grammar.words["articles"])

    def _subject(
        self, sentence: str, tokens: Sequence[Token], parts: Parts
    ) -> tuple[tuple[Person, ...], str, str, bool]:
        """Who it is, the subject of the fact, how the text says it, and whether it leans on what was said."""
        phrase = _slice(sentence, tokens, parts.subject).strip(" ,")
        if not phrase:
            who = self.memory.left_out(plural=parts.form.plural)
            return who, self._joined(who), self._joined(who), False
        first, aside, _ = phrase.partition(", ")
        if phrase.lower() in self.grammar.pronouns or (aside and first.lower() in self.grammar.pronouns):
            return self._pronoun(first)
        if phrase.lower() in TOGETHER and (both := self.memory.together()):
            return both, self._joined(both), phrase, False
        return self._spelled_out(phrase, parts)

    def _spelled_out(self, phrase: str, parts: Parts) -> tuple[tuple[Person, ...], str, str, bool]:
        """A subject that is more than a pronoun: names, roles, or something that is nobody of the cast."""
        named = [one for one in people_words(phrase, self.people) if not self._owns(phrase, one)]
        if len(named) == 1 and parts.form.plural and self.grammar.drops_subjects:
            # `Los peones de la finca Solano llevan`: more than the one who is named.
            return (), _small(phrase, self.grammar), phrase, False
        if len(named) > 1:
            return tuple(named), self._joined(named), phrase, False
        if named:
            return (named[0],), named[0].name, phrase, False
        person = by_role(phrase, self.people, self.grammar)
        if person is not None:
            return (person,), person.name, phrase, False
        other = self.memory.stranger(phrase)
        return (other,) if other else (), _small(phrase, self.grammar), phrase, False

    def _owns(self, phrase: str, person: Person) -> bool:
        """`O papagaio de dona Filomena`: it is not she who speaks."""
        owners = "|".join(OF)
        name = re.escape(person.name.split()[0])
        return re.search(rf"(?<!\w)(?:{owners}) (?:[^\W\d_]+ )?{name}(?!\w)", phrase) is not None

    def _pronoun(self, phrase: str) -> tuple[tuple[Person, ...], str, str, bool]:
        words = self.grammar.words
        if phrase.lower() in words["pronouns_someone"]:
            return (), phrase.lower(), phrase.lower(), False
        if phrase.lower() in words["pronouns_it"]:
            return (), "", "", True
        who = self.memory.behind(phrase.lower())
        return who, self._joined(who), self._joined(who), False

    def _joined(self, who: Sequence[Person]) -> str:
        names = [one.name for one in who]
        if len(names) < 2:
            return names[0] if names else ""
        return f"{', '.join(names[:-1])} {AND[self.grammar.language]} {names[-1]}"


def _slice(sentence: str, tokens: Sequence[Token], span: tuple[int, int]) -> str:
    """The words of a span as written, without what was cut out between them."""
    start, end = span
    if start >= end:
        return ""
    text = ""
    for before, token in zip([None, *tokens[start : end - 1]], tokens[start:end], strict=False):
        gap = sentence[before.end : token.start] if before is not None else ""
        text += (" " if len(gap) > 1 else gap) + token.text
    return re.sub(r"\s+", " ", text).strip()


def _behind(rest: str, subject: str) -> str:
    """What follows a subject that stands after its verb."""
    plain = re.sub(r"^(?:(?:don|doña|dona) )+", "", rest, flags=re.IGNORECASE)
    found = plain.lower().startswith(subject.lower())
    after = plain[len(subject) :] if found and subject else rest
    aside = found and re.match(r", (?:(?:el|la|un|una|su|o|a|um|uma|seu|sua) |[^\W\d_a-zà-ÿ])", after)
    return "" if aside else after.strip(END_MARKS)


def _small(phrase: str, grammar: Grammar) -> str:
    """A phrase as it stands inside a sentence."""
    first = phrase.split()[0]
    closed = first.lower() in grammar.determiners
    return phrase[:1].lower() + phrase[1:] if closed else phrase


def _lower(text: str) -> str:
    """The first letter small, unless the word is all capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
