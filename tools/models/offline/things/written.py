"""What is written where everybody can read it: a note, a card, a sign with its words in quotation marks."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from state.script import WRITTEN, Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

QUOTED = re.compile(
    r"\u00ab(?P<a>[^\u00bb]+)\u00bb|\u201c(?P<b>[^\u201d]+)\u201d|\"(?P<c>[^\"]+)\"|\u2018(?P<d>[^\u2019]+)\u2019"
)
CAPITALS = re.compile(
    r"(?<=: )(?P<e>[^\W\d_a-z\u00df-\u00ff]{2,}(?: [^\W\d_a-z\u00df-\u00ff]{2,}){0,4})(?=[.!?,;]|$)"
)
"""What is written in capitals after a colon needs no quotation marks."""
TAIL = 18
"""Characters by which a line is found again in its story."""
WORDS = 8
"""A longer quotation is a text, and no sign."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """Words that are seen, and what they stand on."""

    picture: Literal["written_note", "written_sign", "steamed_window"]
    words: str


def written_in(text: str, language: Language, *, story: str = "") -> Written | None:
    """The words that a sentence shows in writing; None when they are only said.

    A line that ends before its quotation has it in the story.
    """
    text = _with_quotation(text.rstrip(), story)
    table: Table = bank(language)["pictures"]["written"]
    for found in [*QUOTED.finditer(text), *CAPITALS.finditer(text)]:
        words = next(one for one in found.groups() if one).strip(" .,;:")
        clause = re.split(r"[.!?]\s", text[: found.start()])[-1].rstrip()
        fits = words and len(words) <= WRITTEN and len(words.split()) <= WORDS
        itself = _form(table["voiced"]).search(clause) is not None
        if not fits or (_form(table["spoken"]).search(clause) and not itself):
            continue
        after = re.split(r"[.!?]", text[found.end() :])[0]
        if _form(table["glass"]).search(clause) and not itself:
            return Written(picture="steamed_window", words=words)
        if _form(table["signs"]).search(clause):
            return Written(picture="written_sign", words=words)
        if itself or _form(table["notes"]).search(clause) or _form(table["after"]).search(after):
            return Written(picture="written_note", words=words)
    return None


def _with_quotation(text: str, story: str) -> str:
    tail = text[-TAIL:]
    _, found, after = story.partition(tail) if text.endswith((":", ",")) else ("", "", "")
    rest = after.lstrip()
    quoted = (QUOTED.match(rest) or CAPITALS.match(f": {rest}", 2)) if found else None
    return f"{text} {quoted[0]}" if quoted is not None else text


@lru_cache(maxsize=32)
def _form(listed: str) -> re.Pattern[str]:
    return re.compile(listed, re.IGNORECASE)
