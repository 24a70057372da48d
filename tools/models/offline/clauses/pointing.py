"""Whom the small words of a clause mean: `her` behind an English verb, `le` and `lo` before a Spanish one."""

from collections.abc import Sequence

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.memory import Memory
from tools.models.offline.clauses.people import Person
from tools.models.offline.words import patterns as re

CLITIC_WOMAN: dict[str, bool | None] = {"o": False, "a": True, "lhe": None}


class Pointing:
    """What a reader knows of whom was spoken of, asked by the words that point back."""

    grammar: Grammar
    people: Sequence[Person]
    memory: Memory

    def clitic(self, verb: str, rest: str, who: tuple[Person, ...]) -> list[Person]:
        """Whom `le` or `la` before the verb means: the one other person the clauses before spoke of."""
        words = verb.split()
        personal = set(self.grammar.words.get("personal_verbs", ())) & {self._base(one) for one in words}
        known = {"le": None, "se": None, "la": True, "lo": False}
        found = [one for one in words[:-1] if one in known]
        given = found[:1] == ["se"] and len(found) > 1
        direct = found and found[0] in ("la", "lo") and personal
        if not found or re.search(r"(?<!\w)(?:a|al) ", rest) or not (given or direct or found[0] == "le"):
            return []
        heard = [one for one in self.memory.last if one not in who]
        if len(heard) != 1:
            heard = [one for one in self.memory.mentioned if one not in who]
        fitting = [one for one in heard if given or known[found[0]] in (None, one.woman)]
        return fitting if len(fitting) == 1 and fitting[0] in self.people else []

    def owner(self, subject: str, verb: str, rest: str, who: tuple[Person, ...]) -> list[Person]:
        """Whose `su madre` is before a verb, or after `es`: the one the clause before was about."""
        being = self._base(verb.split()[-1]) == "ser" and re.match(r"sus? ", rest)
        if self.grammar.language != "es" or not (being or re.match(r"sus? ", subject)):
            return []
        before = [one for one in self.memory.subject if one in self.people and one not in who]
        heard = before or [one for one in self.memory.mentioned if one in self.people and one not in who]
        return heard if len(heard) == 1 else []

    def _base(self, word: str) -> str:
        form = self.grammar.verbs.finite.get(word)
        return form.base if form else word

    def clitics(self, verb: str, rest: str, who: tuple[Person, ...]) -> list[Person]:
        """Whom `o`, `a`, `lhe` or `-lo` means in Portuguese, when only one can be meant."""
        if self.grammar.language != "pt-BR":
            return []
        small = {word for word in verb.lower().split()[:-1] if word in CLITIC_WOMAN}
        small |= {found[1] for found in re.finditer(r"\w-(l?[oa]|lhe)(?!\w)", rest.lower())}
        heard = [one for one in self.memory.mentioned if one not in who]
        for word in small:
            woman = CLITIC_WOMAN[word.removeprefix("l") if word != "lhe" else word]
            fitting = [one for one in heard if woman is None or one.woman == woman]
            if fitting and (woman is not None or len({one.name for one in fitting}) == 1):
                return fitting[-1:]
            if fitting and who:
                other = [one for one in fitting if one.woman != who[0].woman]
                return other[-1:] or fitting[-1:]
        return []
