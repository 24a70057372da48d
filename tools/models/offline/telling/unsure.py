"""Whether words may be somebody else's: `she sees the man. Through the door he says:` of two men."""

from state.script import Character, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.telling.whose import mentioned
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.hearing import Hearing
from tools.models.offline.words.quotations import QUOTED

LOOK_BACK = 3
"""Sentences in which somebody else may have come up."""


def another_may_be_meant(around: str, meant: Character, hearing: Hearing) -> bool:
    """Whether nobody is named around a quotation, and the last of that sex told of is nobody's part.

    A narrator reads such words out: in the wrong mouth they turn a story round.
    """
    if any(one.who is meant for one in mentioned(around, hearing.cast, hearing.language)):
        return False
    for sentence in reversed(hearing.earlier[-LOOK_BACK:]):
        told = QUOTED.sub("", sentence)
        known = mentioned(told, hearing.cast, hearing.language)
        others = _somebody(told, meant, hearing.language)
        last = max((one.start for one in known if one.who is meant), default=-1)
        if any(at > last and not any(one.start <= at < one.end for one in known) for at in others):
            return True
        if last >= 0:
            return False
    return False


def _somebody(told: str, meant: Character, language: Language) -> list[int]:
    """Where a text speaks of a person of that sex by what they are: `the man`, `un anciano`."""
    words = bank(language)["reading"]
    sex = {*words["women" if meant.look.presentation == "woman" else "men"]["words"]}
    first = "|".join(sorted(grammar_of(language).words["articles"]))
    found = re.finditer(rf"(?<!\w)(?:{first}) (?:[^\W\d_]+ )?([^\W\d_]+)", told, re.IGNORECASE)
    return [one.start(1) for one in found if one[1].lower() in sex or one[0].lower().split()[1] in sex]
