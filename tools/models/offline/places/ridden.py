"""What is said of a vehicle tells whether anybody is in it: it broke down, or goods are brought in it."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.phrases import says

REACH = 60
"""Letters behind a vehicle in which its verb stands."""


def breaks_down(text: str, match: re.Match[str], language: Language) -> bool:
    """`The band's boat loses its engine`: those it carries are still aboard."""
    after = re.split(r"[.!?;,]", text[match.end() : match.end() + REACH])[0]
    return says(after, bank(language)["settings"]["breakdowns"]["words"]) >= 0


def is_delivered_from(before: str, language: Language) -> bool:
    """`reparte agua en un`, `sells fish from a`: who does that stands in the street beside it."""
    return _delivers(language).search(before) is not None


@lru_cache(maxsize=4)
def _delivers(language: Language) -> re.Pattern[str]:
    table = bank(language)["settings"]["delivers"]
    verbs, joints = "|".join(table["verbs"]), "|".join(table["in"])
    return re.compile(rf"(?<!\w)(?:{verbs}) (?:\w+ ){{1,3}}(?:{joints}) (?:\w+ ){{0,2}}$", re.IGNORECASE)
