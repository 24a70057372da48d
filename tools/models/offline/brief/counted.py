"""Numbers that only count the scenes of a page: `One. ... Two. ...`, `Primera escena: ...`."""

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank


def uncounted(text: str, language: Language) -> str:
    """The text without them, where at least the first two are there in their order."""
    table: Table = bank(language)["manuscript"]["counts"]
    for row in table["rows"]:
        numbers = row.split()
        found = [_at(one, text, table["before"]) for one in numbers]
        if found[0] is None or found[1] is None or found[0].start() > found[1].start():
            continue
        for one in numbers:
            match = _at(one, text, table["before"])
            text = text[: match.start()] + text[match.end() :] if match else text
    return text


def _at(number: str, text: str, before: str) -> re.Match[str] | None:
    head = r"(?m)(?:^[^\S\n]*|(?<=[.!?\u2026] ))"
    return re.search(
        rf"{head}(?i:(?:{before})?{number})[.:)\u2013\u2014-]+\s+(?=[\"\u201c\u00ab\u00bf\u00a1]?[A-ZÀ-Ý])",
        text,
    )
