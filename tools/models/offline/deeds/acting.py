"""Acting: what a line does to the other one, read from its words, and the hand and face that go with it."""

from dataclasses import replace
from functools import lru_cache

from state.script import Gesture, Language
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure


def acted(said: Spoken, language: Language) -> Spoken:
    """The line with a gesture and a face that its words ask for; what already fits stays."""
    if said.told:
        return said
    words = cue_in(said.text, language)
    if words in ("question", "telling"):
        return said
    table = structure()["cues"][words]
    keeps = said.gesture == "holding" or table["gesture"] == "as_it_is"
    gesture: Gesture = said.gesture if keeps else table["gesture"]
    fitting = table["faces"]
    expression = said.expression if said.expression in fitting or not fitting else fitting[0]
    return replace(said, gesture=gesture, expression=expression)


def cue_in(text: str, language: Language) -> str:
    """The first cue whose words are in a line; `question` or `telling` when none is."""
    for cue, phrases in _patterns(language):
        if phrases.search(text):
            return cue
    return "question" if text.rstrip("\"'»”").endswith("?") else "telling"


@lru_cache(maxsize=8)
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = bank(language)["cues"]["lines"]
    return tuple(
        (cue, re.compile(_any_of(listed[cue]), re.IGNORECASE)) for cue in structure()["cues"] if cue in listed
    )


def _any_of(phrases: list[str]) -> str:
    return "|".join(rf"(?<!\w){re.escape(one)}" + (r"(?!\w)" if one[-1].isalnum() else "") for one in phrases)
