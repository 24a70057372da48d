r"""What stands right behind somebody's name, by rules that are compiled once for all names.

`(?<!\w)Ana, (?:the )?baker` for every name of a story would be as many patterns as names; here the
name is looked for as plain text, and what follows it by one pattern.
"""

from collections.abc import Iterator

from tools.models.offline.words import patterns as re


def names_at(name: str, text: str) -> Iterator[int]:
    """Where a name stands in a text and does not go on a word."""
    at = text.find(name)
    while at >= 0:
        if at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_"):
            yield at
        at = text.find(name, at + 1)


def names_in_any_case(name: str, text: str) -> list[int]:
    """The same for a name in small or large letters."""
    form = re.compile(rf"(?<!\w)(?={re.escape(name)})", re.IGNORECASE)
    return [one.start() for one in form.finditer(text)]


def first_behind(name: str, follows: re.Pattern[str], text: str) -> re.Match[str] | None:
    """How a pattern fits behind a name where it does first."""
    fits = (follows.match(text, at + len(name)) for at in names_at(name, text))
    return next((one for one in fits if one is not None), None)
