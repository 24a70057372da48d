"""Where the light goes out: what a story says of the dark sets the light of that stretch."""

from collections.abc import Sequence

from state.script import OUTDOORS, Language, Place, TimeOfDay
from tools.models.offline.places.lexicon import mentions_in, where
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.phrases import says


def in_the_dark(
    times: Sequence[TimeOfDay],
    said: Sequence[TimeOfDay | None],
    told: Sequence[str],
    places: Sequence[Place],
    language: Language,
) -> list[TimeOfDay]:
    """The times of scenes, with night where their words are dark: `the lights go out`, `no escuro`.

    Under the open sky it stays night until another hour is told. A room is dark until the light comes
    back, or until somebody goes elsewhere.
    """
    lit = list(times)
    room: Place | None = None
    for at, (hour, text) in enumerate(zip(said, told, strict=True)):
        dark = is_dark(text, language) and not _left_behind(text, places[at], language)
        if hour in ("day", "dusk") or (room is not None and _is_over(text, places[at], room, dark, language)):
            room = None
        elif dark or room is not None:
            lit[at], room = "night", places[at] if dark else room
    return _without_a_day_between(lit, said)


def _without_a_day_between(times: Sequence[TimeOfDay], said: Sequence[TimeOfDay | None]) -> list[TimeOfDay]:
    """A scene of no hour between two dark ones is dark: nobody sees the sun come and go in it."""
    inner = range(1, len(times) - 1)
    dark = [at for at in inner if said[at] is None and times[at - 1] == times[at + 1] == "night"]
    return ["night" if at in dark else time for at, time in enumerate(times)]


def is_dark(text: str, language: Language) -> bool:
    """Whether some light goes out in a text, or somebody does something in the dark."""
    table, plain = _table(language), _plain(text, language)
    return says(plain, [*table["dark"], *table["out"]]) >= 0


def _left_behind(text: str, place: Place, language: Language) -> bool:
    """`The power fails and they run into the street`: the light went out where they were before."""
    table, plain = _table(language), _plain(text, language)
    at = says(plain, table["out"])
    if at < 0 or says(plain, table["dark"]) >= 0:
        return False
    return any(one.strong and one.kind == place.kind for one in mentions_in(plain[at:], language))


def _is_over(text: str, place: Place, room: Place, dark: bool, language: Language) -> bool:
    if dark:
        return False
    if says(_plain(text, language), _table(language)["back"]) >= 0:
        return True
    return room.kind not in OUTDOORS and place.name != room.name


def _plain(text: str, language: Language) -> str:
    """Without what is denied or only a way to say something else: `keeps him in the dark about it`."""
    table = _table(language)
    other = "|".join(map(re.escape, table["idioms"]))
    bare = re.sub(rf"(?<!\w)(?:{other})(?!\w)", "", text, flags=re.IGNORECASE)
    return re.sub(where(language)["never"]["pattern"], "", bare, flags=re.IGNORECASE)


def _table(language: Language) -> Table:
    table: Table = bank(language)["settings"]["dark"]
    return table
