"""What the words over a picture show: the thing they name, what hands do, and the face of it.

A thing that somebody acts on is shown. Where it is, what it is taken from, what something is like or
made like is only said: `from his coat` shows no coat, and a nose like a pepper no pepper.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from state.brief import NovelaBrief
from state.script import Expression, Gesture, Language
from tools.models.offline.bank import bank
from tools.models.offline.fact import Fact
from tools.models.offline.picturing import WORD, Found, found_in, plain_word
from tools.models.offline.reading import text_of
from tools.models.offline.spoken import Spoken
from tools.models.offline.things import can_be_held, is_prop

Part = Literal["acted_on", "used", "place", "said"]
"""What a noun is in its sentence; `said` is in no picture."""
RANKS: tuple[Part, ...] = ("acted_on", "used")
BEFORE = 3
"""Words before a noun among which its preposition stands."""
LIKENED_WITHIN = 3
POSED: frozenset[Gesture] = frozenset((
    "knocking", "sitting", "hugging", "writing", "reading", "driving", "phone_to_ear", "whispering",
    "waving", "pushing", "pulling", "stirring", "arms_open", "pointing",
))  # fmt: skip
"""What is seen in a body: better than a picture of the chair or the door."""


def as_shown(said: Spoken, language: Language, *, outside: bool, mains: tuple[str, ...] = ()) -> Spoken:
    """What is told, with the thing, the hands and the face of just these words."""
    thing = thing_shown(said.text, language, outside=outside, mains=mains)
    does = _does_it(said)
    hands = hands_in(said.text, language) if does else "none"
    gesture: Gesture = hands if hands != "none" else _kept(said, thing) if does else "none"
    if gesture == "none" and does and thing and can_be_held(thing) and _handles(said.text, language):
        gesture = "holding"
    face = face_in(said.text, language)
    return replace(said, thing=thing, gesture=gesture, expression=face or said.expression)


def main_things(brief: NovelaBrief) -> tuple[str, ...]:
    """What the story is about: named in its title, or more than once, the most named first."""
    named = [picture for _, picture in parts_shown(text_of(brief), brief.language) if is_prop(picture)]
    titled = [picture for _, picture in found_title(brief) if is_prop(picture)]
    often = [one for one in dict.fromkeys([*titled, *named]) if one in titled or named.count(one) > 1]
    return tuple(sorted(often, key=lambda one: (one not in titled, -named.count(one))))


def found_title(brief: NovelaBrief) -> list[tuple[str, str]]:
    """What the title names."""
    return parts_shown(brief.title, brief.language)


def thing_shown(text: str, language: Language, *, outside: bool = True, mains: tuple[str, ...] = ()) -> str:
    """The picture of what a text is about: what is acted on before what is used; may be empty."""
    ranked = [
        (RANKS.index(part), one.picture not in mains, at, one.picture)
        for at, one in enumerate(found_in(text, language))
        if (part := part_of(one, text, language)) in RANKS and _is_shown(one, part, outside=outside)
    ]
    return min(ranked)[-1] if ranked else ""


def parts_shown(text: str, language: Language) -> list[tuple[str, str]]:
    """Nouns with pictures that may be seen at all, as they stand there: where things are counts too."""
    return [
        (one.noun, one.picture) for one in found_in(text, language) if part_of(one, text, language) != "said"
    ]


def _is_shown(found: Found, part: Part, *, outside: bool) -> bool:
    # A ladder that is carried is a thing; one that stands there belongs to its place.
    return is_prop(found.picture, outside=outside) or (part == "acted_on" and found.picture in CARRIED)


CARRIED = frozenset({"ladder", "chair", "wheel"})
"""Fixtures of a place that can be brought along."""


def part_of(found: Found, text: str, language: Language) -> Part:
    """What a noun is in its sentence, by the words right before it."""
    table = bank(language)["pictures"]["parts"]
    clause = re.split(r"[.!?;:]", text[: found.start])[-1]
    words = [plain_word(word) for word in WORD.findall(clause)]
    if _is_likened(words, table):
        return "said"
    near, determined = _preposition(words, table)
    if near in table["sources"] or (near in table["of"] and not _measured(words, table, determined)):
        return "said"
    if near in table["with"]:
        return "used"
    return "place" if near in table["places"] else "acted_on"


def _is_likened(words: list[str], table: dict[str, list[str]]) -> bool:
    """`like a drum`, `shaped as a heart`, `parece um tambor`."""
    near = words[-LIKENED_WITHIN:]
    phrase = f" {' '.join(near)} "
    return any(f" {one} " in phrase for one in table["likened"])


def _preposition(words: list[str], table: dict[str, list[str]]) -> tuple[str, bool]:
    """The small word that leads to a noun, and whether an article stands between; empty when none does."""
    led = {*table["sources"], *table["of"], *table["with"], *table["places"]}
    determined = False
    for size in (2, 1):
        joined = " ".join(words[-size:])
        if joined in led:
            return joined, False
    for word in reversed(words[-BEFORE:]):
        if word in led:
            return word, determined
        if word in table["determiners"]:
            determined = True
        elif word not in table["between"]:
            break
    return "", determined


def _measured(words: list[str], table: dict[str, list[str]], determined: bool) -> bool:
    """`a pair of gloves`, `um saco de ouro`: what is measured is what there is."""
    at = max((place for place, word in enumerate(words) if word in table["of"]), default=0)
    return not determined and at > 0 and words[at - 1] in table["measures"]


def _does_it(said: Spoken) -> bool:
    """Whether whom the picture shows is who the words say does it."""
    fact: Fact | None = said.fact
    if fact is None:
        return False
    return said.speaker.name in (fact.agent, fact.subject)


def _kept(said: Spoken, thing: str) -> Gesture:
    return "none" if said.gesture == "holding" and not thing else said.gesture


def hands_in(text: str, language: Language) -> Gesture:
    """What a body does in these words, the last of it: `hears the noise and knocks on the door`."""
    found = [(match.start(), gesture) for gesture, form in _hands(language) for match in form.finditer(text)]
    free = [(at, gesture) for at, gesture in found if not _denied(text[:at], language)]
    return max(free)[1] if free else "none"


def face_in(text: str, language: Language) -> Expression | None:
    """The face that the words themselves give: `laughs`, `llora`; None when they give none."""
    for expression, form in _faces(language):
        match = form.search(text)
        if match and not _denied(text[: match.start()], language):
            return expression
    return None


def _handles(text: str, language: Language) -> bool:
    """Whether something is carried, taken, shown or held."""
    match = _form(tuple(bank(language)["pictures"]["acts"]["handling"])).search(text)
    return match is not None and not _denied(text[: match.start()], language)


def _denied(before: str, language: Language) -> bool:
    words = [plain_word(word) for word in WORD.findall(before)][-2:]
    return any(word in bank(language)["pictures"]["parts"]["denying"] for word in words)


@lru_cache(maxsize=4)
def _hands(language: Language) -> tuple[tuple[Gesture, re.Pattern[str]], ...]:
    table: dict[Gesture, list[str]] = bank(language)["pictures"]["acts"]["hands"]
    return tuple((gesture, _form(tuple(forms))) for gesture, forms in table.items())


@lru_cache(maxsize=4)
def _faces(language: Language) -> tuple[tuple[Expression, re.Pattern[str]], ...]:
    table: dict[Expression, list[str]] = bank(language)["pictures"]["acts"]["faces"]
    return tuple((face, _form(tuple(forms))) for face, forms in table.items())


@lru_cache(maxsize=64)
def _form(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
