"""The front of a house: who is shut out, knocks or climbs in at a window stands before it."""

from state.script import Language, SetKind
from tools.models.offline.places.signs import is_country
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.phrases import says


def is_before_a_house(text: str, language: Language, *, indoors: bool = True) -> bool:
    """Whether what a text tells happens outside a house.

    Whoever is `indoors` hears a knock from there, unless the words say whose door it is.
    """
    table = _table(language)
    if says(text, [*table["shut"], *table["windows"]]) >= 0:
        return True
    return says(text, table["knocks"]) >= 0 and (not indoors or says(text, table["whose"]) >= 0)


def goes_in(text: str, language: Language) -> bool:
    """Whether somebody who was outside comes in."""
    return says(text, _table(language)["enters"]) >= 0


def tells_of_a_front(text: str, language: Language) -> bool:
    """Whether some sentence of a story plays before a house."""
    return any(is_before_a_house(one, language) for one in re.split(r"(?<=[.!?])\s+", text))


def kind_of_front(text: str, language: Language) -> SetKind:
    """What is drawn of it: the landing of a flat high up, else the open air before the door."""
    table = _table(language)
    if says(text, table["flat"]) >= 0 > says(text, table["ground"]):
        return "hallway"
    return "village" if is_country(text, language) else "yard"


def _table(language: Language) -> Table:
    table: Table = bank(language)["settings"]["outside"]
    return table
