"""Whom words call by a relation: who says `Hija, siéntate` is a parent, and not the daughter."""

from state.script import Character, Language
from tools.models.offline.persons.ages import STAGES
from tools.models.offline.persons.anaphora import sex_of_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.hearing import Hearing

CALLED = re.compile(r"\W*(?:(?:my|mi|minha|meu) )?([^\W\d_]+),", re.IGNORECASE)
GROWN = 40
"""About how old somebody is of whom nobody tells more than that they are grown."""


def who_may_call(said: str, one: Character, hearing: Hearing) -> Character | None:
    """Whose words these are by whom they call: the one it was thought to be, or the only other that fits."""
    found = CALLED.match(said)
    younger = _calls_younger(found[1].lower(), hearing.language) if found else None
    if found is None or younger is None:
        return one
    sex = sex_of_words([found[1].lower()], hearing.language)

    def may(speaker: Character, listener: Character) -> bool:
        fits = sex in (None, listener.look.presentation) and speaker is not listener
        return fits and (_years(listener) < _years(speaker)) is younger

    if any(may(one, other) for other in hearing.people):
        return one
    others = [other for other in hearing.people if may(other, one)]
    return others[0] if len(others) == 1 else None


def _calls_younger(word: str, language: Language) -> bool | None:
    """Whether a relation is younger than who calls them so; None where the word is none."""
    kin = bank(language)["people"]["kin"]
    if word in f"{kin['child']} {kin['grandchild']} {kin['younger']}".split():
        return True
    return False if word in f"{kin['parent']} {kin['grandparent']} {kin['elder']}".split() else None


def _years(one: Character) -> int:
    return one.look.years or STAGES.get(one.look.age, GROWN)
