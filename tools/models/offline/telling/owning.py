"""Whose family a sentence begins with: `A sus hijos` behind two people is `A los hijos de Rojas`."""

from tools.models.offline.telling.said_by import KIN
from tools.models.offline.telling.whose import mentioned
from tools.models.offline.words import patterns as re
from tools.models.offline.words.grammar import capitalise
from tools.models.offline.words.hearing import Hearing

POSSESSIVE = re.compile(
    r"^(?P<to>A |De |Para |To |For )?(?P<own>sus?|seus?|suas?|his|her) (?P<kin>[^\W\d_]+)", re.I
)
MELTED = {"A el": "Al", "De el": "Del", "De o": "Do", "De a": "Da", "De os": "Dos", "De as": "Das"}
FEMALE = ("mujer", "madre", "mãe", "avó")


def owner_named(text: str, hearing: Hearing) -> str:
    """The text with the name of whoever it was about last, where somebody else was named since."""
    found = POSSESSIVE.match(text)
    owner = hearing.before
    if found is None or owner is None or not hearing.earlier or not _is_kin(found["kin"]):
        return text
    named = mentioned(hearing.earlier[-1], hearing.cast, hearing.language)
    if not any(one.who is not owner for one in named):
        return text
    to, kin, rest = found["to"] or "", found["kin"], text[found.end() :]
    if hearing.language == "en":
        fits = {"his": "man", "her": "woman"}[found["own"].lower()] == owner.look.presentation
        return f"{to}{owner.name}'s {kin}{rest}" if fits else text
    of = f"{to}{_article(kin, hearing.language)} {kin} de {owner.name}{rest}"
    for apart, melted in MELTED.items():
        of = re.sub(rf"^{apart} ", f"{melted} ", of)
    return capitalise(of)


def _is_kin(noun: str) -> bool:
    low = noun.lower()
    return bool(
        {low, re.sub(r"s$", "", low), re.sub(r"es$", "", low), "child" if low == "children" else ""}
        & (KIN | {"child"})
    )


def _article(noun: str, language: str) -> str:
    low = noun.lower()
    many = low.endswith("s")
    she = re.sub(r"s$", "", low).endswith("a") or low.startswith(FEMALE)
    if language == "es":
        return ("las" if many else "la") if she else ("los" if many else "el")
    return ("as" if many else "a") if she else ("os" if many else "o")
