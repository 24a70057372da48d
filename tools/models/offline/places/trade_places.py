"""Where a trade is done, for stories that name no other place."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from state.script import Language, SetKind
from tools.models.offline.places.lexicon import FORMER, Mention
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank, structure

STREETS: frozenset[SetKind] = frozenset(("street", "alley", "plaza", "village"))
"""Where a house may stand in which somebody works."""
FAR = 14
"""Letters before a trade in which a word may say that it is over."""


def place_of_trade(text: str, language: Language, found: Sequence[Mention] = ()) -> Mention | None:
    """The room of the first trade that a text tells, called as the text itself calls it where it does."""
    for match in _pattern(language).finditer(text):
        if FORMER.search(text[max(0, match.start() - FAR) : match.start()]):
            continue
        table = _trades(language)[match.group().lower()]
        kind: SetKind = table["kind"]
        return _called(found, kind) or Mention(
            start=match.start(), name=table["name"], kind=kind, strong=True, region=False, proper=True
        )
    return None


def trade_kinds_in(text: str, language: Language) -> set[SetKind]:
    """The rooms of all trades that a text tells."""
    return {_trades(language)[one.group().lower()]["kind"] for one in _pattern(language).finditer(text)}


def with_own_rooms(text: str, found: list[Mention], language: Language) -> list[Mention]:
    """`a seamstress on a back street`, `a notary in a small town`: she works in a room of that street."""
    return [_own_room(text, one, language) for one in found]


def _own_room(text: str, place: Mention, language: Language) -> Mention:
    if place.kind not in STREETS or place.proper:
        return place
    told = _at(language).search(text[: place.start])
    if told is None:
        return place
    table = _trades(language)[told.group(1).lower()]
    if table["kind"] in STREETS:
        return place
    return replace(
        place, kind=table["kind"], name=table["name"], strong=True, region=False, doubtful=False, proper=True
    )


def _called(found: Sequence[Mention], kind: SetKind) -> Mention | None:
    """The text's own noun for the room: a seamstress may work in `o ateliê`."""
    near = {kind, *structure()["alike"].get(kind, [])}
    own = next((one for one in found if one.kind in near and not (one.region or one.doubtful)), None)
    return None if own is None else replace(own, kind=kind)


@lru_cache(maxsize=4)
def _trades(language: Language) -> dict[str, Table]:
    return {word.lower(): table for table in bank(language)["settings"]["trades"] for word in table["words"]}


@lru_cache(maxsize=4)
def _pattern(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_trades(language), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=4)
def _at(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_trades(language), key=len, reverse=True))
    at = "|".join(map(re.escape, bank(language)["settings"]["near"]["at"]))
    return re.compile(rf"(?<![\w-])({words}) (?:{at}) (?:[\w-]+ ){{0,2}}$", re.IGNORECASE)
