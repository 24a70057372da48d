"""`En la Fiscalía una mujer pone la piedra en la mesa`: at the end of a story, she of whom it told.

A guess: the one woman or man of the story's people who is elsewhere when a last nameless one acts.
"""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.persons.anaphora import Known
from tools.models.offline.persons.voices import is_away
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import name_parts

LEADS: dict[Language, str] = {
    "en": r"(?:in|at|inside|outside|on|before)",
    "es": r"(?:en|ante|frente a)",
    "pt-BR": r"(?:em|n[ao]s?|diante d[ao])",
}
"""What leads to another place before somebody who has no name."""
NOBODY: dict[Language, str] = {"en": "an?", "es": "una?", "pt-BR": "uma?"}
HERSELF: dict[str, tuple[str, ...]] = {
    "woman": ("she", "her", "ella", "ela"), "man": ("he", "him", "él", "ele"),
}  # fmt: skip
EMPTY = r"(?<!\w)(?:empty|deserted|abandoned|vací[oa]|desiert[oa]|vazi[oa]|desert[oa])(?!\w)"
"""Whoever was in such a place is somewhere else now."""
SENTENCE = r"(?<=[.!?])\s+"


def who_it_is(text: str, known: Sequence[Known], language: Language) -> tuple[str, str]:
    """Whom the nameless one of the last sentences is, and the words that say it; empty for a stranger."""
    generic = bank(language)["people"]["generic"]
    parts = re.split(SENTENCE, text.strip())
    for at in range(max(1, len(parts) - 2), len(parts)):
        for sex in ("woman", "man"):
            nouns = "|".join(generic[sex].split())
            phrase = rf"(?:{NOBODY[language]}) (?:{nouns})(?= [a-zà-ÿ])"
            place = rf"(?:^|[,;:] |(?<!\w)(?:and|y|e) ){LEADS[language]} [^,.;:]{{2,40}}?,? ({phrase})"
            found = re.search(place, parts[at], re.IGNORECASE)
            there = [one for one in known if one.sex == sex and one.name]
            there = [one for one in there if not is_away(one.name, one.role, text, language)]
            name = _elsewhere(parts[:at], parts[at], there) if found else ""
            if found and name:
                return name, found.group(1)
    return "", ""


def _elsewhere(earlier: Sequence[str], sentence: str, fitting: Sequence[Known]) -> str:
    """The only one of that sex, who is told of before and neither here nor in the sentence before."""
    if len(fitting) != 1 or not any(_says(fitting[0].name, one) for one in earlier):
        return ""
    gone = re.search(EMPTY, sentence, re.IGNORECASE) is not None
    near = sentence if gone else f"{earlier[-1]} {sentence}"
    pronouns = "|".join(HERSELF[fitting[0].sex or ""])
    here = re.search(rf"(?<!\w)(?:{pronouns})(?!\w)", near, re.IGNORECASE) or _says(fitting[0].name, near)
    return "" if here else fitting[0].name


def _says(name: str, text: str) -> bool:
    parts = "|".join(re.escape(part) for part in name_parts(name)) or "$^"
    return re.search(rf"(?<!\w)(?:{parts})(?!\w)", text) is not None
