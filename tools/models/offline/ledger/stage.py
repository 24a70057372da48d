"""What pictures, directions and cuts ask the ledger: who is in this shot, and who holds what."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from state.script import Character
from tools.models.offline.ledger.book import MOST, Ledger, Stand
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words import patterns as re
from tools.models.offline.words.fact import Fact

WITHIN = 4
"""Clauses back to which a pronoun reaches."""
WHICH = re.compile(r"(?<=\w),? (?:that|which|whom|whose|que|quien|quem|cuy[oa]|cuj[oa]) ", re.IGNORECASE)
"""Behind these a clause goes on about another thing."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The ledger as one scene needs it."""

    ledger: Ledger = field(default_factory=Ledger)
    scene: int = 0

    def of(self, lines: Sequence[Spoken]) -> Stand:
        """How things stand in the picture over these lines: as at their end, for those still together."""
        stands = [one for line in lines for one in self.clauses(line)]
        told = [one for one in stands if not one.memory] or stands
        if not told:
            return Stand()
        last = self._focus(told, lines)
        shown = last if last.acting else next((one for one in reversed(told) if one.acting), last)
        at = max((at for at, one in enumerate(told) if one.parts), default=0)
        # Whom these very words have shown in one place is in the picture, unless they have gone since.
        there = {*last.here} | {*shown.here} | {name for one in told[at:] for name in one.acting}
        there -= {*last.away} - {*last.acting, *shown.acting}
        acting = list(shown.acting)
        for one in reversed(told):
            acting += [
                name for name in one.acting if name in there and name not in acting and not last.memory
            ]
        doing = [one for one in told if one.doer and one.doer == shown.doer]
        doing = [last] if last.given_to else doing
        return replace(
            last,
            acting=tuple(acting[:MOST]),
            beside=tuple(name for name in (*last.beside, *shown.beside) if name not in acting),
            doer=shown.doer,
            text=" ".join(own_words(one.text) for one in doing),
        )

    def _focus(self, stands: Sequence[Stand], lines: Sequence[Spoken]) -> Stand:
        """The clause that a picture is of: where something goes over or comes apart, else the last."""
        told = any(line.told for line in lines)
        over = [one for one in stands if one.given_to or one.broke in one.holds.values()] if told else []
        return over[-1] if over else stands[-1]

    def clauses(self, line: Spoken) -> list[Stand]:
        """The clauses that a line tells; of a fact that the film does not know, whom the fact names."""
        fact = line.fact
        if fact is None:
            return []
        known = self.ledger.stands.get((self.scene, fact.text))
        if known is None:
            return [Stand(acting=_named(fact), doer=fact.agent or fact.subject, text=line.text)]
        words = _plain(line.text)
        if not line.told:
            # Nobody has in hand yet what is only told after their words.
            return [one for one in known if words and words in _plain(one.text)] or list(known)
        told = [one for one in known if (said := _plain(one.text)) and _overlap(said, words)]
        # Of a clause that goes on over the next picture only its own part is seen here.
        told = [replace(one, text=line.text) if words in _plain(one.text) else one for one in told]
        return told or list(known)

    def told_before(self, line: Spoken, clause: Stand) -> str:
        """What was told right before a clause: where a pronoun in it looks for what it stands for."""
        return " ".join(one.text for one in self._before(line, clause)[-WITHIN:])

    def known(self, line: Spoken, clause: Stand) -> list[str]:
        """Everybody whom the film has shown by a clause, the latest first."""
        stands = [*self._before(line, clause), clause]
        return list(dict.fromkeys(name for one in reversed(stands) for name in (*one.acting, *one.beside)))

    def _before(self, line: Spoken, clause: Stand) -> list[Stand]:
        found: list[Stand] = []
        for (scene, text), stands in self.ledger.stands.items():
            if line.fact is not None and (scene, text) == (self.scene, line.fact.text):
                return [*found, *(one for one in stands if one.start < clause.start)]
            found += stands
        return []

    def doers(self, fact: Fact) -> tuple[tuple[str, str], ...]:
        """The clauses of a fact and who does what is told in each, as far as the film knows it."""
        stands = self.ledger.stands.get((self.scene, fact.text), ())
        return tuple((one.text, one.doer) for one in stands if one.doer)

    def opening(self) -> Stand:
        """How things stand before the scene tells anything."""
        return self.ledger.opening.get(self.scene, Stand())

    def present(self, people: Sequence[Character], lines: Sequence[Spoken]) -> tuple[Character, ...]:
        """Those of the scene who may be seen by the end of these lines."""
        stands = [one for line in lines for one in self.clauses(line)]
        latest = stands[-1] if stands else self.opening()
        acted = {name for one in stands for name in one.acting if not one.memory}
        absent = latest.away | (latest.unseen & self.ledger.shown)
        return tuple(one for one in people if one.name not in absent or (one.name in acted - latest.away))

    def at(self, people: Sequence[Character], facts: Sequence[Fact]) -> tuple[Character, ...]:
        """Those of the scene who are there when the last of these facts is told."""
        stands = [one for fact in facts for one in self.ledger.stands.get((self.scene, fact.text), ())]
        latest = stands[-1] if stands else self.opening()
        absent = latest.away | (latest.unseen & self.ledger.shown)
        return tuple(one for one in people if one.name not in absent)

    def people(self) -> tuple[str, ...]:
        """Everybody whom the scene shows doing something, who does most first."""
        names = [
            name for (scene, _), told in self.ledger.stands.items() if scene == self.scene
            for one in told for name in (*one.acting, one.partner) if name
        ]  # fmt: skip
        return tuple(sorted(dict.fromkeys(names), key=lambda name: -names.count(name)))

    def is_key(self, lines: Sequence[Spoken]) -> bool:
        """Whether these lines tell what the story turns on, or how it ends."""
        facts = [line.fact for line in lines if line.told and line.fact is not None]
        return any(fact.decisive or (self.scene, fact.text) == self.ledger.last for fact in facts)


def own_words(clause: str) -> str:
    """A clause without what it tells of somebody else: `finds the box that Ben broke`."""
    return re.split(WHICH, clause)[0]


def _named(fact: Fact) -> tuple[str, ...]:
    names = (fact.agent or fact.subject, fact.object_person, *fact.about)
    return tuple(dict.fromkeys(name for name in names if name))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _overlap(clause: str, line: str) -> bool:
    """Whether a line tells a clause, or a part of it."""
    if clause in line or line in clause or _rest(clause) in line:
        return True
    return _meet(clause.split(), line.split()) or _meet(line.split(), clause.split())


def _rest(clause: str) -> str:
    """A clause without its first word: `She` where a line has her name."""
    rest = clause.partition(" ")[2]
    return rest if " " in rest else clause


def _meet(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether the end of one is the beginning of the other, by two words at least."""
    return any([*one[at:]] == [*two[: len(one) - at]] for at in range(1, len(one) - 1))
