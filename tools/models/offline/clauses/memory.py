"""Who was spoken of last: what a pronoun or a dropped subject stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.people import OF, Person, by_role, named_in
from tools.models.offline.clauses.tokens import tokenise
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import given_names


@dataclass
class Memory:
    """Grows sentence by sentence while a text is read."""

    people: Sequence[Person]
    grammar: Grammar
    subject: tuple[Person, ...] = ()
    mentioned: list[Person] = field(default_factory=list)
    last: tuple[Person, ...] = ()
    """Everybody whom the clause before spoke of."""

    def hear(self, text: str, subject: Sequence[Person]) -> None:
        """Take in a clause after it was read."""
        for one in named_in(text, self.people):
            if one in self.mentioned:
                self.mentioned.remove(one)
            self.mentioned.append(one)
        self.mentioned += self._relations(text)
        for one in subject:
            if one not in self.mentioned:
                self.mentioned.append(one)
        if subject:
            self.subject = tuple(subject)

    def stranger(self, phrase: str) -> Person | None:
        """Somebody the film does not show but the brief speaks of: a dead captain, a mother far away."""
        words = bank(self.grammar.language)["reading"]
        spoken = [token.lower for token in tokenise(phrase)]
        heads = spoken[1:4] if len(spoken) > 1 else spoken
        first = phrase.split()[0]
        capital = first[:1].isupper() and first.lower() not in self.grammar.determiners
        if not (capital or set(heads) & person_words(words)) or heads[:1] in ([one] for one in OF):
            return None
        return Person(name=_small_first(phrase, self.grammar), woman=self._is_woman(spoken), role=phrase)

    def _is_woman(self, spoken: Sequence[str]) -> bool:
        words, given = bank(self.grammar.language)["reading"], given_names()
        for word in spoken:
            if word in self.grammar.words["possessives"] or word in self.grammar.pronouns:
                continue
            woman = word in words["women"]["words"] or word in given["woman"]
            man = word in words["men"]["words"] or word in given["man"]
            if woman != man:
                return bool(woman)
        return False

    def _relations(self, text: str) -> list[Person]:
        """`his mother` in a sentence is somebody a pronoun may mean next, unless the cast has her."""
        words = bank(self.grammar.language)["reading"]
        roles = "|".join(sorted(person_words(words), key=len, reverse=True))
        owners = "|".join(self.grammar.words["possessives"])
        pattern = rf"(?<!\w)(?i:{owners}) ({roles})(?!\w)(?! [A-Z\u00c0-\u00dd]|,)"
        found = []
        for match in re.finditer(pattern, text):
            if by_role(match.group(), self.people, self.grammar) is None:
                role = match.group(1)
                found.append(Person(name=match.group().lower(), woman=self._is_woman([role]), role=role))
        return found

    def behind(self, pronoun: str) -> tuple[Person, ...]:
        """The people a subject pronoun means; none when it could be several."""
        words = self.grammar.words
        if pronoun in words["pronouns_they"]:
            return self._several()
        if pronoun in words["pronouns_she"]:
            return self._one(woman=True)
        if pronoun in words["pronouns_he"]:
            return self._one(woman=False)
        return ()

    def left_out(self, *, plural: bool) -> tuple[Person, ...]:
        """Whom a sentence without a subject goes on about."""
        if plural:
            return self._several()
        if len(self.subject) == 1:
            return self.subject
        return () if self.mentioned or not self.people else tuple(self.people[:1])

    def together(self) -> tuple[Person, ...]:
        """The two people spoken of: those of the last subject, else the last two that were named."""
        people = [one for one in self.mentioned if one in self.people]
        return self.subject if len(self.subject) == 2 else tuple(people[-2:]) if len(people) > 1 else ()

    def _several(self) -> tuple[Person, ...]:
        if len(self.subject) > 1:
            return self.subject
        return tuple(self.mentioned) if len(self.mentioned) == 2 else ()

    def _one(self, *, woman: bool) -> tuple[Person, ...]:
        if len(self.subject) == 1 and self.subject[0].woman == woman and not _is_many(self.subject[0]):
            return self.subject
        heard = [one for one in self.mentioned if one.woman == woman and not _is_many(one)]
        if heard:
            return (heard[-1],)
        only = [one for one in self.people if one.woman == woman]
        return (only[0],) if len(only) == 1 else ()


def _is_many(person: Person) -> bool:
    """`os filhos` are no `ele`."""
    return person.name.lower().startswith(("os ", "as ", "los ", "las ", "seus ", "suas "))


def _small_first(phrase: str, grammar: Grammar) -> str:
    """A phrase as it stands inside a sentence."""
    closed = phrase.split()[0].lower() in grammar.determiners
    return phrase[:1].lower() + phrase[1:] if closed else phrase
