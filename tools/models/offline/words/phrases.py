"""Whether a text has one of some phrases, as whole words."""

from collections.abc import Collection

from tools.models.offline.words import patterns as re


def count_of(text: str, phrases: Collection[str]) -> int:
    """How often any of some phrases stands in a text."""
    joined = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return len(re.findall(rf"(?<!\w)(?:{joined})(?!\w)", text, re.IGNORECASE))


def says(text: str, phrases: Collection[str]) -> int:
    """Where the first of some phrases stands in a text; -1 when none does."""
    joined = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    found = re.search(rf"(?<!\w)(?:{joined})(?!\w)", text, re.IGNORECASE)
    return found.start() if found else -1
