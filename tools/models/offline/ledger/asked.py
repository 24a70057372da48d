"""Of whom something is asked: `asks that she sign` speaks to her, and she is there to hear it."""

from collections.abc import Callable, Sequence

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

REFLEXIVE = re.compile(r"(?<!\w)(?:with|at|to|for|of|about|on) (herself|himself)(?!\w)")


def reflexive_in(text: str) -> set[str]:
    """`is cross with herself`: whoever does it, and nobody else; no `opens the door himself`."""
    return {*REFLEXIVE.findall(text)}


def asked_in(
    text: str, doers: Sequence[str], last: Callable[..., list[str]], language: Language
) -> list[str]:
    """Who stands behind a verb of asking as the one who is to do it; `last` is the last woman or man."""
    asking: str = bank(language)["ledger"]["asking"]
    found = re.search(rf"(?<!\w)(?:{asking}) (?P<who>she|he|ella|él|ela|ele)(?!\w)", text, re.IGNORECASE)
    if found is None or not doers:
        return []
    return last(woman=found["who"].lower() in ("she", "ella", "ela"), apart=tuple(doers))
