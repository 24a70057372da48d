"""Who was spoken of last: what a pronoun or a dropped subject stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.people import Person, named_in

ENGLISH_THING = re.compile(r"\b(?:an?|the|her|his|their) ((?:[a-z]+ )?[a-z]{3,})")


@dataclass
class Memory:
    """Grows sentence by sentence while a text is read."""

    people: Sequence[Person]
    grammar: Grammar
    subject: tuple[Person, ...] = ()
    mentioned: list[Person] = field(default_factory=list)
    thing: str = ""

    def hear(self, text: str, subject: Sequence[Person]) -> None:
        """Take in a clause after it was read."""
        for one in named_in(text, self.people):
            if one in self.mentioned:
                self.mentioned.remove(one)
            self.mentioned.append(one)
        for one in subject:
            if one not in self.mentioned:
                self.mentioned.append(one)
        if subject:
            self.subject = tuple(subject)

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

    def _several(self) -> tuple[Person, ...]:
        if len(self.subject) > 1:
            return self.subject
        return tuple(self.mentioned) if len(self.mentioned) == 2 else ()

    def _one(self, *, woman: bool) -> tuple[Person, ...]:
        if len(self.subject) == 1 and self.subject[0].woman == woman:
            return self.subject
        heard = [one for one in self.mentioned if one.woman == woman]
        if heard:
            return (heard[-1],)
        only = [one for one in self.people if one.woman == woman]
        return (only[0],) if len(only) == 1 else ()
