"""What a scene talks about: who is there, what is to be told, and the lines found so far."""

from dataclasses import dataclass, field

from state.script import Character, Line, Narrator
from tools.models.offline.brief.story import Story
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.telling.address import address_of
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.timing import words_in


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """Who is there, about what they talk, in which words already used up."""

    story: Story
    people: tuple[Character, ...]
    """Lead, opponent, and whoever else is there."""
    cast: tuple[Character, ...]
    narrator: Narrator | None
    facts: tuple[Fact, ...]
    """What this scene has to tell, in order."""
    where: tuple[int, int]
    """Episode and scene, so that every scene chooses for itself."""
    said: frozenset[str]
    """Lines of earlier scenes and episodes, which are not said again."""
    ends: bool = False
    """Whether the episode ends here."""
    outside: bool = True
    """Whether a bus or a horse could be shown where the scene plays."""
    stage: Stage = field(default_factory=Stage)
    """Who is there, clause by clause."""
    remembered: tuple[Line, ...] = ()
    """What the last episode's people said, when this scene opens the next one."""
    variation: str = ""
    earlier: tuple[str, ...] = ()
    """What the scene before told, for words that only say who said them there."""
    longest_shot: int = 0
    """Words that the longest shot there may be has time for."""
    premise: tuple[Fact, ...] = ()
    """All that a brief of a line or two says: what its people talk about in every scene."""

    def here(self, at: int) -> tuple[Character, ...]:
        """Who is there when a fact is told: nobody before the story brings them in."""
        return self.stage.at(self.people, self.facts[: at + 1]) or self.people[:1]

    @property
    def met(self) -> frozenset[str]:
        """Who was seen in an earlier scene."""
        return frozenset(one.name for one in self.cast) - self.stage.opening().unseen

    @property
    def address(self) -> str:
        """How people call each other: `tú`, `vos`, `usted`."""
        return address_of(self.story.told, self.story.language)

    @property
    def dice(self) -> Dice:
        """The choices of this scene."""
        return self.story.dice.child("talk", *self.where, self.variation)


@dataclass(kw_only=True)
class Draft:
    """The lines found so far: for each fact what tells it, and the talk behind it."""

    budget: int
    opening: list[Spoken] = field(default_factory=list)
    telling: dict[int, list[Spoken]] = field(default_factory=dict)
    talk: dict[int, list[Spoken]] = field(default_factory=dict)

    @property
    def lines(self) -> list[Spoken]:
        """All lines in their order."""
        found = list(self.opening)
        for at in sorted({*self.telling, *self.talk}):
            found += [*self.telling.get(at, []), *self.talk.get(at, [])]
        return found

    @property
    def left(self) -> int:
        """Words that may still be said."""
        return self.budget - sum(words_in(line.text) for line in self.lines)
