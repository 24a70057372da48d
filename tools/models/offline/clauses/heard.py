"""Who was spoken of where, so that a pronoun gets a name only when exactly one can be meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.people import Person, named_in
from tools.models.offline.clauses.signs import without_signs
from tools.models.offline.clauses.things import ThingsTold, things_told
from tools.models.offline.clauses.tokens import Token, tokenise
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import is_given_name

SHE = frozenset(("she", "her", "hers", "herself", "ella", "ela", "dela", "nela"))
HE = frozenset(("he", "him", "his", "himself", "él", "ele", "dele", "nele"))
DONE_TO = {
    True: re.compile(r"\w her(?= (?:to|that|a|an|the|in|on|at|from|with|into|of|not|go|back|out)\b|[.,;]|$)"),
    False: re.compile(r"\w him\b"),
}
"""Somebody else than who does it: `begs her to stay`, no `opens her mouth`."""
OF_ANOTHER = {
    True: re.compile(r"(?<= him to ).*"),
    False: re.compile(r"(?<= her to ).*"),
}
"""`asks her to have a cup with him`: what is asked of another leads back to who asks."""
DATIVES = frozenset(("le", "les", "lhe", "lhes"))
PLACED = frozenset(("in", "at", "from", "near", "en", "em"))
FARTHEST = 3
"""So many stretches back a pronoun may point when nobody else was spoken of since."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """Whom one stretch of text speaks of."""

    people: tuple[Person, ...]
    others: tuple[bool | None, ...] = ()
    """People of nobody's part: woman, man, or either."""
    agent: Person | None = None
    """Who does it, when that is certain."""
    crowded: bool = False
    """A small word speaks of somebody more: `le`, `lhe`."""
    things: ThingsTold | None = None
    """What it is about, where that is nobody."""


@dataclass
class Heard:
    """Grows stretch by stretch while a text is read."""

    people: Sequence[Person]
    grammar: Grammar
    spoken: list[Spoken] = field(default_factory=list)

    def hear(self, text: str, agent: Person | None = None) -> None:
        """Take in a stretch after it was read."""
        found = self.in_text(text)
        people, others = list(found.people), list(found.others)
        if agent is not None and agent not in people:
            people.insert(0, agent)
        words = [token.lower for token in tokenise(text)]
        for woman, pronouns in ((True, SHE), (False, HE)):
            fitting = [one for one in people if one.woman == woman]
            own = OF_ANOTHER[woman].sub("", text)
            done_to = fitting == [agent] and DONE_TO[woman].search(own) is not None
            if not pronouns & {*words} or (fitting and not done_to):
                continue
            who = self.meant(woman=woman, apart=agent if done_to else None)
            if who is None:
                others.append(woman)
            else:
                people.append(who)
        crowded = bool(DATIVES & {*words}) or any(
            word == "lo" and words[at + 1 : at + 2] and words[at + 1] in self.grammar.verbs.finite
            for at, word in enumerate(words)
        )
        things = things_told(text, self.grammar, names=[one.name for one in self.people])
        self.spoken.append(
            Spoken(
                people=tuple(people), others=tuple(others), agent=agent, crowded=crowded,
                things=None if agent is not None else things,
            )
        )  # fmt: skip

    def in_text(self, text: str) -> Spoken:
        """Everybody a stretch names, by name or by what they are; nobody for whom a thing only stands."""
        text = without_signs(text, [one.name for one in self.people], self.grammar.language)
        people = named_in(text, self.people)
        others: list[bool | None] = []
        words = [token for token in tokenise(text) if token.is_word]
        for at, token in enumerate(words):
            if self._is_stranger(words, at, people):
                others.append(None)
            # `the man's pocket` speaks of a man, `a dry cleaner's.` of a shop.
            owns = at + 1 < len(words) and words[at + 1].start == token.end + 1
            word = token.lower.removesuffix("'s") if owns else token.lower
            if word not in self._person_words or self._is_aside(words, at):
                continue
            by_role = [one for one in self.people if word in one.heads | one.role_words]
            if len(by_role) == 1:
                people += [one for one in by_role if one not in people]
            elif not any(word in one.name.lower().split() for one in people):
                others.append(self._sex(word))
        return Spoken(people=tuple(people), others=tuple(others))

    def meant(self, *, woman: bool, before: str = "", apart: Person | None = None) -> Person | None:
        """The one person a pronoun can mean behind the words of the same sentence; None when unsure."""
        if not before and self._may_be_thing(woman=woman):
            return None
        near = [self.in_text(before)] if before else []
        for spoken in [*near, *reversed(self.spoken[-FARTHEST:])]:
            fitting = [one for one in spoken.people if one.woman == woman and one is not apart]
            others = [sex for sex in spoken.others if sex is None or sex == woman]
            if fitting or others:
                return fitting[0] if len(fitting) == 1 and not others else None
        known = [one for one in self.people if one.woman == woman and one is not apart]
        named = {one.name for spoken in self.spoken for one in spoken.people}
        # Where a stranger of that sex has come on, somebody named long ago may not be meant.
        strangers = any(sex in (None, woman) for spoken in self.spoken for sex in spoken.others)
        return known[0] if len(known) == 1 and known[0].name in named and not strangers else None

    def _may_be_thing(self, *, woman: bool) -> bool:
        """`A balsa está velha. Ela não aguenta`: a pronoun of that gender, and nobody named who has it."""
        last = self.spoken[-1] if self.spoken else None
        if last is None or last.things is None or last.things.several or last.things.woman is not woman:
            return False
        return not any(one.woman == woman for one in last.people)

    def may_be_things(self) -> bool:
        """Whether `they` behind the last sentence may be what that sentence was about."""
        last = self.spoken[-1] if self.spoken else None
        return last is not None and last.things is not None and last.things.several

    def fitting(self, text: str, *, woman: bool) -> bool:
        """Whether a pronoun may mean somebody whom these words speak of."""
        found = self.in_text(text)
        return any(one.woman == woman for one in found.people) or any(
            sex is None or sex == woman for sex in found.others
        )

    def both(self) -> tuple[Person, ...]:
        """The two people a plural pronoun can mean; none when there are more or fewer."""
        if not self.spoken:
            return ()
        last = self.spoken[-1]
        everybody = dict.fromkeys(one for spoken in self.spoken for one in spoken.people)
        free = not last.others and (len(last.people) == 2 or len(everybody) == 2)
        found = last.people if len(last.people) == 2 else tuple(everybody)
        return found if free and len(found) == 2 else ()

    def alone(self) -> Person | None:
        """The only person of the stretch before: who goes on when a sentence says no subject."""
        last = self.spoken[-1] if self.spoken else None
        if last is None or last.others or last.crowded or len(last.people) != 1:
            return None
        return last.agent if last.agent in last.people else None

    @property
    def _person_words(self) -> frozenset[str]:
        return person_words(bank(self.grammar.language)["reading"])

    def _is_stranger(self, words: Sequence[Token], at: int, people: Sequence[Person]) -> bool:
        """A given name that nobody of the cast has; `in Charlotte` and `São Paulo` are places."""
        word, before = words[at].text, words[at - 1] if at else None
        place = before is not None and (before.text[0].isupper() or before.lower in PLACED)
        return word[0].isupper() and not place and is_given_name(word) and not named_in(word, people)

    def _is_aside(self, words: Sequence[Token], at: int) -> bool:
        """`the judge Olga` and `his brother Callum` are one person, who has a name."""
        text = " ".join(one.text for one in words[at + 1 : at + 4])
        named = re.match(r"(?:[^\W\d_]+ )?(?:de |da |do )?", text) is not None
        return named and any(
            text.startswith(part) or text.partition(" ")[2].startswith(part)
            for one in self.people
            for part in one.name.split()[:1]
        )

    def _sex(self, word: str) -> bool | None:
        words = bank(self.grammar.language)["reading"]
        woman, man = word in words["women"]["words"], word in words["men"]["words"]
        return None if woman == man else woman
