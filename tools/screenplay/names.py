"""Whom a cue means, and how a name in capitals is written in the cast."""

import re
import unicodedata
from collections.abc import Iterable

from state.script import Presentation

SMALL = frozenset(
    {"de", "del", "la", "las", "los", "el", "da", "do", "dos", "das", "e", "y", "of", "the", "and"}
)
NARRATORS: dict[str, Presentation | None] = {
    "narrator": None, "narration": None, "narradora": "woman", "narrador": "man", "narracion": None,
    "narracao": None, "voice": None, "voice over": None, "voice-over": None, "voiceover": None, "voz": None,
    "voz en off": None, "voz em off": None, "the voice": None, "the narrator": None, "la voz": None,
    "a voz": None, "la narradora": "woman", "a narradora": "woman", "el narrador": "man", "o narrador": "man",
}  # fmt: skip
"""Cues that name nobody of the story, folded, with how the voice is meant where the word says it."""
LETTERS = re.compile(r"[^\W\d_]+")


def folded(text: str) -> str:
    """For comparing: no case, no accents, single spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())


def meant(cue: str, names: Iterable[str]) -> str | None:
    """The person of the cast that a cue names: by the whole name, or by a part that only one of them has."""
    known = list(names)
    exact = [name for name in known if folded(name) == folded(cue)]
    if exact:
        return exact[0]
    parts = [name for name in known if folded(cue) in folded(name).split()]
    return parts[0] if len(parts) == 1 else None


def is_narrator(cue: str) -> bool:
    """Whether a cue names whoever tells the story and not somebody in it."""
    return folded(cue) in NARRATORS


def in_lower_case(cue: str) -> str:
    """`DOÑA ROSA DE LA CRUZ` as `Doña Rosa de la Cruz`; what is not all capitals stays."""
    if not any(char.isupper() for char in cue) or any(char.islower() for char in cue):
        return cue
    words = cue.split()
    return " ".join(_word(word, first=at == 0) for at, word in enumerate(words))


def as_place(heading: str, names: Iterable[str]) -> str:
    """`MARTA'S KITCHEN` as `Marta's kitchen`: capitals only at the start and in people's names."""
    if any(char.islower() for char in heading):
        return heading
    people = {folded(part): part for name in names for part in name.split()}
    text = LETTERS.sub(lambda found: people.get(folded(found.group()), found.group().lower()), heading)
    return text[:1].upper() + text[1:]


def _word(word: str, *, first: bool) -> str:
    lower = word.lower()
    if lower in SMALL and not first:
        return lower
    # Not `title`, which writes Tom'S; after a hyphen a name begins anew.
    return "-".join(part[:1].upper() + part[1:] for part in lower.split("-"))
