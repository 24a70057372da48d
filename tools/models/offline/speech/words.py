"""Text as words that keep their punctuation, with the cast's names as single marked words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from state.script import Character, Language
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

Role = Literal["speaker", "listener", "other"]
SPLIT = re.compile(r"^([\"“«(¿¡—\u2013]*)(.*?)([\"”»),.;:!?…—\u2013]*)$")
MARK = re.compile(r"^\uE000(\d+)\uE001(?:['\u2019]s)?$")

LINKED = (
    r"(?:and|with|to|from|of|that|who|where|when|for|by|at|in|on|y|con|que|donde|cuando|entre|por|para|en|de|del|"
    r"e|com|onde|quando|em|no|na|da|do|das|dos|su|sus|el|la|seu|sua|o|a|the|his|her|their)\b"
)
APPOSED = re.compile(
    r"(?<!\w)(the|his|her|their|an?|el|la|su|o|a|seu|sua|do|da|al|del|ao|à) "
    rf"((?:(?!{LINKED})[^\W\d_][\w-]* ){{0,2}}(?!{LINKED})[^\W\d_][\w-]*?)(,?) "
    r"(?:called |named |llamad[oa] |chamad[oa] )?"
    "\ue000([01])\ue001(?!['\u2019])(?:,(?= |$))?"
)
"""`the harbour boss, Greta`, `su hermano Mateo`: to the person it is only you or me."""
OWNED = re.compile("(?<!\\w)[Tt]he ([a-z-]+) of \ue000([01])\ue001(?!['\u2019])")
"""`the brother of Mateo` is `Mateo's brother`."""
MELTED = {"do": "de ", "da": "de ", "al": "a ", "del": "de ", "ao": "a ", "à": "a "}
ENGLISH_ARTICLES = ("the", "his", "her", "their", "an")
CALLED = ("called", "named", "llamado", "llamada", "chamado", "chamada")


class Unsure(ValueError):
    """A clause cannot be turned with certainty; nobody says it rather than saying it wrong."""


@dataclass(frozen=True)
class Word:
    """One word with the marks that stand before and after it."""

    core: str
    before: str = ""
    after: str = ""

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.core.lower()

    def said(self, core: str) -> "Word":
        """Another word with the same marks."""
        return replace(self, core=core)

    @property
    def text(self) -> str:
        """The word as written."""
        return f"{self.before}{self.core}{self.after}"


@dataclass(frozen=True)
class People:
    """Who talks to whom, and who else there is."""

    speaker: Character
    listener: Character
    cast: tuple[Character, ...]

    @classmethod
    def of(cls, speaker: Character, listener: Character, cast: Sequence[Character]) -> "People":
        """Speaker and listener always belong to the cast."""
        others = tuple(one for one in cast if one.name not in (speaker.name, listener.name))
        return cls(speaker, listener, (speaker, listener, *others))

    def role(self, at: int | None) -> Role:
        """What a member of the cast is in this talk."""
        return "speaker" if at == 0 else "listener" if at == 1 else "other"

    def find(self, name: str) -> int | None:
        """The place of a name, whole or first."""
        for at, one in enumerate(self.cast):
            if name == one.name:
                return at
        first = [at for at, one in enumerate(self.cast) if name and name == one.name.split()[0]]
        return first[0] if len(first) == 1 else None

    def is_woman(self, at: int) -> bool:
        """Which pronouns somebody has."""
        return self.cast[at].look.presentation == "woman"

    def mark(self, text: str) -> str:
        """The text with every name of the cast as one word that cannot be mistaken."""
        for at, name in sorted(self._names(), key=lambda pair: -len(pair[1])):
            text = re.sub(rf"(?<![\w\uE000]){re.escape(name)}(?!\w)", f"\ue000{at}\ue001", text)
        return OWNED.sub("\ue000\\2\ue001's \\1", APPOSED.sub(_without_apposition, text))

    def unmark(self, text: str) -> str:
        """The names again."""
        return re.sub(r"\uE000(\d+)\uE001", lambda found: self.cast[int(found[1])].name, text)

    def _names(self) -> Iterable[tuple[int, str]]:
        for at, one in enumerate(self.cast):
            yield at, one.name
            first = one.name.split()[0]
            if len(first) > 2 and self.find(first) == at:
                yield at, first


def _without_apposition(found: re.Match[str]) -> str:
    words = found[2].lower().split()
    linked = found[3] or found[0].split()[-2].lower() in CALLED
    # English may go on with a clause of its own: "the letter Mateo wrote".
    if not linked and words[-1] not in _persons() and found[1] in ENGLISH_ARTICLES:
        return found[0]
    return f"{MELTED.get(found[1], '')}\ue000{found[4]}\ue001"


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    languages: tuple[Language, ...] = ("en", "es", "pt-BR")
    return frozenset().union(*(person_words(bank(language)["reading"]) for language in languages))


@lru_cache(maxsize=64)
def listed(language: Language, name: str) -> frozenset[str]:
    """The words of a list of this language."""
    return frozenset(bank(language)["speech"][name].split())


@lru_cache(maxsize=64)
def pattern(language: Language, name: str) -> re.Pattern[str]:
    """A pattern of this language."""
    return re.compile(bank(language)["speech"][name], re.IGNORECASE)


def words_of(text: str) -> list[Word]:
    """The words of a text."""
    found = (SPLIT.match(part) for part in text.split())
    return [Word(match[2], match[1], match[3]) for match in found if match]


def text_of(words: Iterable[Word]) -> str:
    """Words as a text; empty words leave their marks to the one before."""
    text = ""
    for word in words:
        if word.core:
            text = f"{text} {word.text}"
        elif word.after:
            text = text.rstrip(",;:") + word.after
    return text.strip()


def named(word: Word) -> int | None:
    """Which member of the cast a word names."""
    found = MARK.match(word.core)
    return int(found[1]) if found else None
