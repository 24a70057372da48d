"""The client's own letter around a story: greetings, who they are, what they hope for, and headings.

Nobody tells it. The words are under `letter` in `makers.toml`.
"""

from functools import lru_cache

from state.script import Language
from tools.models.offline.brief.envelope import acts
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

QUOTED = re.compile('"[^"]*"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb')
LONGEST_PLACE = 9
"""Words of a place over a scene."""
MARKS = " \n.!?:\u2026*_#"


@lru_cache(maxsize=1024)
def is_letter(sentence: str, language: Language) -> bool:
    """Whether a client speaks of themselves and of their film, or greets, or thanks."""
    table = _table(language)
    plain = QUOTED.sub(" \u2026 ", sentence).strip(" \n*_")
    if plain.startswith("\u2026"):
        return False
    if re.match(rf"(?:{table['starts']}|{table['never']})", plain, re.IGNORECASE):
        return True
    if is_own_life(sentence, language):
        return True
    return _has(table["me"], plain) and _has(table["film"], plain)


@lru_cache(maxsize=1024)
def is_own_life(sentence: str, language: Language) -> bool:
    """`I am a novelist and live in Leith`, `Ganamos un fondito`: who writes and why, and no film's place."""
    return re.match(rf"(?:{_table(language)['own']})", sentence.strip(" \n*_"), re.IGNORECASE) is not None


@lru_cache(maxsize=1024)
def is_heading(sentence: str, language: Language) -> bool:
    """`CHARACTERS.`, `Escaleta.`: a sentence that only says what kind of words follow."""
    return re.fullmatch(rf"(?:{_table(language)['heads']})", sentence.strip(MARKS), re.IGNORECASE) is not None


def without_order(sentence: str, language: Language) -> str:
    """`I'd like it seen from above, the tower and its doves.` is the tower and its doves."""
    found = re.match(rf"(?:{_table(language)['order']})\s*", sentence, re.IGNORECASE)
    rest = sentence[found.end() :] if found else ""
    return f"{rest[:1].upper()}{rest[1:]}" if len(rest.split()) > 1 else sentence


def only_says_when(text: str, language: Language) -> bool:
    """`Tarde.`, `The next day.`: an hour that is seen, and a heading to whoever hears it."""
    return re.fullmatch(rf"(?:{_table(language)['when']})", text.strip(MARKS), re.IGNORECASE) is not None


def is_caption(text: str, language: Language) -> bool:
    """`Kitchen, night.`, `Harbour, later, 1963.`: what stands over a scene and nobody reads aloud."""
    times = bank(language)["manuscript"]["slugs"]["times"]
    found = re.fullmatch(
        rf"(?P<place>[^.!?:]+), (?:{times})(?:,? \d{{4}})?", text.strip(MARKS), re.IGNORECASE
    )
    return found is not None and len(found["place"].split()) <= LONGEST_PLACE and not acts(text, language)


def _has(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE) is not None


def _table(language: Language) -> Table:
    table: Table = bank(language)["makers"]["letter"]
    return table
