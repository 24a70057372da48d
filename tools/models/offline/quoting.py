"""What a brief lets somebody say word for word: they say it, and the narrator tells only the rest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from state.script import Character, Language
from tools.models.offline.bank import bank
from tools.models.offline.grammar import capitalise
from tools.models.offline.happening import Happening, lemma_of
from tools.models.offline.timing import words_in

QUOTED = re.compile(r"[\"\u201c\u00ab]\s*([^\"\u201c\u201d\u00ab\u00bb]{2,}?)\s*[\"\u201d\u00bb]")
SHE, HE = frozenset({"she", "ella", "ela"}), frozenset({"he", "él", "ele"})
SHORTEST_NAME = 3
LONGEST_TAG = 5
"""Words of `, pide él` and the like: when somebody is heard, nobody needs to be told who it is."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a sentence, and who says it; nobody when it is told."""

    text: str
    speaker: Character | None = None


def parts_of(
    text: str, happening: Happening, people: Sequence[Character], language: Language,
    *, before: Character | None = None,
) -> list[Part]:  # fmt: skip
    """The sentence as what is told and what somebody here says; one part when nobody can be heard.

    `before` is whoever the sentence before was about: words that nobody is said to say are theirs.
    """
    found = list(QUOTED.finditer(text))
    speaker = _speaker(text, found, happening, people, language, before) if found else None
    if speaker is None:
        return [Part(text=text)]
    parts: list[Part] = []
    end = 0
    for quote in found:
        parts += _told(text[end : quote.start()])
        parts.append(Part(text=_sentence(quote[1]), speaker=speaker))
        end = quote.end()
    parts += _told(text[end:], closing=True)
    return parts


def _speaker(
    text: str, found: Sequence[re.Match[str]], happening: Happening, people: Sequence[Character],
    language: Language, before: Character | None,
) -> Character | None:  # fmt: skip
    """Whoever the words around the first quotation say it is; only somebody who is here."""
    opening, tag = text[: found[0].start()].strip(), _tag(text[found[0].end() :])
    if not opening and not tag:
        return before if before in people else None
    around = opening or tag
    named = [one for one in people if _is_named(one, around)]
    if len(named) == 1:
        return named[0]
    words = set(re.findall(r"\w+", around.lower()))
    for pronouns, sex in ((SHE, "woman"), (HE, "man")):
        if pronouns & words:
            there = [one for one in people if one.look.presentation == sex]
            return there[0] if len(there) == 1 else None
    # `Improvisa:` with a verb that has no subject of its own: whoever the fact is about.
    tells = bank(language)["talk"]["tell"]["verbs"].split() + bank(language)["talk"]["ask"]["verbs"].split()
    if happening.doer is not None:
        return happening.doer if lemma_of(happening.fact, language) in tells else None
    # `…, le pide`: whoever the story was with.
    return before if not opening and before in people else None


def _is_named(one: Character, text: str) -> bool:
    """By any part of the name that begins with a capital: `Chela` is Doña Chela."""
    parts = [part for part in one.name.split() if len(part) >= SHORTEST_NAME and part[0].isupper()]
    return any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for part in parts)


def _tag(after: str) -> str:
    """`, pregunta ella`: the words behind a quotation that say whose it was."""
    tag = after.strip(" ,.").split(".")[0]
    return tag if after[:1] in ", " and words_in(tag) <= LONGEST_TAG else ""


def _told(text: str, *, closing: bool = False) -> list[Part]:
    told = text.strip(" ,")
    if closing and (told.strip(".") == "" or (_tag(text) and text[:1] == ",")):
        return []
    if not re.search(r"\w", told):
        return []
    told = told if told[-1] in ".!?:\u2026" else f"{told}:" if not closing else f"{told}."
    return [Part(text=capitalise(told.lstrip(". ")))]


def _sentence(said: str) -> str:
    said = said.strip().rstrip(",")
    return capitalise(said if said[-1:] in ".!?\u2026" else f"{said}.")
