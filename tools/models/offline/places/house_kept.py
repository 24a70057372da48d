"""Houses that somebody keeps or goes home to: `Ada owns a grocery`, `he goes home and sleeps`."""

from functools import lru_cache

from state.script import Language, SetKind
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

REACH = 120
"""Letters before a noun in which its clause says who keeps it."""
KEPT: frozenset[SetKind] = frozenset(
    (
        "shop", "bakery", "cafe", "restaurant", "bar", "pharmacy", "workshop", "salon", "garage", "laundry",
        "lobby", "art_studio", "winery", "greenhouse", "farmyard",
    )
)  # fmt: skip
"""Whoever has such a house is in it while no other place is named."""
AT_HOME = re.compile(
    r"(?<!\w)(?:at|the|an?|his|her|their|its|my|your|our|own|old|new|family) $", re.IGNORECASE
)
"""`drives home` is a way, no place."""
GOES_HOME = re.compile(r"(?<!\w)(?:goes|comes|gets|returns|arrives|is|are|back) $", re.IGNORECASE)
LOOSE = re.compile(
    r"(?<!\w)(?:when|after|before|until|once|while|if|that|every\w*|nobody|never|not|others|to|way)(?!\w)",
    re.IGNORECASE,
)
"""Behind these nobody whom the scene tells of is home yet."""


def is_kept(text: str, match: re.Match[str], kind: SetKind, language: Language) -> bool:
    """`tem uma mercearia`, `is the owner of a small ironmonger's`: that is where the story is."""
    before = text[max(0, match.start() - REACH) : match.start()]
    return kind in KEPT and _keeps(language).search(before) is not None


def is_at_home(text: str, match: re.Match[str]) -> bool:
    """Whether the word means a house, and not only a direction."""
    before = text[max(0, match.start() - REACH) : match.start()]
    return AT_HOME.search(before) is not None or goes_home(text, match)


def goes_home(text: str, match: re.Match[str]) -> bool:
    """`So she goes home and stops her own clock`: what comes next is done there."""
    clause = re.split(r"[.!?;:]\s", text[max(0, match.start() - REACH) : match.start()])[-1]
    return GOES_HOME.search(clause) is not None and LOOSE.search(clause) is None


@lru_cache(maxsize=4)
def _keeps(language: Language) -> re.Pattern[str]:
    """A verb of having or running in the present, an article, an adjective or none."""
    table = bank(language)["where"]
    verbs, which = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (table["moves"]["owns"], table["determiners"]["words"])
    )
    denied = {"en": r"(?<!no longer )(?<!never )", "es": r"(?<!no )", "pt-BR": r"(?<!não )"}[language]
    return re.compile(rf"{denied}(?<!\w)(?:{verbs}) (?:{which}) (?:[\w-]+ )?$", re.IGNORECASE)
