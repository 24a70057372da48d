"""What the writer invents where the brief is silent: events, wishes, secrets, later developments."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from state.script import Character
from tools.models.offline.brief.story import Story
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact, FactKind
from tools.models.offline.words.grammar import slots_of


@dataclass
class Invented:
    """Facts of the writer's own plot, each given out once, woven around the brief's people and things."""

    story: Story
    cast: Sequence[Character]
    wants: list[Fact] = field(default_factory=list)
    secrets: list[Fact] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    told: str = ""
    """Everything that earlier episodes told: it does not happen again."""

    def event(self, table: str) -> Fact | None:
        """An event of the plot: `opening`, `twist` or `ending`; None when all were used."""
        rows: list[str] = self.story.plot_words[table]
        return self._first(self.story.dice.order(rows, "event", table), 1)

    def develop(self, episode: int, beat: str) -> Fact:
        """Something that happens in a scene nobody has said anything about."""
        tone = "light" if self.story.tone == "light" else "serious"
        tables = bank(self.story.language)["developments"][tone]
        told = tables["alone"] if len(self.cast) == 1 else tables.get(beat, tables["turn"])
        rows = self.story.dice.order(told, "develop", beat)
        for turn in range(len(self.cast)):
            found = self._first(rows, episode + turn)
            if found is not None:
                return found
        self.used -= {one for one in self.used if one.startswith("+")}
        return self._made(rows[episode % len(rows)], episode)

    def _first(self, rows: Sequence[str], turn: int) -> Fact | None:
        for row in rows:
            if any(slot in slots_of(row) and len(self.cast) < least for slot, least in (("b", 2), ("c", 3))):
                continue
            fact = self._made(row, turn)
            if fact.text not in self.used and f"{fact.verb} {fact.rest}" not in self.told:
                self.used.add(fact.text)
                return fact
        return None

    def _made(self, row: str, turn: int) -> Fact:
        lead, others = self.cast[0], list(self.cast[1:] or self.cast)
        second = others[(turn - 1) % len(others)]
        third = next((one for one in [*others[turn % len(others) :], *others] if one is not second), second)
        slots = {"a": lead.name, "b": second.name, "c": third.name, "topic": self.story.topic("row", row)}
        subject, verb, rest = self.story.fill(row, slots).split("|")
        subject = subject if row.startswith("{") else subject[:1].lower() + subject[1:]
        names = [one.name for one in self.cast if one.name in f"{subject} {rest}"]
        return plot_fact(subject, verb, rest, about=tuple(name for name in names if name != subject))


def plot_fact(
    subject: str, verb: str, rest: str, *, about: tuple[str, ...] = (), kind: FactKind = "event"
) -> Fact:
    """A fact of the writer's own."""
    text = f"{subject} {verb} {rest}"
    return Fact(
        subject=subject, verb=verb, rest=rest, text=f"{text[:1].upper()}{text[1:]}.", kind=kind, about=about,
        source="plot",
    )  # fmt: skip
