"""What a brief becomes before a word is written: plot, tone, the thing everybody wants, the seeds."""

from collections.abc import Mapping
from dataclasses import dataclass

from state.brief import NovelaBrief
from state.script import Language
from tools.models.offline.brief.reading import HashableBrief, Reading, owned_places, read_brief, text_of
from tools.models.offline.words.bank import Table, bank, structure
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.grammar import Filling, fill


@dataclass(frozen=True, kw_only=True)
class Story:
    """The choices that hold for the whole series."""

    language: Language
    genre: str
    tone: str
    plot: str
    thing: str
    topics: tuple[str, ...]
    reading: Reading
    dice: Dice
    told: str = ""
    """The text of the brief."""

    @property
    def stage(self) -> Table:
        """What is seen, in this language."""
        return bank(self.language)["stage"]

    @property
    def words(self) -> Table:
        """Names of drawable things in this language."""
        return bank(self.language)["words"]

    @property
    def plot_words(self) -> Table:
        """The plot's own words."""
        table: Table = bank(self.language)["plots"][self.plot]
        return table

    def topic(self, *purpose: object) -> str:
        """One of the brief's subjects, with its article."""
        return self.dice.pick(self.topics, "topic", *purpose)

    @property
    def plot_topic(self) -> str:
        """What the plot is over: a place of the brief that can be owned, else the plot's own word."""
        owned = owned_places(self.language)
        found = [topic for topic in self.topics if topic.rpartition(" ")[2].lower() in owned]
        own: list[str] = self.plot_words["topics"]
        return found[0] if found else self.dice.pick(own, "topic")

    def thing_words(self) -> tuple[str, str, str]:
        """Gender, `the letter`, `a letter`."""
        gender, the, a = self.words["things"][self.thing]
        return gender, the, a

    def thing_slots(self) -> dict[str, str]:
        """The slots that name the thing."""
        _, the, a = self.thing_words()
        return {
            "thing": the, "a_thing": a, "thing_cap": the[:1].upper() + the[1:], "thing_name": _bare(the),
        }  # fmt: skip

    def fill(self, template: str, slots: dict[str, str], genders: Mapping[str, str] | None = None) -> str:
        """Fill a template of this language; the thing's slots are always there."""
        agreed = {"t": self.thing_words()[0], **(genders or {})}
        return fill(
            template,
            Filling(language=self.language, slots={**self.thing_slots(), **slots}, genders=agreed),
        )


def story_of(brief: NovelaBrief) -> Story:
    """The story of a brief: the same for the same title, description, genre, language and seed."""
    reading = read_brief(HashableBrief.of(brief))
    seed = "\n".join(
        (brief.title, brief.description, brief.genre, brief.language, str(brief.master_seed or 0))
    )
    dice = Dice(seed)
    fitting: list[str] = structure()["plot_things"][reading.plot]
    own: list[str] = bank(brief.language)["plots"][reading.plot]["topics"]
    topics = reading.topics[:4] if len(reading.topics) >= 2 else (*reading.topics, dice.pick(own, "topic"))
    return Story(
        language=brief.language,
        genre=brief.genre,
        tone=structure()["tones"][brief.genre],
        plot=reading.plot,
        thing=reading.things[0] if reading.things else dice.pick(fitting, "thing"),
        topics=tuple(topics),
        reading=reading,
        dice=dice,
        told=text_of(brief),
    )


def _bare(noun_phrase: str) -> str:
    """The noun without its article, as a title shows it."""
    noun = noun_phrase.partition(" ")[2]
    return noun[:1].upper() + noun[1:]
